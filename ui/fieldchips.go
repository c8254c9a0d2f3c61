package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// chips offers a few answers, of which one or none is given. It is one stop of
// the Tab key; the arrows go through the answers. Where the window is narrow
// they take several rows, and a long answer several lines.
type chips struct {
	widget.BaseWidget
	hears
	sheet    *sheet
	question string
	options  []model.Option
	value    string
	none     bool // a second press takes an answer back
	changed  func(string)
	focused  bool
	drawn    []*chip
}

// chip is how one answer is drawn.
type chip struct {
	ground, ring, dot *canvas.Rectangle
	lines             []*canvas.Text
}

// chipLeast is how wide a chip with a long answer wants to be at least, times the size of
// text.
const chipLeast = 16

func (s *sheet) chips(options []model.Option, value string, none bool, changed func(string)) *chips {
	options = slices.Clone(options)
	for i, o := range options {
		options[i].Label = said(o.Label)
	}
	c := &chips{sheet: s, options: options, value: value, none: none, changed: changed}
	for range options {
		c.drawn = append(c.drawn, &chip{ground: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil), dot: canvas.NewRectangle(nil)})
	}
	c.ExtendBaseWidget(c)
	return c
}

func (c *chips) set(value string) {
	if value == c.value && c.none {
		value = ""
	}
	if value != c.value {
		c.value = value
		c.changed(value)
	}
	c.Refresh()
}

func (c *chips) at() int {
	for i, o := range c.options {
		if o.Value == c.value {
			return i
		}
	}
	return -1
}

// Tapped gives the answer under the pointer.
func (c *chips) Tapped(e *fyne.PointEvent) {
	fyne.CurrentApp().Driver().CanvasForObject(c).Focus(c)
	for i, d := range c.drawn {
		p := e.Position.Subtract(d.ground.Position())
		if s := d.ground.Size(); p.X >= 0 && p.Y >= 0 && p.X < s.Width && p.Y < s.Height {
			c.set(c.options[i].Value)
			return
		}
	}
}

// Cursor is a hand.
func (c *chips) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained and FocusLost show where the keys are.
func (c *chips) FocusGained() { c.focused = true; c.Refresh(); c.sheet.reveal(c) }
func (c *chips) FocusLost()   { c.focused = false; c.Refresh() }

// TypedRune is for letters, of which it takes none: whoever means to type a day or a name
// must not choose an answer unseen.
func (c *chips) TypedRune(rune) { c.sheet.w.touch(nil) }

// TypedKey goes from answer to answer.
func (c *chips) TypedKey(e *fyne.KeyEvent) {
	c.sheet.w.touch(e)
	n := len(c.options)
	switch e.Name {
	case fyne.KeyRight, fyne.KeyDown:
		c.set(c.options[(c.at()+1)%n].Value)
	case fyne.KeyLeft, fyne.KeyUp:
		c.set(c.options[(max(c.at(), 0)+n-1)%n].Value)
	case fyne.KeySpace:
		if c.at() < 0 {
			c.set(c.options[0].Value)
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		if c.none && c.value != "" {
			c.set(c.value)
		}
	}
}

// AccessibilityLabel says the question, and the answer that is given.
func (c *chips) AccessibilityLabel() string {
	if i := c.at(); i >= 0 {
		return c.question + " " + c.options[i].Label
	}
	return c.question
}

// AccessibilityRole is that of a group of answers; Fyne has no nearer one.
func (c *chips) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer draws the answers in the room that they have: one that is made anew, when
// the last was forgotten, is not laid out again while they keep their size.
func (c *chips) CreateRenderer() fyne.WidgetRenderer {
	r := &chipsRenderer{c: c, width: c.Size().Width}
	r.Refresh()
	return r
}

type chipsRenderer struct {
	c     *chips
	width float32 // as last laid out: the height depends on it
}

func (r *chipsRenderer) Destroy() {}

func (r *chipsRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, d := range r.c.drawn {
		out = append(out, d.ground, d.dot, d.ring)
		for _, l := range d.lines {
			out = append(out, l)
		}
	}
	return out
}

// size is that of a chip with its words in one line: a dot, the words, and room around
// them. Words are as wide as they are in bold.
func (r *chipsRenderer) size(words string) fyne.Size {
	s := fyne.MeasureText(words, theme.TextSize(), fyne.TextStyle{Bold: true})
	pad := theme.InnerPadding()
	return fyne.NewSize(s.Width+r.dotSize()+3*pad, s.Height+1.4*pad)
}

// write breaks the words of a chip into lines of which none is wider than there is room
// for, and gives its size.
func (r *chipsRenderer) write(i int, width float32) fyne.Size {
	d, o := r.c.drawn[i], r.c.options[i]
	lines := []string{o.Label}
	if width > 0 && r.size(o.Label).Width > width {
		lines = nil
		for _, word := range strings.Fields(o.Label) {
			if last := len(lines) - 1; last >= 0 && r.size(lines[last]+" "+word).Width <= width {
				lines[last] += " " + word
			} else {
				lines = append(lines, word)
			}
		}
	}
	var size fyne.Size
	for len(d.lines) < len(lines) {
		d.lines = append(d.lines, canvas.NewText("", nil))
	}
	d.lines = d.lines[:len(lines)]
	for n, words := range lines {
		text := d.lines[n]
		text.Text, text.Color = words, theme.Color(theme.ColorNameForeground)
		text.TextSize, text.TextStyle.Bold = theme.TextSize(), o.Value == r.c.value
		size = size.Max(r.size(words))
	}
	size.Height += float32(len(lines)-1) * d.lines[0].MinSize().Height
	return size
}

func (r *chipsRenderer) dotSize() float32 { return theme.TextSize() * 0.75 }

// MinSize is as wide as the widest chip, or as one whose words are broken, and as high as
// the last layout made it; before the first, one row.
func (r *chipsRenderer) MinSize() (size fyne.Size) {
	for _, o := range r.c.options {
		size = size.Max(r.size(o.Label))
	}
	size.Width = min(size.Width, chipLeast*theme.TextSize())
	if r.width > 0 {
		size.Height = r.place(r.width)
	}
	return size
}

// place puts the chips into rows of a width and gives the height of all.
func (r *chipsRenderer) place(width float32) float32 {
	var left, top, row float32
	gap := theme.Padding()
	for i, d := range r.c.drawn {
		s := r.write(i, width)
		if left > 0 && left+s.Width > width {
			left, top, row = 0, top+row+gap, 0
		}
		r.put(d, fyne.NewPos(left, top), s)
		left, row = left+s.Width+gap, max(row, s.Height)
	}
	return top + row
}

func (r *chipsRenderer) put(d *chip, at fyne.Position, s fyne.Size) {
	pad, dot := theme.InnerPadding(), r.dotSize()
	for _, o := range []*canvas.Rectangle{d.ground, d.ring} {
		o.Move(at)
		o.Resize(s)
	}
	d.dot.Resize(fyne.NewSquareSize(dot))
	d.dot.Move(at.AddXY(pad, (s.Height-dot)/2))
	high := d.lines[0].MinSize().Height
	top := (s.Height - float32(len(d.lines))*high) / 2
	for n, l := range d.lines {
		l.Resize(l.MinSize())
		l.Move(at.AddXY(2*pad+dot, top+float32(n)*high))
	}
}

// Layout places the chips.
func (r *chipsRenderer) Layout(s fyne.Size) {
	r.width = s.Width
	r.place(s.Width)
}

// Refresh draws the chips: the one that is given has a full dot, bold words and
// a ground of its own.
func (r *chipsRenderer) Refresh() {
	for i, d := range r.c.drawn {
		on := r.c.options[i].Value == r.c.value
		d.ground.CornerRadius, d.ground.StrokeWidth = theme.InputRadiusSize(), 1
		d.ground.FillColor, d.ground.StrokeColor = theme.Color(theme.ColorNameInputBackground), theme.Color(theme.ColorNameInputBorder)
		d.dot.CornerRadius, d.dot.StrokeWidth = r.dotSize()/2, 1.5
		d.dot.FillColor, d.dot.StrokeColor = theme.Color(colourNone), theme.Color(theme.ColorNameInputBorder)
		if on {
			d.ground.FillColor, d.ground.StrokeColor = theme.Color(colourSoft), theme.Color(theme.ColorNamePrimary)
			d.dot.FillColor, d.dot.StrokeColor = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNamePrimary)
		}
		ring(d.ring, r.c.focused && (on || r.c.at() < 0 && i == 0))
	}
	r.place(r.width)
	canvas.Refresh(r.c)
}
