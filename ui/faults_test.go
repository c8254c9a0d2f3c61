package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/report/direction"
)

// area is a part of the window.
type area struct{ left, top, right, bottom float32 }

func areaOf(at fyne.Position, size fyne.Size) area {
	return area{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

func (a area) within(b area) area {
	return area{max(a.left, b.left), max(a.top, b.top), min(a.right, b.right), min(a.bottom, b.bottom)}
}

func (a area) empty() bool { return a.right-a.left < 1 || a.bottom-a.top < 1 }

// shownText is a text as it is drawn.
type shownText struct {
	text *canvas.Text
	area
}

// faultFinder goes through what is drawn, in the order in which it is drawn.
type faultFinder struct {
	texts  []shownText
	faults []string
}

// faults says which texts are cut off, which parts have less room than they
// need, and which texts stand over another: of the topmost dialog, or else of
// the whole window.
func (w *Window) faults() []string {
	f := &faultFinder{}
	var root fyne.CanvasObject = w.win.Content()
	if top := w.win.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	whole := areaOf(fyne.Position{}, w.win.Canvas().Size())
	f.visit(root, fyne.Position{}, whole, whole)
	for i, a := range f.texts {
		for _, b := range f.texts[i+1:] {
			if over := a.within(b.area); over.right-over.left > 2 && over.bottom-over.top > 0.3*min(a.text.MinSize().Height, b.text.MinSize().Height) {
				f.say("%q stands over %q at %v", b.text.Text, a.text.Text, over)
			}
		}
	}
	return f.faults
}

func (f *faultFinder) say(format string, values ...any) {
	f.faults = append(f.faults, fmt.Sprintf(format, values...))
}

// visit looks at an object that stands in a place. seen is what of the window is
// to be seen there; room is what it may take, which is more where it scrolls.
func (f *faultFinder) visit(o fyne.CanvasObject, from fyne.Position, seen, room area) {
	if !o.Visible() {
		return
	}
	at := from.Add(o.Position())
	own := areaOf(at, o.Size())
	f.squeezed(o)
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		f.text(o, at, seen, room)
		return
	case *canvas.Rectangle:
		f.cover(o, own)
		return
	case *container.Scroll:
		seen = seen.within(own)
		room = own
		if o.Direction != container.ScrollHorizontalOnly {
			room.top, room.bottom = -1e9, 1e9
		}
		if o.Direction != container.ScrollVerticalOnly {
			room.left, room.right = -1e9, 1e9
		}
		parts = []fyne.CanvasObject{o.Content}
	case *container.Clip:
		seen = seen.within(own)
		room = area{own.left, -1e9, own.right, 1e9}
		parts = []fyne.CanvasObject{o.Content}
	case *widget.List:
		seen = seen.within(own)
		parts = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		parts = o.Objects
	case interface{ CursorTextOffset() int }: // Fyne's own field, which draws both ways as one
		return
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	for _, p := range parts {
		f.visit(p, at, seen, room)
	}
}

// disordered tells a text that is read from right to left in a part of it alone,
// and is drawn by Fyne as it stands: its brackets and numbers are where nobody
// wrote them.
func disordered(text string) bool {
	if strings.HasPrefix(text, "\u200f") || simple(text) {
		return false
	}
	levels, _ := direction.Levels([]rune(text))
	for _, l := range levels {
		if l != levels[0] {
			return true
		}
	}
	return false
}

// squeezed tells of parts that were laid out with less room than they need.
func (f *faultFinder) squeezed(o fyne.CanvasObject) {
	switch c := o.(type) {
	case *fyne.Container:
		if c.Layout == nil {
			return
		}
	case fyne.Widget, *canvas.Text:
	default:
		return
	}
	if t, ok := o.(*canvas.Text); ok && strings.TrimSpace(t.Text) == "" {
		return
	}
	want, has, name := o.MinSize(), o.Size(), named(o)
	if name != "" && (has.Width < want.Width-1 || has.Height < want.Height-1) {
		f.say("%T %s has %v and needs %v", o, name, has, want)
	}
}

// named says by its text which part is meant.
func named(o fyne.CanvasObject) (name string) {
	if t, ok := o.(*canvas.Text); ok && t.Text != "" {
		return fmt.Sprintf("%q", t.Text)
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		parts = o.Objects
	case *container.Scroll:
		parts = []fyne.CanvasObject{o.Content}
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	for _, p := range parts {
		if name = named(p); name != "" {
			return name
		}
	}
	return ""
}

// text takes a text in, and tells if some of it stands where it is not seen.
func (f *faultFinder) text(t *canvas.Text, at fyne.Position, seen, room area) {
	if strings.TrimSpace(t.Text) == "" {
		return
	}
	if disordered(t.Text) {
		f.say("%q runs both ways and is drawn as one", t.Text)
	}
	want := t.MinSize()
	if spare := t.Size().Width - want.Width; t.Alignment == fyne.TextAlignTrailing {
		at.X += spare
	} else if t.Alignment == fyne.TextAlignCenter {
		at.X += spare / 2
	}
	is := areaOf(at, want)
	if is.left < room.left-1 || is.right > room.right+1 || is.top < room.top-1 || is.bottom > room.bottom+1 {
		f.say("%q is cut off: it stands at %v, with room in %v", t.Text, is, room)
	}
	if t.FontSource != nil { // its lines are high, and its letters no higher than others
		_, base := fyne.CurrentApp().Driver().RenderedTextSize(t.Text, t.TextSize, t.TextStyle, t.FontSource)
		size, own := fyne.CurrentApp().Driver().RenderedTextSize("g", t.TextSize, fyne.TextStyle{}, nil)
		is.top += base - own
		is.bottom = is.top + size.Height
	}
	if is = is.within(seen); !is.empty() {
		f.texts = append(f.texts, shownText{t, is})
	}
}

// cover takes away what a ground that lets nothing through was drawn over, as
// the head of a day over a row that is scrolled under it.
func (f *faultFinder) cover(r *canvas.Rectangle, over area) {
	if r.FillColor == nil {
		return
	}
	if _, _, _, alpha := r.FillColor.RGBA(); alpha < 0xFFFF {
		return
	}
	kept := f.texts[:0]
	for _, d := range f.texts {
		if d.left >= over.left-1 && d.right <= over.right+1 && d.bottom > over.top && d.top < over.bottom {
			if d.top < over.top {
				d.bottom = over.top
			} else {
				d.top = over.bottom
			}
		}
		if !d.empty() {
			kept = append(kept, d)
		}
	}
	f.texts = kept
}

// TestFaultsAreFound: what the pages are looked through for is found where it is.
func TestFaultsAreFound(t *testing.T) {
	w := window(t, Options{})
	at := func(o fyne.CanvasObject, x, y, width, height float32) fyne.CanvasObject {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
		return o
	}
	text := func(s string) fyne.CanvasObject { return canvas.NewText(s, theme.Color(theme.ColorNameForeground)) }
	for name, c := range map[string]struct {
		want string
		page []fyne.CanvasObject
	}{
		"whole":         {"", []fyne.CanvasObject{at(text("one"), 0, 0, 100, 40), at(text("two"), 0, 40, 100, 40)}},
		"squeezed":      {"has", []fyne.CanvasObject{at(text("one"), 0, 0, 10, 40)}},
		"a button":      {"needs", []fyne.CanvasObject{at(widget.NewButton("Make it", nil), 0, 0, 20, 40)}},
		"over another":  {"stands over", []fyne.CanvasObject{at(text("one"), 0, 0, 100, 40), at(text("two"), 3, 4, 100, 40)}},
		"out of sight":  {"cut off", []fyne.CanvasObject{at(text("one"), w.win.Canvas().Size().Width-9, 0, 100, 40)}},
		"under a cover": {"", []fyne.CanvasObject{at(text("one"), 0, 0, 100, 40), at(canvas.NewRectangle(theme.Color(theme.ColorNameForeground)), 0, 0, 200, 40), at(text("two"), 3, 4, 100, 40)}},
		"in a scroll":   {"cut off", []fyne.CanvasObject{at(container.NewVScroll(container.NewWithoutLayout(at(text("a long line of words"), 0, 0, 300, 40))), 0, 0, 60, 60)}},
	} {
		w.win.SetContent(container.NewWithoutLayout(c.page...))
		got := strings.Join(w.faults(), "; ")
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: found %q", name, got)
		}
	}
}
