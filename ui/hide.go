package ui

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
)

// hide puts a plain sheet of notes in the place of everything, then locks the
// case: the screen first, which is what somebody in the room sees, the keys and
// the clipboard at once after. It hides; it takes no traces away.
func (w *Window) hide() {
	w.hidden, w.locking = true, true
	w.stop()
	sheet := newTextArea()
	w.win.SetMainMenu(w.sheetMenu())
	w.win.SetContent(container.NewPadded(sheet))
	w.win.Canvas().Focus(sheet)
	w.app.Clipboard().SetContent("")
	// What follows comes after the sheet is drawn.
	w.env.Go(func() { w.env.Do(w.lockHidden) })
}

// lockHidden locks behind the sheet. What went wrong is told when the window
// comes back, and that waits until the case is locked.
func (w *Window) lockHidden() {
	err := errors.Join(w.saved(), w.view.lost)
	w.page, w.view, w.tour = page{}, view{}, nil
	w.env.Go(func() {
		err := errors.Join(err, w.desk.Lock())
		w.env.Do(func() {
			w.owed = errors.Join(w.owed, err)
			w.forget()
			w.locking = false
			if next := w.next; next != nil {
				w.next = nil
				next()
			}
		})
	})
}

// sheetMenu has what a sheet of notes would have. Open leads back.
func (w *Window) sheetMenu() *fyne.MainMenu {
	open := menuItem(lang.L("Open"), fyne.KeyO, 0, w.comeBack)
	quit := fyne.NewMenuItem(lang.L("Quit"), w.quit)
	quit.IsQuit = true
	return fyne.NewMainMenu(fyne.NewMenu(lang.L("File"), open, quit))
}

// comeBack leads from the sheet to the page that unlocks.
func (w *Window) comeBack() {
	if w.locking {
		w.next = w.comeBack
		return
	}
	w.hidden = false
	w.win.SetMainMenu(w.menu())
	w.show(openID)
	owed := w.owed
	w.owed = nil
	w.tell(owed)
}
