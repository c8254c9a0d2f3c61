package timeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Strength says how sure a person is that a handle belongs to somebody.
type Strength string

// The strengths, from the strongest on.
const (
	Certain  Strength = "certain"
	Likely   Strength = "likely"
	Possible Strength = "possible"
	Unknown  Strength = "unknown"
)

// Link is a handle of a person and why it is taken to be theirs.
type Link struct {
	Handle
	Owner       bool     // some source says that this is the person whose export it is
	Printed     []string // names and addresses as the sources print them
	Strength    Strength
	Reason      string
	By          string    // who linked it; empty for the handle that the person began with
	At          time.Time // when
	First, Last time.Time // of its dated events
	Sent        int       // events from it
	Events      int       // events from it and to it
}

// Person is somebody in the data: one handle, or several that a person said
// belong together.
type Person struct {
	Number      int64
	Name        string // as a person gave it, else as printed
	Handles     []Link
	Owner       bool
	First, Last time.Time
	Sent        int
	Events      int
}

const (
	actionLink  = "person link"
	actionMerge = "person merge"
	actionSplit = "person split"
	actionName  = "person name"
)

type handleSubject struct {
	Handle string `json:"handle"`
}

type personSubject struct {
	Person int64 `json:"person"`
}

type linkEntry struct {
	Person   int64    `json:"person,omitempty"`
	Into     int64    `json:"into,omitempty"`
	Strength Strength `json:"strength,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Name     string   `json:"name,omitempty"`
}

// people is what the journal says about who is who.
type people struct {
	links map[string]linked // by handle key; a handle that is not there is its own person
	names map[int64]string
}

type linked struct {
	person   int64
	strength Strength
	reason   string
	by       string
	at       time.Time
}

func newPeople() *people { return &people{links: map[string]linked{}, names: map[int64]string{}} }

func (p *people) apply(e entry) error {
	var d linkEntry
	if err := json.Unmarshal(e.Detail, &d); err != nil {
		return err
	}
	if e.Action == actionLink || e.Action == actionSplit {
		var s handleSubject
		if err := json.Unmarshal(e.Subject, &s); err != nil {
			return err
		}
		if e.Action == actionSplit {
			delete(p.links, s.Handle)
			return nil
		}
		p.links[s.Handle] = linked{d.Person, d.Strength, d.Reason, e.Actor, e.Time}
		return nil
	}
	var s personSubject
	if err := json.Unmarshal(e.Subject, &s); err != nil {
		return err
	}
	if e.Action == actionName {
		p.names[s.Person] = d.Name
		return nil
	}
	for key, l := range p.links {
		if l.person == s.Person {
			p.links[key] = linked{d.Into, d.Strength, d.Reason, e.Actor, e.Time}
		}
	}
	return nil
}

func (p *people) personOf(h Handle) int64 {
	if l, ok := p.links[h.Key]; ok {
		return l.person
	}
	return h.PersonNumber()
}

// People gives everybody in the data, those with most events first.
func (x *Index) People() []Person {
	x.mu.RLock()
	defer x.mu.RUnlock()
	links := x.view.links()
	by := map[int64]*Person{}
	for i := range links {
		l := &links[i]
		n := x.people.personOf(l.Handle)
		p := by[n]
		if p == nil {
			p = &Person{Number: n}
			by[n] = p
		}
		if k, ok := x.people.links[l.Key]; ok {
			l.Strength, l.Reason, l.By, l.At = k.strength, k.reason, k.by, k.at
		} else {
			l.Strength, l.Reason = Certain, "as the source names them"
		}
		p.add(*l)
	}
	out := make([]Person, 0, len(by))
	for _, n := range slices.Sorted(maps.Keys(by)) {
		p := by[n]
		slices.SortFunc(p.Handles, func(a, b Link) int { return cmp.Or(b.Events-a.Events, cmp.Compare(a.Key, b.Key)) })
		p.Name = cmp.Or(x.people.names[n], p.printedName())
		out = append(out, *p)
	}
	slices.SortStableFunc(out, func(a, b Person) int { return cmp.Or(b.Events-a.Events, cmp.Compare(a.Name, b.Name)) })
	return out
}

func (p *Person) add(l Link) {
	p.Handles = append(p.Handles, l)
	p.Owner = p.Owner || l.Owner
	p.Sent += l.Sent
	p.Events += l.Events
	p.First, p.Last = earlier(p.First, l.First), later(p.Last, l.Last)
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// printedName is the first printed form that is more than an address.
func (p *Person) printedName() string {
	for _, l := range p.Handles {
		for _, s := range l.Printed {
			if s != l.Address && Phone(s) == "" && !strings.Contains(s, "@") {
				return s
			}
		}
	}
	for _, l := range p.Handles {
		if l.Address != "" {
			return l.Address
		}
	}
	return ""
}

// speakersOf marks the speakers that a filter names.
func (x *Index) speakersOf(f Filter) []bool {
	v := x.view
	wanted := map[string]bool{}
	for _, s := range f.Parties {
		wanted[strings.ToLower(strings.TrimSpace(s))] = true
		if n := Phone(s); n != "" {
			wanted[n] = true
		}
	}
	handle := make([]bool, len(v.handles)+1)
	for i, h := range v.handles {
		handle[i+1] = slices.Contains(f.People, x.people.personOf(h)) || wanted[strings.ToLower(h.Address)]
	}
	for i, s := range v.speakers {
		if v.speaks[i+1] && s.Name != "" && wanted[strings.ToLower(strings.TrimSpace(s.Name))] {
			handle[v.handleOf[i]] = true
		}
	}
	out := make([]bool, len(v.speakers)+1)
	for i := range v.speakers {
		out[i+1] = handle[v.handleOf[i]]
	}
	return out
}

// Link says that a handle belongs to a person.
func (x *Index) Link(ctx context.Context, handle string, person int64, s Strength, reason string) error {
	if err := x.checkLink(s, reason); err != nil {
		return err
	}
	if !x.hasHandle(handle) {
		return fmt.Errorf("handle %q: it is nowhere in the data", handle)
	}
	if !x.hasPerson(person) {
		return fmt.Errorf("person %d: there is none in this case", person)
	}
	return x.say(ctx, draft{actionLink, handleSubject{handle}, linkEntry{Person: person, Strength: s, Reason: reason}})
}

// Merge says that everything of one person belongs to another.
func (x *Index) Merge(ctx context.Context, person, into int64, s Strength, reason string) error {
	if err := x.checkLink(s, reason); err != nil {
		return err
	}
	if person == into {
		return errors.New("merge: a person cannot be merged with themself")
	}
	if !x.hasPerson(into) {
		return fmt.Errorf("person %d: there is none in this case", into)
	}
	x.mu.RLock()
	var drafts []draft
	for _, h := range x.view.handles {
		if x.people.personOf(h) == person {
			drafts = append(drafts, draft{actionLink, handleSubject{h.Key}, linkEntry{Person: into, Strength: s, Reason: reason}})
		}
	}
	x.mu.RUnlock()
	if len(drafts) == 0 {
		return fmt.Errorf("person %d: there is none in this case", person)
	}
	drafts = append(drafts, draft{actionMerge, personSubject{person}, linkEntry{Into: into, Strength: s, Reason: reason}})
	return x.say(ctx, drafts...)
}

// Split takes a handle away from the person that it was linked to.
func (x *Index) Split(ctx context.Context, handle, reason string) error {
	x.mu.RLock()
	_, ok := x.people.links[handle]
	x.mu.RUnlock()
	if !ok {
		return fmt.Errorf("handle %q: it is not linked to anybody", handle)
	}
	return x.say(ctx, draft{actionSplit, handleSubject{handle}, linkEntry{Reason: reason}})
}

// Name gives a person the name that a person knows them by.
func (x *Index) Name(ctx context.Context, person int64, name string) error {
	if !x.hasPerson(person) {
		return fmt.Errorf("person %d: there is none in this case", person)
	}
	return x.say(ctx, draft{actionName, personSubject{person}, linkEntry{Name: name}})
}

func (x *Index) say(ctx context.Context, drafts ...draft) error {
	if _, err := x.record(ctx, drafts...); err != nil {
		return fmt.Errorf("people: %w", err)
	}
	return nil
}

func (x *Index) checkLink(s Strength, reason string) error {
	if !slices.Contains([]Strength{Certain, Likely, Possible, Unknown}, s) {
		return fmt.Errorf("link: strength %q is none of certain, likely, possible, unknown", s)
	}
	if strings.TrimSpace(reason) == "" {
		return errors.New("link: it needs a reason")
	}
	return nil
}

func (x *Index) hasHandle(key string) bool {
	return x.anyHandle(func(h Handle) bool { return h.Key == key })
}

func (x *Index) hasPerson(n int64) bool {
	return x.anyHandle(func(h Handle) bool { return x.people.personOf(h) == n })
}

func (x *Index) anyHandle(is func(Handle) bool) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for i := range x.view.speakers {
		if x.view.speaks[i+1] && is(x.view.handles[x.view.handleOf[i]-1]) {
			return true
		}
	}
	return false
}
