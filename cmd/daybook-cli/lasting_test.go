package main

import (
	"testing"
	"time"
)

func TestAnOccasionSaysWhenItBeganAndEnded(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	utc := func(s string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return at.In(london)
	}
	for _, tt := range []struct{ first, last, want string }{
		{"2026-01-10 22:10", "2026-01-10 22:54", "2026-01-10 22:10 to 22:54 GMT"},
		{"2026-01-10 23:50", "2026-01-11 00:30", "2026-01-10 23:50 to 2026-01-11 00:30 GMT"},
		{"2026-10-25 00:10", "2026-10-25 00:40", "2026-10-25 01:10 to 01:40 BST"},
		{"2026-10-25 00:10", "2026-10-25 01:40", "2026-10-25 01:10 BST to 01:40 GMT"},
		{"2026-03-29 00:50", "2026-10-24 23:30", "2026-03-29 00:50 GMT to 2026-10-25 00:30 BST"},
	} {
		if got := lasting(utc(tt.first), utc(tt.last)); got != tt.want {
			t.Errorf("%s to %s: %q, want %q", tt.first, tt.last, got, tt.want)
		}
	}
}
