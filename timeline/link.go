package timeline

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// maxPrinted is how many printed forms of a handle are listed.
const maxPrinted = 20

// tally is what a list of events says about handles and persons.
type tally struct {
	links   []Link          // by handle; those without events are empty
	persons []Person        // by their place, see places
	noticed map[string]bool // display names that a notice of an app gives together with an address
}

// places gives every handle the place of its person, from 1, and the numbers
// of the persons.
func (p *people) places(v *view) (places []uint32, numbers []int64) {
	at := map[int64]uint32{}
	places = make([]uint32, len(v.handles)+1)
	for i := range v.handles {
		number := p.personOf(v, uint32(i+1))
		n, ok := at[number]
		if !ok {
			numbers = append(numbers, number)
			n = uint32(len(numbers))
			at[number] = n
		}
		places[i+1] = n
	}
	return places, numbers
}

// tally counts the events of every handle and of every person: an event
// between two handles of one person is one of that person's. The first of the
// list have a time.
func (v *view) tally(docs []uint32, dated int, places []uint32, persons int) tally {
	t := tally{links: make([]Link, len(v.handles)), persons: make([]Person, persons), noticed: map[string]bool{}}
	for i, h := range v.handles {
		t.links[i].Handle = h
	}
	system, _ := code("", kindCodes[:], System)
	contact, _ := code("", kindCodes[:], Contact)
	incident, _ := code("", kindCodes[:], Incident)
	sets, personSets := v.handleSets(places)
	heard := v.hearing(t.links)
	for i, doc := range docs {
		s, pos := v.at(doc)
		at := time.Time{}
		if i < dated {
			at = time.UnixMilli(s.time[pos]).UTC()
		}
		heard(s.from[pos], s.to[pos])
		if s.kind[pos] == system || s.kind[pos] == contact {
			t.notice(v, s, pos)
		}
		var from, person uint32
		if n := s.from[pos]; n != 0 {
			from = v.handleOf[n-1]
			person = places[from]
			t.links[from-1].event(at)
			t.persons[person-1].event(at)
			if s.kind[pos] == incident {
				t.links[from-1].About++
				t.persons[person-1].About++
			} else {
				t.links[from-1].Sent++
				t.persons[person-1].Sent++
			}
		}
		for _, n := range sets[s.to[pos]] {
			if n != from {
				t.links[n-1].event(at)
			}
		}
		for _, n := range personSets[s.to[pos]] {
			if n != person {
				t.persons[n-1].event(at)
			}
		}
	}
	return t
}

// notice takes the names from an app's notice that it gives with an address.
func (t *tally) notice(v *view, s *segment, pos uint32) {
	named := func(n uint32) {
		if p := v.speakers[n-1]; p.Name != "" && p.Address != "" {
			t.noticed[foldName(Spaced(p.Name))] = true
		}
	}
	if n := s.from[pos]; n != 0 {
		named(n)
	}
	if n := s.to[pos]; n != 0 {
		for _, m := range v.sets[n-1] {
			named(m)
		}
	}
}

// Spaced is a name without spaces before and behind it, and with one between its words:
// more of them make nobody else.
func Spaced(name string) string { return strings.Join(strings.Fields(name), " ") }

// foldName is a display name as it is compared with others.
func foldName(s string) string { return strings.ToLower(norm.NFC.String(strings.TrimSpace(s))) }

// hearing gives what notes the printed forms of speakers in the order in which
// the timeline first shows them, so that they do not depend on which item was
// read first.
func (v *view) hearing(out []Link) func(from, to uint32) {
	speakers, sets := make([]bool, len(v.speakers)+1), make([]bool, len(v.sets)+1)
	hear := func(n uint32) {
		if n == 0 || speakers[n] {
			return
		}
		speakers[n] = true
		s := v.speakers[n-1]
		l := &out[v.handleOf[n-1]-1]
		l.Owner = l.Owner || s.Owner
		for _, printed := range []string{s.Name, s.Address} {
			if printed != "" && len(l.Printed) < maxPrinted && !slices.Contains(l.Printed, printed) {
				l.Printed = append(l.Printed, printed)
			}
		}
	}
	return func(from, to uint32) {
		hear(from)
		if to == 0 || sets[to] {
			return
		}
		sets[to] = true
		for _, n := range v.sets[to-1] {
			hear(n)
		}
	}
}

// event counts one event; they come in order of time.
func (l *Link) event(at time.Time) { count(&l.Events, &l.First, &l.Last, at) }

func (p *Person) event(at time.Time) { count(&p.Events, &p.First, &p.Last, at) }

func count(events *int, first, last *time.Time, at time.Time) {
	*events++
	if at.IsZero() {
		return
	}
	if first.IsZero() {
		*first = at
	}
	*last = at
}

// handleSets gives the distinct handles of every set of speakers, and the
// distinct places of their persons.
func (v *view) handleSets(places []uint32) (handles, persons [][]uint32) {
	handles, persons = make([][]uint32, len(v.sets)+1), make([][]uint32, len(v.sets)+1)
	for i, set := range v.sets {
		for _, n := range set {
			h := v.handleOf[n-1]
			if !slices.Contains(handles[i+1], h) {
				handles[i+1] = append(handles[i+1], h)
			}
			if p := places[h]; !slices.Contains(persons[i+1], p) {
				persons[i+1] = append(persons[i+1], p)
			}
		}
	}
	return handles, persons
}
