package snapchat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/importers/page"
	"daybook/timeline"
)

// page reads the tables of a page: a heading is the name of a list, a row of
// headings names its columns, and a row of fewer cells holds the words of the
// row above it.
func (x *export) page(ctx context.Context, s importers.Source) (err error) {
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	t := &tables{export: x, r: page.NewReader(importers.UntilDone(ctx, f))}
	err = t.read(ctx)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	var cut *page.CutError
	if err != nil && !errors.As(err, &cut) {
		return err
	}
	if stop := t.flush(); stop != nil {
		return stop
	}
	if x.events == 0 && err == nil {
		return importers.ErrNotMine
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return nil
}

// tables are those of one page while it is read.
type tables struct {
	*export
	r       *page.Reader
	list    string
	columns []string
	row     jsonfile.Flat // not yet handed on: its words may follow
	record  string

	room []string      // for the cells of a row
	last jsonfile.Flat // the row before, whose room is used again
}

func (t *tables) read(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := t.r.Next()
		if err != nil {
			return err
		}
		if p.Kind != page.Open {
			continue
		}
		switch p.Tag {
		case "h1", "h2", "h3", "h4", "h5":
			n, err := t.r.Block(p)
			if stop := t.flush(); stop != nil {
				return stop
			}
			t.list, t.columns = n.Words(), nil
			if err != nil {
				return err
			}
		case "tr":
			n, err := t.r.Block(p)
			if stop := t.cells(n); stop != nil {
				return stop
			}
			if err != nil {
				return err
			}
		}
	}
}

// cells takes a row of a table.
func (t *tables) cells(row *page.Node) error {
	cells, header := t.room[:0], true
	for _, cell := range row.Nodes {
		if cell.Tag == "td" || cell.Tag == "th" {
			cells = append(cells, strings.TrimSpace(cell.Words()))
			header = header && cell.Tag == "th"
		}
	}
	t.room = cells
	switch {
	case len(cells) == 0:
		return nil
	case header:
		t.columns = slices.Clone(cells)
		return t.flush()
	case t.row != nil && len(cells) == 1 && len(t.columns) > 1 && !t.row.Has("Text"):
		t.row = append(t.row, jsonfile.Field{Name: "Text", Value: cells[0]})
		return nil
	}
	if err := t.flush(); err != nil {
		return err
	}
	t.record = "row at byte " + strconv.FormatInt(row.At, 10)
	t.row = t.last[:0]
	for i, cell := range cells {
		name := ""
		if i < len(t.columns) {
			name = t.columns[i]
		} else {
			name = fmt.Sprintf("column %d", i+1)
		}
		t.row = append(t.row, jsonfile.Field{Name: name, Value: cell})
	}
	if row.Cut {
		t.row = append(t.row, jsonfile.Field{Name: "cut", Value: "the page ends inside this row"})
	}
	return nil
}

// flush hands on the row that waits.
func (t *tables) flush() error {
	if t.row == nil {
		return nil
	}
	r := t.row
	t.row, t.last = nil, r
	t.events++
	e, why := t.event(t.list, r)
	if why != nil {
		var words []string
		for _, f := range r {
			words = append(words, f.Value)
		}
		return t.out.Skip(t.record, strings.Join(words, " | "), why)
	}
	if r.Has("cut") {
		e.Flags = append(e.Flags, timeline.Truncated)
	}
	e.Source.Record = t.record
	return t.out.Event(e)
}
