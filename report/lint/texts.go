package lint

import (
	"context"
	"fmt"
	"strings"

	"daybook/report/pdf/object"
)

// Text is something that a PDF says: on a page, whether it is seen there or not,
// or beside its pages.
type Text struct {
	Page  int // from 1; 0: of the file as a whole
	Where Where
	Words string
}

// Where is where a text of a file stands.
type Where string

// The places.
const (
	OnPage     Where = "the page"
	InBookmark Where = "a bookmark"
	InMetadata Where = "the metadata"
	Beside     Where = "an object that no page shows" // notes, links, names, alternative texts
)

// Texts hands over all that a PDF says, wherever it says it, until take wants no
// more. What is locked with a password is an error.
func Texts(ctx context.Context, file File, take func(Text) bool) (err error) {
	defer func() {
		// As in Hold: the file comes from anybody.
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: the reader failed on this file: %w", file.Name, ErrLimit)
		}
	}()
	pdf, err := object.Open(file.Data, file.Size)
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name, err)
	}
	if pdf.Trailer()["Encrypt"] != nil {
		return fmt.Errorf("%s: it is locked with a password: %w", file.Name, ErrLimit)
	}
	doc, err := readDocument(ctx, pdf)
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name, err)
	}
	for i := range doc.pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		sheet, err := doc.sheet(i)
		if err != nil {
			return fmt.Errorf("%s: %w", file.Name, err)
		}
		if !take(Text{i + 1, OnPage, sheet.running()}) {
			return nil
		}
	}
	for _, m := range doc.marks {
		if !take(Text{0, InBookmark, m.title}) {
			return nil
		}
	}
	w := &besides{ctx: ctx, pdf: pdf, seen: map[object.Ref]bool{}, take: take}
	for i := range doc.pages { // what hangs on a page is named with it
		if ref, ok := doc.pages[i].self.(object.Ref); ok {
			w.seen[ref] = true
		}
	}
	for i := range doc.pages {
		w.page = i + 1
		w.walk(pdf.Dict(doc.pages[i].self)["Annots"], Beside, 0)
	}
	w.page = 0
	w.walk(pdf.Trailer()["Info"], InMetadata, 0)
	w.walk(doc.catalog["Metadata"], InMetadata, 0)
	for key, v := range doc.catalog {
		if key != "Metadata" {
			w.walk(v, Beside, 0)
		}
	}
	if w.err != nil {
		return fmt.Errorf("%s: %w", file.Name, w.err)
	}
	return ctx.Err()
}

// running is the page's text as it runs: parts of a word stand together, others
// apart. What is covered, or not to be seen, is there too.
func (s *sheet) running() string {
	var out strings.Builder
	var last box
	for i, p := range s.pieces {
		b := s.upright(p.box)
		if i > 0 && !beside(last, b, p.size) {
			out.WriteByte('\n')
		}
		out.WriteString(p.text)
		last = b
	}
	return out.String()
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
}

// mostBeside is how much of a stream beside the pages is looked through.
const mostBeside = 16 << 20

func (w *besides) walk(v any, where Where, depth int) {
	if w.done || w.err != nil || depth > mostDepth || w.ctx.Err() != nil {
		return
	}
	if ref, ok := v.(object.Ref); ok {
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
		w.done = !w.take(Text{w.page, where, w.pdf.Text(v)})
	case object.Array:
		for _, part := range v {
			w.walk(part, where, depth+1)
		}
	case object.Dict:
		w.dict(v, where, depth)
	case *object.Stream:
		w.dict(v.Dict, where, depth)
		if where == InMetadata || v.Dict["Type"] == object.Name("EmbeddedFile") {
			if data, err := w.pdf.Data(v, mostBeside); err == nil {
				w.done = w.done || !w.take(Text{w.page, where, string(data)})
			}
		}
	}
}

func (w *besides) dict(d object.Dict, where Where, depth int) {
	for key, v := range d {
		if key != "Parent" && key != "Outlines" { // the one leads back, the other was read
			w.walk(v, where, depth+1)
		}
	}
}
