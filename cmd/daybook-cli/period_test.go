package main

import (
	"testing"
	"time"
)

// A period that ends in an hour that came twice, or never, is the wider one.
func TestPeriodInADoubledHour(t *testing.T) {
	for _, c := range []struct{ zone, typed, first, last string }{
		{"Europe/London", "2025-10-26T01:30", "00:30", "01:30"},
		{"Europe/London", "2025-10-26 01:30:00", "00:30", "01:30"},
		{"Europe/London", "2025-10-26T01:30+01:00", "00:30", "00:30"},
		{"Europe/London", "2025-10-26 01:30 +00:00", "01:30", "01:30"},
		{"Europe/London", "2025-10-26T01:30:00Z", "01:30", "01:30"},
		{"Europe/London", "2026-03-29T01:30", "00:30", "01:30"},
		{"Europe/London", "2025-10-26T00:59", "23:59", "23:59"},
		{"Europe/London", "2025-10-26T02:00", "02:00", "02:00"},
		{"Europe/London", "2025-10-26", "23:00", "23:00"},
		{"Australia/Lord_Howe", "2026-04-05T01:45", "14:45", "15:15"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		m, err := typedMoment(c.typed, zone)
		if err != nil {
			t.Fatal(err)
		}
		if first, last := m.first.UTC().Format("15:04"), m.last.UTC().Format("15:04"); first != c.first || last != c.last {
			t.Errorf("%s in %s: %s to %s, want %s to %s", c.typed, c.zone, first, last, c.first, c.last)
		}
	}
}
