package journal

import (
	"crypto/rand"
	"time"
)

// Clock tells the time twice: by the clock on the wall, which people set, and
// by one that only counts.
type Clock interface {
	Now() time.Time
	// Mono counts since the start of a period that boot names.
	Mono() (boot string, since time.Duration)
}

// reading is both clocks at one moment.
type reading struct {
	wall time.Time
	boot string
	mono time.Duration
}

// jumpNoticed is how far the two clocks may drift apart between two entries
// before it is written down. Clocks that a network sets move by less.
const jumpNoticed = 2 * time.Second

func read(c Clock) reading {
	boot, mono := c.Mono()
	return reading{wall: c.Now(), boot: boot, mono: mono}
}

// jumpSince tells how far the wall clock moved against the counting clock
// since an earlier reading. Between two periods only a step back is known to
// be one.
func (r reading) jumpSince(last reading) time.Duration {
	if last.wall.IsZero() {
		return 0
	}
	moved := r.wall.Round(0).Sub(last.wall.Round(0))
	if r.boot == last.boot {
		moved -= r.mono - last.mono
	} else if moved > 0 {
		return 0
	}
	if moved.Abs() < jumpNoticed {
		return 0
	}
	return moved.Round(time.Millisecond)
}

// sessionClock counts from the opening of the journal and names that period
// itself. Where the machine sleeps it may stand still, so that a sleep shows
// as a jump.
type sessionClock struct {
	name  string
	start time.Time
}

func newSessionClock() Clock { return sessionClock{rand.Text(), time.Now()} }

func (c sessionClock) Now() time.Time { return time.Now() }

func (c sessionClock) Mono() (string, time.Duration) { return c.name, time.Since(c.start) }
