package timeline

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// moment reads a UTC time.
func moment(t tester, s string) time.Time {
	at, err := time.Parse("2006-01-02 15:04", s)
	must(t, err)
	return at
}

// An event is in a period if any moment at which it may have happened is in it.
func TestPeriodTakesWhatMayHaveHappenedInIt(t *testing.T) {
	typed := func(text, until string, how Precision) When {
		w, err := Typed(text, until, how, london)
		must(t, err)
		return w
	}
	local := func(s string) When { return FromLocal(moment(t, s), london, Minute, s) }
	for name, c := range map[string]struct {
		when         When
		in, sure, no [][2]string
	}{
		"twice": {local("2026-10-25 01:10"),
			[][2]string{{"2026-10-25 00:00", "2026-10-25 00:30"}, {"2026-10-25 01:00", "2026-10-25 01:30"}},
			[][2]string{{"2026-10-25 00:10", "2026-10-25 01:11"}},
			[][2]string{{"2026-10-25 00:11", "2026-10-25 01:10"}, {"2026-10-25 01:11", "2026-10-26 00:00"}}},
		"never": {local("2026-03-29 01:30"),
			[][2]string{{"2026-03-29 00:00", "2026-03-29 01:00"}, {"2026-03-29 01:30", "2026-03-29 02:00"}},
			[][2]string{{"2026-03-29 00:00", "2026-03-29 02:00"}},
			[][2]string{{"2026-03-29 00:31", "2026-03-29 01:30"}}},
		"range over the change": {typed("2026-10-25 01:30 +01:00", "2026-10-25 01:30 +00:00", ""),
			[][2]string{{"2026-10-25 00:00", "2026-10-25 00:31"}, {"2026-10-25 01:00", "2026-10-25 01:10"}, {"2026-10-25 01:30", "2026-10-25 02:00"}},
			[][2]string{{"2026-10-25 00:30", "2026-10-25 01:31"}},
			[][2]string{{"2026-10-25 01:31", "2026-10-26 00:00"}, {"2026-10-24 00:00", "2026-10-25 00:30"}}},
		"about a month": {typed("2026-10", "", About),
			[][2]string{{"2026-09-01 00:00", "2026-09-02 00:00"}, {"2026-11-30 00:00", "2026-12-01 00:00"}},
			[][2]string{{"2026-08-31 23:00", "2026-12-01 00:00"}},
			[][2]string{{"2026-12-01 00:00", "2027-01-01 00:00"}, {"2026-08-01 00:00", "2026-08-31 23:00"}}},
		"about a minute": {typed("2026-07-10 12:00", "", About),
			[][2]string{{"2026-07-10 10:00", "2026-07-10 10:30"}, {"2026-07-10 12:00", "2026-07-10 12:01"}}, nil,
			[][2]string{{"2026-07-10 09:30", "2026-07-10 10:00"}, {"2026-07-10 12:01", "2026-07-10 12:30"}}},
		"before a day": {typed("2026-03-29", "", Before),
			[][2]string{{"2001-01-01 00:00", "2001-01-02 00:00"}, {"2026-03-29 22:00", "2026-03-29 23:00"}}, nil,
			[][2]string{{"2026-03-29 23:00", "2026-03-30 23:00"}}},
		"after a minute": {typed("2026-07-10 12:00", "", After),
			[][2]string{{"2031-01-01 00:00", "2031-01-02 00:00"}}, nil,
			[][2]string{{"2026-07-10 10:00", "2026-07-10 11:00"}}},
		"a day of 25 hours": {typed("2026-10-25", "", ""),
			[][2]string{{"2026-10-25 23:59", "2026-10-26 12:00"}},
			[][2]string{{"2026-10-24 23:00", "2026-10-26 00:00"}},
			[][2]string{{"2026-10-26 00:00", "2026-10-27 00:00"}}},
		"a month": {typed("2026-07", "", ""), [][2]string{{"2026-07-20 00:00", "2026-07-21 00:00"}}, [][2]string{{"2026-06-30 23:00", "2026-07-31 23:00"}}, [][2]string{{"2026-07-31 23:00", "2026-08-20 00:00"}}},
		"no known zone": {FromLocal(moment(t, "2026-07-10 12:00"), nil, Minute, ""),
			[][2]string{{"2026-07-09 22:00", "2026-07-09 22:01"}, {"2026-07-11 00:00", "2026-07-11 00:01"}},
			[][2]string{{"2026-07-09 22:00", "2026-07-11 00:01"}},
			[][2]string{{"2026-07-11 00:01", "2026-07-12 00:00"}}},
	} {
		x, _, _ := newIndex(t)
		add(t, x, 1, Event{Kind: Message, When: c.when, Source: Pinpoint{Record: "1"}}, message("2", "Sam", "long before", moment(t, "1999-01-01 00:00")))
		for _, want := range []struct {
			periods   [][2]string
			may, sure bool
		}{{c.in, true, false}, {c.sure, true, true}, {c.no, false, false}} {
			for _, p := range want.periods {
				from, to := moment(t, p[0]), moment(t, p[1])
				if may, sure := c.when.In(from, to); may != want.may || sure != want.sure {
					t.Errorf("%s in %v: may %t, surely %t", name, p, may, sure)
				}
				for _, f := range []Filter{{From: from, To: to}, {From: from, To: to, Kinds: []Kind{Message}}} {
					r, err := x.Find(context.Background(), f)
					must(t, err)
					if n := r.Len(); n != int(flag(want.may)) || r.Dated() != n {
						t.Errorf("%s in %v: %d found", name, p, n)
					}
				}
			}
		}
	}
}

// Whatever the time, In says of any period what trying every minute says.
func TestPeriodAgreesWithEveryMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := genEvent(t, 1)
		at := time.Date(2024, 3, 31, 0, rapid.IntRange(-100, 280).Draw(t, "from"), 0, 0, time.UTC)
		to := at.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "long")) * time.Minute)
		any, all := false, e.When.Precision != Undated
		for m := time.Date(2024, 3, 28, 0, 0, 0, 0, time.UTC); m.Year() == 2024 && m.Month() < 5; m = m.Add(time.Minute) {
			if mayBeAt(e.When, m) {
				in := !m.Before(at) && m.Before(to)
				any, all = any || in, all && in
			}
		}
		all = all && any && e.When.Precision != Year && e.When.Precision != Before && e.When.Precision != After
		if may, sure := e.When.In(at, to); may != any || sure != all {
			t.Fatalf("%+v from %s to %s: may %t, surely %t; want %t, %t", e.When, at, to, may, sure, any, all)
		}
	})
}

// mayBeAt tells of the times that genEvent makes whether they may be in a minute.
func mayBeAt(w When, m time.Time) bool {
	on := m.In(london)
	switch w.Precision {
	case Undated:
		return false
	case Day:
		return on.Format(time.DateOnly) == w.Local.Format(time.DateOnly)
	case Month:
		return on.Format("2006-01") == w.Local.Format("2006-01")
	case Year:
		return on.Year() == w.Local.Year()
	case About:
		return m.Sub(w.Instant).Abs() <= time.Hour
	case Before:
		return !m.After(w.Instant)
	case After:
		return !m.Before(w.Instant)
	case Range:
		return !m.Before(w.Instant) && !m.After(w.Until)
	}
	if w.Instant.IsZero() && w.Zone == "" {
		return m.Sub(w.Local) >= -14*time.Hour && m.Sub(w.Local) <= 12*time.Hour
	}
	if w.Instant.IsZero() { // it was put forward: either it was not yet, or it was before
		return m.Equal(w.Local) || m.Equal(w.Local.Add(-time.Hour))
	}
	return m.Equal(w.Instant)
}

// What an event is counted under is certain: all moments at which it may have
// happened are in that hour, day, month or year.
func TestOnlyWhatIsKnownIsCounted(t *testing.T) {
	var events []Event
	put := func(w When, flags ...Flag) {
		events = append(events, Event{Kind: Message, When: w, Flags: flags, Source: Pinpoint{Record: fmt.Sprint(len(events))}})
	}
	typed := func(text, until string, how Precision) {
		w, err := Typed(text, until, how, london)
		must(t, err)
		put(w)
	}
	typed("2026-03-29", "", Before)
	typed("2026-03-29", "", After)
	typed("2026-03-29", "", About)
	typed("2026-03-31 12:00", "", About)
	typed("2026-03-31 23:30", "", About)
	typed("2026-10", "", About)
	typed("2026-10", "", "")
	typed("2026-10-25 01:30 +01:00", "2026-10-25 01:30 +00:00", "")
	typed("2026-10-25 23:00", "2026-10-26 01:00", "")
	typed("2026-10-31", "2026-11-01", "")
	typed("2026", "", "")
	put(FromLocal(moment(t, "2026-10-25 01:10"), london, Minute, ""), ClockTwice)
	put(FromLocal(moment(t, "2026-03-29 01:30"), london, Minute, ""), ClockNever)
	x, _, _ := newIndex(t)
	add(t, x, 1, events...)
	for by, want := range map[string]map[string]int{
		"year":  {"2026": 11, UnknownKey: 2},
		"month": {"2026-03": 3, "2026-10": 4, UnknownKey: 6},
		"day":   {"2026-03-29": 1, "2026-03-31": 1, "2026-10-25": 2, UnknownKey: 9},
		"hour":  {"01": 1, UnknownKey: 12},
	} {
		counts, err := x.Pattern(context.Background(), Filter{}, by)
		must(t, err)
		got := map[string]int{}
		for _, c := range counts {
			got[c.Key] = c.N
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("by %s:\n%s", by, d)
		}
	}
}
