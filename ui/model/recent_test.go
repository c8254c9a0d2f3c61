package model

import (
	"testing"
	"time"
)

func TestSince(t *testing.T) {
	now := time.Date(2025, 3, 30, 0, 30, 0, 0, time.UTC)
	for at, want := range map[string]string{
		"2025-03-30 00:10": "Today, 00:10",
		"2025-03-29 23:50": "Yesterday, 23:50",
		"2025-03-24 08:00": "Monday, 08:00",
		"2025-03-23 08:00": "23 March 2025",
		"2025-03-31 08:00": "31 March 2025",
	} {
		when, err := time.Parse("2006-01-02 15:04", at)
		if err != nil {
			t.Fatal(err)
		}
		if got := since(when, now); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
