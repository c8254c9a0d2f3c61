package lint

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"unicode/utf8"

	"daybook/report/pdf/object"
)

// Text is something that a PDF says: on a page, whether it is seen there or not,
// or beside its pages.
type Text struct {
	Page  int // from 1; 0: of the file as a whole
	Where Where
	Key   string // under which it stands in what the file says of itself, or in a note; Within
	Words string
	Data  []byte // of what is no text by itself: a packet of metadata, a file, a picture

	Pages []int   // that show a picture
	Part  float64 // of a page that it takes at most

	Wide, High int                         // of a picture that is no file by itself
	Unpack     func() (image.Image, error) // gives it, until the next one
}

// Where is where a text of a file stands.
type Where string

// The places.
const (
	OnPage     Where = "the page"
	AsSeen     Where = "the page as one sees it" // its text once more, by where its letters stand
	AsDrawn    Where = "the page as it is drawn" // no words: letters on it may be no text, as those of a scan that is no JPEG
	InBookmark Where = "a bookmark"
	InMetadata Where = "the metadata"
	InNote     Where = "a note"
	InFile     Where = "a file within it"
	InPicture  Where = "a picture"                    // the picture as a file, where it is a JPEG
	InPixels   Where = "the pixels of a picture"      // no words: a picture that is no file by itself
	Beside     Where = "an object that no page shows" // links, names, alternative texts
)

// Texts hands over all that a PDF says, wherever it says it, until take wants no
// more; what the file says of itself before what hangs on pages. What is locked with a
// password is an error.
func Texts(ctx context.Context, file File, take func(Text) bool) (err error) {
	defer failed(file, &err)
	pdf, doc, err := file.open(ctx)
	if err != nil {
		return err
	}
	w := &besides{ctx: ctx, pdf: pdf, take: take, shown: map[object.Ref]*shown{}}
	for i := range doc.pages {
		sheet, err := file.sheet(ctx, doc, i)
		if err != nil {
			return err
		}
		w.shows(sheet)
		if !take(Text{Page: i + 1, Where: OnPage, Words: sheet.running(sheet.pieces)}) || !take(Text{Page: i + 1, Where: AsSeen, Words: sheet.running(sheet.lines())}) {
			return nil
		}
		if key, is := sheet.drawn(); is && !take(Text{Page: i + 1, Where: AsDrawn, Key: key}) {
			return nil
		}
	}
	for _, m := range doc.marks {
		if !take(Text{Where: InBookmark, Words: m.title}) {
			return nil
		}
	}
	drawn, beside := map[object.Ref]bool{}, map[object.Ref]bool{} // a page can draw what stands beside it too
	for i := range doc.pages {                                    // what hangs on a page is named with it
		if ref, ok := doc.pages[i].self.(object.Ref); ok {
			drawn[ref], beside[ref] = true, true
		}
	}
	w.seen = beside
	w.walk(pdf.Trailer()["Info"], InMetadata, "", 0)
	w.walk(doc.catalog["Metadata"], InMetadata, "", 0)
	for i := range doc.pages {
		w.page, w.seen = i+1, drawn
		w.walk(doc.pages[i].resources, InPicture, "", 0)
		w.seen = beside
		w.walk(pdf.Dict(doc.pages[i].self)["Annots"], Beside, "", 0)
	}
	w.page = 0
	for key, v := range doc.catalog {
		if key != "Metadata" {
			w.walk(v, Beside, "", 0)
		}
	}
	if w.err != nil {
		return fmt.Errorf("%s: %w", file.Name, w.err)
	}
	return ctx.Err()
}

// Within is the key of a page as it is drawn where what may show letters is drawn by
// something on the page, as the pages of other files in a document of ours are.
const Within = "within"

// mostUntold is how much of a page pictures may take before they are taken for a scan:
// a letterhead, a seal.
const mostUntold = 0.05

// drawn tells that letters may be seen on a page which are no text: in pictures that are
// no files by themselves, or of a font that does not tell them.
func (s *sheet) drawn() (key string, is bool) {
	all, within := 0.0, 0.0
	for _, p := range s.pictures {
		if p.jpeg {
			continue
		}
		part := covers(p.box, s.page.box)
		if all += part; p.within {
			within += part
		}
	}
	if within > mostUntold || s.unsaid > 0 && s.unsaid*3 > utf8.RuneCountInString(s.text()) {
		return Within, true
	}
	return "", all > mostUntold
}

// failed turns a fault of this reader into an error: as in Hold, the file comes from
// anybody.
func failed(file File, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: the reader failed on this file: %w", file.Name, ErrLimit)
	}
}

func (f File) open(ctx context.Context) (*object.File, *document, error) {
	pdf, err := object.Open(f.Data, f.Size)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	if pdf.Trailer()["Encrypt"] != nil {
		return nil, nil, fmt.Errorf("%s: it is locked with a password: %w", f.Name, ErrLimit)
	}
	doc, err := readDocument(ctx, pdf)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return pdf, doc, nil
}

func (f File) sheet(ctx context.Context, doc *document, i int) (*sheet, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s, err := doc.sheet(i)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return s, nil
}

// Print is the text of a page, with where each part of it stands, a word at most. It
// is handed over in the order in which the file draws it, and once more as one sees it.
type Print struct {
	Page       int     // from 1
	Wide, High float64 // of the page as it is shown, in points
	Words      string
	Parts      []Part
}

// Part ends before the byte To of the words; it stands in points from the upper left
// corner of the page as it is shown.
type Part struct {
	To                       int
	Left, Top, Right, Bottom float64
}

// Prints hands over the text of each page.
func Prints(ctx context.Context, file File, take func(Print)) (err error) {
	defer failed(file, &err)
	_, doc, err := file.open(ctx)
	if err != nil {
		return err
	}
	for i := range doc.pages {
		s, err := file.sheet(ctx, doc, i)
		if err != nil {
			return err
		}
		high := s.height()
		wide := s.page.box.width() + s.page.box.height() - high
		for _, pieces := range [][]piece{s.pieces, s.lines()} {
			words, ends := s.run(pieces)
			p := Print{Page: i + 1, Wide: wide, High: high, Words: words}
			for n, to := range ends {
				b := s.upright(pieces[n].box)
				p.Parts = append(p.Parts, Part{to, b.left, high - b.top, b.right, high - b.bottom})
			}
			take(p)
		}
	}
	return nil
}

// lines are the pieces of a page from its top to its foot and from left to right: a file
// may draw its letters in any order.
func (s *sheet) lines() []piece {
	all := slices.Clone(s.pieces)
	at := func(p piece) box { return s.upright(p.box) }
	slices.SortStableFunc(all, func(a, b piece) int { return cmp.Compare(at(b).bottom, at(a).bottom) })
	for from, i := 0, 1; i <= len(all); i++ {
		if i == len(all) || at(all[from]).bottom-at(all[i]).bottom >= 1 {
			slices.SortStableFunc(all[from:i], func(a, b piece) int { return cmp.Compare(at(a).left, at(b).left) })
			from = i
		}
	}
	return all
}

// running is a page's text as its pieces follow one another: parts of a word stand
// together, others apart. What is covered, or not to be seen, is there too.
func (s *sheet) running(pieces []piece) string {
	words, _ := s.run(pieces)
	return words
}

// run is that text, and where each piece ends in it.
func (s *sheet) run(pieces []piece) (words string, ends []int) {
	var out strings.Builder
	var last box
	for i, p := range pieces {
		b := s.upright(p.box)
		if i > 0 && !beside(last, b, p.size) {
			out.WriteByte('\n')
		}
		out.WriteString(p.text)
		ends = append(ends, out.Len())
		last = b
	}
	return out.String(), ends
}

// besides goes through the objects of a file that are no page's content.
type besides struct {
	ctx  context.Context
	pdf  *object.File
	seen map[object.Ref]bool
	page int
	take func(Text) bool
	done bool
	err  error

	shown map[object.Ref]*shown // pictures
}

// shown is where a picture is seen: pages may draw from one store.
type shown struct {
	pages []int
	part  float64
}

func (w *besides) shows(s *sheet) {
	for _, p := range s.pictures {
		if p.ref == (object.Ref{}) {
			continue
		}
		at := w.shown[p.ref]
		if at == nil {
			at = &shown{}
			w.shown[p.ref] = at
		}
		if !slices.Contains(at.pages, s.number) {
			at.pages = append(at.pages, s.number)
		}
		at.part = max(at.part, covers(p.box, s.page.box))
	}
}

// picture is what is told of one: where it is seen.
func (w *besides) picture(ref object.Ref, where Where) Text {
	t := Text{Page: w.page, Where: where}
	if at := w.shown[ref]; at != nil {
		t.Pages, t.Part = at.pages, at.part
	}
	return t
}

// mostBeside is how much of a stream beside the pages is looked through.
const mostBeside = 16 << 20

func (w *besides) walk(v any, where Where, key object.Name, depth int) {
	if w.done || w.err != nil || depth > mostDepth || w.ctx.Err() != nil {
		return
	}
	ref, is := v.(object.Ref)
	if is {
		if w.seen[ref] {
			return
		}
		w.seen[ref] = true
		v = w.pdf.Resolve(ref)
		if w.err = w.pdf.Err(); w.err != nil {
			return
		}
	}
	switch v := v.(type) {
	case object.String:
		if where == InPicture {
			where = Beside
		}
		w.done = !w.take(Text{Page: w.page, Where: where, Key: string(key), Words: w.pdf.Text(v)})
	case object.Array:
		for _, part := range v {
			w.walk(part, where, key, depth+1)
		}
	case object.Dict:
		w.dict(v, where, depth)
	case *object.Stream:
		w.dict(v.Dict, where, depth)
		w.stream(v, ref, where)
	}
}

// stream hands over what is a file, a packet of metadata or a picture by itself.
func (w *besides) stream(s *object.Stream, ref object.Ref, where Where) {
	var data []byte
	var err error
	switch {
	case where == InPicture:
		var kind object.Name
		if kind, _, data, err = w.pdf.Picture(s); kind == "" {
			w.pixels(s, ref)
		}
		if kind != "DCTDecode" {
			return
		}
	case s.Dict["Type"] == object.Name("EmbeddedFile"):
		where = InFile
		data, err = w.pdf.Data(s, mostBeside)
	case where == InMetadata:
		data, err = w.pdf.Data(s, mostBeside)
	default:
		return
	}
	if err == nil {
		t := w.picture(ref, where)
		t.Data = data
		w.done = w.done || !w.take(t)
	}
}

func (w *besides) dict(d object.Dict, where Where, depth int) {
	if where == Beside && w.page > 0 && d["Rect"] != nil && !slices.Contains(silent, w.pdf.Name(d["Subtype"])) {
		where = InNote
	}
	for key, v := range d {
		if key != "Parent" && key != "Outlines" { // the one leads back, the other was read
			w.walk(v, where, key, depth+1)
		}
	}
}

// silent are things laid over a page that are no notes of anybody.
var silent = []object.Name{"Link", "Popup"}
