package importers

import (
	"time"

	"daybook/timeline"
)

// FileTime is the file system time in the words in which it is shown. The time of
// a member of a zip may be what the clock of the machine showed that packed it,
// and is then no instant before a zone is named. ok is false where there is none.
func (s Source) FileTime() (w timeline.When, flags []timeline.Flag, ok bool) {
	t := s.Modified.UTC()
	switch {
	case s.Modified.IsZero():
		return timeline.When{}, nil, false
	case s.Wall:
		w, flags = s.Assume.Local(t, timeline.Second, t.Format(time.DateTime))
		return w, flags, true
	}
	return timeline.FromInstant(t, timeline.Second, t.Format("2006-01-02 15:04:05 MST")), nil, true
}

// Local is the time of a source that shows a wall clock and no zone: worked out
// in the zone that was named, if one was, with the flags that say so.
func (a Assume) Local(clock time.Time, p timeline.Precision, raw string) (timeline.When, []timeline.Flag) {
	w := timeline.FromLocal(clock, a.Zone, p, raw)
	if a.Zone == nil {
		return w, nil
	}
	flags := []timeline.Flag{timeline.ZoneAssumed}
	if !w.Instant.IsZero() { // the clock shows it once
		return w, flags
	}
	switch timeline.Ambiguous(w.Local, a.Zone) {
	case "twice":
		flags = append(flags, timeline.ClockTwice)
	case "never":
		flags = append(flags, timeline.ClockNever)
	}
	return w, flags
}
