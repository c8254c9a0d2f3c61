package importers

import (
	"strings"
	"time"

	"daybook/timeline"
)

// A Unit is what a counted time counts since 1970.
type Unit string

// The units that exports count in.
const (
	Seconds      Unit = "seconds"
	Milliseconds Unit = "milliseconds"
	Microseconds Unit = "microseconds"
)

// ReadCount reads a time that is counted since 1970. The unit shows in the size
// of the number, for seconds of our days have ten digits. ok is false for
// anything else; 0 is how exports write that there is no time.
func ReadCount(raw string) (w timeline.When, u Unit, ok bool) {
	n := digits(strings.TrimSpace(raw))
	switch {
	case len(raw) > 19 || n <= 0 || n >= 1e17:
		return Undated(raw), "", false
	case n < 1e11:
		return timeline.FromInstant(time.Unix(int64(n), 0), timeline.Second, raw), Seconds, true
	case n < 1e14:
		return timeline.FromInstant(time.UnixMilli(int64(n)), timeline.Millisecond, raw), Milliseconds, true
	}
	return timeline.FromInstant(time.UnixMicro(int64(n)), timeline.Millisecond, raw), Microseconds, true
}

// UnitBySize states that the event's time is a count whose unit only its size
// shows. usual is what the format counts in, where it says so; a count in that
// unit is none of which anything need be said.
func (f Facts) UnitBySize(label string, u, usual Unit) {
	if u == usual {
		return
	}
	note := "counted in " + string(u) + " since 1970, as its size shows"
	if usual != "" {
		note += "; this format counts " + string(usual)
	}
	f.Flag(timeline.WeakTime)
	for i, c := range f.Claims {
		if c.Chosen {
			f.Claims[i].Note = strings.TrimPrefix(c.Note+"; "+note, "; ")
			return
		}
	}
	f.Claims = append(f.Claims, timeline.Claim{Label: label, When: f.When, Chosen: true, Note: note})
}
