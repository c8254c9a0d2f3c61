package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
)

// lineLayout sets its objects beside each other as wide as they want to be, in
// as many lines as that takes. The first takes what is left of its line.
type lineLayout struct {
	least  float32 // width of the first object, times the size of text; 0: as it wants
	end    bool    // the lines end at the right edge
	height float32 // as last laid out
}

// MinSize is the widest object, and as high as the last layout made it.
func (f *lineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, f.height)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := f.want(i, o)
		size.Width, size.Height = max(size.Width, o.MinSize().Width), max(size.Height, m.Height)
	}
	return size
}

func (f *lineLayout) want(i int, o fyne.CanvasObject) fyne.Size {
	m := o.MinSize()
	if i == 0 && f.least > 0 {
		m.Width = max(m.Width, f.least*theme.TextSize())
	}
	return m
}

// oneLine is how wide all of them are beside each other.
func (f *lineLayout) oneLine(objects []fyne.CanvasObject) (width float32) {
	for i, o := range objects {
		if o.Visible() {
			width += f.want(i, o).Width + theme.Padding()
		}
	}
	return width
}

// Layout places the objects line by line.
func (f *lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding()
	var line []fyne.CanvasObject
	var widths []float32
	var x, y float32
	put := func() {
		var height float32
		for _, o := range line {
			height = max(height, o.MinSize().Height)
		}
		if len(line) > 0 && f.least > 0 && line[0] == objects[0] {
			widths[0] += max(0, size.Width-x+gap)
		}
		at := float32(0)
		if f.end {
			at = max(0, size.Width-x+gap)
		}
		for i, o := range line {
			o.Move(fyne.NewPos(at, y+(height-o.MinSize().Height)/2))
			o.Resize(fyne.NewSize(widths[i], o.MinSize().Height))
			at += widths[i] + gap
		}
		if len(line) > 0 {
			y += height + gap
		}
		line, widths, x = nil, nil, 0
	}
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		w := min(f.want(i, o).Width, size.Width)
		if x > 0 && x+w > size.Width {
			put()
		}
		line, widths = append(line, o), append(widths, w)
		x += w + gap
	}
	put()
	f.height = max(0, y-gap)
}

// topLine is a line of a page that stands in the bar above it, with what else
// stands above the page's list. Where the window is low for the size of its text,
// all but the line's first object is folded behind a button: a list of which two
// rows are seen is none.
type topLine struct {
	line   *fyne.Container
	more   *button
	folds  []fyne.CanvasObject
	below  bool // it stands on the page itself: the page's name tells more than the rail
	tight  bool
	open   bool   // unfolded all the same
	placed func() // shows what depends on both; the parts are laid out after
}

// newTopLine makes a line of objects, the first of which is always there.
func newTopLine(least float32, relayout func(), objects ...fyne.CanvasObject) *topLine {
	t := &topLine{placed: func() {}}
	t.more = newIconedButton("", theme.MenuExpandIcon(), func() { t.unfold(!t.open); relayout() })
	t.more.Hide()
	t.line = container.New(&lineLayout{least: least}, append(objects, t.more)...)
	return t
}

// tighten folds what can be folded, or shows it again.
func (t *topLine) tighten(on bool) {
	t.tight = on
	t.place()
}

// unfold shows what is folded, or folds it.
func (t *topLine) unfold(on bool) {
	t.open = on
	t.place()
}

func (t *topLine) folded() bool   { return t.tight && !t.open }
func (t *topLine) unfolded() bool { return t != nil && t.tight && t.open }

func (t *topLine) place() {
	t.more.Text, t.more.Icon = lang.L("More"), theme.MoveDownIcon()
	if t.open {
		t.more.Text, t.more.Icon = lang.L("Less"), theme.MoveUpIcon()
	}
	t.more.Refresh()
	visible(t.more, t.tight)
	for _, o := range t.folds {
		visible(o, !t.folded())
	}
	t.placed()
}

// headed puts a head of lines that wrap above a body, and a foot below it. The
// head knows its height only once it has its width, so it gets that first. It
// scrolls where it would leave the body next to nothing; what was unfolded there
// takes the place of the body until it is folded again.
type headed struct {
	head       *container.Scroll
	body, foot fyne.CanvasObject
	bar        *topLine
}

// leastBody is the least height of the body, times the size of text.
const leastBody = 5

func newHeaded(head, body, foot fyne.CanvasObject, bar *topLine) *fyne.Container {
	h := &headed{container.NewVScroll(head), body, foot, bar}
	return container.New(h, h.head, body, foot)
}

// MinSize is small: what does not fit gives way.
func (h *headed) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(h.head.Content.MinSize().Width, h.body.MinSize().Width), leastBody*theme.TextSize())
}

// Layout gives the body what head and foot leave.
func (h *headed) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding()
	top, bottom := settled(h.head.Content, size.Width), float32(0)
	visible(h.head, top > 0)
	if top > 0 {
		top += gap
	}
	if h.foot.Visible() {
		bottom = settled(h.foot, size.Width) + gap
	}
	rest, least := max(0, size.Height-bottom), leastBody*theme.TextSize()
	instead := h.bar.unfolded() && top > rest-least
	visible(h.body, !instead)
	if !instead {
		top = min(top, max(0, rest-least))
	}
	h.head.Resize(fyne.NewSize(size.Width, max(0, min(top-gap, rest))))
	h.body.Move(fyne.NewPos(0, top))
	h.body.Resize(fyne.NewSize(size.Width, max(0, rest-top)))
	h.foot.Move(fyne.NewPos(0, rest+gap))
}

// layAgain lays a container out whose size has not changed, and whose objects
// have.
func layAgain(o fyne.CanvasObject) {
	if c, ok := o.(*fyne.Container); ok && c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
}

// panes sets a list between two panels. Where there is no room beside the
// list, a panel stands in its place until it is closed.
type panes struct {
	left, list, right fyne.CanvasObject // a panel that is hidden takes no room
	last              fyne.CanvasObject // the panel that was opened last
}

// newPanes is a list between two panels that are closed.
func newPanes(left, list, right fyne.CanvasObject) (*fyne.Container, *panes) {
	left.Hide()
	right.Hide()
	p := &panes{left: left, list: list, right: right}
	return container.New(p, left, list, right), p
}

// open opens or closes a panel.
func (p *panes) open(panel fyne.CanvasObject, on bool) {
	visible(panel, on)
	if on {
		p.last = panel
	}
}

const (
	panelWidth = 19 // times the size of text
	leastList  = 21
)

// MinSize is that of a narrow list.
func (p *panes) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(12*theme.TextSize(), 4*theme.TextSize())
}

// Layout places what is shown.
func (p *panes) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s, gap := theme.TextSize(), theme.Padding()
	panel := panelWidth * s
	shown := float32(0)
	for _, o := range []fyne.CanvasObject{p.left, p.right} {
		if o.Visible() {
			shown++
		}
	}
	if shown > 0 && size.Width < shown*(panel+gap)+leastList*s {
		p.alone(size)
		return
	}
	p.list.Show()
	at, width := float32(0), size.Width
	if p.left.Visible() {
		p.left.Move(fyne.NewPos(0, 0))
		p.left.Resize(fyne.NewSize(panel, size.Height))
		at, width = panel+gap, width-panel-gap
	}
	if p.right.Visible() {
		panel = max(panel, min(size.Width*0.36, 30*s))
		width -= panel + gap
		p.right.Move(fyne.NewPos(size.Width-panel, 0))
		p.right.Resize(fyne.NewSize(panel, size.Height))
	}
	p.list.Move(fyne.NewPos(at, 0))
	p.list.Resize(fyne.NewSize(width, size.Height))
}

// alone gives the whole place to a panel: of two, to that which was opened last.
func (p *panes) alone(size fyne.Size) {
	p.list.Hide()
	top, under := p.left, p.right
	if p.right.Visible() && (p.last == p.right || !p.left.Visible()) {
		top, under = p.right, p.left
	}
	under.Hide()
	top.Move(fyne.NewPos(0, 0))
	top.Resize(size)
}
