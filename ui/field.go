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

// AcceptsTab says no: Tab goes to the next field.
func (t *textArea) AcceptsTab() bool { return false }
