package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"

	"daybook/importers"
	"daybook/timeline"
)

// Rows goes through the rows below the header, until the context ends. An error is
// its last.
func (t *Table) Rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			if err := ctx.Err(); err != nil {
				yield(Row{}, err)
				return
			}
			r, err := t.Next()
			if errors.Is(err, io.EOF) || !yield(r, err) || err != nil {
				return
			}
		}
	}
}

var errEmpty = errors.New("the list is empty")

// Events hands on every row: as the event that is made of it, whose place and what
// is odd about the row are filled in, or with the reason why it is none. A table
// without rows is one skip.
func (t *Table) Events(ctx context.Context, out importers.Output, event func(Row) (timeline.Event, error)) error {
	empty := true
	for r, err := range t.Rows(ctx) {
		if err != nil {
			return fmt.Errorf("after %s: %w", t.Header.Record(), err)
		}
		empty = false
		e, why := event(r)
		if why != nil {
			err = out.Skip(r.Record(), r.Words(), why)
		} else {
			e.Source.Record = r.Record()
			e.Flags = append(e.Flags, r.Flags()...)
			err = out.Event(e)
		}
		if err != nil {
			return err
		}
	}
	if empty {
		return out.Skip(t.Header.Record(), t.Header.Words(), errEmpty)
	}
	return nil
}

// mostLooked is how many rows of another file are looked at.
const mostLooked = 5000

// Look goes through the first rows of another file of a tree until more tells that
// it is enough. A file that is not there, which may have no name, or is another
// table, has none.
func Look(ctx context.Context, tree fs.FS, file string, fits Fits, more func(Row) bool) (err error) {
	if file == "" {
		return nil
	}
	s := importers.Source{FS: tree, Path: file}
	if s.Head, err = headOf(s); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	t, err := Open(s, fits)
	if errors.Is(err, importers.ErrNotMine) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	n := 0
	for r, err := range t.Rows(ctx) {
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if n++; n > mostLooked || !more(r) {
			return nil
		}
	}
	return nil
}

func headOf(s importers.Source) (head []byte, err error) {
	f, err := s.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.LimitReader(f, importers.HeadSize))
}
