package casework

import (
	"time"

	"daybook/assets/law"
)

// Clock is a rule of time of an offence, counted from the last thing that was
// done: information, and never a reason to give up.
type Clock struct {
	Rule  string `json:"rule"`
	Words string `json:"words"`
	Last  string `json:"last"`  // the day of the last thing that was done
	Until string `json:"until"` // so many months after it
}

// clock is that of an offence; nil where it has none, or nothing has a day.
func clock(pack law.Pack, o law.Offence, list []thing, zone *time.Location) *Clock {
	r, ok := pack.Rule(o.Limitation)
	if !ok || r.Months == 0 {
		return nil
	}
	var last time.Time
	for _, t := range list {
		if at, known := day(t.When, zone); known && t.isConduct() && at.After(last) {
			last = at
		}
	}
	if last.IsZero() {
		return nil
	}
	return &Clock{r.Label, r.Words, last.Format(time.DateOnly), monthsAfter(last, r.Months).Format(time.DateOnly)}
}

// monthsAfter is the day so many months after another: the last of the month,
// where that has no such day.
func monthsAfter(from time.Time, months int) time.Time {
	y, m, d := from.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(y, m+time.Month(months), min(d, last), 0, 0, 0, 0, time.UTC)
}
