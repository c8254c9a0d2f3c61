//go:build linux

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// glimpse is what the program says is on its screen: each run of text that is
// drawn and not cut off, in the order in which it is drawn.
type glimpse struct {
	PID  int
	Runs []run
	Keys keysAt
}

// keysAt is what has the keys: its kind, which one it is, what it says, and
// whether enough of it is in sight.
type keysAt struct {
	Kind, Which, Says string
	InSight           bool
}

// run is text in one piece, where its middle is, and whether something takes a
// tap there.
type run struct {
	Text string
	X, Y int
	Taps bool
}

// text is all that can be read, as one line.
func (g glimpse) text() string {
	var b strings.Builder
	for _, r := range g.Runs {
		b.WriteString(r.Text + " ")
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// find gives the run that says just this and can be tapped, or else says it, or
// else holds it. What is drawn last lies on top.
func (g glimpse) find(text string) (found run, ok bool) {
	best := 0
	for _, r := range g.Runs {
		fit := 0
		switch says := strings.TrimSpace(r.Text) == text; {
		case says && r.Taps:
			fit = 3
		case says:
			fit = 2
		case strings.Contains(r.Text, text):
			fit = 1
		}
		if fit > 0 && fit >= best {
			found, best = r, fit
		}
	}
	return found, best > 0
}

// eyes runs in the program: it answers each line of stdin with a glimpse. It is
// quicker than reading the pixels, says where things are, and never misreads;
// that the pixels show the same is looked at by OCR on some pages.
func eyes() {
	answer := json.NewEncoder(os.Stdout)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		g := glimpse{PID: os.Getpid()}
		fyne.DoAndWait(func() {
			for _, w := range fyne.CurrentApp().Driver().AllWindows() {
				g.see(w.Canvas())
			}
		})
		if err := answer.Encode(g); err != nil {
			fmt.Fprintln(os.Stderr, "eyes:", err)
			return
		}
	}
}

func (g *glimpse) see(c fyne.Canvas) {
	whole := box{max: fyne.NewPos(c.Size().Width, c.Size().Height)}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.Content())
	if f := c.Focused(); f != nil {
		g.Keys.Kind, g.Keys.Which = fmt.Sprintf("%T", f), fmt.Sprintf("%p", f)
	}
	g.walk(c.Content(), at.Subtract(c.Content().Position()), whole, false)
	for _, o := range c.Overlays().List() {
		g.walk(o, fyne.Position{}, whole, false)
	}
}

// atKeys notes what has the keys, once its parts were walked: what they say.
func (g *glimpse) atKeys(o fyne.CanvasObject, here box, said int) {
	if g.Keys.Which == "" || fmt.Sprintf("%p", o) != g.Keys.Which {
		return
	}
	text := theme.TextSize()
	g.Keys.InSight = here.max.Y-here.min.Y >= min(o.Size().Height, 1.5*text) && here.max.X-here.min.X >= min(o.Size().Width, 3*text)
	g.Keys.Says = glimpse{Runs: g.Runs[said:]}.text()
}

// box is a part of the screen.
type box struct{ min, max fyne.Position }

func boxOf(at fyne.Position, s fyne.Size) box { return box{at, at.AddXY(s.Width, s.Height)} }

func (b box) within(o box) box {
	return box{fyne.NewPos(max(b.min.X, o.min.X), max(b.min.Y, o.min.Y)), fyne.NewPos(min(b.max.X, o.max.X), min(b.max.Y, o.max.Y))}
}

func (b box) middle() (x, y int) { return int(b.min.X+b.max.X) / 2, int(b.min.Y+b.max.Y) / 2 }

// walk visits what is drawn inside of clip; taps says that it is a part of
// something that takes a tap.
func (g *glimpse) walk(o fyne.CanvasObject, from fyne.Position, clip box, taps bool) {
	if o == nil || !o.Visible() {
		return
	}
	at := from.Add(o.Position())
	here := boxOf(at, o.Size()).within(clip)
	var parts []fyne.CanvasObject
	defer func(said int) { g.atKeys(o, here, said) }(len(g.Runs))
	switch o := o.(type) {
	case *canvas.Text:
		// Half of its height has to be seen.
		if here.max.Y-here.min.Y >= o.Size().Height/2 && here.max.X > here.min.X && strings.TrimSpace(o.Text) != "" {
			x, y := here.middle()
			g.Runs = append(g.Runs, run{o.Text, x, y, taps})
		}
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		r := test.WidgetRenderer(o)
		parts = r.Objects()
		_, taken := o.(fyne.Tappable)
		_, popUp := o.(*widget.PopUp) // takes taps, but its parts do something
		taps = (taps || taken) && !popUp
		_, scrolls := o.(fyne.Scrollable)
		_, clips := r.(interface{ IsClip() })
		if scrolls || clips {
			clip = here
		}
	}
	for _, p := range parts {
		g.walk(p, at, clip, taps)
	}
}
