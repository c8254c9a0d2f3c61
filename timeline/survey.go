package timeline

import (
	"context"
	"slices"
	"time"
)

// Survey is what the columns say of every event of a result, in its order:
// enough to count, group and draw a million of them. No event is read for it.
type Survey struct {
	Time   []int64  // milliseconds since 1970 of When.Order; of the dated events, which come first
	Day    []int32  // days since 1970 by the clock of the case; of the dated events
	Clock  []uint8  // the hour by that clock, or what of the time is not known: NoHour, NoDay, NoMonth, NoYear; of the dated events
	Kind   []uint8  // place in Kinds
	From   []uint32 // who sent it: place in Persons, from 1
	To     []uint32 // who got it: place in Groups, from 1
	Thread []uint32 // place in Threads, from 1
	Source []uint32 // place in Sources
	Weak   []bool   // its time is a weak sign, such as when a file was saved
	Masked []bool   // it came to the owner, and does not show from whom: a call without a number

	Persons []int64 // numbers of persons, as People gives them
	Own     []bool  // of these, which are the owner of the exports
	Groups  [][]uint32
	Threads []string
	Sources []Origin
	Marks   map[int][]Mark // of the events that have any, by their place in the result
}

// What a Survey's Clock says of times without an hour, from the most exact on.
const (
	NoHour  = 24 + iota // the day is known
	NoDay               // the month is known
	NoMonth             // the year is known
	NoYear              // it may lie in one or another
)

// Minute is the minute of the day of a dated event whose hour is known, by the
// clock of the case.
func (s *Survey) Minute(i int, zone *time.Location) int {
	t := time.UnixMilli(s.Time[i]).In(zone)
	if t.Hour() != int(s.Clock[i]) { // a wall clock of no zone
		t = t.UTC()
	}
	return int(s.Clock[i])*60 + t.Minute()
}

// Origin is what made an event: an item, and the importer that read it.
type Origin struct {
	Item     int64
	Importer string
}

// Survey surveys a result.
func (r *Result) Survey(ctx context.Context) (*Survey, error) {
	r.x.mu.RLock()
	defer r.x.mu.RUnlock()
	v, n := r.v, len(r.docs)
	s := &Survey{
		Time: make([]int64, r.dated), Day: make([]int32, r.dated), Clock: make([]uint8, r.dated), Kind: make([]uint8, n),
		From: make([]uint32, n), To: make([]uint32, n), Thread: make([]uint32, n), Source: make([]uint32, n), Weak: make([]bool, n), Masked: make([]bool, n),
		Threads: v.threads, Marks: map[int][]Mark{},
	}
	persons := s.people(r.x.people, v)
	clock := newDayClock(r.x.zone)
	origins := map[*reading]uint32{}
	var last *part
	var origin uint32
	for i, doc := range r.docs {
		if i&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		seg, pos := v.at(doc)
		if i < r.dated {
			s.Time[i] = seg.time[pos]
			s.Day[i], s.Clock[i] = clock.at(seg.time[pos], seg.bits[pos])
		}
		s.Kind[i], s.From[i], s.To[i], s.Thread[i] = seg.kind[pos], persons[seg.from[pos]], seg.to[pos], seg.thread[pos]
		s.Weak[i] = seg.bits[pos]&bitWeakTime != 0
		s.Masked[i] = kindCodes[s.Kind[i]].sent() && s.From[i] == 0 && seg.bits[pos]&disputed == 0 && s.toOwner(s.To[i])
		if p := seg.partOf(pos); p != last {
			last = p
			origin = s.origin(origins, p.reading)
		}
		s.Source[i] = origin
	}
	r.surveyMarks(s)
	return s, nil
}

var disputed = flagBits([]Flag{PartiesDiffer})

// toOwner tells that somebody is in a group, and nobody but the owner of the exports.
func (s *Survey) toOwner(group uint32) bool {
	return group != 0 && !slices.ContainsFunc(s.Groups[group-1], func(person uint32) bool { return !s.Own[person-1] })
}

func (s *Survey) origin(seen map[*reading]uint32, r *reading) uint32 {
	n, ok := seen[r]
	if !ok {
		n = uint32(len(s.Sources))
		s.Sources = append(s.Sources, Origin{r.Item, r.Importer})
		seen[r] = n
	}
	return n
}

// people gives the place in Persons of every speaker, and fills the groups.
func (s *Survey) people(p *people, v *view) (persons []uint32) {
	place := map[int64]uint32{}
	persons = make([]uint32, len(v.speakers)+1)
	for i := range v.speakers {
		number := p.personOf(v, v.handleOf[i])
		n, ok := place[number]
		if !ok {
			s.Persons = append(s.Persons, number)
			s.Own = append(s.Own, number == OwnerNumber())
			n = uint32(len(s.Persons))
			place[number] = n
		}
		s.Own[n-1] = s.Own[n-1] || v.speakers[i].Owner
		persons[i+1] = n
	}
	s.Groups = make([][]uint32, len(v.sets))
	for i, set := range v.sets {
		for _, speaker := range set {
			s.Groups[i] = append(s.Groups[i], persons[speaker])
		}
	}
	return persons
}

// surveyMarks finds the marked events among those of the result.
func (r *Result) surveyMarks(s *Survey) {
	if len(r.x.marks.of) == 0 {
		return
	}
	wanted := make(map[ID]bool, len(r.x.marks.of))
	for id := range r.x.marks.of {
		wanted[id] = true
	}
	marked := r.v.none()
	for slot, seg := range r.v.segments {
		seg.mark(wanted, marked[slot])
	}
	r.v.lift(marked)
	for i, doc := range r.docs {
		if marked[slotOf(doc)].has(posOf(doc)) {
			for _, id := range r.v.idsOf(doc) {
				s.Marks[i] = append(slices.Clip(s.Marks[i]), r.x.marks.of[id]...)
			}
		}
	}
}

// dayClock tells the day and the hour of a moment by the clock of a zone.
// Moments that come in order cost little: the offset is looked up once between
// two changes.
type dayClock struct {
	zone       *time.Location
	from, to   int64 // milliseconds between which the offset holds
	offset     int64
	everywhere bool // the zone has one offset for all times
}

const (
	minuteMillis = 60 * 1000
	hourMillis   = 60 * minuteMillis
	dayMillis    = 24 * hourMillis
)

func newDayClock(zone *time.Location) *dayClock { return &dayClock{zone: zone, from: 1, to: 0} }

// at gives the day and the hour of an event, which has an instant or a wall
// clock that has no zone.
func (c *dayClock) at(ms int64, bits uint32) (day int32, hour uint8) {
	if bits&bitsOfZone != 0 {
		if !c.everywhere && (ms < c.from || ms >= c.to) {
			c.look(ms)
		}
		ms += c.offset
	}
	d := ms / dayMillis
	if ms%dayMillis < 0 {
		d--
	}
	if n := unknownOf(bits); n > 0 {
		return int32(d), NoHour + uint8(n-1)
	}
	return int32(d), uint8((ms - d*dayMillis) / hourMillis)
}

func (c *dayClock) look(ms int64) {
	t := time.UnixMilli(ms).In(c.zone)
	_, seconds := t.Zone()
	c.offset = int64(seconds) * 1000
	begin, end := t.ZoneBounds()
	c.everywhere = begin.IsZero() && end.IsZero()
	c.from, c.to = begin.UnixMilli(), end.UnixMilli()
	if begin.IsZero() {
		c.from = ms
	}
	if end.IsZero() {
		c.to = ms + 1
	}
}

// Firsts gives for every handle, by its key, the place of the first dated event of
// the result that is from it. An incident is from nobody.
func (r *Result) Firsts() map[string]int {
	places := make([]int, len(r.v.handles)+1)
	incident, _ := code("", kindCodes[:], Incident)
	for i, doc := range r.docs[:r.dated] {
		s, pos := r.v.at(doc)
		if n := s.from[pos]; n != 0 && s.kind[pos] != incident {
			if h := r.v.handleOf[n-1]; places[h] == 0 {
				places[h] = i + 1
			}
		}
	}
	out := map[string]int{}
	for h, at := range places {
		if at > 0 {
			out[r.v.handles[h-1].Key] = at - 1
		}
	}
	return out
}
