package timeline

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"daybook/assets/registers"
)

// Index is the timeline of one case: its events in order, and what people said
// about them. Its methods may be called by several goroutines at once.
//
// The journal and the originals are the truth; everything here is made from
// them. What the store has lost is told by NeedsReading.
type Index struct {
	space      space
	ledger     ledger
	zone       *time.Location
	cache      *cache
	limits     limits
	nextNumber atomic.Uint64
	writing    sync.Mutex // one commit at a time
	registers  []registers.Register

	mu        sync.RWMutex // guards what follows
	view      *view
	names     *interner
	handles   *handles
	commits   []*commit
	journaled map[int64]ReadingInfo // the last reading of each item
	deleted   map[int64]bool
	marks     *marks
	diary     *diary
	people    *people
	withheld  []Withholding
	cuts      map[ID]Cut
	damaged   map[int64]bool // items whose stored reading Verify found damaged
	lost      []error

	pictures   *pictureTexts // has a lock of its own
	recordings recordings
}

// open replays the journal and opens what the store holds.
func open(ctx context.Context, s space, l ledger, zone *time.Location) (*Index, error) {
	kinds, err := registers.All()
	if err != nil {
		return nil, fmt.Errorf("timeline: %w", err)
	}
	x := &Index{
		registers: kinds,
		space:     s, ledger: l, zone: zone, cache: newCache(), limits: limits{segmentEvents, blockEvents}, names: newInterner(), handles: newHandles(),
		journaled: map[int64]ReadingInfo{}, deleted: map[int64]bool{}, damaged: map[int64]bool{}, marks: newMarks(), people: newPeople(), diary: &diary{},
		pictures: newPictureTexts(memory{}), recordings: recordings{memory{}, memory{}},
	}
	x.nextNumber.Store(1)
	for e, err := range l.entries(ctx) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil {
			err = x.apply(e)
		}
		if err != nil { // what can be read is shown; the case says itself that its journal is damaged
			x.lost = append(x.lost, fmt.Errorf("entry %d (%s): %w", e.Seq, e.Action, err))
		}
	}
	if err := x.loadCommits(ctx); err != nil {
		return nil, fmt.Errorf("timeline: %w", err)
	}
	if l.writable() {
		if err := x.tidy(ctx); ctx.Err() != nil {
			return nil, ctx.Err()
		} else if err != nil {
			x.lost = append(x.lost, err)
		}
	}
	if err := x.rewriteDiary(); err != nil {
		return nil, fmt.Errorf("timeline: %w", err)
	}
	x.view = x.newView(x.view)
	return x, nil
}

// apply works an entry of the journal into the index. Actions of other parts
// of the program are not its business.
func (x *Index) apply(e entry) error {
	switch e.Action {
	case actionReading:
		r, err := readingOf(e)
		if err != nil {
			return err
		}
		x.journaled[r.Item] = r
		return nil
	case actionDelete:
		return x.applyDelete(e)
	case actionMark, actionUnmark:
		return x.marks.apply(e)
	case actionIncident, actionCorrect:
		return x.diary.apply(e)
	case actionRegister, actionRegisterCorrect:
		return x.diary.register(e)
	case actionLink, actionMerge, actionSplit, actionName, actionAttribute, actionUnattribute:
		return x.people.apply(e)
	case actionCut:
		return x.applyCut(e)
	case actionWithhold, actionUnwithhold:
		return x.applyWithholding(e)
	}
	return nil
}

// record writes entries and works them in.
func (x *Index) record(ctx context.Context, drafts ...draft) ([]entry, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	entries, err := x.ledger.record(ctx, drafts...)
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	diary := false
	for _, e := range entries {
		if err := x.apply(e); err != nil {
			return nil, fmt.Errorf("entry %d (%s): %w", e.Seq, e.Action, err)
		}
		diary = diary || slices.Contains([]string{actionIncident, actionCorrect, actionRegister, actionRegisterCorrect}, e.Action)
	}
	if diary {
		if err := x.rewriteDiary(); err != nil {
			return nil, err
		}
		x.view = x.newView(x.view)
	}
	return entries, nil
}

func (x *Index) nextSegment() uint64 { return x.nextNumber.Add(1) - 1 }

// Zone is the zone of the case: days and hours are counted in it.
func (x *Index) Zone() *time.Location { return x.zone }

// Len is how many events there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.view.order)
}

// Readings gives the current reading of every item, by item.
func (x *Index) Readings() []ReadingInfo {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.readings(func(r ReadingInfo) bool { return true })
}

// NeedsReading gives the readings that the journal holds and the store does
// not, or not whole as Verify found: their items must be read again, by the
// same importer with the same answers.
func (x *Index) NeedsReading() []ReadingInfo {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.readings(func(r ReadingInfo) bool { return x.view.readings[r.Item] == nil || x.damaged[r.Item] })
}

func (x *Index) readings(which func(ReadingInfo) bool) []ReadingInfo {
	var out []ReadingInfo
	for _, item := range slices.Sorted(maps.Keys(x.journaled)) {
		if r := x.journaled[item]; !x.deleted[item] && which(r) {
			out = append(out, r)
		}
	}
	return out
}

// Lost tells what could not be read from the store when it was opened.
func (x *Index) Lost() []error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Clone(x.lost)
}

// Reading gives the current reading of an item.
func (x *Index) Reading(item int64) (ReadingInfo, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	r, ok := x.journaled[item]
	return r, ok && !x.deleted[item]
}

// Event gives one event.
func (x *Index) Event(id ID) (Row, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	docs := x.view.find(id)
	if len(docs) == 0 {
		return Row{}, fmt.Errorf("event %s: there is none in this case", id)
	}
	e, err := x.view.event(docs[0])
	if err != nil {
		return Row{Event: e}, err
	}
	x.view.flag(&e, docs[0])
	row := Row{Event: e}
	x.view.also(&row, docs[0], func(id ID) []Mark { return slices.Clone(x.marks.of[id]) })
	return row, nil
}

// EventsOf gives the events of one item in the order of the timeline, also
// those that are counted as others.
func (x *Index) EventsOf(ctx context.Context, item int64) (*Result, error) {
	return x.Find(ctx, Filter{Sources: []int64{item}, copies: true})
}

// Counts are how many events there are of each sort. What several exports hold
// is counted once, for the item in which it stands.
type Counts struct {
	Events, Undated int
	Kinds           map[Kind]int
	Importers       map[string]int
	Items           map[int64]int
}

// Counts counts the events by kind, importer and item.
func (x *Index) Counts() Counts {
	x.mu.RLock()
	defer x.mu.RUnlock()
	v := x.view
	c := Counts{Events: len(v.order), Undated: len(v.order) - v.dated,
		Kinds: map[Kind]int{}, Importers: map[string]int{}, Items: map[int64]int{}}
	var kinds [len(kindCodes)]int
	for _, s := range v.segments {
		for _, p := range s.parts {
			if !v.lives(p.reading) {
				continue
			}
			c.Importers[p.reading.Importer] += int(p.to - p.from)
			c.Items[p.reading.Item] += int(p.to - p.from)
			for _, k := range s.kind[p.from:p.to] {
				kinds[k]++
			}
		}
	}
	for _, a := range v.copies.byDoc {
		s, pos := v.at(a.doc)
		r := s.partOf(pos).reading
		c.Importers[r.Importer]--
		c.Items[r.Item]--
		kinds[s.kind[pos]]--
	}
	for i, n := range kinds {
		if n > 0 {
			c.Kinds[kindCodes[i]] = n
		}
	}
	return c
}
