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
	"daybook/timeline"
)

// chosen are the entries of a register that a part is about, in order of time, and
// words on those that are not listed.
func (f *filler) chosen(part papers.Part) (list []timeline.Registered, unlisted []Block, err error) {
	all, err := f.entries(part)
	if err != nil {
		return nil, nil, err
	}
	var over [][]Run
	dayless, bare := 0, 0
	for _, r := range all {
		v := r.Current()
		if part.Open && v.Open() && part.Having == "expires" && v.Fields["expires"] == "" && !f.bars(r.ID) {
			dayless++
		}
		if part.Having == "reference" && !v.Says(part.Having) && !f.bars(r.ID) {
			bare++
		}
		if part.Open && !v.Open() || part.Having != "" && !v.Says(part.Having) || f.out.One != "" && !f.ofOne(r) {
			continue
		}
		fits := true
		for field, values := range part.Where {
			fits = fits && slices.ContainsFunc(values, func(s string) bool { return strings.EqualFold(s, chosenBy(v, field)) })
		}
		switch {
		case !fits || f.bars(r.ID):
		case part.InForce && !v.InForce(f.out.Ask.Now, f.x.Zone()):
			over = append(over, f.named(v))
		default:
			list = append(list, r)
		}
	}
	if len(over) > 0 {
		unlisted = append(unlisted, para(fmt.Sprintf(f.in(sayPaperOver), f.out.Ask.Now.In(f.x.Zone()).Format(time.DateOnly), len(over))))
		if len(over) <= mostNamed {
			unlisted = append(unlisted, Para{slices.Concat(over...), Body})
		}
	}
	if part.InForce {
		if f.broken, err = f.brokenOrders(); err != nil {
			return nil, nil, err
		}
	}
	unlisted = append(append(unlisted, f.denied(part, all)...), f.another(part)...)
	if dayless > 0 {
		unlisted = append(unlisted, para(agree(f.in(sayPaperDayless), dayless)))
	}
	if bare > 0 {
		unlisted = append(unlisted, para(agree(f.in(sayPaperUnnumbered), bare)))
	}
	f.sort(part, list)
	most := part.Latest
	if f.most > 0 && most > 0 {
		most = max(1, most*f.most/shorter[1]+1) // what is cut has fewer entries too
	}
	this := f.lists
	if f.lists++; part.Latest > 1 && this < len(f.further) {
		most += f.further[this]
	}
	n := len(list)
	if most == 0 || n <= most {
		return list, unlisted, nil
	}
	if part.Latest > 1 {
		f.out.unlisted = append(f.out.unlisted, this)
	}
	unlisted = append(unlisted, para(agree(f.in(sayPaperMore), n-most)))
	f.urgent(part, list)
	if part.Open || part.InForce {
		return list[:most], unlisted, nil // what is to be done first, what holds now
	}
	list = list[n-most:]
	f.sort(part, list)
	return list, unlisted, nil
}

// named is an order in a few words: of what sort, from when and until when.
func (f *filler) named(v timeline.RegisteredVersion) []Run {
	runs := append(f.shown(v, "sort"), Run{Text: ", " + f.at(v.When)})
	if _, dated := v.Ends.Latest(); dated {
		runs = append(runs, Run{Text: " – " + f.at(v.Ends)})
	}
	return append(runs, Run{Text: ". "})
}

// urgent puts in order what a list that is cut keeps: no enquiry whose day has gone by
// before one whose has not, and no breach that lies outside its order behind one within.
func (f *filler) urgent(part papers.Part, list []timeline.Registered) {
	today := f.out.Ask.Now.In(f.x.Zone()).Format(time.DateOnly)
	slices.SortStableFunc(list, func(a, b timeline.Registered) int {
		v, w := a.Current(), b.Current()
		if part.Having == "expires" {
			return cmp.Compare(behind(v.Fields["expires"] < today), behind(w.Fields["expires"] < today))
		}
		return cmp.Compare(behind(len(f.x.Outside(v)) == 0), behind(len(f.x.Outside(w)) == 0))
	})
}

// behind sorts what is so behind what is not.
func behind(so bool) int {
	if so {
		return 1
	}
	return 0
}

// sort puts the entries of a part into order: what is to be done by its day, and
// others by time; of what is in force, what may have been broken stands first, then
// what was served, the last of it before what was made earlier.
func (f *filler) sort(part papers.Part, list []timeline.Registered) {
	slices.SortStableFunc(list, func(a, b timeline.Registered) int {
		v, w := a.Current(), b.Current()
		at, _ := v.When.Order()
		bt, _ := w.When.Order()
		switch {
		case part.Open:
			return strings.Compare(orLast(v.DueOn(f.x.Zone())), orLast(w.DueOn(f.x.Zone())))
		case part.InForce:
			broken, served := behind(!f.broken[a.ID])-behind(!f.broken[b.ID]), behind(v.Fields["served"] == "")-behind(w.Fields["served"] == "")
			return cmp.Or(broken, served, bt.Compare(at))
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
			if _, is := f.strangers[r.ID]; is && d.ID == "when" {
				value = append(value, Run{Text: "\n" + f.in(sayPaperStranger)})
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
	if slices.Contains([]string{"events", "items", "order", "terms"}, field) {
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
		f.holding(v.Terms)
		f.untold(v.Terms)
		for i, t := range v.Terms {
			t = f.shownTerm(t, v.Fields["against"])
			s := fmt.Sprintf("%d. %s", i+1, f.cutTerm(t))
			if t.Ended(now, zone) {
				s += "; " + f.in(sayPaperPast)
			}
			all = append(all, s)
		}
		return quote(strings.Join(all, "\n"))
	}
	return nil
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
