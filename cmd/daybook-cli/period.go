package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"daybook/timeline"
)

// aMoment is an end of a period as it was typed. A clock that the zone showed
// twice, or never, stands for two instants; every other one for the same twice.
type aMoment struct {
	first, last time.Time
	day         bool   // a whole day was typed
	how         string // "twice" or "never"
}

// offsets are how an offset from UTC may stand behind a moment.
var offsets = []string{"Z07:00", " Z07:00"}

// typedMoment reads a day or a minute of the case's zone, or an instant with its
// own offset.
func typedMoment(s string, zone *time.Location) (m aMoment, err error) {
	if s == "" {
		return m, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return aMoment{first: t, last: t, day: true}, nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		for _, offset := range offsets {
			if t, err := time.Parse(layout+offset, s); err == nil {
				return aMoment{first: t, last: t}, nil
			}
		}
		if local, err := time.Parse(layout, s); err == nil {
			m.first, m.last = timeline.Instants(local, zone)
			m.how = timeline.Ambiguous(local, zone)
			return m, nil
		}
	}
	return m, fmt.Errorf("%q is no time: write 2025-10-26 or 2025-10-26T01:30", s)
}

// filter reads the flags, refuses a name that nobody in the case bears, and says which
// reading of a clock that changed is meant: the wider one, so that nothing falls out of
// the period unseen.
func (t *terminal) filter(f *filterFlags, x *timeline.Index) (timeline.Filter, error) {
	zone := x.Zone()
	out, err := f.filter(zone)
	if err != nil {
		return out, err
	}
	if err := f.whom(x, &out); err != nil {
		return out, use(err)
	}
	if len(out.Parties) > 0 {
		typed := "--person " + strings.Join(out.Parties, ", ") + ": "
		if len(out.People) == 0 {
			return out, use(errors.New(visible(typed + peopleThere(x))))
		}
		t.say("%s", visible(typed+sayNobody))
	}
	for _, end := range []struct {
		flag, typed, meant string
		at                 time.Time
	}{{"--from", f.from, "earlier", out.From}, {"--to", f.to, "later", out.To}} {
		m, err := typedMoment(end.typed, zone)
		if err != nil || m.how == "" {
			continue // an error was given back above
		}
		came := "came twice"
		if m.how == "never" {
			came = "never came"
		}
		t.say("%s %s: this %s in %s, when the clocks changed; the %s of the two that it can mean is taken: %s (%s UTC). With an offset, like %s, you say which.",
			end.flag, end.typed, came, zone, end.meant, end.at.In(zone).Format("15:04 MST"), end.at.UTC().Format("15:04"), m.first.In(zone).Format("2006-01-02T15:04-07:00"))
	}
	return out, nil
}
