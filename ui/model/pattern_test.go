package model

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daybook/evidence"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// rawEvents reads every event of a case, one by one.
func rawEvents(t *testing.T, d *Desk, f timeline.Filter) (rows []timeline.Row) {
	t.Helper()
	found, err := d.x.Find(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range found.All(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// wall is an event's time as the clocks of the case showed it, and how much of
// it is known.
func wall(d *Desk, w timeline.When) (t time.Time, hour, day bool) {
	t = w.Local
	if !w.Instant.IsZero() {
		t = w.Instant.In(d.x.Zone())
	}
	return t, w.Known(timeline.Hour), w.Known(timeline.Day)
}

// figuresByName are the figures that are not nought, each under its words; it
// fails where one does not lead to its events.
func figuresByName(t *testing.T, f *Figures) map[string]int {
	t.Helper()
	out := map[string]int{}
	for r := range f.Rows {
		for c := range f.Columns {
			n := f.N[r][c]
			only, ok := f.Only(r, c)
			if ok != (n > 0) || f.Unit == "event" && len(only.Events) != n || len(only.Events) < n {
				t.Errorf("%s: leads to %d", f.Said(r, c), len(only.Events))
			}
			if n > 0 {
				out[f.Columns[c].Long+" "+f.Rows[r].Short] += n
			}
		}
	}
	for i, l := range f.Left {
		if only, _ := f.OnlyLeft(i); f.Unit == "event" && len(only.Events) != l.N {
			t.Errorf("%s leads to %d", l.Said(f.Unit), len(only.Events))
		}
		if l.N > 0 {
			out[l.What] = l.N
		}
	}
	return out
}

func pattern(t *testing.T, d *Desk, q PatternQuery) *Pattern {
	t.Helper()
	p, err := d.Pattern(context.Background(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPatternAgreesWithRawEvents counts everything that the page shows of the
// sample case anew, from its events as they are read one by one.
func TestPatternAgreesWithRawEvents(t *testing.T) {
	d := practised(t)
	for name, agree := range map[string]func(*testing.T, *Desk){
		"months": monthsAgree, "hours": hoursAgree, "before and after": aroundAgrees, "occasions": occasionsAgree,
		"one person": onePersonAgrees, "silences": silencesAgree, "moments": momentsAreListed,
	} {
		t.Run(name, func(t *testing.T) { agree(t, d) })
	}
}

// codesOf are the rows that an event's marks stand in.
func codesOf(row timeline.Row) []string {
	codes := []string{"All"}
	for _, m := range row.Marks {
		if m.Code != "" && !slices.Contains(codes, m.Code) {
			codes = append(codes, m.Code)
		}
	}
	if len(codes) == 1 {
		codes = append(codes, "Not marked")
	}
	return codes
}

// othersDid tells what is no entry of a register, no own act and nothing that the
// owner sent; what nobody sends has a behaviour.
func othersDid(row timeline.Row, own map[string]bool) bool {
	switch {
	case row.Kind.Register(), slices.ContainsFunc(row.Marks, func(m timeline.Mark) bool { return m.Tag == timeline.OwnAct }):
		return false
	case row.From != (timeline.Party{}):
		return row.Kind == timeline.Incident || !own[timeline.NewHandle(row.From, row.Source.Importer, row.Source.Item).Key]
	}
	return row.Kind == timeline.Incident || len(row.To) > 0 && row.To[0].Owner || codesOf(row)[1] != "Not marked"
}

// monthsAgree counts by month anew from the events themselves.
func monthsAgree(t *testing.T, d *Desk) {
	t.Helper()
	p := pattern(t, d, PatternQuery{})
	codes, kinds, own := map[string]int{}, map[string]int{}, ownHandles(d)
	for _, row := range rawEvents(t, d, timeline.Filter{}) {
		if !othersDid(row, own) {
			codes[notByOthers]++
			kinds[notByOthers]++
			continue
		}
		at, _, _ := wall(d, row.When)
		month := at.Format("January 2006")
		if !row.When.Known(timeline.Month) {
			month = "whose month is not known"
		}
		for _, c := range codesOf(row) {
			codes[month+" "+c]++
		}
		kinds[month+" All"]++
		kinds[month+" "+kindName(row.Kind)]++
	}
	if len(codes) < 20 {
		t.Fatalf("the sample case has %d figures", len(codes))
	}
	if d := cmp.Diff(codes, figuresByName(t, p.Months(ByBehaviour))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(kinds, figuresByName(t, p.Months(ByKind))); d != "" {
		t.Error(d)
	}
}

// hoursAgree counts by weekday and hour anew, over the night in
// which the clocks went back.
func hoursAgree(t *testing.T, d *Desk) {
	t.Helper()
	want, own := map[string]int{}, ownHandles(d)
	for _, row := range rawEvents(t, d, timeline.Filter{}) {
		switch at, hour, day := wall(d, row.When); {
		case !othersDid(row, own):
			want[notByOthers]++
		case hour:
			h := at.Format("15")
			want[h+":00 to "+h+":59 "+at.Format("Mon")]++
		case day:
			want["of a day whose hour is not known"]++
		default:
			want["whose day is not known"]++
		}
	}
	if d := cmp.Diff(want, figuresByName(t, pattern(t, d, PatternQuery{}).Hours())); d != "" {
		t.Error(d)
	}
}

// aroundAgrees counts before and after a moment and a day anew.
func aroundAgrees(t *testing.T, d *Desk) {
	t.Helper()
	p := pattern(t, d, PatternQuery{})
	rows, own := rawEvents(t, d, timeline.Filter{}), ownHandles(d)
	for _, text := range []string{"18 Jul 2025 20:05", "2025-09-12 16:30", "26 Oct 2025", "2025-07-06 12:00"} {
		m, err := p.MomentAt(text)
		if err != nil {
			t.Fatal(err)
		}
		f, err := p.Around(t.Context(), m, 30, ByBehaviour)
		if err != nil {
			t.Fatal(err)
		}
		from, to := m.At.AddDate(0, 0, -30).Format(time.DateOnly), m.At.AddDate(0, 0, 30).Format(time.DateOnly)
		want := map[string]int{}
		for _, row := range rows {
			at, hour, known := wall(d, row.When)
			day := at.Format(time.DateOnly)
			column := ""
			switch {
			case !othersDid(row, own):
				column = "that did not come from them, entries of registers included"
			case !known:
				column = "whose day is not known: in one of these periods or in another, or in none"
			case day < from || day > to:
				column = "before or after these days"
			case day < m.At.Format(time.DateOnly):
				column = f.Columns[0].Long
			case day > m.At.Format(time.DateOnly):
				column = f.Columns[len(f.Columns)-1].Long
			case m.Day:
				column = f.Columns[1].Long
			case !hour:
				column = "of that day, and it is not known whether before or after"
			case at.Format("15:04") < m.At.Format("15:04"):
				column = f.Columns[1].Long
			default:
				column = f.Columns[2].Long
			}
			if strings.HasPrefix(column, "of ") || strings.HasPrefix(column, "before ") || strings.HasPrefix(column, "that did") {
				want[column]++
				continue
			}
			for _, c := range codesOf(row) {
				want[column+" "+c]++
			}
		}
		if d := cmp.Diff(want, figuresByName(t, f)); d != "" {
			t.Errorf("%s: %s", text, d)
		}
	}
	for _, text := range []string{"July 2025", "2025", "some day", ""} {
		if m, err := p.MomentAt(text); err == nil {
			t.Errorf("%q is taken as %s", text, m.Name)
		}
	}
}

// occasionsAgree: the page groups events as the timeline does,
// and each occasion in which others did something counts once, where that begins.
func occasionsAgree(t *testing.T, d *Desk) {
	t.Helper()
	f := pattern(t, d, PatternQuery{Occasions: true}).Months(ByKind)
	occasions, err := d.x.Occasions(context.Background(), timeline.Filter{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	type month struct {
		n      int
		events []string
	}
	want, got, own := map[string]month{}, map[string]month{}, ownHandles(d)
	theirs := map[timeline.ID]timeline.When{}
	for _, row := range rawEvents(t, d, timeline.Filter{}) {
		if othersDid(row, own) {
			theirs[row.ID] = row.When
		}
	}
	for _, o := range occasions {
		first := slices.IndexFunc(o.Events, func(id timeline.ID) bool { _, ok := theirs[id]; return ok })
		if first < 0 {
			continue
		}
		at, _, _ := wall(d, theirs[o.Events[first]])
		name := at.Format("January 2006")
		m := want[name]
		m.n++
		for _, id := range o.Events {
			m.events = append(m.events, id.String())
		}
		want[name] = m
	}
	all := len(f.Rows) - 1
	for c, h := range f.Columns {
		only, _ := f.Only(all, c)
		m := month{n: f.N[all][c]}
		for _, id := range only.Events {
			m.events = append(m.events, id.String())
		}
		got[h.Long] = m
	}
	for _, list := range []map[string]month{want, got} {
		for _, m := range list {
			slices.Sort(m.events)
		}
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(month{})); d != "" {
		t.Error(d)
	}
	if events := pattern(t, d, PatternQuery{}).Months(ByKind); cmp.Equal(events.N, f.N) {
		t.Error("occasions are counted as events are")
	}
	figuresByName(t, f)
	rule, err := d.x.OccasionsByRule(t.Context(), timeline.Filter{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	several := slices.IndexFunc(occasions, func(o timeline.Occasion) bool { return o.N > 1 && !o.NoHour })
	if err := d.x.SplitOccasion(t.Context(), occasions[several].Events[1], "another matter"); err != nil {
		t.Fatal(err)
	}
	if said := fmt.Sprintf("%s as split and joined by hand, and %d by the rule alone.", count(len(occasions)+1, "occasion"), len(rule)); !strings.HasSuffix(pattern(t, d, PatternQuery{Occasions: true}).Said, said) {
		t.Errorf("nothing says %q", said)
	}
}

// onePersonAgrees: a person's events are those that they sent or got, or those
// that they sent.
func onePersonAgrees(t *testing.T, d *Desk) {
	t.Helper()
	b, err := d.People(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range b.Rows {
		n := b.people[b.at[r.Number]]
		for sent, want := range map[bool]int{false: n.Events, true: n.Sent} {
			p := pattern(t, d, PatternQuery{Person: fmt.Sprint(r.Number), Sent: sent})
			if got := len(p.list) + len(p.undated); got != want {
				t.Errorf("%s, sent %t: %d events, want %d", r.Face.Name, sent, got, want)
			}
		}
	}
	p := pattern(t, d, PatternQuery{From: "1 Aug 2025", To: "Aug 2025"})
	f := p.Months(ByKind)
	if len(f.Columns) != 1 || f.N[len(f.Rows)-1][0]+f.Left[len(f.Left)-1].N != len(p.list) || !strings.Contains(p.Said, "from Friday 1 August 2025 to August 2025") {
		t.Errorf("August alone: %v, %s", f.Columns, p.Said)
	}
	if _, err := d.Pattern(context.Background(), PatternQuery{From: "soon"}, nil); err == nil {
		t.Error("a day that is none is taken")
	}
}

// ownHandles are the numbers, accounts and names of the owner of the exports.
func ownHandles(d *Desk) map[string]bool {
	own := map[string]bool{}
	for _, p := range d.x.People() {
		for _, h := range p.Handles {
			own[h.Key] = own[h.Key] || p.Owner
		}
	}
	return own
}

func silencesOf(t *testing.T, p *Pattern, least int) []Silence {
	t.Helper()
	s, err := p.Silences(t.Context(), least)
	if err != nil {
		t.Fatal(err)
	}
	return s.List
}

// silencesAgree: the days without an event are those that no event has, and each
// is told by what the files say of themselves.
func silencesAgree(t *testing.T, d *Desk) {
	t.Helper()
	p := pattern(t, d, PatternQuery{From: "25 May 2025", To: "5 Dec 2025"})
	on := map[string]bool{}
	for _, row := range rawEvents(t, d, timeline.Filter{}) {
		if at, _, day := wall(d, row.When); day && !row.Kind.Register() {
			on[at.Format(time.DateOnly)] = true
		}
	}
	var want []string
	run := 0
	for day := time.Date(2025, 5, 25, 0, 0, 0, 0, time.UTC); !day.After(time.Date(2025, 12, 6, 0, 0, 0, 0, time.UTC)); day = day.AddDate(0, 0, 1) {
		if !on[day.Format(time.DateOnly)] && day.Before(time.Date(2025, 12, 6, 0, 0, 0, 0, time.UTC)) {
			run++
			continue
		}
		if run >= 3 {
			want = append(want, fmt.Sprint(run, " days until ", day.AddDate(0, 0, -1).Format(time.DateOnly)))
		}
		run = 0
	}
	var got []string
	for _, s := range silencesOf(t, p, 3) {
		got = append(got, fmt.Sprint(s.Last-s.First+1, " days until ", casework.DayOf(s.Last).Format(time.DateOnly)))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	b, err := d.People(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range b.Rows { // other events may be of the days without one of theirs
		s, err := pattern(t, d, PatternQuery{Person: fmt.Sprint(r.Number)}).Silences(t.Context(), 3)
		if err != nil || s.Counted || len(s.List) > 0 || !strings.Contains(s.Rule, "not counted") {
			t.Errorf("%s: %v, %v", r.Face.Name, s, err)
		}
	}
}

// TestSilencesAreTold: a silence within a file's days is silent; beyond them
// nothing is known; both together are told as both.
func TestSilencesAreTold(t *testing.T) {
	d := chatted(t, "01/03/2025, 10:00 - Dan R: one\n01/03/2025, 11:00 - Maya: two\n20/03/2025, 10:00 - Dan R: three\n31/03/2025, 10:00 - Maya: four\n")
	p := pattern(t, d, PatternQuery{From: "10 Feb 2025", To: "10 Apr 2025"})
	var got []string
	for _, s := range silencesOf(t, p, 7) {
		got = append(got, fmt.Sprint(s.Sort, " ", s.Days, " ", s.From, " ", s.To))
	}
	want := []string{
		"2 19 days without any: 10 February 2025 to 28 February 2025 2025-02-09 2025-03-01",
		"0 18 days without any: 2 March 2025 to 19 March 2025 2025-03-01 2025-03-20",
		"0 10 days without any: 21 March 2025 to 30 March 2025 2025-03-20 2025-03-31",
		"2 10 days without any: 1 April 2025 to 10 April 2025 2025-03-31 2025-04-11",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	m, err := p.MomentAt("28 Mar 2025")
	if err != nil {
		t.Fatal(err)
	}
	f, err := p.Around(t.Context(), m, 7, ByKind)
	if err != nil {
		t.Fatal(err)
	}
	if note := f.Note; !strings.Contains(note, "7 of the 7 days before, and of 3 of the 7 days after") {
		t.Errorf("a period that reaches beyond what is held: %s", note)
	}
	for _, c := range []struct {
		query         PatternQuery
		columns, note string
	}{
		{PatternQuery{From: "21 Mar 2025"}, "Before That day After", "speak of 7 of the 7 days before"},
		{PatternQuery{From: "22 Mar 2025"}, "That day After", "Not all of the days before are in the period"},
		{PatternQuery{To: "4 Apr 2025"}, "Before That day After", "speak of 7 of the 7 days before"},
		{PatternQuery{To: "3 Apr 2025"}, "Before That day", "Not all of the days after are in the period"},
		{PatternQuery{To: "27 Mar 2025"}, "Before", "Not all of that day is in the period"},
		{PatternQuery{Person: "1"}, "Before That day After", casework.Chosen.Only()},
	} {
		f, err := pattern(t, d, c.query).Around(t.Context(), m, 7, ByKind)
		if err != nil {
			t.Fatal(err)
		}
		var columns []string
		for _, h := range f.Columns {
			columns = append(columns, h.Short)
		}
		if strings.Join(columns, " ") != c.columns || !strings.Contains(f.Note, c.note) || c.query.Person != "" && strings.Contains(f.Note, "speak of") {
			t.Errorf("%v: %q, %s", c.query, columns, f.Note)
		}
	}
}

// momentsAreListed: what can be counted before and after are the orders and what is
// marked.
func momentsAreListed(t *testing.T, d *Desk) {
	t.Helper()
	list, err := pattern(t, d, PatternQuery{}).Moments(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range list[:4] {
		names = append(names, m.Name[:strings.Index(m.Name, ": ")+2])
	}
	if d := cmp.Diff([]string{"18 Jul 2025, 20:05: ", "21 Aug 2025, 21:30: ", "12 Sep 2025: ", "12 Sep 2025, 14:00: "}, names); d != "" {
		t.Error(d)
	}
	if len(list) < 25 {
		t.Errorf("%d moments", len(list))
	}
}

// TestLongPeriods: however long the period, no chart has more bars than can be
// read, every month has its place, and neighbours touch.
func TestLongPeriods(t *testing.T) {
	for _, years := range []int{1, 4, 6, 15, 40, 200, 900} {
		first, last := monthNumber(time.Date(2001, 2, 1, 0, 0, 0, 0, time.UTC)), monthNumber(time.Date(2000+years, 11, 1, 0, 0, 0, 0, time.UTC))
		step := stepOf(first, last)
		first -= mod(first, step)
		n := (last-first)/step + 1
		if n > mostColumns || n < 1 {
			t.Errorf("%d years are %d columns of %d months", years, n, step)
		}
		if h := monthHeading(first, step); h.Long == "" || h.Short == "" {
			t.Errorf("%d years: %+v", years, h)
		}
	}
}

// TestPatternSaysWhatStandsTwice: a call that is in the telephone and on its bill
// is counted in both, and is said and counted as one that is in two sources, with
// the rows that name each other.
func TestPatternSaysWhatStandsTwice(t *testing.T) {
	d := opened(t)
	addRead(t, d, "telephony", callOn(3, 5), callOn(4, 2))
	addRead(t, d, "bill", callOn(3, 5), callOn(4, 9))
	p := pattern(t, d, PatternQuery{})
	twice, err := p.Twice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var want int
	for _, r := range rawEvents(t, d, timeline.Filter{}) {
		want += min(1, len(r.Elsewhere))
	}
	if len(twice) != 2 || want != 2 {
		t.Fatalf("%v stand in two sources, %d rows say so", twice, want)
	}
	p = p.With(twice)
	for _, by := range []By{ByKind, ByBehaviour} {
		got := figuresByName(t, p.Months(by))
		if got["March 2024 In two sources"] != 2 || got["April 2024 In two sources"] != 0 || got["March 2024 All"] != 2 {
			t.Errorf("%v", got)
		}
	}
	if !strings.Contains(p.Said, "4 events. Of these, 2 events are in two sources") {
		t.Error(p.Said)
	}
	f := p.Months(ByKind)
	if f.Free(); f.p != nil {
		t.Error("figures that are not shown hold what was counted")
	}
	if _, ok := f.Only(0, 0); ok {
		t.Error("figures that were let go lead to events")
	}
}

// callOn is a call of a day of 2024.
func callOn(month, day int) timeline.Event {
	return timeline.Event{Kind: timeline.Call, When: timeline.FromInstant(time.Date(2024, time.Month(month), day, 10, 0, 0, 0, time.UTC), timeline.Second, "raw"),
		From: timeline.Party{Address: "+447700900777"}}
}

// addRead adds a file and what an importer made of it.
func addRead(t *testing.T, d *Desk, importer string, events ...timeline.Event) {
	t.Helper()
	ctx := t.Context()
	batch, err := d.c.Begin(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	w := d.x.Begin(ctx, batch.Number())
	added, err := batch.Add(ctx, strings.NewReader(importer), evidence.Provenance{Name: importer, Path: importer, Type: "text/csv", Size: -1, How: "file"})
	if err != nil {
		t.Fatal(err)
	}
	item, err := added.Item(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r := w.Read(item, importer, 1, nil)
	for n, e := range events {
		e.Source.Record = fmt.Sprint("row ", n+1)
		if err := r.Event(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), d.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
}
