package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daybook/timeline"
)

// answering presses the chip of an answer to a question that begins so.
func (w *Window) answering(t *testing.T, question, answer string) {
	t.Helper()
	done := false
	w.walk(func(o fyne.CanvasObject) {
		c, ok := o.(*chips)
		if !ok || !strings.HasPrefix(c.question, question) {
			return
		}
		for _, o := range c.options {
			if o.Label == answer {
				c.set(o.Value)
				done = true
			}
		}
	})
	if !done {
		t.Fatalf("no answer %q to %q: %s", answer, question, w.words())
	}
}

// filling types into the field of a question that begins so.
func (w *Window) filling(t *testing.T, question, text string) {
	t.Helper()
	for _, f := range w.fields() {
		if strings.HasPrefix(f.question, question) {
			f.SetText(text)
			return
		}
	}
	t.Fatalf("no field of %q: %s", question, w.words())
}

// TestARegisterWithTheKeys: from the list to a saved entry: words, when, what must
// be said; what lacks is said beside its field; the entry stands on the timeline,
// which leads back to it; a correction keeps both.
func TestARegisterWithTheKeys(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(registersID)
	looked(t, w, "registers")
	wants(t, w, "Reports to the police and others", "Nothing yet")
	w.tap(t, "Reports to the police and others")
	looked(t, w, "register-empty")
	w.win.Canvas().Focus(w.view.focus)
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	looked(t, w, "register-form")
	w.win.Canvas().Focus(w.view.focus)
	test.Type(focusedField(t, w), "Told them of the letters")
	w.saveKey()
	if f := focusedField(t, w); !strings.HasPrefix(f.PlaceHolder, "Day:") {
		t.Errorf("%q has the keys, not the day", f.PlaceHolder)
	}
	test.Type(focusedField(t, w), "yesterday")
	w.saveKey()
	c, ok := w.win.Canvas().Focused().(*chips)
	if !ok || c.question != "To whom (needed)" {
		t.Fatalf("%T has the keys: %s", w.win.Canvas().Focused(), w.words())
	}
	wants(t, w, "Choose one of these")
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	w.saveKey()
	wants(t, w, "Saved as entry", "Told them of the letters", "Police")
	looked(t, w, "register-saved")
	w.tap(t, "Done")
	wants(t, w, "1 entry", "[Reported, no crime number: 1]")
	w.tap(t, "Reported, no crime number: 1")
	wants(t, w, "Told them of the letters")
	w.tap(t, "Read")
	w.tap(t, "Correct this")
	w.filling(t, "Crime or log number", "CR/77")
	w.filling(t, "Why do you correct it?", "it came by post")
	looked(t, w, "register-correcting")
	w.saveKey()
	wants(t, w, "Version 2 is saved as entry", "Before: nothing", "CR/77", "Version 1 of 2")
	looked(t, w, "register-versions")
	w.tap(t, "See it on the timeline")
	w.walk(func(o fyne.CanvasObject) {
		if l, ok := o.(*rowList); ok {
			l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // the details
		}
	})
	w.tap(t, "What you wrote down")
	wants(t, w, "CR/77", "Correct this")
	if w.page.id != registersID {
		t.Errorf("on %s", w.page.id)
	}
}

// TestTheCardOfReports: it says how many incidents have no report noted; and a form says
// which answer makes another needed.
func TestTheCardOfReports(t *testing.T) {
	w := practised(t)
	lines, err := w.desk.Registers(w.env.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if is := l.Kind == string(timeline.ReportMade); is != (l.Without > 0) {
			t.Errorf("%s: %d without a report", l.Kind, l.Without)
		} else if is {
			w.show(registersID)
			wants(t, w, fmt.Sprintf(" · incidents with no report noted: %d", l.Without))
		}
	}
	looked(t, w, "registers-reports")
	w.writeEntry(timeline.Relationship)
	wants(t, w, "When you were together, and whether you lived together (needed if the answer above is “Yes”)")
	looked(t, w, "register-relationship")
}

// TestWhyARegisterAsks: the reason opens beside its question and closes again.
func TestWhyARegisterAsks(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(registersID)
	w.writeEntry(timeline.Enquiry)
	const why = "Cameras are often overwritten after 14 to 31 days."
	var button *formButton
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*formButton); ok && b.says == "Why we ask: The day on which it may be gone" {
			button = b
		}
	})
	if button == nil {
		t.Fatal("nothing says why")
	}
	seen := func() (shown bool) {
		w.inWindow(func(o fyne.CanvasObject) {
			if r, ok := o.(interface{ String() string }); ok && r.String() == why {
				shown = true
			}
		})
		return shown
	}
	if seen() {
		t.Error("it stands open")
	}
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !seen() {
		t.Error("it does not open")
	}
	looked(t, w, "register-why")
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if seen() {
		t.Error("it does not close")
	}
}

// TestAnEntryHalfWritten: it waits on the first page and in its register, and
// comes back as it was.
func TestAnEntryHalfWritten(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(registersID)
	w.writeEntry(timeline.LifeChange)
	test.Type(focusedField(t, w), "Another way to work")
	w.filling(t, "What it cost", "12.555")
	w.show(homeID)
	wants(t, w, "Not finished: Changes to daily life: Another way to work")
	w.tap(t, "Go on with it")
	if got := focusedField(t, w).Text; got != "Another way to work" || w.page.id != registersID {
		t.Errorf("%q on %s", got, w.page.id)
	}
	w.answering(t, "Part of life", "Work")
	w.saveKey()
	wants(t, w, "Say when it happened")
	w.show(registersID)
	w.tap(t, "Changes to daily life")
	w.tap(t, "Go on with it")
	w.answering(t, "From when on", "Not sure")
	w.saveKey()
	for _, amount := range []string{"$20", "20 euro", "12,50"} {
		w.filling(t, "What it cost", amount)
		w.saveKey()
		wants(t, w, "Write an amount as 12.50 or £1,200.50, and in other money with its three letters: 20 USD, 12.50 EUR")
		if got := focusedField(t, w).Text; got != amount {
			t.Errorf("%q stands where %q was typed", got, amount)
		}
	}
	looked(t, w, "register-amount")
	w.filling(t, "What it cost", "20 EUR")
	w.saveKey()
	wants(t, w, "Saved as entry", "20 EUR")
}

// TestEveryRegisterFits: the form of each, and the list, in every manner and in
// the smallest window.
func TestEveryRegisterFits(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	lines, err := w.desk.Registers(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		w.inEveryManner(t, "register-"+l.Kind, func() { w.show(registersID); w.writeEntry(timeline.Kind(l.Kind)) })
		w.win.Resize(fyne.NewSize(900, 600))
		w.look(t, "register-small-"+l.Kind, manner{"light", "light", 100, small})
	}
}

// TestWritingAboutPickedEvents: what was picked on the timeline is what the entry
// is about.
func TestWritingAboutPickedEvents(t *testing.T) {
	w, p := sampled(t, small)
	p.goToDate("23 Aug 2025")
	p.list.goTo(p.list.next(p.look.Rows.Len()/2, 1))
	w.tap(t, "Write about it…")
	w.walk(func(o fyne.CanvasObject) {
		if s, ok := o.(*selection); ok {
			s.SetSelected("Told to stop, blocked, warned")
		}
	})
	w.tap(t, "Write it down")
	wants(t, w, "What it followed", "Not this one")
	test.Type(focusedField(t, w), "Told him to stop")
	w.answering(t, "When they were told", "Not sure")
	w.answering(t, "What it was", "Asked to stop")
	w.saveKey()
	wants(t, w, "Saved as entry", "What it followed", "[See it]")
	looked(t, w, "register-linked")
	w.tap(t, "See it")
	if w.page.id != timelineID {
		t.Errorf("on %s", w.page.id)
	}
}

// TestReportsOfIncidentsAreSeen: whoever noted a report with an incident is not
// told that there is none.
func TestReportsOfIncidentsAreSeen(t *testing.T) {
	w := practised(t)
	w.show(registersID)
	wants(t, w, "Reports to the police and others", "noted with incidents: 7")
}

// TestABreachChoosesItsTerm: the order and its term stand there as they were written,
// in full; one is chosen with the keys, stands alone then, and is let go again.
func TestABreachChoosesItsTerm(t *testing.T) {
	w := practised(t)
	w.secondOrder(t)
	w.show(registersID)
	w.writeEntry(timeline.Breach)
	wants(t, w, "Its terms stand here once it is chosen.")
	w.filling(t, "What happened", "He stood in the close")
	w.answering(t, "When it happened", "Not sure")
	w.saveKey()
	wants(t, w, "Choose one of these")
	b, ok := w.win.Canvas().Focused().(*formButton)
	if !ok || !strings.HasPrefix(b.says, "This one: Non-molestation order") {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	wants(t, w, "1: Not to contact the applicant by any means", "2: Not to come within")
	if s := w.words(); strings.Contains(s, "Not to enter Larch Close") {
		t.Errorf("the other order stands there still: %s", s)
	}
	b, ok = w.win.Canvas().Focused().(*formButton)
	if !ok || b.Text != "Another one" {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	wants(t, w, "Not to enter Larch Close", "Its terms stand here once it is chosen.")
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	looked(t, w, "breach-chosen")
	w.tap(t, "This one")
	w.answering(t, "May this break it?", "Unsure")
	w.saveKey()
	wants(t, w, "Saved as entry", "Non-molestation order", "Unsure")
}

// TestMarkedBreachesAreSeen: what was marked as a breach stands among those of the
// register, and under its order.
func TestMarkedBreachesAreSeen(t *testing.T) {
	w := practised(t)
	w.show(registersID)
	wants(t, w, "Possible breaches", "marked on the timeline: 2")
	w.register(timeline.Breach)
	wants(t, w, "Which term was not said", "Two messages although the order says no contact.", "[See it on the timeline]")
	looked(t, w, "register-marked")
	early, err := w.desk.Enter(timeline.Breach)
	if err != nil {
		t.Fatal(err)
	}
	field, _ := early.Kind.Field("order")
	early.Form.Words, early.Form.Occurred.Day = "He rang before anybody had told him. "+longWord, "1 January 2025"
	early.Form.Fields = map[string]string{"order": early.Others(field)[0].Value, "term": "1", "may": "yes"}
	saved, err := early.Save(t.Context(), w.env.Now())
	if err != nil {
		t.Fatal(err)
	}
	w.entry(saved.Event)
	wants(t, w, "Its time is before the order was made.", "Its time is before the day of service.", "It names no event, and so stands in no course of conduct")
	looked(t, w, "register-breach-early")
	w.register(timeline.CourtOrder)
	w.tap(t, "Read")
	wants(t, w, "What may have broken it", "Two messages although the order says no contact.", "Of these, outside the time of the order or of its term: 1", "Its time is before the order was made.")
	looked(t, w, "register-order-broken")
	var read *formButton
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*formButton); ok && b.Text == "Read" && strings.Contains(b.says, "before anybody had told him") {
			read = b
		}
	})
	read.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	wants(t, w, "Possible breaches", "Its time is before the day of service.")
	w.tap(t, "Go to the order")
	if b, ok := w.win.Canvas().Focused().(*formButton); !ok || b.says != read.says {
		t.Errorf("back at the order the keys are not at the breach: %v", w.win.Canvas().Focused())
	}
	w.tap(t, "See it")
	if w.page.id != timelineID {
		t.Errorf("on %s", w.page.id)
	}
}
