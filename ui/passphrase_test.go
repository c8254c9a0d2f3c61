package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daybook/ui/model"
)

// After a refusal the keys are where something lacks: a passphrase that is typed
// again never comes to stand in a field that everybody can read.
func TestARefusedFormGivesTheKeysToWhatLacks(t *testing.T) {
	dir := t.TempDir()
	w := window(t, Options{})
	w.put(w.page, createView(w, model.CreateForm{}))
	filled := []string{dir, "notes", "Kitchen", "Maya", "Europe/London", "tin whistle", "tin whistle"}
	for _, lacking := range []int{0, 1, 3, 4, 5, 6} {
		for i, text := range filled {
			if i == lacking {
				text = ""
			}
			w.entries()[i].SetText(text)
		}
		w.tap(t, "Next: the recovery words")
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // OK
		test.Type(w.win.Canvas().Focused(), "x")
		if got := w.entries()[lacking].Text; got != "x" {
			t.Errorf("field %d lacks, and what is typed then stands elsewhere", lacking)
		}
	}
}
