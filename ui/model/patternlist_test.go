package model

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/importers"
	"daybook/importers/all"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// TestPatternListsAreTheTerminalsPatterns: the window's lists are those that casework
// finds, each figure leads to as many events as it counts, and a person or a channel
// narrows them.
func TestPatternListsAreTheTerminalsPatterns(t *testing.T) {
	ctx := context.Background()
	d := practised(t)
	p := pattern(t, d, PatternQuery{})
	m, err := casework.Gather(ctx, p.base.x, timeline.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range PatternLists() {
		l, err := p.List(ctx, by, 0)
		if err != nil {
			t.Fatal(err)
		}
		want, err := m.Pattern(ctx, by)
		if err != nil {
			t.Fatal(err)
		}
		var got []ListedFigure
		for _, g := range l.Groups {
			got = append(got, g.Figures...)
		}
		if len(got) != len(want.Figures) || l.Title == "" {
			t.Fatalf("%s: %d figures, want %d", by, len(got), len(want.Figures))
		}
		for i, f := range want.Figures {
			if only, ok := got[i].Only(); got[i].N != f.N || ok != (f.N > 0) || len(only.Events) != f.N || !slices.Equal(only.Events, f.Events) {
				t.Errorf("%s, %s: %d, and leads to %d", by, got[i].Name, f.N, len(only.Events))
			}
		}
	}
	if _, err := p.List(ctx, "mood", 0); err == nil {
		t.Error("there is a pattern of mood")
	}
	channels, err := p.List(ctx, "channel", 0)
	if err != nil {
		t.Fatal(err)
	}
	var one, two *Pattern
	names := channels.Groups[0].Figures
	if one, err = p.Channel(ctx, names[0].Name); err == nil {
		two, err = p.Channel(ctx, names[1].Name)
	}
	if err != nil {
		t.Fatal(err)
	}
	rows, err := one.Beside(ctx, two, [2]Heading{{Short: names[0].Name}, {Short: names[1].Name}}, "kind")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows.N[0], []int{names[0].N, names[1].N}) {
		t.Errorf("%+v beside %v", rows.N[0], names[:2])
	}
	sums := []int{0, 0}
	for _, n := range rows.N[1:] {
		sums[0] += n[0]
		sums[1] += n[1]
	}
	if !slices.Equal(sums, rows.N[0]) {
		t.Errorf("by kind %v, want %v", sums, names[:2])
	}
}

// TestAnAttributionIsTakenBack: who may use a number is said, shown beside both with
// its reasons, and taken back.
func TestAnAttributionIsTakenBack(t *testing.T) {
	ctx := context.Background()
	d := practised(t)
	book, err := d.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var apart []PersonRow
	for _, r := range book.Rows {
		if page, _ := book.Person(r.Number); len(page.Perhaps) == 0 && !page.Owner {
			apart = append(apart, r)
		}
	}
	if len(apart) < 2 {
		t.Fatalf("%d persons stand apart", len(apart))
	}
	if _, err := d.Attribute(ctx, apart[0].Number, apart[1].Number, timeline.Possible, nil, nil); err == nil {
		t.Error("said without a reason")
	}
	change, err := d.Attribute(ctx, apart[0].Number, apart[1].Number, timeline.Possible, []string{"the same words"}, []string{"another telephone"})
	if err != nil {
		t.Fatal(err)
	}
	perhaps := func() []PerhapsRow {
		book, err := d.People(ctx)
		if err != nil {
			t.Fatal(err)
		}
		page, _ := book.Person(apart[0].Number)
		return page.Perhaps
	}
	got := perhaps()
	if len(got) != 1 || got[0].Strength != "possible" || got[0].Entry == 0 || got[0].Others[0].Number != apart[1].Number || !slices.Equal(got[0].Against, []string{"another telephone"}) {
		t.Fatalf("%+v", got)
	}
	if err := d.TakeBack(ctx, change); err != nil {
		t.Fatal(err)
	}
	if got := perhaps(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestAroundCountsThem: before and after they were told, and an order, one rule counts
// what they did in the window, in the terminal and in a bundle: not what the owner
// wrote, not what others sent where it is known whom it is about, and no entries of
// registers. A call without a number counts where everybody is counted, and stands
// beside where it is known whom it is about.
func TestAroundCountsThem(t *testing.T) {
	ctx := context.Background()
	d := chatted(t, "01/03/2025, 10:00 - Dan R: one\n01/03/2025, 11:00 - Maya: please stop\n01/03/2025, 11:05 - Dan R: two\n02/03/2025, 10:00 - Layla: three\n03/03/2025, 10:00 - Dan R: four\n03/03/2025, 10:01 - Maya: five\n31/03/2025, 10:01 - Maya: six\n")
	calls := filepath.Join(t.TempDir(), "calls.xml")
	err := os.WriteFile(calls, []byte(`<calls><call number="-1" duration="0" date="1740736800000" type="3" presentation="2" /><call number="-1" duration="0" date="1741003200000" type="3" presentation="2" /></calls>`), 0o600)
	if err == nil {
		run := importers.Run{Case: d.c, Index: d.x, Set: all.Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: d.c.Zone()}}
		note := filepath.Join(t.TempDir(), "note.txt") // whose time is that of the file
		if err = os.WriteFile(note, []byte("some words"), 0o600); err == nil {
			_, err = run.Add(ctx, "", calls, note)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.People(ctx)
	if err == nil {
		err = d.x.Merge(ctx, b.Find("Maya")[0].Number, timeline.OwnerNumber(), "it is her telephone")
	}
	if err != nil {
		t.Fatal(err)
	}
	enter := func(kind timeline.Kind, when string, fields map[string]string, about ...timeline.ID) {
		at, err := timeline.Typed(when, "", "", d.x.Zone())
		if err == nil {
			_, err = d.x.Enter(ctx, timeline.RegisterDraft{Kind: kind, When: at, Words: "said so", Fields: fields, Events: about})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var one timeline.ID
	for _, row := range rawEvents(t, d, timeline.Filter{}) {
		if row.Text == "one" {
			one = row.ID
		}
	}
	enter(timeline.Notice, "2025-03-01 11:00", map[string]string{"how": "asked to stop"}, one)
	enter(timeline.CourtOrder, "2025-03-02", map[string]string{"sort": "other"}) // against nobody: nothing is before or after it
	enter(timeline.ReportMade, "2025-03-03", map[string]string{"body": "police"})
	never := timeline.When{Precision: timeline.Undated, Raw: "not sure"}
	if _, err := d.x.WriteIncident(ctx, timeline.IncidentDraft{Occurred: never, What: "a knock"}); err != nil {
		t.Fatal(err)
	}
	m, err := casework.Gather(ctx, d.x, timeline.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	terminal, err := m.Pattern(ctx, "moment")
	if err != nil {
		t.Fatal(err)
	}
	var counted, apart []int
	for _, f := range terminal.Figures {
		if strings.Contains(f.Key, "not shown from whom") {
			apart = append(apart, f.N)
		} else {
			counted = append(counted, f.N)
		}
	}
	if want := []int{1, 1}; !slices.Equal(apart, want) {
		t.Errorf("beside those whom it is about stand %v, want %v", apart, want)
	}
	if want := []int{0, 1, 1, 1, 1, 6}; !slices.Equal(counted, want) { // before, until, from, after, not known; all days of the order
		t.Errorf("the terminal counts %v, want %v", counted, want)
	}
	p := pattern(t, d, PatternQuery{})
	if got, err := m.Pattern(ctx, "silence"); err != nil || !strings.Contains(got.Rule, casework.SayWeak(1)) {
		t.Errorf("silences say nothing of what is placed by a weak sign: %q, %v", got.Rule, err)
	}
	if s, err := p.Silences(ctx, 7); err != nil || !strings.Contains(s.Rule, casework.SayWeak(1)) {
		t.Errorf("its silences say nothing of it: %v, %v", s, err)
	}
	moments, err := p.Moments(ctx)
	if err != nil || len(moments) != 2 || strings.Contains(moments[0].Name, "entry") {
		t.Fatalf("%v, %v", moments, err)
	}
	var windows, beside []int
	for _, at := range moments {
		f, err := p.Around(ctx, at, casework.UsualDays, ByKind)
		if err != nil {
			t.Fatal(err)
		}
		windows = append(windows, f.N[len(f.Rows)-1]...)
		for _, l := range f.Left {
			switch {
			case l.N > 0 && strings.Contains(l.What, "not shown from whom"):
				beside = append(beside, l.N)
			case strings.HasPrefix(l.What, "whose day is not known") && len(f.Columns) > 1:
				windows = append(windows, l.N)
			}
		}
	}
	if !slices.Equal(beside, apart) {
		t.Errorf("beside stand %v in the window, and %v in the terminal", beside, apart)
	}
	if !slices.Equal(windows, counted) {
		t.Errorf("the window counts %v, and the terminal %v", windows, counted)
	}
	for _, row := range rawEvents(t, d, timeline.Filter{}) {
		if row.Text == "some words" { // with a behaviour it is counted by month
			_, err = d.x.Mark(ctx, timeline.MarkDraft{Events: []timeline.ID{row.ID}, Code: "CONTACT"})
		}
	}
	if err == nil {
		m, err = casework.Gather(ctx, d.x, timeline.Filter{})
	}
	if err != nil {
		t.Fatal(err)
	}
	if got, err := m.Pattern(ctx, "month"); err != nil || !strings.Contains(got.Rule, casework.SayWeak(1)) {
		t.Errorf("months say nothing of what is placed by a weak sign: %q, %v", got.Rule, err)
	}
	if said := pattern(t, d, PatternQuery{}).Months(ByKind).Rule; !strings.Contains(said, casework.SayWeak(1)) {
		t.Errorf("the window says nothing of it: %q", said)
	}
}
