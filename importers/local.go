package importers

import (
	"time"

	"daybook/timeline"
)

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
