package meta

import (
	"strconv"

	"daybook/importers"
	"daybook/timeline"
)

func itoa(n int) string { return strconv.Itoa(n) }

// moment reads a time as the exports count it: in seconds, in milliseconds
// (timestamp_ms, and the encrypted download's timestamp) and, rarely, in
// microseconds.
func moment(raw string) (timeline.When, bool) {
	w, _, ok := importers.ReadCount(raw)
	return w, ok
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
