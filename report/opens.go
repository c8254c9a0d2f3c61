package report

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"daybook/evidence"
	"daybook/evidence/journal"
	"daybook/timeline"
)

// opener tells which entries of the journal a bundle opens. It goes by what is
// allowed: an entry that it does not know to be about what was selected stays
// closed, and is counted.
type opener struct {
	pack    Pack
	whole   bool                 // nothing was chosen: the bundle is of the whole case
	items   map[int64]bool       // the exhibits
	batches map[int64]bool       // that an exhibit was added in; true where all of it is exhibits
	rows    map[timeline.ID]bool // nil for the whole case
	written map[uint64]bool      // entries of the versions of selected incidents and entries of registers
	private map[uint64]bool      // entries of what is private
	hidden  map[timeline.ID]bool // what is private
	gate    *gate                // knows what the pack withholds
	clocks  bool                 // the pack shows how somebody knew that a clock was wrong
	noSum   map[int64]bool       // exhibits whose SHA-256 stands nowhere in the pack
	closed  map[int64]bool       // exhibits whose adding is not opened: it holds something that the pack withholds
}

// opener gathers what is selected. It must run after exhibits.
func (p *planner) opener(ctx context.Context) (*opener, error) {
	o := &opener{pack: p.b.Pack, whole: p.whole(), items: map[int64]bool{}, batches: map[int64]bool{}, rows: p.chosen, written: map[uint64]bool{}, gate: p.gate, clocks: p.shows(ShowClocks), noSum: p.noSum, closed: map[int64]bool{}}
	exhibits := map[int64]int64{} // by batch
	for _, e := range p.b.Exhibits {
		o.items[e.Item] = true
		item, err := p.c.Item(e.Item)
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", e.Item, err)
		}
		exhibits[item.Batch]++
	}
	for _, c := range p.b.Containers {
		o.items[c.Item] = true
	}
	for b, err := range p.c.Batches(ctx) {
		if err != nil {
			return nil, err
		}
		if n := exhibits[b.Number]; n > 0 {
			o.batches[b.Number] = n == b.Items
		}
	}
	o.private, o.hidden = map[uint64]bool{}, map[timeline.ID]bool{}
	o.hide(p.x, p.private)
	o.hideFamily(p.family.rows, p.written, p.x)
	for _, r := range p.x.Registers() {
		for _, v := range r.Versions {
			o.written[v.Entry] = o.rows[r.ID]
		}
	}
	for id, w := range p.written {
		for _, v := range w.Versions {
			o.written[v.Entry] = o.rows[id]
			if !p.keepsNote(v) {
				o.private[v.Entry] = true
			}
		}
	}
	return o, nil
}

// whole tells that nothing was chosen: the bundle is of the whole case.
func (p *planner) whole() bool { return len(p.selected()) == 0 && p.b.Continues == 0 }

// about is what an entry's subject may name.
type about struct {
	Item   int64         `json:"item"`
	Items  []int64       `json:"items"`
	Batch  int64         `json:"batch"`
	Event  timeline.ID   `json:"event"`
	Events []timeline.ID `json:"events"`
}

// opens tells whether an entry is opened.
func (o *opener) opens(e evidence.Entry) bool {
	if o.pack == Served && e.Action == string(evidence.ActionCreate) { // title and zone stand on the cover; it names the key
		return !o.gate.holds(e.Body)
	}
	if o.pack == Served {
		return o.serves(e)
	}
	var s about
	known := len(e.Subject) > 0 && json.Unmarshal(e.Subject, &s) == nil
	if o.isPrivate(e, s) {
		return false
	}
	if o.whole || o.written[e.Seq] || e.Action == string(evidence.ActionCreate) {
		return true
	}
	if !known {
		return false
	}
	switch e.Action {
	case string(evidence.ActionAdd), string(evidence.ActionDelete), string(ActionExhibit), "reading":
		return o.items[s.Item]
	case string(evidence.ActionBatch):
		_, ok := o.batches[s.Batch]
		return ok
	case string(evidence.ActionFinish):
		return o.batches[s.Batch]
	case "mark", "unmark":
		return o.all(s.Events)
	case "clock", "clock taken back":
		return o.any(s.Items)
	}
	return false
}

// any tells that one of several items is an exhibit: an entry that names others
// tells no more of them than their number.
func (o *opener) any(items []int64) bool {
	return slices.ContainsFunc(items, func(n int64) bool { return o.items[n] })
}

// serves tells that an entry is one of those that a served pack opens, and holds
// nothing that the pack withholds.
func (o *opener) serves(e evidence.Entry) bool {
	var s about
	known := len(e.Subject) > 0 && json.Unmarshal(e.Subject, &s) == nil
	allowed := servedEntry(e, o.items) || known && o.clocks && e.Action == "clock" && o.any(s.Items)
	tells := known && o.noSum[s.Item] && e.Action == string(evidence.ActionAdd)
	if allowed && !tells && !o.gate.holds(e.Body) {
		return true
	}
	if known && e.Action == string(evidence.ActionAdd) {
		o.closed[s.Item] = true
	}
	return false
}

// all tells that rows are all selected: an entry about others too is closed.
func (o *opener) all(rows []timeline.ID) bool {
	for _, id := range rows {
		if !o.rows[id] {
			return false
		}
	}
	return len(rows) > 0
}

// journal counts the entries up to the moment, and those that this pack opens.
func (p *planner) journal(ctx context.Context) error {
	open, err := p.opener(ctx)
	if err != nil {
		return err
	}
	p.open = open
	p.b.Entries = func(ctx context.Context) iter.Seq2[Entry, error] { return p.entries(ctx, open) }
	for e, err := range p.b.Entries(ctx) {
		if err != nil {
			return err
		}
		p.b.Log.Entries++
		if e.Body != nil {
			p.b.Log.Disclosed++
		}
		p.b.Log.Head = lineHash(e.Line)
	}
	if want := p.b.Moment.Entries; want != 0 && p.b.Log.Entries != want {
		return fmt.Errorf("journal: it has %d entries, and the moment of the bundle is after %d", p.b.Log.Entries, want)
	}
	p.b.Moment.Entries = p.b.Log.Entries
	if p.b.Moment.Time.IsZero() {
		p.b.Moment.Time = time.Now().In(p.b.Zone).Truncate(time.Second)
	}
	p.b.Log.Closed = slices.Sorted(maps.Keys(open.closed))
	p.b.Log.Phrase = journal.Phrase(p.b.Log.Head)
	code, err := journal.HeadQR(p.b.origin(), journal.Head{Count: p.b.Log.Entries, Hash: p.b.Log.Head})
	if err != nil {
		return err
	}
	p.b.Log.Code = code.PNG()
	return nil
}

func (p *planner) entries(ctx context.Context, open *opener) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		limit := p.b.Moment.Entries
		for e, err := range p.c.Journal(ctx) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if limit != 0 && e.Seq >= limit {
				return
			}
			out := Entry{Seq: e.Seq, Line: lineOf(e)}
			if open.opens(e) {
				out.Body = e.Body
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}
