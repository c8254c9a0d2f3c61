package casework

import (
	"fmt"
	"slices"
	"time"

	"daybook/assets/law"
	"daybook/timeline"
)

// Told is where the acts lie about the first of what may show that somebody was told:
// numbers, and no finding on what anybody knew.
type Told struct {
	First   string `json:"first"` // its day; empty where none of it has a certain one
	Undated int    `json:"undated,omitempty"`
	Before  int    `json:"acts_before"`
	SameDay int    `json:"acts_that_day"`
	After   int    `json:"acts_after"`
	Unsure  int    `json:"acts_not_known"`
}

// The sentences of Told.
const (
	sayToldActs    = "Acts before the first of these: %d; on the same day: %d; after it: %d; not known which: %d."
	sayToldLast    = "All after the last of the acts."
	sayToldUndated = "Of these without a certain day: %d; one of them may be the first."
	sayToldNoDay   = "None of these has a certain day: which acts were before them is not known."
)

// Said says it in words, each sentence as in gives it.
func (t Told) Said(in func(string) string) string {
	if t.First == "" {
		return in(sayToldNoDay)
	}
	s := fmt.Sprintf(in(sayToldActs), t.Before, t.SameDay, t.After, t.Unsure)
	switch {
	case t.Undated > 0:
		return s + " " + fmt.Sprintf(in(sayToldUndated), t.Undated)
	case t.SameDay+t.After+t.Unsure == 0:
		return in(sayToldLast) + " " + s
	}
	return s
}

func (t Told) String() string { return t.Said(func(s string) string { return s }) }

// told is that of an element which is shown by how somebody was told; nil of others,
// and where nothing was told or nothing was done.
func told(e law.Element, shown, list []thing, zone *time.Location) *Told {
	if !slices.Contains(e.ShownBy, "knowledge") || len(shown) == 0 || !slices.ContainsFunc(list, thing.isConduct) {
		return nil
	}
	t := &Told{}
	for _, s := range shown {
		on := s.toldOn(zone)
		if on == "" {
			t.Undated++
		} else if t.First == "" || on < t.First {
			t.First = on
		}
	}
	if t.First == "" {
		return t
	}
	for _, act := range list {
		if act.isConduct() {
			*t.place(act.When, zone)++
		}
	}
	return t
}

// toldOn is the day on which somebody was told: of an order that of its service.
func (t thing) toldOn(zone *time.Location) string {
	if t.Kind == timeline.CourtOrder {
		return t.Extra.Get("served")
	}
	return dayText(t.When, zone)
}

// place is the number in which an act of a time counts.
func (t *Told) place(w timeline.When, zone *time.Location) *int {
	if on := dayText(w, zone); on != "" {
		switch {
		case on < t.First:
			return &t.Before
		case on > t.First:
			return &t.After
		}
		return &t.SameDay
	}
	day, err := time.ParseInLocation(time.DateOnly, t.First, zone)
	if err != nil {
		return &t.Unsure
	}
	if _, surely := w.In(time.Time{}, day); surely {
		return &t.Before
	}
	if _, surely := w.In(day.AddDate(0, 0, 1), time.Time{}); surely {
		return &t.After
	}
	return &t.Unsure
}
