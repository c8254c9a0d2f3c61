package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// chart draws figures: as bars, as a map of fields, as a table. Whatever the
// shape, each figure can be reached by the arrows and the pointer, is said in
// words, and opens the events behind it.
type chart struct {
	widget.BaseWidget
	hears
	f     *model.Figures
	shape chartShape
	touch func(*fyne.KeyEvent)
	said  func(text string)  // what the keys or the pointer are at
	open  func(row, col int) // shows the events of a figure
	shown func(*chart)       // the keys came here; may be nil

	row, col int
	focused  bool
	ring     *canvas.Rectangle
}

// chartShape lays figures out and draws them.
type chartShape interface {
	// lay gives the height that a width needs, and remembers where things stand.
	lay(f *model.Figures, width float32) (height float32)
	// draw gives what is seen at the size that was laid out.
	draw(f *model.Figures, size fyne.Size) []fyne.CanvasObject
	// at is where a figure stands; a nought of a bar has no height.
	at(row, col int) (fyne.Position, fyne.Size)
	// step is the figure beside another in a direction.
	step(f *model.Figures, row, col, right, down int) (int, int)
}

func newChart(f *model.Figures, shape chartShape, touch func(*fyne.KeyEvent), said func(string), open func(row, col int)) *chart {
	c := &chart{f: f, shape: shape, touch: touch, said: said, open: open, ring: canvas.NewRectangle(nil)}
	c.ExtendBaseWidget(c)
	return c
}

// under finds the figure at a place.
func (c *chart) under(p fyne.Position) (row, col int, ok bool) {
	for col := range c.f.Columns {
		for row := range c.f.Rows {
			at, size := c.shape.at(row, col)
			if p.X >= at.X && p.Y >= at.Y && p.X < at.X+size.Width && p.Y < at.Y+size.Height {
				return row, col, true
			}
		}
	}
	return 0, 0, false
}

func (c *chart) empty() bool { return len(c.f.Columns) == 0 || len(c.f.Rows) == 0 }

func (c *chart) goTo(row, col int) {
	c.row, c.col = row, col
	c.mark()
	if !c.empty() {
		c.said(c.f.Said(row, col))
	}
}

// mark draws the ring where the keys are.
func (c *chart) mark() {
	ring(c.ring, c.focused && !c.empty())
	if !c.empty() {
		at, size := c.shape.at(c.row, c.col)
		c.ring.Move(at.SubtractXY(1, 1))
		c.ring.Resize(size.AddWidthHeight(2, 2))
		c.ring.CornerRadius = 2
	}
	canvas.Refresh(c)
}

// Tapped opens the figure under the pointer.
func (c *chart) Tapped(e *fyne.PointEvent) {
	c.touch(nil)
	if row, col, ok := c.under(e.Position); ok {
		c.goTo(row, col)
		c.openNow()
	}
}

func (c *chart) openNow() {
	if !c.empty() && c.f.N[c.row][c.col] > 0 {
		c.open(c.row, c.col)
	}
}

// Cursor is a hand.
func (c *chart) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn, MouseMoved and MouseOut say what the pointer is at.
func (c *chart) MouseIn(*desktop.MouseEvent) {}
func (c *chart) MouseOut()                   {}
func (c *chart) MouseMoved(e *desktop.MouseEvent) {
	if row, col, ok := c.under(e.Position); ok {
		c.said(c.f.Said(row, col))
	}
}

// FocusGained and FocusLost show where the keys are.
func (c *chart) FocusGained() {
	c.focused = true
	c.goTo(c.row, c.col)
	if c.shown != nil {
		c.shown(c)
	}
}
func (c *chart) FocusLost() { c.focused = false; c.mark() }

// TypedRune does with the space bar what Enter does.
func (c *chart) TypedRune(r rune) {
	if r == space {
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
}

// TypedKey goes from figure to figure and opens one.
func (c *chart) TypedKey(e *fyne.KeyEvent) {
	c.touch(e)
	if c.empty() {
		return
	}
	row, col := c.row, c.col
	switch e.Name {
	case fyne.KeyRight:
		row, col = c.shape.step(c.f, row, col, 1, 0)
	case fyne.KeyLeft:
		row, col = c.shape.step(c.f, row, col, -1, 0)
	case fyne.KeyDown:
		row, col = c.shape.step(c.f, row, col, 0, 1)
	case fyne.KeyUp:
		row, col = c.shape.step(c.f, row, col, 0, -1)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.openNow()
		return
	default:
		return
	}
	c.goTo(row, col)
}

// AccessibilityLabel says the figure that the keys are at.
func (c *chart) AccessibilityLabel() string {
	if c.empty() {
		return c.f.Name
	}
	return c.f.Name + ". " + said(c.f.Said(c.row, c.col))
}

// AccessibilityRole is the nearest that Fyne has to a chart.
func (c *chart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer draws the chart in the room that it has: nothing lays it out again while it
// keeps its size.
func (c *chart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{c: c}
	if size := c.Size(); size.Width > 0 {
		r.Layout(size)
	}
	return r
}

type chartRenderer struct {
	c       *chart
	width   float32 // as last laid out: the height depends on it
	objects []fyne.CanvasObject
}

func (r *chartRenderer) Destroy()                     {}
func (r *chartRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize is narrow, and as high as the last layout made it.
func (r *chartRenderer) MinSize() fyne.Size {
	width := max(r.width, 14*theme.TextSize())
	return fyne.NewSize(14*theme.TextSize(), r.c.shape.lay(r.c.f, width))
}

// Layout draws everything for a size.
func (r *chartRenderer) Layout(s fyne.Size) {
	r.width = s.Width
	r.c.shape.lay(r.c.f, s.Width)
	r.objects = append(r.c.shape.draw(r.c.f, s), r.c.ring)
	r.c.mark()
}

// Refresh draws again, in the colours of the look.
func (r *chartRenderer) Refresh() {
	if r.width > 0 {
		r.Layout(r.c.Size())
	}
}

// grid is how columns stand in blocks below each other where they do not fit
// beside each other.
type grid struct {
	left, top float32 // of the first field of a block
	cell      fyne.Size
	each      int     // columns in a block
	block     float32 // height of a block and of the gap below it
}

// newGrid finds how many columns of a least width fit, and makes the blocks
// even.
func newGrid(columns int, width, left, least float32) grid {
	each := max(1, min(columns, int((width-left)/least)))
	blocks := max(1, (columns+each-1)/each)
	each = max(1, (columns+blocks-1)/blocks)
	return grid{left: left, each: each, cell: fyne.NewSize(min((width-left)/float32(each), 3*least), 0)}
}

func (g grid) blocks(columns int) int { return max(1, (columns+g.each-1)/g.each) }

// corner is where the fields of a column begin.
func (g grid) corner(col int) fyne.Position {
	return fyne.NewPos(g.left+float32(col%g.each)*g.cell.Width, float32(col/g.each)*g.block+g.top)
}

// label is a text of a chart.
func label(text string, size float32, colour fyne.ThemeColorName, bold bool) *canvas.Text {
	t := canvas.NewText(text, theme.Color(colour))
	t.TextSize, t.TextStyle.Bold = size, bold
	return t
}

// put places a text; align is its share of the room that is left of it.
func put(t *canvas.Text, at fyne.Position, room fyne.Size, align float32) fyne.CanvasObject {
	m := t.MinSize()
	t.Resize(m)
	t.Move(fyne.NewPos(at.X+(room.Width-m.Width)*align, at.Y+(room.Height-m.Height)/2))
	return t
}

func textWidth(text string, size float32, bold bool) float32 {
	return fyne.MeasureText(text, size, fyne.TextStyle{Bold: bold}).Width
}

// widest is the width of the widest of some texts.
func widest(size float32, bold bool, texts ...string) (width float32) {
	for _, t := range texts {
		width = max(width, textWidth(t, size, bold))
	}
	return width
}
