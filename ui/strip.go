package ui

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// strip is the overview above the list: bars for how much happened when, and a
// frame around what the list shows. It is a scroll bar too: a click, a drag or
// a key goes there. Bars are one picture; it costs what its width costs.
type strip struct {
	widget.BaseWidget
	hears
	s       *model.Strip
	first   int64 // moments of the first and last row on the screen
	last    int64
	focused bool
	touch   func(*fyne.KeyEvent)
	onJump  func(ms int64)
	onZoom  func() // another part is looked at

	bars   *canvas.Raster
	frame  *canvas.Rectangle
	ring   *canvas.Rectangle
	tip    *canvas.Text
	tipBox *canvas.Rectangle
	ticks  []*canvas.Text
}

const mostTicks = 10

func newStrip(touch func(*fyne.KeyEvent)) *strip {
	s := &strip{touch: touch, onJump: func(int64) {}, onZoom: func() {}, frame: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil),
		tip: canvas.NewText("", nil), tipBox: canvas.NewRectangle(nil)}
	s.bars = canvas.NewRaster(s.draw)
	for range mostTicks + 2 {
		s.ticks = append(s.ticks, canvas.NewText("", nil))
	}
	s.ExtendBaseWidget(s)
	return s
}

func (s *strip) empty() bool { return s.s == nil || s.s.Empty() }

// show shows another overview.
func (s *strip) show(m *model.Strip) {
	s.s = m
	s.Refresh()
}

// at frames what the list shows.
func (s *strip) at(first, last int64) {
	s.first, s.last = first, last
	if s.empty() {
		return
	}
	if s.s.Reach(first) {
		s.changed()
	}
	s.placeFrame()
	canvas.Refresh(s.frame)
}

func (s *strip) changed() {
	s.onZoom()
	s.Refresh()
}

// zoom looks closer or wider, around what the list shows.
func (s *strip) zoom(closer bool) {
	if s.empty() {
		return
	}
	s.zoomAround(closer, max(s.s.At.From, min(s.first, s.s.At.To)))
}

func (s *strip) zoomAround(closer bool, ms int64) {
	times := 2.0
	if closer {
		times = 0.5
	}
	s.s.Zoom(times, ms)
	s.changed()
}

// whole looks at everything.
func (s *strip) whole() {
	if !s.empty() {
		s.look(s.s.Whole)
	}
}

// look looks at a period.
func (s *strip) look(at model.Span) {
	if !s.empty() {
		s.s.Show(at)
		s.changed()
	}
}

func (s *strip) barHeight() float32 { return 2.6 * theme.TextSize() }

// draw draws the bars, one pixel for each of them.
func (s *strip) draw(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, max(1, w), max(1, h)))
	fillRect(m, m.Bounds(), theme.Color(colourSurface))
	if s.empty() || w < 2 || h < 4 {
		return m
	}
	const bar = 3 // pixels, with one between two
	n := max(1, w/bar)
	drawBars(m, s.s.Counts(n), image.Rect(0, 2, w, h), theme.Color(theme.ColorNamePrimary), 0)
	return m
}

// drawBars draws counts into a part of a picture, scaled to the largest or to
// most. What is there at all is two pixels high at least.
func drawBars(m *image.RGBA, counts []int, in image.Rectangle, c color.Color, most int) {
	for _, k := range counts {
		most = max(most, k)
	}
	n := len(counts)
	for i, k := range counts {
		if k == 0 {
			continue
		}
		x0, x1 := in.Min.X+i*in.Dx()/n, in.Min.X+(i+1)*in.Dx()/n
		height := max(2, k*in.Dy()/most)
		fillRect(m, image.Rect(x0, in.Max.Y-height, max(x0+1, x1-1), in.Max.Y), c)
	}
}

func fillRect(m *image.RGBA, r image.Rectangle, c color.Color) {
	r = r.Intersect(m.Bounds())
	cr, cg, cb, ca := c.RGBA()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := m.Pix[m.PixOffset(r.Min.X, y):m.PixOffset(r.Max.X, y)]
		for i := 0; i < len(row); i += 4 {
			row[i], row[i+1], row[i+2], row[i+3] = uint8(cr>>8), uint8(cg>>8), uint8(cb>>8), uint8(ca>>8)
		}
	}
}

func (s *strip) moment(x float32) int64 {
	return s.s.Moment(float64(x) / float64(max(1, s.Size().Width)))
}

// Tapped and Dragged go to a moment.
func (s *strip) Tapped(e *fyne.PointEvent) {
	s.touch(nil)
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	s.jump(e.Position.X)
}

func (s *strip) Dragged(e *fyne.DragEvent) { s.touch(nil); s.jump(e.Position.X) }

// DragEnd does nothing: the list has followed.
func (s *strip) DragEnd() {}

func (s *strip) jump(x float32) {
	if !s.empty() {
		s.onJump(s.moment(max(0, min(x, s.Size().Width))))
	}
}

// Scrolled looks closer or wider around the pointer; sideways it moves along.
func (s *strip) Scrolled(e *fyne.ScrollEvent) {
	s.touch(nil)
	switch {
	case s.empty():
	case e.Scrolled.DX != 0 && e.Scrolled.DY == 0:
		s.s.Pan(-int64(float64(e.Scrolled.DX) / float64(s.Size().Width) * float64(s.s.At.Length())))
		s.changed()
	default:
		s.zoomAround(e.Scrolled.DY > 0, s.moment(e.Position.X))
	}
}

// Cursor is a hand.
func (s *strip) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn, MouseMoved and MouseOut say what is under the pointer.
func (s *strip) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }
func (s *strip) MouseMoved(e *desktop.MouseEvent) {
	if s.empty() {
		return
	}
	s.say(s.s.Say(s.moment(e.Position.X)), e.Position.X)
}
func (s *strip) MouseOut() { s.say("", 0) }

func (s *strip) say(text string, x float32) {
	placeTip(s.tip, s.tipBox, text, fyne.NewPos(x, 0), s.Size())
}

// FocusGained and FocusLost show where the keys are.
func (s *strip) FocusGained() { s.setFocus(true) }
func (s *strip) FocusLost()   { s.setFocus(false) }

func (s *strip) setFocus(on bool) {
	s.focused = on
	ring(s.ring, on)
	canvas.Refresh(s.ring)
}

// TypedRune looks closer and wider.
func (s *strip) TypedRune(r rune) {
	s.touch(nil)
	switch r {
	case '+', '=':
		s.zoom(true)
	case '-':
		s.zoom(false)
	case '0':
		s.whole()
	}
}

// TypedKey goes along.
func (s *strip) TypedKey(e *fyne.KeyEvent) {
	s.touch(e)
	if s.empty() {
		return
	}
	step := s.s.At.Length() / 40
	switch e.Name {
	case fyne.KeyLeft:
		s.onJump(s.first - step)
	case fyne.KeyRight:
		s.onJump(s.first + max(step, s.last-s.first))
	case fyne.KeyPageUp:
		s.onJump(s.first - 10*step)
	case fyne.KeyPageDown:
		s.onJump(s.first + 10*step)
	case fyne.KeyHome:
		s.onJump(s.s.Whole.From)
	case fyne.KeyEnd:
		s.onJump(s.s.Whole.To)
	case fyne.KeyUp:
		s.zoom(true)
	case fyne.KeyDown:
		s.zoom(false)
	}
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (s *strip) AccessibilityLabel() string {
	if s.empty() {
		return lang.L("Overview")
	}
	return lang.L("Overview") + ": " + s.s.Said()
}

func (s *strip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer draws the strip.
func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	r := &stripRenderer{s}
	r.colours()
	return r
}

type stripRenderer struct{ s *strip }

func (r *stripRenderer) Destroy() {}

func (r *stripRenderer) MinSize() fyne.Size {
	return fyne.NewSize(10*theme.TextSize(), r.s.barHeight()+1.5*theme.CaptionTextSize()+4)
}

func (r *stripRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.s.bars, r.s.frame}
	for _, t := range r.s.ticks {
		out = append(out, t)
	}
	return append(out, r.s.tipBox, r.s.tip, r.s.ring)
}

func (r *stripRenderer) Layout(size fyne.Size) {
	s := r.s
	s.bars.Resize(fyne.NewSize(size.Width, s.barHeight()))
	s.ring.Resize(size)
	s.placeTicks()
	s.placeFrame()
}

func (r *stripRenderer) colours() {
	s := r.s
	s.frame.FillColor, s.frame.StrokeColor = theme.Color(theme.ColorNameSelection), theme.Color(theme.ColorNameForeground)
	s.frame.StrokeWidth, s.frame.CornerRadius = 1.5, 2
	s.tipBox.FillColor, s.tipBox.CornerRadius = theme.Color(colourNone), 3
	ring(s.ring, s.focused)
}

func (r *stripRenderer) Refresh() {
	r.colours()
	r.s.bars.Refresh()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

// placeTicks writes the axis below the bars.
func (s *strip) placeTicks() {
	most := max(2, min(mostTicks, int(s.Size().Width/(6*theme.TextSize()))))
	placeTicks(s.ticks, s.s, most, 0, s.Size().Width, s.barHeight()+2)
}

// placeTicks writes the labels of an axis.
func placeTicks(ticks []*canvas.Text, m *model.Strip, most int, left, width, y float32) {
	var list []model.Tick
	if m != nil {
		list = m.Ticks(most)
	}
	end := float32(-1)
	for i, t := range ticks {
		t.Text, t.TextSize, t.Color = "", theme.CaptionTextSize(), theme.Color(colourQuiet)
		if i >= len(list) {
			t.Hide()
			continue
		}
		x := left + float32(m.Share(list[i].At))*width
		t.Text = said(list[i].Label)
		size := t.MinSize()
		if x < end || x+size.Width > left+width {
			t.Hide()
			continue
		}
		end = x + size.Width + 6
		t.Move(fyne.NewPos(x, y))
		t.Resize(size)
		t.Show()
	}
}

// placeFrame frames what the list shows.
func (s *strip) placeFrame() {
	if s.empty() || s.first == 0 && s.last == 0 {
		s.frame.Hide()
		return
	}
	width := float64(s.Size().Width)
	x0, x1 := s.s.Share(s.first)*width, s.s.Share(s.last)*width
	if x1-x0 < 8 {
		mid := (x0 + x1) / 2
		x0, x1 = mid-4, mid+4
	}
	x0, x1 = max(0, min(x0, width-8)), max(8, min(x1, width))
	s.frame.Move(fyne.NewPos(float32(x0), 0))
	s.frame.Resize(fyne.NewSize(float32(x1-x0), s.barHeight()))
	s.frame.Show()
}
