package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// mostValues is how many values of one filter stand in the panel; a field finds
// the others.
const mostValues = 8

// filterPanel is what narrows the list down: dates, and lists of people, kinds,
// sources and marks with how many events each would show.
type filterPanel struct {
	set      *typesetter
	touch    func(*fyne.KeyEvent)
	onChange func(model.Query) // what is asked for now
	onClose  func()
	onBlur   func(bool) // whether pictures are blurred
	onRead   func()     // the words in pictures are to be read
	onAlike  func()     // pictures that look alike are to be listed

	look     *model.Look
	box      *fyne.Container
	lists    *fyne.Container
	from, to *line
	fold     *tickBox
	inside   *tickBox             // pictures are searched too
	find     map[string]*line     // by facet
	boxes    map[string]*valueBox // by facet and key
}

func newFilterPanel(set *typesetter, w *Window) *filterPanel {
	p := &filterPanel{set: set, touch: w.touch, lists: container.NewVBox(), find: map[string]*line{}, boxes: map[string]*valueBox{}}
	p.from, p.to = newLine(), newLine()
	p.from.SetPlaceHolder(lang.L("First day, like 12 Mar 2025"))
	p.to.SetPlaceHolder(lang.L("Last day"))
	p.from.OnSubmitted = func(string) { p.change(func(q *model.Query) {}) }
	p.to.OnSubmitted = p.from.OnSubmitted
	p.fold = newTick(lang.L("Fold long runs"), func(on bool) {
		if p.look != nil && on == p.look.Query.Unfold {
			p.change(func(q *model.Query) { q.Unfold = !on })
		}
	})
	p.fold.SetChecked(true)
	p.inside = newTick(lang.L("Search in pictures too"), func(on bool) {
		if p.look != nil && on == p.look.Query.Unread {
			p.change(func(q *model.Query) { q.Unread = !on })
		}
	})
	p.inside.SetChecked(true)
	read := newButton(lang.L("Read the words in pictures…"), func() { p.onRead() })
	near := newButton(lang.L("Pictures that look alike…"), func() { p.onAlike() })
	blur := newTick(lang.L("Blur pictures until clicked"), func(on bool) {
		if p.onBlur != nil {
			p.onBlur(on)
		}
	})
	blur.SetChecked(!w.chosen.Clear)
	closing := newIconedButton(lang.L("Close"), theme.CancelIcon(), func() { p.onClose() })
	everything := newButton(lang.L("Show everything"), func() { p.from.SetText(""); p.to.SetText(""); p.onChange(model.Query{}) })
	head := container.NewBorder(nil, nil, nil, closing, heading(lang.L("Filters")))
	body := container.NewVBox(boldLabel(lang.L("Dates")), p.from, p.to, quiet(said(model.CountRule)), p.lists, p.fold, quiet(said(model.FoldRule)), blur, p.inside, read, near, everything)
	p.box = container.NewStack(newSurface(), container.NewPadded(container.NewBorder(head, nil, nil, nil, scrolled(body))))
	return p
}

// sourceName names where events came from: a file by its own name.
func sourceName(name string) string {
	if model.Written(name) {
		return said(name)
	}
	return made(name)
}

func boldLabel(text string) *widget.Label {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// change asks for something else.
func (p *filterPanel) change(to func(*model.Query)) {
	q := model.Query{}
	if p.look != nil {
		q = p.look.Query
	}
	q.From, q.To = strings.TrimSpace(p.from.Text), strings.TrimSpace(p.to.Text)
	to(&q)
	p.onChange(q)
}

// show shows the counts of what was found. What is there already stays, so that
// the keys stay where they are.
func (p *filterPanel) show(l *model.Look) {
	p.look = l
	p.fold.SetChecked(!l.Query.Unfold)
	p.inside.SetChecked(!l.Query.Unread)
	p.fill()
}

func (p *filterPanel) fill() {
	var rows []fyne.CanvasObject
	for _, f := range p.look.Facets {
		if len(f.Values) == 0 {
			continue
		}
		rows = append(rows, boldLabel(said(f.Name)))
		words := ""
		if len(f.Values) > mostValues {
			e := p.finder(f.Name)
			words = e.Text
			rows = append(rows, e)
		}
		found := f.Find(words)
		for i, v := range found {
			if i >= mostValues && !v.On {
				continue
			}
			rows = append(rows, p.value(f.Name, v))
		}
		if more := len(found) - mostValues; more > 0 {
			rows = append(rows, quiet(lang.L("{{.N}} more: type a part of the name", map[string]any{"N": more})))
		}
	}
	p.lists.Objects = rows
	p.lists.Refresh()
}

func (p *filterPanel) finder(facet string) *line {
	e := p.find[facet]
	if e == nil {
		e = newLine()
		e.SetPlaceHolder(lang.L("Find"))
		e.OnChanged = func(string) { p.fill() }
		p.find[facet] = e
	}
	return e
}

func (p *filterPanel) value(facet string, v model.Value) *valueBox {
	switch facet {
	case model.KindFacet, model.MarkFacet:
		v.Name = said(v.Name)
	case model.SourceFacet:
		v.Name = sourceName(v.Name)
	}
	key := facet + "\n" + v.Key
	b := p.boxes[key]
	if b == nil {
		b = newValueBox(p.set, func() {
			p.touch(nil)
			p.change(func(q *model.Query) { q.Choice = q.Choice.Toggle(facet, v.Key) })
		})
		p.boxes[key] = b
	}
	if b.value != v {
		b.value = v
		b.Refresh()
	}
	return b
}

// valueBox is one filter: a box to tick, its name in any script, its count.
type valueBox struct {
	widget.BaseWidget
	hears
	set              *typesetter
	value            model.Value
	tapped           func()
	seen             func(fyne.CanvasObject) // shows it when the keys come to it; may be nil
	focused, hovered bool

	tick  *widget.Icon
	draw  *eventView
	edges *canvas.Rectangle
}

func newValueBox(set *typesetter, tapped func()) *valueBox {
	b := &valueBox{set: set, tapped: tapped, tick: widget.NewIcon(nil), draw: newEventView(), edges: canvas.NewRectangle(nil)}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped ticks it.
func (b *valueBox) Tapped(*fyne.PointEvent) { b.tapped() }

// Cursor is a hand.
func (b *valueBox) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn, MouseMoved and MouseOut show where the pointer is.
func (b *valueBox) MouseIn(*desktop.MouseEvent)    { b.hovered = true; b.Refresh() }
func (b *valueBox) MouseMoved(*desktop.MouseEvent) {}
func (b *valueBox) MouseOut()                      { b.hovered = false; b.Refresh() }

// FocusGained and FocusLost show where the keys are.
func (b *valueBox) FocusGained() {
	b.focused = true
	b.Refresh()
	if b.seen != nil {
		b.seen(b)
	}
}
func (b *valueBox) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune ticks it with the space bar.
func (b *valueBox) TypedRune(r rune) {
	if r == ' ' {
		b.tapped()
	}
}

// TypedKey ticks it, or goes to the one before or after.
func (b *valueBox) TypedKey(e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(b)
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.tapped()
	case fyne.KeyDown:
		c.FocusNext()
	case fyne.KeyUp:
		c.FocusPrevious()
	}
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (b *valueBox) AccessibilityLabel() string {
	s := b.value.Name + ", " + b.value.Said()
	if b.value.On {
		s += ", " + lang.L("ticked")
	}
	return s
}

func (b *valueBox) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer draws the filter.
func (b *valueBox) CreateRenderer() fyne.WidgetRenderer {
	r := &valueBoxRenderer{b}
	r.Refresh()
	return r
}

type valueBoxRenderer struct{ b *valueBox }

func (r *valueBoxRenderer) Destroy() {}

func (r *valueBoxRenderer) MinSize() fyne.Size {
	return fyne.NewSize(8*theme.TextSize(), newMeasures().line+theme.Padding())
}

func (r *valueBoxRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.b.draw.box, r.b.tick, r.b.edges}
}

func (r *valueBoxRenderer) Layout(size fyne.Size) {
	b, m := r.b, newMeasures()
	v := b.draw
	v.begin()
	v.box.Resize(size)
	d := &rowDrawing{v, b.set, m, size.Width}
	v.ground.FillColor, v.ground.CornerRadius = theme.Color(colourNone), theme.InputRadiusSize()
	if b.hovered {
		v.ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	v.ground.Move(fyne.Position{})
	v.ground.Resize(size)
	d.add(v.ground)
	b.edges.Resize(size)
	ring(b.edges, b.focused)
	side := 1.25 * m.size
	b.tick.Move(fyne.NewPos(4, (size.Height-side)/2))
	b.tick.Resize(fyne.NewSquareSize(side))
	y := (size.Height - m.line) / 2
	x := side + 10
	n := b.set.width(b.value.Shown(), m.small, false)
	d.run(b.set.fit(b.value.Name, size.Width-x-n-14, m.size, false), x, y, m.size, false, theme.ColorNameForeground)
	d.run(b.value.Shown(), size.Width-n-6, y+(m.line-m.smallLine)*0.7, m.small, false, colourQuiet)
}

func (r *valueBoxRenderer) Refresh() {
	icon := theme.CheckButtonIcon()
	if r.b.value.On {
		icon = theme.NewPrimaryThemedResource(theme.CheckButtonCheckedIcon())
	}
	r.b.tick.SetResource(icon)
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
