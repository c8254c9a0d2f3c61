package meta

import (
	"strconv"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

func itoa(n int) string { return strconv.Itoa(n) }

// The exports count seconds, milliseconds (timestamp_ms, and the encrypted
// download's timestamp) and, rarely, microseconds since 1970. Which it is shows
// in the size of the number: seconds of this century are ten digits.
const (
	firstMilli = 100_000_000_000
	firstMicro = 100_000_000_000_000
	lastMicro  = 253_402_300_799_999_999 // the end of the year 9999
)

// moment reads a count of seconds or less since 1970. 0 is how the exports write
// that there is no time.
func moment(raw string) (timeline.When, bool) {
	n, err := strconv.ParseInt(raw, 10, 64)
	switch {
	case err != nil || n <= 0 || n > lastMicro:
		return undated(raw), false
	case n < firstMilli:
		return timeline.FromInstant(time.Unix(n, 0), timeline.Second, raw), true
	case n < firstMicro:
		return timeline.FromInstant(time.UnixMilli(n), timeline.Millisecond, raw), true
	}
	return timeline.FromInstant(time.UnixMicro(n), timeline.Millisecond, raw), true
}

func undated(raw string) timeline.When { return importers.Undated(raw) }

// extent is the period that a file speaks of.
type extent struct{ first, last timeline.When }

func (x *extent) add(w timeline.When) {
	t, ok := w.Order()
	if !ok {
		return
	}
	if first, ok := x.first.Order(); !ok || t.Before(first) {
		x.first = w
	}
	if last, ok := x.last.Order(); !ok || t.After(last) {
		x.last = w
	}
}

// period gives it; not stated where nothing is dated.
func (x extent) period() (first, last timeline.When) {
	if x.first.Precision == "" {
		return undated(""), undated("")
	}
	return x.first, x.last
}
