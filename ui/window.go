// Package ui is the window: its pages, theme and the one place where work
// leaves the window's goroutine (job.go). It knows Fyne, and nothing of what a
// case or an event is beyond the ready strings of ui/model.
//
// The pages are the list in pages.go. Around each stands the frame of
// frame.go. Everything is in the window's own goroutine; what takes long goes
// through runJob.
package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// Window is the program's one window.
type Window struct {
	win  fyne.Window
	desk *model.Desk
	env  Env

	offered string // case folder to offer for unlocking
	page    page
	view    view
	job     *job      // under way; nil: none
	touched time.Time // when somebody last did anything
}

// Env is what the window has of the world beside its own goroutine. Tests do
// everything at once.
type Env struct {
	Go  func(func()) // beside the window's goroutine
	Do  func(func()) // back in it
	Now func() time.Time
}

// Options says how the window begins.
type Options struct {
	Title string  // neutral by choice: it never names a case
	Case  string  // folder to offer; may be empty
	Scale float32 // of text, 1 to 2
	Env   Env     // zero: the real one
}

// New makes the window in an app, on its start page. It must be called from
// the app's goroutine.
func New(app fyne.App, desk *model.Desk, o Options) *Window {
	if o.Scale == 0 {
		o.Scale = 1
	}
	learned := learnWords()
	app.Settings().SetTheme(calm{scale: o.Scale})
	w := &Window{win: app.NewWindow(o.Title), desk: desk, env: o.Env.filled(), offered: o.Case}
	w.win.Resize(fyne.NewSize(1100, 760))
	w.win.SetMainMenu(w.menu())
	w.win.SetCloseIntercept(w.quit)
	w.win.SetOnDropped(w.drop)
	w.show(openID)
	w.tell(learned)
	return w
}

// Fyne gives the window itself, to be shown.
func (w *Window) Fyne() fyne.Window { return w.win }

// touch notes that somebody is here.
func (w *Window) touch() { w.touched = w.env.Now() }

// lock saves what was typed, closes the case and shows the start page.
func (w *Window) lock() {
	if !w.leave() {
		return
	}
	w.stop()
	err := w.desk.Lock()
	w.show(openID)
	if err != nil {
		w.tell(err)
	}
}

// stop cancels what is under way and takes every dialog away.
func (w *Window) stop() {
	if w.job != nil {
		w.job.abandon()
	}
	for o := w.win.Canvas().Overlays(); o.Top() != nil; {
		o.Remove(o.Top())
	}
}

func (w *Window) quit() {
	if !w.leave() {
		return
	}
	w.stop()
	if err := w.desk.Lock(); err != nil {
		w.tell(err)
		return
	}
	w.win.Close()
}
