package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// TestAddAndAnswer: dropped on another page, added with Enter, the question
// answered with one press, and the outcome said in words.
func TestAddAndAnswer(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	dir := t.TempDir()
	chat := filepath.Join(dir, "WhatsApp Chat with Dan.txt")
	letter := filepath.Join(dir, strings.Repeat("a very long name ", 9)+".txt")
	for name, text := range map[string]string{chat: "03/04/2024, 21:05 - Dan R: the lantern\n04/04/2024, 09:15 - Maya: IMG-1.jpg (file attached)\n", letter: "a letter"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.show(homeID)
	w.drop(fyne.Position{}, uris(chat, letter, filepath.Join(dir, "gone.txt")))
	if w.page.id != addID || !strings.Contains(w.words(), "These will be added") {
		t.Fatalf("%s", w.words())
	}
	looked(t, w, "waiting")
	w.drop(fyne.Position{}, uris(chat))
	b, ok := w.win.Canvas().Focused().(*formButton)
	if !ok || b.Text != "Add them" {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s := w.words()
	for _, want := range []string{"How do they read?", "03/04/2024, 21:05 - Dan R: the lantern", "03/04/2024 is 3 April 2024", "03/04/2024 is 4 March 2024", "What could not be read", "gone.txt"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in %s", want, s)
		}
	}
	looked(t, w, "question")
	w.show(homeID)
	w.tap(t, "Answer it")
	if c, ok := w.win.Canvas().Focused().(*card); !ok || c.name != "The day comes first" {
		t.Errorf("Answer it: %T has the keys", w.win.Canvas().Focused())
	} else {
		w.inSightOf(t, "Answer it", c)
	}
	w.tap(t, "The day comes first")
	if c, ok := w.win.Canvas().Focused().(*card); ok {
		t.Errorf("the keys stand on %q, as if it were the likely name", c.name)
	}
	if s := w.words(); !strings.Contains(s, "2 messages, from 3 April 2024 to 4 April 2024") || !strings.Contains(s, "1 missing") {
		t.Errorf("%s", s)
	}
	if s := w.words(); !strings.Contains(s, "gone.txt") || !strings.Contains(s, "3 files came in") && !strings.Contains(s, "2 files came in") {
		t.Errorf("what else was told went with the answer: %s", s)
	}
	looked(t, w, "outcome")
	if n := w.ticks(); n != 1 {
		t.Errorf("%d ticks stand on the page, and one answer was given", n)
	}
	w.tap(t, "Maya")
	if s := w.words(); !strings.Contains(s, "Which of these names is you?") || !strings.Contains(s, "gone.txt") || strings.Contains(s, "[Maya]") || w.ticks() != 2 {
		t.Errorf("after the second answer: %s", s)
	}
	looked(t, w, "outcome-own")
	w.tap(t, "See them on the timeline")
	if w.page.id != timelineID || !strings.Contains(w.words(), "2 of 3 events") {
		t.Errorf("%s: %s", w.page.id, w.words())
	}
}

// ticks counts the ticks on the page.
func (w *Window) ticks() (n int) {
	w.walk(func(o fyne.CanvasObject) {
		if i, ok := o.(*widget.Icon); ok && strings.Contains(i.Resource.Name(), "check") && !strings.Contains(i.Resource.Name(), "button") {
			n++
		}
	})
	return n
}

// TestCancelSaysWhatStays: what was stored by then is said, and one press goes
// on.
func TestCancelSaysWhatStays(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	chat := filepath.Join(t.TempDir(), "chat.txt")
	if err := os.WriteFile(chat, []byte("13/05/2024, 21:05 - Ann: the kettle\n14/05/2024, 09:15 - Maya: the spoon\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.show(addID)
	w.addThen(func(ctx context.Context, _ evidence.Progress) (model.Outcome, error) {
		return w.desk.Add(ctx, "", []string{chat}, func(_, _ int64, what string) {
			if what == "read" {
				w.job.stopping()
			}
		})
	})
	if s := w.words(); !strings.Contains(s, "Stored by then, and staying in the case: 1 file.") || w.busy() {
		t.Errorf("%s", s)
	}
	looked(t, w, "stopped")
	w.show(addID)
	if s := w.words(); !strings.Contains(s, "1 file of an earlier adding") {
		t.Errorf("%s", s)
	}
	w.tap(t, "Go on")
	if s := w.words(); !strings.Contains(s, "2 messages, from 13 May 2024 to 14 May 2024") {
		t.Errorf("%s", s)
	}
}

func uris(paths ...string) (list []fyne.URI) {
	for _, p := range paths {
		list = append(list, storage.NewFileURI(p))
	}
	return list
}
