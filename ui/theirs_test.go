package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
	"daybook/ui/model"
)

// withHelp is a window with a case into which somebody else has written too.
func withHelp(t *testing.T) (w *Window, incident, report string) {
	t.Helper()
	dir := t.TempDir() // before the window, so that the case is closed before it goes
	w = window(t, Options{})
	f := model.CreateForm{Folder: dir, Name: "notes", Title: "Kitchen", Actor: "Maya", Zone: "Europe/London", Passphrase: "tin whistle", Again: "tin whistle"}
	r, err := model.NewRecovery()
	if err = errors.Join(err, w.desk.Create(f, r), w.desk.Lock()); err != nil {
		t.Fatal(err)
	}
	c, err := evidence.Open(f.Path(), keys.Passphrase(f.Passphrase), evidence.OpenOptions{Actor: "Ann"})
	if err != nil {
		t.Fatal(err)
	}
	x, err := timeline.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	day, err := timeline.Typed("2026-05-01", "", "", c.Zone())
	if err != nil {
		t.Fatal(err)
	}
	in, err := x.WriteIncident(t.Context(), timeline.IncidentDraft{What: "I saw him at her gate", Occurred: day})
	if err != nil {
		t.Fatal(err)
	}
	e, err := x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.ReportMade, Words: "I told the desk", When: day, Fields: map[string]string{"body": "police"}})
	_, bad := x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: "The order", When: day, Fields: map[string]string{"sort": "other"}, Terms: []timeline.Term{{Text: "not to contact her"}}})
	if err = errors.Join(err, bad, c.Close(), w.desk.Unlock(t.Context(), f.Path(), f.Passphrase, nil)); err != nil {
		t.Fatal(err)
	}
	w.chosen.Notice = 99
	return w, in.ID.String(), e.ID.String()
}

// TestTheirWordsStand: where somebody else wrote it down, that is said before
// anything is typed, and the fields of an entry can be put right all the same.
func TestTheirWordsStand(t *testing.T) {
	w, incident, report := withHelp(t)
	const theirs = "Ann wrote these words, and nobody else changes them."
	w.show(homeID)
	w.incident(incident)
	if s := w.words(); !strings.Contains(s, theirs) || strings.Contains(s, "Correct this") {
		t.Errorf("%s", s)
	}
	looked(t, w, "theirs-incident")
	w.entry(report)
	w.tap(t, "Correct this")
	wants(t, w, theirs, "I told the desk")
	for _, f := range w.fields() {
		if f.Text == "I told the desk" {
			t.Error("their words can be typed over")
		}
	}
	looked(t, w, "theirs-entry")
	w.filling(t, "Crime or log number", "CR/77")
	w.filling(t, "Why do you correct it?", "it came by post")
	w.saveKey()
	wants(t, w, "Version 2 is saved as entry", "CR/77")

	orders, err := w.desk.RegisterEntries(timeline.CourtOrder, time.Now())
	if err != nil || len(orders) != 1 {
		t.Fatalf("%d orders, %v", len(orders), err)
	}
	w.entry(orders[0].Event)
	w.tap(t, "Correct this")
	wants(t, w, theirs, "1. not to contact her")
	if strings.Contains(w.words(), "Add another term") {
		t.Error("their terms can be changed")
	}
	looked(t, w, "theirs-order")
	w.filling(t, "Number of the case", "C/1")
	w.filling(t, "Why do you correct it?", "it came by post")
	w.saveKey()
	wants(t, w, "Version 2 is saved as entry", "C/1")
}

// TestWhatABreachNeeds: “Yes” to a term asks for the number of the report and says
// what the order lacks; another answer takes both away.
func TestWhatABreachNeeds(t *testing.T) {
	w := practised(t)
	w.secondOrder(t)
	w.show(writeID)
	w.filling(t, "What happened?", "He stood in the close")
	w.filling(t, "When did it happen?", "2 May 2026")
	const asks = "Was it reported? Then the number of it"
	if strings.Contains(w.words(), asks) {
		t.Error("it asks before anybody said yes")
	}
	w.answering(t, "May this break: “not to enter", "Yes")
	wants(t, w, asks, "Of the order nothing is held yet on: the day on which it was served, how it was served, a copy of it.")
	w.filling(t, asks, "CR/9")
	looked(t, w, "breach-needs")
	w.answering(t, "May this break: “not to enter", "No")
	if strings.Contains(w.words(), asks) {
		t.Error("it asks though it breaks nothing")
	}
	w.answering(t, "May this break: “not to enter", "Yes")
	w.saveKey()
	wants(t, w, "Saved as entry")
	rows, err := w.desk.RegisterEntries(timeline.Breach, time.Now())
	rows = slices.DeleteFunc(rows, func(r model.RegisterRow) bool { return r.Marked })
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d breaches in the register, %v", len(rows), err)
	}
	w.entry(rows[0].Event)
	wants(t, w, "CR/9")
}

// TestTodaySaysNothingPrivate: a plan for safety that is half written, or due, is not
// named where others may look over a shoulder.
func TestTodaySaysNothingPrivate(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(registersID)
	w.writeEntry(timeline.SafetyPlan)
	w.fields()[0].SetText("Leave by the back door")
	w.show(homeID)
	wants(t, w, "Not finished: something that you keep private")
	if s := w.words(); strings.Contains(s, "Safety plan") || strings.Contains(s, "back door") {
		t.Errorf("%s", s)
	}
	form, err := w.desk.Enter(timeline.SafetyPlan)
	if err != nil {
		t.Fatal(err)
	}
	form.Form.Words, form.Form.Occurred.Day, form.Form.ToDo.Day = "Leave by the back door", "yesterday", "tomorrow"
	if _, err := form.Save(t.Context(), w.env.Now()); err != nil {
		t.Fatal(err)
	}
	w.show(homeID)
	wants(t, w, "One thing is due")
	if s := w.words(); strings.Contains(s, "soon too late") || strings.Contains(s, "Safety plan") {
		t.Errorf("%s", s)
	}
}
