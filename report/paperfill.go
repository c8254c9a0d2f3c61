package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"daybook/assets/papers"
	"daybook/assets/registers"
	"daybook/report/protected"
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
	n := map[string]int{}
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
			n[f.clean(d.Said)]++
		}
	}
	if len(n) == 0 {
		return nil, nil
	}
	names := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(n[b]-n[a], strings.Compare(a, b)) })
	more := 0
	if f.out.Pages > 0 && len(names) > mostNamed {
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
	if part.Lines > 0 {
		return []Block{Facts{asked([]string{wordOwnWords}, part.Lines)}}, 0, nil
	}
	return nil, 0, nil
}

// at is a time as this paper shows it.
func (f *filler) at(w timeline.When) string {
	return formed(f.out.words, showTime(w, f.x.Zone()).zoned(), formsOfTime)
}

// chosen are the entries of a register that a part is about, in order of time, and
// words on those that are not listed.
func (f *filler) chosen(part papers.Part) (list []timeline.Registered, unlisted []Block, err error) {
	all, err := f.entries(part)
	if err != nil {
		return nil, nil, err
	}
	over, dayless := 0, 0
	for _, r := range all {
		v := r.Current()
		if part.Open && v.Open() && part.Having == "expires" && v.Fields["expires"] == "" && !f.bars(r.ID) {
			dayless++
		}
		if part.Open && !v.Open() || part.Having != "" && v.Fields[part.Having] == "" || f.out.One != "" && !f.ofOne(r) {
			continue
		}
		fits := true
		for field, values := range part.Where {
			fits = fits && slices.ContainsFunc(values, func(s string) bool { return strings.EqualFold(s, chosenBy(v, field)) })
		}
		switch {
		case !fits || f.bars(r.ID):
		case part.InForce && !v.InForce(f.out.Ask.Now, f.x.Zone()):
			over++
		default:
			list = append(list, r)
		}
	}
	if over > 0 {
		unlisted = append(unlisted, para(fmt.Sprintf(f.in(sayPaperOver), f.out.Ask.Now.In(f.x.Zone()).Format(time.DateOnly), over)))
	}
	unlisted = append(append(unlisted, f.denied(part, all)...), f.another(part)...)
	if dayless > 0 {
		unlisted = append(unlisted, para(agree(f.in(sayPaperDayless), dayless)))
	}
	f.sort(part, list)
	most := part.Latest
	if f.most > 0 && most > 0 {
		most = max(1, most*f.most/shorter[1]+1) // what is cut has fewer entries too
	}
	if part.Latest > 1 {
		most += f.further
	}
	n := len(list)
	if most == 0 || n <= most {
		return list, unlisted, nil
	}
	f.out.unlisted = f.out.unlisted || part.Latest > 1
	unlisted = append(unlisted, para(agree(f.in(sayPaperMore), n-most)))
	if part.Open || part.InForce {
		return list[:most], unlisted, nil // what is to be done first, what holds now
	}
	return list[n-most:], unlisted, nil
}

// sort puts the entries of a part into order: what is to be done by its day, and
// others by time; of what is in force, what was served stands first, the last of it
// before what was made earlier.
func (f *filler) sort(part papers.Part, list []timeline.Registered) {
	slices.SortStableFunc(list, func(a, b timeline.Registered) int {
		v, w := a.Current(), b.Current()
		at, _ := v.When.Order()
		bt, _ := w.When.Order()
		switch {
		case part.Open:
			return strings.Compare(orLast(v.DueOn(f.x.Zone())), orLast(w.DueOn(f.x.Zone())))
		case part.InForce && (v.Fields["served"] == "") != (w.Fields["served"] == ""):
			return strings.Compare(orLast(v.Fields["served"]), orLast(w.Fields["served"]))
		case part.InForce:
			return bt.Compare(at)
		}
		return at.Compare(bt)
	})
}

// orLast puts what has no day behind what has one.
func orLast(day string) string { return cmp.Or(day, "x") }

// ofOne tells that an entry is the one that the paper is about, or is about it.
func (f *filler) ofOne(r timeline.Registered) bool {
	v := r.Current()
	switch {
	case string(v.Kind) == f.out.One:
		return r.ID == f.one.ID
	case v.Kind == timeline.Breach, v.Kind == timeline.Attendance:
		return v.Fields["order"] == f.one.ID.String() || f.several[r.ID]
	}
	return true
}

// mostColumns is how many fields stand beside each other in a table; more stand
// one below the other.
const mostColumns = 5

// register are the entries of one, field by field.
func (f *filler) register(part papers.Part) ([]Block, int, error) {
	fields, err := part.Holds()
	if err != nil {
		return nil, 0, err
	}
	list, unlisted, err := f.chosen(part)
	if err != nil || len(list) == 0 {
		return unlisted, 0, err
	}
	var blocks []Block
	var rows []Line
	var cols []Col
	for _, d := range fields {
		cols = append(cols, Col{d.Label, shareOf(d.ID)})
	}
	for _, r := range list {
		f.used[r.ID] = true
		var cells [][]Run
		var facts []Fact
		var missing []string
		for _, d := range fields {
			value := f.value(r.Current(), d.ID)
			if d.ID == "when" && f.twice[r.ID] {
				value = append(value, Run{Text: "\n" + f.in(sayPaperTwice)})
			}
			if d.ID == "when" && f.again[r.ID] {
				value = append(value, Run{Text: "\n" + f.in(sayPaperTerms)})
			}
			cells = append(cells, value)
			if len(value) == 0 {
				missing = append(missing, f.in(d.Label))
				continue
			}
			facts = append(facts, fact(d.Label, value))
		}
		f.saying(fields, cells)
		rows = append(rows, line("", cells...))
		if len(missing) > 0 {
			facts = append(facts, fact(capitals(f.in(sayPaperUnsaid)), say(strings.Join(missing, "; "))))
		}
		blocks = append(blocks, Facts{facts})
	}
	if len(fields) <= mostColumns {
		t := table("", cols...)
		t.Rows = lines(rows)
		blocks = []Block{t}
	}
	if f.lacks = lacking(list, part.Every); f.lacks > 0 {
		blocks = append(blocks, para(agree(f.in(sayPaperLacks), len(list), f.lacks)))
	}
	if part.Register == string(timeline.Breach) && slices.Contains(part.Where["may"], "yes") && f.out.One == string(timeline.CourtOrder) && f.one.Current().Fields["served"] == "" {
		blocks = append(blocks, para(f.in(sayPaperUnserved)))
	}
	return append(blocks, unlisted...), len(list), nil
}

// lacking counts the entries that do not say what a part asks of every one.
func lacking(list []timeline.Registered, every [][]string) (n int) {
	for _, r := range list {
		v := r.Current()
		if v.Fields["may"] == "no" {
			continue // nothing is asked of what breaks no order
		}
		if slices.ContainsFunc(every, func(any []string) bool {
			return !slices.ContainsFunc(any, v.Says)
		}) {
			n++
		}
	}
	return n
}

// shareOf is the part of the width that a field takes.
func shareOf(field string) float64 {
	switch field {
	case "words", "events", "terms", "advice", "result", "reason":
		return 3
	}
	return 1.6
}

// value is a field of an entry, as this paper shows it, with whoever else corrected
// it last; empty where nobody said.
func (f *filler) value(v timeline.RegisteredVersion, field string) []Run {
	runs := f.shown(v, field)
	for _, k := range slices.Backward(v.Kept) {
		if len(runs) > 0 && slices.Contains(k.Fields, field) {
			day := k.At.In(f.x.Zone()).Format(time.DateOnly)
			return append(runs, Run{Text: " (" + fmt.Sprintf(f.in(sayPaperCorrected), f.clean(k.By), day) + f.before(v, k, field) + ")"})
		}
	}
	return runs
}

// before is what a field said before somebody corrected it; nothing of what it links
// to, which has no words of its own.
func (f *filler) before(v timeline.RegisteredVersion, k timeline.Kept, field string) string {
	if slices.Contains([]string{"events", "items", "order"}, field) {
		return ""
	}
	v.Fields = map[string]string{field: k.Was(field)}
	return "; " + fmt.Sprintf(f.in(sayPaperBefore), cmp.Or(f.choice(v, field), f.in(sayPaperUnsaid)))
}

// shown is a field as it stands in the entry.
func (f *filler) shown(v timeline.RegisteredVersion, field string) []Run {
	now, zone := f.out.Ask.Now, f.x.Zone()
	day := func(w timeline.When) []Run {
		if w.Precision == "" || w.Precision == timeline.Undated {
			return nil
		}
		return say(f.at(w))
	}
	switch {
	case v.Fields[field] != "" && field == "order":
		runs := quote(f.called(v.Fields[field]))
		if f.x.Unserved(v) {
			runs = append(runs, Run{Text: " (" + f.in(sayPaperNotServed) + ")"})
		}
		return runs
	case v.Fields[field] != "" && field == "expires" && v.Open() && v.Fields[field] < now.In(zone).Format(time.DateOnly):
		return append(quote(v.Fields[field]), Run{Text: ", " + f.in(sayPaperPast)})
	case v.Fields[field] != "" && field == "term":
		return f.term(v)
	case v.Fields[field] != "" && field == "may":
		return append(quote(f.choice(v, field)), f.otherAnswers(v)...)
	case v.Kind == timeline.Breach && field == "may":
		return say(f.in(sayPaperNotAnswered))
	case v.Fields[field] != "":
		return quote(f.choice(v, field))
	}
	switch field {
	case "when":
		return append(day(v.When), f.outside(v)...)
	case "ends":
		if v.Ended(now, zone) {
			return append(day(v.Ends), Run{Text: ", " + f.in(sayPaperPast)})
		}
		return day(v.Ends)
	case "due":
		return day(v.Due)
	case "words":
		return quote(f.clean(v.Words))
	case "by":
		if r, err := f.x.Register(v.Kind); err != nil || asksFor(r, field) {
			return nil // it is somebody else than who wrote the entry down, whom nobody named
		}
		return quote(f.clean(v.Author))
	case "items":
		if len(v.Items) > 0 {
			return say(f.labels(v.Items))
		}
	case "events":
		return f.events(v.Events)
	case "terms":
		var all []string
		for i, t := range v.Terms {
			if !f.out.Whole {
				t = withoutPlaces(t)
			}
			s := fmt.Sprintf("%d. %s", i+1, f.clean(t.String()))
			if t.Ended(now, zone) {
				s += "; " + f.in(sayPaperPast)
			}
			all = append(all, s)
		}
		return quote(strings.Join(all, "\n"))
	}
	return nil
}

// withoutPlaces is a term for whoever need not know the places that it names.
func withoutPlaces(t timeline.Term) timeline.Term {
	var words []protected.Word
	for _, p := range strings.Split(t.Places, ";") {
		words = append(words, protected.Word{Text: p, Mark: withheldMark("ADDRESS"), As: protected.Address})
	}
	t.Text = protected.New(words).Clean(t.Text)
	if t.Places != "" {
		t.Places = withheldMark("ADDRESS")
	}
	return t
}

func asksFor(r registers.Register, field string) bool {
	_, ok := r.Field(field)
	return ok
}

// called is what an order is, by its ID.
func (f *filler) called(id string) string {
	v, ok := f.entry(id)
	if !ok {
		return id
	}
	return f.choice(v, "sort")
}

// term is the term that a breach names, in the words that it had when it was named.
func (f *filler) term(v timeline.RegisteredVersion) []Run {
	t, ok := f.x.NamedTerm(v)
	if !ok {
		return quote(v.Fields["term"])
	}
	if !f.out.Whole {
		t.Term = withoutPlaces(t.Term)
	}
	runs := quote(f.clean(t.String()))
	if t.Now != "" {
		day := t.Changed.In(f.x.Zone()).Format(time.DateOnly)
		runs = append(runs, Run{Text: " (" + fmt.Sprintf(f.in(string(t.Now)), f.clean(t.By), day) + ")"})
	}
	return runs
}

func (f *filler) entry(text string) (v timeline.RegisteredVersion, ok bool) {
	id, err := timeline.ParseID(text)
	if err != nil {
		return v, false
	}
	r, err := f.x.Registered(id)
	if err != nil {
		return v, false
	}
	return r.Current(), true
}

// outside says of a breach that it lies outside the time of its order; in the paper
// of one order, of that one, whichever it was said to break.
func (f *filler) outside(v timeline.RegisteredVersion) (runs []Run) {
	if f.out.One == string(timeline.CourtOrder) {
		v.Fields = maps.Clone(v.Fields)
		v.Fields["order"] = f.one.ID.String()
	}
	for _, how := range f.x.Outside(v) {
		runs = append(runs, Run{Text: "\n" + fmt.Sprintf(f.in(sayPaperOutside), f.in(string(how)))})
	}
	return runs
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
		return fmt.Sprintf(f.in(sayPaperSaidBy), d.Said)
	case d.From != "":
		return fmt.Sprintf(f.in(sayPaperFrom), d.From)
	}
	return ""
}

// told are the words of an event that this paper may show, the files that show it, and
// who did it.
func (f *filler) told(r timeline.Row) (text string, items []int64, by casework.Doer) {
	if w, ok := f.written(r.ID); ok {
		v, _ := f.p.readable(w)
		r.Incident = &v
		return v.What, v.Evidence, casework.DoerOf(r)
	}
	shown, _ := f.p.gate.row(r)
	return shown.Text, itemsOf(r), casework.DoerOf(shown)
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
