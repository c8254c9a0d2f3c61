package ui

import (
	"bytes"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/model"
)

// foot draws letters that reach below the line, and gives the rows of pixels
// that they need and the rows that Fyne gives to such text.
func foot(size float32) (needs, has int) {
	text := canvas.NewText("gpyj", color.Black)
	text.TextSize = size
	ground := canvas.NewRectangle(color.White)
	least := text.MinSize()
	room := least.AddWidthHeight(0, 10)
	ground.Resize(room)
	text.Resize(least)
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(container.NewWithoutLayout(ground, text))
	c.Resize(room)
	img := c.Capture()
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				needs = y + 1
			}
		}
	}
	return needs, int(math.Round(float64(least.Height)))
}

// TestLettersKeepTheirFeet: no size of the look cuts g, p and y off, as 15 does.
func TestLettersKeepTheirFeet(t *testing.T) {
	test.NewTempApp(t)
	if needs, has := foot(15); needs <= has {
		t.Errorf("15 is whole now (%d of %d rows): the look need not leave it out", needs, has)
	}
	for _, per := range model.TextSizes() {
		c := calm{scale: float32(per) / 100}
		for _, n := range []fyne.ThemeSizeName{theme.SizeNameText, theme.SizeNameCaptionText, theme.SizeNameSubHeadingText, theme.SizeNameHeadingText} {
			if needs, has := foot(c.Size(n)); needs > has {
				t.Errorf("%s at %d %% (%.0f) needs %d rows and has %d", n, per, c.Size(n), needs, has)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.Color) float64 {
	light := func(c color.Color) float64 {
		r, g, bl, _ := c.RGBA()
		part := func(v uint32) float64 {
			f := float64(v) / 0xFFFF
			if f <= 0.03928 {
				return f / 12.92
			}
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(bl)
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// blended is a colour seen through another one.
func blended(below, above color.Color) color.Color {
	b, a := color.NRGBAModel.Convert(below).(color.NRGBA), color.NRGBAModel.Convert(above).(color.NRGBA)
	mix := func(x, y uint8) uint8 { return uint8((int(x)*(255-int(a.A)) + int(y)*int(a.A)) / 255) }
	return color.NRGBA{mix(b.R, a.R), mix(b.G, a.G), mix(b.B, a.B), 255}
}

// TestTextStandsOut: WCAG AA in every look, AAA in high contrast; borders of
// fields at 3 to 1; a button shows that it has the keys, and can be read then.
func TestTextStandsOut(t *testing.T) {
	for look, least := range map[string]float64{"light": 4.5, "dark": 4.5, "contrast": 7} {
		c := calm{look: look, scale: 1}
		of := func(n fyne.ThemeColorName) color.Color { return c.Color(n, theme.VariantLight) }
		for _, pair := range [][2]fyne.ThemeColorName{
			{theme.ColorNameForeground, theme.ColorNameBackground},
			{theme.ColorNameForeground, theme.ColorNameInputBackground},
			{theme.ColorNameForeground, theme.ColorNameButton},
			{theme.ColorNameForeground, theme.ColorNameOverlayBackground},
			{theme.ColorNameForeground, colourSoft},
			{theme.ColorNameForeground, colourSurface},
			{colourQuiet, theme.ColorNameBackground},
			{colourQuiet, colourSurface},
			{colourQuiet, colourSoft},
			{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground},
			{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
			{theme.ColorNameError, theme.ColorNameBackground},
		} {
			if got := contrast(of(pair[0]), of(pair[1])); got < least {
				t.Errorf("%s: %s on %s stands at %.1f to 1", look, pair[0], pair[1], got)
			}
		}
		for _, pair := range [][2]fyne.ThemeColorName{{theme.ColorNameForeground, theme.ColorNameButton}, {theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary}} {
			ground := of(pair[1])
			focused := blended(ground, of(theme.ColorNameFocus))
			if got := contrast(focused, ground); got < 1.25 {
				t.Errorf("%s: that a button of %s has the keys shows at %.2f to 1", look, pair[1], got)
			}
			if got := contrast(of(pair[0]), focused); got < least {
				t.Errorf("%s: %s on %s that has the keys stands at %.1f to 1", look, pair[0], pair[1], got)
			}
		}
		for _, ground := range []fyne.ThemeColorName{theme.ColorNameDisabledButton, theme.ColorNameBackground, theme.ColorNameInputBackground, colourSurface, theme.ColorNameOverlayBackground} {
			if got := contrast(of(theme.ColorNameDisabled), of(ground)); got < 3 {
				t.Errorf("%s: what cannot be pressed stands at %.1f to 1 on %s", look, got, ground)
			}
		}
		// The rings of a button that has the keys: the outer one tells it from the
		// page, the inner one from the outer one and from the button.
		for _, fill := range []fyne.ThemeColorName{theme.ColorNamePrimary, theme.ColorNameButton, theme.ColorNameError} {
			focused := blended(of(fill), of(theme.ColorNameFocus))
			if got := max(contrast(of(theme.ColorNameBackground), focused), contrast(of(colourRing), focused)); got < 3 {
				t.Errorf("%s: the rings on a button of %s stand at %.1f to 1", look, fill, got)
			}
		}
		// A list to choose from has Fyne's shade for its ground then.
		for _, page := range []fyne.ThemeColorName{theme.ColorNameBackground, colourSurface, theme.ColorNameOverlayBackground} {
			focused := blended(of(page), of(theme.ColorNameFocus))
			if got := contrast(of(theme.ColorNameForeground), focused); got < least {
				t.Errorf("%s: text on a field that has the keys, on %s, stands at %.1f to 1", look, page, got)
			}
			if got := contrast(of(colourRing), of(page)); got < 3 {
				t.Errorf("%s: the ring of a field stands at %.1f to 1 on %s", look, got, page)
			}
		}
		for _, edge := range []fyne.ThemeColorName{theme.ColorNameInputBorder, theme.ColorNamePrimary, colourRing} {
			if got := contrast(of(edge), of(theme.ColorNameBackground)); got < 3 {
				t.Errorf("%s: %s stands at %.1f to 1 against the ground", look, edge, got)
			}
		}
	}
}

// TestTheKeysAreSeen: whatever has the keys is drawn otherwise at its edge, at 3
// to 1 or more against how it is drawn without them.
func TestTheKeysAreSeen(t *testing.T) {
	for _, look := range []string{"light", "dark", "contrast"} {
		w := window(t, Options{Look: look})
		for name, o := range map[string]fyne.Focusable{
			"main button": primary("Save", func() {}), "button": newButton("Save", nil), "quiet button": quietButton("Save", nil, nil),
			"list": newSelection([]string{"one", "two"}, nil), "box": newTick("one", nil),
		} {
			content := o.(fyne.CanvasObject)
			w.win.SetContent(container.NewVBox(content))
			if got := w.edgeContrast(content, o); got < 3 {
				t.Errorf("%s: that a %s has the keys shows at %.1f to 1", look, name, got)
			}
		}
	}
}

// edgeContrast is how much the left edge of an object changes when it gets the
// keys, where it changes most.
func (w *Window) edgeContrast(at fyne.CanvasObject, o fyne.Focusable) (most float64) {
	c := w.win.Canvas()
	c.Unfocus()
	before := c.Capture()
	c.Focus(o)
	after := c.Capture()
	p := w.app.Driver().AbsolutePositionForObject(at)
	for x := range 2 * int(ringWidth()) {
		x, y := int(p.X)+x, int(p.Y+at.Size().Height/2)
		most = max(most, contrast(before.At(x, y), after.At(x, y)))
	}
	return most
}

// TestALookHoldsAtOnce: a page that stands when the look changes, as it does with
// that of the system, is drawn as one that comes in that look.
func TestALookHoldsAtOnce(t *testing.T) {
	w := practised(t)
	w.win.Resize(small)
	changes := func(name string, show func()) {
		t.Helper()
		for _, look := range []string{"dark", "contrast"} {
			forgetDrawn()
			s := w.chosen
			s.Look = "light"
			w.apply(s)
			show()
			w.win.Canvas().Unfocus()
			s.Look = look
			w.apply(s)
			stood := w.drawn(t)
			kept(t, w, "change-"+name+"-"+look)
			show()
			w.win.Canvas().Unfocus()
			if !bytes.Equal(stood, w.drawn(t)) {
				kept(t, w, "change-"+name+"-"+look+"-anew")
				t.Errorf("%s stays as it was before it was %s", name, look)
			}
		}
	}
	for _, p := range pages() {
		if w.at(p.when) && p.id != settingsID { // on which the look is chosen
			changes(p.id, func() { w.show(p.id) })
		}
	}
	for _, part := range []string{byHour, around, silences} {
		changes("pattern-"+part, func() {
			w.desk.KeepPattern(model.PatternAsked{Part: part, Days: 30, Least: 7})
			p := newPatternView(w)
			p.look()
			w.put(mustFind(t, patternID), p.view())
		})
	}
	changes("timeline-lanes", func() { shownTimeline(t, w).toggleLanes() })
	changes("timeline-filter", func() { p := shownTimeline(t, w); p.toggle(p.filter.box, true) })
	changes("timeline-detail", func() { p := shownTimeline(t, w); p.list.goTo(1); p.openCurrent() })
}
