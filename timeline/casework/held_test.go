package casework

import (
	"slices"
	"testing"
)

// TestJoinedSpans: days that several files speak of count once.
func TestJoinedSpans(t *testing.T) {
	spans := []DaySpan{{20, 25}, {1, 10}, {3, 4}, {11, 12}, {9, 11}, {30, 30}}
	got := joined(spans)
	if want := []DaySpan{{1, 12}, {20, 25}, {30, 30}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if n := daysIn(got, 10, 30); n != 3+6+1 {
		t.Errorf("%d days", n)
	}
}
