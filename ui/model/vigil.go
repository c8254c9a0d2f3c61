package model

import "time"

// Vigil tells when nobody is there any more: nothing was touched for as long as
// was chosen, or the machine has slept. It is asked many times a second.
type Vigil struct {
	touched time.Duration
	wall    time.Time     // when it was last asked
	own     time.Duration // the same by the machine's own clock
}

// A machine that sleeps stops its own clock on some systems, while that on the
// wall goes on; on others both go on and nobody asks meanwhile.
const (
	wallAhead = 5 * time.Second
	unasked   = 30 * time.Second
)

// Touch notes a sign of life, at a time by the machine's own clock.
func (v *Vigil) Touch(own time.Duration) { v.touched = own }

// Over tells that the case must be locked now.
func (v *Vigil) Over(wall time.Time, own, idle time.Duration) bool {
	wallGap, ownGap := wall.Round(0).Sub(v.wall), own-v.own
	first := v.wall.IsZero()
	v.wall, v.own = wall.Round(0), own
	slept := !first && (wallGap-ownGap > wallAhead || ownGap > unasked)
	return slept || own-v.touched >= idle
}
