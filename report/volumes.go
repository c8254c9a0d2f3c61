package report

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"

	"daybook/assets/profiles"
	"daybook/report/pdf"
)

// documentFile is the document, or the first volume of it.
const documentFile = "data/bundle.pdf"

// writePDF writes the document: one file, or a volume after the other. How long it is
// is known when it is laid out: one that was to be cut, and fits into one volume, is
// laid out again without a word of others.
func (b *Bundle) writePDF(to *bag) error {
	files, failed := b.layOut(to)
	if failed == nil && len(files) == 1 && b.Volumes != (VolumeLimits{}) {
		if err := files[0].drop(); err != nil {
			return err
		}
		b.oneFile()
		files, failed = b.layOut(to)
	}
	if len(files) == 0 {
		return failed
	}
	var err error
	for _, f := range files {
		err = errors.Join(err, f.end(failed))
	}
	return err
}

// oneFile takes back that the document is cut into volumes, and what its index and its
// list of exhibits say of them.
func (b *Bundle) oneFile() {
	b.Volumes, b.Sections = VolumeLimits{}, slices.Clone(b.Sections)
	for i, s := range b.Sections {
		switch s.Part {
		case profiles.PartIndex:
			b.Sections[i].Blocks = b.contents()
		case profiles.PartExhibitList:
			b.Sections[i].Blocks = b.exhibitList()
		}
	}
}

// layOut lays the document out and gives its files, which are to be ended.
func (b *Bundle) layOut(to *bag) (files []*growing, err error) {
	first, err := to.begin(documentFile)
	if err != nil {
		return nil, err
	}
	files = []*growing{first}
	p := &paper{ctx: to.ctx, b: b, still: to.stills()}
	p.next = func(n int) (string, io.Writer, error) {
		f, err := to.begin(volumeFile(n))
		if err != nil {
			return "", nil, err
		}
		files = append(files, f)
		return path.Base(f.name), f, nil
	}
	_, err = p.write(first, nil)
	b.sheet, b.numbered, b.documents = p.sheet, p.last(), nil
	for n, first := range p.doc.Firsts() {
		if n == 0 && b.Continues == 0 {
			first = ""
		}
		b.documents = append(b.documents, Document{volumeFile(n + 1), first})
	}
	return files, err
}

// Document is a file of the document, and the number of its first page where that
// goes on from another file.
type Document struct{ File, First string }

// Documents are the files of the document of a bundle that was written.
func (b *Bundle) Documents() []Document { return b.documents }

// volumeFile is the file of a volume, counted from 1.
func volumeFile(n int) string {
	if n <= 1 {
		return documentFile
	}
	return fmt.Sprintf("data/bundle-%d.pdf", n)
}

// sheet is the page of the document on which an anchor of the plan stands.
func (p *paper) sheet(anchor string) sheetRef {
	volume, page, label := p.doc.Find(anchor)
	return sheetRef{volumeFile(volume), page, label, volume}
}

// sheetRef is a page of a printed document: its file, where it stands there, and
// the number that is printed on it. It is no page when Page is 0.
type sheetRef struct {
	File   string
	Page   int
	Label  string
	Volume int // which file of the document it is, counted from 1
}

// numbers says where the numbers of pages go on.
func (b *Bundle) numbers() pdf.Numbers {
	return pdf.Numbers{After: b.After.Pages, Letters: b.Continues != 0 && b.Profile.Inserted, Skip: b.After.Inserted}
}

// volumes is where the document is cut, if anywhere.
func (p *paper) volumes() pdf.Volumes {
	if p.next == nil || p.b.Volumes == (VolumeLimits{}) {
		return pdf.Volumes{}
	}
	return pdf.Volumes{Pages: p.b.Volumes.Pages, Bytes: p.b.Volumes.Bytes, Name: path.Base(documentFile), Next: p.next}
}

// last is how far the pages are numbered.
func (p *paper) last() PageCount {
	n := p.doc.Page()
	c := PageCount{Pages: p.b.After.Pages + n, Label: p.doc.Label(n), Letters: p.b.After.Letters}
	switch {
	case p.b.Profile.BySection:
		for _, s := range p.b.Sections {
			c.Letters += min(1, len(s.Letter))
		}
	case p.b.numbers().Letters:
		c.Pages, c.Inserted = p.b.After.Pages, p.b.After.Inserted+n
	}
	return c
}
