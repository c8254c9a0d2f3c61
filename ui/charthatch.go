package ui

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// hatches is how many fillings tell rows apart. They are of one colour, so that
// a chart says the same in black and white.
const hatches = 10

// hatch tells whether a filling has ink at a place; u is the width of a line.
func hatch(n, x, y, u int) bool {
	p := 4 * u
	switch n % hatches {
	case 0:
		return true
	case 1:
		return (x+y)%p < u
	case 2:
		return y%p < u
	case 3:
		return (x+y)%p < u || (x-y+1<<20)%p < u
	case 4:
		return x%p < 2*u && y%p < 2*u
	case 5:
		return x%p < u
	case 6:
		return (x-y+1<<20)%p < u
	case 7:
		return x%p < u || y%p < u
	case 8:
		return x%(2*p) < 2*u && y%(2*p) < 2*u || (x+p)%(2*p) < 2*u && (y+p)%(2*p) < 2*u
	}
	return false
}

// block is a part of a chart that is filled and framed.
type block struct {
	at   fyne.Position
	size fyne.Size
	fill int // of the hatches
}

// hatched draws blocks in one picture of a size.
func hatched(size fyne.Size, blocks []block) *canvas.Raster {
	ink, ground := theme.Color(theme.ColorNameForeground), theme.Color(colourSurface)
	unit := theme.TextSize() / 14
	r := canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewNRGBA(image.Rect(0, 0, w, h))
		scale := float32(w) / max(1, size.Width)
		u := max(1, int(math.Round(float64(unit*scale))))
		for _, b := range blocks {
			fill(img, b, scale, u, nrgba(ink), nrgba(ground))
		}
		return img
	})
	r.ScaleMode = canvas.ImageScalePixels
	r.Resize(size)
	return r
}

// fill fills one block and frames it.
func fill(img *image.NRGBA, b block, scale float32, u int, ink, ground color.NRGBA) {
	px := func(v float32) int { return int(math.Round(float64(v * scale))) }
	x0, y0, x1, y1 := px(b.at.X), px(b.at.Y), px(b.at.X+b.size.Width), px(b.at.Y+b.size.Height)
	area := image.Rect(x0, y0, x1, y1).Intersect(img.Bounds())
	sides := u
	if x1-x0 < 4*u {
		sides = 0 // or they would be all that is seen of it, and each filling look full
	}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			c := ground
			if x < x0+sides || x >= x1-sides || y < y0+u || y >= y1-u || hatch(b.fill, x-x0, y-y0, u) {
				c = ink
			}
			img.SetNRGBA(x, y, c)
		}
	}
}

func nrgba(c color.Color) color.NRGBA { return color.NRGBAModel.Convert(c).(color.NRGBA) }

// shade is a ground between that of a page and its ink, by a share from 0 to 1.
// It never becomes so dark that the ink upon it cannot be read.
func shade(share float64) color.Color {
	from, to := nrgba(theme.Color(colourSurface)), nrgba(theme.Color(theme.ColorNameForeground))
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share*darkest)) }
	return color.NRGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), 255}
}

const darkest = 0.32

// swatch shows a filling beside its name.
type swatch struct {
	widget.BaseWidget
	fill int
}

func newSwatch(fill int) *swatch {
	s := &swatch{fill: fill}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer draws the filling.
func (s *swatch) CreateRenderer() fyne.WidgetRenderer { return &swatchRenderer{s: s} }

type swatchRenderer struct {
	s    *swatch
	size fyne.Size
	list []fyne.CanvasObject
}

func (r *swatchRenderer) Destroy()                     {}
func (r *swatchRenderer) Objects() []fyne.CanvasObject { return r.list }
func (r *swatchRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(theme.TextSize()) }

func (r *swatchRenderer) Layout(s fyne.Size) {
	r.size = s
	r.list = []fyne.CanvasObject{hatched(s, []block{{size: s, fill: r.s.fill}})}
}

func (r *swatchRenderer) Refresh() {
	r.Layout(r.size)
	canvas.Refresh(r.s)
}
