package ui

import (
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pulse is how often the window looks whether somebody is there and, where Fyne's
// own menus have the keys and tell nobody, whether the sign to hide was given. A
// short tap of a key is some 50 ms long, and a hasty one 20; Fyne looks at the keys
// 60 times a second, and this is more often.
const pulse = 10 * time.Millisecond

// sign is what the window can see of typing and reading. Fyne gives keys to the
// field that has them and to nobody else; but any letter moves a field's cursor,
// a page that is read moves in its scroll, and our own widgets tell of each of
// their keys.
type sign struct {
	scrolled fyne.Position
	focused  fyne.Focusable
	cursor   int
	touches  int
	keys     fyne.KeyModifier
}

// touch notes that somebody does something here, with a key or, where that is
// nil, otherwise. Fyne gives what has the keys Shift, Ctrl and Alt as keys of
// their own: alone they do nothing, and three of them are the sign to hide.
func (w *Window) touch(key *fyne.KeyEvent) {
	if key != nil && isModifier(key.Name) {
		return
	}
	w.touches++
	w.seen()
}

// seen notes that somebody is here.
func (w *Window) seen() { w.vigil.Touch(w.env.Now().Sub(w.began)) }

// pressed hears a key that went down or up, in the moment in which Fyne tells of it:
// where the computer is busy several taps come between two looks at the keys.
func (w *Window) pressed(name fyne.KeyName, down bool) {
	if down && turns(name) {
		w.turn(name)
		return
	}
	if down && name == fyne.KeyEscape && w.at(touring) {
		w.endTour()
		return
	}
	key := hideKey(w.chosen.Hide)
	if w.hidden || key == 0 || modifier(name) != key {
		return
	}
	s := w.sign()
	if s.keys &^= key; s.keys != 0 {
		return // it is held beside another
	}
	if key == fyne.KeyModifierAlt && w.drawsMenu() && w.taps.HearThroughMenu(w.env.Now(), down, s) {
		w.hide()
		w.menuComes = true
		return
	}
	if down {
		s.keys = key
	}
	w.heard(w.env.Now(), s)
}

// closeMenu closes the menu of the sheet, which opens when the key comes up with
// which the person hid.
func (w *Window) closeMenu() {
	if w.menuComes && w.sign().keys == 0 {
		w.menuComes = false
		w.win.SetMainMenu(w.sheetMenu())
	}
}

// drawsMenu tells that Alt opens the menu and gives it the keys: on a Mac it does
// not, and not while a dialog stands.
func (w *Window) drawsMenu() bool { return runtime.GOOS != "darwin" && !w.busy() }

// listens hears the keys that nothing on the page has.
func (w *Window) listens() {
	if c, ok := w.win.Canvas().(desktop.Canvas); ok {
		c.SetOnKeyDown(func(e *fyne.KeyEvent) { w.pressed(e.Name, true) })
		c.SetOnKeyUp(func(e *fyne.KeyEvent) { w.pressed(e.Name, false) })
	}
}

// hears is what has the keys and passes on to the window that one went down or up.
type hears struct{}

// KeyDown and KeyUp tell the window.
func (hears) KeyDown(e *fyne.KeyEvent) { passOn(e, true) }
func (hears) KeyUp(e *fyne.KeyEvent)   { passOn(e, false) }

func passOn(e *fyne.KeyEvent, down bool) {
	if !isModifier(e.Name) && !turns(e.Name) && e.Name != fyne.KeyEscape {
		return
	}
	for _, win := range fyne.CurrentApp().Driver().AllWindows() {
		if page, ok := win.Content().(*watched); ok && page.pressed != nil {
			page.pressed(e.Name, down)
		}
	}
}

// beat looks whether somebody is there.
func (w *Window) beat() {
	w.forgetting(w.env.Now())
	if w.hidden {
		w.closeMenu()
		return
	}
	s := w.sign()
	if s.focused != w.keys.focused || s.cursor != w.keys.cursor {
		w.follow()
		s = w.sign()
	}
	w.heard(w.env.Now(), s)
}

// heard takes what can be seen of the keyboard.
func (w *Window) heard(now time.Time, s sign) {
	if s != w.keys || w.job != nil {
		w.seen()
	}
	w.keys = s
	held, key := s.keys, hideKey(w.chosen.Hide)
	s.keys = 0
	if key == fyne.KeyModifierAlt {
		s.focused, s.cursor = nil, 0 // it opens and closes the menu, which takes the keys and gives them back
	}
	if w.ledOn {
		w.ledOn = false
		w.taps.Moved(s)
	}
	if w.taps.Hear(now, key != 0 && held == key, s) {
		w.hide()
		return
	}
	if w.vigil.Over(now, now.Sub(w.began), w.chosen.Idle) && w.desk.Open() {
		w.lock()
	}
}

// sleeps locks before the computer does. Behind the sheet it is locked already.
func (w *Window) sleeps() {
	if !w.hidden && w.desk.Open() {
		w.lock()
	}
}

func (w *Window) sign() sign {
	s := sign{focused: w.win.Canvas().Focused(), touches: w.touches}
	if field, ok := s.focused.(interface{ CursorTextOffset() int }); ok {
		s.cursor = field.CursorTextOffset()
	}
	if page, ok := w.view.content.(*container.Scroll); ok {
		s.scrolled = page.Offset
	}
	if d, ok := w.app.Driver().(desktop.Driver); ok {
		s.keys = d.CurrentKeyModifiers()
	}
	return s
}

// isModifier tells that a key is one that is held beside others.
func isModifier(name fyne.KeyName) bool {
	return modifier(name) != 0
}

// modifier is what a key is that is held beside others; 0 for any other.
func modifier(name fyne.KeyName) fyne.KeyModifier {
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		return fyne.KeyModifierShift
	case desktop.KeyControlLeft, desktop.KeyControlRight:
		return fyne.KeyModifierControl
	case desktop.KeyAltLeft, desktop.KeyAltRight:
		return fyne.KeyModifierAlt
	case desktop.KeySuperLeft, desktop.KeySuperRight:
		return fyne.KeyModifierSuper
	}
	return 0
}

// hideKey is the key of a name of model.HideKeys; none for "off".
func hideKey(name string) fyne.KeyModifier {
	switch name {
	case "ctrl":
		return fyne.KeyModifierControl
	case "alt":
		return fyne.KeyModifierAlt
	case "off":
		return 0
	}
	return fyne.KeyModifierShift
}

// watched sees the pointer move: Fyne asks what stands under it for its cursor,
// the whole way down, at each move and at no other time.
type watched struct {
	widget.BaseWidget
	body    fyne.CanvasObject
	seen    func()
	pressed func(name fyne.KeyName, down bool)
}

func newWatched(body fyne.CanvasObject, seen func(), pressed func(fyne.KeyName, bool)) *watched {
	w := &watched{body: body, seen: seen, pressed: pressed}
	w.ExtendBaseWidget(w)
	return w
}

// Cursor is the usual one.
func (w *watched) Cursor() desktop.Cursor {
	w.seen()
	return desktop.DefaultCursor
}

// CreateRenderer draws what is watched.
func (w *watched) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(w.body) }
