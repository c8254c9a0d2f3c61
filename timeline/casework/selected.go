package casework

import (
	"fmt"
	"time"

	"daybook/timeline"
)

// Selected says what a material is of all that the case holds of its days. A day without
// an event of it is a day without any only where it is all of them.
type Selected int

// What a material may be.
const (
	AllOfItsDays Selected = iota // everything of the case, or of a period
	Chosen                       // chosen by words, persons or otherwise, or with something left out
	Supplement                   // what is new or has changed since another bundle
)

// SelectedBy is what a filter finds.
func SelectedBy(f timeline.Filter) Selected {
	if f.OnlyPeriod() {
		return AllOfItsDays
	}
	return Chosen
}

// The sentences of what is not all of its days.
const (
	sayOnlyChosen      = "Counted is only what was selected and is not left out: other events of these days are in no number."
	sayOnlySupplement  = "Counted are only the rows of this supplement, which are new or have changed: those of the bundle that it continues are in no number."
	sayNoSilences      = "Silences are not counted where anything but days was selected, or something is left out: a day without an event here may have others."
	sayNoSilencesSince = "Silences are not counted in a supplement: a day without a row of it may have rows in the bundle that it continues."
	sayNoMomentsSince  = "Days before and after are not counted in a supplement: the bundle that it continues has the rest of these days."
	sayPartOf          = "%s to %s; counted is only what was selected of them"
	sayOutside         = "%s to %s; not counted: not all of these days are in the period that was selected"
)

// Only says that what is counted is not all of its days; empty where it is.
func (s Selected) Only() string {
	return [...]string{Chosen: sayOnlyChosen, Supplement: sayOnlySupplement}[s]
}

// whyNot is why a side of the pattern is not counted; empty where it is.
func (s Selected) whyNot(by string) string {
	switch {
	case by == "silence" && s == Chosen:
		return sayNoSilences
	case by == "silence" && s == Supplement:
		return sayNoSilencesSince
	case by == "moment" && s == Supplement:
		return sayNoMomentsSince
	}
	return ""
}

// Holds tells that all of some days lie in the period that was selected.
func (m Material) Holds(first, last int32) bool {
	begins := func(day int32) time.Time {
		d := DayOf(day)
		return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, m.Index.Zone())
	}
	return (m.From.IsZero() || !begins(first).Before(m.From)) && (m.To.IsZero() || !begins(last+1).After(m.To))
}

// outside is a figure of days that do not all lie in the period.
func outside(group, key string, first, last int32) Figure {
	f := figure(group, key, fmt.Sprintf(sayOutside, DayOf(first).Format(time.DateOnly), DayOf(last).Format(time.DateOnly)))
	f.None = true
	return f
}
