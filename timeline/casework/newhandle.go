package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"daybook/timeline"
)

// user is somebody who uses a handle, or may use it, and why that is said.
type user struct {
	person int64
	reason string
}

// newHandles lists, for every block, the first event from each number or account
// that nothing had before, of whoever was blocked or may be the same person.
func (m Material) newHandles(ctx context.Context) ([]Figure, error) {
	all, err := m.Index.Find(ctx, timeline.Filter{})
	if err != nil {
		return nil, err
	}
	people, firsts := m.Index.People(), all.Firsts()
	var list []Figure
	for _, r := range m.Rows {
		at, ok := day(r.When, m.Index.Zone())
		if r.Kind != timeline.Notice || r.Extra.Get("how") != "blocked" || !ok {
			continue
		}
		about, err := whomAbout(ctx, m.Index, r.ID)
		if err != nil {
			return nil, err
		}
		begins, _ := r.When.Order()
		for i := range people {
			p := &people[i]
			for k := range p.Handles {
				l := &p.Handles[k]
				place, sent := firsts[l.Key]
				if p.Owner || !sent || l.First.Before(begins) {
					continue
				}
				reason, ok := usedBefore(p, l, people, begins, about.all())
				if !ok {
					continue
				}
				f, err := m.firstFrom(all, place, l, reason, r, at)
				if err != nil {
					return nil, err
				}
				list = append(list, f...)
			}
		}
	}
	return list, nil
}

// firstFrom is the figure of a handle's first event; none where the material does
// not hold it.
func (m Material) firstFrom(all *timeline.Result, place int, l *timeline.Link, reason string, block timeline.Row, at time.Time) ([]Figure, error) {
	rows, err := all.Rows(place, 1)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	first := rows[0]
	if _, in := m.Result.Offset(first.ID); !in {
		return nil, nil
	}
	key := string(l.Kind) + " " + l.Shown() + ", first event " + dayWords(first.When, m.Index.Zone())
	if unit, _ := block.When.Units(); unit.WholeDay() && dayText(first.When, m.Index.Zone()) == at.Format(time.DateOnly) {
		reason += saySameDay
	}
	return []Figure{figure(dayText(block.When, m.Index.Zone())+", blocked: "+excerpt(block.Text), key, reason, first.ID)}, nil
}

// usedBefore tells that whoever uses a handle, or may use it, had another one
// before a moment, and why that is said.
func usedBefore(p *timeline.Person, l *timeline.Link, people []timeline.Person, begins time.Time, whom map[int64]bool) (reason string, ok bool) {
	users := []user{{p.Number, fmt.Sprintf("counted with %s: %s, %s", p.Called(), l.Strength, l.Reason)}}
	for _, k := range p.Perhaps {
		for _, n := range k.Persons {
			if n == p.Number {
				continue
			}
			if i := slices.IndexFunc(people, func(o timeline.Person) bool { return o.Number == n }); i >= 0 && !people[i].Owner {
				users = append(users, user{n, fmt.Sprintf("%s %s: %s", may(k.Strength), people[i].Called(), k.Reason)})
			}
		}
	}
	for _, u := range users {
		if len(whom) > 0 && !whom[u.person] {
			continue
		}
		i := slices.IndexFunc(people, func(o timeline.Person) bool { return o.Number == u.person })
		if slices.ContainsFunc(people[i].Handles, func(o timeline.Link) bool {
			return o.Key != l.Key && !o.First.IsZero() && o.First.Before(begins)
		}) {
			if len(whom) == 0 {
				u.reason += sayWhomNot
			}
			return u.reason, true
		}
	}
	return "", false
}

// may is a strength as it stands before a name: never a name alone.
func may(s timeline.Strength) string {
	switch s {
	case timeline.Likely:
		return "likely"
	case timeline.Possible:
		return "possibly"
	}
	return "perhaps (" + string(s) + ")"
}
