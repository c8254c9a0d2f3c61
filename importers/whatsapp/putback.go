package whatsapp

import (
	"fmt"
	"slices"

	"daybook/timeline"
)

// mostTwice is how many messages of the hour that comes twice are held back to
// be looked at together; of more, none is told from another.
const mostTwice = 4096

// putBack are the messages of an hour that the clock shows twice, until the
// first one after it. An export is in the order in which the telephone had
// them: where the clock steps back once among them, what stands before the step
// is of the first of the two hours, and the rest of the second.
type putBack struct {
	events []timeline.Event
	many   bool // more than are held: none of them is decided
}

// hand hands an event on, or holds it back.
func (c *chat) hand(e timeline.Event) error {
	twice := slices.Contains(e.Flags, timeline.ClockTwice)
	held := c.putBack.events
	if len(held) > 0 && (!twice || !sameDay(&held[0], &e) || len(held) == mostTwice) {
		c.putBack.many = twice && len(held) == mostTwice
		if err := c.release(); err != nil {
			return err
		}
	}
	if !twice {
		c.putBack.many = false
	}
	if !twice || c.putBack.many {
		return c.out.Event(e)
	}
	c.putBack.events = append(c.putBack.events, e)
	return nil
}

func sameDay(a, b *timeline.Event) bool {
	return a.When.Local.YearDay() == b.When.Local.YearDay() && a.When.Local.Year() == b.When.Local.Year()
}

// release hands on what was held back, each in the hour that it is of.
func (c *chat) release() error {
	held := c.putBack.events
	c.putBack.events = nil
	if step, once := stepBack(held); once && !c.putBack.many {
		for i := range held {
			c.place(&held[i], i >= step, held[step].Source.Record)
		}
	}
	for _, e := range held {
		if err := c.out.Event(e); err != nil {
			return err
		}
	}
	return nil
}

// stepBack finds the one place at which the clock steps back.
func stepBack(held []timeline.Event) (at int, once bool) {
	for i := 1; i < len(held); i++ {
		if held[i].When.Local.Before(held[i-1].When.Local) {
			if once {
				return 0, false
			}
			at, once = i, true
		}
	}
	return at, once
}

// place gives a message the instant of the first or the second of two hours.
func (c *chat) place(e *timeline.Event, second bool, step string) {
	first, last := timeline.Instants(e.When.Local, c.s.Assume.Zone)
	which := "first"
	e.When.Instant = first.UTC()
	if second {
		which, e.When.Instant = "second", last.UTC()
	}
	if e.Extra == nil {
		e.Extra = timeline.Facts{}
	}
	e.Extra.Set("clock change", fmt.Sprintf("taken as the %s time that the clock showed this: the times of the file step back at %s, as the clock was put back", which, step))
}
