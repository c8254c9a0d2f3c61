package model

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"time"

	"daybook/timeline"
)

// Span is a stretch of time, in milliseconds since 1970: from one moment up to,
// and not with, another.
type Span struct{ From, To int64 }

// Length of the span.
func (s Span) Length() int64 { return s.To - s.From }

// shortest is as close as anybody looks: a minute.
const shortest = 60_000

// Strip is the overview of what is shown: how dense it is over a period, which
// can be made closer and wider between a minute and the whole. It counts on the
// columns, by search: what it costs depends on its width, not on how many
// events there are.
type Strip struct {
	Whole Span

	period Span // from the first event to the last: Whole is a little longer where that is short
	At     Span // what is looked at
	zone   *time.Location
	all    lane
}

// lane is a list of dated events in order of time.
type lane struct {
	events []int32
	times  []int64 // of the survey
}

func (l lane) len() int         { return len(l.events) }
func (l lane) time(i int) int64 { return l.times[l.events[i]] }

// from is the place of the first event not before ms, at or after a place that
// is known to be not behind it.
func (l lane) from(ms int64, at int) int {
	step := 1
	hi := at
	for hi < l.len() && l.time(hi) < ms {
		at = hi + 1
		hi += step
		step *= 2
	}
	hi = min(hi, l.len())
	return at + sort.Search(hi-at, func(i int) bool { return l.time(at+i) >= ms })
}

// count counts the events in n equal parts of a span.
func (l lane) count(s Span, n int) []int {
	out := make([]int, n)
	at := l.from(s.From, 0)
	for i := range out {
		next := l.from(s.edge(i+1, n), at)
		out[i], at = next-at, next
	}
	return out
}

// edge is where the i-th of n equal parts of a span begins.
func (s Span) edge(i, n int) int64 {
	return s.From + int64(float64(i)/float64(n)*float64(s.Length()))
}

// Strip gives the overview of what is shown. Where old looks at a part of it,
// that part stays.
func (l *Look) Strip(old *Strip) *Strip {
	s := &Strip{zone: l.base.x.Zone(), all: lane{l.shown[:l.dated()], l.base.survey.Time}}
	if first, last, ok := l.Period(); ok {
		s.Whole = Span{first.UnixMilli(), last.UnixMilli() + 1}
		s.period = s.Whole
		if short := shortest - s.Whole.Length(); short > 0 {
			s.Whole.From, s.Whole.To = s.Whole.From-short/2, s.Whole.To+short/2
		}
	}
	s.At = s.Whole
	if old != nil && old.At != old.Whole {
		s.At = old.At
		s.keep()
	}
	return s
}

// Empty tells that nothing has a time.
func (s *Strip) Empty() bool { return s.Whole.Length() <= 0 }

// Zoom makes what is looked at so many times as long, around a moment.
func (s *Strip) Zoom(times float64, around int64) {
	length := max(float64(s.At.Length())*times, shortest)
	if length > 0.99*float64(s.Whole.Length()) {
		s.At = s.Whole
		return
	}
	share := float64(around-s.At.From) / float64(max(1, s.At.Length()))
	s.At.From = around - int64(share*length)
	s.At.To = s.At.From + int64(length)
	s.keep()
}

// Show looks at a span.
func (s *Strip) Show(at Span) {
	s.At = at
	if s.At.Length() < shortest {
		s.At.To = s.At.From + shortest
	}
	s.keep()
}

// Pan moves what is looked at, in milliseconds.
func (s *Strip) Pan(by int64) {
	s.At.From, s.At.To = s.At.From+by, s.At.To+by
	s.keep()
}

// Reach pans so far that a moment is looked at.
func (s *Strip) Reach(ms int64) (moved bool) {
	switch {
	case ms < s.At.From:
		s.Pan(ms - s.At.From - s.At.Length()/10)
	case ms >= s.At.To:
		s.Pan(ms - s.At.To + s.At.Length()/10)
	default:
		return false
	}
	return true
}

// keep keeps to the whole.
func (s *Strip) keep() {
	length := min(s.At.Length(), s.Whole.Length())
	s.At.From = max(s.Whole.From, min(s.At.From, s.Whole.To-length))
	s.At.To = s.At.From + length
}

// Counts counts the events in n equal parts of what is looked at.
func (s *Strip) Counts(n int) []int { return s.all.count(s.At, n) }

// Moment is the moment at a share of what is looked at.
func (s *Strip) Moment(share float64) int64 { return s.At.From + int64(share*float64(s.At.Length())) }

// Share is where a moment stands in what is looked at: 0 to 1 within it.
func (s *Strip) Share(ms int64) float64 {
	return float64(ms-s.At.From) / float64(max(1, s.At.Length()))
}

// Say names the stretch around a moment in the unit that can be told apart, and
// how many events it holds.
func (s *Strip) Say(ms int64) string { return s.say(s.all, ms) }

// SayOf says the same of one lane.
func (s *Strip) SayOf(l Lane, ms int64) string { return s.say(l.lane, ms) }

func (s *Strip) say(l lane, ms int64) string {
	unit := s.unit(24)
	t := unit.start(time.UnixMilli(ms).In(s.zone))
	next := unit.next(t)
	from := l.from(t.UnixMilli(), 0)
	n := l.from(next.UnixMilli(), from) - from
	return fmt.Sprintf("%s: %s", t.Format(unit.long), count(n, "event"))
}

// Said is what is looked at, in words.
func (s *Strip) Said() string {
	if s.Empty() {
		return ""
	}
	from, to := max(s.At.From, s.period.From), min(s.At.To, s.period.To)-1
	if from > to { // between two events
		from, to = s.At.From, s.At.To-1
	}
	first, last := time.UnixMilli(from).In(s.zone), time.UnixMilli(to).In(s.zone)
	form := "2 Jan 2006"
	if s.At.Length() < 3*24*time.Hour.Milliseconds() {
		form = "2 Jan 2006 15:04"
	}
	if first.Format(form) == last.Format(form) {
		return first.Format(form)
	}
	return first.Format(form) + " to " + last.Format(form)
}

// Tick is a mark on the axis of time.
type Tick struct {
	At    int64
	Label string
}

// unit is a step of the axis.
type unit struct {
	short, long string // how a step is labelled
	years       int
	months      int
	days        int
	minutes     int
}

// units from the finest on.
func units() []unit {
	const minute, hour, day, month = "Mon 2 Jan 2006 15:04", "Mon 2 Jan 2006 15:00", "Monday 2 January 2006", "January 2006"
	return []unit{
		{"15:04", minute, 0, 0, 0, 1}, {"15:04", minute, 0, 0, 0, 5}, {"15:04", minute, 0, 0, 0, 15},
		{"15:04", hour, 0, 0, 0, 60}, {"2 Jan 15:04", hour, 0, 0, 0, 6 * 60},
		{"2 Jan", day, 0, 0, 1, 0}, {"2 Jan", "week of 2 January 2006", 0, 0, 7, 0},
		{"Jan 06", month, 0, 1, 0, 0}, {"Jan 06", "three months from January 2006", 0, 3, 0, 0},
		{"2006", "2006", 1, 0, 0, 0}, {"2006", "five years from 2006", 5, 0, 0, 0}, {"2006", "the quarter of a century from 2006", 25, 0, 0, 0},
	}
}

// length is about how long a step is.
func (u unit) length() int64 {
	return (int64(u.years)*365+int64(u.months)*30+int64(u.days))*24*time.Hour.Milliseconds() + int64(u.minutes)*time.Minute.Milliseconds()
}

// start is the beginning of the step that a moment stands in.
func (u unit) start(t time.Time) time.Time {
	y, m, d := t.Date()
	switch {
	case u.years > 0:
		return time.Date(y-y%u.years, 1, 1, 0, 0, 0, 0, t.Location())
	case u.months > 0:
		return time.Date(y, m-time.Month((int(m)-1)%u.months), 1, 0, 0, 0, 0, t.Location())
	case u.days == 7:
		return time.Date(y, m, d-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
	case u.days > 0:
		return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
	}
	minute := t.Hour()*60 + t.Minute()
	return time.Date(y, m, d, 0, minute-minute%u.minutes, 0, 0, t.Location())
}

func (u unit) next(t time.Time) time.Time {
	if u.minutes > 0 {
		return t.Add(time.Duration(u.minutes) * time.Minute)
	}
	return t.AddDate(u.years, u.months, u.days)
}

// unit is the finest one of which no more than so many fit.
func (s *Strip) unit(most int) unit {
	list := units()
	i := slices.IndexFunc(list, func(u unit) bool { return s.At.Length()/u.length() <= int64(most) })
	if i < 0 {
		i = len(list) - 1
	}
	return list[i]
}

// Ticks are at most so many marks on the axis.
func (s *Strip) Ticks(most int) []Tick {
	if s.Empty() {
		return nil
	}
	u := s.unit(most)
	var out []Tick
	for t := u.start(time.UnixMilli(s.At.From).In(s.zone)); t.UnixMilli() < s.At.To && len(out) <= most; t = u.next(t) {
		if ms := t.UnixMilli(); ms >= s.At.From {
			out = append(out, Tick{ms, t.Format(u.short)})
		}
	}
	return out
}

// LaneBy is what lanes tell apart.
type LaneBy int

// The sorts of lanes.
const (
	ByPerson LaneBy = iota
	BySource
)

// NobodyNamed is the lane of what the sources name no sender of.
const NobodyNamed = "nobody named"

// Lane is one row of a picture of who was active when.
type Lane struct {
	Name string
	Face Face   // of a person
	N    string // "93 sent": what its events are counted as
	lane lane
}

// writtenLane is the key of what was written down: it was sent by nobody, and
// least of all by the person whom it is about.
const writtenLane = math.MaxUint32

// Lanes parts what is shown by who sent it or where it came from, those with
// most events first. More than most of them share the last lane.
func (l *Look) Lanes(by LaneBy, most int) []Lane {
	s := l.base.survey
	groups := map[uint32][]int32{}
	for _, e := range l.shown[:l.dated()] {
		key := s.From[e]
		switch {
		case by == BySource:
			key = s.Source[e] + 1
		case timeline.Kinds()[s.Kind[e]] == timeline.Incident: // its From is whom it is about
			key = writtenLane
		}
		groups[key] = append(groups[key], e)
	}
	keys := make([]uint32, 0, len(groups))
	for k := range groups {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b uint32) int {
		if d := len(groups[b]) - len(groups[a]); d != 0 {
			return d
		}
		return int(a) - int(b)
	})
	var out []Lane
	for i, k := range keys {
		if i == most-1 && len(keys) > most {
			var rest []int32
			for _, k := range keys[i:] {
				rest = append(rest, groups[k]...)
			}
			slices.Sort(rest)
			return append(out, Lane{Name: fmt.Sprintf("%d others", len(keys)-i), N: count(len(rest), "event"), lane: lane{rest, s.Time}})
		}
		out = append(out, l.lane(by, k, groups[k]))
	}
	return out
}

func (l *Look) lane(by LaneBy, key uint32, events []int32) Lane {
	out := Lane{N: count(len(events), "event"), lane: lane{events, l.base.survey.Time}}
	switch {
	case by == BySource:
		out.Name = l.base.sourceName(int(key - 1))
		return out
	case key == writtenLane:
		out.Name = writtenDown
		return out
	}
	var ok bool
	if out.Face, ok = l.base.cast.face(key); !ok {
		out.Face.Name = NobodyNamed
	} else {
		out.N = thousands(len(events)) + " sent"
	}
	out.Name = out.Face.Name
	return out
}

// Counts counts a lane's events in n equal parts of a span.
func (l Lane) Counts(at Span, n int) []int { return l.lane.count(at, n) }

// Times are the moments of a lane's events in a span, at most so many.
func (l Lane) Times(at Span, most int) []int64 {
	var out []int64
	for i := l.lane.from(at.From, 0); i < l.lane.len() && l.lane.time(i) < at.To && len(out) < most; i++ {
		out = append(out, l.lane.time(i))
	}
	return out
}
