package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What a person says about who is who goes before every rule. Each statement is
// an entry of the journal, and each can be taken back by another, which leaves
// everything as it was before.

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
	Apart    bool     `json:"apart,omitempty"` // of a split: the handle stands alone, whatever the rules say
}

// people is what the journal says about who is who.
type people struct {
	links map[string][]linked // by handle key, the last one holds; a handle that is not there goes by the rules
	names map[int64]string
	may   []Attribution // what was said of who may be whom and not taken back
}

type linked struct {
	person   int64
	strength Strength
	reason   string
	by       string
	at       time.Time
}

func newPeople() *people { return &people{links: map[string][]linked{}, names: map[int64]string{}} }

func (p *people) apply(e entry) error {
	var d linkEntry
	if err := json.Unmarshal(e.Detail, &d); err != nil {
		return err
	}
	switch e.Action {
	case actionAttribute, actionUnattribute:
		return p.attribute(e)
	}
	if e.Action == actionLink || e.Action == actionSplit {
		var s handleSubject
		if err := json.Unmarshal(e.Subject, &s); err != nil {
			return err
		}
		p.applyTo(s.Handle, d, e)
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
	for key := range p.links {
		if l, ok := p.last(key); ok && l.person == s.Person {
			p.links[key] = append(p.links[key], linked{d.Into, d.Strength, d.Reason, e.Actor, e.Time})
		}
	}
	return nil
}

// applyTo links a handle, or takes its last link back.
func (p *people) applyTo(handle string, d linkEntry, e entry) {
	list := p.links[handle]
	switch {
	case e.Action == actionLink:
		p.links[handle] = append(list, linked{d.Person, d.Strength, d.Reason, e.Actor, e.Time})
	case d.Apart:
		p.links[handle] = append(list, linked{personNumber(handle), Certain, d.Reason, e.Actor, e.Time})
	case len(list) > 1:
		p.links[handle] = list[:len(list)-1]
	default:
		delete(p.links, handle)
	}
}

// last is what was said last about a handle and not taken back.
func (p *people) last(handle string) (linked, bool) {
	list := p.links[handle]
	if len(list) == 0 {
		return linked{}, false
	}
	return list[len(list)-1], true
}

// personOf gives the number of the person that a handle belongs to.
func (p *people) personOf(v *view, n uint32) int64 {
	if l, ok := p.last(v.handles[n-1].Key); ok {
		return p.resolve(v, l.person)
	}
	return p.resolve(v, v.own[n-1])
}

// resolve gives the person that somebody is by the rules: the owner for the
// number of a handle that is one of an owner's.
func (p *people) resolve(v *view, person int64) int64 {
	who := v.identities()
	n := who.handle[person]
	if n == 0 || who.person[n] == 0 {
		return person
	}
	if _, said := p.last(v.handles[n-1].Key); said {
		return person
	}
	return who.person[n]
}

// now gives the person that somebody belongs to, by what was said and by the rules.
func (p *people) now(v *view, person int64) int64 {
	if n := v.identities().handle[person]; n != 0 {
		return p.personOf(v, n)
	}
	return person
}

// speakersOf marks the speakers that a filter names: everything of the persons,
// and the handles that are asked for alone.
func (x *Index) speakersOf(f Filter) []bool {
	v := x.view
	people := map[int64]bool{}
	for _, n := range f.People {
		people[x.people.resolve(v, n)] = true
	}
	x.called(f.Parties, people)
	handle := make([]bool, len(v.handles)+1)
	for i, h := range v.handles {
		handle[i+1] = len(people) > 0 && people[x.people.personOf(v, uint32(i+1))] || slices.Contains(f.Handles, h.Key)
	}
	out := make([]bool, len(v.speakers)+1)
	for i := range v.speakers {
		out[i+1] = handle[v.handleOf[i]]
	}
	return out
}

// Called are the numbers of the persons that a name, an address or a number stands
// for, as a filter takes them.
func (x *Index) Called(texts ...string) map[int64]bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	people := map[int64]bool{}
	x.called(texts, people)
	return people
}

// called adds the persons that a name, an address or a number stands for.
func (x *Index) called(texts []string, people map[int64]bool) {
	if len(texts) == 0 {
		return
	}
	v, wanted := x.view, map[string]bool{}
	for _, s := range texts {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			people[x.people.resolve(v, n)] = true // no telephone number is a person's by chance
		}
		wanted[strings.ToLower(Spaced(s))] = true
		if n := Phone(s); n != "" {
			wanted[n] = true
		}
	}
	delete(wanted, "")
	for n, name := range x.people.names {
		if wanted[strings.ToLower(Spaced(name))] {
			people[x.people.resolve(v, n)] = true
		}
	}
	for i, s := range v.speakers {
		n := v.handleOf[i]
		if v.speaks[i+1] && (wanted[strings.ToLower(Spaced(s.Name))] || wanted[strings.ToLower(Spaced(v.handles[n-1].Address))]) {
			people[x.people.personOf(v, n)] = true
		}
	}
	for n, name := range v.identities().given {
		if wanted[foldName(Spaced(name))] {
			people[x.people.personOf(v, uint32(n))] = true
		}
	}
}

// Link says that a handle belongs to a person.
func (x *Index) Link(ctx context.Context, handle string, person int64, s Strength, reason string) error {
	if err := checkLink(s, reason); err != nil {
		return err
	}
	if !x.hasHandle(handle) {
		return fmt.Errorf("handle %q: it is nowhere in the data", handle)
	}
	if person != OwnerNumber() && !x.hasPerson(person) {
		return noPerson(person)
	}
	return x.say(ctx, draft{actionLink, handleSubject{handle}, linkEntry{Person: person, Strength: s, Reason: reason}})
}

// Merge says that everything of one person belongs to another. Where one of
// them is the owner of the exports, they are the other's too, so that later
// exports find them. Both are counted as one from then on, so it is for who is
// certainly one; who may be one is attributed (Attribute).
func (x *Index) Merge(ctx context.Context, person, into int64, reason string) error {
	if err := checkLink(Certain, reason); err != nil {
		return err
	}
	if person == OwnerNumber() {
		person, into = into, person
	}
	x.mu.RLock()
	person, into = x.people.resolve(x.view, person), x.people.resolve(x.view, into)
	x.mu.RUnlock()
	if person == into {
		return errors.New("merge: a person cannot be merged with themself")
	}
	for _, n := range []int64{person, into} {
		if n != OwnerNumber() && !x.hasPerson(n) {
			return noPerson(n)
		}
	}
	var drafts []draft
	for _, h := range x.handlesOf(person) {
		drafts = append(drafts, draft{actionLink, handleSubject{h.Key}, linkEntry{Person: into, Strength: Certain, Reason: reason}})
	}
	return x.say(ctx, append(drafts, draft{actionMerge, personSubject{person}, linkEntry{Into: into, Strength: Certain, Reason: reason}})...)
}

// Split takes back what was said last about a handle: it goes where it was
// before. A handle that only a rule puts together with others stands alone
// from then on.
func (x *Index) Split(ctx context.Context, handle, reason string) error {
	x.mu.RLock()
	_, said := x.people.last(handle)
	n := x.handles.number[handle]
	rule := n != 0 && int(n) <= len(x.view.handles) && x.view.identities().person[n] != 0
	x.mu.RUnlock()
	if !said && !rule {
		return fmt.Errorf("handle %q: it is not linked to anybody; what is linked to it can be split from it", handle)
	}
	return x.say(ctx, draft{actionSplit, handleSubject{handle}, linkEntry{Reason: reason, Apart: !said}})
}

// Name gives a person the name that a person knows them by; an empty one takes
// it back.
func (x *Index) Name(ctx context.Context, person int64, name string) error {
	if !x.hasPerson(person) {
		return noPerson(person)
	}
	return x.say(ctx, draft{actionName, personSubject{person}, linkEntry{Name: Spaced(name)}})
}

func noPerson(n int64) error { return fmt.Errorf("person %d: there is none in this case", n) }

func (x *Index) say(ctx context.Context, drafts ...draft) error {
	if _, err := x.record(ctx, drafts...); err != nil {
		return fmt.Errorf("people: %w", err)
	}
	return nil
}

func checkLink(s Strength, reason string) error {
	if !slices.Contains([]Strength{Certain, Likely, Possible, Unknown}, s) {
		return fmt.Errorf("link: strength %q is none of certain, likely, possible, unknown", s)
	}
	if strings.TrimSpace(reason) == "" {
		return errors.New("link: it needs a reason")
	}
	return nil
}

func (x *Index) hasHandle(key string) bool {
	return len(x.liveHandles(func(n uint32) bool { return x.view.handles[n-1].Key == key })) > 0
}

func (x *Index) hasPerson(person int64) bool { return len(x.handlesOf(person)) > 0 }

// PersonFrom is the number of the person whom an event is from, or whom an incident
// names, as People has it; 0 where that is nobody whom the data have.
func (x *Index) PersonFrom(r Row) int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	own := NewHandle(r.From, r.Source.Importer, r.Source.Item).PersonNumber()
	if n := x.view.identities().handle[own]; n != 0 && r.From != (Party{}) {
		return x.people.personOf(x.view, n)
	}
	return 0
}

// HandlesOf are the handles of a person.
func (x *Index) HandlesOf(person int64) []Handle { return x.handlesOf(person) }

func (x *Index) handlesOf(person int64) []Handle {
	return x.liveHandles(func(n uint32) bool { return x.people.personOf(x.view, n) == person })
}

// liveHandles gives the handles of events that are shown.
func (x *Index) liveHandles(is func(n uint32) bool) []Handle {
	x.mu.RLock()
	defer x.mu.RUnlock()
	v := x.view
	var out []Handle
	seen := make([]bool, len(v.handles)+1)
	for i := range v.speakers {
		n := v.handleOf[i]
		if seen[n] || !v.speaks[i+1] {
			continue
		}
		seen[n] = true
		if is(n) {
			out = append(out, v.handles[n-1])
		}
	}
	return out
}
