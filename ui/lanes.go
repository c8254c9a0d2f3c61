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

// lanes show who, or which source, was active when: one row for each, over the
// period that the strip looks at. They are drawn as one picture, so that a
// redraw costs its pixels and not the number of events.
type lanes struct {
	widget.BaseWidget
	set    *typesetter
	strip  *strip
	list   []model.Lane
	shared bool // all lanes on one scale: who is loud stands out; else each on its own
	onPick func(lane int, ms int64)
	onFit  func() // another number of lanes has room
	most   int    // lanes that have room

	raster *canvas.Raster
	ticks  []*canvas.Text
	names  []*eventView
	tip    *canvas.Text
	tipBox *canvas.Rectangle
}

func newLanes(set *typesetter, s *strip) *lanes {
	l := &lanes{set: set, strip: s, shared: true, onPick: func(int, int64) {}, onFit: func() {}, most: 4, tip: canvas.NewText("", nil), tipBox: canvas.NewRectangle(nil)}
	l.raster = canvas.NewRaster(l.draw)
	for range mostTicks + 2 {
		l.ticks = append(l.ticks, canvas.NewText("", nil))
	}
	l.ExtendBaseWidget(l)
	return l
}

// show shows other lanes.
func (l *lanes) show(list []model.Lane) {
	l.list = list
	l.names = nil
	l.Refresh()
}

func (l *lanes) left() float32   { return min(18*theme.TextSize(), l.Size().Width*0.45) }
func (l *lanes) axis() float32   { return 1.6 * theme.CaptionTextSize() }
func (l *lanes) height() float32 { return (l.Size().Height - l.axis()) / float32(max(1, len(l.list))) }

// laneHeight is the least height of a lane, times the size of text; mostLanes is
// how many can be told apart.
const (
	laneHeight = 2.2
	mostLanes  = 14
)

// strokes is up to how many single events are drawn as strokes instead of bars.
const strokes = 400

func (l *lanes) draw(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, max(1, w), max(1, h)))
	fillRect(m, m.Bounds(), theme.Color(colourSurface))
	if len(l.list) == 0 || l.strip.empty() || w < 4 {
		return m
	}
	at := l.strip.s.At
	counts := make([][]int, len(l.list))
	most := 0
	for i, lane := range l.list {
		counts[i] = lane.Counts(at, max(1, w/3))
		for _, k := range counts[i] {
			most = max(most, k)
		}
	}
	if !l.shared {
		most = 0
	}
	for i, lane := range l.list {
		r := image.Rect(0, i*h/len(l.list)+3, w, (i+1)*h/len(l.list)-3)
		c := l.colour(i)
		if times := lane.Times(at, strokes+1); len(times) <= strokes && (!l.shared || most == 1) {
			l.drawStrokes(m, times, r, c)
		} else {
			drawBars(m, counts[i], r, c, most)
		}
		fillRect(m, image.Rect(0, r.Max.Y+2, w, r.Max.Y+3), theme.Color(theme.ColorNameSeparator))
	}
	return m
}

func (l *lanes) drawStrokes(m *image.RGBA, times []int64, r image.Rectangle, c color.Color) {
	for _, t := range times {
		x := int(l.strip.s.Share(t) * float64(r.Dx()))
		fillRect(m, image.Rect(x-1, r.Min.Y+r.Dy()/4, x+2, r.Max.Y), c)
	}
}

func (l *lanes) colour(i int) color.Color {
	if f := l.list[i].Face; f.Initials != "" {
		return faceColour(f)
	}
	return theme.Color(personColour(i))
}

func (l *lanes) laneAt(p fyne.Position) (lane int, ms int64, ok bool) {
	lane = int(p.Y / l.height())
	if lane < 0 || lane >= len(l.list) || p.X < l.left() || l.strip.empty() {
		return 0, 0, false
	}
	return lane, l.strip.s.Moment(float64((p.X - l.left()) / (l.Size().Width - l.left()))), true
}

// Tapped goes to a moment of a lane.
func (l *lanes) Tapped(e *fyne.PointEvent) {
	if lane, ms, ok := l.laneAt(e.Position); ok {
		l.onPick(lane, ms)
	}
}

// Dragged moves along.
func (l *lanes) Dragged(e *fyne.DragEvent) {
	if !l.strip.empty() {
		l.strip.s.Pan(-int64(float64(e.Dragged.DX) / float64(l.Size().Width-l.left()) * float64(l.strip.s.At.Length())))
		l.strip.changed()
	}
}

// DragEnd does nothing.
func (l *lanes) DragEnd() {}

// Scrolled looks closer or wider around the pointer.
func (l *lanes) Scrolled(e *fyne.ScrollEvent) {
	if _, ms, ok := l.laneAt(e.Position); ok && e.Scrolled.DY != 0 {
		l.strip.zoomAround(e.Scrolled.DY > 0, ms)
	}
}

// Cursor is a hand.
func (l *lanes) Cursor() desktop.Cursor { return desktop.PointerCursor }

// laneName is whose lane it is, or what is in it.
func laneName(l model.Lane) string {
	if l.Name == model.NobodyNamed {
		return said(l.Name)
	}
	return sourceName(l.Name)
}

// MouseIn, MouseMoved and MouseOut say what is under the pointer.
func (l *lanes) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }
func (l *lanes) MouseMoved(e *desktop.MouseEvent) {
	lane, ms, ok := l.laneAt(e.Position)
	if !ok {
		l.MouseOut()
		return
	}
	placeTip(l.tip, l.tipBox, laneName(l.list[lane])+", "+said(l.strip.s.SayOf(l.list[lane], ms)), e.Position, l.Size())
}
func (l *lanes) MouseOut() { placeTip(l.tip, l.tipBox, "", fyne.Position{}, l.Size()) }

// placeTip shows a few words beside the pointer; none for no words.
func placeTip(tip *canvas.Text, box *canvas.Rectangle, text string, at fyne.Position, within fyne.Size) {
	tip.Text, tip.TextSize, tip.Color = text, theme.CaptionTextSize(), theme.Color(theme.ColorNameForeground)
	box.FillColor, box.CornerRadius = theme.Color(colourNone), 3
	if text != "" {
		box.FillColor = theme.Color(theme.ColorNameOverlayBackground)
	}
	size := tip.MinSize()
	x, y := max(0, min(at.X+12, within.Width-size.Width-8)), max(0, at.Y-size.Height-4)
	box.Move(fyne.NewPos(x, y))
	box.Resize(size.AddWidthHeight(8, 0))
	tip.Move(fyne.NewPos(x+4, y))
	tip.Resize(size)
	canvas.Refresh(tip)
}

// CreateRenderer draws the lanes.
func (l *lanes) CreateRenderer() fyne.WidgetRenderer {
	l.tipBox.FillColor = theme.Color(colourNone)
	return &lanesRenderer{l}
}

type lanesRenderer struct{ l *lanes }

func (r *lanesRenderer) Destroy() {}

func (r *lanesRenderer) MinSize() fyne.Size {
	return fyne.NewSize(20*theme.TextSize(), laneHeight*theme.TextSize()+r.l.axis())
}

func (r *lanesRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.l.raster}
	for _, n := range r.l.names {
		out = append(out, n.box)
	}
	for _, t := range r.l.ticks {
		out = append(out, t)
	}
	return append(out, r.l.tipBox, r.l.tip)
}

func (r *lanesRenderer) Layout(size fyne.Size) {
	l := r.l
	left := l.left()
	l.raster.Move(fyne.NewPos(left, 0))
	l.raster.Resize(fyne.NewSize(size.Width-left, size.Height-l.axis()))
	l.nameLanes()
	if fit := max(2, min(mostLanes, int((size.Height-l.axis())/(laneHeight*theme.TextSize())))); fit != l.most {
		l.most = fit
		l.onFit()
	}
	most := max(2, min(mostTicks, int((size.Width-left)/(6*theme.TextSize()))))
	placeTicks(l.ticks, l.strip.s, most, left, size.Width-left, size.Height-l.axis()+2)
}

// nameLanes writes the badge, name and count of each lane.
func (l *lanes) nameLanes() {
	m := newMeasures()
	for len(l.names) < len(l.list) {
		l.names = append(l.names, newEventView())
	}
	for i, v := range l.names {
		lane := l.list[i]
		v.begin()
		v.box.Move(fyne.NewPos(0, float32(i)*l.height()))
		v.box.Resize(fyne.NewSize(l.left(), l.height()))
		d := &rowDrawing{v, l.set, m, l.left()}
		x := float32(0)
		side := min(m.badge, l.height()*0.8)
		if lane.Face.Initials != "" {
			d.add(v.face.set(l.set, lane.Face, fyne.NewPos(2, (l.height()-side)/2), side)...)
			x = m.badge + m.pad
		}
		y := (l.height() - m.line) / 2
		count := said(lane.N)
		n := l.set.width(count, m.small, false)
		d.run(l.set.fit(laneName(lane), l.left()-x-n-2*m.pad, m.size, false), x, y, m.size, false, theme.ColorNameForeground)
		d.run(count, l.left()-n-m.pad, y+(m.line-m.smallLine)*0.7, m.small, false, colourQuiet)
	}
}

func (r *lanesRenderer) Refresh() {
	r.l.raster.Refresh()
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (l *lanes) AccessibilityLabel() string             { return lang.L("Who was active when") }
func (l *lanes) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
