package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
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

// choosing is a line that offers what may stand in it.
type choosing struct {
	line
	options []string
}

func newChoosing() *choosing {
	c := &choosing{}
	drop := newIconedButton("", theme.Icon(theme.IconNameArrowDropDown), c.offer)
	drop.Importance = widget.LowImportance
	c.ActionItem = drop
	c.ExtendBaseWidget(c)
	return c
}

// SetOptions sets what is offered.
func (c *choosing) SetOptions(options []string) { c.options = options }

// offer opens the list below the line.
func (c *choosing) offer() {
	menu := fyne.NewMenu("")
	for _, o := range c.options {
		menu.Items = append(menu.Items, fyne.NewMenuItem(o, func() { c.SetText(o) }))
	}
	list := widget.NewPopUpMenu(menu, fyne.CurrentApp().Driver().CanvasForObject(c))
	list.ShowAtRelativePosition(fyne.NewPos(0, c.Size().Height), c)
	list.Resize(fyne.NewSize(c.Size().Width, list.MinSize().Height))
}
