package timeline

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"sort"
	"strings"
	"time"
)

// Filter says which events are asked for. Fields that are set must all hold;
// of the values of one field any is enough. The zero Filter asks for all.
type Filter struct {
	From, To  time.Time // from on, and before To: all that may have happened then (see When.In); events without a time are in no such period
	People    []int64   // numbers of persons who sent it or got it
	Parties   []string  // names or addresses of persons, as printed or normalised, or their numbers: everything of whoever is called so
	Handles   []string  // keys of handles, under any of which somebody sent it or got it
	Kinds     []Kind
	Sources   []int64  // items
	Importers []string // names
	Marks     []string // behaviour codes or tags, "exhibit", "left-out"
	Threads   []string // conversations, as the source names them
	Words     string   // what a person typed to search for
	Pictures  bool     // Words may also stand in what a program read in pictures
	Undated   bool     // only those without a time
	Unmarked  bool     // only those that nobody gave a code; no own acts and no entries of registers, which need none
	Events    []ID     // only these; empty: all
	FlagsAny  []Flag
	Again     bool // only the copies that are counted as other events (SameKey), which no other filter lists

	copies bool // those too
}

// Result is what a filter found: a list of a fixed moment. Rows are read from
// the store when they are asked for.
type Result struct {
	Instead map[string][]string // words that stand nowhere, and the spellings that were taken instead

	x     *Index
	v     *view
	query query
	read  *pictureTexts // looked into as well; nil: no
	docs  []uint32
	dated int
}

// Row is an event with what people said about it.
type Row struct {
	Event
	Marks     []Mark
	Hits      [][2]int     // byte ranges of Text that the search found
	Read      []InPicture  // what the search found in pictures, machine-read (Filter.Pictures)
	Also      []Pinpoint   // the other exports that hold the same message, and where
	Again     bool         // it is counted as the first of Also, and not itself
	Differs   []Difference // what other exports of the same chat have in its place
	Elsewhere []Pinpoint   // where exports of another format, or of another telephone, hold the same words of the same time; those are events of their own
	Incident  *Version     // of what a person wrote down: all that the last version says
	Owner     string       // the name that a person gave of the owner of the export, when they added it
}

// Len is how many events were found; Dated how many of them have a time. Those
// without come last.
func (r *Result) Len() int   { return len(r.docs) }
func (r *Result) Dated() int { return r.dated }

// Find gives the events that a filter asks for, in their total order.
func (x *Index) Find(ctx context.Context, f Filter) (*Result, error) {
	q, err := parseQuery(f.Words)
	if err != nil {
		return nil, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	r := &Result{x: x, v: x.view, query: q}
	v := x.view
	list := v.inOrder
	if f.Again || f.copies {
		list = v.every
	}
	period := !f.From.IsZero() || !f.To.IsZero()
	docs, dated := list.order, list.dated
	switch {
	case f.Undated && period:
		docs, dated = nil, 0
	case f.Undated:
		docs, dated = list.order[list.dated:], 0
	case period:
		docs = v.during(list, millis(f.From, math.MinInt64), millis(f.To, math.MaxInt64))
		dated = len(docs)
	}
	if f.everything() {
		r.docs, r.dated = docs, dated
		return r, nil
	}
	marked, err := x.filter(f)
	if err != nil {
		return nil, err
	}
	if len(q) > 0 {
		s := &search{view: v, query: q, notes: x.marks.notes()}
		if f.Pictures {
			s.pictures, r.read = x.pictures, x.pictures
		}
		hit, instead, err := s.run(ctx)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		r.Instead, r.query = instead, s.query
		for i := range marked {
			marked[i].and(hit[i])
		}
	}
	v.once(f, marked)
	if f.Unmarked {
		x.dropMarked(marked)
	}
	if len(docs) < len(list.order) {
		within := v.none()
		for _, doc := range docs {
			within[slotOf(doc)].set(posOf(doc))
		}
		for i := range marked {
			marked[i].and(within[i])
		}
	}
	r.docs, r.dated = v.arrange(list, marked)
	return r, nil
}

// millis gives the first millisecond that is not before t.
func millis(t time.Time, unset int64) int64 {
	if t.IsZero() {
		return unset
	}
	ms := t.UnixMilli()
	if time.UnixMilli(ms).Before(t) {
		ms++
	}
	return ms
}

// everything tells that no event can fail the filter but by its time.
func (f Filter) everything() bool {
	return !f.Again && !f.Unmarked && len(f.People)+len(f.Parties)+len(f.Handles)+len(f.Kinds)+len(f.Sources)+len(f.Importers)+
		len(f.Marks)+len(f.Threads)+len(f.FlagsAny)+len(f.Events) == 0 && strings.TrimSpace(f.Words) == ""
}

// OnlyPeriod tells that a filter asks for all of its period, or of the case: that it
// chooses by nothing else.
func (f Filter) OnlyPeriod() bool { return f.everything() && !f.Undated }

func (v *view) none() []bitmap {
	out := make([]bitmap, len(v.segments))
	for i, s := range v.segments {
		out[i] = newBitmap(s.len())
	}
	return out
}

// test is a filter made ready for the columns; nil means that it was not asked.
type test struct {
	readings       func(*reading) bool
	columns        bool // any of the next four
	kinds          []bool
	flags          *uint32
	alike          *lookalikes
	differ         []bitmap
	speakers, sets []bool
	threads        []bool
	marked, named  map[ID]bool
}

// filter marks the events that the columns and marks let through.
func (x *Index) filter(f Filter) ([]bitmap, error) {
	v := x.view
	t := x.test(f)
	out := make([]bitmap, len(v.segments))
	for i, s := range v.segments {
		b := newBitmap(s.len())
		for _, p := range s.parts {
			if v.lives(p.reading) && (t.readings == nil || t.readings(p.reading)) {
				b.setRange(p.from, p.to)
			}
		}
		if t.columns {
			t.narrow(s, i, b)
		}
		for _, ids := range []map[ID]bool{t.marked, t.named} {
			if ids != nil {
				m := newBitmap(s.len())
				s.mark(ids, m)
				b.and(m)
			}
		}
		out[i] = b
	}
	return out, nil
}

func (x *Index) test(f Filter) test {
	v := x.view
	t := test{}
	if len(f.Sources)+len(f.Importers) > 0 {
		t.readings = func(r *reading) bool {
			return (len(f.Sources) == 0 || slices.Contains(f.Sources, r.Item)) &&
				(len(f.Importers) == 0 || slices.Contains(f.Importers, r.Importer))
		}
	}
	if len(f.Kinds) > 0 {
		t.kinds, t.columns = make([]bool, len(kindCodes)), true
		for i, k := range kindCodes {
			t.kinds[i] = slices.Contains(f.Kinds, k)
		}
	}
	if len(f.FlagsAny) > 0 {
		t.columns = true
		bits := flagBits(f.FlagsAny)
		t.flags = &bits
		if slices.Contains(f.FlagsAny, NameLookalike) {
			t.alike = &v.identities().lookalikes
		}
		if slices.Contains(f.FlagsAny, ExportsDiffer) {
			t.differ = v.differ()
		}
	}
	if len(f.People)+len(f.Parties)+len(f.Handles) > 0 {
		t.columns = true
		t.speakers = x.speakersOf(f)
		t.sets = make([]bool, len(v.sets)+1)
		for i, set := range v.sets {
			t.sets[i+1] = slices.ContainsFunc(set, func(n uint32) bool { return t.speakers[n] })
		}
	}
	if len(f.Threads) > 0 {
		t.columns = true
		t.threads = make([]bool, len(v.threads)+1)
		for i, name := range v.threads {
			t.threads[i+1] = slices.Contains(f.Threads, name)
		}
	}
	if len(f.Marks) > 0 {
		t.marked = x.marks.with(f.Marks)
	}
	if len(f.Events) > 0 {
		t.named = make(map[ID]bool, len(f.Events))
		for _, id := range f.Events {
			t.named[id] = true
		}
	}
	return t
}

// dropMarked takes out what has a code, on itself or on a copy that is counted as it,
// own acts and the entries of registers.
func (x *Index) dropMarked(found []bitmap) {
	v, settled := x.view, x.marks.settled()
	drop := v.none()
	for i, s := range v.segments {
		s.mark(settled, drop[i])
	}
	v.lift(drop)
	for i, s := range v.segments {
		found[i].andNot(drop[i])
		found[i].each(func(at uint32) {
			if kindCodes[s.kind[at]].Register() {
				found[i][at>>6] &^= 1 << (at & 63)
			}
		})
	}
}

// narrow takes the events out that a column does not let through.
func (t *test) narrow(s *segment, slot int, b bitmap) {
	b.each(func(i uint32) {
		if t.kinds != nil && !t.kinds[s.kind[i]] ||
			t.flags != nil && s.bits[i]&*t.flags == 0 && !t.alike.at(s, i) && !(t.differ != nil && t.differ[slot].has(i)) ||
			t.speakers != nil && !t.speakers[s.from[i]] && !t.sets[s.to[i]] ||
			t.threads != nil && !t.threads[s.thread[i]] {
			b[i>>6] &^= 1 << (i & 63)
		}
	})
}

// Rows reads n events from the offset-th on; fewer where the list ends.
func (r *Result) Rows(offset, n int) ([]Row, error) {
	if offset < 0 || offset >= len(r.docs) || n <= 0 {
		return nil, nil
	}
	docs := r.docs[offset:min(offset+n, len(r.docs))]
	rows := make([]Row, 0, len(docs))
	for _, doc := range docs {
		e, err := r.v.event(doc)
		if err != nil {
			return rows, err
		}
		r.v.flag(&e, doc)
		row := Row{Event: e, Hits: r.query.hits(e.Text), Incident: r.v.reading(doc).written, Owner: r.v.reading(doc).Assume["owner"]}
		r.v.also(&row, doc, r.x.MarksOf)
		if r.read != nil {
			if row.Read, err = r.read.found(row.ID, r.query); err != nil {
				return rows, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// All reads every event of the result in order, a few at a time: memory does
// not grow with the list. It ends after the first error.
func (r *Result) All(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for at := 0; at < len(r.docs); at += blockEvents {
			if err := ctx.Err(); err != nil {
				yield(Row{}, err)
				return
			}
			rows, err := r.Rows(at, blockEvents)
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if err != nil {
				yield(Row{}, err)
				return
			}
		}
	}
}

// Offset gives the place of an event in the list.
func (r *Result) Offset(id ID) (int, bool) {
	for i, doc := range r.docs {
		if s, pos := r.v.at(doc); s.ids[pos] == id {
			return i, true
		}
	}
	return 0, false
}

// Only are those of the result that stand at some places, in the order of the
// places, which is that of the result.
func (r *Result) Only(places []int) *Result {
	some := *r
	some.docs, some.dated = make([]uint32, len(places)), 0
	for i, at := range places {
		some.docs[i] = r.docs[at]
		if at < r.dated {
			some.dated++
		}
	}
	return &some
}

// OffsetAt gives the place of the first dated event that is not before t.
func (r *Result) OffsetAt(t time.Time) int {
	ms := millis(t, math.MinInt64)
	return sort.Search(r.dated, func(i int) bool {
		s, pos := r.v.at(r.docs[i])
		return s.time[pos] >= ms
	})
}

// IDs gives the IDs of n events from the offset-th on without reading them.
func (r *Result) IDs(offset, n int) []ID {
	if offset < 0 || offset >= len(r.docs) || n <= 0 {
		return nil
	}
	docs := r.docs[offset:min(offset+n, len(r.docs))]
	out := make([]ID, len(docs))
	for i, doc := range docs {
		s, pos := r.v.at(doc)
		out[i] = s.ids[pos]
	}
	return out
}

func (v *view) event(doc uint32) (Event, error) {
	s, pos := v.at(doc)
	return s.event(pos)
}
