package ui

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/assets/law"
	"daybook/timeline"
	"daybook/ui/model"
)

// madeUp writes the law of England and Wales with what no law has, signed by a key
// that the window takes: an offence from a day on, one that ended, a code of
// behaviour and an order.
func (w *Window) madeUp(t *testing.T) (file string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	w.desk.LawKey = public
	p, err := law.Named("EW")
	if err != nil {
		t.Fatal(err)
	}
	o, err := p.Offence("EW-PHA-2")
	if err != nil {
		t.Fatal(err)
	}
	p.Version, p.Changed = "2027-01-02", "Whistling is an offence."
	o.Elements = []law.Element{{ID: "act", Text: "Somebody whistled.", ShownBy: []string{"behaviour:WHISTLE"}, Least: 1}}
	o.ID, o.Label, o.From = "EW-WHISTLE", "Whistling at night", "2025-09-01"
	ended := o
	ended.ID, ended.Label, ended.From, ended.To = "EW-HUM", "Humming at noon", "2001-01-01", "2025-08-31"
	p.Offences = append(slices.Clone(p.Offences), o, ended)
	b := p.Behaviours[0]
	b.Code, b.Short, b.Label = "WHISTLE", "whistling", "Whistling after somebody"
	p.Behaviours = append(slices.Clone(p.Behaviours), b)
	order := p.Orders[0]
	order.ID, order.Label, order.From, order.Breach = "EW-SILENCE", "Silence order", "2025-01-01", "EW-WHISTLE"
	p.Orders = append(slices.Clone(p.Orders), order)
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "EW.law")
	if err := os.WriteFile(file, append([]byte("signature "+base64.StdEncoding.EncodeToString(ed25519.Sign(private, body))+"\n"), body...), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// lawOn are the offences that the page of the law offers on a day.
func (w *Window) lawOn(t *testing.T, day string) (offered []string) {
	t.Helper()
	w.show(lawID)
	w.view.focus.(*chips).set(offences)
	fields := w.fields()
	at := slices.IndexFunc(fields, func(f *formField) bool { return f.PlaceHolder == "Empty: that of the last incident" })
	if at < 0 {
		t.Fatal("the page of the law asks for no day")
	}
	fields[at].SetText(day)
	fields[at].OnSubmitted(day)
	w.walk(func(o fyne.CanvasObject) {
		if s, ok := o.(*selection); ok {
			offered = s.Options
		}
	})
	return offered
}

// loadsLaw loads a file on the page of the law with the keys.
func (w *Window) loadsLaw(t *testing.T, file string) {
	t.Helper()
	w.show(lawID)
	w.view.focus.(*chips).set(guidance)
	wants(t, w, "England and Wales: version")
	w.tap(t, "Load a newer law…")
	list, ok := w.win.Canvas().Focused().(*pickList)
	if !ok {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	list.p.open(filepath.Dir(file))
	list.Highlight(slices.IndexFunc(list.p.folder.Entries, func(e model.FolderEntry) bool { return e.Path == file }))
	list.TypedRune(space)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// TestAMadeUpLawOnTheScreens: a signed law from a file says what it is and is asked
// about; kept, its offence, its code and its order stand where those of the law
// stand, and what it says ended before a day is not offered on it.
func TestAMadeUpLawOnTheScreens(t *testing.T) {
	const whistling, humming = "Whistling at night (England and Wales)", "Humming at noon (England and Wales)"
	w := practised(t)
	file := w.madeUp(t)
	if offered := w.lawOn(t, "1 October 2025"); slices.Contains(offered, whistling) || len(offered) < 5 {
		t.Fatalf("before: %q", offered)
	}
	w.loadsLaw(t, file)
	wants(t, w, "Keep this law in the case?", "England and Wales", "2 January 2027", "Whistling is an offence.", "Signed by the key")
	looked(t, w, "law-load")
	w.tap(t, "Do not keep it")
	if offered := w.lawOn(t, "1 October 2025"); slices.Contains(offered, whistling) {
		t.Error("it is kept though nobody said so")
	}
	w.loadsLaw(t, file)
	w.tap(t, "Keep it")
	wants(t, w, "version 2 January 2027", "kept in the case on")
	looked(t, w, "law-loaded")
	for day, want := range map[string][2]bool{"1 October 2025": {true, false}, "1 August 2025": {false, true}} {
		offered := w.lawOn(t, day)
		if got := [2]bool{slices.Contains(offered, whistling), slices.Contains(offered, humming)}; got != want {
			t.Errorf("on %s: %v: %q", day, got, offered)
		}
	}
	w.lawOn(t, "1 October 2025")
	w.walk(func(o fyne.CanvasObject) {
		if s, ok := o.(*selection); ok && slices.Contains(s.Options, whistling) {
			s.SetSelected(whistling)
		}
	})
	wants(t, w, "Somebody whistled.", "No material linked yet")
	w.marksWhistling(t)
	w.show(lawID)
	wants(t, w, "Somebody whistled.", "What may show it: 1")
	looked(t, w, "law-made-up")
	w.view.focus.(*chips).set(inOrder)
	wants(t, w, "WHISTLE: Whistling after somebody")
	w.show(patternID)
	wants(t, w, "WHISTLE")
	w.asksWhistling(t)
}

// marksWhistling gives an event of September the code of the pack.
func (w *Window) marksWhistling(t *testing.T) {
	t.Helper()
	p := shownTimeline(t, w)
	d, err := w.desk.Date("3 Oct 2025")
	if err != nil {
		t.Fatal(err)
	}
	p.list.goTo(p.list.next(p.look.Rows.LineAt(d.First.UnixMilli()), 1))
	w.tap(t, "Mark…")
	w.walk(func(o fyne.CanvasObject) {
		if s, ok := o.(*selection); ok && slices.Contains(s.Options, "Whistling after somebody") {
			s.SetSelected("Whistling after somebody")
		}
	})
	w.tap(t, "Mark")
	p.openCurrent()
	wants(t, w, "WHISTLE: Whistling after somebody")
}

// asksWhistling sees what the incident form says of a term of an order of the pack.
func (w *Window) asksWhistling(t *testing.T) {
	t.Helper()
	form, err := w.desk.Enter(timeline.CourtOrder)
	if err != nil {
		t.Fatal(err)
	}
	form.Form.Words, form.Form.Occurred.Day, form.Form.Fields["sort"], form.Form.Fields["law"] = "Silence", "1 May 2026", "other", "EW-SILENCE"
	form.Form.Terms = []timeline.Term{{Text: "not to whistle"}}
	if _, err := form.Save(t.Context(), w.env.Now()); err != nil {
		t.Fatal(err)
	}
	w.show(writeID)
	w.filling(t, "When did it happen?", "2 May 2026")
	wants(t, w, "May this break: “not to whistle”?", "In the law of that day: Silence order; of breaking it: EW-WHISTLE.")
}

// TestALawThatIsNotSigned is told in a sentence, and nothing of it is shown.
func TestALawThatIsNotSigned(t *testing.T) {
	w := practised(t)
	file := w.madeUp(t)
	w.madeUp(t) // the window takes another key now
	w.loadsLaw(t, file)
	if s := w.words(); !strings.Contains(s, "nothing of it was read") || strings.Contains(s, "Whistling") || strings.Contains(s, "Keep it") {
		t.Errorf("%s", s)
	}
}
