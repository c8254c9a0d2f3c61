package main

import "testing"

// TestOneEventIsNoEvents: one is said as one, in the same place as many.
func TestOneEventIsNoEvents(t *testing.T) {
	for n, want := range map[int]string{1: "        1 event, 2 skipped", 12: "      12 events, 2 skipped"} {
		if got := made(n, 2); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
