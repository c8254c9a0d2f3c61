package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Who is who. These are all the rules by which handles are put together; what a
// person says (see Index.Link, Merge, Split) goes before each of them.
//
//	certain   the same telephone number (E.164; without a country code it is
//	          taken to be British, and what was printed is kept), the same
//	          e-mail address (A to Z without capitals), the same account of one
//	          sort of export: the address itself is one, whoever uses it.
//	certain   the owners of exports to whom a person gave one name when they
//	          added them. Two names are two persons.
//	likely    the owners of all exports, as far as these say by themselves that
//	          somebody is their owner (a sent box): a case is begun with one's
//	          own exports. Not where a person gave two names, nor where in some
//	          export the owner of another one is somebody else (owners.go).
//	likely    one name in one export that shows no address: apps tell people
//	          apart by their names there, and two of one name look the same.
//	likely    two persons of the same display name, where an app's own notice
//	          gives that name together with an address.
//	likely    two persons of the same display name, under which one message
//	          stands in the exports of both.
//	possible  two persons of the same display name. Names are chosen freely.
//
//	likely    what a person said of a number or account whose user nobody knows:
//	possible  who it may be, with the reasons for it and against it (attribution.go).
//	unknown
//
// Only what is certain, one name within one export, and the owners of exports
// are counted together. Other likely and possible links between persons are stated beside both and join
// nothing until the person keeping the case says so, which is in the journal.

// identities are what the rules find in a view.
type identities struct {
	owners
	handle  map[int64]uint32    // by the number of the person that it is by itself
	sentOne map[string][]string // by a handle's key: the others that sent the same message, in another export of it
	lookalikes
}

// lookalikes are the names that can be taken for another.
type lookalikes struct{ speakers, sets, handles []bool }

func (v *view) identities() *identities {
	v.looking.Do(func() {
		v.found.handle = make(map[int64]uint32, len(v.own))
		for i, n := range v.own {
			v.found.handle[n] = uint32(i + 1)
		}
		v.found.owners = v.owners()
		v.found.lookalikes = v.lookalikes()
		v.found.sentOne = v.sentOne()
	})
	return &v.found
}

// sentOne finds the senders of what is counted once, where exports know them by
// handles of their own.
func (v *view) sentOne() map[string][]string {
	out := map[string][]string{}
	for _, a := range v.copies.byDoc {
		one, other := v.senderOf(a.doc), v.senderOf(a.as)
		if one != other && one != "" && other != "" && !slices.Contains(out[one], other) {
			out[one], out[other] = append(out[one], other), append(out[other], one)
		}
	}
	return out
}

// senderOf is the key of the handle that an event is from; empty where it is from
// nobody.
func (v *view) senderOf(doc uint32) string {
	s, pos := v.at(doc)
	if n := s.from[pos]; n != 0 {
		return v.handles[v.handleOf[n-1]-1].Key
	}
	return ""
}

// forms are what of a speaker can be taken for another's: the name, and the
// address but for a number.
func (v *view) forms(speaker int) [2]string {
	forms := [2]string{norm.NFC.String(v.speakers[speaker].Name)}
	if h := v.handles[v.handleOf[speaker]-1]; h.Kind == EmailHandle || h.Kind == AccountHandle {
		forms[1] = h.Address
	}
	return forms
}

// lookalikes finds the names that hold what cannot be seen or letters of two
// alphabets in one word, and those that are written otherwise than another and
// look the same.
func (v *view) lookalikes() lookalikes {
	type look struct {
		form string
		many bool
	}
	looks := map[string]look{}
	keys := make([][2]string, len(v.speakers))
	for i := range v.speakers {
		if !v.speaks[i+1] {
			continue
		}
		for k, form := range v.forms(i) {
			if form == "" {
				continue
			}
			key := "=" + Skeleton(form) // a name of nothing but what has no shape has one too
			keys[i][k] = key
			l, ok := looks[key]
			looks[key] = look{cmp.Or(l.form, form), l.many || ok && l.form != form || Odd(form)}
		}
	}
	out := lookalikes{make([]bool, len(v.speakers)+1), make([]bool, len(v.sets)+1), make([]bool, len(v.handles)+1)}
	for i, k := range keys {
		if looks[k[0]].many || looks[k[1]].many {
			out.speakers[i+1], out.handles[v.handleOf[i]] = true, true
		}
	}
	for i, set := range v.sets {
		out.sets[i+1] = slices.ContainsFunc(set, func(n uint32) bool { return out.speakers[n] })
	}
	return out
}

// at tells whether a name of an event can be taken for another.
func (l *lookalikes) at(s *segment, pos uint32) bool {
	return l != nil && (l.speakers[s.from[pos]] || l.sets[s.to[pos]])
}

// flag adds what only the whole case can tell about an event.
func (v *view) flag(e *Event, doc uint32) {
	s, pos := v.at(doc)
	if v.identities().at(s, pos) && !slices.Contains(e.Flags, NameLookalike) {
		e.Flags = append(e.Flags, NameLookalike)
	}
}

// byRule is the strength of a handle's own link, and why.
func (v *view) byRule(n uint32, l *Link) (Strength, string) {
	if who := v.identities(); who.person[n] != 0 {
		return who.why(n, l)
	}
	switch l.Kind {
	case PhoneHandle:
		if i := slices.IndexFunc(l.Printed, national); i >= 0 {
			return Certain, "one telephone number; " + l.Printed[i] + " is printed without a country code and taken to be British"
		}
		return Certain, "one telephone number"
	case EmailHandle:
		return Certain, "one e-mail address"
	case AccountHandle:
		return Certain, "one account or short number of " + l.Importer
	}
	if l.Address == "" {
		return Unknown, fmt.Sprintf("item %d gives neither name nor address", l.Item)
	}
	if l.Item == 0 {
		return Likely, "one name in what was written down here; two people of one name would look the same"
	}
	return Likely, fmt.Sprintf("one name in item %d, which gives no address; two people of one name would look the same", l.Item)
}

// national tells a printed number without a country code.
func national(printed string) bool {
	return Phone(printed) != "" && !strings.ContainsRune(printed, '+') && !strings.HasPrefix(strings.TrimSpace(printed), "00")
}
