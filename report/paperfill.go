package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"daybook/assets/papers"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// ofCase is what the case says of itself.
func (f *filler) ofCase(part papers.Part) ([]Block, int, error) {
	var facts []Fact
	for _, v := range [][3]string{{"title", "Case", f.c.Title()}, {"number", "Number of the case", f.c.ID()}, {"keeper", "Record kept by", f.c.Actor()}} {
		if part.Has(v[0]) {
			f.saying([]papers.Field{{ID: v[0]}}, [][]Run{say(v[2])})
			facts = maybe(facts, v[1], f.clean(v[2]))
		}
	}
	if part.Has("who") {
		by, err := f.saidDoers()
		if err != nil {
			return nil, 0, err
		}
		f.saying([]papers.Field{{ID: "who"}}, [][]Run{by})
		if len(by) > 0 {
			facts = append(facts, fact("Said to be done by", by))
		}
	}
	return []Block{Facts{facts}}, len(facts), nil
}

// mostNamed is how many a paper of few pages names as who did what was written down.
const mostNamed = 5

// saidDoers are those of whom incidents say that they did it, with how many say so; who
// is named most often stands first.
func (f *filler) saidDoers() ([]Run, error) {
	n, first := map[string]int{}, map[string]string{}
	rows, err := f.incidentRows()
	if err != nil {
		return nil, fmt.Errorf("who did what was written down: %w", err)
	}
	for _, r := range rows {
		w, ok := f.written(r.ID)
		if !ok || f.bars(r.ID) {
			continue
		}
		v, _ := f.p.readable(w)
		r.Incident = &v
		if d := casework.DoerOf(r); !d.Own && d.Said != "" {
			d.Who = f.who[r.ID] // the names of one person are one
			first[d.Key()] = cmp.Or(first[d.Key()], f.clean(d.Said))
			n[first[d.Key()]]++
		}
	}
	if len(n) == 0 {
		return nil, nil
	}
	names := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(n[b]-n[a], strings.Compare(a, b)) })
	more := 0
	if f.out.Pages > 0 && len(names) > mostNamed {
		names = casework.OtherNamesFirst(names)
		more, names = len(names)-mostNamed, names[:mostNamed]
	}
	var all []string
	for _, name := range names {
		all = append(all, fmt.Sprintf("%s (%d)", name, n[name]))
	}
	runs := quote(strings.Join(all, "; "))
	if more > 0 {
		runs = append(runs, Run{Text: ". " + agree(f.in(sayPaperMore), more)})
	}
	return runs, nil
}

// words are what a person wrote for an item, or lines to write on.
func (f *filler) words(s papers.Section, part papers.Part) (blocks []Block, n int, err error) {
	fields, err := part.Holds()
	if err != nil {
		return nil, 0, err
	}
	for _, r := range f.answers(cmp.Or(part.Paper, f.out.ID), cmp.Or(part.Item, s.ID)) {
		v := r.Current()
		f.used[r.ID] = true
		n++
		var cells [][]Run
		for _, d := range fields {
			cells = append(cells, f.value(v, d.ID))
		}
		f.saying(fields, cells)
		said := quote(f.clean(v.Words))
		for _, id := range v.Events {
			said = append(append(said, Run{Text: "\n"}), f.event(id)...)
		}
		blocks = append(blocks, Para{append(said, Run{Text: " (" + joined(f.clean(v.Author), showTime(v.When, f.x.Zone()).Day) + ")"}), Body})
	}
	if n > 0 {
		return blocks, n, nil
	}
	if part.Lines > 0 && !(f.tight() && part.Title != "") {
		return []Block{Facts{asked([]string{wordOwnWords}, part.Lines)}}, 0, nil
	}
	return nil, 0, nil
}

// tight tells that no text of the paper can be cut further, so that other room is saved:
// lines to write on stand only where nothing else does, and behaviours in one paragraph.
func (f *filler) tight() bool { return f.most == shorter[len(shorter)-1] }

// at is a time as this paper shows it.
func (f *filler) at(w timeline.When) string {
	return formed(f.out.words, showTime(w, f.x.Zone()).zoned(), formsOfTime)
}

// events are some events, one below the other.
func (f *filler) events(ids []timeline.ID) (runs []Run) {
	for _, id := range ids {
		if of := f.event(id); len(of) > 0 {
			if len(runs) > 0 {
				runs = append(runs, Run{Text: "\n"})
			}
			runs = append(runs, of...)
		}
	}
	return runs
}

// event is an event in a few words: when, what, its exhibits and where it stands in
// the bundle that was frozen last. What is kept out says so.
func (f *filler) event(id timeline.ID) []Run {
	if f.bars(id) {
		return say(sayPaperBarred)
	}
	r, err := f.x.Event(id)
	if err != nil {
		return say(sayPaperGone)
	}
	f.used[id] = true
	text, items, by := f.told(r)
	runs := append(say(f.at(r.When)+": "), quote(f.clean(text))...)
	if s := joined(f.clean(f.byWhom(by)), f.place(id, items)); s != "" {
		runs = append(runs, Run{Text: " (" + s + ")"})
	}
	return runs
}

// byWhom says who did something, as far as anything says so. Beside an event, a paper that is not for
// the whole record names nobody for it.
func (f *filler) byWhom(d casework.Doer) string {
	switch {
	case !f.out.Whole:
		return ""
	case d.Own:
		return f.in(sayOwnAct)
	case d.Said != "":
		return fmt.Sprintf(f.in(sayPaperSaidBy), d.Said+d.Apart(f.in))
	case d.From != "":
		return fmt.Sprintf(f.in(sayPaperFrom), d.From+d.Apart(f.in))
	}
	return ""
}

// told are the words of an event that this paper may show, the files that show it, and
// who did it.
func (f *filler) told(r timeline.Row) (text string, items []int64, by casework.Doer) {
	if w, ok := f.written(r.ID); ok {
		v, _ := f.p.readable(w)
		r.Incident = &v
		by = casework.DoerOf(r)
		by.Who = f.who[r.ID]
		return v.What, v.Evidence, by
	}
	shown, _ := f.p.gate.row(r)
	by = casework.DoerOf(shown)
	by.Who = f.who[r.ID]
	return shown.Text, itemsOf(r), by
}

func (f *filler) written(id timeline.ID) (timeline.Written, bool) {
	for _, w := range f.x.Incidents() {
		if w.ID == id {
			return w, true
		}
	}
	return timeline.Written{}, false
}

// itemsOf are the files that show an event.
func itemsOf(r timeline.Row) []int64 {
	var items []int64
	if r.Source.Item != 0 {
		items = append(items, r.Source.Item)
	}
	for _, file := range r.Files {
		if file.Item != 0 {
			items = append(items, file.Item)
		}
	}
	slices.Sort(items)
	return slices.Compact(items)
}

// place is where an event's exhibits are, and where it stands in a frozen bundle.
func (f *filler) place(id timeline.ID, items []int64) string {
	return joined(f.labels(items), f.issued(id))
}

// issued is where an event stands in the bundle that was frozen last.
func (f *filler) issued(id timeline.ID) string {
	was, ok := f.p.before[id]
	if !ok || len(was.Issued) == 0 {
		return ""
	}
	return formed(f.out.words, was.Issued[len(was.Issued)-1].String(), formsOfPlace)
}

// labels are those of some items: what was never in a bundle has none yet.
func (f *filler) labels(items []int64) string {
	var all []string
	for _, n := range items {
		if l := f.p.labels[n]; l != "" {
			all = append(all, fmt.Sprintf(f.in(sayPaperExhibit), l))
		} else {
			all = append(all, fmt.Sprintf(f.in(sayPaperItem), n))
		}
	}
	return strings.Join(all, ", ")
}
