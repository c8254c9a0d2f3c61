package leak

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"daybook/report/lint"
	"daybook/report/pdf"
)

// whatBeside is what a file tells beside what one sees, hears or reads in it, for which no
// word is needed: who made it and for whom, notes, what was struck out, files in it.
const whatBeside = "told by a file beside what one sees, hears or reads in it"

// mostBeside is how many of such facts are listed, and factShown how much of one.
const (
	mostBeside = 500
	factShown  = 200
)

// tells notes such a fact.
func (l *look) tells(at Place, name, text string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" || l.beside == nil {
		return
	}
	if r := []rune(text); len(r) > factShown {
		text = string(r[:factShown]) + "…"
	}
	text = name + ": " + text
	n, known := l.beside[text]
	if !known {
		if len(l.beside) == mostBeside {
			l.note("what files tell beside what one sees, hears or reads in them: there is more than is listed")
			return
		}
		n = onePlace - 1 - len(l.beside)
		l.beside[text] = n
	}
	l.add(n, whatBeside, text, at)
}

// untelling are keys of what a PDF says of itself that every program writes.
var untelling = []string{"Producer", "CreationDate", "ModDate", "Trapped"}

// noted are the keys of a note under which somebody's words or name stand.
var noted = []string{"Contents", "T", "Subj", "RC"}

// stayBehind are places of a PDF of which nothing is copied with its pages.
var stayBehind = []string{string(lint.InBookmark), string(lint.InMetadata), string(lint.InNote), factsOfPicture}

// factsOfPicture is where the facts about a picture on a page of a PDF stand.
const factsOfPicture = "the facts about a picture on one of its pages"

// besidePages tells a place of a PDF of which nothing is copied with its pages. An object
// that no page shows is none where it hangs on a page: what draws that may take it along.
func (p Place) besidePages() bool {
	return slices.Contains(stayBehind, p.In) || p.In == string(lint.Beside) && p.Page == 0 || strings.Contains(p.File, withinPDF)
}

// withinPDF follows the name of a PDF in that of a file within it.
const withinPDF = ": " + string(lint.InFile)

// pdf looks through the pages of a PDF and all that it says beside them.
func (l *look) pdf(at Place, b []byte, depth int) error {
	var said, drawn []lint.Text
	ours, running := false, ""
	err := lint.Texts(l.ctx, lint.File{Name: at.File, Data: bytes.NewReader(b), Size: int64(len(b))}, func(t lint.Text) bool {
		place := at
		place.Page = t.Page
		if t.Where != lint.OnPage {
			place.In = string(t.Where)
		}
		switch {
		case t.Where == lint.AsDrawn:
			drawn = append(drawn, t)
			return true
		case t.Where == lint.AsSeen:
			l.again(place, t.Words, l.words.Find(l.withoutSums(running))...)
			return true
		case t.Where == lint.OnPage:
			running = t.Words
		case t.Where == lint.InPicture:
			return l.jpegOn(at, t) == nil
		case t.Where == lint.InPixels:
			return l.pixelsOn(at, t, ours, drawn) == nil
		case t.Where == lint.InFile:
			l.tells(at, string(lint.InFile), mimetype.Detect(t.Data).String())
			return l.member(Place{File: at.File + withinPDF}, bytes.NewReader(t.Data), depth) == nil
		case t.Where == lint.InMetadata && t.Data == nil && !slices.Contains(untelling, t.Key), t.Where == lint.InMetadata && t.Data != nil, t.Where == lint.InNote && slices.Contains(noted, t.Key):
			said = append(said, t)
		}
		ours = ours || t.Where == lint.InMetadata && t.Key == "Producer" && t.Words == pdf.Producer
		l.text(place, t.Words+string(t.Data))
		return true
	})
	if err != nil && l.ctx.Err() == nil {
		l.note(err.Error())
		return l.stream(l.long, at, bytes.NewReader(b))
	}
	for _, t := range said {
		place := Place{File: at.File, Page: t.Page, In: string(t.Where)}
		switch {
		case t.Data != nil:
			l.parts(place, bytes.NewReader(t.Data), facts, ours)
		case t.Where == lint.InNote:
			l.tells(place, "note", t.Words)
		case !ours || t.Key != "Title": // the program's own papers have one
			l.tells(place, strings.ToLower(t.Key), t.Words)
		}
	}
	for _, t := range drawn {
		if !ours || t.Key == lint.Within { // of other pages of the program's own the pictures were read
			if err := l.drawn(Place{File: at.File, Page: t.Page}, b); err != nil {
				return err
			}
		}
	}
	return l.ctx.Err()
}

// drawnDPI is how fine a page is drawn whose letters are read.
const drawnDPI = 200

// drawn looks through the words that a page of a PDF shows and does not tell.
func (l *look) drawn(at Place, file []byte) error {
	if l.o.Read == nil || l.o.Page == nil {
		return nil // that no words of pictures are read is noted
	}
	var out bytes.Buffer
	page, err := l.o.Page(l.ctx, bytes.NewReader(file), at.Page, drawnDPI)
	if err == nil {
		err = png.Encode(&out, page)
	}
	if l.ctx.Err() != nil {
		return l.ctx.Err()
	}
	if err != nil {
		l.note(fmt.Sprintf("%s: letters that it shows and does not tell, as a scan does, were not read: %v", at, err))
		return nil
	}
	return l.shows(at, "the page as it is drawn", out.Bytes())
}

// facts are the elements of XML in which a document says what it is and whose, and words
// those among its words that are not what one reads in it.
var (
	facts = []string{"creator", "initial-creator", "lastmodifiedby", "printed-by", "author", "manager", "company", "title", "subject", "description", "keywords", "keyword", "category", "hyperlinkbase", "user-defined", "property"}
	words = []string{"author", "creator", "comment", "threadedcomment", "cm", "annotation", "del", "deletion"}
)

// office looks in a member of a zip for what a document of an office tells beside what
// one reads in it.
func (l *look) office(at Place, name string, open func() (io.ReadCloser, error)) {
	dir, file := path.Split(name)
	which := words
	switch {
	case path.Ext(file) != ".xml":
		return
	case dir == "docProps/", name == "meta.xml":
		which = facts
	case name != "content.xml" && !slices.ContainsFunc([]string{"word/", "xl/", "ppt/"}, func(p string) bool { return strings.HasPrefix(dir, p) }):
		return
	}
	r, err := open()
	if err != nil {
		return // that it cannot be unpacked was noted when its words were looked through
	}
	counted := &counter{r: io.LimitReader(r, min(l.budget, mostWhole))}
	l.parts(at, counted, which, false)
	l.budget -= counted.n
	if err := r.Close(); err != nil && l.budget > 0 {
		l.note(fmt.Sprintf("%s: %v", at.File, err))
	}
}

// part is an element of XML with what it tells; one without a name tells nothing.
type part struct {
	name string
	text strings.Builder
}

// parts notes what those elements of XML say, and attributes of their names. Of what the
// program itself wrote it leaves out the title.
func (l *look) parts(at Place, r io.Reader, which []string, ours bool) {
	listed := func(name string) bool { return slices.Contains(which, name) && (!ours || name != "title") }
	d := xml.NewDecoder(r)
	d.Strict = false
	in := []*part{{}}
	for {
		t, err := d.Token()
		if err != nil || l.ctx.Err() != nil {
			return // its words were looked through, whatever they are
		}
		switch t := t.(type) {
		case xml.StartElement:
			p, name := in[len(in)-1], strings.ToLower(t.Name.Local)
			if listed(name) && !strings.Contains(t.Name.Space, "rdf") { // which has an element Description around all others
				p = &part{name: name}
			}
			for _, a := range t.Attr {
				switch key := strings.ToLower(a.Name.Local); {
				case key == "name" && name == "property": // a fact that somebody named
					p.name = a.Value
				case listed(key), key == "displayname", key == "name" && name == "cmauthor":
					l.tells(at, key, a.Value)
				}
			}
			in = append(in, p)
		case xml.CharData:
			if p := in[len(in)-1]; p.name != "" {
				p.text.Write(t)
			}
		case xml.EndElement:
			last := in[len(in)-1]
			if in = in[:max(1, len(in)-1)]; last.name != "" && last != in[len(in)-1] {
				l.tells(at, last.name, last.text.String())
			}
		}
	}
}
