package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ringed is a button with a ring around it while it has the keys: Fyne's own is
// only shaded then, which can hardly be seen on the main button of a page.
type ringed struct {
	widget.Button
	hears
	keys bool // they are here
}

// FocusGained shows that the keys are here.
func (b *ringed) FocusGained() { b.keys = true; b.Button.FocusGained() }

// FocusLost shows that they are elsewhere.
func (b *ringed) FocusLost() { b.keys = false; b.Button.FocusLost() }

// CreateRenderer draws the button and its rings.
func (b *ringed) CreateRenderer() fyne.WidgetRenderer {
	return withRings(b.Button.CreateRenderer(), b, &b.keys, false)
}

// button is a button that Enter presses, as the space bar does.
type button struct{ ringed }

func newButton(text string, tapped func()) *button { return newIconedButton(text, nil, tapped) }

func newIconedButton(text string, icon fyne.Resource, tapped func()) *button {
	b := &button{}
	b.Text, b.Icon, b.OnTapped = text, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses the button.
func (b *button) TypedKey(e *fyne.KeyEvent) { press(&b.Button, e) }

// TypedRune presses it with the space bar.
func (b *button) TypedRune(r rune) { pressRune(&b.Button, r) }

// press lets Enter press a button too, and leaves the space bar to pressRune.
func press(b *widget.Button, e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeySpace:
	default:
		b.TypedKey(e)
	}
}

// space is what the space bar types. Whatever it presses is pressed by this, and
// not by its key, which comes before: the field that has the keys afterwards
// would get the space.
const space = ' '

// pressRune presses a button with the space bar.
func pressRune(b *widget.Button, r rune) {
	if r == space {
		b.Tapped(nil)
	}
}

// iconButton is a button without words, whose name is for screen readers. It is
// for what has a key beside, and a picture that everybody knows.
type iconButton struct {
	ringed
	name string
}

func newIconButton(name string, icon fyne.Resource, tapped func()) *iconButton {
	b := &iconButton{name: name}
	b.Icon, b.OnTapped, b.Importance = icon, tapped, widget.LowImportance
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses the button.
func (b *iconButton) TypedKey(e *fyne.KeyEvent) { press(&b.Button, e) }

// TypedRune presses it with the space bar.
func (b *iconButton) TypedRune(r rune) { pressRune(&b.Button, r) }

// AccessibilityLabel is its name.
func (b *iconButton) AccessibilityLabel() string { return b.name }
