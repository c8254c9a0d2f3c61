package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daybook/timeline"
	"daybook/ui/model"
)

// busyCase is a window with a case of 200 entries whose words and names are long, run
// from right to left or are pictures, and with incidents beside them.
func busyCase(t *testing.T) *Window {
	t.Helper()
	f := model.CreateForm{Name: "busy", Title: "Kitchen", Actor: "Maya", Zone: "Europe/London", Passphrase: "tin whistle", Again: "tin whistle"}
	return inCopy(t, "busy.daybook", f.Passphrase, func(d *model.Desk, folder string) error {
		f.Folder = folder
		r, err := model.NewRecovery()
		if err != nil {
			return err
		}
		if err := errors.Join(d.Create(f, r), d.Unlock(context.Background(), f.Path(), f.Passphrase, nil)); err != nil {
			return err
		}
		for n := range 200 {
			if err := busyEntry(d, n); err != nil {
				return fmt.Errorf("entry %d: %w", n, err)
			}
		}
		return nil
	})
}

func busyEntry(d *model.Desk, n int) error {
	name := [...]string{longWord, arabicName, emojiName, "Ann"}[n%4]
	kind := [...]timeline.Kind{timeline.CourtOrder, timeline.ReportMade, timeline.LifeChange, timeline.Enquiry}[n/4%4]
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	day := now.AddDate(0, 0, -n).Format("2 January 2006")
	if n%8 == 7 {
		w, err := d.WriteDown()
		if err != nil {
			return err
		}
		w.Form.What, w.Form.Who, w.Form.Occurred = strings.Repeat(name+" came again. ", 4), name, model.TimeForm{How: model.ThatDay, Day: day}
		w.Form.Codes = []string{"FOLLOW"}
		_, err = w.Save(context.Background(), now)
		return err
	}
	e, err := d.Enter(kind)
	if err != nil {
		return err
	}
	e.Form.Words, e.Form.Occurred.Day = strings.Repeat(name+" said so. ", 3), day
	switch kind {
	case timeline.CourtOrder:
		e.Form.Fields["sort"], e.Form.Fields["court"] = "non-molestation order", name
		e.Form.Terms = []timeline.Term{{Text: "not to contact " + name, People: name, Places: name}}
	case timeline.ReportMade:
		e.Form.Fields["body"], e.Form.Fields["name"], e.Form.Fields["reference"] = "police", name, name
	case timeline.LifeChange:
		e.Form.Fields["part"], e.Form.Fields["cost"] = "work", "12.50"
	case timeline.Enquiry:
		e.Form.Fields["owner"], e.Form.Fields["state"], e.Form.ToDo.Day = name, "open", "1 August 2026"
	}
	_, err = e.Save(context.Background(), now)
	return err
}

// TestCaseworkOfABusyCase draws the pages of an investigator with 200 entries, long
// names, names from right to left and pictures.
func TestCaseworkOfABusyCase(t *testing.T) {
	w := busyCase(t)
	rows, err := w.desk.RegisterEntries(timeline.CourtOrder, time.Now())
	if err != nil || len(rows) < 40 {
		t.Fatalf("%d orders, %v", len(rows), err)
	}
	part := func(part string) func() {
		return func() { w.show(lawID); w.view.focus.(*chips).set(part) }
	}
	for _, page := range []struct {
		name string
		show func()
	}{
		{"registers", func() { w.show(registersID) }},
		{"register", func() { w.show(registersID); w.register(timeline.CourtOrder) }},
		{"entry-long", func() { w.show(registersID); w.entry(rows[len(rows)-4].Event) }},
		{"entry-arabic", func() { w.show(registersID); w.entry(rows[len(rows)-3].Event) }},
		{"enquiries", func() { w.show(registersID); w.chased(model.Chases()[1]) }},
		{"breach", func() { w.show(registersID); w.writeEntry(timeline.Breach) }},
		{"write", func() { w.show(writeID); w.filling(t, "When did it happen?", "1 July 2026") }},
		{"law", part(offences)},
		{"course", part(inOrder)},
		{"which", func() { w.openPaper(model.PaperAsked{ID: "breach-pack"}) }},
		{"pack", func() { w.openPaper(model.PaperAsked{ID: "breach-pack", One: rows[len(rows)-2].Event}) }},
		{"police", func() { w.openPaper(model.PaperAsked{ID: "pack-police"}) }},
	} {
		w.inEveryManner(t, "busy-"+page.name, page.show)
		w.win.Resize(fyne.NewSize(900, 600))
		page.show()
		w.look(t, "busy-small-"+page.name, manner{"light", "light", 100, small})
	}
}
