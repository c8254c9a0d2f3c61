package timeline

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The model keeps every event in a slice and answers by looking at all of them.
type model struct {
	items map[int64][]Event
	marks map[ID][]Mark
}

var (
	someNames   = []string{"Sam", "Ada Byron", "Zoë", "李雷", "", "S\u0430m", "Zoe\u0308"}
	someThreads = []string{"", "Family", "Sam Smith", "+44 7700 900123"}
	someTexts   = []string{
		"", "I know where you live", "where are you", "Where ARE you?", "call 07700 900123 now", "+447700900123", "don't",
		"café CAFE", "日本語です", "❤️ you", "https://www.example.com/where?x=1", "you you you", "live", "I live here, you know",
	}
	someWords = []string{
		"you", "where you", `"where are"`, "liv*", "-you", "you -where", "07700900123", "+44 7700 900123", "cafe", "本語", "語", "❤",
		"example.com", `"know where you"`, "sam", "family", "dont", "ada -live", "zoe", `"900123 now"`, "nobodysaysthis", "-nobodysaysthis", "watched",
	}
	someNotes = []string{"", "watched me", "live"}
)

func genEvent(t *rapid.T, record int) Event {
	party := func(name string) Party {
		p := Party{Name: rapid.SampledFrom(someNames).Draw(t, name), Owner: rapid.Bool().Draw(t, "owner")}
		if rapid.Bool().Draw(t, "has address") {
			p.Address = rapid.SampledFrom([]string{"07700 900123", "+44 7700 900123", "A@Example.com", "@sam"}).Draw(t, "address")
		}
		return p
	}
	e := Event{
		Kind:   rapid.SampledFrom([]Kind{Message, Call, Photo, Email}).Draw(t, "kind"),
		From:   party("from"),
		Thread: rapid.SampledFrom(someThreads).Draw(t, "thread"),
		Text:   rapid.SampledFrom(someTexts).Draw(t, "text"),
		Source: Pinpoint{Record: fmt.Sprint("line ", record)},
	}
	for range rapid.IntRange(0, 2).Draw(t, "to") {
		e.To = append(e.To, party("to"))
	}
	at := time.Date(2024, 3, 31, 0, rapid.IntRange(0, 180).Draw(t, "minute"), 0, 0, time.UTC)
	switch rapid.IntRange(0, 7).Draw(t, "when") {
	case 0:
		e.When = When{Precision: Undated, Basis: UnknownZone}
	case 1:
		e.When = FromLocal(at, nil, Minute, "raw")
	case 2:
		e.When = FromLocal(at, london, Minute, "raw") // the clock goes forward in this hour
	case 3:
		e.When = FromLocal(at, london, Second, "raw")
	case 4:
		e.When = FromLocal(at.Truncate(24*time.Hour), london, rapid.SampledFrom([]Precision{Day, Month, Year}).Draw(t, "whole"), "raw")
	case 5:
		e.When = FromInstant(at, rapid.SampledFrom([]Precision{About, Before, After}).Draw(t, "how"), "raw")
	case 6:
		e.When = FromInstant(at, Range, "raw")
		e.When.Until = at.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "long")) * time.Minute)
	default:
		e.When = FromInstant(at, Minute, "raw")
	}
	if rapid.Bool().Draw(t, "flagged") {
		e.Flags = []Flag{rapid.SampledFrom([]Flag{Edited, Deleted, ZoneAssumed}).Draw(t, "flag")}
	}
	if rapid.Bool().Draw(t, "subject") {
		e.Extra = FactsOf(NotShown, "watched by the gate", "status", "sent", "subject", "live now")
	}
	if rapid.Bool().Draw(t, "file") {
		e.Files = []Attachment{{Name: "live.jpg", Missing: rapid.Bool().Draw(t, "missing")}}
	}
	return e
}

// entryOfRecord is the number in "entry 12", of the first version.
func entryOfRecord(e Event) int {
	n := 0
	if _, err := fmt.Sscanf(e.WrittenFirst(), incidentRecord, &n); err != nil {
		panic(err)
	}
	return n
}

func (m *model) all() []Event {
	var out []Event
	items := make([]int64, 0, len(m.items))
	for i := range m.items {
		items = append(items, i)
	}
	slices.Sort(items)
	for _, i := range items {
		out = append(out, m.items[i]...)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, aok := out[i].When.Order()
		b, bok := out[j].When.Order()
		if aok != bok {
			return aok
		}
		return aok && a.UnixMilli() < b.UnixMilli()
	})
	return out
}

func (m *model) find(f Filter) []Event {
	q, err := parseQuery(f.Words)
	if err != nil {
		panic(err)
	}
	var out []Event
	for _, e := range m.all() {
		if m.passes(e, f) && m.says(e, q) {
			out = append(out, e)
		}
	}
	return out
}

func (m *model) passes(e Event, f Filter) bool {
	_, dated := e.When.Order()
	may, _ := e.When.In(f.From, f.To)
	if (!f.From.IsZero() || !f.To.IsZero()) && !may || f.Undated && dated {
		return false
	}
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, e.Kind) || len(f.Sources) > 0 && !slices.Contains(f.Sources, e.Source.Item) ||
		len(f.Threads) > 0 && !slices.Contains(f.Threads, e.Thread) {
		return false
	}
	if len(f.FlagsAny) > 0 && !slices.ContainsFunc(m.flagged(e).Flags, func(g Flag) bool { return slices.Contains(f.FlagsAny, g) }) {
		return false
	}
	if len(f.Marks) > 0 && !slices.ContainsFunc(m.marks[e.ID], func(k Mark) bool { return slices.ContainsFunc(f.Marks, k.is) }) {
		return false
	}
	if len(f.Parties) == 0 && len(f.People) == 0 {
		return true
	}
	return slices.ContainsFunc(append([]Party{e.From}, e.To...), func(p Party) bool {
		if p == (Party{}) {
			return false
		}
		h := NewHandle(p, e.Source.Importer, e.Source.Item)
		if slices.Contains(f.People, h.PersonNumber()) {
			return true
		}
		if owners := m.owners(); owners[h.Key] && slices.ContainsFunc(f.People, func(n int64) bool {
			return n == OwnerNumber() || slices.ContainsFunc(slices.Collect(maps.Keys(owners)), func(key string) bool { return personNumber(key) == n })
		}) {
			return true
		}
		for _, want := range f.Parties {
			if m.isNamed(h, want) || m.ownerIsNamed(h, want) {
				return true
			}
		}
		return false
	})
}

// ownerIsNamed tells a handle of the owner, where any of the owner's is named so.
func (m *model) ownerIsNamed(h Handle, want string) (named bool) {
	owners := m.owners()
	if !owners[h.Key] {
		return false
	}
	m.parties(func(e Event, p Party, key string) {
		named = named || owners[key] && m.isNamed(NewHandle(p, e.Source.Importer, e.Source.Item), want)
	})
	return named
}

// parties hands on who is in every event, with their handles.
func (m *model) parties(yield func(e Event, p Party, key string)) {
	for _, events := range m.items {
		for _, e := range events {
			for _, p := range append([]Party{e.From}, e.To...) {
				if p != (Party{}) {
					yield(e, p, NewHandle(p, e.Source.Importer, e.Source.Item).Key)
				}
			}
		}
	}
}

// owners are the handles that an export calls its owner's; none when an event
// is between two of them of which it knows one.
func (m *model) owners() map[string]bool {
	owners := map[string]bool{}
	m.parties(func(_ Event, p Party, key string) {
		if p.Owner {
			owners[key] = true
		}
	})
	own, other := map[ID][]string{}, map[ID][]string{}
	m.parties(func(e Event, p Party, key string) {
		switch {
		case p.Owner:
			own[e.ID] = append(own[e.ID], key)
		case owners[key]:
			other[e.ID] = append(other[e.ID], key)
		}
	})
	for id, keys := range other {
		if len(own[id]) > 0 && slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(own[id], k) }) {
			return nil
		}
	}
	return owners
}

// flagged gives an event with what the names of all events say about its own:
// of the names above two that look the same are written otherwise.
func (m *model) flagged(e Event) Event {
	e.Flags = slices.DeleteFunc(slices.Clone(e.Flags), func(f Flag) bool { return f == NameLookalike }) // an incident's row is the index's own
	if len(e.Flags) == 0 {
		e.Flags = nil
	}
	twin := map[string]string{"Sam": "S\u0430m", "S\u0430m": "S\u0430m"}
	for _, p := range append([]Party{e.From}, e.To...) {
		found := false
		m.parties(func(_ Event, o Party, _ string) { found = found || o.Name == twin[p.Name] && twin[p.Name] != "" })
		if found {
			e.Flags = append(slices.Clip(e.Flags), NameLookalike)
			return e
		}
	}
	return e
}

// isNamed: a handle goes by its address, and by every name that it is printed
// with anywhere.
func (m *model) isNamed(h Handle, want string) bool {
	if strings.EqualFold(h.Address, want) || Phone(want) != "" && Phone(want) == h.Address {
		return true
	}
	for _, events := range m.items {
		for _, e := range events {
			for _, p := range append([]Party{e.From}, e.To...) {
				if NewHandle(p, e.Source.Importer, e.Source.Item).Key == h.Key && p.Name != "" && strings.EqualFold(p.Name, want) {
					return true
				}
			}
		}
	}
	return false
}

func (m *model) says(e Event, q query) bool {
	fields := []string{e.Text, e.Extra.Get("subject"), e.Extra.Get(NotShown), e.Place.Name, e.Thread, e.From.Name, e.From.Address}
	for _, p := range e.To {
		fields = append(fields, p.Name, p.Address)
	}
	for _, f := range e.Files {
		fields = append(fields, f.Name)
	}
	for _, k := range m.marks[e.ID] {
		fields = append(fields, k.Note, k.Tag, k.LeftOut)
	}
	for _, c := range q {
		if slices.ContainsFunc(fields, c.in) == c.not {
			return false
		}
	}
	return true
}

func genFilter(t *rapid.T) Filter {
	f := Filter{}
	at := func() time.Time {
		return time.Date(2024, 3, 31, 0, rapid.IntRange(0, 180).Draw(t, "bound"), rapid.SampledFrom([]int{0, 30}).Draw(t, "second"), 0, time.UTC)
	}
	switch rapid.IntRange(0, 9).Draw(t, "filter") {
	case 0:
		f.From = at()
	case 1:
		f.To = at()
	case 2:
		f.From, f.To = at(), at()
	case 3:
		f.Undated = true
	case 4:
		f.Kinds = []Kind{Call, Photo}
	case 5:
		f.Parties = []string{rapid.SampledFrom([]string{"sam", "+447700900123", "07700900123", "a@example.com", "Zoë"}).Draw(t, "party")}
	case 6:
		f.Threads = []string{rapid.SampledFrom(someThreads[1:]).Draw(t, "in thread")}
	case 7:
		f.FlagsAny = rapid.SampledFrom([][]Flag{{Deleted, ZoneAssumed}, {NameLookalike}}).Draw(t, "flags")
	case 8:
		f.Marks = []string{rapid.SampledFrom([]string{"CONTACT", "exhibit", "left-out", "late"}).Draw(t, "mark")}
	case 9:
		f.Sources = []int64{2, 3}
		f.People = []int64{rapid.SampledFrom([]int64{NewHandle(Party{Name: "Sam"}, "whatsapp", 2).PersonNumber(), OwnerNumber()}).Draw(t, "person")}
	}
	if rapid.Bool().Draw(t, "search") {
		f.Words = rapid.SampledFrom(someWords).Draw(t, "words")
	}
	return f
}

// TestIndexAnswersAsTheModel writes readings, reads some again, marks, reopens,
// loses the store and reads again; after every step every filter must find what
// looking at every event finds, in the same order.
func TestIndexAnswersAsTheModel(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		x, store, log := newIndex(t)
		small := limits{segment: rapid.IntRange(1, 9).Draw(t, "segment"), block: rapid.IntRange(1, 4).Draw(t, "block")}
		x.limits = small
		m := &model{items: map[int64][]Event{}, marks: map[ID][]Mark{}}
		write := func(items ...int64) {
			w := x.Begin(ctx, 1)
			for _, item := range items {
				read(t, w, item, "whatsapp", m.items[item])
			}
			_, err := w.Commit(ctx)
			must(t, err)
		}
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 6:
				at := time.Date(2024, 3, 31, 0, rapid.IntRange(0, 180).Draw(t, "minute"), 0, 0, time.UTC)
				d := IncidentDraft{Occurred: FromInstant(at, Minute, ""), What: rapid.SampledFrom(someTexts[1:]).Draw(t, "what"), Who: "Sam"}
				if rapid.Bool().Draw(t, "unknown") {
					d.Occurred = When{Precision: Undated, Basis: UnknownZone, Raw: "not sure"}
				}
				var w Written
				var err error
				if list := x.Incidents(); len(list) > 0 && rapid.Bool().Draw(t, "correct") {
					w, err = x.Correct(ctx, list[0].ID, d, "better")
				} else {
					w, err = x.WriteIncident(ctx, d)
				}
				must(t, err)
				row, err := x.Event(w.ID)
				must(t, err)
				m.items[0] = slices.DeleteFunc(m.items[0], func(e Event) bool { return e.ID == w.ID })
				m.items[0] = append(m.items[0], row.Event)
				slices.SortFunc(m.items[0], func(a, b Event) int { return entryOfRecord(a) - entryOfRecord(b) })
			case 0, 1, 2:
				var items []int64
				for range rapid.IntRange(1, 3).Draw(t, "readings") {
					item := rapid.Int64Range(1, 4).Draw(t, "item")
					if slices.Contains(items, item) {
						continue
					}
					items = append(items, item)
					m.items[item] = nil
					for i := range rapid.IntRange(0, 12).Draw(t, "events") {
						e := genEvent(t, i)
						e.ID = NewID(itemHash(item), "whatsapp", e.Source.Record)
						e.Source = Pinpoint{item, itemHash(item), fmt.Sprintf("dir/file %d.txt", item), e.Source.Record, "whatsapp", 1}
						m.items[item] = append(m.items[item], e)
					}
				}
				write(items...)
			case 3:
				if all := m.all(); len(all) > 0 {
					e := rapid.SampledFrom(all).Draw(t, "marked")
					d := MarkDraft{Events: []ID{e.ID}, Code: "CONTACT", Note: rapid.SampledFrom(someNotes).Draw(t, "note"), Exhibit: e.Kind != Incident && rapid.Bool().Draw(t, "exhibit")}
					made, err := x.Mark(ctx, d)
					must(t, err)
					m.marks[e.ID] = append(m.marks[e.ID], made...)
				}
			case 4:
				again, err := open(ctx, store, log, london)
				must(t, err)
				x = again
				x.limits = small
			case 5:
				clear(store)
				again, err := open(ctx, store, log, london)
				must(t, err)
				x = again
				x.limits = small
				for _, r := range x.NeedsReading() {
					write(r.Item)
				}
			}
		}
		if d := cmp.Diff(x.newView(nil).order, x.view.order); d != "" {
			t.Fatalf("sorted from nothing, the order is another:\n%s", d)
		}
		rebuilt, err := open(ctx, memory{}, log, london)
		must(t, err)
		for _, r := range slices.Backward(rebuilt.NeedsReading()) {
			w := rebuilt.Begin(ctx, 1)
			read(t, w, r.Item, "whatsapp", m.items[r.Item])
			_, err := w.Commit(ctx)
			must(t, err)
		}
		if d := cmp.Diff(x.People(), rebuilt.People()); d != "" {
			t.Fatalf("made again in another order, the people are others:\n%s", d)
		}
		if d := cmp.Diff(x.Readings(), rebuilt.Readings()); d != "" {
			t.Fatal(d)
		}
		for range 8 {
			f := genFilter(t)
			want := m.find(f)
			r, err := x.Find(ctx, f)
			must(t, err)
			rows, err := r.Rows(0, r.Len())
			must(t, err)
			if len(r.Instead) > 0 {
				if len(want) > 0 {
					t.Fatalf("%+v: other spellings were taken although %d events were found", f, len(want))
				}
				continue
			}
			got := []Event{}
			for _, row := range rows {
				if d := cmp.Diff(m.marks[row.ID], row.Marks); d != "" && len(m.marks[row.ID])+len(row.Marks) > 0 {
					t.Fatalf("marks of %s: %s", row.Source.Record, d)
				}
				got = append(got, row.Event)
			}
			for i := range want {
				want[i] = m.flagged(want[i])
			}
			if d := cmp.Diff(append([]Event{}, want...), got); d != "" {
				t.Fatalf("%+v:\n%s", f, d)
			}
		}
	})
}
