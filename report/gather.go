package report

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/evidence/journal"
	"daybook/timeline"
)

// rest gathers what stands around the chronology and makes the sections.
func (p *planner) rest(ctx context.Context) error {
	p.m.By = p.gate.clean(p.c.Actor())
	p.b.by = p.m.By
	p.b.places()
	p.m.Selected = p.selected()
	p.readings()
	p.readers()
	p.people()
	if err := p.earlierExhibits(ctx); err != nil {
		return err
	}
	if err := p.batches(ctx); err != nil {
		return err
	}
	if err := p.skips(ctx); err != nil {
		return err
	}
	if err := p.history(ctx); err != nil {
		return err
	}
	p.limits()
	p.gatherOrders()
	if err := p.gatherHeld(ctx); err != nil {
		return err
	}
	p.m.Incidents = len(p.nth)
	p.told()
	for i := range p.m.Broken { // their maker reads the names as they came
		b := &p.m.Broken[i]
		b.Name, b.What = p.gate.clean(b.Name), p.gate.clean(b.What)
	}
	included := map[int64]bool{}
	for _, e := range p.b.Exhibits {
		included[e.Item] = true
	}
	p.b.compose(p.b.Pack.gathered(p.m, func(n int64) bool { return included[n] }))
	return nil
}

// readers sums the readings of the items in this bundle by importer, version
// and what a person decided, and notes every reading of the case that broke:
// what it did not reach might have been a row.
func (p *planner) readers() {
	sums := map[string]*reader{}
	for _, r := range p.x.Readings() {
		if r.Broken != "" {
			p.broken(r.Item, "", r.Broken)
		}
		if c := p.items[r.Item]; c == nil || len(c.rows) == 0 {
			continue
		}
		assumed := p.gate.clean(decided(r.Assume))
		key := fmt.Sprintf("%s\x00%08d\x00%s", r.Importer, r.Version, assumed)
		s := sums[key]
		if s == nil {
			s = &reader{importer: r.Importer, Name: p.source(r.Importer), Version: r.Version, Assumed: assumed}
			sums[key] = s
		}
		s.Files++
		s.Events += r.Events
		s.Skipped += r.Skips
	}
	for _, key := range slices.Sorted(maps.Keys(sums)) {
		p.m.Readers = append(p.m.Readers, *sums[key])
	}
}

// broken notes a file that was not read, or not to its end, once.
func (p *planner) broken(item int64, path, what string) {
	if path == "" {
		if i, err := p.c.Item(item); err == nil {
			path = i.Path
		}
	}
	b := broken{item, visible(path), what}
	same := func(o broken) bool { return o == b || item > 0 && o.Item == item && o.What == what }
	if !slices.ContainsFunc(p.m.Broken, same) {
		p.m.Broken = append(p.m.Broken, b)
	}
}

// decided are a person's answers in one line.
func decided(assume map[string]string) string {
	var s []string
	for _, k := range slices.Sorted(maps.Keys(assume)) {
		var clock timeline.Clock
		if k == "clock" && clock.UnmarshalText([]byte(assume[k])) == nil {
			s = append(s, clock.Statement())
			continue
		}
		s = append(s, cmp.Or(decisions[k], k)+": "+cmp.Or(decisions[assume[k]], assume[k]))
	}
	return strings.Join(s, "; ")
}

// batches takes each act of adding with its reconciliation as the journal
// holds it.
func (p *planner) batches(ctx context.Context) error {
	fresh, err := p.fresh(ctx)
	if err != nil {
		return err
	}
	gone := map[int64]int64{} // by the batch that was cut short, the one that finished it
	for info, err := range p.c.Batches(ctx) {
		if err != nil {
			return err
		}
		b := batch{Number: info.Number, Note: info.Note, By: p.gate.clean(info.By), Started: info.Started, Finished: info.Finished, Items: int(info.Items)}
		var r timeline.Reconciliation
		if len(info.Reconciliation) > 0 {
			if err := json.Unmarshal(info.Reconciliation, &r); err != nil {
				return fmt.Errorf("batch %d: its reconciliation: %w", info.Number, err)
			}
			if err := p.reconciled(&b, r); err != nil {
				return fmt.Errorf("batch %d: its reconciliation: %w", info.Number, err)
			}
		}
		for _, n := range r.Resumes {
			gone[n] = b.Number
		}
		if p.kept[b.Number] {
			continue
		}
		if b.nothing(fresh[b.Number]) {
			p.m.Again.Add(int(b.Number))
			continue
		}
		p.m.Batches = append(p.m.Batches, b)
	}
	for i := range p.m.Batches {
		p.m.Batches[i].GoneOnIn = gone[p.m.Batches[i].Number]
	}
	return nil
}

// fresh counts by batch the items whose bytes no item before them had.
func (p *planner) fresh(ctx context.Context) (map[int64]int, error) {
	fresh, seen := map[int64]int{}, map[evidence.Hash]bool{}
	p.kept, p.own = map[int64]bool{}, nil
	for item, err := range p.c.Items(ctx) {
		if err != nil {
			return nil, err
		}
		if ownItem(item) {
			p.kept[item.Batch] = true
			if p.b.Moment.Entries == 0 || item.Seq < p.b.Moment.Entries {
				p.own.Add(int(item.Number))
			}
		}
		if !seen[item.Hash] {
			seen[item.Hash] = true
			fresh[item.Batch]++
		}
	}
	return fresh, nil
}

func (p *planner) reconciled(b *batch, r timeline.Reconciliation) error {
	b.Events, b.Already, b.Skips, b.Left = r.Events-r.Already, r.Already, r.Skips, len(r.Asks)+len(r.Failed) > 0
	b.Named, b.Found, b.Absent = r.Attachments.Named, r.Attachments.Found, r.Attachments.Missing
	for _, t := range []struct {
		from *timeline.WireWhen
		to   *string
	}{{r.First, &b.First}, {r.Last, &b.Last}} {
		if t.from == nil {
			continue
		}
		w, err := t.from.Time()
		if err != nil {
			return err
		}
		*t.to = listed(w, p.b.Zone)
	}
	// A file that was read later, by a newer reader or after an answer, is not
	// among them any more.
	for _, u := range r.Unclaimed {
		if !p.readByNow(u.Item) {
			p.m.Unclaimed = append(p.m.Unclaimed, unclaimed{u.Item, visible(u.Path), u.Type})
		}
	}
	for _, q := range r.Asks {
		if !p.readByNow(q.Item) {
			p.broken(q.Item, q.Path, fmt.Sprintf(sayAsked, q.Question))
			p.b.Told.Asked = append(p.b.Told.Asked, Untold{visible(q.Path), q.Question})
		}
	}
	for _, f := range r.Failed {
		if later, read := p.x.Reading(f.Item); !read || later.Broken != "" || later.Batch == b.Number {
			p.broken(f.Item, f.Path, f.Reason)
		}
	}
	return nil
}

// skips counts the skipped records of the case: each might have been a row. The
// words of those in files that were not chosen stay out of the bundle.
func (p *planner) skips(ctx context.Context) error {
	p.m.EachSkip = func(ctx context.Context) iter.Seq2[skip, error] {
		return func(yield func(skip, error) bool) {
			for s, err := range p.x.Skips(ctx) {
				if err == nil && !p.selects(s.Item) {
					continue
				}
				if !yield(skip{s.Item, s.Path, s.Record, s.Text, s.Reason}, err) || err != nil {
					return
				}
			}
		}
	}
	for s, err := range p.x.Skips(ctx) {
		if err != nil {
			return err
		}
		if p.selects(s.Item) {
			p.m.Skips++
		} else {
			p.m.SkipsElsewhere++
		}
	}
	return nil
}

// selects tells that the bundle is of the whole case, or that a row of it comes
// from an item or names it; what is kept out is in no bundle with any of its words.
func (p *planner) selects(item int64) bool {
	if p.family.holds[item] {
		return false
	}
	c := p.items[item]
	return p.chosen == nil || c != nil && len(c.rows) > 0
}

// selected puts the filter into words. A served pack says only what its reader
// may know: that there was a choice.
func (p *planner) selected() []Fact {
	f := p.sel.Filter
	var facts []Fact
	if !f.From.IsZero() {
		facts = append(facts, fact("From", say(p.moment(f.From))))
	}
	if !f.To.IsZero() {
		facts = append(facts, fact("Before", say(p.moment(f.To))))
	}
	var more []Fact
	if len(f.People) > 0 {
		more = append(more, fact("People", quote(strings.Join(p.names(f.People), ", "))))
	}
	for _, list := range []struct {
		name   string
		values []string
	}{
		{"Names or addresses", f.Parties}, {"Kinds", titles(f.Kinds)}, {"Items", texts(f.Sources)}, {"Readers", f.Importers},
		{"Marks", f.Marks}, {"Conversations", f.Threads}, {"Flags", texts(f.FlagsAny)},
	} {
		if len(list.values) > 0 {
			more = append(more, fact(list.name, quote(strings.Join(list.values, ", "))))
		}
	}
	more = maybe(more, "Words searched for", f.Words)
	if f.Undated {
		more = append(more, fact("Only", say(sayUndatedRow)))
	}
	if p.b.Pack == Served && len(more) > 0 {
		more = []Fact{fact("Other choices", say(sayChoices))}
	}
	return append(facts, more...)
}

// moment is a time that was chosen: in words, for midnight the day alone.
func (p *planner) moment(t time.Time) string {
	t = t.In(p.b.Zone)
	if t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, p.b.Zone)) {
		return t.Format("Monday 2 January 2006")
	}
	return t.Format("Monday 2 January 2006, 15:04:05 MST")
}

func (p *planner) names(people []int64) []string {
	var s []string
	for _, person := range p.x.People() {
		if slices.Contains(people, person.Number) {
			s = append(s, person.Shown())
		}
	}
	return s
}

func titles(kinds []timeline.Kind) []string {
	var s []string
	for _, k := range kinds {
		s = append(s, k.Title())
	}
	return s
}

func texts[T any](values []T) []string {
	var s []string
	for _, v := range values {
		s = append(s, fmt.Sprint(v))
	}
	return s
}

// lineOf is an entry's line in the skeleton.
func lineOf(e evidence.Entry) []byte {
	return journal.Line{Seq: e.Seq, Prev: e.Prev, Body: sha256.Sum256(e.Body)}.Append(nil)
}

func lineHash(line []byte) evidence.Hash { return sha256.Sum256(line) }
