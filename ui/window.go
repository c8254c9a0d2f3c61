// Package ui is the window: its pages, theme and the one place where work
// leaves the window's goroutine (job.go). It knows Fyne, and nothing of what a
// case or an event is beyond the ready strings of ui/model.
package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// Window is the program's one window.
type Window struct {
	win  fyne.Window
	desk *model.Desk

	away func(func()) // beside the window's goroutine
	do   func(func()) // back in it
}

// Options says how the window begins.
type Options struct {
	Title string  // neutral by choice: it never names a case
	Case  string  // folder to offer; may be empty
	Scale float32 // of text, 1 to 2
}

// New makes the window in an app, on its start page. It must be called from
// the app's goroutine.
func New(app fyne.App, desk *model.Desk, o Options) *Window {
	if o.Scale == 0 {
		o.Scale = 1
	}
	app.Settings().SetTheme(calm{scale: o.Scale})
	w := &Window{win: app.NewWindow(o.Title), desk: desk, away: away, do: fyne.Do}
	w.win.Resize(fyne.NewSize(1100, 760))
	w.win.SetMainMenu(w.menu())
	w.win.SetCloseIntercept(w.quit)
	w.start(o.Case)
	return w
}

// Fyne gives the window itself, to be shown.
func (w *Window) Fyne() fyne.Window { return w.win }

func (w *Window) menu() *fyne.MainMenu {
	lock := fyne.NewMenuItem("Lock", w.lock)
	lock.Shortcut = lockShortcut
	quit := fyne.NewMenuItem("Quit", w.quit)
	quit.IsQuit = true
	return fyne.NewMainMenu(fyne.NewMenu("File", lock, fyne.NewMenuItemSeparator(), quit))
}

// lock closes the case and shows the start page.
func (w *Window) lock() {
	err := w.desk.Lock()
	w.start("")
	if err != nil {
		w.tell(err)
	}
}

func (w *Window) quit() {
	if err := w.desk.Lock(); err != nil {
		w.tell(err)
		return
	}
	w.win.Close()
}

// page puts a page into the window, in a scroll, so that large text never
// makes the window outgrow the screen.
func (w *Window) page(body fyne.CanvasObject) {
	w.win.SetContent(container.NewPadded(container.NewVScroll(body)))
}

// tell shows an error as the one sentence that it is.
func (w *Window) tell(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	w.notice("That did not work", model.Sentence(err))
}

func heading(text string) *widget.RichText {
	return rich(widget.RichTextStyle{SizeName: "headingText", TextStyle: fyne.TextStyle{Bold: true}}, text)
}

func quiet(text string) *widget.RichText {
	return rich(widget.RichTextStyle{ColorName: colourQuiet, SizeName: "text"}, text)
}

func rich(style widget.RichTextStyle, text string) *widget.RichText {
	r := widget.NewRichText(&widget.TextSegment{Text: text, Style: style})
	r.Wrapping = fyne.TextWrapWord
	return r
}
