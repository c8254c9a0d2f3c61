package timeline

import (
	"testing"
	"time"
)

func TestTyped(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, until string
		how         Precision
		want        Precision
		instant     string
	}{
		{"2025-10-11 17:40", "", "exact", Minute, "2025-10-11T16:40:00Z"},
		{"2025-10-11 17:40", "", About, About, "2025-10-11T16:40:00Z"},
		{"2025-10-11", "", "", Day, "2025-10-10T23:00:00Z"},
		{"2025-10", "", "", Month, "2025-09-30T23:00:00Z"},
		{"2025-07-24 21:30", "2025-07-24 23:00", Range, Range, "2025-07-24T20:30:00Z"},
		{"2025-10-26 01:20", "", "", Minute, ""}, // the clock shows it twice
		{"", "", "", Undated, ""},
	} {
		w, err := Typed(c.text, c.until, c.how, london)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		got := ""
		if !w.Instant.IsZero() {
			got = w.Instant.Format(time.RFC3339)
		}
		if w.Precision != c.want || got != c.instant {
			t.Errorf("%q: %s at %q, want %s at %q", c.text, w.Precision, got, c.want, c.instant)
		}
	}
	for _, bad := range [][2]string{{"yesterday", ""}, {"2025-13-01", ""}, {"2025-10-02", "2025-10-01"}} {
		if w, err := Typed(bad[0], bad[1], "", london); err == nil {
			t.Errorf("%v was taken as %+v", bad, w)
		}
	}
	if _, err := Typed("2025-10-11", "", Range, london); err == nil {
		t.Error("a range of one end was taken")
	}
}
