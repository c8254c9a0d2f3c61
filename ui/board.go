package ui

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// board is a picture on which boxes are drawn over what is to be hidden: with the mouse,
// or with the arrow keys, which move a frame that Enter takes.
type board struct {
	widget.BaseWidget
	hears
	sheet   *sheet
	hidden  []model.Share // painted over already
	boxes   []model.Share // drawn, and not hidden yet
	changed func()        // a box came or went
	frame   model.Share   // that the mouse draws, or the keys move
	drawing bool
	keyed   bool // the keys move the frame, which is seen then
	focused bool

	picture *canvas.Image
	ratio   float32 // of its height to its width
	ring    *canvas.Rectangle
	width   float32 // as last laid out
}

// firstFrame is where the frame begins that the keys move.
func firstFrame() model.Share { return model.Share{Left: 0.35, Top: 0.45, Right: 0.65, Bottom: 0.55} }

func newBoard(s *sheet, picture image.Image, hidden []model.Share, changed func()) *board {
	size := picture.Bounds().Size()
	b := &board{sheet: s, hidden: hidden, changed: changed, frame: firstFrame(),
		picture: canvas.NewImageFromImage(picture), ratio: float32(size.Y) / float32(max(1, size.X)), ring: canvas.NewRectangle(nil)}
	b.picture.FillMode, b.picture.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
	b.ExtendBaseWidget(b)
	return b
}

// least is the least width and height of a box, as a share: a click draws none.
const least = 0.008

// at is where something stands, as a share of the picture.
func (b *board) at(p fyne.Position) (x, y float64) {
	s := b.Size()
	inside := func(v, whole float32) float64 { return float64(max(0, min(1, v/max(1, whole)))) }
	return inside(p.X, s.Width), inside(p.Y, s.Height)
}

// Dragged draws a box from where the button went down.
func (b *board) Dragged(e *fyne.DragEvent) {
	b.sheet.w.touch(nil)
	if !b.drawing {
		b.drawing, b.keyed = true, false
		b.frame.Left, b.frame.Top = b.at(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))
	}
	b.frame.Right, b.frame.Bottom = b.at(e.Position)
	b.Refresh()
}

// DragEnd takes the box.
func (b *board) DragEnd() {
	b.drawing = false
	b.take(cornered(b.frame))
}

// cornered is a box whose first corner is the upper left one, wherever it was begun.
func cornered(s model.Share) model.Share {
	return model.Share{Left: min(s.Left, s.Right), Top: min(s.Top, s.Bottom), Right: max(s.Left, s.Right), Bottom: max(s.Top, s.Bottom)}
}

func (b *board) take(s model.Share) {
	b.frame, b.keyed = firstFrame(), false
	if s.Right-s.Left >= least && s.Bottom-s.Top >= least {
		b.boxes = append(b.boxes, s)
		b.changed()
	}
	b.Refresh()
}

// takeKeyed takes the frame that the keys moved.
func (b *board) takeKeyed() {
	if b.keyed {
		b.take(b.frame)
	}
}

// drop takes a box back.
func (b *board) drop(i int) {
	b.boxes = append(b.boxes[:i:i], b.boxes[i+1:]...)
	b.changed()
	b.Refresh()
}

// Tapped gives the keys to it.
func (b *board) Tapped(*fyne.PointEvent) { b.sheet.w.win.Canvas().Focus(b) }

// Cursor is a cross.
func (b *board) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// FocusGained and FocusLost show where the keys are.
func (b *board) FocusGained() { b.focused = true; b.sheet.reveal(b); b.Refresh() }
func (b *board) FocusLost()   { b.focused = false; b.Refresh() }

// TypedRune takes the frame with the space bar.
func (b *board) TypedRune(r rune) {
	b.sheet.w.touch(nil)
	if r == space {
		b.takeKeyed()
	}
}

// TypedKey moves the frame; with Shift it moves its lower right corner alone.
func (b *board) TypedKey(e *fyne.KeyEvent) {
	b.sheet.w.touch(e)
	const step = 0.02
	switch e.Name {
	case fyne.KeyLeft:
		b.move(-step, 0)
	case fyne.KeyRight:
		b.move(step, 0)
	case fyne.KeyUp:
		b.move(0, -step)
	case fyne.KeyDown:
		b.move(0, step)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.takeKeyed()
	case fyne.KeyDelete, fyne.KeyBackspace:
		if n := len(b.boxes); n > 0 {
			b.drop(n - 1)
		}
	}
}

func (b *board) move(x, y float64) {
	f := b.frame
	b.keyed = true
	if modifiers()&fyne.KeyModifierShift != 0 {
		f.Right, f.Bottom = min(1, max(f.Left+2*least, f.Right+x)), min(1, max(f.Top+2*least, f.Bottom+y))
	} else {
		x, y = max(-f.Left, min(1-f.Right, x)), max(-f.Top, min(1-f.Bottom, y))
		f = model.Share{Left: f.Left + x, Top: f.Top + y, Right: f.Right + x, Bottom: f.Bottom + y}
	}
	b.frame = f
	b.Refresh()
	b.follow()
}

// follow scrolls to the frame.
func (b *board) follow() {
	scroll, high := b.sheet.scroll, b.Size().Height
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(b).Y - driver.AbsolutePositionForObject(scroll.Content).Y
	from, to := top+float32(b.frame.Top)*high, top+float32(b.frame.Bottom)*high
	offset := scroll.Offset
	switch {
	case from < offset.Y:
		offset.Y = from
	case to > offset.Y+scroll.Size().Height:
		offset.Y = to - scroll.Size().Height
	default:
		return
	}
	scroll.ScrollToOffset(offset)
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (b *board) AccessibilityLabel() string {
	return lang.L("The page. Boxes on it: {{.N}}", map[string]any{"N": len(b.boxes)})
}
func (b *board) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer draws the picture and its boxes.
func (b *board) CreateRenderer() fyne.WidgetRenderer {
	r := &boardRenderer{b: b}
	r.Refresh()
	return r
}

type boardRenderer struct {
	b     *board
	boxes []fyne.CanvasObject
}

func (r *boardRenderer) Destroy() {}

// MinSize is as high as the last layout made it.
func (r *boardRenderer) MinSize() fyne.Size { return fyne.NewSize(1, max(1, r.b.width*r.b.ratio)) }

// Objects are the picture, what is hidden on it, and the frame.
func (r *boardRenderer) Objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject{r.b.picture}, r.boxes...), r.b.ring)
}

// Layout fills the width. Black is what is hidden, as it is in a pack; what is drawn and
// not hidden yet has a white edge in a black one, which is seen on any picture.
func (r *boardRenderer) Layout(size fyne.Size) {
	b := r.b
	b.width = size.Width
	b.picture.Resize(size)
	b.ring.Resize(size)
	r.boxes = nil
	box := func(s model.Share, fill, edge color.Color, in, wide float32) {
		o := canvas.NewRectangle(fill)
		o.StrokeColor, o.StrokeWidth = edge, wide
		o.Move(fyne.NewPos(float32(s.Left)*size.Width+in, float32(s.Top)*size.Height+in))
		o.Resize(fyne.NewSize(max(1, float32(s.Right-s.Left)*size.Width-2*in), max(1, float32(s.Bottom-s.Top)*size.Height-2*in)))
		r.boxes = append(r.boxes, o)
	}
	for _, s := range b.hidden {
		box(s, color.Black, nil, 0, 0)
	}
	for _, s := range b.boxes {
		box(s, color.NRGBA{A: 190}, color.Black, 0, 2)
		box(s, color.Transparent, color.White, 2, 2)
	}
	if b.drawing || b.keyed && b.focused {
		box(cornered(b.frame), color.NRGBA{A: 60}, color.Black, 0, 3)
		box(cornered(b.frame), color.Transparent, color.White, 3, 2)
	}
}

func (r *boardRenderer) Refresh() {
	ring(r.b.ring, r.b.focused)
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
