package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// copyBlock is a text that can be selected and copied, with the mouse and with
// the keys. What is copied lies on the clipboard until the window is hidden or
// locked.
type copyBlock struct {
	textBlock
	hears
	w       *Window
	whole   string                  // what is copied where all is selected: the text as its source has it
	seen    func(fyne.CanvasObject) // brings it on the screen
	anchor  int                     // byte where the selecting began
	caret   int                     // and where it is now
	focused bool

	ring, bar *canvas.Rectangle // around it, and where the caret is
}

func newCopyBlock(w *Window, set *typesetter, text string, hits [][2]int) *copyBlock {
	b := &copyBlock{w: w, whole: text, seen: func(fyne.CanvasObject) {}, ring: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil)}
	b.begin(set, text, hits)
	b.ExtendBaseWidget(b)
	return b
}

// Cursor is the one for text.
func (b *copyBlock) Cursor() desktop.Cursor { return desktop.TextCursor }

// MouseDown begins to select; with Shift it goes on.
func (b *copyBlock) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	b.w.win.Canvas().Focus(b)
	b.moveTo(b.byteAt(e.Position), e.Modifier&fyne.KeyModifierShift != 0)
}

// MouseUp ends nothing: the selection stays.
func (b *copyBlock) MouseUp(*desktop.MouseEvent) {}

// Dragged selects up to the pointer.
func (b *copyBlock) Dragged(e *fyne.DragEvent) { b.moveTo(b.byteAt(e.Position), true) }

// DragEnd ends nothing: the selection stays.
func (b *copyBlock) DragEnd() {}

// DoubleTapped selects a word.
func (b *copyBlock) DoubleTapped(e *fyne.PointEvent) {
	at := b.byteAt(e.Position)
	from := strings.LastIndexFunc(b.text[:at], notInWord) + 1
	to := strings.IndexFunc(b.text[at:], notInWord)
	if to < 0 {
		to = len(b.text) - at
	}
	if from > 0 {
		_, size := utf8.DecodeRuneInString(b.text[from-1:])
		from += size - 1
	}
	b.anchor = from
	b.moveTo(at+to, true)
}

func notInWord(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPunct(r) && r != '\'' && r != '’' && r != '-'
}

// FocusGained and FocusLost show where the keys are.
func (b *copyBlock) FocusGained() {
	b.focused = true
	b.seen(b)
	b.Refresh()
}

func (b *copyBlock) FocusLost() {
	b.focused = false
	b.anchor = b.caret
	b.taken = [2]int{}
	b.Refresh()
}

// TypedRune is for letters, of which it takes none.
func (b *copyBlock) TypedRune(rune) {}

// TypedKey moves; with Shift it selects.
func (b *copyBlock) TypedKey(e *fyne.KeyEvent) {
	b.w.touch(e)
	b.key(e.Name, modifiers()&fyne.KeyModifierShift != 0)
}

func (b *copyBlock) key(name fyne.KeyName, selecting bool) {
	line := b.lineOf(b.caret)
	switch name {
	case fyne.KeyLeft:
		b.moveTo(b.beside(b.caret, -1), selecting)
	case fyne.KeyRight:
		b.moveTo(b.beside(b.caret, 1), selecting)
	case fyne.KeyUp:
		b.moveTo(b.byteIn(line-1, b.xOf(b.caret)), selecting)
	case fyne.KeyDown:
		b.moveTo(b.byteIn(line+1, b.xOf(b.caret)), selecting)
	case fyne.KeyHome:
		b.moveTo(b.lines[line].start, selecting)
	case fyne.KeyEnd:
		b.moveTo(b.lines[line].end, selecting)
	}
}

// TypedShortcut copies, and selects all.
func (b *copyBlock) TypedShortcut(s fyne.Shortcut) {
	b.w.touch(nil)
	switch s.(type) {
	case *fyne.ShortcutSelectAll:
		b.anchor = 0
		b.moveTo(len(b.text), true)
	case *fyne.ShortcutCopy:
		b.w.copyText(b.selected())
	}
}

// selected is what is copied: what is selected; the whole where nothing is.
func (b *copyBlock) selected() string {
	if from, to := b.taken[0], b.taken[1]; from < to && to-from < len(b.text) {
		return b.text[from:to]
	}
	return b.whole
}

// moveTo moves to a byte, and selects on the way or not.
func (b *copyBlock) moveTo(to int, selecting bool) {
	b.w.touch(nil)
	if b.caret = to; !selecting {
		b.anchor = to
	}
	b.taken = [2]int{min(b.anchor, to), max(b.anchor, to)}
	b.Refresh()
}

// beside is the next place before or after a byte where a letter begins.
func (b *copyBlock) beside(at, by int) int {
	for {
		if by < 0 {
			_, size := utf8.DecodeLastRuneInString(b.text[:at])
			at -= size
		} else {
			_, size := utf8.DecodeRuneInString(b.text[at:])
			at += size
		}
		if next, _ := utf8.DecodeRuneInString(b.text[at:]); at == 0 || at == len(b.text) || !silent(next) && !unicode.Is(unicode.Mn, next) {
			return at
		}
	}
}

// lineOf is the line on which a byte stands.
func (b *copyBlock) lineOf(at int) int {
	for i, l := range b.lines {
		if at < l.end || i == len(b.lines)-1 || at < b.lines[i+1].start {
			return i
		}
	}
	return 0
}

// xOf is where a byte stands in its line.
func (b *copyBlock) xOf(at int) float32 {
	x := b.pad()
	if len(b.lines) == 0 {
		return x
	}
	l := b.lines[b.lineOf(at)]
	for _, q := range b.set.pieces(newScript(b.text), l.start, l.end) {
		style := q.styled(b.style())
		width := q.width(b.textSize(), style)
		if at >= q.start && at < q.end {
			return x + q.at(b.text, at, b.textSize(), style, width)
		}
		x += width
	}
	return x
}

// byteAt is the letter at a point.
func (b *copyBlock) byteAt(p fyne.Position) int {
	return b.byteIn(int((p.Y-2)/b.lineHeight()), p.X)
}

// byteIn is the place between letters of a line that is next to x.
func (b *copyBlock) byteIn(line int, x float32) int {
	switch {
	case len(b.lines) == 0 || line < 0:
		return 0
	case line >= len(b.lines):
		return b.lines[len(b.lines)-1].end
	}
	l := b.lines[line]
	best, off := l.start, float32(-1)
	left := b.pad()
	for _, q := range b.set.pieces(newScript(b.text), l.start, l.end) {
		style := q.styled(b.style())
		width := q.width(b.textSize(), style)
		for at := q.start; ; at = min(q.end, b.beside(at, 1)) {
			if d := left + q.at(b.text, at, b.textSize(), style, width) - x; off < 0 || max(d, -d) < off {
				best, off = at, max(d, -d)
			}
			if at == q.end {
				break
			}
		}
		left += width
	}
	return best
}

// AccessibilityLabel and AccessibilityRole are for screen readers.
func (b *copyBlock) AccessibilityLabel() string             { return b.text }
func (b *copyBlock) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer draws the text, the caret and the focus.
func (b *copyBlock) CreateRenderer() fyne.WidgetRenderer {
	return &copyBlockRenderer{textBlockRenderer{&b.textBlock, b}, b}
}

type copyBlockRenderer struct {
	textBlockRenderer
	b *copyBlock
}

func (r *copyBlockRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.b.draw.box, r.b.bar, r.b.ring}
}

func (r *copyBlockRenderer) Layout(size fyne.Size) {
	r.textBlockRenderer.Layout(size)
	b := r.b
	b.ring.Move(fyne.NewPos(1, 0))
	b.ring.Resize(size.SubtractWidthHeight(3, 0)) // what scrolls cuts at its edge
	ring(b.ring, b.focused)
	b.bar.FillColor, b.bar.Hidden = theme.Color(theme.ColorNamePrimary), !b.focused
	b.bar.Move(fyne.NewPos(b.xOf(b.caret)-1, 3+float32(b.lineOf(b.caret))*b.lineHeight()))
	b.bar.Resize(fyne.NewSize(2, b.lineHeight()-2))
}

func (r *copyBlockRenderer) Refresh() {
	r.b.lines = nil
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
