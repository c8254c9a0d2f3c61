package file

import (
	"archive/zip"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	maxEntries = 20_000  // of a zip
	maxPart    = 1 << 20 // of one of its parts, unpacked
	maxDepth   = 200     // of XML
)

// office reads the properties and first words of a Word, Excel, PowerPoint or
// OpenDocument file, which are zips. Any other zip has none.
func (f *facts) office(w *window) error {
	if err := sound(w); err != nil {
		return err
	}
	z, err := zip.NewReader(w, w.size)
	if err != nil {
		f.cut = errors.Is(err, zip.ErrFormat)
		return fmt.Errorf("zip: %w", err)
	}
	for _, p := range z.File {
		switch p.Name {
		case "docProps/core.xml", "docProps/app.xml", "meta.xml":
			err = f.part(p, f.property)
		case "word/document.xml", "content.xml":
			words := &runs{}
			err = f.part(p, words.take)
			f.say(words.b.String())
			f.textCut = f.textCut || errors.Is(err, errEnough)
		default:
			continue
		}
		if err != nil && !errors.Is(err, errEnough) {
			f.note("%s: %v", p.Name, err)
		}
	}
	return nil
}

// sound looks at a zip's own count of entries before archive/zip makes room
// for them.
func sound(w *window) error {
	const record = 22
	b, err := w.piece(max(0, w.size-(record+1<<16)), record+1<<16)
	if err != nil {
		return err
	}
	i := strings.LastIndex(string(b), "PK\x05\x06")
	if i < 0 || len(b)-i < record {
		return fmt.Errorf("zip: %w: it has no directory", errCut)
	}
	n, size := binary.LittleEndian.Uint16(b[i+10:]), binary.LittleEndian.Uint32(b[i+12:])
	if n > maxEntries || size > maxRead/2 {
		return fmt.Errorf("zip: %d entries in %d bytes, more than are looked at", n, size)
	}
	return nil
}

var errEnough = errors.New("enough was read")

// part reads one XML part token by token.
func (f *facts) part(p *zip.File, take func(path []string, text string) error) error {
	r, err := p.Open()
	if err != nil {
		return err
	}
	err = tokens(io.LimitReader(r, maxPart), take)
	return errors.Join(err, ignoreChecksum(r.Close()))
}

// ignoreChecksum: a part that is left before its end has none.
func ignoreChecksum(err error) error {
	if errors.Is(err, zip.ErrChecksum) {
		return nil
	}
	return err
}

func tokens(r io.Reader, take func(path []string, text string) error) error {
	d := xml.NewDecoder(r)
	d.Strict = false
	var path []string
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if path = append(path, t.Name.Space+":"+t.Name.Local); len(path) > maxDepth {
				return fmt.Errorf("more than %d levels", maxDepth)
			}
			err = take(path, "")
		case xml.EndElement:
			if len(path) > 0 {
				path = path[:len(path)-1]
			}
		case xml.CharData:
			err = take(path, string(t))
		}
		if err != nil {
			return err
		}
	}
}

var properties = map[string]struct {
	fact, label string
	sort        sort
}{
	"dcterms:created":      {label: "document created", sort: created},
	"dcterms:modified":     {label: "document last saved", sort: modified},
	"cp:lastPrinted":       {fact: "last printed"},
	"meta:creation-date":   {label: "document created", sort: created},
	"dc:date":              {label: "document last saved", sort: modified},
	"dc:title":             {fact: "title"},
	"dc:subject":           {fact: "subject"},
	"dc:creator":           {fact: "author"},
	"meta:initial-creator": {fact: "first author"},
	"cp:lastModifiedBy":    {fact: "last saved by"},
	":Application":         {fact: "made with"},
	"meta:generator":       {fact: "made with"},
	":Company":             {fact: "company"},
	"cp:revision":          {fact: "revision"},
	"meta:editing-cycles":  {fact: "revision"},
	"dc:description":       {fact: "comment"},
	"meta:print-date":      {fact: "last printed"},
}

func (f *facts) property(path []string, text string) error {
	if len(path) == 0 || strings.TrimSpace(text) == "" {
		return nil
	}
	p := properties[path[len(path)-1]]
	switch {
	case p.label != "":
		f.times = append(f.times, parse(p.sort, p.label, strings.TrimSpace(text)))
	case p.fact != "":
		f.set(p.fact, text)
	}
	return nil
}

// runs collects the words of a document: a line for each paragraph.
type runs struct{ b strings.Builder }

func (r *runs) take(path []string, text string) error {
	if len(path) == 0 {
		return nil
	}
	last := path[len(path)-1]
	switch {
	case text == "" && (last == "w:p" || last == "text:p" || last == "text:h"):
		if r.b.Len() > 0 {
			r.b.WriteByte('\n')
		}
	case last == "w:t", inside(path, "text:p"), inside(path, "text:h"):
		r.b.WriteString(text)
	}
	if r.b.Len() > 2*maxText {
		return errEnough
	}
	return nil
}

func inside(path []string, name string) bool {
	for _, p := range path {
		if p == name {
			return true
		}
	}
	return false
}
