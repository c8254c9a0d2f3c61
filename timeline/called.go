package timeline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Called finds the one handle that a person means: by its key, its address, a
// number in any form, or a name as printed.
func Called(people []Person, text string) (Link, error) {
	var found []Link
	for _, p := range people {
		for _, l := range p.Handles {
			if l.Key == text {
				return l, nil
			}
			if l.called(text) {
				found = append(found, l)
			}
		}
	}
	switch len(found) {
	case 0:
		return Link{}, fmt.Errorf("handle %q: it is nowhere in the data", text)
	case 1:
		return found[0], nil
	}
	var keys []string
	for _, l := range found {
		keys = append(keys, strconv.Quote(l.Key))
	}
	return Link{}, fmt.Errorf("handle %q: there are %d of them; name one of %s", text, len(found), strings.Join(keys, ", "))
}

func (l *Link) called(text string) bool {
	text = Spaced(text)
	return text != "" && (strings.EqualFold(Spaced(l.Address), text) || strings.EqualFold(Spaced(l.Given), text) || l.Kind == PhoneHandle && l.Address == Phone(text) ||
		l.Kind == EmailHandle && l.Address == foldMail(text) ||
		slices.ContainsFunc(l.Printed, func(printed string) bool { return strings.EqualFold(Spaced(printed), text) }))
}

// CalledPerson finds the one person that a number, a handle as Called takes it,
// or a name stands for.
func CalledPerson(people []Person, text string) (Person, error) {
	found := CalledPeople(people, text)
	switch n, err := strconv.ParseInt(text, 10, 64); {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return Person{}, severalCalled(found, text)
	case err == nil:
		return Person{}, noPerson(n)
	}
	return Person{}, fmt.Errorf("handle %q: it is nowhere in the data", text)
}

// CalledPeople finds everybody whom a number, a handle as Called takes it, or a
// name stands for, with capitals or without: the persons, whichever of their
// handles bears the name.
func CalledPeople(people []Person, text string) []Person {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		if i := slices.IndexFunc(people, func(p Person) bool { return p.Number == n }); i >= 0 {
			return people[i : i+1]
		}
	}
	var found []Person
	for i := range people {
		p := &people[i]
		if text != "" && strings.EqualFold(Spaced(p.Given), Spaced(text)) || slices.ContainsFunc(p.Handles, func(l Link) bool { return l.Key == text || l.called(text) }) {
			found = append(found, *p)
		}
	}
	return found
}

// mostCalled is how many persons of one name are listed.
const mostCalled = 8

func severalCalled(found []Person, text string) error {
	var list []string
	for _, p := range found[:min(len(found), mostCalled)] {
		l := &p.Handles[0]
		handle := fmt.Sprintf("%s %s", l.Kind, l.Shown())
		if l.Kind == NameHandle && l.Item != 0 {
			handle += fmt.Sprintf(" in item %d", l.Item)
		}
		list = append(list, fmt.Sprintf("%d (%s; events: %d)", p.Number, handle, p.Events))
	}
	if len(found) > mostCalled {
		list = append(list, "…")
	}
	return fmt.Errorf("person %q: %d persons are called so; name one by the number: %s", text, len(found), strings.Join(list, ", "))
}

// OwnerNames gives the names of those whose exports these are, by handle: an
// export that does not name its owner is theirs all the same.
func OwnerNames(people []Person) map[string]string {
	names := map[string]string{}
	for i := range people {
		if p := &people[i]; p.Owner && p.Name != "" {
			for _, l := range p.Handles {
				names[l.Key] = p.Name
			}
		}
	}
	return names
}

// WirePerson is a person as one line of JSON: what people --json prints. Field
// names are stable.
type WirePerson struct {
	Person  int64         `json:"person"`
	Name    string        `json:"name"`
	Handles []WireHandle  `json:"handles"`
	First   string        `json:"first"`
	Last    string        `json:"last"`
	Events  int           `json:"events"`
	Sent    int           `json:"sent"`
	About   int           `json:"about,omitempty"` // incidents about them
	Owner   bool          `json:"owner,omitempty"`
	Shown   string        `json:"shown,omitempty"` // the name with what the eye passes over, where that is another
	Flags   []Flag        `json:"flags,omitempty"`
	Perhaps []WirePerhaps `json:"perhaps,omitempty"`
	Alike   []WireAlike   `json:"alike,omitempty"`
}

// WireHandle is a handle of a person.
type WireHandle struct {
	Handle   string     `json:"handle"`
	Address  string     `json:"address"`
	Kind     HandleKind `json:"kind"`
	Strength Strength   `json:"strength"`
	Reason   string     `json:"reason"`
	Printed  []string   `json:"printed"`
	First    string     `json:"first"`
	Last     string     `json:"last"`
	Events   int        `json:"events"`
	Sent     int        `json:"sent"`
	About    int        `json:"about,omitempty"`
	By       string     `json:"by,omitempty"`
	At       string     `json:"at,omitempty"`
	Owner    bool       `json:"owner,omitempty"`
	Given    string     `json:"given,omitempty"` // the name that a person gave of the owner of the export
	Shown    string     `json:"shown,omitempty"`
	Flags    []Flag     `json:"flags,omitempty"`
}

// WirePerhaps says who may be the same person.
type WirePerhaps struct {
	Persons  []int64  `json:"persons"`
	Strength Strength `json:"strength"`
	Reason   string   `json:"reason"`
	For      []string `json:"for,omitempty"`
	Against  []string `json:"against,omitempty"`
	By       string   `json:"by,omitempty"`
	At       string   `json:"at,omitempty"`
	Entry    uint64   `json:"entry,omitempty"`
}

// WireAlike says whose name looks like this person's.
type WireAlike struct {
	Name   string `json:"name"`
	Person int64  `json:"person"`
	Other  string `json:"other"`
}

// Wire gives the JSON form of a person.
func (p *Person) Wire() WirePerson {
	w := WirePerson{Person: p.Number, Name: p.Name, Handles: []WireHandle{}, First: wireMoment(p.First), Last: wireMoment(p.Last),
		Events: p.Events, Sent: p.Sent, About: p.About, Owner: p.Owner, Shown: ifOther(p.Shown(), p.Name)}
	if p.Flagged() {
		w.Flags = []Flag{NameLookalike}
	}
	for i := range p.Handles {
		l := &p.Handles[i]
		w.Handles = append(w.Handles, WireHandle{Handle: l.Key, Address: l.Address, Kind: l.Kind, Strength: l.Strength, Reason: l.Reason,
			Printed: append([]string{}, l.Printed...), First: wireMoment(l.First), Last: wireMoment(l.Last), Events: l.Events, Sent: l.Sent, About: l.About,
			By: l.By, At: wireMoment(l.At), Owner: l.Owner, Given: l.Given, Shown: ifOther(l.Shown(), l.Address), Flags: l.Flags})
	}
	for _, k := range p.Perhaps {
		others := slices.DeleteFunc(slices.Clone(k.Persons), func(n int64) bool { return n == p.Number })
		w.Perhaps = append(w.Perhaps, WirePerhaps{others, k.Strength, k.Reason, k.For, k.Against, k.By, wireMoment(k.At), k.Entry})
	}
	for _, a := range p.Alike {
		w.Alike = append(w.Alike, WireAlike(a))
	}
	return w
}

// Shown is the handle's address with what the eye passes over made visible.
func (l *Link) Shown() string {
	if len(l.Flags) > 0 {
		return SpeltOut(l.Address)
	}
	return Shown(l.Address)
}

func ifOther(shown, name string) string {
	if shown == name {
		return ""
	}
	return shown
}

func wireMoment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
