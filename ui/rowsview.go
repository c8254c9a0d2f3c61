package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"daybook/timeline"
	"daybook/ui/model"
)

// measures are the sizes of a row, which all follow from the size of text.
type measures struct {
	size, small       float32 // of text
	line, smallLine   float32 // heights of a line
	pad               float32
	clock, icon, face float32 // where columns begin
	text              float32
	indent            float32 // of what the person whose record it is sent
	badge             float32
	picture           fyne.Size
}

func newMeasures() measures {
	s := theme.TextSize()
	m := measures{size: s, small: theme.CaptionTextSize(), pad: min(s/2, 8), badge: 1.9 * s, indent: 3 * s}
	m.line = fyne.MeasureText("g", m.size, fyne.TextStyle{}).Height
	m.smallLine = fyne.MeasureText("g", m.small, fyne.TextStyle{}).Height
	m.clock = m.pad * 1.5
	m.icon = m.clock + fyne.MeasureText("00:00", m.size, fyne.TextStyle{}).Width + m.pad*1.5
	m.face = m.icon + 1.2*s + m.pad*1.5
	m.text = m.face + m.badge + m.pad*1.5
	m.picture = fyne.NewSize(8*s, 5.5*s)
	return m
}

// heights are those of the classes of rows.
func (m measures) heights() (h model.Heights) {
	bare := float64(2*m.pad + m.line)
	h[model.DayClass] = float64(m.line + 2.5*m.pad)
	h[model.BareClass] = max(bare, float64(m.badge+m.pad))
	h[model.LineClass] = bare + float64(m.line)
	h[model.TwoClass] = bare + float64(2*m.line)
	h[model.ThreeClass] = bare + float64(3*m.line)
	h[model.PictureClass] = bare + float64(m.picture.Height+m.pad/2)
	return h
}

// rowState is how a row stands in the list.
type rowState struct {
	selected, current, hovered bool
}

// eventView draws one event, or a run of them. It is used again for another
// row when its own has left the screen.
type eventView struct {
	box     *fyne.Container
	ground  *canvas.Rectangle
	edge    *canvas.Rectangle
	side    *canvas.Rectangle // colour of the person
	clock   *canvas.Text
	prefix  *canvas.Text // "about"
	kind    *canvas.Image
	arrow   *canvas.Image
	clip    *canvas.Image
	face    *badge
	name    *canvas.Text
	picture *canvas.Image
	cover   *canvas.Rectangle // while a picture is not there
	coverIn *canvas.Text
	pill    *canvas.Rectangle // behind the words
	texts   []*canvas.Text
	hits    []*canvas.Rectangle
	chips   []*markChip
	nTexts  int
	nHits   int
}

type markChip struct {
	ground *canvas.Rectangle
	text   *canvas.Text
}

func newEventView() *eventView {
	image := func() *canvas.Image {
		return &canvas.Image{FillMode: canvas.ImageFillContain}
	}
	v := &eventView{ground: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil), side: canvas.NewRectangle(nil), clock: canvas.NewText("", nil), prefix: canvas.NewText("", nil),
		kind: image(), arrow: image(), clip: image(), face: newBadge(), name: canvas.NewText("", nil),
		picture: image(), cover: canvas.NewRectangle(nil), coverIn: canvas.NewText("", nil), pill: canvas.NewRectangle(nil)}
	v.picture.ScaleMode = canvas.ImageScaleFastest
	v.box = &fyne.Container{}
	return v
}

// event draws an event and gives the class that it needs.
func (v *eventView) event(t *typesetter, m measures, width float32, r model.Row, s rowState, thumbs *thumbs) model.Class {
	d := &rowDrawing{v, t, m, width}
	v.begin()
	left := m.text
	if r.Whose && r.From.Own {
		left += m.indent
	}
	body, files := d.bodyLines(r, left)
	_, pictured := r.Picture()
	class := classFor(len(body), files != "", pictured)
	d.ground(s, float32(m.heights()[class]))
	d.when(r.Time)
	d.image(v.kind, d.t.kindIcon(r.Kind), fyne.NewPos(m.icon, m.pad+(m.line-1.1*m.size)/2), 1.1*m.size)
	if r.Whose {
		shift := left - m.text
		d.add(v.face.set(t, r.From, fyne.NewPos(m.face+shift, m.pad), m.badge)...)
		d.sideBar(r.From, left, float32(m.heights()[class]))
	}
	right := d.chips(r.Marks)
	d.head(r, left, right)
	y := m.pad + m.line
	if pictured {
		d.picture(r, left, y+m.pad/2, thumbs)
		left += m.picture.Width + m.pad*1.5
	}
	p := newScript(r.Text)
	for _, l := range body {
		d.textLine(p, l.start, l.end, l.cut, r.Hits, left, y)
		y += m.line
	}
	if files != "" {
		d.image(v.clip, d.t.icon("clip", shapePaper), fyne.NewPos(left, y+(m.line-m.size)/2), m.size)
		d.small(files, left+1.2*m.size, y+(m.line-m.smallLine)/2, width-left-1.2*m.size-m.pad)
	}
	return class
}

func classFor(lines int, files, pictured bool) model.Class {
	if pictured {
		return model.PictureClass
	}
	if files {
		lines++
	}
	return [...]model.Class{model.BareClass, model.LineClass, model.TwoClass, model.ThreeClass}[lines]
}

func (v *eventView) begin() {
	v.box.Objects = v.box.Objects[:0]
	v.nTexts, v.nHits = 0, 0
}

// bodyLine is a line of the text; cut tells that more would follow.
type bodyLine struct {
	span
	cut bool
}

// bodyLines breaks the text, and says what files there are beside the picture.
func (d *rowDrawing) bodyLines(r model.Row, left float32) (lines []bodyLine, files string) {
	room := d.w - left - 2*d.m.pad
	shown, pictured := r.Picture()
	if pictured {
		room -= d.m.picture.Width + d.m.pad*1.5
	}
	room = min(room, 46*d.m.size)
	spans, cut := d.t.wrap(r.Text, room-d.m.size, d.m.size, false, 2)
	for i, s := range spans {
		lines = append(lines, bodyLine{s, cut && i == len(spans)-1})
	}
	var names []string
	for _, f := range r.Files {
		if pictured && f.Item == shown.Item {
			continue
		}
		names = append(names, fileWords(f))
	}
	return lines, strings.Join(names, "   ·   ")
}

// fileWords says what a file is in a row.
func fileWords(f model.File) string {
	s := f.Name
	switch f.Sort {
	case model.SoundFile:
		s = lang.L("sound") + ": " + s
	case model.FilmFile:
		s = lang.L("film") + ": " + s
	}
	if f.Length != "" {
		s += ", " + f.Length
	}
	if f.Missing {
		s += " (" + said(f.Note) + ")"
	}
	return s
}

func (d *rowDrawing) ground(s rowState, height float32) {
	v := d.v
	v.box.Resize(fyne.NewSize(d.w, height))
	v.ground.FillColor = theme.Color(colourNone)
	switch {
	case s.selected:
		v.ground.FillColor = theme.Color(theme.ColorNameSelection)
	case s.hovered:
		v.ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	ring(v.edge, s.current)
	for _, r := range []*canvas.Rectangle{v.ground, v.edge} {
		r.CornerRadius = theme.InputRadiusSize()
		r.Move(fyne.NewPos(2, 1))
		r.Resize(fyne.NewSize(d.w-4, height-2))
	}
	d.add(v.ground, v.edge)
}

func (d *rowDrawing) sideBar(f model.Face, left, height float32) {
	b := d.v.side
	b.FillColor, b.CornerRadius = faceColour(f), 1.5
	b.Resize(fyne.NewSize(3, height-1.6*d.m.pad))
	b.Move(fyne.NewPos(left-d.m.pad*0.9, 0.8*d.m.pad))
	d.add(b)
}

// when draws the time; a word before it ("about") stands below it.
func (d *rowDrawing) when(s string) {
	word, clock := "", s
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		word, clock = said(s[:i]), s[i+1:]
	}
	d.plain(d.v.clock, clock, d.m.size, colourQuiet, fyne.NewPos(d.m.clock, d.m.pad))
	if word != "" {
		d.plain(d.v.prefix, word, d.m.small, colourQuiet, fyne.NewPos(d.m.clock, d.m.pad+d.m.line-2))
	}
}

// head is the first line: who, to whom, and what a reader must know.
func (d *rowDrawing) head(r model.Row, left, right float32) {
	x, m := left, d.m
	room := right - left
	name := r.From.Name
	if !r.Whose {
		name = said(sentence(r.Title))
	}
	longest := 18 * m.size
	if r.Kind == timeline.Incident {
		longest = room // who wrote it down stands at its end
	}
	name = d.t.fit(name, min(room, longest), m.size, true)
	x = d.run(name, x, m.pad, m.size, true, theme.ColorNameForeground) + m.pad
	if r.To != "" && right-x > 6*m.size {
		if !r.With {
			shape, id := shapeIn, "in"
			if r.From.Own {
				shape, id = shapeOut, "out"
			}
			d.image(d.v.arrow, d.t.icon("arrow-"+id, shape), fyne.NewPos(x, m.pad+(m.line-0.9*m.size)/2), 0.9*m.size)
			x += m.size + m.pad/2
		}
		x = d.small(receivers(r.To), x, m.pad+(m.line-m.smallLine)*0.7, min(right-x, 18*m.size)) + m.pad
	}
	notes := saidEach(r.Hints)
	if r.Whose && r.Text == "" && len(r.Files) == 0 {
		notes = strings.Trim(said(r.Title)+", "+notes, ", ")
	}
	if notes != "" && right-x > 4*m.size {
		d.small("·  "+notes, x, m.pad+(m.line-m.smallLine)*0.7, right-x)
	}
}

// receivers says to whom or with whom it was: the names stand as they are.
func receivers(to string) string {
	word, names, _ := strings.Cut(to, " ")
	return said(word) + " " + made(names)
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// chips draws the marks at the right and gives where the text must end.
func (d *rowDrawing) chips(marks []string) float32 {
	right := d.w - 1.5*d.m.pad
	for i, mark := range marks {
		if right < d.w/2 {
			break
		}
		if i == len(d.v.chips) {
			d.v.chips = append(d.v.chips, &markChip{canvas.NewRectangle(nil), canvas.NewText("", nil)})
		}
		c := d.v.chips[i]
		c.text.Text, c.text.TextSize, c.text.Color = d.t.fit(said(mark), 10*d.m.size, d.m.small, false), d.m.small, theme.Color(theme.ColorNameForeground)
		s := c.text.MinSize()
		c.ground.FillColor, c.ground.CornerRadius = theme.Color(colourSoft), d.m.smallLine/2
		c.ground.StrokeColor, c.ground.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 1
		c.ground.Resize(fyne.NewSize(s.Width+2*d.m.pad, s.Height))
		right -= s.Width + 2*d.m.pad
		y := d.m.pad + (d.m.line-s.Height)/2
		c.ground.Move(fyne.NewPos(right, y))
		c.text.Move(fyne.NewPos(right+d.m.pad, y))
		c.text.Resize(s)
		d.add(c.ground, c.text)
		right -= d.m.pad / 2
	}
	return right
}

// picture draws the small picture of a row, or what stands in its place.
func (d *rowDrawing) picture(r model.Row, x, y float32, thumbs *thumbs) {
	v := d.v
	f, _ := r.Picture()
	img, words := thumbs.picture(f)
	v.cover.FillColor, v.cover.CornerRadius = theme.Color(colourSoft), 4
	v.cover.Move(fyne.NewPos(x, y))
	v.cover.Resize(d.m.picture)
	d.add(v.cover)
	if img != nil {
		if v.picture.Image != img {
			v.picture.Image = img
			v.picture.Refresh()
		}
		v.picture.Move(fyne.NewPos(x, y))
		v.picture.Resize(d.m.picture)
		d.add(v.picture)
	}
	if words != "" {
		v.coverIn.Text, v.coverIn.TextSize, v.coverIn.Color = d.t.fit(words, d.m.picture.Width-d.m.pad, d.m.small, false), d.m.small, theme.Color(theme.ColorNameForeground)
		s := v.coverIn.MinSize()
		at := fyne.NewPos(x+(d.m.picture.Width-s.Width)/2, y+d.m.picture.Height-s.Height-4)
		v.coverIn.Move(at)
		v.coverIn.Resize(s)
		onPill(v.pill, at, s)
		d.add(v.pill, v.coverIn)
	}
}

// fold draws a folded run.
func (v *eventView) fold(t *typesetter, m measures, width float32, r model.FoldRow, s rowState) {
	d := &rowDrawing{v, t, m, width}
	v.begin()
	d.ground(s, float32(m.heights()[model.BareClass]))
	d.image(v.kind, d.t.kindIcon(r.Kind), fyne.NewPos(m.icon, m.pad+(m.line-1.1*m.size)/2), 1.1*m.size)
	left := m.text
	if r.Whose {
		if r.From.Own {
			left += m.indent
		}
		d.add(v.face.set(t, r.From, fyne.NewPos(m.face+left-m.text, m.pad/2), m.badge)...)
	}
	shape, id := shapeOpen, "open"
	if r.Closed {
		shape, id = shapeShut, "shut"
	}
	d.image(v.arrow, d.t.icon("fold-"+id, shape), fyne.NewPos(m.clock+m.size, m.pad+(m.line-m.size)/2), m.size)
	x := left
	if r.Whose {
		x = d.run(t.fit(r.From.Name, 18*m.size, m.size, true), x, m.pad, m.size, true, theme.ColorNameForeground) + m.pad
	}
	d.run(t.fit(said(r.Text), width-x-m.pad, m.size, false), x, m.pad, m.size, false, theme.ColorNameForeground)
}
