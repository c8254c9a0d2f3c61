package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// entry is a field from which the window hears the key to hide, with rings around
// it while it has the keys: Fyne's own only has a thin edge of another colour then.
type entry struct {
	widget.Entry
	keys bool // they are here
}

// KeyDown and KeyUp are for the field, and for the window.
func (e *entry) KeyDown(k *fyne.KeyEvent) { e.Entry.KeyDown(k); passOn(k, true) }
func (e *entry) KeyUp(k *fyne.KeyEvent)   { e.Entry.KeyUp(k); passOn(k, false) }

// FocusGained and FocusLost show where the keys are.
func (e *entry) FocusGained() { e.keys = true; e.Entry.FocusGained() }
func (e *entry) FocusLost()   { e.keys = false; e.Entry.FocusLost() }

// CreateRenderer draws the field and its rings.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	return withRings(e.Entry.CreateRenderer(), e, &e.keys, false)
}

// textArea is a field of many lines that Tab leaves: Fyne's own keeps the
// keyboard in.
type textArea struct{ entry }

func newTextArea() *textArea {
	t := &textArea{}
	t.MultiLine, t.Wrapping = true, fyne.TextWrapWord
	t.ExtendBaseWidget(t)
	return t
}

// AcceptsTab says no: Tab goes to the next field.
func (t *textArea) AcceptsTab() bool { return false }

// line is a field of one line.
type line struct{ entry }

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

// person is the key of whom a text names, of those that can be named; empty where
// nothing is typed. The list below the line then has those in whose name it stands.
func (c *choosing) person(text string, list []model.Whom) (key string, found bool) {
	text = strings.TrimSpace(text)
	var names []string
	for _, whom := range list {
		if strings.EqualFold(whom.Name, text) {
			key, found = whom.Key, true
		}
		if strings.Contains(strings.ToLower(whom.Name), strings.ToLower(text)) {
			names = append(names, whom.Name)
		}
	}
	c.SetOptions(names)
	return key, found || text == ""
}

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
