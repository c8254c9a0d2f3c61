// Package ui is the window: its pages, theme and the one place where work
// leaves the window's goroutine (job.go). It knows Fyne, and nothing of what a
// case or an event is beyond the ready strings of ui/model.
//
// The pages are the list in pages.go. Around each stands the frame of
// frame.go. Everything is in the window's own goroutine; what takes long goes
// through runJob.
package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daybook/assets/icons"
	"daybook/ui/clipboard"
	"daybook/ui/model"
)

// Window is the program's one window.
type Window struct {
	app  fyne.App
	win  fyne.Window
	desk *model.Desk
	env  Env
	set  *typesetter

	chosen    model.Settings
	offered   string // case folder to offer for unlocking
	page      page
	view      view
	below     *fyne.Container   // the bar and the page as they stand
	job       *job              // under way; nil: none
	rest      func()            // ends what is made ahead beside the window
	escape    func()            // gives the harmless answer of the dialog that stands; nil: none
	said      *container.Scroll // what it says
	asked     bool              // the question stands whether to leave the page
	hidden    bool              // the neutral screen stands
	menuComes bool              // the key that hid is still down, and opens the menu as it comes up
	locking   bool              // behind it the case is not locked yet
	tour      *tour             // somebody is on it; nil: nobody
	next      func()            // what the person wants once it is; nil: nothing
	owed      error             // what went wrong behind it, to be told when it goes

	began time.Time // of the machine's own clock
	vigil model.Vigil
	taps  model.Taps
	ledOn bool // the window itself led the keys elsewhere
	keys  sign // the last sign of life from the keyboard

	forgets  int       // how often memory is given back yet
	forgetAt time.Time // and when next

	touches int // how often something was done; moving the pointer is nothing
}

// Env is what the window has of the world beside its own goroutine. Tests do
// everything at once.
type Env struct {
	Go    func(func())                                       // beside the window's goroutine
	Do    func(func())                                       // back in it
	Now   func() time.Time                                   // with the machine's own clock
	Every func(pause time.Duration, do func()) (stop func()) // in it, again and again
	Clip  func(context.Context) (clipboard.Held, error)      // what lies on the clipboard beside text
	Sleep func(ctx context.Context, before func()) error     // tells before the computer sleeps, until the context ends
}

// Options says how the window begins. What was chosen in a case comes with the
// case.
type Options struct {
	Title string // neutral by choice: it never names a case; empty: the usual
	Case  string // folder to offer; may be empty
	Text  int    // size in per cent, 100 to 200
	Look  string // a name of model.Looks; empty: the system's
	Env   Env    // zero: the real one
}

// New makes the window in an app, on its start page. It must be called from
// the app's goroutine.
func New(app fyne.App, desk *model.Desk, o Options) *Window {
	learned := learnWords()
	w := &Window{app: app, win: app.NewWindow(""), desk: desk, env: o.Env.filled(), rest: func() {}, set: newTypesetter(), offered: o.Case}
	w.began = w.env.Now()
	w.win.Resize(fyne.NewSize(1100, 760))
	w.win.SetCloseIntercept(w.quit)
	w.win.SetOnDropped(w.drop)
	w.win.Canvas().SetOnTypedKey(w.escaped)
	w.listens()
	begin := model.DefaultSettings()
	begin.Title, begin.Look, begin.Text = o.Title, o.Look, o.Text
	w.apply(begin.Fit())
	w.win.SetMainMenu(w.menu())
	begins := startID
	if o.Case != "" {
		begins = openID
	}
	w.show(begins)
	w.tell(learned)
	rests, sleeps := w.env.Every(pulse, w.beat), w.env.beforeSleep(w.sleeps)
	w.win.SetOnClosed(func() { rests(); sleeps() })
	return w
}

// Fyne gives the window itself, to be shown.
func (w *Window) Fyne() fyne.Window { return w.win }

// apply makes the window look as was chosen.
func (w *Window) apply(s model.Settings) {
	w.chosen = s
	// With each theme Fyne reads its fonts anew, and what shapes text keeps those of before.
	if look := (calm{look: s.Look, scale: float32(s.Text) / 100, set: w.set}); w.app.Settings().Theme() != look {
		w.app.Settings().SetTheme(look)
	}
	w.win.SetTitle(s.Title)
	if picture, err := icons.Window(s.Title); err == nil {
		w.win.SetIcon(fyne.NewStaticResource("window.svg", picture))
	}
}

// lock saves what was typed, ends all work, empties the clipboard, closes the
// case and shows the page that opens one. What cannot be saved is given up, and told: an open case is
// worse.
func (w *Window) lock() {
	err := w.saved()
	w.view.loses = nil // nobody may be there to be asked
	w.stop()
	w.tour = nil
	w.app.Clipboard().SetContent("") // something of the case may lie there
	err = errors.Join(err, w.desk.Lock())
	w.show(openID)
	w.tell(err)
	w.forget()
}

// saved lets the page save what was typed, whatever comes of it.
func (w *Window) saved() error {
	leave := w.view.leave
	w.view.leave = nil
	if leave == nil {
		return nil
	}
	return leave()
}

// stop cancels what is under way and takes every dialog away.
func (w *Window) stop() {
	w.rest()
	if w.job != nil {
		w.job.abandon()
	}
	for o := w.win.Canvas().Overlays(); o.Top() != nil; {
		o.Remove(o.Top())
	}
	w.escape, w.said, w.asked = nil, nil, false
}

func (w *Window) quit() {
	if w.locking {
		w.next = w.quit
		return
	}
	w.depart(w.end)
}

// end locks and closes the window, unless what was typed cannot be saved.
func (w *Window) end() {
	if !w.leave() {
		return
	}
	w.stop()
	if w.desk.Open() {
		w.app.Clipboard().SetContent("")
	}
	if err := w.desk.Lock(); err != nil {
		w.tell(err)
		return
	}
	w.win.Close()
}
