package timeline

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"
)

// Count is how many events stand under one key, and which. Some may stand in
// another source too (Row.Elsewhere): a call in the telephone and on its bill is
// two events.
type Count struct {
	Key    string
	N      int
	Twice  int // of these, how many are in another source too
	Events []ID
}

// Patterns are what Pattern can count by.
var patterns = [...]string{"day", "week", "month", "year", "hour", "weekday", "channel", "code", "kind", "sender", "importer"}

// Patterns lists the words that Pattern takes.
func Patterns() []string { return slices.Clone(patterns[:]) }

// UnknownKey is where an event stands whose time is not exact enough, or that
// has nothing of what is counted.
const UnknownKey = "not known"

// noSender is where a thing stands that nobody sends: a photo, an app's notice.
const noSender = "no sender: "

// Pattern counts the events of a filter: by day, week, month, year, hour,
// weekday (in the zone of the case), channel, code, kind, sender or importer. What
// may have happened in one or another stands under UnknownKey (When.Known). Of the
// codes, what the person did themself has none: it stands last, under OwnAct. An entry
// of a register that has none waits for none, and stands nowhere. Every
// count lists its events, and says how many are in another source too. Keys of times
// are in their order, the others by the number of events.
func (x *Index) Pattern(ctx context.Context, f Filter, by string) ([]Count, error) {
	r, err := x.Find(ctx, f)
	if err != nil {
		return nil, err
	}
	return r.Pattern(ctx, by)
}

// Pattern counts the events of a result as Index.Pattern does those of a filter.
func (r *Result) Pattern(ctx context.Context, by string) ([]Count, error) {
	if !slices.Contains(patterns[:], by) {
		return nil, fmt.Errorf("pattern %q: it is none of %v", by, patterns)
	}
	counts := map[string]*Count{}
	keys := r.keys(by)
	for i, doc := range r.docs {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s, pos := r.v.at(doc)
		twice := int(flag(r.v.inAnother(doc)))
		for _, k := range keys(doc, s, pos) {
			c := counts[k]
			if c == nil {
				c = &Count{Key: k}
				counts[k] = c
			}
			c.N++
			c.Twice += twice
			c.Events = append(c.Events, s.ids[pos])
		}
	}
	out := make([]Count, 0, len(counts))
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, *counts[k])
	}
	switch by {
	case "channel", "code", "kind", "sender", "importer":
		own := func(c Count) byte { return flag(by == "code" && c.Key == OwnAct) }
		slices.SortStableFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(own(a), own(b)), b.N-a.N) })
	default:
		slices.SortStableFunc(out, func(a, b Count) int { return cmp.Compare(flag(a.Key == UnknownKey), flag(b.Key == UnknownKey)) })
	}
	return out, nil
}

// keys gives what tells under which keys an event counts.
func (r *Result) keys(by string) func(doc uint32, s *segment, pos uint32) []string {
	one := make([]string, 1)
	as := func(k string) []string {
		if k == "" {
			k = UnknownKey
		}
		one[0] = k
		return one
	}
	v := r.v
	switch by {
	case "channel":
		own := r.x.own(v)
		return func(_ uint32, s *segment, pos uint32) []string { return as(v.channel(own, s, pos).String()) }
	case "kind":
		return func(_ uint32, s *segment, pos uint32) []string { return as(string(kindCodes[s.kind[pos]])) }
	case "sender":
		names := r.x.senders(v)
		return func(_ uint32, s *segment, pos uint32) []string {
			if unsent(s, pos) {
				return as(noSender + string(kindCodes[s.kind[pos]]))
			}
			return as(names[s.from[pos]])
		}
	case "importer":
		return func(_ uint32, s *segment, pos uint32) []string { return as(s.partOf(pos).reading.Importer) }
	case "code":
		return func(doc uint32, s *segment, pos uint32) []string {
			codes, own := r.x.codesOf(r.v.idsOf(doc))
			switch {
			case own:
				return as(OwnAct)
			case len(codes) > 0:
				return codes
			case kindCodes[s.kind[pos]].Register():
				return nil
			}
			return as("")
		}
	}
	form, unit := calendar(by)
	return func(_ uint32, s *segment, pos uint32) []string {
		switch {
		case s.bits[pos]&bitDated == 0:
			return as("")
		case unknownOf(s.bits[pos]) <= unit:
			return as(form(wallClock(s, pos, r.x.zone)))
		case by == "week":
			return as(within(form, s.possible(pos), r.x.zone))
		}
		return as("")
	}
}

// within is what a form writes of every moment of some periods alike; empty where it
// does not.
func within(form func(time.Time) string, may []place, zone *time.Location) string {
	if len(may) == 0 || may[0].from == math.MinInt64 || may[len(may)-1].to == math.MaxInt64 {
		return ""
	}
	first, last := form(time.UnixMilli(may[0].from).In(zone)), form(time.UnixMilli(may[len(may)-1].to-1).In(zone))
	if first != last {
		return ""
	}
	return first
}

// bitsOfZone are those of events that stand at an instant: at their own, or at one
// of the two that a clock of a known zone means.
var bitsOfZone = bitInstant | flagBits([]Flag{ClockTwice, ClockNever})

// wallClock is an event's time as the clocks of the case's zone showed it; the
// source's own wall clock where its zone is not known.
func wallClock(s *segment, pos uint32, zone *time.Location) time.Time {
	t := time.UnixMilli(s.time[pos])
	if s.bits[pos]&bitsOfZone != 0 {
		return t.In(zone)
	}
	return t.UTC()
}

// calendar writes a time as a pattern counts it, and tells which of the units must
// be known.
func calendar(by string) (form func(time.Time) string, unit int) {
	layout := func(s string) func(time.Time) string { return func(t time.Time) string { return t.Format(s) } }
	switch by {
	case "hour":
		return layout("15"), 0
	case "day":
		return layout(time.DateOnly), 1
	case "week":
		return func(t time.Time) string {
			y, w := t.ISOWeek()
			return fmt.Sprintf("%04d-W%02d", y, w)
		}, 1
	case "month":
		return layout("2006-01"), 2
	case "year":
		return layout("2006"), 3
	default:
		return func(t time.Time) string { return fmt.Sprintf("%d %s", (int(t.Weekday())+6)%7+1, t.Weekday()) }, 1
	}
}

func (x *Index) codesOf(ids []ID) (out []string, own bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, id := range ids {
		own = own || Own(x.marks.of[id])
		for _, m := range x.marks.of[id] {
			if m.Code != "" && !slices.Contains(out, m.Code) {
				out = append(out, m.Code)
			}
		}
	}
	return out, own
}

// unsent tells a thing that nobody sends: a file that somebody made or copied, an
// app's notice, what somebody wrote down.
func unsent(s *segment, pos uint32) bool {
	k := kindCodes[s.kind[pos]]
	return k == Incident || s.from[pos] == 0 && !k.sent()
}

func (v *view) sender(s *segment, pos uint32) string {
	n := s.from[pos]
	if n == 0 {
		return ""
	}
	return v.handles[v.handleOf[n-1]-1].Address
}

// senders gives a word for the person behind every speaker: the name that People
// lists them with, with what the eye passes over made visible. Two persons never
// have one word.
func (x *Index) senders(v *view) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	words, many := map[int64]string{}, map[string]int{}
	people := x.persons(v, v.order, v.dated)
	for i := range people {
		p := &people[i]
		words[p.Number] = p.Called()
		many[words[p.Number]]++
	}
	out := make([]string, len(v.speakers)+1)
	for i := range v.speakers {
		if !v.speaks[i+1] {
			continue
		}
		who := x.people.personOf(v, v.handleOf[i])
		if out[i+1] = words[who]; out[i+1] != "" && many[out[i+1]] > 1 {
			out[i+1] += fmt.Sprintf(" (person %d)", who)
		}
	}
	return out
}
