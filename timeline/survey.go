package timeline

import (
	"cmp"
	"context"
	"math"
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

	unsure []minutes // of the dated events that have no one minute, in order
}

// minutes are those in which an event may have happened, since 1970 by the clock of
// the case; an open end is the least or the greatest number.
type minutes struct {
	place       int32
	first, last int64
}

// What a Survey's Clock says of times without an hour, from the most exact on.
const (
	NoHour  = 24 + iota // the day is known
	NoDay               // the month is known
	NoMonth             // the year is known
	NoYear              // it may lie in one or another
)

// minute is the minute of the day of a dated event whose hour is known, by the
// clock of the case.
func (s *Survey) minute(i int, zone *time.Location) int64 {
	t := time.UnixMilli(s.Time[i]).In(zone)
	if t.Hour() != int(s.Clock[i]) { // a wall clock of no zone
		t = t.UTC()
	}
	return int64(s.Clock[i])*60 + int64(t.Minute())
}

// DayMinutes is how many minutes a day has by the clock.
const DayMinutes = 24 * 60

// Minutes are the first and the last minute in which an event may have happened,
// since 1970 by the clock of the case: of one whose day is known, of that day. An
// open end is the least or the greatest number.
func (s *Survey) Minutes(i int, zone *time.Location) (first, last int64) {
	if i >= len(s.Day) {
		return math.MinInt64, math.MaxInt64
	}
	begins := int64(s.Day[i]) * DayMinutes
	ends := begins + DayMinutes - 1
	n, found := slices.BinarySearchFunc(s.unsure, int32(i), func(m minutes, i int32) int { return cmp.Compare(m.place, i) })
	if found {
		first, last = s.unsure[n].first, s.unsure[n].last
	}
	switch {
	case found && s.Clock[i] >= NoDay:
		return first, last
	case found && first <= ends && last >= begins:
		return max(first, begins), min(last, ends)
	case !found && s.Clock[i] < NoHour:
		m := begins + s.minute(i, zone)
		return m, m
	case s.Clock[i] < NoDay:
		return begins, ends
	}
	return math.MinInt64, math.MaxInt64
}

// Days are the first and the last day on which an event may have happened, since
// 1970 by the clock of the case. An open end is the least or the greatest number.
func (s *Survey) Days(i int) (first, last int32) {
	if i < len(s.Day) && s.Clock[i] < NoDay {
		return s.Day[i], s.Day[i]
	}
	from, to := s.Minutes(i, time.UTC)
	return dayOfMinute(from), dayOfMinute(to)
}

func dayOfMinute(m int64) int32 {
	return int32(max(math.MinInt32, min(math.MaxInt32, floor(m, DayMinutes))))
}

// floor divides, and rounds down before 1970 too.
func floor(n, by int64) int64 {
	if n < 0 {
		return (n+1)/by - 1
	}
	return n / by
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
			if s.Clock[i] >= NoDay || seg.bits[pos]&bitsOfZone != 0 { // an hour of no zone stands as it is written
				s.addUnsure(i, seg.possible(pos), clock)
			}
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

// addUnsure keeps the periods in which an event may have happened, where it has any
// but a moment.
func (s *Survey) addUnsure(i int, may []place, clock *dayClock) {
	if len(may) == 0 {
		return
	}
	m := minutes{int32(i), math.MaxInt64, math.MinInt64}
	for _, p := range may {
		first, last := clock.minute(p.from), clock.minute(p.to-1)
		m.first, m.last = min(m.first, first, last), max(m.last, first, last)
	}
	s.unsure = append(s.unsure, m)
}

// possible are the periods in which an event may have happened; none for a moment.
func (c *columns) possible(pos uint32) []place {
	return ofOne(c.may, pos, func(p place) uint32 { return p.pos })
}

// ofOne are those of a list, which is in order of a number, that have this one.
func ofOne[E any](list []E, number uint32, of func(E) uint32) []E {
	first, _ := slices.BinarySearchFunc(list, number, func(e E, n uint32) int { return cmp.Compare(of(e), n) })
	n := first
	for n < len(list) && of(list[n]) == number {
		n++
	}
	return list[first:n]
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
		ms = c.wall(ms)
	}
	d := floor(ms, dayMillis)
	if n := unknownOf(bits); n > 0 {
		return int32(d), NoHour + uint8(n-1)
	}
	return int32(d), uint8((ms - d*dayMillis) / hourMillis)
}

// minute is that of a moment, since 1970 by the clock; an open end stays one.
func (c *dayClock) minute(ms int64) int64 {
	if ms == math.MinInt64 || ms == math.MaxInt64-1 {
		return ms
	}
	return floor(c.wall(ms), minuteMillis)
}

// wall is what the clock shows at a moment.
func (c *dayClock) wall(ms int64) int64 {
	if !c.everywhere && (ms < c.from || ms >= c.to) {
		c.look(ms)
	}
	return ms + c.offset
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
