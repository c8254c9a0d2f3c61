package model

import (
	"errors"
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

// noon is a day on which tests write: a fixed one, so that days can be counted.
var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// entered saves an entry with some fields, written on a day.
func entered(t *testing.T, d *Desk, kind timeline.Kind, on, due string, fields map[string]string) string {
	t.Helper()
	e, err := d.Enter(kind)
	if err != nil {
		t.Fatal(err)
	}
	e.Form.Words, e.Form.Occurred.Day, e.Form.ToDo.Day = "words of "+string(kind), on, due
	for k, v := range fields {
		if k == "expires" {
			e.Form.Days[k] = v
			continue
		}
		e.Form.Fields[k] = v
	}
	s, err := e.Save(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	return s.Event
}

// TestARegisterAsksForWhatItsDataSays: what lacks is named field by field, in the
// order of the form, and what was typed stays.
func TestARegisterAsksForWhatItsDataSays(t *testing.T) {
	d := opened(t)
	e, err := d.Enter(timeline.Enquiry)
	if err != nil {
		t.Fatal(err)
	}
	wants := func(field Field, words string) {
		t.Helper()
		var lack *Lack
		if _, err := e.Save(t.Context(), noon); !errors.As(err, &lack) || lack.Field != field || !strings.Contains(err.Error(), words) {
			t.Errorf("%v, not %s at %s", err, words, field)
		}
	}
	wants(WhatField, "in your own words")
	e.Form.Words = "the camera at the gate"
	wants(OccurredField, "say when")
	e.Form.Occurred.Day = "29 June 2026"
	wants("owner", "this must be said")
	e.Form.Fields["owner"] = "PC Vale"
	e.Form.Days["expires"] = "someday"
	wants("expires", "is no date")
	e.Form.Days["expires"] = "in two"
	wants("expires", "is no date")
	e.Form.Days["expires"] = "in 10 days"
	wants("state", "choose one")
	e.Form.Fields["state"] = "not pursued"
	wants("reason", "this must be said")
	e.Form.Fields["state"] = "open"
	e.Form.ToDo.Day = "1 June 2026"
	wants(DueField, "")
	e.Form.ToDo.Day = ""
	saved, err := e.Save(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Entry(saved.Event)
	if err != nil || len(p.Versions) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	var text []string
	for _, part := range p.Versions[0].Parts {
		text = append(text, part.Label+"="+part.Text())
	}
	if got := strings.Join(text, "; "); !strings.Contains(got, "The day on which it may be gone=11 July 2026") || !strings.Contains(got, "What is to be found out=the camera at the gate") {
		t.Error(got)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("%v, %v", drafts, err)
	}
}

// TestWhatIsChased: reports to the police without a number, enquiries by the day
// on which they are lost, and the last review alone.
func TestWhatIsChased(t *testing.T) {
	d := opened(t)
	without := entered(t, d, timeline.ReportMade, "1 June 2026", "", map[string]string{"body": "police"})
	entered(t, d, timeline.ReportMade, "2 June 2026", "", map[string]string{"body": "police", "reference": "CR/1"})
	entered(t, d, timeline.ReportMade, "2 June 2026", "", map[string]string{"body": "school"})
	later := entered(t, d, timeline.Enquiry, "3 June 2026", "20 July 2026", map[string]string{"owner": "me", "state": "open", "expires": "30 July 2026"})
	gone := entered(t, d, timeline.Enquiry, "3 June 2026", "1 August 2026", map[string]string{"owner": "me", "state": "open", "expires": "20 June 2026"})
	entered(t, d, timeline.Enquiry, "3 June 2026", "", map[string]string{"owner": "me", "state": "done", "result": "seen"})
	entered(t, d, timeline.Review, "1 May 2026", "1 June 2026", map[string]string{"by": "DS Hill"})
	review := entered(t, d, timeline.Review, "1 June 2026", "8 July 2026", map[string]string{"by": "DS Hill"})
	for what, want := range map[Chase][]string{NoNumber: {without}, Enquiries: {gone, later}, ReviewsDue: {review}} {
		rows, err := d.Chased(what, noon)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range rows {
			got = append(got, r.Event)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %v, not %v", what, got, want)
		}
		for _, r := range rows {
			if want := r.Event == later; want != (r.Gone == "30 July 2026") || !want && r.Gone != "" {
				t.Errorf("%s: due %s, gone %q", r.Begin, r.Due, r.Gone)
			}
		}
	}
	lines, err := d.Registers(noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		switch timeline.Kind(l.Kind) {
		case timeline.Enquiry:
			if l.Entries != 3 || l.Overdue != 1 || l.Soon != 0 {
				t.Errorf("enquiries: %d, %d overdue, %d soon", l.Entries, l.Overdue, l.Soon)
			}
		case timeline.Review:
			if l.Entries != 2 || l.Overdue != 0 || l.Soon != 1 {
				t.Errorf("reviews: %d, %d overdue, %d soon", l.Entries, l.Overdue, l.Soon)
			}
		}
	}
	entered(t, d, timeline.SafetyPlan, "1 June 2026", "2 July 2026", nil)
	if n, private, err := d.DueSoon(noon); err != nil || n != 2 || private != 1 {
		t.Errorf("%d due, %d private, %v", n, private, err)
	}
}

// TestAnEntryIsCorrected: both versions stay, a time that was left alone is what
// it was, and a review takes no correction.
func TestAnEntryIsCorrected(t *testing.T) {
	d := opened(t)
	event := entered(t, d, timeline.ReportMade, "1 June 2026", "tomorrow", map[string]string{"body": "police"})
	e, err := d.CorrectEntry(event)
	if err != nil {
		t.Fatal(err)
	}
	e.Form.Fields["reference"] = "CR/77"
	if _, err := e.Save(t.Context(), noon); err == nil || !strings.Contains(err.Error(), "say why you correct it") {
		t.Errorf("without a reason: %v", err)
	}
	e.Form.Reason = "it came by post"
	if _, err := e.Save(t.Context(), noon.AddDate(0, 0, 3)); err != nil {
		t.Fatal(err)
	}
	p, err := d.Entry(event)
	if err != nil || len(p.Versions) != 2 || p.Versions[0].Reason != "it came by post" {
		t.Fatalf("%+v, %v", p, err)
	}
	was := map[string]string{}
	for _, part := range p.Versions[0].Parts {
		if part.Was != nil {
			was[part.Label] = part.Was.Text()
		}
	}
	if len(was) != 1 || was["Crime or log number"] != "nothing" {
		t.Errorf("%v", was)
	}
	review := entered(t, d, timeline.Review, "1 May 2026", "", map[string]string{"by": "DS Hill"})
	if e, err = d.CorrectEntry(review); err == nil {
		e.Form.Reason = "no"
		_, err = e.Save(t.Context(), noon)
	}
	if !errors.Is(err, timeline.ErrFinal) {
		t.Errorf("a review: %v", err)
	}
}

// TestADraftOfAnEntryIsItsOwn: it comes back letter for letter, is told from a
// draft of an incident, and goes once it is saved.
func TestADraftOfAnEntryIsItsOwn(t *testing.T) {
	d := opened(t)
	e, err := d.Enter(timeline.CourtOrder)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Leave(noon); err != nil {
		t.Fatal(err)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("a form that nobody touched: %v, %v", drafts, err)
	}
	if e, err = d.Enter(timeline.CourtOrder); err != nil {
		t.Fatal(err)
	}
	e.Form.Days["served"], e.Form.Terms = "last week sometime", []timeline.Term{{Text: "not to call"}}
	if err := e.Leave(noon); err != nil {
		t.Fatal(err)
	}
	drafts, err := d.Drafts()
	if err != nil || len(drafts) != 1 || drafts[0].Register != timeline.CourtOrder || !e.Is(drafts[0]) {
		t.Fatalf("%v, %v", drafts, err)
	}
	back, err := d.ContinueEntry(drafts[0].Name)
	if err != nil || back.Form.Days["served"] != "last week sometime" || len(back.Form.Terms) != 1 || back.Kind.Kind != "order" {
		t.Errorf("%+v, %v", back, err)
	}
	if err := d.Discard(drafts[0]); err != nil {
		t.Fatal(err)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("%v, %v", drafts, err)
	}
}

// TestABreachNamesTheTermOfAnOrder: the terms offered are those of the order that
// was chosen.
func TestABreachNamesTheTermOfAnOrder(t *testing.T) {
	d := opened(t)
	o, err := d.Enter(timeline.CourtOrder)
	if err != nil {
		t.Fatal(err)
	}
	o.Form.Words, o.Form.Occurred.Day, o.Form.Fields["sort"] = "not to come near", "1 May 2026", "restraining order"
	o.Form.Until.Day = "1 May 2028"
	o.Form.Terms = []timeline.Term{{Text: "not to call"}, {Text: "not to come to Lower Marsh", Places: "Lower Marsh"}, {}}
	order, err := o.Save(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Enter(timeline.Breach)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.TermsOf(); got != nil {
		t.Errorf("before an order was chosen: %v", got)
	}
	field, _ := b.Kind.Field("order")
	others := b.Others(field)
	if len(others) != 1 || others[0].Value != order.Event || others[0].Label != "Restraining order: not to come near" {
		t.Fatalf("%v", others)
	}
	b.Form.Fields["order"] = others[0].Value
	if terms := b.TermsOf(); len(terms) != 2 || terms[1].Value != "2" || !strings.HasPrefix(terms[1].Label, "2: not to come to Lower Marsh") {
		t.Errorf("%v", terms)
	}
	b.Form.Words, b.Form.Occurred.Day, b.Form.Fields["term"], b.Form.Fields["may"] = "he stood there", "20 June 2026", "2", "yes"
	if _, err := b.Save(t.Context(), noon); err != nil {
		t.Error(err)
	}
}

// TestADayToComeIsRead: of a day without a year the next is meant.
func TestADayToComeIsRead(t *testing.T) {
	for text, want := range map[string]string{"tomorrow": "2026-07-02", "in a week": "2026-07-08", "in 2 months": "2026-09-01", "Monday": "2026-07-06", "Wednesday": "2026-07-08",
		"14 March": "2027-03-14", "1 July": "2026-07-01", "14/3": "2027-03-14", "14/3/2026": "2026-03-14", "today": "2026-07-01", "3 days ago": "2026-06-28", "30 June 2030": "2030-06-30"} {
		d, err := readDayAhead(text, noon)
		if err != nil || d.typed() != want {
			t.Errorf("%s: %s, %v; not %s", text, d.typed(), err, want)
		}
	}
}
