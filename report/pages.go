package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"daybook/evidence"
	"daybook/report/lint"
	"daybook/report/pdf"
)

// sheets counts the pages of a PDF that are printed: none of one that cannot be.
func (p *planner) sheets(item evidence.Item) (n int, err error) {
	o, err := p.c.Original(item.Hash)
	if err != nil {
		return 0, fmt.Errorf("item %d: %w", item.Number, err)
	}
	if file, why := pdf.OpenForeign(o, o.Size()); why == nil {
		n = file.Pages()
	}
	return n, o.Close()
}

// see looks for words on the pages of a PDF that nobody sees, and for those that no
// program reads. One that cannot be looked through may hide some.
func (p *planner) see(ctx context.Context, item evidence.Item) (lint.Eyes, error) {
	if mediaType(item.Type) != "application/pdf" || item.Deleted || item.Size == 0 {
		return lint.Eyes{}, nil
	}
	o, err := p.c.Original(item.Hash)
	if err != nil {
		return lint.Eyes{}, fmt.Errorf("item %d: %w", item.Number, err)
	}
	e, unread := lint.See(ctx, lint.File{Name: item.Name, Data: o, Size: o.Size()})
	e.Hidden = e.Hidden || unread != nil
	return e, errors.Join(ctx.Err(), o.Close())
}

// pages prints those of a PDF. One that cannot be printed costs its pages: the
// sheet says why.
func (p *paper) pages(b Pages) (err error) {
	e, _ := p.b.exhibit(b.Item)
	r, err := p.b.Open(p.ctx, e.Hash)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	at, size, err := atRandom(r)
	if err != nil {
		return err
	}
	file, err := pdf.OpenForeign(at, size)
	if err != nil {
		says := fmt.Sprintf(sayNoPages, err)
		if e.File != "" {
			says += " " + sayInFolder
		}
		return p.block(para(says))
	}
	says := fmt.Sprintf(sayPages, file.Pages())
	if n := file.Notes(); n > 0 {
		says += " " + fmt.Sprintf(sayPagesNotes, n)
	}
	smaller, kept := p.doc.Measure(file)
	if smaller > 0 {
		says += " " + fmt.Sprintf(sayPagesSmaller, smaller)
	}
	if kept > 0 {
		says += " " + fmt.Sprintf(sayPagesFiner, kept)
	}
	if err := p.block(para(says)); err != nil {
		return err
	}
	for n := range file.Pages() {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		says := fmt.Sprintf(sayPageOf, e.Label, n+1, file.Pages())
		if !e.NoSum {
			says += " " + fmt.Sprintf(sayPageSum, groups(e.Hash.String()[:16], 8))
		}
		p.doc.Foreign(file, n, pdf.Run{Text: says})
	}
	return p.doc.Err()
}

// mostInMemory is how large an original may be that is held in memory to be read
// at random.
const mostInMemory = 256 << 20

// atRandom uses the original's own reading where it has it.
func atRandom(r io.Reader) (io.ReaderAt, int64, error) {
	if o, ok := r.(interface {
		io.ReaderAt
		Size() int64
	}); ok {
		return o, o.Size(), nil
	}
	data, err := io.ReadAll(io.LimitReader(r, mostInMemory+1))
	if err == nil && len(data) > mostInMemory {
		err = fmt.Errorf("larger than %d bytes", mostInMemory)
	}
	return bytes.NewReader(data), int64(len(data)), err
}
