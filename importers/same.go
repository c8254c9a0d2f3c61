package importers

import (
	"daybook/evidence"
	"daybook/timeline"
)

// A twin is an item of the same bytes that the same importer has read to its
// end, in this act or before; a single thing, which is one record whatever of it
// could be read, in part too. A file added again is an item of its own, and what
// it tells is counted once.
type twin struct {
	item    int64
	found   int  // files that its records name and that were there
	missing bool // some were not: they may be this time
	answers bool // this time there are answers that it was read without
}

// twins are the readings of this act, by what makes a twin.
type twins map[twinKey]twin

type twinKey struct {
	hash     evidence.Hash
	importer string
	name     string // of a single thing, whose name may tell its time
}

func keyOfTwin(it evidence.Item, info Info) twinKey {
	k := twinKey{hash: it.Hash, importer: info.Name}
	if info.Single {
		k.name = it.Name
	}
	return k
}

// twin looks for one; an item of 0 is none.
func (a *act) twin(it evidence.Item, info Info, assume Assume) (twin, error) {
	if t := a.twins[keyOfTwin(it, info)]; t.item != 0 {
		return t, nil
	}
	others, err := a.Case.ItemsByHash(it.Hash)
	if err != nil {
		return twin{}, err
	}
	for _, n := range others {
		r, ok := a.Index.Reading(n)
		if n == it.Number || !ok {
			continue
		}
		other, err := a.Case.Item(n)
		if err != nil {
			return twin{}, err
		}
		if keyOfTwin(other, info) == keyOfTwin(it, info) && r.Importer == info.Name && r.Version == info.Version && (r.Broken == "" || info.Single) {
			return twin{n, r.Found, r.Missing > 0, !within(assume.facts(), r.Assume)}, nil
		}
	}
	return twin{}, nil
}

// within tells whether everything in a is in b.
func within(a, b map[string]string) bool {
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// sameAs states that an item is not read because its twin was.
func (a *act) sameAs(it evidence.Item, t twin) {
	a.rec.Same = append(a.rec.Same, timeline.Same{Item: it.Number, Path: it.Path, As: t.item})
}
