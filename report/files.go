package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode"

	"daybook/assets/profiles"
)

// filesDir holds, where a profile asks for it, what is given one file at a time:
// each statement, each exhibit's pages and its file, and apart from them what is
// held and not relied on.
const filesDir = "data/files"

// The kinds of such files, in their order.
const (
	kindStatement = "statement"
	kindExhibit   = "exhibit"
	kindUnused    = "unused"
)

// folders are where each kind stands within a part, and how its files begin
// where all of a part stand in one folder.
var folders = map[string]struct{ folder, begin string }{
	kindStatement: {"1-statements", "1-statement-"},
	kindExhibit:   {"2-exhibits", "2-exhibit-"},
	kindUnused:    {"3-unused", "3-unused-"},
}

// filing writes such files in parts, none larger than a limit unless one file is.
type filing struct {
	b    *Bundle
	to   *bag
	most int64
	part int
	size int64 // of the part so far
	made []filed
}

// filed is a file that was written.
type filed struct {
	Part            int
	Kind, Name      string
	Label, What     string
	Size            int64
	Sum             string
	LargerThanLimit bool
}

// sheaf are files that stay together in one part.
type sheaf struct {
	kind, name, label, what string // name without ending
	pages                   []byte // a PDF
	original                *original
}

// original is the file of an item, in the bundle under another name.
type original struct {
	item int64
	file string
	size int64
	ext  string
}

// writeFiles writes statements, exhibits and what is not relied on as files, and
// a table of them.
func (b *Bundle) writeFiles(to *bag) error {
	if b.Profile.Files.Megabytes == 0 {
		return nil
	}
	return b.fileIn(to, b.Profile.Files.Megabytes*1e6)
}

// fileIn writes them in parts of so many bytes.
func (b *Bundle) fileIn(to *bag, most int64) error {
	f := &filing{b: b, to: to, most: most, part: 1}
	for _, step := range []func() error{f.statements, f.exhibits, f.unused, f.table} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (f *filing) statements() error {
	parts := f.b.statementParts()
	if parts == nil {
		return nil
	}
	n := 0
	for s, err := range parts(f.to.ctx) {
		if err != nil {
			return err
		}
		n++
		if err := f.paper(sheaf{kind: kindStatement, name: fmt.Sprintf("draft-%d", n), what: titleStatement}, titleStatement, s); err != nil {
			return err
		}
	}
	return nil
}

// exhibits are one by one: cover, what is shown of it, and its continuity.
func (f *filing) exhibits() error {
	for _, e := range f.b.Exhibits {
		s := sheaf{kind: kindExhibit, name: plainLabel(e.Label), label: e.Label, what: e.Title}
		if e.File != "" {
			s.original = &original{e.Item, e.File, e.Size, path.Ext(e.File)}
		}
		cover := f.b.exhibitSheet(e)
		cover.Blocks = append([]Block{para(sayAlone)}, cover.Blocks...)
		account := Section{Title: titleContinuity, Anchor: continuityAnchor(e.Item), Blocks: append(f.b.account(e, f.b.steps[e.Item]), para(sayHands), f.b.hands())}
		if err := f.paper(s, e.Label, cover, account); err != nil {
			return err
		}
	}
	return nil
}

// unused are the schedule of what is held, and the files in which exhibits came.
func (f *filing) unused() error {
	for _, s := range f.b.Sections {
		if s.Part == profiles.PartSchedule {
			if err := f.paper(sheaf{kind: kindUnused, name: "schedule", what: s.Title}, s.Title, s); err != nil {
				return err
			}
		}
	}
	for _, c := range f.b.Containers {
		if c.File == "" {
			continue
		}
		s := sheaf{kind: kindUnused, name: fmt.Sprintf("item-%d", c.Item), what: c.Name, original: &original{c.Item, c.File, c.Size, path.Ext(c.File)}}
		if err := f.put(s); err != nil {
			return err
		}
	}
	return nil
}

// paper lays sections out as the pages of a sheaf, and writes it.
func (f *filing) paper(s sheaf, title string, sections ...Section) error {
	var pages bytes.Buffer
	if _, err := f.b.alone(f.to.ctx, &pages, title+" "+f.b.Case, f.to.stills(), sections...); err != nil {
		return fmt.Errorf("%s %s: %w", s.kind, cmp.Or(s.label, s.name), err)
	}
	s.pages = pages.Bytes()
	return f.put(s)
}

// put writes a sheaf into the part that is begun, or into the next one.
func (f *filing) put(s sheaf) error {
	size := int64(len(s.pages))
	if s.original != nil {
		size += s.original.size
	}
	if f.size > 0 && f.size+size > f.most {
		f.part, f.size = f.part+1, 0
	}
	f.size += size
	if s.pages != nil {
		err := f.file(s, ".pdf", int64(len(s.pages)), func(w io.Writer) error {
			_, err := w.Write(s.pages)
			return err
		})
		if err != nil {
			return err
		}
	}
	if o := s.original; o != nil {
		return f.file(s, "-file"+o.ext, o.size, func(w io.Writer) error { return f.to.again(o.file, w) })
	}
	return nil
}

// file writes one file of a sheaf and notes it.
func (f *filing) file(s sheaf, end string, size int64, write func(io.Writer) error) error {
	name := f.place(s.kind, s.name+end)
	if err := f.to.create(name, write); err != nil {
		return err
	}
	f.made = append(f.made, filed{f.part, s.kind, name, s.label, s.what, size, f.to.sum(name), size > f.most})
	return nil
}

// place is where a file stands.
func (f *filing) place(kind, name string) string {
	part := fmt.Sprintf("%s/part-%d", filesDir, f.part)
	if f.b.Flat {
		return part + "/" + folders[kind].begin + name
	}
	return part + "/" + folders[kind].folder + "/" + name
}

// plainLabel is a label in letters, digits and a hyphen.
func plainLabel(label string) string {
	by, n, ok := strings.Cut(label, "/")
	if number, err := strconv.Atoi(n); ok && err == nil {
		n = fmt.Sprintf("%03d", number)
	}
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
				return r
			}
			return -1
		}, s)
	}
	if p := plain(by); p != by {
		sum := sha256.Sum256([]byte(by)) // letters that not every system takes: told apart by their sum
		by = cmp.Or(p, "EX") + hex.EncodeToString(sum[:2])
	}
	return by + "-" + plain(n)
}

// table lists the files: in which part, what it is, and its sum.
func (f *filing) table() error {
	return f.to.create(filesDir+"/contents.csv", func(w io.Writer) error {
		s, err := newSheet(w, "Part", "Kind", "Exhibit", "Description", "File in this bundle", "Size in bytes", "SHA-256", "Larger than a part may be")
		if err != nil {
			return err
		}
		for _, x := range f.made {
			larger := ""
			if x.LargerThanLimit {
				larger = wordYes
			}
			if err := s.row(strconv.Itoa(x.Part), x.Kind, x.Label, x.What, x.Name, strconv.FormatInt(x.Size, 10), x.Sum, larger); err != nil {
				return err
			}
		}
		return s.close()
	})
}
