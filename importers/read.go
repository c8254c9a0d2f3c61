package importers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"slices"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

func isEOF(err error) bool { return errors.Is(err, io.EOF) }

func readHead(r io.ReaderAt, n int64) ([]byte, error) {
	return io.ReadAll(io.NewSectionReader(r, 0, n))
}

// reading is the state of reading many items.
type reading struct {
	*Run
	batch  *evidence.Batch // nil when reading again: what an importer attaches is there already
	writer *timeline.Writer
	trees  map[[2]int64]*tree
	rec    timeline.Reconciliation
	paths  map[int64]string
	shown  map[int64]bool // items that an event lists among its files
	later  []*evidence.Pending
	again  bool // what had a reading gets one
}

func (r *Run) reader(batch *evidence.Batch, items []evidence.Item) *reading {
	run := *r
	s := &reading{Run: &run, batch: batch, trees: map[[2]int64]*tree{}, paths: map[int64]string{}, shown: map[int64]bool{}}
	if batch != nil {
		s.rec.Batch = batch.Number()
	} else if len(items) > 0 {
		s.rec.Batch = items[0].Batch
	}
	return s
}

func (a *adding) read(ctx context.Context, items []evidence.Item) (timeline.Reconciliation, error) {
	unopened := slices.DeleteFunc(slices.Clone(items), func(it evidence.Item) bool { return a.opened[it.Number] })
	rec, err := a.Run.read(ctx, a.batch, unopened)
	rec.Items += len(items) - len(unopened)
	return rec, err
}

// claimed is an item and the importers that want it, in their order.
type claimed struct {
	item evidence.Item
	by   []Importer
}

func (r *Run) read(ctx context.Context, batch *evidence.Batch, items []evidence.Item) (rec timeline.Reconciliation, err error) {
	s := r.reader(batch, items)
	s.writer = r.Index.Begin(ctx, s.rec.Batch)
	if batch != nil {
		s.plant(items)
	} else if err := s.plantBeside(ctx, items); err != nil {
		return s.rec, err
	}
	for len(items) > 0 {
		if err := s.readAll(ctx, items); err != nil {
			return s.rec, err
		}
		if items, err = s.attached(ctx); err != nil {
			return s.rec, err
		}
	}
	infos, err := s.writer.Commit(ctx)
	if err != nil {
		return s.rec, err
	}
	return s.reconciled(infos), nil
}

// reconciled adds the sum of the readings to what only the run knows.
func (s *reading) reconciled(infos []timeline.ReadingInfo) timeline.Reconciliation {
	rec := timeline.Reconcile(s.rec.Batch, infos)
	rec.Items = s.rec.Items
	rec.Unclaimed = append(rec.Unclaimed, s.rec.Unclaimed...)
	rec.Asks = append(rec.Asks, s.rec.Asks...)
	for i := range rec.Failed {
		rec.Failed[i].Path = s.paths[rec.Failed[i].Item]
	}
	for i := range rec.Sources {
		rec.Sources[i].Path = s.paths[rec.Sources[i].Item]
	}
	return rec
}

// plant makes the trees in which the items came: one for each container, and
// one for all that was added by itself.
func (s *reading) plant(items []evidence.Item) {
	for _, it := range items {
		key := [2]int64{it.Batch, it.Parent}
		t := s.trees[key]
		if t == nil {
			t = newTree(s.Case, nil)
			s.trees[key] = t
		}
		t.put(it)
		s.paths[it.Number] = it.Path
	}
}

// readAll reads items, those formats last that hold a single thing: by then it
// is known which files a conversation shows.
func (s *reading) readAll(ctx context.Context, items []evidence.Item) error {
	s.rec.Items += len(items)
	var alone []claimed
	for i, it := range items {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.progress(int64(i), int64(len(items)), "read")
		by, err := s.claims(it)
		if err != nil {
			return err
		}
		if len(by) == 0 {
			continue
		}
		if by[0].Info().Single {
			alone = append(alone, claimed{it, by})
			continue
		}
		if err := s.readItem(ctx, claimed{it, by}); err != nil {
			return err
		}
	}
	for i, c := range alone {
		s.progress(int64(len(items)-len(alone)+i), int64(len(items)), "read")
		if err := s.readItem(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (r *Run) progress(done, total int64, what string) {
	if r.Progress != nil {
		r.Progress(done, total, what)
	}
}

// claims asks every importer, in order, whether an item is theirs.
func (s *reading) claims(it evidence.Item) (by []Importer, err error) {
	src, err := s.source(it)
	if err != nil {
		return nil, err
	}
	for _, imp := range s.Set {
		if imp.Claims(src) {
			by = append(by, imp)
		}
	}
	if len(by) == 0 {
		s.rec.Unclaimed = append(s.rec.Unclaimed, timeline.Unclaimed{Item: it.Number, Path: it.Path, Type: it.Type})
	}
	return by, nil
}

func (s *reading) source(it evidence.Item) (src Source, err error) {
	o, err := s.Case.Original(it.Hash)
	if err != nil {
		return Source{}, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	head, err := readHead(o, HeadSize)
	if err != nil {
		return Source{}, err
	}
	t := s.trees[[2]int64{it.Batch, it.Parent}]
	p := treePath(it.Path)
	if t.files[p].Number != it.Number { // a second item of the same name
		t = newTree(s.Case, []evidence.Item{it})
	}
	return Source{FS: t, Path: p, Head: head, Size: it.Size, Modified: it.Modified, Assume: s.Assume}, nil
}

// readItem lets the importers that claim an item read it, until one knows it
// for its own. Trouble in the item is kept with its reading.
func (s *reading) readItem(ctx context.Context, c claimed) error {
	for _, imp := range c.by {
		again, err := s.readAs(ctx, c.item, imp)
		if err != nil || !again {
			return err
		}
	}
	s.rec.Unclaimed = append(s.rec.Unclaimed, timeline.Unclaimed{Item: c.item.Number, Path: c.item.Path, Type: c.item.Type})
	return nil
}

// readAs tells whether the next importer should be asked.
func (s *reading) readAs(ctx context.Context, it evidence.Item, imp Importer) (again bool, err error) {
	src, err := s.source(it)
	if err != nil {
		return false, err
	}
	for {
		out, err := s.importOnce(ctx, it, imp, src)
		var ask *Ask
		switch {
		case err == nil:
			return false, nil
		case errors.Is(err, ErrNotMine):
			return true, nil
		case errors.As(err, &ask):
			if s.answer(it, ask, &src.Assume) {
				continue
			}
			s.rec.Asks = append(s.rec.Asks, question(it, ask))
			return false, nil
		case out.fatal != nil:
			return false, out.fatal
		case ctx.Err() != nil:
			return false, ctx.Err()
		}
		return false, nil // the reading says why it is broken
	}
}

func question(it evidence.Item, a *Ask) timeline.Question {
	q := timeline.Question{Item: it.Number, Path: it.Path, What: a.What, Question: a.Text}
	for _, c := range a.Choices {
		q.Choices = append(q.Choices, timeline.Choice{Value: c.Value, Example: c.Example})
	}
	return q
}

// answer asks a person and puts what they say where the importer looks.
func (s *reading) answer(it evidence.Item, a *Ask, assume *Assume) bool {
	if s.Ask == nil {
		return false
	}
	value, ok := s.Ask(it, a)
	if !ok {
		return false
	}
	return assume.set(a.What, value) == nil
}

func (a *Assume) set(what, value string) error {
	switch what {
	case "date-order":
		if o := DateOrder(value); o == DayFirst || o == MonthFirst || o == YearFirst {
			a.DateOrder = o
			return nil
		}
	case "zone":
		z, err := time.LoadLocation(value)
		if err == nil {
			a.Zone = z
		}
		return err
	case "owner":
		a.Owner = value
		return nil
	}
	return fmt.Errorf("%q is no answer to the question of the %s", value, what)
}

// importOnce runs one importer over one item. Its panic becomes an error of
// the item, with the stack.
func (s *reading) importOnce(ctx context.Context, it evidence.Item, imp Importer, src Source) (out *output, err error) {
	info := imp.Info()
	out = &output{ctx: ctx, s: s, item: it, info: info, tree: src.FS.(*tree), assume: src.Assume.facts()}
	err = contained(func() error { return imp.Import(ctx, src, out) })
	if out.fatal != nil || ctx.Err() != nil {
		return out, errors.Join(err, out.fatal, ctx.Err())
	}
	var ask *Ask
	if errors.Is(err, ErrNotMine) || errors.As(err, &ask) {
		if out.seen == 0 && out.reading == nil && len(out.held) == 0 {
			return out, err
		}
		err = fmt.Errorf("%s handed on records and then said: %s", info.Name, err.Error())
	}
	if s.shown[it.Number] && info.Single && out.weak && !s.again {
		return out, nil // its time says no more than the message that shows it
	}
	if closing := out.finish(err); closing != nil {
		return out, closing
	}
	return out, err
}

func contained(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the reader of this format stopped by a fault of its own: %v\n%s", p, debug.Stack())
		}
	}()
	return f()
}

// facts are the answers as the journal keeps them.
func (a Assume) facts() map[string]string {
	m := map[string]string{}
	if a.Zone != nil {
		m["zone"] = a.Zone.String()
	}
	if a.DateOrder != "" {
		m["date-order"] = string(a.DateOrder)
	}
	if a.Owner != "" {
		m["owner"] = a.Owner
	}
	return m
}

// attached gives what the importers found inside their sources since the last
// call, as items of their own with their trees.
func (s *reading) attached(ctx context.Context) ([]evidence.Item, error) {
	items := make([]evidence.Item, len(s.later))
	for i, p := range s.later {
		it, err := p.Item(ctx)
		if err != nil {
			return nil, err
		}
		items[i] = it
	}
	s.later = s.later[:0]
	s.plant(items)
	return items, nil
}

var _ fs.FS = (*tree)(nil)
