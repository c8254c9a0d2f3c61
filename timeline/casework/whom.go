package casework

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"daybook/timeline"
)

// whom is whom the field “against” of an order or a notice names.
type whom struct {
	names  []string
	sure   map[int64]bool // persons
	unsure map[int64]bool // persons of one name: it is one of these, and nothing says which
	many   []Several
}

// Several are the persons who have one name, and whom nobody has joined.
type Several struct {
	Name    string
	Persons []Who
}

// mostMeant is how many of one name are listed.
const mostMeant = 6

// String says it, and how each of them is named.
func (s Several) String() string {
	var each []string
	for _, p := range s.Persons[:min(len(s.Persons), mostMeant)] {
		each = append(each, fmt.Sprintf("%s #%d%s", s.Name, p.Person, p.Apart(func(in string) string { return in })))
	}
	if len(s.Persons) > mostMeant {
		each = append(each, "…")
	}
	return fmt.Sprintf(sayManyCalled, s.Name, len(s.Persons), strings.Join(each, ", "))
}

// onePerson is a name with the number of the person who is meant, or that alone.
var onePerson = regexp.MustCompile(`^(.*?)\s*#\s*(\d{1,18})$`)

// whomNamed reads such a field: names and numbers as People has them, with semicolons
// between, and of a name that several have the number of one behind it, as “Jo #17”. A
// name that several persons have is nobody's for certain, unless the field names one of
// them in another way too.
func whomNamed(x *timeline.Index, text string) whom {
	w := whom{sure: map[int64]bool{}, unsure: map[int64]bool{}}
	for _, name := range strings.Split(text, ";") {
		name = strings.TrimSpace(name)
		if m := onePerson.FindStringSubmatch(name); m != nil && known(x, x.Called(m[2])) {
			name = m[1]
			maps.Copy(w.sure, x.Called(m[2]))
		} else {
			w.called(x, name)
		}
		if name != "" {
			w.names = append(w.names, name)
		}
	}
	w.settle(w.sure)
	return w
}

// known tells that somebody among some persons is in the data.
func known(x *timeline.Index, persons map[int64]bool) bool {
	for n := range persons {
		if len(x.HandlesOf(n)) > 0 {
			return true
		}
	}
	return false
}

// called takes those who are called so. A name that was only written down is no account
// of anybody, and is the name as it is typed.
func (w *whom) called(x *timeline.Index, name string) {
	all := x.Called(name)
	var accounts []Who
	for _, n := range slices.Sorted(maps.Keys(all)) {
		if under := underOf(x, n); n != timeline.OwnerNumber() && (len(under) != 1 || !under[0].written()) {
			accounts = append(accounts, Who{n, under})
		}
	}
	if len(accounts) > 1 {
		w.many = append(w.many, Several{name, accounts})
		for _, p := range accounts {
			delete(all, p.Person)
		}
	}
	maps.Copy(w.sure, all)
}

// settle takes of the persons of one name those who are said to be meant, and leaves
// the others out; of a name of which nobody is, all stay unsure.
func (w *whom) settle(meant map[int64]bool) {
	unsaid := w.many[:0:0]
	for _, s := range w.many {
		said := false
		for _, p := range s.Persons {
			if meant[p.Person] {
				w.sure[p.Person], said = true, true
			}
		}
		if !said {
			unsaid = append(unsaid, s)
		}
	}
	w.many = unsaid
	clear(w.unsure)
	for _, s := range w.many {
		for _, p := range s.Persons {
			w.unsure[p.Person] = true
		}
	}
}

// all are the persons, and who may be meant.
func (w whom) all() map[int64]bool {
	all := maps.Clone(w.sure)
	maps.Copy(all, w.unsure)
	return all
}

// ManyCalled are the names in an entry of which it says against whom an order is, or to
// whom a notice, that several persons have: what these did is counted for nobody.
func ManyCalled(x *timeline.Index, v timeline.RegisteredVersion) []Several {
	if v.Kind != timeline.CourtOrder && v.Kind != timeline.Notice {
		return nil
	}
	return whomNamed(x, v.Fields["against"]).many
}
