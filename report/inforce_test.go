//go:build linux || darwin

package report

import (
	"strings"
	"testing"
	"time"

	"daybook/assets/papers"
	"daybook/timeline"
)

// An order that has ended is not handed out as one in force: where a paper says what
// is in force it is counted and not listed, and everywhere else its end says so.
func TestAPaperSaysWhichOrdersAreInForce(t *testing.T) {
	k := newCase(t)
	enter := func(words, ends string, terms ...timeline.Term) {
		t.Helper()
		for i := range terms {
			terms[i].People, terms[i].Places = "none", "none" // else no such reader has its words
		}
		must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: words, When: at(t, "2024-05-01 10:00"), Ends: must(timeline.Typed(ends, "", "", k.c.Zone()))(t),
			Fields: map[string]string{"sort": words}, Terms: terms}))(t)
	}
	enter("restraining order", "2025-05-01", timeline.Term{Text: "not to enter the yard"})
	enter("bail condition", "2026-05", timeline.Term{Text: "not to ring"}, timeline.Term{Text: "not to write", Ends: "2025-06-01"})
	on := func(name, day string) string {
		t.Helper()
		_, text, _ := k.made(t, must(papers.Named(name))(t), PaperAsk{Now: must(time.Parse(time.DateOnly, day))(t)})
		return text
	}
	for _, name := range []string{"pack-school", "pack-employer", "pack-housing", "officer-brief", "pack-marac"} {
		if text := on(name, "2025-05-01"); !strings.Contains(text, "the yard") || strings.Contains(text, "Not in force") {
			t.Errorf("%s, on its last day: %s", name, text)
		}
		text := on(name, "2026-05-20")
		for want, held := range map[string]bool{"the yard": false, "not to ring": true, "Not in force on 2026-05-20, and not listed here: 1.": true, "not to write; until 2025-06-01; gone by": true} {
			if strings.Contains(text, want) != held {
				t.Errorf("%s, after its end: %q in it is %t:\n%s", name, want, !held, text)
			}
		}
		if text := on(name, "2026-06-01"); strings.Contains(text, "not to ring") || !strings.Contains(text, "Not in force on 2026-06-01, and not listed here: 2.") {
			t.Errorf("%s, after the end of both: %s", name, text)
		}
	}
	for _, name := range []string{"pack-police", "pack-prosecutor", "pack-advocate"} {
		if text := on(name, "2025-05-02"); !strings.Contains(text, "the yard") || !strings.Contains(text, "2025-05-01, gone by") || strings.Contains(text, "2026-05, gone by") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// The brief of one page names what was served before what never was, whatever was made
// last, and leaves out only what has no room on its page.
func TestABriefNamesWhatWasServedAndFillsItsPage(t *testing.T) {
	k := newCase(t)
	enter := func(kind timeline.Kind, words string, fields map[string]string) {
		t.Helper()
		must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: kind, Words: words, When: at(t, "2024-05-01 10:00"), Fields: fields}))(t)
	}
	brief := func() string {
		t.Helper()
		p, text, pages := k.made(t, must(papers.Named("officer-brief"))(t), PaperAsk{Now: must(time.Parse(time.DateOnly, "2024-06-01"))(t)})
		if len(pages) != 1 {
			t.Fatalf("%d pages, cut %t", len(pages), p.Cut)
		}
		return text
	}
	enter(timeline.CourtOrder, "served", map[string]string{"sort": "restraining order", "served": "2024-05-03"})
	for _, sort := range []string{"bail condition", "stalking protection order", "non-molestation order"} {
		enter(timeline.CourtOrder, sort, map[string]string{"sort": sort})
	}
	text := brief()
	if first := strings.Index(text, "restraining order"); first < 0 || first > strings.Index(text, "bail condition") || first > strings.Index(text, "non-molestation") || strings.Contains(text, "held and not listed") {
		t.Errorf("%s", text)
	}
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: "ended", When: at(t, "2024-04-01 10:00"), Ends: must(timeline.Typed("2024-05-20", "", "", k.c.Zone()))(t), Fields: map[string]string{"sort": "occupation order"}}))(t)
	if text = strings.Join(strings.Fields(brief()), " "); !strings.Contains(text, "not listed here: 1. occupation order, 2024-04-01 10:00 BST – 2024-05-20.") {
		t.Errorf("without the order that has ended: %s", text)
	}
	for range 40 {
		enter(timeline.ReportMade, "told them", map[string]string{"body": "police", "name": "the station desk", "state": "open"})
	}
	if text = brief(); !strings.Contains(text, "restraining order") || strings.Count(text, "station desk") < 8 || !strings.Contains(text, "more are held and not listed here.") {
		t.Errorf("%d of 40 reports: %s", strings.Count(text, "station desk"), text)
	}
}

// The brief of a case with much of everything has one page, and what it cuts is what
// matters least: another spelling before another person, an order that nothing may have
// broken before one that something may, a breach outside its order before one within,
// the words of a term before its day, an enquiry whose day has gone by before one whose has not.
func TestABriefOfMuchKeepsWhatMatters(t *testing.T) {
	k := newCase(t)
	enter := func(kind timeline.Kind, day, words string, fields map[string]string) timeline.ID {
		t.Helper()
		d := timeline.RegisterDraft{Kind: kind, Words: words, When: at(t, day), Fields: fields}
		if fields["sort"] == "restraining order" {
			d.Terms = []timeline.Term{{Text: strings.Repeat("not to come ", 40), Ends: "2024-04-30"}}
		}
		return must(k.x.Enter(t.Context(), d))(t).ID
	}
	for i, b := range timeline.Behaviours() {
		who := []string{"Dan Rook", "Dan", "Dan Rook (my ex)", "Dan R", "Rook, Dan", "the ex, Dan"}[i%6]
		must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at(t, "2024-04-01 10:00"), What: "He did it again.", Who: who, Codes: []string{b.Code}}))(t)
		must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at(t, "2024-04-02 10:00"), What: "He did it again.", Who: who, Codes: []string{b.Code}}))(t)
	}
	must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at(t, "2024-04-03 10:00"), What: "He came too.", Who: "Zoltan Vance"}))(t)
	order := enter(timeline.CourtOrder, "2024-03-01 10:00", "not to come", map[string]string{"sort": "restraining order", "served": "2024-03-02"}).String()
	enter(timeline.CourtOrder, "2024-03-09 10:00", "made later", map[string]string{"sort": "bail condition", "served": "2024-03-10"})
	for _, day := range []string{"2024-05-02 10:00", "2024-04-05 10:00", "2024-05-03 10:00", "2024-04-06 10:00", "2024-05-04 10:00"} {
		enter(timeline.Breach, day, "he came", map[string]string{"order": order, "term": "1", "may": "yes"})
	}
	for i := range 12 {
		expires := []string{"2024-05-01", "2024-06-09"}[i%2]
		enter(timeline.Enquiry, "2024-04-01 10:00", "camera "+expires, map[string]string{"expires": expires, "source": strings.Repeat("the shop at the corner ", 8), "owner": "PC Vale", "state": "open"})
		enter(timeline.ReportMade, "2024-04-01 10:00", "told them", map[string]string{"body": "platform", "state": "open"})
	}
	p, text, pages := k.made(t, must(papers.Named("officer-brief"))(t), PaperAsk{Now: must(time.Parse(time.DateOnly, "2024-06-01"))(t)})
	if len(pages) != 1 || !p.Cut {
		t.Errorf("%d pages, cut: %v", len(pages), p.Cut)
	}
	text = strings.Join(strings.Fields(text), " ")
	for _, want := range []string{"Zoltan Vance (1)", "2024-04-05", "2024-04-06", "camera 2024-06-09", "platform", "more are held and not listed here", "not to come not …; until 2024-04-30; gone by"} {
		if !strings.Contains(text, want) {
			t.Errorf("without %q", want)
		}
	}
	for _, not := range []string{"2024-05-02", "camera 2024-05-01"} {
		if strings.Contains(text, not) {
			t.Errorf("with %q, before what matters more", not)
		}
	}
	if first := strings.Index(text, "restraining order"); first < 0 || strings.Contains(text[:first], "bail condition") {
		t.Error("an order that nothing may have broken stands first")
	}
	if lists := [...]int{strings.Count(text, "platform"), strings.Count(text, "camera")}; lists[0]+lists[1] < 6 {
		t.Errorf("lists of %v entries, though the page has room", lists)
	}
	if t.Failed() {
		t.Log(text)
	}
}
