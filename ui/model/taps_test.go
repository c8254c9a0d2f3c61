package model

import (
	"testing"
	"time"
)

// TestTaps: three short taps within one and a half seconds are the sign; a slow one, a long
// one, or a letter in between is not.
func TestTaps(t *testing.T) {
	const ms = time.Millisecond
	type tap struct {
		at, held time.Duration
		place    int
	}
	for name, c := range map[string]struct {
		taps []tap
		want int // which tap is the sign; 0: none
	}{
		"three":             {[]tap{{0, 60 * ms, 0}, {250 * ms, 60 * ms, 0}, {500 * ms, 60 * ms, 0}}, 3},
		"too slow":          {[]tap{{0, 60 * ms, 0}, {800 * ms, 60 * ms, 0}, {1600 * ms, 60 * ms, 0}}, 0},
		"slowed by load":    {[]tap{{0, 60 * ms, 0}, {600 * ms, 500 * ms, 0}, {1300 * ms, 60 * ms, 0}}, 3},
		"all heard at once": {[]tap{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}, 3},
		"slow, then quick":  {[]tap{{0, 60 * ms, 0}, {1400 * ms, 60 * ms, 0}, {1700 * ms, 60 * ms, 0}, {2000 * ms, 60 * ms, 0}}, 4},
		"a held one":        {[]tap{{0, 60 * ms, 0}, {200 * ms, 650 * ms, 0}, {950 * ms, 60 * ms, 0}}, 0},
		"capitals in words": {[]tap{{0, 60 * ms, 0}, {250 * ms, 60 * ms, 1}, {500 * ms, 60 * ms, 2}}, 0},
		"six are two signs": {[]tap{{0, 60 * ms, 0}, {150 * ms, 60 * ms, 0}, {300 * ms, 60 * ms, 0}, {450 * ms, 60 * ms, 0}, {600 * ms, 60 * ms, 0}}, 3},
	} {
		var taps Taps
		now, got := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), 0
		for i, p := range c.taps {
			down := taps.Hear(now.Add(p.at), true, p.place)
			if up := taps.Hear(now.Add(p.at+p.held), false, p.place); (up || down) && got == 0 {
				got = i + 1
			}
		}
		if got != c.want {
			t.Errorf("%s: the sign came with tap %d, want %d", name, got, c.want)
		}
	}
}

// TestTapsWithALetterHeld: Shift held for a capital letter is no tap.
func TestTapsWithALetterHeld(t *testing.T) {
	var taps Taps
	now := time.Now()
	for i := range 6 {
		at := now.Add(time.Duration(i) * 150 * time.Millisecond)
		if taps.Hear(at, true, i) || taps.Hear(at.Add(60*time.Millisecond), false, i+1) {
			t.Fatal("capital letters hide the window")
		}
	}
}

// TestTapsThroughAMenu: three edges in turn and in time are the sign; a letter in
// between, a key that is pressed twice as slowly, or an edge that repeats is none.
func TestTapsThroughAMenu(t *testing.T) {
	type told struct {
		after time.Duration
		down  bool
		place string
	}
	for name, c := range map[string]struct {
		all  []told
		hide bool
	}{
		"closed at first": {[]told{{0, true, "a"}, {200, false, "a"}, {100, true, "a"}}, true},
		"open at first":   {[]told{{0, false, "a"}, {200, true, "a"}, {100, false, "a"}}, true},
		"a letter typed":  {[]told{{0, true, "a"}, {200, false, "ab"}, {100, true, "ab"}}, false},
		"slow":            {[]told{{0, true, "a"}, {900, false, "a"}, {700, true, "a"}}, false},
		"held":            {[]told{{0, true, "a"}, {200, true, "a"}, {100, true, "a"}}, false},
		"two taps":        {[]told{{0, true, "a"}, {200, false, "a"}}, false},
	} {
		var taps Taps
		now, hid := time.Unix(0, 0), false
		for _, e := range c.all {
			now = now.Add(e.after * time.Millisecond)
			hid = taps.HearThroughMenu(now, e.down, e.place) || hid
		}
		if hid != c.hide {
			t.Errorf("%s: %v", name, hid)
		}
	}
}
