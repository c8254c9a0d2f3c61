package ui

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/assets/help"
)

// key presses a key of the menu.
func (w *Window) key(t *testing.T, name fyne.KeyName) {
	t.Helper()
	for _, m := range w.win.MainMenu().Items {
		for _, i := range m.Items {
			if i.Shortcut != nil && strings.HasSuffix(i.Label, "("+keyName(name, 0)+")") {
				i.Action()
				return
			}
		}
	}
	t.Fatalf("no key %s in the menu", name)
}

// enter goes with Tab to what has a name, and presses Enter on it.
func (w *Window) enterOn(t *testing.T, name string) {
	t.Helper()
	for range 400 {
		f := w.win.Canvas().Focused()
		if o, ok := f.(fyne.CanvasObject); ok {
			if is, _ := pressable(o); is == name {
				f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
				return
			}
		}
		w.tab()
	}
	t.Fatalf("Tab does not come to %q: %s", name, w.words())
}

// TestWalkWithKeys: somebody new comes from Help to a bundle that is made, opened
// and checked, with the keyboard and the words of the walk alone; the sample case is
// gone when it is locked, and what was offered to be opened is so again.
func TestWalkWithKeys(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w := window(t, Options{Case: "/home/maya/mine.daybook"})
	w.key(t, fyne.KeyH)
	w.enterOn(t, "A walk through a sample case")
	wants(t, w, "8 steps", "10 minutes", "sample case only")
	w.enterOn(t, "Begin the walk")
	folder := w.tour.folder
	for i, want := range []string{"Write it down", "Where it came from", "Correct this", "Term 1", "By month", "Stalking", "Who is it for?"} {
		s := stops()[i]
		wants(t, w, "Step "+string(rune('1'+i))+" of 8: "+s.name, s.text, want)
		if !s.acts && w.win.Canvas().Focused() != fyne.Focusable(w.tour.on) {
			t.Errorf("at %s Enter does not go on", s.name)
		}
		looked(t, w, "tour-"+string(rune('1'+i)))
		if !s.acts {
			w.enterOn(t, "Next step")
		}
	}
	w.enterOn(t, "Police, prosecutor, my own solicitor")
	w.enterOn(t, "I have read this")
	for _, step := range []string{"2 of 6", "3 of 6", "4 of 6", "5 of 6"} {
		wants(t, w, step, "Step 7 of 8")
		w.enterOn(t, "Next")
		if strings.Contains(w.words(), "Step 8 of 8") {
			t.Fatalf("the walk's Next was taken for that of the page at %s", step)
		}
	}
	w.enterOn(t, "Make the bundle")
	wants(t, w, "How the other side checks it", "Step 7 of 8")
	if !strings.HasPrefix(w.tour.bundle, folder) {
		t.Errorf("the bundle lies in %s", w.tour.bundle)
	}
	w.key(t, fyne.KeyJ)
	wants(t, w, "Step 8 of 8", "Intact: yes")
	looked(t, w, "tour-8")
	w.enterOn(t, "Finish")
	wants(t, w, "The walk has ended", "have seen it checked")
	looked(t, w, "tour-over")
	w.enterOn(t, "Lock the sample case")
	if _, err := os.Stat(folder); !os.IsNotExist(err) || w.desk.Open() || w.offered != "/home/maya/mine.daybook" {
		t.Errorf("%v, %s", err, w.offered)
	}
}

// TestWalkEnds: Esc ends the walk at every step, wherever the keys are, and a lock
// ends it too; what was open before is whole and locked.
func TestWalkEnds(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w := opened(t, "Kitchen", "Maya")
	w.show(writeID)
	focusedField(t, w).SetText("He stood at the gate")
	w.show(tourID)
	wants(t, w, "saved and locked first")
	w.tap(t, "Begin the walk")
	wants(t, w, "Step 1 of 8")
	escape := &fyne.KeyEvent{Name: fyne.KeyEscape}
	for name, keys := range map[string]func(){
		"the walk's button": func() { w.win.Canvas().Focused().(interface{ KeyDown(*fyne.KeyEvent) }).KeyDown(escape) },
		"a field": func() {
			w.show(writeID)
			focusedField(t, w).KeyDown(escape)
		},
		"nothing": func() { w.win.Canvas().Unfocus(); w.pressed(fyne.KeyEscape, true) },
	} {
		folder := w.tour.folder
		keys()
		if s := w.words(); w.tour != nil || !strings.Contains(s, "Help leads to it again") || strings.Contains(s, "Step 1 of 8") {
			t.Fatalf("%s: %s", name, s)
		}
		w.show(tourID)
		w.tap(t, "Begin the walk")
		w.chosen.Notice = 99
		if _, err := os.Stat(folder); !os.IsNotExist(err) {
			t.Errorf("%s: the first sample case is still there: %v", name, err)
		}
	}
	w.tourOn()
	w.tourBack()
	wants(t, w, "Step 1 of 8")
	w.ask("Sure?", "", "Yes", "No", nil)
	w.pressed(fyne.KeyEscape, true)
	if w.tour == nil {
		t.Error("Esc at a question ends the walk")
	}
	w.stop()
	folder := w.tour.folder
	w.hide()
	w.comeBack()
	if _, err := os.Stat(folder); w.tour != nil || !os.IsNotExist(err) {
		t.Errorf("after hiding: %v, %v", w.tour, err)
	}
}

// TestRoleCards: Help leads to a page for each role, which says what the terminal
// program says, and whose buttons lead to pages that there are.
func TestRoleCards(t *testing.T) {
	roles, _, err := help.Roles()
	if err != nil || len(roles) < 4 {
		t.Fatal(err)
	}
	w := practised(t)
	for _, r := range roles {
		w.show(helpID)
		w.enterOn(t, "A page for each role")
		w.enterOn(t, r.Title)
		looked(t, w, "role-"+r.ID)
		for _, d := range r.Lines {
			wants(t, w, d.Text)
			if d.Page == "" {
				continue
			}
			p := mustFind(t, d.Page)
			w.put(w.page, w.roleCard(r))
			w.tap(t, p.name)
			if w.page.id != p.id {
				t.Errorf("%s: %q leads to %s", r.ID, d.Text, w.page.id)
			}
			w.put(mustFind(t, rolesID), w.roleCard(r))
		}
	}
}

// TestARoleCardIsPrinted: each role's page is one A4 page of a PDF with every line of
// it, in English and in Welsh, with and without a case.
func TestARoleCardIsPrinted(t *testing.T) {
	roles, _, err := help.Roles()
	if err != nil {
		t.Fatal(err)
	}
	welsh := readWords(t, "cy.json")
	for state, w := range map[string]*Window{"locked": window(t, Options{}), "open": practised(t)} {
		for _, r := range roles {
			for i, tongue := range []string{"en", "cy"} {
				w.put(mustFind(t, rolesID), w.roleCard(r))
				wants(t, w, "[Save it as a page to print…]")
				out := t.TempDir()
				w.saveRole(r, out, i == 1)
				wants(t, w, "The page is saved")
				w.tap(t, "OK")
				text, info := readPDF(t, filepath.Join(out, "notes.pdf"))
				for _, line := range []string{"Pages:           1\n", "595.28 x 841.89"} {
					if !strings.Contains(info, line) {
						t.Errorf("%s, %s, %s: no %q in %s", state, r.ID, tongue, line, info)
					}
				}
				for _, d := range r.Lines {
					line := d.Text
					if i == 1 {
						line = welsh[d.Text]
					}
					if line == "" || !strings.Contains(text, line) {
						t.Errorf("%s, %s, %s: no %q in %s", state, r.ID, tongue, line, text)
					}
				}
			}
		}
	}
}

// readPDF gives the text of a PDF in one line, and what it is, as Poppler reads it.
func readPDF(t *testing.T, name string) (text, info string) {
	t.Helper()
	for _, tool := range []struct {
		args []string
		to   *string
	}{{[]string{"pdftotext", name, "-"}, &text}, {[]string{"pdfinfo", name}, &info}} {
		out, err := exec.CommandContext(t.Context(), tool.args[0], tool.args[1:]...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
		*tool.to = string(out)
	}
	return strings.Join(strings.Fields(text), " "), info
}
