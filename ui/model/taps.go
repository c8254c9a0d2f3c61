package model

import "time"

// Taps hears a key being tapped three times within one and a half seconds, and
// nothing else in between: the sign to hide. It is told how things are every few
// hundredths of a second, and of each press that the window hears.
type Taps struct {
	down  bool
	since time.Time // of the tap under way
	taps  []time.Time
	place any // where the typing was at the first tap

	edges []edge // heard through a menu
}

// edge is a key that went down or up.
type edge struct {
	at    time.Time
	down  bool
	place any
}

const (
	tapsToHide = 3
	tapsWithin = 1500 * time.Millisecond
	longestTap = 600 * time.Millisecond // a busy computer tells late that the key is up
)

// Moved takes a place to which the program itself led: what was tapped before counts
// on.
func (t *Taps) Moved(place any) { t.place = place }

// Hear takes the state of the key, and where the typing is: a value that is
// another one after any letter. It tells whether this was the third tap.
func (t *Taps) Hear(now time.Time, down bool, place any) bool {
	was := t.down
	t.down = down
	switch {
	case down && !was:
		t.since = now
		if place != t.place {
			t.taps, t.place = nil, place
		}
	case !down && was:
		if now.Sub(t.since) > longestTap || place != t.place {
			t.taps = nil
			return false
		}
		t.taps = append(t.taps, now)
		if len(t.taps) > tapsToHide {
			t.taps = t.taps[1:]
		}
		if len(t.taps) == tapsToHide && now.Sub(t.taps[0]) <= tapsWithin {
			t.taps = nil
			return true
		}
	}
	return false
}

// HearThroughMenu takes that the key went down or up, where each tap opens or closes
// a menu that has the keys while it is open and tells nobody: of three taps the
// first is heard going down, the second coming up and the third going down, or the
// other way round. It tells whether this was the third.
func (t *Taps) HearThroughMenu(now time.Time, down bool, place any) bool {
	if n := len(t.edges); n > 0 {
		if last := t.edges[n-1]; last.down == down || last.place != place {
			t.edges = nil
		}
	}
	t.edges = append(t.edges, edge{now, down, place})
	if len(t.edges) > tapsToHide {
		t.edges = t.edges[1:]
	}
	if len(t.edges) < tapsToHide || now.Sub(t.edges[0].at) > tapsWithin {
		return false
	}
	t.edges = nil
	return true
}
