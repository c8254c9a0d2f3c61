package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daybook/ui/model"
)

// TestNothingTypedIsLost: another page, a lock and a kept draft bring back what
// was typed, and a half written one is offered.
func TestNothingTypedIsLost(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	test.Type(focusedField(t, w), "First words")
	w.show(homeID)
	looked(t, w, "waits")
	w.tap(t, "Go on with it")
	if got := focusedField(t, w).Text; got != "First words" {
		t.Errorf("from the first page: %q", got)
	}
	w.show(writeID)
	if !strings.Contains(w.words(), "Not finished: First words") {
		t.Fatalf("%s", w.words())
	}
	w.tap(t, "Go on with it")
	if got := focusedField(t, w).Text; got != "First words" {
		t.Errorf("%q", got)
	}
	if strings.Contains(w.words(), "Not finished") {
		t.Errorf("a draft is offered beside itself: %s", w.words())
	}
	looked(t, w, "draft")
}

// TestListsAreLooked: the diary with drafts and incidents, the outcome of an
// earlier adding, and the lines that are not shown.
func TestListsAreLooked(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	test.Type(focusedField(t, w), strings.Repeat("Many words about it ", 12))
	for range 3 { // over the day and the time
		w.tab()
	}
	w.win.Canvas().Focused().(*chips).set("not sure")
	w.win.Canvas().Focus(w.view.focus)
	w.saveKey()
	w.show(writeID)
	test.Type(focusedField(t, w), strings.Repeat("Not finished words ", 12))
	w.show(writeID)
	looked(t, w, "unfinished")
	w.tap(t, "What was written down")
	looked(t, w, "diary")
	w.tap(t, "Throw away")
	w.tap(t, "Throw away")
	if strings.Contains(w.words(), "Not finished") {
		t.Errorf("%s", w.words())
	}
	calls := filepath.Join(t.TempDir(), "calls-1.xml")
	if err := os.WriteFile(calls, []byte(`<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><calls count="1">
<call number="07700900123" duration="0" date="1700000000000" type="3" /> some words that belong to no call <fax number="1" /></calls>`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.show(addID)
	w.drop(fyne.Position{}, uris(calls))
	w.tap(t, "Add them")
	w.tap(t, "See each of these lines")
	if s := w.words(); !strings.Contains(s, "some words that belong to no call") {
		t.Errorf("%s", s)
	}
	looked(t, w, "skips")
	w.show(addID)
	w.tap(t, "What was added before")
	w.tap(t, "Read")
	if s := w.words(); !strings.Contains(s, "1 call, on 14 November 2023") {
		t.Errorf("%s", s)
	}
}

// TestALongDiaryIsListedInParts: the latest first, the others when asked for.
func TestALongDiaryIsListedInParts(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	const many = 2*listedAtOnce + 3
	for i := range many {
		form, err := w.desk.WriteDown()
		if err != nil {
			t.Fatal(err)
		}
		form.Form.What, form.Form.Occurred.How = fmt.Sprint("Number ", i), model.NotSure
		if _, err := form.Save(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	w.show(writeID)
	w.tap(t, "What was written down")
	for _, want := range []int{listedAtOnce, 2 * listedAtOnce, many} {
		if n := strings.Count(w.words(), "[Read]"); n != want {
			t.Errorf("%d are listed, not %d", n, want)
		}
		if want < many {
			w.tap(t, fmt.Sprint("Show more: ", many-want))
		}
	}
	if s := w.words(); strings.Index(s, "Number 82") > strings.Index(s, "Number 0\n") || strings.Contains(s, "Show more") {
		t.Error("the order, or an end that is none")
	}
}

// TestNothingComesUpOverTheSheet: when a draft cannot be kept any more and the
// window is hidden, no word of it is shown.
func TestNothingComesUpOverTheSheet(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	var beat func()
	w.env.Every = func(_ time.Duration, do func()) func() { beat = do; return func() {} }
	w.show(writeID)
	test.Type(focusedField(t, w), "First words")
	if err := w.desk.Lock(); err != nil {
		t.Fatal(err)
	}
	beat()
	if s := w.words(); !strings.Contains(s, "What you type is not being kept") {
		t.Errorf("while the page stands it must be told: %s", s)
	}
	w.hide()
	beat()
	if s := w.words(); w.busy() || strings.Contains(s, "First words") || strings.Contains(s, "kept") {
		t.Errorf("over the sheet: %s", s)
	}
}
