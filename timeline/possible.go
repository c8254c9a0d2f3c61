package timeline

import (
	"math"
	"slices"
	"time"
)

// Few times are known to the moment. What a source or a person states may have
// happened at any moment of its unit; about a time, an hour sooner or later, or the
// day, month or year that was typed; in a range, at any moment of it; before or
// after a time, on that side of it however far. A clock that the zone showed twice,
// or never, means one of two moments.
//
// Two rules follow, for every list and count alike. An event is in a period if any
// moment at which it may have happened is in it (Filter, When.In). It is counted
// under an hour, a day, a month or a year if all of them are in that one, and
// otherwise under none (When.Known).

// during is the time from one moment on and before another; a zero end is open.
type during struct{ from, to time.Time }

// exact tells a time that means one moment, as far as its unit goes, which is a
// minute or less.
func (w When) exact() bool {
	switch w.Precision {
	case "", Millisecond, Second, Minute:
		return !w.Instant.IsZero()
	}
	return false
}

// Exact tells a time that means one moment, to the minute or better: not a day, not an
// hour, not "about", and no clock of which the zone is not known.
func (w When) Exact() bool { return w.exact() }

// zones are time zones by name, so that each is looked up once.
type zones map[string]*time.Location

// of is a zone by its IANA name or offset; UTC where it is neither.
func (z zones) of(name string) *time.Location {
	if at, ok := z[name]; ok {
		return at
	}
	at, err := time.LoadLocation(name)
	if err != nil {
		at = time.UTC
		if t, err := time.Parse("-07:00", name); err == nil {
			_, offset := t.Zone()
			at = time.FixedZone("", offset)
		}
	}
	if z != nil {
		z[name] = at
	}
	return at
}

// possible are the periods in which a time may lie, each as the clock of its own
// zone shows it, or as though that clock were UTC where the zone is not known; none
// for what is undated. There are two where the clock means one of two moments.
func (w When) possible(z zones) []during {
	if _, ok := w.Order(); !ok || w.Precision == Undated {
		return nil
	}
	zone := time.UTC
	if !w.exact() {
		zone = z.of(w.Zone)
	}
	first, last := w.Units()
	if w.Precision != Range {
		last = first
	}
	begin, begin2 := meant(w.Instant, w.Local, first, zone)
	end, end2 := begin, begin2
	if w.Precision == Range {
		end, end2 = meant(w.Ended(), w.Until, last, zone)
	}
	d := during{begin, next(end2, last, 1)}
	switch w.Precision {
	case About:
		d = during{about(begin, first, -1), about(d.to, first, 1)}
	case Before:
		d.from = time.Time{}
	case After:
		d.to = time.Time{}
	case Range:
	default:
		if begin2.After(begin) {
			return []during{{begin, next(end, last, 1)}, {begin2, d.to}}
		}
	}
	return []during{d}
}

// meant are the first and the last moment that a time can mean, where it begins.
func meant(instant, local time.Time, unit Precision, zone *time.Location) (first, last time.Time) {
	switch {
	case unit.WholeDay() && local.IsZero():
		first = midnight(instant.In(zone), unit, zone)
	case unit.WholeDay():
		first = midnight(local, unit, zone)
	case instant.IsZero():
		return Instants(local, zone)
	default:
		first = instant.In(zone)
	}
	return first, first
}

// midnight is the moment at which the day, month or year of a wall clock begins.
func midnight(local time.Time, unit Precision, zone *time.Location) time.Time {
	y, m, d := local.Date()
	switch unit {
	case Year:
		m, d = time.January, 1
	case Month:
		d = 1
	}
	at := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if Ambiguous(at, zone) == "never" {
		return changing(at, zone).In(zone)
	}
	first, _ := Instants(at, zone)
	return first
}

// next is n units later.
func next(t time.Time, unit Precision, n int) time.Time {
	switch unit {
	case Year:
		return midnight(t.AddDate(n, 0, 0), unit, t.Location())
	case Month:
		return midnight(t.AddDate(0, n, 0), unit, t.Location())
	case Day:
		return midnight(t.AddDate(0, 0, n), unit, t.Location())
	case Hour:
		return t.Add(time.Duration(n) * time.Hour)
	case Second:
		return t.Add(time.Duration(n) * time.Second)
	case Millisecond:
		return t.Add(time.Duration(n) * time.Millisecond)
	default:
		return t.Add(time.Duration(n) * time.Minute)
	}
}

// about is how far about a time reaches: n hours, or the days, months or years that
// were typed.
func about(t time.Time, unit Precision, n int) time.Time {
	if !unit.WholeDay() {
		unit = Hour
	}
	return next(t, unit, n)
}

// Ended is the moment of Until; zero where that is not known.
func (w When) Ended() time.Time {
	if w.Until.IsZero() || w.Local.IsZero() {
		return w.Until
	}
	if zone := zones(nil).of(w.Zone); w.Zone != "" {
		if first, last := Instants(w.Until, zone); first.Equal(last) {
			return first.UTC()
		}
	}
	return time.Time{}
}

// units are the units that a time is counted under, from the smallest.
var units = [...]Precision{Hour, Day, Month, Year}

// unknown is how many of the units, from the smallest, it is counted under none of:
// the moments at which it may have happened, by the clock of its own zone, are not
// all in one.
func (w When) unknown(z zones) int {
	if w.exact() {
		return 0
	}
	if n := slices.Index(units[:], w.Precision); n >= 0 {
		return n
	}
	list := w.possible(z)
	if len(list) == 0 || list[0].from.IsZero() || list[0].to.IsZero() {
		return len(units)
	}
	first, last := list[0].from, list[len(list)-1].to.Add(-1)
	year, month, day := first.Date()
	switch y, m, d := last.Date(); {
	case y != year:
		return len(units)
	case m != month:
		return 3 // under its year
	case d != day:
		return 2 // under its month
	case last.Hour() != first.Hour():
		return 1 // under its day
	}
	return 0
}

// Known tells that a time is counted under an Hour, a Day, a Month or a Year: all
// the moments at which it may have happened are in one.
func (w When) Known(unit Precision) bool {
	return w.Precision != Undated && w.unknown(nil) <= slices.Index(units[:], unit)
}

// In tells whether a time may lie in a period, from one moment on and before
// another, and whether it surely does. Either may be zero, which is no end.
func (w When) In(from, to time.Time) (may, surely bool) {
	begins, ends := millis(from, math.MinInt64), millis(to, math.MaxInt64)
	surely = true
	for _, s := range w.spans(nil) {
		may = may || s.meets(span{begins, ends})
		surely = surely && s.from >= begins && s.to <= ends
	}
	return may, may && surely
}

// span is a during in milliseconds since 1970, as the columns hold it.
type span struct{ from, to int64 }

func (s span) meets(o span) bool { return s.from < o.to && s.to > o.from && o.from < o.to }

// West and east of UTC no clock is further away than this.
const (
	ahead = 14 * time.Hour
	lag   = 12 * time.Hour
)

// spans are the periods in which a time may lie. A wall clock of no known zone is
// that of any.
func (w When) spans(z zones) []span {
	var out []span
	for _, d := range w.possible(z) {
		if w.Instant.IsZero() && w.Zone == "" {
			d = d.anywhere()
		}
		s := span{math.MinInt64, math.MaxInt64}
		if !d.from.IsZero() {
			s.from = d.from.UnixMilli()
		}
		if !d.to.IsZero() {
			s.to = millis(d.to, 0)
		}
		out = append(out, s)
	}
	return out
}

// anywhere is what a clock shows in no known zone.
func (d during) anywhere() during {
	if !d.from.IsZero() {
		d.from = d.from.Add(-ahead)
	}
	if !d.to.IsZero() {
		d.to = d.to.Add(lag)
	}
	return d
}
