package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// TestBesideTheLaw: the offence of the day of the incident with what may show each
// element; a link made by hand stands there and is taken off; an earlier day has
// an earlier law; what was considered is written from here.
func TestBesideTheLaw(t *testing.T) {
	w := practised(t)
	w.show(lawID)
	wants(t, w, "This is an index for whoever decides.", "In force on", "A day to know of", "How it differs from others", "read on 21 November 2026")
	looked(t, w, "law")
	before := strings.Count(w.words(), "Take the link off")
	w.tap(t, "Link something to this")
	w.walk(func(o fyne.CanvasObject) {
		if s, ok := o.(*selection); ok && s.PlaceHolder == "Choose" {
			s.SetSelectedIndex(0)
		}
	})
	w.tap(t, "Link it")
	if n := strings.Count(w.words(), "Take the link off"); n != before+1 {
		t.Fatalf("%d links: %s", n, w.words())
	}
	wants(t, w, "linked by Maya")
	looked(t, w, "law-linked")
	w.tap(t, "Take the link off")
	if n := strings.Count(w.words(), "Take the link off"); n != before {
		t.Errorf("%d links", n)
	}
	w.tap(t, "Write why, or why not")
	wants(t, w, "Which offence or order was thought of")
	for _, f := range w.fields() {
		if f.Text == "EW-PHA-2A" {
			return
		}
	}
	t.Error("the offence is not named in the form")
}

// TestTheLawForOnePerson: an offence is looked at for one person, as in the terminal; who
// it was stays, and an empty line is everybody.
func TestTheLawForOnePerson(t *testing.T) {
	w := practised(t)
	w.show(lawID)
	cells := func() (n int) {
		o, err := w.desk.Offence(t.Context(), "EW-PHA-2A", w.desk.Asked().Law.Person)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range o.Lines {
			n += len(l.Cells)
		}
		return n
	}
	who := func() (line *choosing) {
		w.walk(func(o fyne.CanvasObject) {
			if c, ok := o.(*choosing); ok {
				line = c
			}
		})
		return line
	}
	all := cells()
	list, err := w.desk.Everybody(t.Context())
	if err != nil || len(list) < 2 || len(who().options) != len(list) {
		t.Fatalf("%v, %v", list, err)
	}
	w.win.Canvas().Focus(who())
	who().SetText(list[1].Name)
	wants(t, w, "Only what this person sent or got", "Left out, because they are not from or to this person and do not name them: ")
	if n := cells(); n >= all || w.desk.Asked().Law.Person != list[1].Key {
		t.Errorf("%d cells of %d for %s", n, all, list[1].Name)
	}
	if f, ok := w.win.Canvas().Focused().(*choosing); !ok || f != who() {
		t.Errorf("%T has the keys", w.win.Canvas().Focused())
	}
	looked(t, w, "law-person")
	w.show(homeID)
	w.show(lawID)
	if text := who().Text; text != list[1].Name {
		t.Errorf("after another page it is for %q", text)
	}
	who().SetText("")
	if s := w.words(); cells() != all || strings.Contains(s, "Only what this person sent or got") || strings.Contains(s, "Left out") {
		t.Errorf("everybody: %s", s)
	}
	o, err := w.desk.Offence(t.Context(), "EW-PHA-2A", "")
	if err == nil {
		err = w.desk.Cut(t.Context(), o.Counts[0].From.Event, false, "he had stayed near")
	}
	if err != nil {
		t.Fatal(err)
	}
	w.show(lawID)
	wants(t, w, "Occasions that were joined or split by hand", "Joined to the occasion before it by Maya Kowalska: he had stayed near")
	looked(t, w, "law-by-hand")
}

// TestTheClockOfAnOffenceInWelsh: the day to know of is said in the language of the window.
func TestTheClockOfAnOffenceInWelsh(t *testing.T) {
	w := practised(t)
	inWelsh(t)
	w.show(lawID)
	wants(t, w, "Chwe mis o'r digwyddiad olaf", "Roedd yr olaf ar ", "daw'r diwrnod hwnnw ar ", "Dim ond ar gyfer y troseddau llai difrifol")
	o, err := w.desk.Offence(t.Context(), "EW-PHA-2A", "")
	if err != nil {
		t.Fatal(err)
	}
	if o.Counts[0].From == nil {
		t.Fatal("it is not said what it is counted from")
	}
	for _, s := range append(o.Rule, o.Counts[0].Said...) {
		if strings.Contains(w.words(), s) {
			t.Errorf("%q is English", s)
		}
	}
}

// TestTheCourseInWelsh: how much the course is, and of each who is said to have done some
// of it, is said in the language of the window.
func TestTheCourseInWelsh(t *testing.T) {
	w := practised(t)
	f, err := w.desk.WriteDown()
	if err != nil {
		t.Fatal(err)
	}
	f.Form.What, f.Form.Who, f.Form.Codes, f.Form.Occurred.Day = "The post was open.", "Postman", []string{"INTERFERE"}, "18 November 2025"
	f.Form.Occurred.How = model.ThatDay
	if _, err := f.Save(t.Context(), w.env.Now()); err != nil {
		t.Fatal(err)
	}
	inWelsh(t)
	w.show(lawID)
	wants(t, w, "Dywedir i fwy nag un ei wneud", "Postman", "Faint a enwir: 2", "Bu dau neu fwy o achlysuron ar wahân", "Mewn grym ar 18 Tachwedd 2025")
	looked(t, w, "law-several-cy")
	w.view.focus.(*chips).set(inOrder)
	wants(t, w, "29 digwyddiad gyda 29 cod; 0 digwyddiad heb god", "29 achlysur, 29 yn ôl y rheol yn unig.", "O 22 Mehefin 2025 i 18 Tachwedd 2025.",
		"Digwyddiadau gan eraill heb ymddygiad wedi'i farcio", "Dywedir i fwy nag un ei wneud", "1 digwyddiad; y cyntaf ar 18 Tachwedd 2025",
		"Dywedir iddo gael ei wneud gan Postman", "CONTACT: Cysylltu neu geisio cysylltu")
	c, err := w.desk.Course(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	texts := c.Said
	for _, f := range append(c.Codes, c.Doers...) {
		texts = append(texts, f.Text)
	}
	for _, s := range texts {
		if strings.Contains(w.words(), s) {
			t.Errorf("%q is English", s)
		}
	}
	looked(t, w, "course-cy")
}

// TestNothingIsLinkedYet: an element without material says so, and no more.
func TestNothingIsLinkedYet(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(lawID)
	wants(t, w, "No material linked yet")
	w.tap(t, "Link something to this")
	wants(t, w, "Nothing can be linked yet")
	w.tap(t, "OK")
	looked(t, w, "law-empty")
	w.view.focus.(*chips).set(inOrder)
	wants(t, w, "0 events with 0 codes")
}

// TestTheLawOfAnEarlierDay: what was not law then is not offered.
func TestTheLawOfAnEarlierDay(t *testing.T) {
	w := practised(t)
	offered := func(day string) string {
		w.show(lawID)
		for _, f := range w.fields() {
			if strings.HasPrefix(f.PlaceHolder, "Empty: that of the last incident") {
				f.SetText(day)
				f.OnSubmitted(day)
			}
		}
		var all []string
		w.walk(func(o fyne.CanvasObject) {
			if s, ok := o.(*selection); ok {
				all = s.Options
			}
		})
		return strings.Join(all, "; ")
	}
	if s := offered("1 May 2010"); strings.Contains(s, "Stalking (England") || !strings.Contains(s, "Harassment (England") {
		t.Errorf("in 2010: %s", s)
	}
	if s := offered("1 May 2025"); !strings.Contains(s, "Stalking (England") {
		t.Errorf("in 2025: %s", s)
	}
	if s := offered("never"); s != "" || !strings.Contains(w.words(), "is no date that can be read") {
		t.Errorf("no day: %s", w.words())
	}
}

// TestTheCourseIsSplit: both counts stand there, and one follows what a person
// said with a reason.
func TestTheCourseIsSplit(t *testing.T) {
	w := practised(t)
	w.show(lawID)
	w.view.focus.(*chips).set(inOrder)
	wants(t, w, "by the rule alone", "Effect: ")
	looked(t, w, "law-course")
	said := func() string {
		for _, l := range strings.Split(w.words(), "\n") {
			if strings.Contains(l, "by the rule alone") {
				return l
			}
		}
		return ""
	}
	before := said()
	w.tap(t, "It belongs to the one before")
	wants(t, w, "The one before it on its channel (", "ends here: ")
	looked(t, w, "law-join")
	w.tap(t, "Say so")
	wants(t, w, "Say why; the record keeps it")
	w.tap(t, "OK")
	w.view.focus.(*chips).set(guidance)
	wants(t, w, "Stalking or harassment: legal guidance")
	looked(t, w, "law-shelf")
	w.view.focus.(*chips).set(inOrder)
	if said() != before {
		t.Errorf("%s, and before %s", said(), before)
	}
}

// TestMarkingAnElement: a mark on the timeline links what is picked.
func TestMarkingAnElement(t *testing.T) {
	w, p := sampled(t, small)
	p.goToDate("23 Aug 2025")
	p.list.goTo(p.list.next(p.look.Rows.Len()/2, 1))
	w.tap(t, "Mark…")
	found := false
	w.walk(func(o fyne.CanvasObject) {
		if s, ok := o.(*selection); ok && strings.Contains(s.PlaceHolder, "What it may show of “Stalking”") {
			found = true
			s.SetSelectedIndex(0)
		}
	})
	if !found {
		t.Fatalf("no element is offered: %s", w.words())
	}
	w.tap(t, "Mark")
	w.show(lawID)
	wants(t, w, "linked by Maya", "Take the link off")
}
