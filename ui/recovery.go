package ui

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// recovery makes the recovery words and shows them.
func (w *Window) recovery(f model.CreateForm) {
	r, err := model.NewRecovery()
	if err != nil {
		w.tell(err)
		return
	}
	w.showWords(f, r)
}

// errNotMade is told to whoever hid the window when words were on it.
var errNotMade = errors.New("no case was made, for the window was hidden before; the words that you may have on paper open nothing, and a new case has others")

// showWords shows the words, to be written down.
func (w *Window) showWords(f model.CreateForm, r model.Recovery) {
	next := primary(lang.L("They are on paper"), func() { w.askWords(f, r) })
	back := newButton(lang.L("Back"), func() { w.put(w.page, createView(w, f)) })
	w.put(w.page, view{title: lang.L("Write these words down"), focus: next, loses: w.idle, lost: errNotMade, content: container.NewVScroll(narrow(stacked(
		quiet(lang.L("They open the case if the passphrase is lost, and they are shown this once. Write them on paper and keep the paper somewhere else, or give it to somebody you trust.")),
		raised(numbered(r.Words)),
		container.NewHBox(newButton(lang.L("Save a page to print"), func() { w.printWords(r) })),
		container.NewHBox(next, layout.NewSpacer(), back),
	)))})
}

// askWords asks for three of the words, which are out of sight by now: what can
// be copied from the screen need not be on paper.
func (w *Window) askWords(f model.CreateForm, r model.Recovery) {
	asked, entries := askedWords(r)
	done := func() {
		var given []string
		for _, e := range entries {
			given = append(given, e.Text)
		}
		if err := r.Confirmed(given); err != nil {
			w.tell(err)
			return
		}
		w.makeCase(f, r)
	}
	for i, e := range entries {
		e.OnSubmitted = func(string) { done() }
		if i+1 < len(entries) {
			e.OnSubmitted = func(string) { w.win.Canvas().Focus(entries[i+1]) }
		}
	}
	w.put(w.page, view{title: lang.L("Three of the words"), focus: entries[0], loses: w.idle, lost: errNotMade, content: container.NewVScroll(narrow(stacked(
		plain(lang.L("To be sure that they are on paper, copy these three from it:")),
		asked,
		container.NewHBox(primary(lang.L("Make the case"), done), layout.NewSpacer(), newButton(lang.L("Show the words again"), func() { w.showWords(f, r) })),
	)))})
}

// numbered shows words with their numbers, in as many columns as there is room.
func numbered(words []string) fyne.CanvasObject {
	grid := container.New(&wrapLayout{least: 8})
	for i, word := range words {
		grid.Add(widget.NewLabelWithStyle(fmt.Sprintf("%2d  %s", i+1, word), fyne.TextAlignLeading, fyne.TextStyle{Monospace: true}))
	}
	return grid
}

// askedWords are the fields for the words to give back.
func askedWords(r model.Recovery) (fyne.CanvasObject, []*line) {
	grid := container.New(&wrapLayout{least: 8})
	var entries []*line
	for _, n := range r.Ask() {
		e := newLine()
		entries = append(entries, e)
		grid.Add(stacked(widget.NewLabel(lang.L("Word {{.N}}", map[string]any{"N": n})), e))
	}
	return grid, entries
}

// printWords saves the words as a page to print, once a person knows what that means.
func (w *Window) printWords(r model.Recovery) {
	w.ask(lang.L("A page that opens the case"), lang.L("Everybody who finds the page can open the case, on this computer too. Save it where nobody else looks, best on a stick; print it; then delete it. Writing the words by hand leaves nothing behind."),
		lang.L("Choose a folder"), lang.L("Write by hand"), func() {
			w.chooseFolder(func(folder string) {
				path, err := r.Sheet(folder)
				if err != nil {
					w.tell(err)
					return
				}
				w.notice(lang.L("The page is saved"), path+"\n\n"+lang.L("Print it, then delete it."))
			})
		})
}

// idle tells that no work is under way: that would go on with what was typed.
func (w *Window) idle() bool { return w.job == nil }

// makeCase makes the case and opens it.
func (w *Window) makeCase(f model.CreateForm, r model.Recovery) {
	w.runJob(lang.L("Making the case"), func(ctx context.Context, p evidence.Progress) error {
		if err := w.desk.Create(f, r); err != nil {
			return err
		}
		return w.desk.Unlock(ctx, f.Path(), f.Passphrase, p)
	}, func(err error) {
		if err != nil {
			w.tell(err)
			return
		}
		w.view.loses = nil
		w.enter(f.Path(), noticeID)
	})
}
