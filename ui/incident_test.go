package ui

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/clipboard"
)

// saveKey is what Ctrl+Enter does from the menu.
func (w *Window) saveKey() { w.save() }

// TestWriteDownWithKeys: the least fields in the fewest keys: words, Tab,
// the day, Tab, the time, Ctrl+Enter.
func TestWriteDownWithKeys(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	test.Type(focusedField(t, w), "He stood at the gate")
	w.saveKey()
	if s := w.words(); !strings.Contains(s, "Say when it happened") {
		t.Errorf("without a time: %s", s)
	}
	if f := focusedField(t, w); w.busy() || !strings.HasPrefix(f.PlaceHolder, "Day:") {
		t.Errorf("%q has the keys, not what lacks", f.PlaceHolder)
	}
	w.win.Canvas().Focus(w.view.focus)
	w.tab()
	test.Type(focusedField(t, w), "yesterday")
	w.tab()
	test.Type(focusedField(t, w), "6.30 pm")
	w.tab()
	c, ok := w.win.Canvas().Focused().(*chips)
	if !ok || c.value != "about" {
		t.Fatalf("%T", w.win.Canvas().Focused())
	}
	if c.TypedRune('e'); c.value != "about" {
		t.Errorf("a letter chose %q", c.value)
	}
	if s := w.words(); !strings.Contains(s, "About 18:30 in the evening, ") || !strings.Contains(s, "(yesterday)") {
		t.Errorf("what was understood: %s", s)
	}
	looked(t, w, "written")
	w.win.Canvas().Focus(w.view.focus)
	w.saveKey()
	if s := w.words(); !strings.Contains(s, "Saved as entry") || !strings.Contains(s, "He stood at the gate") {
		t.Fatalf("%s", s)
	}
	looked(t, w, "saved")
	if drafts, err := w.desk.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("%v, %v", drafts, err)
	}
	w.tap(t, "Write another")
	w.tap(t, "What was written down")
	if s := w.words(); !strings.Contains(s, "He stood at the gate") || strings.Contains(s, "Not finished") {
		t.Errorf("the list: %s", s)
	}
	w.tap(t, "Read")
	w.tap(t, "Correct this")
	w.saveKey()
	if s := w.words(); !strings.Contains(s, "Say why you correct it") {
		t.Errorf("without a reason: %s", s)
	}
	if f := focusedField(t, w); w.busy() || f.PlaceHolder != "A mistake in the time, a name that you know now" {
		t.Errorf("%q has the keys, not the reason", f.PlaceHolder)
	}
	for _, f := range w.fields() {
		if f.PlaceHolder == "A mistake in the time, a name that you know now" {
			f.SetText("his full name")
		}
		if f.Text == "He stood at the gate" {
			f.SetText("Dan R stood at the gate")
		}
	}
	looked(t, w, "correcting")
	w.saveKey()
	s := w.words()
	for _, want := range []string{"Version 2 is saved as entry", "Why it was corrected: his full name", "Before: He stood at the gate", "Version 1 of 2"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in %s", want, s)
		}
	}
	looked(t, w, "versions")
}

// TestEverySectionFitsItsPage: all of the form opened at once.
func TestEverySectionFitsItsPage(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	for _, title := range []string{"Did you notice it later?", "The words that were used", "Did anyone else see or hear it?", "How did it feel?", "What changed because of it? What did you do?",
		"Who was told? Was it reported?", "Online: which app and accounts?", "Anything else", "A private note"} {
		w.tap(t, title)
	}
	if n := len(w.fields()); n < 35 {
		t.Errorf("%d fields", n)
	}
	w.tap(t, "Add another person")
	w.walk(func(o fyne.CanvasObject) {
		f, ok := o.(fyne.Focusable)
		if !ok {
			return
		}
		w.win.Canvas().Focus(f)
		if _, ok := o.(*formField); ok {
			inSight(t, w, o)
		}
	})
	looked(t, w, "sections")
	w.win.Resize(fyne.NewSize(small.Width, 4000))
	kept(t, w, "sections-whole")
}

// TestARefusedTimeIsToldBesideIt: the sentence stands at the field that is to
// blame, which has the keys; nothing comes over the page.
func TestARefusedTimeIsToldBesideIt(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	test.Type(focusedField(t, w), "He stood at the gate")
	w.tab()
	test.Type(focusedField(t, w), "yesterday")
	w.tab()
	test.Type(focusedField(t, w), "teatime-ish")
	w.win.Canvas().Focus(w.view.focus)
	w.saveKey()
	f := focusedField(t, w)
	if w.busy() || f.Text != "teatime-ish" {
		t.Errorf("%q has the keys", f.Text)
	}
	wants(t, w, "Not saved yet: “teatime-ish” is no time of day that can be read here")
	inSight(t, w, f)
	looked(t, w, "refused")
	f.SetText("16:30")
	if s := w.words(); strings.Contains(s, "is no time of day that can be read") && !strings.Contains(s, "16:30") {
		t.Errorf("%s", s)
	}
	w.saveKey()
	wants(t, w, "Saved as entry")
}

// TestPasteAndShow: a picture from the clipboard is in the case and with the
// incident.
func TestPasteAndShow(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	var b bytes.Buffer
	if err := png.Encode(&b, fence()); err != nil {
		t.Fatal(err)
	}
	w.env.Now = func() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }
	w.env.Clip = func(context.Context) (clipboard.Held, error) { return clipboard.Held{}, clipboard.ErrNone }
	w.show(writeID)
	w.tap(t, "Paste a picture")
	if !strings.Contains(w.words(), "There is no picture on the clipboard") {
		t.Errorf("%s", w.words())
	}
	w.tap(t, "OK")
	w.env.Clip = func(context.Context) (clipboard.Held, error) {
		return clipboard.Held{Type: "image/png", Data: b.Bytes()}, nil
	}
	w.win.Canvas().Focus(w.view.focus)
	focusedField(t, w).TypedShortcut(&fyne.ShortcutPaste{Clipboard: test.NewClipboard()})
	if want := "Item 1: pasted picture 2026-07-01 13.00.00.png, 1 kB"; !strings.Contains(w.words(), want) {
		t.Errorf("no %q in %s", want, w.words())
	}
	test.Type(focusedField(t, w), "هو وقف 12 عند البوابة (البيت) gate")
	looked(t, w, "picture")
	for range 3 { // over the day and the time
		w.tab()
	}
	w.win.Canvas().Focused().(*chips).set("not sure")
	w.save()
	var blur, clear image.Image
	w.walk(func(o fyne.CanvasObject) {
		if v, ok := o.(*thumbView); ok {
			blur = v.image.Image
			v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			clear = v.image.Image
		}
	})
	if blur == nil || clear == nil || blur == clear {
		t.Errorf("the picture is not blurred, and then as it is: %v, %v", blur != nil, clear != nil)
	}
	looked(t, w, "picture-saved")
}

// fence is a picture with something to be made out.
func fence() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for x := range 320 {
		for y := range 240 {
			c := color.RGBA{uint8(x / 2), 120, uint8(y), 255}
			if x%40 < 12 {
				c = color.RGBA{90, 60, 30, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

// TestATermInForceIsAskedAbout: once the day lies in an order's time, each of its
// terms is asked about; the answer is kept beside the incident.
func TestATermInForceIsAskedAbout(t *testing.T) {
	w := practised(t)
	w.show(writeID)
	test.Type(focusedField(t, w), "He stood at the gate")
	const asks = "This was in force on that day."
	if strings.Contains(w.words(), asks) {
		t.Error("it asks before there is a day")
	}
	for _, f := range w.fields() {
		if strings.HasPrefix(f.PlaceHolder, "Day:") {
			f.SetText("20 October 2025")
			break
		}
	}
	wants(t, w, asks, "May this break: “")
	w.answering(t, "May this break:", "Yes")
	looked(t, w, "term-asked")
	w.saveKey()
	wants(t, w, "Saved as entry")
	w.show(registersID)
	w.tap(t, "Possible breaches")
	wants(t, w, "He stood at the gate", "Yes")
}

// TestWhyAnIncidentAsks: the reasons do not stand in the way of the fewest keys.
func TestWhyAnIncidentAsks(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	for _, title := range []string{"How did it feel?", "Online: which app and accounts?"} {
		w.tap(t, title)
	}
	n := 0
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*formButton); ok && strings.HasPrefix(b.says, "Why we ask: ") {
			b.OnTapped()
			n++
		}
	})
	if n < 9 {
		t.Errorf("%d questions say why", n)
	}
	looked(t, w, "why")
	w.win.Resize(fyne.NewSize(small.Width, 2400))
	kept(t, w, "why-whole")
}

// TestWhoseActItWas: the form has a switch for what the person did themself, which
// says why it is asked; what was saved with it says so and is in no course of conduct.
func TestWhoseActItWas(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	focusedField(t, w).SetText("I blocked his number")
	w.answering(t, "When did it happen?", "That day")
	for _, f := range w.fields() {
		if strings.HasPrefix(f.PlaceHolder, "Day:") {
			f.SetText("yesterday")
		}
	}
	asked := false
	w.walk(func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *formTick:
			if o.Text == "I did this myself" {
				o.SetChecked(true)
			}
		case *formButton:
			if o.says == "Why we ask: Was it something that you did?" {
				o.OnTapped()
				asked = true
			}
		}
	})
	if !asked {
		t.Error("it does not say why it is asked")
	}
	wants(t, w, ownAct())
	looked(t, w, "own-act")
	w.saveKey()
	wants(t, w, "Something you did yourself")
	w.show(lawID)
	w.view.focus.(*chips).set(inOrder)
	if s := w.words(); strings.Contains(s, "I blocked his number") {
		t.Errorf("it is among the conduct: %s", s)
	}
}

// TestWriteInASmallWindow: at 200 % on 900 by 600 the first field is seen whole with the
// question below it, and what stands in the foot takes one line.
func TestWriteInASmallWindow(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	for _, m := range manners() {
		w.dress(m)
		w.win.Resize(fyne.NewSize(900, 600))
		w.show(writeID)
		w.look(t, "write-small", m)
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject
		foot, below := float32(0), float32(0)
		w.inWindow(func(o fyne.CanvasObject) {
			switch o := o.(type) {
			case *formButton:
				if o.Text == "Finish later" {
					foot = y(o).Y
					if high := o.Size().Height; high > o.MinSize().Height+1 {
						t.Errorf("%s: the foot is %v high, its buttons %v", m.name, high, o.MinSize().Height)
					}
				}
			case *formField:
				if o.question == "What happened?" {
					below = y(o).Y + o.Size().Height + 2*theme.TextSize()
				}
			}
		})
		if foot == 0 || below == 0 || below > foot {
			t.Errorf("%s: the question below the first field ends at %v, the foot begins at %v", m.name, below, foot)
		}
	}
}
