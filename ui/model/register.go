package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/assets/registers"
	"daybook/evidence"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// soon is how many days ahead something counts as due.
const soon = 14

// RegisterLine is a register in the list of them.
type RegisterLine struct {
	registers.Register
	Entries int
	Overdue int // entries whose day is past
	Soon    int // entries whose day comes within two weeks
	Beside  int // reports that were noted with incidents, and are no entries
	Marked  int // events that were marked as breaches, and are no entries
	Without int // incidents of which no report is noted, of the register of reports
}

// Chase is what has to be asked after again and again.
type Chase string

// What is chased.
const (
	NoNumber   Chase = "no number"
	Enquiries  Chase = "enquiries"
	ReviewsDue Chase = "reviews"
)

// Chases lists them, with their names.
func Chases() []Option {
	return []Option{{string(NoNumber), "Reported, no crime number"}, {string(Enquiries), "Still to be looked for"}, {string(ReviewsDue), "Reviews that are due"}}
}

// Registers lists the registers, with what is in each.
func (d *Desk) Registers(now time.Time) ([]RegisterLine, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	all, err := registers.All()
	if err != nil {
		return nil, err
	}
	var out []RegisterLine
	for _, r := range all {
		l := RegisterLine{Register: r}
		for _, row := range registerRows(x, x.Registers(timeline.Kind(r.Kind)), now) {
			l.Entries++
			if row.Overdue {
				l.Overdue++
			} else if row.Soon {
				l.Soon++
			}
		}
		if l.Kind == string(timeline.ReportMade) {
			l.Beside, l.Without = x.ReportedWithIncidents(), x.NotReported()
		}
		if l.Kind == string(timeline.Breach) {
			marked, err := casework.MarkedBreaches(context.Background(), x)
			if err != nil {
				return nil, err
			}
			l.Marked = len(marked)
		}
		out = append(out, l)
	}
	return out, nil
}

// RegisterOf is what a register is and asks for.
func (d *Desk) RegisterOf(kind timeline.Kind) (registers.Register, error) {
	_, x, err := d.held()
	if err != nil {
		return registers.Register{}, err
	}
	return x.Register(kind)
}

// DueSoon counts what is due, or will be within two weeks; that of private registers
// apart.
func (d *Desk) DueSoon(now time.Time) (n, private int, err error) {
	all, err := d.Registers(now)
	for _, l := range all {
		if l.Private {
			private += l.Overdue + l.Soon
			continue
		}
		n += l.Overdue + l.Soon
	}
	return n, private, err
}

// RegisterRow is an entry in a list.
type RegisterRow struct {
	Event   string // its ID
	Kind    timeline.Kind
	When    string
	Begin   string   // its first words
	Chosen  []string // what it is: the choices of it
	Facts   string   // the number under which it runs, and what else tells it
	Due     string   // the day by which something is to be done, or is lost; empty: none
	Overdue bool
	Soon    bool
	Marked  bool   // it is an event that was marked as a breach, and no entry
	Others  bool   // such a one, and the orders of its day are against somebody else than who did it
	Gone    string // the day on which what is looked for may be gone, where it is another than Due; empty: none

	at  time.Time
	due string // as it sorts
}

// RegisterEntries lists the entries of one register, the latest first.
func (d *Desk) RegisterEntries(kind timeline.Kind, now time.Time) ([]RegisterRow, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	rows := registerRows(x, x.Registers(kind), now)
	if kind == timeline.Breach {
		marked, err := casework.MarkedBreaches(context.Background(), x)
		if err != nil {
			return nil, err
		}
		rows = append(rows, markedRows(x, marked)...)
	}
	slices.SortStableFunc(rows, func(a, b RegisterRow) int { return b.at.Compare(a.at) })
	return rows, nil
}

// markedRows are the events that were marked as breaches, beside the entries.
func markedRows(x *timeline.Index, marked []casework.MarkedBreach) (rows []RegisterRow) {
	for _, b := range marked {
		row := RegisterRow{Event: b.ID.String(), Kind: timeline.Breach, When: Capital(happened(b.When, x.Zone())), Begin: firstWords(said(b.Event)), Marked: true, Others: len(b.Orders) == 0 && len(b.Others) > 0}
		if b.Sole() {
			order := fieldAnswer(x, registers.Field{ID: "order", Type: registers.Entry}, b.Registered().Current())
			row.Facts, row.Chosen = order.Typed, []string{order.Chosen}
		}
		row.at, _ = b.When.Order()
		rows = append(rows, row)
	}
	return rows
}

// ChoiceLabel is one of the answers that a register offers, as it is read.
func ChoiceLabel(choice string) string {
	if choice == "other" {
		return "Something else"
	}
	return Capital(choice)
}

// Chased lists the entries that answer a question, the first to be lost or done
// first.
func (d *Desk) Chased(w Chase, now time.Time) ([]RegisterRow, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	var list []timeline.Registered
	for _, r := range x.Registers() {
		if v := r.Current(); w.asks(v) {
			list = append(list, r)
		}
	}
	rows := registerRows(x, list, now)
	if w == ReviewsDue {
		rows = slices.DeleteFunc(rows, func(r RegisterRow) bool { return !r.Overdue && !r.Soon })
	}
	slices.SortStableFunc(rows, func(a, b RegisterRow) int {
		return cmp.Or(cmp.Compare(last(a.due), last(b.due)), a.at.Compare(b.at))
	})
	return rows, nil
}

// last puts what has no day behind what has one.
func last(day string) string { return cmp.Or(day, "~") }

// asks tells that an entry may answer the question.
func (w Chase) asks(v timeline.RegisteredVersion) bool {
	switch w {
	case NoNumber:
		body := v.Fields["body"]
		return v.Kind == timeline.ReportMade && (body == "police" || body == "another force") && !v.Says("reference")
	case Enquiries:
		return v.Kind == timeline.Enquiry && v.Open()
	case ReviewsDue:
		return v.Kind == timeline.Review
	}
	return false
}

func registerRows(x *timeline.Index, list []timeline.Registered, now time.Time) []RegisterRow {
	latest := latestFinal(x)
	rows := make([]RegisterRow, 0, len(list))
	for _, r := range list {
		v := r.Current()
		row := RegisterRow{Event: r.ID.String(), Kind: v.Kind, When: Capital(happened(v.When, x.Zone())), Begin: firstWords(v.Words)}
		row.Chosen, row.Facts = registerFacts(x, v)
		row.at, _ = v.When.Order()
		if row.due = v.DueOn(x.Zone()); row.due != "" {
			row.Due = readableDay(row.due)
		}
		if gone := v.Fields["expires"]; gone > row.due {
			row.Gone = readableDay(gone)
		}
		if final, ok := latest[v.Kind]; row.due != "" && v.Open() && (!ok || final == r.ID) {
			today := now.In(x.Zone())
			row.Overdue = row.due < today.Format(time.DateOnly)
			row.Soon = !row.Overdue && row.due <= today.AddDate(0, 0, soon).Format(time.DateOnly)
		}
		rows = append(rows, row)
	}
	return rows
}

// latestFinal are the last entries of registers whose entries are never changed:
// what an earlier one waits for was answered by a later one.
func latestFinal(x *timeline.Index) map[timeline.Kind]timeline.ID {
	out, at := map[timeline.Kind]timeline.ID{}, map[timeline.Kind]time.Time{}
	for _, r := range x.Registers() {
		v := r.Current()
		kind, err := x.Register(v.Kind)
		if err != nil || !kind.Final {
			continue
		}
		when, _ := v.When.Order()
		if _, ok := out[v.Kind]; !ok || !when.Before(at[v.Kind]) {
			out[v.Kind], at[v.Kind] = r.ID, when
		}
	}
	return out
}

// registerFacts are the first choices of an entry, and the number under which it
// runs.
func registerFacts(x *timeline.Index, v timeline.RegisteredVersion) (chosen []string, facts string) {
	kind, err := x.Register(v.Kind)
	if err != nil {
		return nil, ""
	}
	var parts []string
	for _, f := range kind.Fields {
		switch value := v.Fields[f.ID]; {
		case value == "":
		case f.Type == registers.Choice:
			chosen = append(chosen, ChoiceLabel(value))
		case f.Required && f.Type == registers.Line || f.ID == "reference" || f.ID == "name":
			parts = append(parts, oneLine(value))
		}
	}
	return chosen, join(parts...)
}

// DayText is a day as it is read; empty: it is not known.
func DayText(day string) string {
	if day == "" {
		return "Day not known"
	}
	return readableDay(day)
}

func readableDay(day string) string {
	if at, err := time.Parse(time.DateOnly, day); err == nil {
		return at.Format("2 January 2006")
	}
	return day
}

// RegisterPage is a saved entry of a register, to be read.
type RegisterPage struct {
	registers.Register
	Event    string // its ID
	When     string
	Versions []VersionPage // the latest first
	About    []Linked
	Order    string   // the event of the order that it is about; empty: of none
	Denied   int      // answers that nothing broke an order, which are not counted
	Shared   int      // of what may have broken an order, what is counted under another too
	Again    int      // of that, further entries of an event that is counted already
	Others   int      // of what was marked, what another did than whom the order is against; not counted
	Early    int      // of that, what lies outside the time of the order or of its term
	Outside  []string // of a breach: how its own time lies outside that, and that another did it; of an order or a notice: names that several have
	Loose    bool     // a breach that names no event, and is counted nowhere
	Unserved bool     // something may have broken an order of which no day of service is noted
}

// Linked is an event that an entry is about.
type Linked struct {
	ID      timeline.ID
	Kind    string // in plain words
	When    string
	Begin   string   // its first words
	Entry   bool     // it is an entry of a register, which has a page of its own
	Outside []string // of what may have broken an order: how its time lies outside that of the order
}

// outside says how a time lies outside that of an order, a sentence each.
func outside(all []timeline.Outside) (list []string) {
	for _, how := range all {
		list = append(list, fmt.Sprintf("Its time is %s.", how))
	}
	return list
}

// linked says of events when they were and how they begin.
func linked(ctx context.Context, x *timeline.Index, ids []timeline.ID) ([]Linked, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := x.Find(ctx, timeline.Filter{Events: ids})
	if err != nil {
		return nil, err
	}
	rows, err := found.Rows(0, found.Len())
	if err != nil {
		return nil, err
	}
	var out []Linked
	for _, r := range rows {
		out = append(out, Linked{r.ID, Capital(r.Title()), happened(r.When, x.Zone()), firstWords(said(r.Event)), r.Kind.Register(), nil})
	}
	return out, nil
}

// Entry gives a saved entry with every version.
func (d *Desk) Entry(event string) (RegisterPage, error) {
	c, x, err := d.held()
	if err != nil {
		return RegisterPage{}, err
	}
	r, err := registered(x, event)
	if err != nil {
		return RegisterPage{}, err
	}
	p := RegisterPage{Event: event, When: Capital(happened(r.Current().When, x.Zone()))}
	if p.Register, err = x.Register(r.Current().Kind); err != nil {
		return p, err
	}
	var before []Part
	for i, v := range r.Versions {
		now := registerParts(c, x, p.Register, v)
		page := VersionPage{Reason: v.Reason, Parts: now, Written: fmt.Sprintf("Written down on %s as entry %d by %s. Locked.", v.Recorded.In(c.Zone()).Format("Mon 2 Jan 2006 at 15:04:05 MST"), v.Entry, v.By)}
		if v.Author != v.By {
			page.Written = fmt.Sprintf("Fields corrected on %s as entry %d by %s; the words are those of %s. Locked.", v.Recorded.In(c.Zone()).Format("Mon 2 Jan 2006 at 15:04:05 MST"), v.Entry, v.By, v.Author)
		}
		if len(r.Versions) > 1 {
			page.Title = fmt.Sprintf("Version %d of %d", i+1, len(r.Versions))
		}
		if i > 0 {
			page.Parts = compared(now, before)
		}
		before = slices.Clone(now)
		p.Versions = append(p.Versions, page)
	}
	slices.Reverse(p.Versions)
	if order, err := registered(x, r.Current().Fields["order"]); err == nil {
		p.Order = order.ID.String()
	}
	p.Loose = casework.IsLoose(r.Current())
	p.Outside, p.Unserved = outside(x.Outside(r.Current())), x.Unserved(r.Current())
	for _, s := range casework.Strangers(x, r) {
		p.Outside = append(p.Outside, oneLine(s.String()))
	}
	for _, s := range casework.ManyCalled(x, r.Current()) {
		p.Outside = append(p.Outside, oneLine(s.String()))
	}
	if p.Kind == string(timeline.CourtOrder) {
		err = p.broken(x, r)
	} else {
		p.About, err = linked(context.Background(), x, r.Current().Events)
	}
	return p, err
}

// broken puts what may have broken an order on its page.
func (p *RegisterPage) broken(x *timeline.Index, order timeline.Registered) error {
	all, err := casework.Breaking(context.Background(), x, order.ID)
	if err != nil {
		return err
	}
	p.Others = len(all.Others)
	p.Denied, p.Shared, p.Again, p.Early = len(all.Denied), all.Shared, all.Again, all.Early()
	p.Unserved = len(all.Events) > 0 && order.Current().Fields["served"] == ""
	if p.About, err = linked(context.Background(), x, all.Events); err != nil {
		return err
	}
	for i, l := range p.About {
		p.About[i].Outside = outside(all.Outside[l.ID])
		if s, is := all.By[l.ID]; is {
			p.About[i].Outside = append(p.About[i].Outside, oneLine(s.String()))
		}
	}
	return nil
}

// registerParts are the answers of an entry, in the order of the form.
func registerParts(c *evidence.Case, x *timeline.Index, kind registers.Register, v timeline.RegisteredVersion) []Part {
	var out []Part
	add := func(label string, a Answer) {
		if !a.empty() {
			out = append(out, Part{Label: label, Answer: a})
		}
	}
	add(kind.Words, Answer{Typed: v.Words})
	for _, d := range []struct {
		label string
		when  timeline.When
	}{{kind.Dates.Occurred, v.When}, {kind.Dates.Ends, v.Ends}, {kind.Dates.Due, v.Due}} {
		if d.label != "" && d.when.Precision != "" {
			add(d.label, Answer{Chosen: happened(d.when, x.Zone())})
		}
	}
	for _, f := range kind.Fields {
		add(f.Label, fieldAnswer(x, f, v))
	}
	for i, t := range v.Terms {
		add(fmt.Sprintf("Term %d", i+1), Answer{Typed: t.String()})
	}
	for _, n := range v.Items {
		out = append(out, itemPart(c, n))
	}
	return out
}

// pounds is an amount with the sign of its money, where that is not in it.
func pounds(amount string) string {
	if strings.HasPrefix(amount, "£") || strings.Contains(amount, " ") {
		return amount
	}
	return "£" + amount
}

// fieldAnswer is the value of a field as it is read.
func fieldAnswer(x *timeline.Index, f registers.Field, in timeline.RegisteredVersion) Answer {
	value := in.Fields[f.ID]
	switch {
	case value == "":
		return Answer{}
	case f.Type == registers.Day:
		return Answer{Chosen: readableDay(value)}
	case f.Type == registers.Choice:
		return Answer{Chosen: ChoiceLabel(value)}
	case f.Type == registers.Money:
		return Answer{Typed: pounds(value)}
	case f.Type == registers.Term:
		if t, ok := x.NamedTerm(in); ok {
			return Answer{t.String(), t.Since(x.Zone())}
		}
	case f.Type == registers.Entry:
		r, err := registered(x, value)
		if err != nil {
			return Answer{Typed: value}
		}
		v := r.Current()
		return Answer{firstWords(v.Words), Capital(v.Fields["sort"])}
	}
	return Answer{Typed: value}
}
