package leak

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"daybook/report/protected"
)

const (
	// mostUnpacked is how many bytes are unpacked from archives, of all files.
	mostUnpacked = 4 << 30
	// mostWhole is how large a file may be that is looked at as a whole: a
	// document, a page, a picture. A larger one is looked through as bytes.
	mostWhole = 256 << 20
	// mostWithin is how deep files lie within files.
	mostWithin = 4
	// mostHead is how much of a file tells what it is.
	mostHead = 4096
)

// content looks through what a file holds, by what its bytes are.
func (l *look) content(at Place, r io.Reader, depth int) error {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(mostHead)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	kind := mimetype.Detect(head)
	is := func(types ...string) bool {
		for k := kind; k != nil; k = k.Parent() {
			if slices.ContainsFunc(types, k.Is) {
				return true
			}
		}
		return false
	}
	ext := extension(at.File)
	major, _, _ := strings.Cut(kind.String(), "/")
	switch {
	case is("application/pdf"):
		return l.whole(at, in, func(at Place, b []byte) error { return l.pdf(at, b, depth) })
	case is("application/zip"):
		return l.whole(at, in, func(at Place, b []byte) error { return l.zip(at, b, depth) })
	case is("application/gzip"):
		return l.gzip(at, in, depth)
	case is("application/x-tar"):
		return l.tar(at, in, depth)
	case is("text/rtf"):
		return l.whole(at, in, l.rtf)
	case depth > 0 && isMarkup(ext):
		return l.whole(at, in, l.markup)
	case strings.HasPrefix(kind.String(), "image/"):
		return l.whole(at, in, l.picture)
	case ext == ".html" || ext == ".htm" || is("text/html"):
		return l.whole(at, in, l.html)
	case ext == ".jsonl" || ext == ".json" || ext == ".jsonld" || is("application/json"):
		return l.json(at, in)
	case ext == ".eml" || ext == ".mbox" || is("message/rfc822"):
		return l.whole(at, in, func(at Place, b []byte) error { return l.mail(at, b, depth) })
	case is("text/xml"):
		return l.whole(at, in, l.markup)
	case ext == ".js":
		return l.whole(at, in, l.script)
	case ext == ".txt" && is("text/plain"):
		return l.whole(at, in, func(at Place, b []byte) error {
			at.Line = 1
			l.text(at, string(b))
			return l.ctx.Err()
		})
	case ext == ".pem" || at.File == "log/checkpoint": // keys and signatures are letters by chance, and short words among them too
		return l.stream(l.long, at, in)
	case is("text/plain"):
		return l.stream(l.words, at, in)
	case major == "video", major == "audio", is("application/ogg"), is("application/octet-stream") && slices.Contains(recordings, ext):
		l.note(at.File + ": a film or a sound: what is seen and heard in it was not looked into, its tags and bytes were")
		return l.recording(at, in)
	case is("application/x-ole-storage"):
		l.note(at.File + ": what a document of this older kind holds beside its words was not looked into, its bytes were")
		return l.stream(l.long, at, in)
	case ext == ".bin": // the ending of an original whose kind nobody knows
		l.note(at.File + ": what kind of file it is nobody knows, and its bytes alone were looked through")
		return l.stream(l.long, at, in)
	default:
		l.partly = true
		return l.stream(l.long, at, in)
	}
}

// recordings are endings of films and sounds, for those whose first bytes do not tell.
var recordings = []string{".mp4", ".m4v", ".mov", ".3gp", ".avi", ".mkv", ".webm", ".mts", ".ts", ".mpg", ".wmv", ".asf", ".flv", ".dav", ".mp3", ".m4a", ".aac", ".amr", ".wav", ".ogg", ".oga", ".opus", ".flac", ".caf", ".wma"}

// whole hands over a file that is held in memory; a larger one is looked through
// as bytes.
func (l *look) whole(at Place, r io.Reader, look func(Place, []byte) error) error {
	b, err := io.ReadAll(io.LimitReader(r, mostWhole+1))
	if err != nil {
		return err
	}
	if len(b) > mostWhole {
		l.note(at.File + ": it is large, and was looked through as bytes alone")
		return l.stream(l.words, at, io.MultiReader(bytes.NewReader(b), r))
	}
	return look(at, b)
}

// stream looks through a text of any length.
func (l *look) stream(words *protected.Words, at Place, r io.Reader) error {
	if words == l.words && l.sought != nil {
		r = &sumless{l: l, in: bufio.NewReaderSize(r, 64<<10)}
	}
	lines := &lines{r: r}
	return words.Read(lines, func(h protected.Hit) bool {
		place := at
		place.Line = lines.line(h.From)
		l.hit(h.Word, place)
		return l.ctx.Err() == nil
	})
}

// lines counts the lines of what goes by. A word that is found lies not far back.
type lines struct {
	r     io.Reader
	n     int     // line ends before the first of ends
	ends  []int64 // of lines, as far back as a word may reach
	bytes int64
}

// linesKept is how many ends of lines are kept.
const linesKept = 1 << 16

func (l *lines) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.ends = append(l.ends, l.bytes+int64(i))
		}
	}
	if over := len(l.ends) - linesKept; over > linesKept {
		l.n += over
		l.ends = slices.Delete(l.ends, 0, over)
	}
	l.bytes += int64(n)
	return n, err
}

func (l *lines) line(at int64) int {
	i, _ := slices.BinarySearch(l.ends, at)
	return l.n + i + 1
}

// json looks through the texts of JSON, one value a line or one of many lines.
func (l *look) json(at Place, r io.Reader) error {
	counted := &lines{r: r}
	d := json.NewDecoder(counted)
	for {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil { // no JSON behind this place: as a text
			return l.stream(l.words, at, io.MultiReader(d.Buffered(), r))
		}
		if s, ok := token.(string); ok {
			at.Line = counted.line(d.InputOffset() - 1)
			s = l.withoutSums(s)
			for _, h := range l.told(s, l.words.Find(s)) {
				l.hit(h.Word, at)
			}
			l.grown(at, s)
		}
	}
}

func (l *look) gzip(at Place, r io.Reader, depth int) error {
	z, err := gzip.NewReader(r)
	if err != nil || depth >= mostWithin {
		l.note(fmt.Sprintf("%s: it is packed, and cannot be opened", at.File))
		return nil
	}
	inside := Place{File: at.File + ": " + strings.TrimSuffix(strings.TrimSuffix(at.File, ".gz"), ".tgz")}
	l.text(Place{File: at.File, In: "the name in it"}, z.Name+"\n"+z.Comment)
	return l.member(inside, z, depth)
}

// member looks through a file within another one.
func (l *look) member(at Place, r io.Reader, depth int) error {
	limited := io.LimitReader(r, l.budget)
	counted := &counter{r: limited}
	err := l.memberAsItIs(at, counted, depth+1)
	if l.budget -= counted.n; l.budget <= 0 {
		l.note(at.File + ": more is packed than is unpacked; the rest was not looked into")
	}
	if err != nil && l.ctx.Err() == nil {
		l.note(at.File + ": it cannot be unpacked: " + err.Error())
		return nil
	}
	return err
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
