package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// The fillings of the strip of silences. Each stands in it for one thing, and
// silenceLegend says for which.
const (
	eventFill  = 0
	heldFill   = 2
	silentFill = 7
	partlyFill = 1
	noneFill   = hatches - 1 // nothing but a frame
)

// silenceFill is the filling of a sort of silence.
func silenceFill(s model.SilenceSort) int {
	switch s {
	case model.Silent:
		return silentFill
	case model.Partly:
		return partlyFill
	}
	return noneFill
}

// silenceLanes names the lanes of the strip, from above.
func silenceLanes() []string {
	return []string{lang.L("Events"), lang.L("Held"), lang.L("Silences")}
}

// filling is what a filling stands for, in which lane.
type filling struct {
	fill, lane int
	text       string
}

// silenceLegend says what each filling of the strip stands for, in the order of
// its lanes.
func silenceLegend() []filling {
	return []filling{
		{eventFill, 0, lang.L("A day with one of these events or more")},
		{heldFill, 1, lang.L("Days of which something held speaks")},
		{silentFill, 2, lang.L("What is held speaks of all these days, and is silent")},
		{partlyFill, 2, lang.L("What is held speaks of some of these days")},
		{noneFill, 2, lang.L("Nothing held speaks of these days")},
	}
}

// silenceStrip draws the whole period: the days with an event, the days of which
// something held speaks, the silences. The list below it says the same in words.
type silenceStrip struct {
	widget.BaseWidget
	s *model.Silences
}

func newSilenceStrip(s *model.Silences) *silenceStrip {
	p := &silenceStrip{s: s}
	p.ExtendBaseWidget(p)
	return p
}

// AccessibilityLabel says what is drawn; the list says it in words.
func (p *silenceStrip) AccessibilityLabel() string             { return said(p.s.Name) }
func (p *silenceStrip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer draws the strip.
func (p *silenceStrip) CreateRenderer() fyne.WidgetRenderer { return &silenceStripRenderer{p: p} }

type silenceStripRenderer struct {
	p    *silenceStrip
	list []fyne.CanvasObject
}

func (r *silenceStripRenderer) Destroy()                     {}
func (r *silenceStripRenderer) Objects() []fyne.CanvasObject { return r.list }

func (r *silenceStripRenderer) lane() float32 { return 2.2 * theme.TextSize() }

func (r *silenceStripRenderer) MinSize() fyne.Size {
	return fyne.NewSize(10*theme.TextSize(), 3*r.lane()+1.6*theme.CaptionTextSize())
}

// blocks are the days with an event, the days that something held speaks of, and
// the silences, right of their lanes' names.
func (r *silenceStripRenderer) blocks(left, width float32) (blocks []block) {
	s, small := r.p.s, theme.CaptionTextSize()
	day := width / float32(s.Last-s.First+1)
	add := func(lane int, first, last int32, fill int) {
		first, last = max(first, s.First), min(last, s.Last)
		if first > last {
			return
		}
		at := fyne.NewPos(left+float32(first-s.First)*day, float32(lane)*r.lane()+0.2*small)
		blocks = append(blocks, block{at, fyne.NewSize(max(1.5, float32(last-first+1)*day), r.lane()-0.6*small), fill})
	}
	for _, day := range s.On {
		add(0, day, day, eventFill)
	}
	for _, h := range s.Held {
		add(1, h.First, h.Last, heldFill)
	}
	for _, q := range s.List {
		add(2, q.First, q.Last, silenceFill(q.Sort))
	}
	return blocks
}

func (r *silenceStripRenderer) Layout(size fyne.Size) {
	s, small := r.p.s, theme.CaptionTextSize()
	names := silenceLanes()
	left := widest(small, false, names...) + small
	r.list = nil
	for i, name := range names {
		at := fyne.NewPos(0, float32(i)*r.lane())
		line := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
		line.Move(fyne.NewPos(left, at.Y+r.lane()-0.3*small))
		line.Resize(fyne.NewSize(size.Width-left, 1))
		r.list = append(r.list, line, put(label(name, small, theme.ColorNameForeground, false), at, fyne.NewSize(left, r.lane()), 0))
	}
	r.list = append(r.list, hatched(size, r.blocks(left, size.Width-left)))
	day := func(n int32) string {
		return said(time.Unix(int64(n)*24*60*60, 0).UTC().Format("2 Jan 2006"))
	}
	foot := fyne.NewPos(left, 3*r.lane())
	room := fyne.NewSize(size.Width-left, 1.6*small)
	r.list = append(r.list, put(label(day(s.First), small, colourQuiet, false), foot, room, 0), put(label(day(s.Last), small, colourQuiet, false), foot, room, 1))
}

func (r *silenceStripRenderer) Refresh() {
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}
