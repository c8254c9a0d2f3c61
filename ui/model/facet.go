package model

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"daybook/importers/all"
	"daybook/timeline"
)

// CountRule says to a person what the figures of the facets count.
const CountRule = "The figure beside each is how many events it would show; beside a person, those from them, to them and about them. Exports of chats often do not say to whom a message went: then it counts beside its sender alone."

// Facet is one list of filters: the values that can be ticked, and how many
// events each would show beside what is ticked in the other lists.
type Facet struct {
	Name   string
	Values []Value
}

// Value is one filter.
type Value struct {
	Key  string
	Name string
	N    int
	On   bool
}

// Shown is the number of events as text.
func (v Value) Shown() string { return thousands(v.N) }

// Said is the same in words.
func (v Value) Said() string { return count(v.N, "event") }

// The facets, by name.
const (
	PeopleFacet = "People"
	KindFacet   = "What it is"
	SourceFacet = "Where it came from"
	MarkFacet   = "Marks"
)

// Choice is what is ticked, by facet. Nothing ticked in a facet means all.
type Choice map[string][]string

// Toggle gives a choice in which one value is the other way round.
func (c Choice) Toggle(facet, key string) Choice {
	out := maps.Clone(c)
	if out == nil {
		out = Choice{}
	}
	if i := slices.Index(c[facet], key); i >= 0 {
		out[facet] = slices.Delete(slices.Clone(c[facet]), i, i+1)
	} else {
		out[facet] = append(slices.Clone(c[facet]), key)
	}
	if len(out[facet]) == 0 {
		delete(out, facet)
	}
	return out
}

// counter counts the values of one facet. Several places of a column may be one
// value.
type counter struct {
	name   string
	keys   []string
	titles []string
	on     []bool
	n      []int
	all    []int // without any choice: the order of the values does not jump with the ticks
	any    bool  // something is ticked
}

func newCounter(name string, c Choice) *counter { return &counter{name: name, any: len(c[name]) > 0} }

// value gives the place of a value, which is made where it is new.
func (f *counter) value(key, title string, c Choice) int {
	if i := slices.Index(f.keys, key); i >= 0 {
		return i
	}
	f.keys, f.titles = append(f.keys, key), append(f.titles, title)
	f.on, f.n = append(f.on, slices.Contains(c[f.name], key)), append(f.n, 0)
	f.all = append(f.all, 0)
	return len(f.keys) - 1
}

// facet gives the values, those with most events first.
func (f *counter) facet() Facet {
	order := make([]int, len(f.keys))
	for i := range order {
		order[i] = i
	}
	if f.name != PeopleFacet { // people stand in the order of the case
		slices.SortFunc(order, func(a, b int) int {
			return cmp.Or(cmp.Compare(f.all[b], f.all[a]), cmp.Compare(f.titles[a], f.titles[b]))
		})
	}
	out := Facet{Name: f.name}
	for _, i := range order {
		out.Values = append(out.Values, Value{f.keys[i], f.titles[i], f.n[i], f.on[i]})
	}
	return out
}

// chooser decides which events a choice lets through, and counts.
type chooser struct {
	s                             *timeline.Survey
	people, kinds, sources, marks *counter
	personOf, kindOf, sourceOf    []int // value of each place of the column
	groupOn                       []bool
	markOf                        map[int][]int
	uncoded                       []int  // what an event without any mark has: that nobody gave it a code
	register                      []bool // of each kind
	thread                        uint32
	threaded                      bool
	seen                          []int // scratch: persons of one event
}

// choose gives the events that a query lets through, and the counts. One pass
// over the columns does both: an event that one facet alone keeps out counts in
// that facet, and one that none keeps out counts in all. Only the events among
// which it is to choose are looked at.
func (b *base) choose(q Query, among iter.Seq[int32]) ([]Facet, []int32) {
	c := b.chooser(q)
	shown := make([]int32, 0, len(b.survey.Kind))
	for i := range among {
		if c.threaded && b.survey.Thread[i] != c.thread {
			continue
		}
		if c.count(int(i)) {
			shown = append(shown, i)
		}
	}
	var out []Facet
	for _, f := range []*counter{c.people, c.kinds, c.sources, c.marks} {
		out = append(out, f.facet())
	}
	return out, shown
}

// every is every event.
func (b *base) every() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for i := range b.survey.Kind {
			if !yield(int32(i)) {
				return
			}
		}
	}
}

func (b *base) chooser(q Query) *chooser {
	s := b.survey
	c := &chooser{s: s, people: newCounter(PeopleFacet, q.Choice), kinds: newCounter(KindFacet, q.Choice),
		sources: newCounter(SourceFacet, q.Choice), marks: newCounter(MarkFacet, q.Choice), markOf: map[int][]int{}}
	if q.Thread != "" {
		c.threaded, c.thread = true, uint32(slices.Index(s.Threads, q.Thread)+1)
	}
	c.castValues(b.cast, q.Choice)
	used := make([]bool, len(timeline.Kinds()))
	for _, k := range s.Kind {
		used[k] = true
	}
	for i, k := range timeline.Kinds() {
		c.kindOf, c.register = append(c.kindOf, -1), append(c.register, k.Register())
		if used[i] {
			c.kindOf[i] = c.kinds.value(string(k), kindName(k), q.Choice)
		}
	}
	b.sourceValues(c, q.Choice)
	for event, list := range s.Marks {
		for _, m := range list {
			for _, w := range markWords(m) {
				c.markOf[event] = append(c.markOf[event], c.marks.value(w, markLabel(w), q.Choice))
			}
		}
	}
	c.uncoded = []int{c.marks.value(uncodedKey, NoCode, q.Choice)}
	for event, list := range s.Marks {
		if !slices.ContainsFunc(list, func(m timeline.Mark) bool { return m.Code != "" }) {
			c.markOf[event] = append(c.markOf[event], c.uncoded[0])
		}
	}
	return c
}

// NoCode names the filter for what nobody gave a code; uncodedKey is no word that a
// mark can have.
const (
	NoCode     = "No code yet"
	uncodedKey = " no code"
)

// marksOf are the values of an event's marks. An entry of a register has no code, and
// waits for none.
func (c *chooser) marksOf(i int) []int {
	switch {
	case c.register[c.s.Kind[i]]:
		return slices.DeleteFunc(slices.Clone(c.markOf[i]), func(m int) bool { return m == c.uncoded[0] })
	case c.s.Marks[i] == nil:
		return c.uncoded
	}
	return c.markOf[i]
}

// castValues makes a value of every person, those with most events first.
func (c *chooser) castValues(cast *cast, choice Choice) {
	c.personOf = make([]int, len(c.s.Persons)+1)
	c.personOf[0] = -1
	for _, place := range cast.order {
		f := cast.faces[place]
		key := fmt.Sprint(c.s.Persons[place])
		c.people.keys, c.people.titles = append(c.people.keys, key), append(c.people.titles, f.Name)
		c.people.on, c.people.n = append(c.people.on, slices.Contains(choice[PeopleFacet], key)), append(c.people.n, 0)
		c.personOf[place+1] = len(c.people.keys) - 1
	}
	c.groupOn = make([]bool, len(c.s.Groups)+1)
	for i, g := range c.s.Groups {
		c.groupOn[i+1] = slices.ContainsFunc(g, func(p uint32) bool { return c.people.on[c.personOf[p]] })
	}
}

// sourceValues makes a value of every file that holds more than one event, and
// of every format the single files of which are events.
func (b *base) sourceValues(c *chooser, choice Choice) {
	n := make([]int, len(b.survey.Sources))
	for _, s := range b.survey.Source {
		n[s]++
	}
	titles := sourceTitles()
	byKey := map[string]int{}
	for i, o := range b.survey.Sources {
		key, name := "importer "+o.Importer, titles[o.Importer]+": single files"
		switch {
		case writtenHere(o.Importer) != "":
			name = writtenHere(o.Importer)
		case n[i] > 1:
			key, name = fmt.Sprint("item ", o.Item), b.sourceName(i)
		}
		v, ok := byKey[key]
		if !ok {
			v = c.sources.value(key, name, choice)
			byKey[key] = v
		}
		c.sourceOf = append(c.sourceOf, v)
	}
}

const writtenDown = "Written down in this case"

// writtenHere names what did not come from a file, by its importer; empty for what did.
func writtenHere(importer string) string {
	switch importer {
	case incidentSource:
		return writtenDown
	case "register":
		return "Entries of registers"
	}
	return ""
}

// Written tells that the name of a source is one of those.
func Written(name string) bool {
	return name == writtenHere(incidentSource) || name == writtenHere("register")
}

// sourceName is where the events of a place in Sources came from.
func (b *base) sourceName(i int) string {
	o := b.survey.Sources[i]
	title := sourceTitles()[o.Importer]
	if name := writtenHere(o.Importer); name != "" {
		return name
	}
	item, err := b.item(o.Item)
	if err != nil {
		return title
	}
	return oneLine(item.Name) + " (" + title + ")"
}

// incidentSource is the importer's name of what a person wrote down.
const incidentSource = "incident"

func sourceTitles() map[string]string {
	out := map[string]string{}
	for _, i := range all.Importers(nil) {
		out[i.Info().Name] = i.Info().Title
	}
	return out
}

// formatLimits are what the formats do not carry, by importer.
func formatLimits() map[string][]string {
	out := map[string][]string{}
	for _, i := range all.Importers(nil) {
		out[i.Info().Name] = i.Info().LeavesOut
	}
	return out
}

// count counts an event and tells whether it is shown.
func (c *chooser) count(i int) bool {
	s := c.s
	kind, source, marks := c.kindOf[s.Kind[i]], c.sourceOf[s.Source[i]], c.marksOf(i)
	c.kinds.all[kind]++
	c.sources.all[source]++
	for _, m := range marks {
		c.marks.all[m]++
	}
	out := 0 // facets that keep it out
	person := !c.people.any || s.From[i] != 0 && c.people.on[c.personOf[s.From[i]]] || c.groupOn[s.To[i]]
	inKind := !c.kinds.any || c.kinds.on[kind]
	inSource := !c.sources.any || c.sources.on[source]
	inMarks := !c.marks.any || slices.ContainsFunc(marks, func(m int) bool { return c.marks.on[m] })
	for _, in := range [...]bool{person, inKind, inSource, inMarks} {
		if !in {
			out++
		}
	}
	if out > 1 {
		return false
	}
	if out == 0 || !person {
		c.countPeople(i)
	}
	if out == 0 || !inKind {
		c.kinds.n[kind]++
	}
	if out == 0 || !inSource {
		c.sources.n[source]++
	}
	if out == 0 || !inMarks {
		for _, m := range marks {
			c.marks.n[m]++
		}
	}
	return out == 0
}

// countPeople counts an event once for everybody in it.
func (c *chooser) countPeople(i int) {
	c.seen = c.seen[:0]
	if from := c.s.From[i]; from != 0 {
		c.seen = append(c.seen, c.personOf[from])
	}
	if g := c.s.To[i]; g != 0 {
		for _, p := range c.s.Groups[g-1] {
			if v := c.personOf[p]; !slices.Contains(c.seen, v) {
				c.seen = append(c.seen, v)
			}
		}
	}
	for _, v := range c.seen {
		c.people.n[v]++
	}
}

// markLabel is such a word as it is shown.
func markLabel(w string) string {
	if w == timeline.OwnAct {
		return "own act"
	}
	return w
}

// markWords are the words by which a mark can be asked for.
func markWords(m timeline.Mark) []string {
	var out []string
	for _, w := range []string{m.Code, m.Tag} {
		if w != "" {
			out = append(out, w)
		}
	}
	if m.Exhibit {
		out = append(out, "exhibit")
	}
	if m.LeftOut != "" {
		out = append(out, "left out")
	}
	if m.Note != "" {
		out = append(out, "note")
	}
	return out
}

// kindName is a kind as the heading of many: "messages".
func kindName(k timeline.Kind) string {
	switch k {
	case timeline.Email:
		return "e-mails"
	case timeline.Audio:
		return "voice notes and sound"
	case timeline.System:
		return "notices by an app"
	case timeline.Contact:
		return "contact cards"
	case timeline.Incident:
		return "written down by a person"
	case timeline.LifeChange:
		return "changes to daily life"
	case timeline.CourtOrder:
		return "orders and conditions"
	case timeline.Breach:
		return "possible breaches"
	case timeline.Support:
		return "referrals and support"
	case timeline.Assessment:
		return "risk assessments by others"
	case timeline.InfoRequest:
		return "requests for own information"
	case timeline.Enquiry:
		return "lines of enquiry"
	case timeline.Considered:
		return "offences and orders considered"
	case timeline.Wish:
		return "wishes about an order"
	case timeline.Helper:
		return "people who help"
	case timeline.Attendance:
		return k.Title()
	case timeline.Answer:
		return "answers for papers"
	case timeline.Family:
		return "effects on family, school and work"
	case timeline.Health:
		return "effects on health"
	case timeline.Force:
		return "forces, services and firms"
	case timeline.Notice:
		return k.Title()
	}
	return k.Title() + "s"
}

// Find gives the values whose name holds some letters; those that are ticked
// stay.
func (f Facet) Find(letters string) []Value {
	letters = strings.ToLower(strings.TrimSpace(letters))
	var out []Value
	for _, v := range f.Values {
		if v.On || strings.Contains(strings.ToLower(v.Name), letters) {
			out = append(out, v)
		}
	}
	return out
}
