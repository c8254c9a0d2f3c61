package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// Part is where an event counts about a moment.
type Part int

// The parts: two periods of as many days, the day between them, and what is in none
// of them.
const (
	EarlierDays Part = iota
	ThatDay          // the whole of it, or until the minute
	ThatDayThen      // from the minute on
	LaterDays
	NoHourThen    // that day, at an hour that is not known
	NoDayThen     // its day is not known
	MaskedEarlier // does not show who it came from, where it is known whom the moment is about
	MaskedThen
	MaskedLater
	OtherDays   // before or after all of these
	NotFromThem // what they did not do: an entry of a register, what the owner sent
)

// Counts tells that an event is counted in it, or would be if its time were known.
func (p Part) Counts() bool {
	return p != NotFromThem && p != MaskedEarlier && p != MaskedThen && p != MaskedLater
}

// Around tells of every event of a survey where it counts about a moment. It is the
// one rule of all that count so. Counted is what others did: incidents, what came
// from those whom the moment is about, or, where nothing tells who they are, from
// anybody but the owner of the exports, a call without a number among it, and what
// nobody sends where it has a behaviour. What does not show who it came from is
// never counted for somebody: it stands apart.
type Around struct {
	s    *timeline.Survey
	zone *time.Location
	at   Moment
	day  int32
	days int32
	whom map[int64]bool
	none bool // whom it names is nobody here
}

// AroundOf is that of a moment, with so many days on each side.
func AroundOf(ctx context.Context, x *timeline.Index, s *timeline.Survey, at Moment, days int32) (Around, error) {
	whom, err := whomAbout(ctx, x, at.Event)
	if err != nil {
		return Around{}, err
	}
	if names := against(x, at.Event); len(names) > 0 {
		called := x.Called(names...)
		for i, number := range s.Persons { // whom nothing here is from or to is nobody's sender
			if called[number] && !s.Own[i] {
				whom[number] = true
			}
		}
		return Around{s, x.Zone(), at, DayNumber(at.At), days, whom, len(whom) == 0}, nil
	}
	return Around{s, x.Zone(), at, DayNumber(at.At), days, whom, false}, nil
}

// Whose says whose events are counted.
func (a Around) Whose() string {
	switch {
	case a.none:
		return sayFromNobody
	case len(a.whom) == 0:
		return sayFromOthers
	}
	return sayFromThem
}

// aside is what stands beside the figures of a moment that nothing links to anybody.
func (a Around) aside() string {
	switch {
	case a.none:
		return sayNamesNobody
	case len(a.whom) == 0:
		return sayAboutWhom
	}
	return ""
}

// Part tells where an event that has a time counts, by its place in the survey.
func (a Around) Part(i int) Part {
	clock, from := a.s.Clock[i], a.s.Day[i]-a.day
	switch {
	case !a.theirs(i):
		return NotFromThem
	case clock >= timeline.NoDay:
		return NoDayThen
	case from < -a.days || from > a.days:
		return OtherDays
	case a.s.Masked[i] && len(a.whom) > 0:
		return apart(from)
	case from < 0:
		return EarlierDays
	case from > 0:
		return LaterDays
	case a.at.Day:
		return ThatDay
	case clock == timeline.NoHour:
		return NoHourThen
	case a.s.Minute(i, a.zone) < a.at.At.Hour()*60+a.at.At.Minute():
		return ThatDay
	}
	return ThatDayThen
}

// apart is where it stands, so many days after the moment, that something does not
// show who it came from.
func apart(days int32) Part {
	switch {
	case days < 0:
		return MaskedEarlier
	case days > 0:
		return MaskedLater
	}
	return MaskedThen
}

// theirs tells that others did it.
func (a Around) theirs(i int) bool {
	kind, from := timeline.Kinds()[a.s.Kind[i]], a.s.From[i]
	switch {
	case kind.Register() || from != 0 && a.s.Own[from-1] || timeline.Own(a.s.Marks[i]):
		return false
	case a.s.Masked[i]:
		return true
	case kind == timeline.Incident:
		return true // whoever it names: a name in a diary is nobody's account
	case from == 0:
		return slices.ContainsFunc(a.s.Marks[i], coded)
	}
	return len(a.whom) == 0 || a.whom[a.s.Persons[from-1]]
}

func coded(m timeline.Mark) bool { return m.Code != "" }

// against are the names of whom an order is against, as its entry gives them.
func against(x *timeline.Index, entry timeline.ID) (names []string) {
	r, err := x.Registered(entry)
	if err != nil || r.Current().Kind != timeline.CourtOrder {
		return nil // a notice says it by what it followed, and a marked event not at all
	}
	for _, name := range strings.Split(r.Current().Fields["against"], ";") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// whomAbout are the numbers of the persons whom an entry was about, as what it
// followed tells; none where it is linked to nothing.
func whomAbout(ctx context.Context, x *timeline.Index, entry timeline.ID) (map[int64]bool, error) {
	whom := map[int64]bool{}
	for _, r := range x.Registers(timeline.Notice) {
		if r.ID != entry || len(r.Current().Events) == 0 {
			continue
		}
		found, err := x.Find(ctx, timeline.Filter{Events: r.Current().Events})
		if err != nil {
			return nil, fmt.Errorf("whom entry %s is about: %w", entry, err)
		}
		s, err := found.Survey(ctx)
		if err != nil {
			return nil, err
		}
		add := func(place uint32) {
			if place != 0 && !s.Own[place-1] {
				whom[s.Persons[place-1]] = true
			}
		}
		for i := range s.From {
			add(s.From[i])
			if s.To[i] != 0 {
				for _, place := range s.Groups[s.To[i]-1] {
					add(place)
				}
			}
		}
	}
	return whom, nil
}
