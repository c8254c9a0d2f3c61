package importers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"daybook/evidence"
	"daybook/timeline"
)

func readHead(r io.ReaderAt, n int64) ([]byte, error) {
	return io.ReadAll(io.NewSectionReader(r, 0, n))
}

// read opens the containers among items and reads everything, then what the
// importers found inside that, and so on.
func (a *act) read(ctx context.Context, items []evidence.Item) error {
	for len(items) > 0 {
		members, err := a.unpack(ctx, items)
		if err != nil {
			return err
		}
		items = append(items, members...)
		if err := a.readAll(ctx, items); err != nil {
			return err
		}
		attached := a.later
		a.later = nil
		if items, err = a.settled(ctx, attached); err != nil {
			return err
		}
	}
	return nil
}

// claimed is an item and the importers that want it, in their order.
type claimed struct {
	item evidence.Item
	by   []Importer
	head []byte // nil where too much memory would be kept
}

// headsSize bounds how much of the files that are read last is kept in memory.
const headsSize = 32 << 20

// readAll reads items, those formats last that hold a single thing: by then it
// is known which files a conversation shows.
func (a *act) readAll(ctx context.Context, items []evidence.Item) error {
	a.rec.Items += len(items)
	if err := a.joinParts(ctx, items); err != nil {
		return err
	}
	var alone []claimed
	heads, done := 0, 0
	for _, it := range items {
		if a.opened[it.Number] {
			done++
			continue
		}
		c, err := a.claim(it)
		if err != nil {
			return err
		}
		if len(c.by) > 0 && c.by[0].Info().Single {
			if heads += len(c.head); heads > headsSize {
				c.head = nil
			}
			alone = append(alone, c)
			continue
		}
		if err := a.readItem(ctx, c, &done, len(items)); err != nil {
			return err
		}
	}
	if err := a.readLate(ctx); err != nil {
		return err
	}
	for _, c := range alone {
		if err := a.readItem(ctx, c, &done, len(items)); err != nil {
			return err
		}
	}
	return nil
}

// claim asks every importer, in order, whether an item is theirs.
func (a *act) claim(it evidence.Item) (claimed, error) {
	c := claimed{item: it}
	src, err := a.source(it, nil)
	if err != nil {
		return c, a.unreadable(it, err)
	}
	c.head = src.Head
	for _, imp := range a.Set {
		mine := false
		if err := contained(func() error { mine = imp.Claims(src); return nil }); err != nil {
			a.failItem(it, fmt.Errorf("%s: %w", imp.Info().Name, err))
		}
		if mine {
			c.by = append(c.by, imp)
		}
	}
	if len(c.by) == 0 {
		a.unclaimed(it)
	}
	return c, nil
}

func (a *act) unclaimed(it evidence.Item) {
	a.rec.Unclaimed = append(a.rec.Unclaimed, timeline.Unclaimed{Item: it.Number, Path: it.Path, Type: it.Type})
}

// unreadable states that an original cannot be opened. An error that is not of
// the one item ends the act.
func (a *act) unreadable(it evidence.Item, err error) error {
	if isLost(err) {
		a.failItem(it, err)
		return nil
	}
	return err
}

func isLost(err error) bool {
	return errors.Is(err, evidence.ErrDamaged) || errors.Is(err, evidence.ErrDeleted) || errors.Is(err, evidence.ErrNotFound)
}

// source gives an item as importers see it; a nil head is read.
func (a *act) source(it evidence.Item, head []byte) (Source, error) {
	if head == nil {
		var err error
		if head, err = a.head(it); err != nil {
			return Source{}, err
		}
	}
	t, p := a.trees[keyOf(it)], treePath(it.Path)
	if t == nil || t.files[p].Number != it.Number { // a second item of the same name
		t = newTree(a.Case, it)
	}
	seen := *t
	if a.batch == nil {
		seen.upTo = a.from
	}
	assume := a.Assume
	if given, ok := a.given[it.Batch]; ok {
		assume = given
	}
	return Source{FS: &seen, Path: p, Head: head, Size: it.Size, Modified: it.Modified, Wall: it.Wall, Assume: assume}, nil
}

func (a *act) head(it evidence.Item) (head []byte, err error) {
	o, err := a.Case.Original(it.Hash)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	return readHead(o, min(HeadSize, it.Size))
}

// readItem lets the importers that claim an item read it, until one knows it
// for its own. Trouble in the item is kept with its reading.
func (a *act) readItem(ctx context.Context, c claimed, done *int, of int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a.progress(int64(*done), int64(of), "read")
	*done++
	if len(c.by) == 0 {
		return nil
	}
	src, err := a.source(c.item, c.head)
	if err != nil {
		return a.unreadable(c.item, err)
	}
	for _, imp := range c.by {
		mine, err := a.readAs(ctx, c.item, imp, src)
		if err != nil {
			return err
		}
		if mine {
			return a.commitSome(ctx)
		}
	}
	a.unclaimed(c.item)
	return nil
}

func (a *act) commitSome(ctx context.Context) error {
	if a.unsaid < commitSize {
		return nil
	}
	return a.commit(ctx)
}

// readAs lets one importer read an item and tells whether it was its own. Its
// questions are put to a person, and left open when nobody can answer.
func (a *act) readAs(ctx context.Context, it evidence.Item, imp Importer, src Source) (mine bool, err error) {
	for {
		outcome, err := a.importOnce(ctx, it, imp, src)
		var ask *Ask
		switch {
		case err != nil:
			return false, err
		case errors.Is(outcome, ErrNotMine):
			return false, nil
		case !errors.As(outcome, &ask):
			return true, nil // the reading says so itself when it is broken
		case !a.answer(it, ask, &src.Assume):
			a.rec.Asks = append(a.rec.Asks, question(it, ask))
			return true, nil
		}
	}
}

// importOnce runs one importer over one item. outcome is what the importer
// says: nil, ErrNotMine, *Ask, or why the item is broken, which its reading
// holds. err is of the case, or of ctx.
func (a *act) importOnce(ctx context.Context, it evidence.Item, imp Importer, src Source) (outcome, err error) {
	info := imp.Info()
	var other twin
	if a.batch != nil {
		if other, err = a.twin(it, info, src.Assume); err != nil {
			return nil, err
		}
		switch {
		case other.answers: // the twin is read anew, with what is known now
			a.sameAs(it, other)
			if it, err = a.Case.Item(other.item); err != nil {
				return nil, err
			}
		case other.item != 0 && !other.missing:
			a.sameAs(it, other)
			return nil, nil
		}
	}
	out := &output{ctx: ctx, a: a, item: it, info: info, tree: src.FS.(*tree), assume: src.Assume.facts(), clock: src.Assume.Clock}
	outcome = contained(func() error { return imp.Import(ctx, src, out) })
	if out.fatal != nil || ctx.Err() != nil {
		return nil, errors.Join(ctx.Err(), out.fatal, out.drop())
	}
	var ask *Ask
	if errors.Is(outcome, ErrNotMine) || errors.As(outcome, &ask) {
		if !out.touched {
			return outcome, nil
		}
		outcome = fmt.Errorf("%s handed on records and then said: %s", out.info.Name, outcome.Error())
	}
	if a.batch != nil && out.info.Single && out.weak { // its time says no more than the message that shows it
		shown, err := a.shows(ctx, it)
		if err != nil {
			return nil, errors.Join(err, out.drop())
		}
		if shown != 0 {
			if shown != it.Number {
				a.sameAs(it, twin{item: shown})
			}
			return nil, out.drop()
		}
	}
	if a.batch == nil && isLost(outcome) {
		a.failItem(it, outcome)
		return nil, out.drop() // what was read when it was whole is not replaced
	}
	if err := out.release(); err != nil {
		return nil, err
	}
	if other.item != 0 && !other.answers && outcome == nil && out.found <= other.found {
		a.sameAs(it, other)
		return nil, out.drop() // nothing that was missing then is there now
	}
	if outcome == nil || out.info.Single && out.touched {
		a.twins[keyOfTwin(it, out.info)] = twin{item: it.Number, found: out.found, missing: out.missing}
	}
	return outcome, out.finish(cutOff(src.Path, info, outcome))
}

// contained turns a panic into an error with the stack.
func contained(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the reader of this format stopped by a fault of its own: %v\n%s", p, debug.Stack())
		}
	}()
	return f()
}
