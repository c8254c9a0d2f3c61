package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"daybook/assets/law"
	"daybook/timeline"
)

// Clock is a rule of time of an offence, counted from the last of the acts that are
// linked to it: information, and never a reason to give up.
type Clock struct {
	Rule  string `json:"rule"`
	Words string `json:"words"`
	Among int    `json:"among,omitempty"` // how many are named, where these are several and it is of one
	Name  string `json:"who,omitempty"`   // which of them; empty: of what names nobody
	Who
	Last  string `json:"last"`           // the day of the last thing that was done; empty where nothing has a certain day
	Until string `json:"until"`          // so many months after it; empty likewise
	From  *Cell  `json:"from,omitempty"` // what is of that day
	Later
	Others   Later    `json:"other_names"`    // what of others, whose names have a word of this one, may move it
	Unmarked Unmarked `json:"later_unmarked"` // of the days after it, where it is asked of a case
	Breaches Loose    `json:"loose_breaches"` // entries of possible breaches that name no event, and what others name that has no behaviour
	Each     []Clock  `json:"each,omitempty"` // of each who is said to have done some of it, where these are several
}

// Later is what events of no certain day, or of whom nothing certain is said, leave open
// of a clock: as many of them may lie after the last that is counted, and move it.
type Later struct {
	Events  int    `json:"later_events,omitempty"`
	Perhaps string `json:"until_perhaps,omitempty"` // the day that it may be at the latest; empty where none can be said
}

// gone tells that a day, and any that it may be moved to, lies before another.
func (l Later) gone(on, today string) bool {
	return on < today && (l.Events == 0 || l.Perhaps != "" && l.Perhaps < today)
}

// Starts tells that a clock counts from something.
func (c Clock) Starts() bool { return c.Last != "" || c.Events > 0 }

// Lines are the clock of each, or the one of all.
func (c Clock) Lines() []Clock {
	if len(c.Each) > 0 {
		return c.Each
	}
	return []Clock{c}
}

// sameAs tells that two clocks are one of two offences.
func (c Clock) sameAs(other Clock) bool {
	return c.Rule == other.Rule && c.Name == other.Name && c.Person == other.Person && c.Until == other.Until && c.Later == other.Later && c.Others == other.Others
}

// Said is when the last thing was done and what day follows, each day in the
// reader's own words for it.
func (c Clock) Said(day func(string) string) string {
	switch last, until := day(c.Last), day(c.Until); {
	case !c.Starts():
		return sayNothingActed
	case c.Last == "" && c.Perhaps == "":
		return "no event has a certain day: the day cannot be said, nor the latest possible"
	case c.Last == "":
		return fmt.Sprintf("no event has a certain day: the day cannot be said; the latest possible is %s", day(c.Perhaps))
	case c.Events == 0:
		return fmt.Sprintf("the last was on %s; that day comes on %s", last, until)
	case c.Perhaps == "":
		return fmt.Sprintf("the last of a certain day was on %s, which makes it %s; %d of no certain day may move it, how far cannot be said", last, until, c.Events)
	default:
		return fmt.Sprintf("the last of a certain day was on %s, which makes it %s; %d of no certain day may move it as far as %s", last, until, c.Events, day(c.Perhaps))
	}
}

// The sentences that stand beside a clock.
const (
	sayNothingActed   = "nothing that was done is linked to this offence, so no day is counted"
	sayOtherNames     = "Later events of other names that have a word of this name are not counted: %d; by the last of them that day would come on %s."
	sayOtherNamesFar  = "Later events of other names that have a word of this name are not counted: %d; how far they may move that day cannot be said."
	sayLaterUnmarked  = "Later events from others with no behaviour marked are not counted: %d."
	sayLaterUnmarkedD = "Later events from others with no behaviour marked are not counted: %d; the latest is of %s."
	sayClockLoose     = "Entries of possible breaches that name no event are not counted in that day: %d."
	sayClockLooseLast = "Entries of possible breaches that name no event are not counted in that day: %d; the latest is of %s."
	sayClockOf        = "Of what is said to be done by %s or came from them. How many are named: %d; each has a day of their own."
	sayClockOfNobody  = "Of what names nobody. How many are named elsewhere: %d; each has a day of their own."
)

// NoRule is why an offence has no clock.
const NoRule = "The law that this case goes by names no rule of time for this offence, so no day is counted."

// Whose says of whom it is, where it is that of one of several; empty otherwise.
func (c Clock) Whose(in func(string) string) string {
	switch {
	case c.Among == 0:
		return ""
	case c.Name == "":
		return fmt.Sprintf(in(sayClockOfNobody), c.Among)
	default:
		return fmt.Sprintf(in(sayClockOf), c.Name+c.Apart(in), c.Among)
	}
}

// Beside says what may have been done and is not counted, a sentence each.
func (c Clock) Beside(in, day func(string) string) (said []string) {
	switch o := c.Others; {
	case o.Events > 0 && o.Perhaps == "":
		said = append(said, fmt.Sprintf(in(sayOtherNamesFar), o.Events))
	case o.Events > 0:
		said = append(said, fmt.Sprintf(in(sayOtherNames), o.Events, day(o.Perhaps)))
	}
	switch u := c.Unmarked; {
	case u.nothing():
	case u.Last == "":
		said = append(said, fmt.Sprintf(in(sayLaterUnmarked), u.Events)+u.beside(in))
	default:
		said = append(said, fmt.Sprintf(in(sayLaterUnmarkedD), u.Events, day(u.Last))+u.beside(in))
	}
	switch b := c.Breaches; {
	case b.Entries > 0 && b.Last != "":
		said = append(said, fmt.Sprintf(in(sayClockLooseLast), b.Entries, day(b.Last)))
	case b.Entries > 0:
		said = append(said, fmt.Sprintf(in(sayClockLoose), b.Entries))
	}
	if named := c.Breaches.Named.Said(in, day); named != "" {
		said = append(said, named)
	}
	return said
}

// beside finds what of a filter's events is later than a clock counts, and not counted,
// and which entries of breaches name no event that it could count.
func (c *Clock) beside(ctx context.Context, x *timeline.Index, f timeline.Filter, without map[timeline.ID]bool) error {
	for i := range c.Each {
		if err := c.Each[i].beside(ctx, x, f, without); err != nil {
			return err
		}
	}
	c.Breaches = looseEntries(x, without)
	var err error
	if c.Breaches.Named, err = UncodedOf(ctx, x, f, without); err != nil {
		return err
	}
	at, err := time.ParseInLocation(time.DateOnly, c.Last, x.Zone())
	if err != nil {
		return nil // it counts from no day
	}
	f.From = at.AddDate(0, 0, 1)
	c.Unmarked, err = UnmarkedOf(ctx, x, f, without)
	return err
}

// clock is that of an offence by its acts; nil where the law has none.
func clock(x *timeline.Index, pack law.Pack, o law.Offence, acts []act) *Clock {
	r, ok := pack.Rule(o.Limitation)
	if !ok || r.Months == 0 {
		return nil
	}
	c := reckoned(r, acts, x.Zone())
	of := byDoer(acts, func(a act) Doer { return a.cell.Doer })
	if n := named(of); n > 1 {
		for _, g := range of {
			each := reckoned(r, g.of, x.Zone())
			each.Among, each.Name, each.Who = n, g.name(), g.Who
			last, _ := time.ParseInLocation(time.DateOnly, each.Last, x.Zone()) // of none: from the beginning
			each.Others = mayMove(mayNameToo(of, g.Doer), last, r.Months, x.Zone())
			c.Each = append(c.Each, *each)
		}
	}
	return c
}

// reckoned counts a rule of time from the last of some acts.
func reckoned(r law.Rule, acts []act, zone *time.Location) *Clock {
	var last time.Time
	c := &Clock{Rule: r.Label, Words: r.Words}
	for _, a := range acts {
		if at, known := day(a.When, zone); known && (c.From == nil || !at.Before(last)) {
			last, c.From = at, &a.cell
		}
	}
	c.Later = mayMove(acts, last, r.Months, zone)
	if c.From != nil {
		c.Last, c.Until = last.Format(time.DateOnly), monthsAfter(last, r.Months).Format(time.DateOnly)
	}
	return c
}

// act is an event that is counted as done, with why it is linked to an offence.
type act struct {
	thing
	cell Cell
}

func thingsOf(acts []act) (list []thing) {
	for _, a := range acts {
		list = append(list, a.thing)
	}
	return list
}

// actsOf are what of the cells of an offence was done to somebody: conduct, and what a
// person linked to an element that is about an act. That they were told, and how it
// felt, is no act.
func actsOf(o law.Offence, lines []Line, list []thing) (acts []act) {
	linked := map[timeline.ID]Cell{}
	for i, l := range lines {
		about := o.Elements[i].ShownBy
		ofActs := len(about) == 0 || slices.ContainsFunc(about, isAct)
		for _, c := range l.Cells {
			if _, seen := linked[c.Event]; !seen && (c.acted || c.Hand && ofActs) && !c.Own && !c.Kind.Register() {
				linked[c.Event] = c
			}
		}
	}
	for _, t := range list {
		if c, ok := linked[t.ID]; ok {
			acts = append(acts, act{t, c})
		}
	}
	return acts
}

// mayNameToo are the acts of others whose names have a word of a name: “Rob and Jo” is
// another name than “Jo”, and may name Jo too; so may another person of the same name.
func mayNameToo(of []done[act], who Doer) (acts []act) {
	words := wordsOf(who.name())
	for _, g := range of {
		if g.Key() != who.Key() && haveOneOf(words, g.name()) {
			acts = append(acts, g.of...)
		}
	}
	return acts
}

// mayMove is what acts leave open of a clock that counts so many months from a day, from
// none where the day is zero: those that may lie after it.
func mayMove(acts []act, last time.Time, months int, zone *time.Location) (l Later) {
	end, open := last, false
	for _, a := range acts {
		at, ends := day(a.When, zone)
		if !ends {
			at, ends = a.When.Latest()
			if at = at.Add(-1); !a.When.Instant.IsZero() {
				at = at.In(zone)
			}
		}
		if ends && at.Format(time.DateOnly) <= last.Format(time.DateOnly) {
			continue
		}
		l.Events++
		if open = open || !ends; ends && at.After(end) {
			end = at
		}
	}
	if l.Events > 0 && !open {
		l.Perhaps = monthsAfter(end, months).Format(time.DateOnly)
	}
	return l
}

// monthsAfter is the day so many months after another: the last of the month,
// where that has no such day.
func monthsAfter(from time.Time, months int) time.Time {
	y, m, d := from.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(y, m+time.Month(months), min(d, last), 0, 0, 0, 0, time.UTC)
}
