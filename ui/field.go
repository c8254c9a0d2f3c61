package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// textArea is a field of many lines that Tab leaves: Fyne's own keeps the
// keyboard in.
type textArea struct{ widget.Entry }

func newTextArea() *textArea {
	t := &textArea{}
	t.MultiLine, t.Wrapping = true, fyne.TextWrapWord
	t.ExtendBaseWidget(t)
	return t
}

// KeyDown and KeyUp are for the field, and for the window.
func (t *textArea) KeyDown(e *fyne.KeyEvent) { t.Entry.KeyDown(e); passOn(e, true) }
func (t *textArea) KeyUp(e *fyne.KeyEvent)   { t.Entry.KeyUp(e); passOn(e, false) }

// AcceptsTab says no: Tab goes to the next field.
func (t *textArea) AcceptsTab() bool { return false }

// line is a field of one line from which the window hears the key to hide.
type line struct{ widget.Entry }

func newLine() *line {
	l := &line{}
	l.ExtendBaseWidget(l)
	return l
}

// newSecret is a line that shows dots.
func newSecret() *line {
	l := newLine()
	l.Password = true
	return l
}

// KeyDown and KeyUp are for the field, and for the window.
func (l *line) KeyDown(e *fyne.KeyEvent) { l.Entry.KeyDown(e); passOn(e, true) }
func (l *line) KeyUp(e *fyne.KeyEvent)   { l.Entry.KeyUp(e); passOn(e, false) }
