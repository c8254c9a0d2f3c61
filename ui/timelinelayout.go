package ui

import (
	"fyne.io/fyne/v2"
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

// headed puts a head of lines that wrap above a body, and a foot below it. The
// head knows its height only once it has its width, so it gets that first. The
// body never has less than a few lines of text: where the window is too small
// for that, all three are higher than it and scroll.
type headed struct {
	head, body, foot fyne.CanvasObject
}

// leastBody is the least height of the body, times the size of text.
const leastBody = 11

// MinSize is that of all three, and as high as the last layout made them.
func (h *headed) MinSize([]fyne.CanvasObject) fyne.Size {
	a, b, c := h.head.MinSize(), h.body.MinSize(), fyne.Size{}
	if h.foot.Visible() {
		c = h.foot.MinSize().AddWidthHeight(0, theme.Padding())
	}
	return fyne.NewSize(max(a.Width, b.Width, c.Width), a.Height+theme.Padding()+max(b.Height, leastBody*theme.TextSize())+c.Height)
}

// Layout gives the body what head and foot leave.
func (h *headed) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding()
	top, bottom := settled(h.head, size.Width)+gap, float32(0)
	if h.foot.Visible() {
		bottom = settled(h.foot, size.Width) + gap
	}
	h.head.Move(fyne.NewPos(0, 0))
	h.body.Move(fyne.NewPos(0, top))
	h.body.Resize(fyne.NewSize(size.Width, max(leastBody*theme.TextSize(), size.Height-top-bottom)))
	h.foot.Move(fyne.NewPos(0, top+h.body.Size().Height+gap))
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

// alone gives the whole place to a panel: the details, if they are open.
func (p *panes) alone(size fyne.Size) {
	p.list.Hide()
	top := p.left
	if p.right.Visible() {
		p.left.Hide()
		top = p.right
	}
	top.Move(fyne.NewPos(0, 0))
	top.Resize(size)
}
