package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
	"daybook/ui/model"
)

// crowded is a window with a case of 200 people, 200 entries of registers and 40
// orders, many with names that are hard to draw.
func crowded(t *testing.T) *Window {
	t.Helper()
	return inCopy(t, "crowded.daybook", "tin whistle", func(d *model.Desk, folder string) error {
		r, err := model.NewRecovery()
		if err != nil {
			return err
		}
		f := model.CreateForm{Folder: folder, Name: "crowded", Title: "Kitchen", Actor: "Maya", Zone: "Europe/London", Passphrase: "tin whistle", Again: "tin whistle"}
		if err := errors.Join(d.Create(f, r), d.Unlock(t.Context(), f.Path(), f.Passphrase, nil), addCrowd(t, d, folder), d.Lock()); err != nil {
			return err
		}
		c, err := evidence.Open(f.Path(), keys.Passphrase(f.Passphrase), evidence.OpenOptions{Actor: f.Actor})
		if err != nil {
			return err
		}
		x, err := timeline.Open(t.Context(), c)
		if err != nil {
			return errors.Join(err, c.Close())
		}
		if err := enterMany(t, x); err != nil {
			return errors.Join(err, c.Close())
		}
		return c.Close()
	})
}

// crowd names the n-th of many: every fourth is plain.
func crowd(n int) string {
	return []string{"Sam %d Whitfield", longWord + " %d", arabicName + " %d", emojiName + " %d"}[n%4]
}

func addCrowd(t *testing.T, d *model.Desk, folder string) error {
	var chat strings.Builder
	at := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	for n := range 400 {
		fmt.Fprintf(&chat, "%s - "+crowd(n%200)+": where are you, number %d\n", at.Add(time.Duration(n)*5*time.Hour).Format("02/01/2006, 15:04"), n%200, n)
	}
	file := filepath.Join(folder, "WhatsApp Chat with Everybody.txt")
	if err := os.WriteFile(file, []byte(chat.String()), 0o600); err != nil {
		return err
	}
	_, err := d.Add(t.Context(), "", []string{file}, nil)
	return err
}

func enterMany(t *testing.T, x *timeline.Index) error {
	at := func(n int) timeline.When {
		w, err := timeline.Typed(time.Date(2026, 1, 1+n%300, 10, 0, 0, 0, time.UTC).Format("2006-01-02 15:04"), "", "", x.Zone())
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	var drafts []timeline.RegisterDraft
	for n := range 40 {
		drafts = append(drafts, timeline.RegisterDraft{Kind: timeline.CourtOrder, When: at(n), Words: fmt.Sprintf("Not to go near "+crowd(n), n), Fields: map[string]string{"sort": "other"},
			Terms: []timeline.Term{{Text: fmt.Sprintf("not to contact "+crowd(n), n)}, {Text: "not to enter Larch Close"}}})
	}
	for n := range 200 {
		switch n % 4 {
		case 0:
			drafts = append(drafts, timeline.RegisterDraft{Kind: timeline.ReportMade, When: at(n), Words: fmt.Sprintf("I told "+crowd(n/4), n), Fields: map[string]string{"body": "police"}})
		case 1:
			drafts = append(drafts, timeline.RegisterDraft{Kind: timeline.LifeChange, When: at(n), Words: fmt.Sprintf("I go another way since "+crowd(n/4), n), Fields: map[string]string{"part": "other"}})
		case 2:
			drafts = append(drafts, timeline.RegisterDraft{Kind: timeline.Notice, When: at(n), Words: fmt.Sprintf("I wrote to "+crowd(n/4)+" to stop", n), Fields: map[string]string{"how": "other"}})
		default:
			drafts = append(drafts, timeline.RegisterDraft{Kind: timeline.Enquiry, When: at(n), Words: fmt.Sprintf("The camera of "+crowd(n/4), n), Fields: map[string]string{"owner": fmt.Sprintf(crowd(n), n), "state": "open"}})
		}
	}
	for n, d := range drafts {
		if _, err := x.Enter(t.Context(), d); err != nil {
			return fmt.Errorf("entry %d, %s: %w", n, d.Kind, err)
		}
	}
	return nil
}

// TestPagesHoldMany: every page that lists fits and can be read, however much it has
// to list and however hard the names are to draw.
func TestPagesHoldMany(t *testing.T) {
	w := crowded(t)
	pages := []struct {
		name string
		show func()
	}{
		{"people", func() { w.show(peopleID) }},
		{"pattern", func() { w.show(patternID) }},
		{"registers", func() { w.show(registersID) }},
		{"orders", func() { w.show(registersID); w.tap(t, "Orders, bail and licence conditions") }},
		{"papers", func() { w.show(papersID) }},
		{"paper-which", func() { w.openPaper(model.PaperAsked{ID: "breach-pack"}) }},
		{"law", func() { w.show(lawID) }},
		{"home", func() { w.show(homeID) }},
		{"write", func() { w.show(writeID) }},
		{"timeline", func() { w.show(timelineID) }},
	}
	for _, p := range pages {
		for _, m := range manners() {
			w.dress(m)
			w.win.Resize(fyne.NewSize(900, 600))
			p.show()
			w.look(t, "many-"+p.name, m)
		}
	}
}
