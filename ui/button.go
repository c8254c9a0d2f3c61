package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// button is a button that Enter presses, as the space bar does.
type button struct{ widget.Button }

func newButton(text string, tapped func()) *button { return newIconedButton(text, nil, tapped) }

func newIconedButton(text string, icon fyne.Resource, tapped func()) *button {
	b := &button{}
	b.Text, b.Icon, b.OnTapped = text, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses the button.
func (b *button) TypedKey(e *fyne.KeyEvent) { press(&b.Button, e) }

// press lets Enter press a button too.
func press(b *widget.Button, e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		b.Tapped(nil)
		return
	}
	b.TypedKey(e)
}

// iconButton is a button without words, whose name is for screen readers. It is
// for what has a key beside, and a picture that everybody knows.
type iconButton struct {
	widget.Button
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

// AccessibilityLabel is its name.
func (b *iconButton) AccessibilityLabel() string { return b.name }
