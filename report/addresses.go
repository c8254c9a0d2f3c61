package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"daybook/report/protected"
	"daybook/timeline"
)

// addresses tells whose numbers, e-mail addresses and accounts a served pack
// withholds. Names stay. It is nil in a full pack, which withholds none.
type addresses struct {
	own    bool              // those of the owner of the exports are withheld
	theirs bool              // those of everybody else are, but for the persons whom the pack is about
	person map[string]int64  // by handle
	place  map[int64]int     // what a person without a name is called in this pack: their number in the case is made from the address
	called map[string]string // by handle, what other rows call it
	owners map[int64]bool
	about  []int64
	list   []string          // those that are withheld
	words  *strings.Replacer // takes them out of names of files and conversations
	spelt  *protected.Words  // takes them out of what a machine read, however it is written there
	shown  map[string]string // by handle, the addresses that are not withheld with it
}

// gatherAddresses gathers those of the case, and in which words they may stand.
func (p *planner) gatherAddresses() *addresses {
	a := &addresses{
		own: !p.shows(ShowOwn), theirs: !p.shows(ShowAddresses), about: p.sel.About,
		person: map[string]int64{}, place: map[int64]int{}, called: map[string]string{}, owners: map[int64]bool{}, shown: map[string]string{},
	}
	var known []string
	people := p.x.People()
	a.number(people, nil)
	for _, who := range people {
		a.owners[who.Number] = who.Owner
		for _, l := range who.Handles {
			a.person[l.Key] = who.Number
			if !a.withholds(kindOf(l.Handle), who.Owner, who.Number) {
				continue
			}
			a.list = append(a.list, l.Address)
			if i := slices.IndexFunc(l.Names(), func(name string) bool { return !isAddress(name) }); i >= 0 {
				a.called[l.Key] = l.Names()[i]
			}
			known = append(known, forms(l.Address)...)
			for _, printed := range l.Printed {
				if isAddress(printed) {
					known = append(known, forms(printed)...)
				}
			}
		}
	}
	for _, r := range p.x.Readings() {
		if owner := r.Assume["owner"]; a.own && isAddress(owner) {
			known = append(known, forms(owner)...)
		}
	}
	slices.SortFunc(known, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, k := range slices.Compact(known) {
		pairs = append(pairs, k, sayAddress)
	}
	a.words = strings.NewReplacer(pairs...)
	var spelt []protected.Word
	for _, l := range a.list {
		as := protected.Number
		if strings.Contains(l, "@") {
			as = protected.Plain
		}
		if len(l) >= leastAddress {
			spelt = append(spelt, protected.Word{Text: l, Mark: sayAddress, As: as})
		}
	}
	a.spelt = protected.New(spelt)
	return a
}

// number gives each person a number in this pack: the one that a pack before gave
// them, or one that it gave to nobody.
func (a *addresses) number(people []timeline.Person, before map[int64]int) {
	last := 0
	for _, n := range before {
		last = max(last, n)
	}
	clear(a.place)
	maps.Copy(a.place, before)
	for _, who := range people {
		if a.place[who.Number] == 0 {
			last++
			a.place[who.Number] = last
		}
	}
}

// withholds tells whether an address is kept out. An account of somebody else is
// what they are called there; the owner's own leads to them.
func (a *addresses) withholds(kind timeline.HandleKind, owner bool, person int64) bool {
	switch kind {
	case timeline.NameHandle:
		return false
	case timeline.AccountHandle:
		return owner && a.own
	}
	if owner {
		return a.own
	}
	return a.theirs && !slices.Contains(a.about, person)
}

// kindOf is the kind of a handle; exports name strangers by their number, so that
// a name may be one.
func kindOf(h timeline.Handle) timeline.HandleKind {
	if h.Kind == timeline.NameHandle && isAddress(h.Address) {
		return timeline.NewHandle(timeline.Party{Address: h.Address}, "", 0).Kind
	}
	return h.Kind
}

// clean takes withheld addresses out of a name.
func (a *addresses) clean(s string) string {
	if a == nil {
		return s
	}
	return a.words.Replace(s)
}

// read takes withheld addresses out of words that a machine read.
func (a *addresses) read(s string) string {
	if a == nil {
		return s
	}
	return a.spelt.Clean(s)
}

// printed tells that rows show an address: no protected word takes it out.
func (g *gate) printed(handle string) bool {
	address := g.addresses.shown[handle]
	return address != "" && !g.words.In(address)
}

// aboutShown counts those whom a served pack is about and whose addresses it shows,
// and notes for its maker those who have one among the protected words.
func (p *planner) aboutShown() {
	p.b.About = 0
	if p.gate == nil {
		return
	}
	for _, who := range p.x.People() {
		if !slices.Contains(p.sel.About, who.Number) {
			continue
		}
		if slices.ContainsFunc(who.Handles, func(l timeline.Link) bool { return p.gate.printed(l.Key) }) {
			p.b.About++
		}
		if slices.ContainsFunc(who.Handles, func(l timeline.Link) bool { return isAddress(l.Address) && p.gate.words.In(l.Address) }) {
			p.b.Told.Contradicted = append(p.b.Told.Contradicted, cmp.Or(who.Shown(), sayNotNamed))
		}
	}
}

// typed is an account as a person wrote it down, where it is no address that is
// withheld.
func (a *addresses) typed(s string) string {
	h := timeline.NewHandle(timeline.Party{Address: s}, "", 0)
	if n := a.person[h.Key]; isAddress(s) && a.withholds(h.Kind, a.owners[n], n) {
		return sayAddress
	}
	return a.clean(s)
}

// given is the name that a person gave of the owner of an export; empty where it
// is an address that is withheld.
func (a *addresses) given(name string) string {
	if name = a.clean(name); name == sayAddress {
		return ""
	}
	return name
}

// row gives a row without the addresses that are withheld. The words that somebody
// wrote stay.
func (a *addresses) row(r timeline.Row) timeline.Row {
	if a == nil {
		return r
	}
	r.From = a.party(r.From, r)
	r.To = slices.Clone(r.To)
	for i := range r.To {
		r.To[i] = a.party(r.To[i], r)
	}
	if r.Kind == timeline.Contact { // its words are those of its reader, and name its numbers
		r.Text = a.read(r.Text)
	}
	r.Owner = a.given(r.Owner)
	r.Thread, r.Source.Path, r.Source.Record = a.clean(r.Thread), a.clean(r.Source.Path), a.clean(r.Source.Record)
	r.Also = slices.Clone(r.Also)
	for i := range r.Also {
		r.Also[i].Path = a.clean(r.Also[i].Path)
	}
	r.Files = slices.Clone(r.Files)
	for i := range r.Files {
		r.Files[i].Name, r.Files[i].Path = a.clean(r.Files[i].Name), a.clean(r.Files[i].Path)
	}
	r.Claims = slices.Clone(r.Claims)
	for i := range r.Claims {
		r.Claims[i].Note = a.clean(r.Claims[i].Note)
	}
	return r
}

// keepsCard tells that a row is a card of an address book which is of nobody whom the
// pack is about: it would tell whom somebody knows, family and helpers among them, and
// where to reach them.
func (g *gate) keepsCard(r timeline.Row) bool {
	if g == nil || r.Kind != timeline.Contact {
		return false
	}
	return !slices.ContainsFunc(r.To, func(who timeline.Party) bool {
		h := timeline.NewHandle(who, r.Source.Importer, r.Source.Item)
		return slices.Contains(g.addresses.about, g.addresses.person[h.Key])
	})
}

// redacted tells that a row is shown without an address that it has: its
// original has it too.
func (g *gate) redacted(r, shown timeline.Row) bool {
	return g != nil && (r.From != shown.From || !slices.Equal(r.To, shown.To) || r.Thread != shown.Thread || r.Source != shown.Source)
}

// of tells by which handle a row has somebody, which person that is, whether an export is
// theirs, and whether their address is withheld.
func (a *addresses) of(who timeline.Party, r timeline.Row) (h timeline.Handle, person int64, owner, withheld bool) {
	h = timeline.NewHandle(who, r.Source.Importer, r.Source.Item)
	person = a.person[h.Key]
	owner = who.Owner || a.owners[person]
	return h, person, owner, a.withholds(kindOf(h), owner, person)
}

// note notes the addresses that a row shows. It is done where the rows are counted, and
// not where they are shown: several walk them at the same time while a bundle is written.
func (a *addresses) note(r timeline.Row) {
	for _, who := range append([]timeline.Party{r.From}, r.To...) {
		if h, _, _, withheld := a.of(who, r); !withheld && kindOf(h) != timeline.NameHandle {
			a.shown[h.Key] = cmp.Or(who.Address, who.Name)
		}
	}
}

// party is somebody without an address that is withheld: under their name, or
// under the number that the case counts the person by.
func (a *addresses) party(who timeline.Party, r timeline.Row) timeline.Party {
	h, n, owner, withheld := a.of(who, r)
	if !withheld {
		return who
	}
	if isAddress(who.Name) || who.Name == who.Address {
		who.Name = ""
	}
	who.Address, who.Name = "", a.clean(who.Name)
	if who.Name != "" {
		return who
	}
	if who.Owner = owner; !owner {
		who.Name = fmt.Sprintf(sayWithheldAddress, a.place[n])
		if called := a.clean(a.called[h.Key]); called != "" {
			who.Name = fmt.Sprintf(sayWithheldCalled, a.place[n], called)
		}
	}
	return who
}

// isAddress tells that a name is a telephone number or an e-mail address.
func isAddress(s string) bool {
	h := timeline.NewHandle(timeline.Party{Address: s}, "", 0)
	return h.Kind == timeline.PhoneHandle || h.Kind == timeline.EmailHandle
}

// leastAddress is how short an address is that can be told from other words.
const leastAddress = 6

// forms are the ways in which an address may stand in the name of a file.
func forms(address string) (all []string) {
	address = strings.TrimSpace(address)
	bare := strings.TrimPrefix(address, "+")
	all = []string{address, bare, strings.ReplaceAll(bare, " ", "")}
	if home, ok := strings.CutPrefix(bare, "44"); ok && !strings.Contains(bare, "@") {
		all = append(all, "0"+home)
	}
	if strings.Contains(address, "@") {
		all = append(all, strings.ToLower(address))
	}
	return slices.DeleteFunc(all, func(s string) bool { return len(s) < leastAddress })
}
