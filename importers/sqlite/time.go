package sqlite

import (
	"math"
	"strconv"
	"time"

	"daybook/timeline"
)

// Epoch is how a column counts time.
type Epoch struct {
	Zero time.Time
	Unit time.Duration
}

// The epochs of telephones.
var (
	UnixSeconds  = Epoch{time.Unix(0, 0), time.Second}
	UnixMillis   = Epoch{time.Unix(0, 0), time.Millisecond}
	AppleSeconds = Epoch{time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC), time.Second}
	AppleNanos   = Epoch{time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC), time.Nanosecond}
)

// The years that a clock of a telephone can have meant. A number outside of them
// is not a time: it is kept as it stands.
const (
	firstYear = 1990
	lastYear  = 2099
)

// When reads a value as a time. Zero and null are undated, and so is a number
// that is no time of our days; Raw keeps it.
func (e Epoch) When(row Row, column string) timeline.When {
	raw := row.Text(column)
	whole, part := row.Int(column), 0.0
	if f, ok := row.cell(column).(float64); ok {
		floor := math.Floor(f)
		whole, part = Row{cells: []any{floor}, columns: map[string]int{"": 0}}.Int(""), f-floor
	}
	if raw == "" || whole == 0 && part == 0 {
		return Undated(raw)
	}
	perSecond := int64(time.Second / e.Unit)
	seconds, rest := whole/perSecond, whole%perSecond
	const ofYears = 200 * 366 * 86400
	if seconds > ofYears || seconds < -ofYears {
		return Undated(raw)
	}
	t := e.Zero.Add(time.Duration(seconds) * time.Second).Add(time.Duration(rest) * e.Unit).UTC()
	precision := timeline.Second
	if part != 0 || e.Unit < time.Second {
		precision = timeline.Millisecond
		t = t.Add(time.Duration(part * float64(e.Unit))).Round(time.Millisecond)
	}
	if t.Year() < firstYear || t.Year() > lastYear {
		return Undated(raw)
	}
	return timeline.FromInstant(t, precision, raw)
}

// Undated is the time of a record that shows none; raw is what stands there.
func Undated(raw string) timeline.When {
	if raw == "" {
		raw = "not stated"
	}
	return timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: raw}
}

// Seconds is a length in words: "65 s"; empty where the column says nothing.
func Seconds(row Row, column string) string {
	if row.Null(column) {
		return ""
	}
	return strconv.FormatFloat(math.Round(row.Float(column)), 'f', -1, 64) + " s"
}
