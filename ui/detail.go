package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/timeline"
	"daybook/ui/model"
)

// detailPane shows everything that is known of one event.
type detailPane struct {
	w         *Window
	set       *typesetter
	thumbs    *thumbs
	onClose   func()
	onContext func()
	onShow    func() // the original's own text
	onUnmark  func(model.MarkLine)

	box    *fyne.Container
	scroll *container.Scroll
	body   *fyne.Container
	d      model.Detail
	photo  *thumbView
}

func newDetailPane(w *Window, set *typesetter, t *thumbs) *detailPane {
	p := &detailPane{w: w, set: set, thumbs: t, body: stacked()}
	closing := newIconedButton(lang.L("Close"), theme.CancelIcon(), func() { p.onClose() })
	head := container.NewBorder(nil, nil, nil, closing, heading(lang.L("Details")))
	p.scroll = scrolled(p.body)
	p.box = container.NewStack(newSurface(), container.NewPadded(container.NewBorder(head, nil, nil, nil, p.scroll)))
	return p
}

// show shows the details of an event.
func (p *detailPane) show(d model.Detail) {
	p.d = d
	p.photo = nil
	about := []fyne.CanvasObject{p.words(said(d.Title), true), p.words(said(d.When), false)}
	for _, f := range d.Flags {
		about = append(about, p.quiet("· "+said(f)))
	}
	b := []fyne.CanvasObject{container.New(flow{0}, about...)}
	for _, f := range d.Files {
		b = append(b, p.file(f)...)
	}
	if d.Text != "" {
		text := p.block(d.Text, d.Hits)
		text.whole = d.Raw
		b = append(b, text, p.copying())
	}
	b = append(b, p.buttons())
	b = append(b, p.facts(lang.L("Who"), inOurs(d.People))...)
	b = append(b, p.times()...)
	b = append(b, p.facts(lang.L("Words in the picture, machine-read"), d.Read)...)
	b = append(b, p.facts(lang.L("Where it came from"), inOurs(d.Origin))...)
	b = append(b, p.facts(lang.L("What the source says beside"), d.More)...)
	b = append(b, p.marks()...)
	b = append(b, p.facts(lang.L("Versions"), inOurs(d.Written))...)
	b = append(b, p.facts(lang.L("In the record of this case"), inOurs(d.Journal))...)
	p.body.Objects = b
	p.body.Refresh()
}

// words is text in any script that wraps and can be copied.
func (p *detailPane) words(text string, bold bool) *copyBlock {
	t := p.block(text, nil)
	t.bold = bold
	return t
}

// block is text that knows about how wide it will be: how high it is follows
// from that.
func (p *detailPane) block(text string, hits [][2]int) *copyBlock {
	t := newCopyBlock(p.w, p.set, text, hits)
	t.seen = func(o fyne.CanvasObject) { revealIn(p.scroll, o) }
	if w := p.body.Size().Width; w > 0 {
		t.width = w
	}
	return t
}

// quiet is text that stands back.
func (p *detailPane) quiet(text string) *textBlock {
	t := newTextBlock(p.set, text, nil)
	t.quiet = true
	if w := p.body.Size().Width; w > 0 {
		t.width = w
	}
	return t
}

func (p *detailPane) copying() fyne.CanvasObject {
	return container.NewHBox(quietButton(lang.L("Copy the text"), theme.ContentCopyIcon(), func() { p.w.copyText(p.d.Raw) }))
}

func (p *detailPane) buttons() fyne.CanvasObject {
	row := container.New(&lineLayout{}, p.button(lang.L("Before and after"), func() { p.onContext() }))
	if len(p.d.Origin) > 1 {
		row.Add(p.button(lang.L("The file as it came"), func() { p.onShow() }))
	}
	if item := p.d.Item; item != 0 && !slices.ContainsFunc(p.d.Files, func(f model.File) bool { return f.Item == item }) {
		row.Add(p.button(lang.L("Save a copy of the file…"), func() { p.w.saveCopy(item) }))
		if name, can := p.w.desk.Paintable(item); can {
			row.Add(p.hiding(item, name))
		}
	}
	switch id := p.d.ID.String(); {
	case p.d.Kind == timeline.Incident:
		row.Add(p.button(lang.L("What you wrote down"), func() { p.w.incident(id) }))
	case p.d.Kind.Register():
		row.Add(p.button(lang.L("What you wrote down"), func() { p.w.entry(id) }))
	}
	if item, thread := p.d.Item, p.d.Thread; item != 0 {
		row.Add(p.button(lang.L("Its clock was wrong…"), func() { p.w.clockOf(item, thread) }))
	}
	return row
}

func (p *detailPane) button(text string, tapped func()) *answerButton {
	return p.w.button(text, tapped)
}

// file shows a file: a picture, a frame of a film, or its name and length, and the way to a copy.
func (p *detailPane) file(f model.File) []fyne.CanvasObject {
	out := []fyne.CanvasObject{p.words(fileWords(f), false)}
	if f.Item != 0 && !f.Missing {
		if f.Sort == model.SoundFile || f.Sort == model.FilmFile {
			out = append(out, p.quiet(lang.L("Daybook plays no sound and no film. Save a copy, and play it in another program.")))
		}
		ways := container.New(&lineLayout{}, p.button(lang.L("Save a copy…"), func() { p.w.saveCopy(f.Item) }))
		if name, can := p.w.desk.Paintable(f.Item); can {
			ways.Add(p.hiding(f.Item, name))
		}
		out = append(out, ways)
	}
	if (f.Sort == model.PictureFile || f.Sort == model.FilmFile) && !f.Missing && f.Item != 0 {
		p.photo = newThumbView(p.thumbs, f, 11)
		out = append([]fyne.CanvasObject{p.photo}, out...)
	}
	return out
}

// hiding leads to where a part of a picture or a page is hidden from the other side.
func (p *detailPane) hiding(item int64, name string) fyne.CanvasObject {
	return p.button(lang.L("Hide a part from others…"), func() { p.w.hidePartOf(item, name) })
}

// facts are lines of a name and what it says, under a heading.
func (p *detailPane) facts(title string, list []model.Fact) []fyne.CanvasObject {
	if len(list) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{heading(title)}
	for _, f := range list {
		out = append(out, p.fact(f))
	}
	return out
}

func (p *detailPane) fact(f model.Fact) fyne.CanvasObject {
	return container.New(flow{0}, p.quiet(said(f.Name)), p.words(f.Text, false))
}

// times are all the times that the source gives, the one that was taken first
// by its tick and its word.
func (p *detailPane) times() []fyne.CanvasObject {
	out := []fyne.CanvasObject{heading(lang.L("Times"))}
	for _, t := range p.d.Times {
		name := t.Label
		if t.Chosen {
			name += " (" + lang.L("this one was taken") + ")"
		}
		text := said(t.When)
		if t.Note != "" {
			text += " · " + said(t.Note)
		}
		out = append(out, p.fact(model.Fact{Name: name, Text: text}))
	}
	return out
}

func (p *detailPane) marks() []fyne.CanvasObject {
	if len(p.d.Marks) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{heading(lang.L("Marks"))}
	for _, m := range p.d.Marks {
		out = append(out, p.fact(model.Fact{Name: byWhen(m.By), Text: markSaid(m.Text)}))
		if m.Theirs != "" {
			out = append(out, p.quiet(lang.L("{{.Name}} made this mark, and nobody else takes it back. Make your own beside it.", map[string]any{"Name": m.Theirs})))
			continue
		}
		out = append(out, container.NewHBox(p.button(lang.L("Take this mark back…"), func() { p.onUnmark(m) })))
	}
	return out
}

// markSaid gives what a mark says. A note stands as it was written.
func markSaid(text string) string {
	const note = "note"
	var out []string
	for text != "" {
		if words, ok := strings.CutPrefix(text, note+": "); ok {
			out = append(out, said(note)+": "+words)
			break
		}
		part, rest, _ := strings.Cut(text, "; ")
		out, text = append(out, said(part)), rest
	}
	return strings.Join(out, "; ")
}

// refresh draws pictures that have come.
func (p *detailPane) refresh() {
	if p.photo != nil {
		p.photo.Refresh()
	}
}

// copyText puts text on the clipboard. It is wiped when the window is hidden or
// locked.
func (w *Window) copyText(s string) { w.app.Clipboard().SetContent(s) }

// thumbView is a picture in the details: blurred until it is asked for.
type thumbView struct {
	widget.BaseWidget
	hears
	thumbs  *thumbs
	f       model.File
	high    float32 // times the size of text
	focused bool

	ground, ring *canvas.Rectangle
	pill         *canvas.Rectangle
	image        *canvas.Image
	words        *canvas.Text
}

func newThumbView(t *thumbs, f model.File, high float32) *thumbView {
	v := &thumbView{thumbs: t, f: f, high: high, ground: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil), pill: canvas.NewRectangle(nil),
		image: &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScaleFastest}, words: canvas.NewText("", nil)}
	v.ExtendBaseWidget(v)
	return v
}

// Tapped shows it as it is, or blurs it again.
func (v *thumbView) Tapped(*fyne.PointEvent) { v.thumbs.uncover(v.f); v.Refresh() }

// FocusGained and FocusLost show where the keys are.
func (v *thumbView) FocusGained() { v.focused = true; v.Refresh() }
func (v *thumbView) FocusLost()   { v.focused = false; v.Refresh() }

// TypedRune does with the space bar what Enter does.
func (v *thumbView) TypedRune(r rune) {
	if r == space {
		v.Tapped(nil)
	}
}

// TypedKey shows it as it is.
func (v *thumbView) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		v.Tapped(nil)
	}
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (v *thumbView) AccessibilityLabel() string             { return lang.L("Picture") + ": " + v.f.Name }
func (v *thumbView) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer draws the picture.
func (v *thumbView) CreateRenderer() fyne.WidgetRenderer {
	r := &thumbViewRenderer{v}
	r.Refresh()
	return r
}

type thumbViewRenderer struct{ v *thumbView }

func (r *thumbViewRenderer) Destroy() {}
func (r *thumbViewRenderer) MinSize() fyne.Size {
	return fyne.NewSize(7*theme.TextSize(), r.v.high*theme.TextSize())
}

func (r *thumbViewRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.v.ground, r.v.image, r.v.pill, r.v.words, r.v.ring}
}

func (r *thumbViewRenderer) Layout(size fyne.Size) {
	for _, o := range []fyne.CanvasObject{r.v.ground, r.v.image, r.v.ring} {
		o.Resize(size)
	}
	s := r.v.words.MinSize()
	r.v.words.Resize(s)
	at := fyne.NewPos((size.Width-s.Width)/2, size.Height-s.Height-4)
	r.v.words.Move(at)
	onPill(r.v.pill, at, s)
	r.v.pill.Hidden = r.v.words.Text == ""
}

func (r *thumbViewRenderer) Refresh() {
	v := r.v
	img, words := v.thumbs.picture(v.f)
	v.ground.FillColor, v.ground.CornerRadius = theme.Color(colourSoft), 4
	v.words.Text, v.words.TextSize, v.words.Color = words, theme.CaptionTextSize(), theme.Color(theme.ColorNameForeground)
	if v.image.Image != img {
		v.image.Image = img
		v.image.Refresh()
	}
	v.image.Hidden = img == nil
	ring(v.ring, v.focused)
	r.Layout(v.Size())
	canvas.Refresh(v)
}
