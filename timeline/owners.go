package timeline

import (
	"fmt"
	"slices"
	"strings"
)

// owners are whose exports the case holds, as far as rules go.
type owners struct {
	person  []int64  // by handle, from 1: the owner whose handle it is; 0: it is put together with nobody
	given   []string // by handle, from 1: the name that a person gave of its owner when they added the export
	many    bool     // several handles are put together with no name to say so
	several string   // why the exports may be those of several people; empty: nothing says so
}

// Why the owners of exports may be several people.
const (
	severalNames  = "each is the owner of an export; a person who added them named the owners differently, so they may be several people"
	severalAcross = "each is the owner of an export; in one of them the owner of another is somebody else, so they may be several people"
)

// OwnerNumber is the number of the person whose exports the case holds.
func OwnerNumber() int64 { return personNumber("owner") }

// owners finds the handles of the owners of exports, and which of them are one.
func (v *view) owners() owners {
	o := owners{person: make([]int64, len(v.handles)+1), given: make([]string, len(v.handles)+1)}
	is := make([]bool, len(v.handles)+1)
	for i, s := range v.speakers {
		is[v.handleOf[i]] = is[v.handleOf[i]] || v.speaks[i+1] && s.Owner
	}
	names := v.namedOwners(o.given)
	several, unnamed := len(names.all()) > 1, 0
	for n := range is {
		switch {
		case !is[n]:
		case !several:
			o.person[n] = OwnerNumber()
		case o.given[n] != "":
			o.person[n] = personNumber("owner\n" + names.first(o.given[n]))
		}
		if is[n] && o.given[n] == "" {
			unnamed++
		}
	}
	o.many = unnamed > 1 || unnamed == 1 && len(names) > 0
	if several {
		o.several = severalNames
	}
	if v.acrossOwners(is, o.person) {
		o.person, o.several = make([]int64, len(v.handles)+1), severalAcross
	}
	return o
}

// why is how sure it is that a handle is one of an owner's.
func (o *owners) why(n uint32, l *Link) (Strength, string) {
	const says = "the export itself says that this is its owner"
	switch name := o.given[n]; {
	case name != "" && l.Kind == NameHandle && strings.EqualFold(name, l.Address):
		return Certain, fmt.Sprintf("a person named the owner of item %d so", l.Item)
	case name != "":
		return Certain, says + ", and a person named its owner " + Shown(name)
	case o.many:
		return Likely, says + "; the owners of all exports are taken to be one, for a case is begun with one's own"
	}
	return Certain, says
}

// ownerNames are the names that a person gave of owners of exports. Two of one
// handle are one.
type ownerNames map[string]string

// first is the name that stands for a name.
func (o ownerNames) first(name string) string {
	name = foldName(name)
	for o[name] != name {
		name = o[name]
	}
	return name
}

func (o ownerNames) join(a, b string) {
	a, b = o.first(a), o.first(b)
	o[max(a, b)] = min(a, b)
}

// all are the names that are not one.
func (o ownerNames) all() (names []string) {
	for name, as := range o {
		if name == as {
			names = append(names, name)
		}
	}
	return names
}

// namedOwners finds the names that a person gave of the owners of exports, by
// handle.
func (v *view) namedOwners(given []string) ownerNames {
	names := ownerNames{}
	for _, s := range v.segments {
		for _, p := range s.parts {
			name := strings.TrimSpace(p.reading.Assume["owner"])
			if name == "" || !v.lives(p.reading) {
				continue
			}
			v.eachOwner(s, p, func(n uint32) {
				if _, known := names[foldName(name)]; !known {
					names[foldName(name)] = foldName(name)
				}
				if given[n] == "" {
					given[n] = name
				}
				names.join(given[n], name)
				given[n] = min(given[n], name)
			})
		}
	}
	return names
}

// eachOwner gives the handles of the owners in a part of a segment, each again
// and again.
func (v *view) eachOwner(s *segment, p part, owner func(n uint32)) {
	seen := uint32(0)
	for pos := p.from; pos < p.to; pos++ {
		if n := s.from[pos]; n != 0 && v.speakers[n-1].Owner {
			owner(v.handleOf[n-1])
		}
		if n := s.to[pos]; n != seen && n != 0 {
			seen = n
			for _, m := range v.sets[n-1] {
				if v.speakers[m-1].Owner {
					owner(v.handleOf[m-1])
				}
			}
		}
	}
}

// Marks of a speaker.
const (
	asOwner = 1 << iota // the owner of the export
	asOther             // not so, though another export has the handle as its owner's
)

// acrossOwners tells whether an event is between somebody as an owner and another
// handle of the same person as an owner elsewhere.
func (v *view) acrossOwners(owners []bool, person []int64) bool {
	is, any := make([]uint8, len(v.speakers)+1), false
	for i, s := range v.speakers {
		switch {
		case s.Owner:
			is[i+1] = asOwner
		case owners[v.handleOf[i]] && v.speaks[i+1]:
			is[i+1], any = asOther, true
		}
	}
	if !any {
		return false
	}
	sets := make([]uint8, len(v.sets)+1)
	for i, set := range v.sets {
		for _, n := range set {
			sets[i+1] |= is[n]
		}
	}
	for slot, s := range v.segments {
		for pos := range uint32(s.len()) {
			if is[s.from[pos]]|sets[s.to[pos]] == asOwner|asOther && v.live[slot].has(pos) && v.apart(is, person, s, pos) {
				return true
			}
		}
	}
	return false
}

// apart tells that the owner of an event is another handle than one that is put
// together with it as an owner elsewhere: nobody is somebody else for writing to
// themself.
func (v *view) apart(is []uint8, person []int64, s *segment, pos uint32) bool {
	var owner, other []uint32
	note := func(n uint32) {
		switch {
		case n == 0:
		case is[n] == asOwner:
			owner = append(owner, v.handleOf[n-1])
		case is[n] == asOther:
			other = append(other, v.handleOf[n-1])
		}
	}
	note(s.from[pos])
	if n := s.to[pos]; n != 0 {
		for _, m := range v.sets[n-1] {
			note(m)
		}
	}
	return slices.ContainsFunc(other, func(h uint32) bool {
		return person[h] != 0 && !slices.Contains(owner, h) && slices.ContainsFunc(owner, func(o uint32) bool { return person[o] == person[h] })
	})
}
