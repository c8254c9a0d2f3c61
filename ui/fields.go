package ui

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// sheet is a form that scrolls to what has the keys.
type sheet struct {
	w      *Window
	scroll *container.Scroll
	body   *fyne.Container
}

func (w *Window) sheet() *sheet {
	s := &sheet{w: w, body: stacked()}
	s.scroll = container.NewVScroll(narrow(container.NewPadded(s.body)))
	return s
}

// reveal scrolls until an object of the sheet is to be seen with its label; of a
// tall one as much as there is room for, from its beginning on.
func (s *sheet) reveal(o fyne.CanvasObject) { revealIn(s.scroll, o) }

// revealIn scrolls until an object is to be seen with what stands above it.
func revealIn(scroll *container.Scroll, o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	text := theme.TextSize()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(scroll.Content).Y
	room := max(4*text, scroll.Size().Height-4.5*text) // below what stands above it, and above what stands below a field about it
	bottom := top + min(o.Size().Height, room) + 2*text
	offset := scroll.Offset
	switch {
	case top-2.5*text < offset.Y:
		offset.Y = max(0, top-2.5*text)
	case bottom > offset.Y+scroll.Size().Height:
		offset.Y = bottom - scroll.Size().Height
	default:
		return
	}
	scroll.ScrollToOffset(offset)
}

// tight puts texts that belong together below each other: Fyne's texts bring
// room of their own above and below.
func tight(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(flow{theme.Padding() - 2*theme.InnerPadding()}, objects...)
}

// formField is a field of a sheet. Tab leaves it, however many lines it has.
type formField struct {
	entry
	sheet    *sheet
	question string
	wheel    *wheel // over it; nil: not drawn yet
}

// line makes a field of one line that shows and sets a text.
func (s *sheet) line(text *string, hint string) *formField { return s.field(text, hint, 1) }

// lines makes a field of many lines.
func (s *sheet) lines(text *string, hint string, rows int) *formField {
	return s.field(text, hint, rows)
}

// rowsOf is how many lines a field has that wants so many: fewer where the window is
// low for its text, so that the question below it is seen too.
func (s *sheet) rowsOf(want int) int {
	return max(3, min(want, int(s.w.win.Canvas().Size().Height/theme.TextSize()/5)))
}

func (s *sheet) field(text *string, hint string, rows int) *formField {
	f := &formField{sheet: s}
	if rows > 1 {
		f.MultiLine, f.Wrapping = true, fyne.TextWrapWord
	}
	f.ExtendBaseWidget(f)
	f.SetMinRowsVisible(rows)
	f.SetPlaceHolder(hint)
	f.SetText(*text)
	f.OnChanged = func(t string) { *text = t }
	return f
}

// CreateRenderer draws the field, and passes the wheel on to the page.
func (f *formField) CreateRenderer() fyne.WidgetRenderer {
	f.wheel = newWheel(f.sheet.scroll)
	return &wheeled{f.entry.CreateRenderer(), f.wheel}
}

// then adds to what a change of the field does.
func (f *formField) then(do func()) *formField {
	set := f.OnChanged
	f.OnChanged = func(t string) { set(t); do() }
	return f
}

// end puts the cursor behind the last letter.
func (f *formField) end() {
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// TypedShortcut does what a field does. Where a picture lies on the clipboard
// and no words, pasting takes the picture.
func (f *formField) TypedShortcut(key fyne.Shortcut) {
	if paste, ok := key.(*fyne.ShortcutPaste); ok && paste.Clipboard.Content() == "" {
		f.sheet.w.paste()
		return
	}
	f.Entry.TypedShortcut(key)
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (f *formField) AccessibilityLabel() string             { return f.question }
func (f *formField) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AcceptsTab is false: Tab goes on to the next field.
func (f *formField) AcceptsTab() bool { return false }

// FocusGained shows the field.
func (f *formField) FocusGained() {
	f.entry.FocusGained()
	f.sheet.reveal(f)
	if f.MultiLine && f.wheel != nil {
		f.wheel.Hide() // a long text is read where it is written
	}
}

// FocusLost gives the wheel back to the page.
func (f *formField) FocusLost() {
	f.entry.FocusLost()
	if f.wheel != nil {
		f.wheel.Show()
	}
}

// formButton is a button of a sheet: Enter presses it too.
type formButton struct {
	ringed
	sheet *sheet
	says  string // to a screen reader, where its text says little
}

func (s *sheet) button(text string, tapped func()) *formButton {
	b := &formButton{sheet: s}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// FocusGained shows the button.
func (b *formButton) FocusGained() {
	b.ringed.FocusGained()
	b.sheet.reveal(b)
}

// AccessibilityLabel is for screen readers.
func (b *formButton) AccessibilityLabel() string { return cmp.Or(b.says, b.Text) }

// TypedShortcut pastes what lies on the clipboard.
func (b *formButton) TypedShortcut(key fyne.Shortcut) {
	if _, ok := key.(*fyne.ShortcutPaste); ok {
		b.sheet.w.paste()
	}
}

// TypedKey presses the button on Enter.
func (b *formButton) TypedKey(e *fyne.KeyEvent) { press(&b.Button, e) }

// TypedRune presses it with the space bar.
func (b *formButton) TypedRune(r rune) { pressRune(&b.Button, r) }

// formTick is a box to tick.
type formTick struct {
	tickBox
	sheet *sheet
}

func (s *sheet) tick(on *bool, text string) *formTick {
	t := &formTick{sheet: s}
	t.Text, t.Checked, t.OnChanged = text, *on, func(v bool) { *on = v }
	t.ExtendBaseWidget(t)
	return t
}

// FocusGained shows the box.
func (t *formTick) FocusGained() {
	t.tickBox.FocusGained()
	t.sheet.reveal(t)
}

// labelled puts a question above its field.
func labelled(question string, fields ...fyne.CanvasObject) *fyne.Container {
	naming(question, fields)
	return container.New(flow{0}, asked(question), stacked(fields...))
}

// naming says to a screen reader what fields ask, those with a button beside them too.
func naming(question string, fields []fyne.CanvasObject) {
	for _, f := range fields {
		switch f := f.(type) {
		case *formField:
			f.question = cmp.Or(f.question, question)
		case *chips:
			f.question = cmp.Or(f.question, question)
		case *fyne.Container:
			naming(question, f.Objects)
		}
	}
}

// asked is a question in bold, with no more room around it than it needs.
func asked(text string) *widget.RichText {
	return rich(widget.RichTextStyle{SizeName: theme.SizeNameText, TextStyle: fyne.TextStyle{Bold: true}}, text)
}

// beside puts fields next to each other, or below each other where the window
// is narrow for its text.
func beside(fields ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapLayout{least: 14}, fields...)
}

// section is a part of a sheet that stands folded until it is wanted.
type section struct {
	title string
	open  bool // something is in it
	build func() []fyne.CanvasObject
}

// fold shows a section behind its title. Its fields are made when it is opened:
// a form of forty fields is slow to draw and long to tab through.
func (s *sheet) fold(p section) fyne.CanvasObject {
	box := stacked()
	arrow := widget.NewIcon(theme.Icon(theme.IconNameMenuExpand))
	open := false
	toggle := func() {
		open = !open
		arrow.SetResource(theme.Icon(theme.IconNameMenuExpand))
		box.RemoveAll()
		if open {
			arrow.SetResource(theme.Icon(theme.IconNameArrowDropDown))
			box.Add(container.NewPadded(stacked(p.build()...)))
		}
		s.body.Refresh()
	}
	title := cardOf(p.title, container.NewBorder(nil, nil, arrow, nil, asked(p.title)), toggle)
	title.bare, title.seen = true, s.reveal
	whole := stacked(title, box)
	title.opened = func() {
		first := firstField(box)
		if !open || first == nil {
			return
		}
		s.reveal(whole)
		s.w.win.Canvas().Focus(first)
	}
	if p.open {
		toggle()
	}
	return whole
}

// listedAtOnce is how many rows of a list are made before a person asks for
// more: a folder holds thousands of files, a diary of years hundreds of entries.
const listedAtOnce = 40

// listed puts a row for each of a list into a box of a sheet.
func listed[T any](s *sheet, box *fyne.Container, list []T, row func(T) fyne.CanvasObject) {
	for _, e := range list[:min(listedAtOnce, len(list))] {
		box.Add(row(e))
	}
	if len(list) <= listedAtOnce {
		return
	}
	rest := stacked()
	rest.Add(container.NewHBox(s.button(lang.L("Show more:")+" "+model.More(len(list)-listedAtOnce), func() {
		rest.RemoveAll()
		listed(s, rest, list[listedAtOnce:], row)
		s.body.Refresh()
	})))
	box.Add(rest)
}
