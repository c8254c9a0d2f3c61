package model

import "time"

// Taps hears a key being tapped three times within a second, and nothing else
// in between: the sign to hide. It is told how things are every few hundredths
// of a second.
type Taps struct {
	down  bool
	since time.Time // of the tap under way
	taps  []time.Time
	place any // where the typing was at the first tap
}

const (
	tapsToHide = 3
	tapsWithin = time.Second
	longestTap = 400 * time.Millisecond
)

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
