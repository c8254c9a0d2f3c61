package model

import (
	"testing"
	"time"
)

// TestVigil: the case is locked when it was left alone or the machine slept, and
// not while somebody is there.
func TestVigil(t *testing.T) {
	const s = time.Second
	idle := 2 * time.Minute
	for name, c := range map[string]struct {
		wall, own time.Duration // that go by between two questions
		touch     bool
		want      bool
	}{
		"a moment":                       {20 * time.Millisecond, 20 * time.Millisecond, false, false},
		"a busy moment":                  {4 * s, 4 * s, false, false},
		"the clock is set back":          {-3600 * s, s, false, false},
		"asleep, own clock stopped":      {3600 * s, s, true, true},
		"asleep, own clock went on":      {3600 * s, 3600 * s, true, true},
		"left alone":                     {20 * time.Millisecond, idle, false, true},
		"touched just before the answer": {29 * s, 29 * s, true, false},
	} {
		var v Vigil
		wall := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
		v.Touch(0)
		if v.Over(wall, 0, idle) {
			t.Errorf("%s: over at once", name)
		}
		if c.touch {
			v.Touch(c.own)
		}
		if got := v.Over(wall.Add(c.wall), c.own, idle); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
