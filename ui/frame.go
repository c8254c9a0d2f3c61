package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// frame is what stands around every page: the rail that leads to the others,
// the page's name, and help, hide and lock one step away.
func (w *Window) frame() fyne.CanvasObject {
	title := w.view.title
	if title == "" {
		title = lang.L(w.page.name)
	}
	title = shorten(title, longestName)
	head := &barLayout{title: title}
	bar := container.New(head, w.pageName(title), w.safety())
	if w.view.top != nil && !w.view.top.below {
		bar.Add(w.view.top.line)
	}
	w.below = container.New(belowBar{}, bar, w.view.content)
	rail := w.newRail()
	tight := func(on bool) {
		head.tight = on
		if w.view.top != nil {
			w.view.top.tighten(on)
		}
	}
	return newWatched(container.New(&frameLayout{rail, tight}, rail.Scroll, container.NewPadded(w.withTour(w.below))), w.seen, w.pressed)
}

// relayout gives the bar and the page their places anew: something of them came
// or went.
func (w *Window) relayout() { layAgain(w.below) }

// safety is the row of buttons that is the same on every page.
func (w *Window) safety() fyne.CanvasObject {
	row := container.NewHBox(
		quietButton(lang.L("Help"), theme.HelpIcon(), func() { w.show(helpID) }),
		quietButton(lang.L("Hide"), theme.VisibilityOffIcon(), w.hide),
	)
	if w.desk.Open() {
		row.Add(quietButton(lang.L("Lock"), theme.LogoutIcon(), w.lock))
	}
	return row
}

func quietButton(text string, icon fyne.Resource, tapped func()) *button {
	b := newIconedButton(text, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// longestName is how many letters of a page's name stand above it: two lines at
// the largest size of text.
const longestName = 56

// shorten cuts a text at a word.
func shorten(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	cut := string(letters[:most-1])
	if at := strings.LastIndex(cut, " "); at > most/2 {
		cut = cut[:at]
	}
	return cut + "…"
}

// pageName is the heading of a page.
func (w *Window) pageName(title string) fyne.CanvasObject {
	if !simple(title) {
		return w.turned(title, theme.SizeNameHeadingText)
	}
	name := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.SizeName = theme.SizeNameHeadingText
	name.Wrapping = fyne.TextWrapWord
	return name
}

// barLayout puts the page's name and the buttons beside each other, or the name
// below where it is too long for that. A page may have a line of its own below
// both; where the window is low for its text, that takes the place of the name,
// which the rail says too.
type barLayout struct {
	title string
	tight bool
	width float32 // as last laid out: the height depends on it
}

func (l *barLayout) beside(buttons fyne.CanvasObject) bool {
	name := fyne.MeasureText(l.title, theme.Size(theme.SizeNameHeadingText), fyne.TextStyle{Bold: true})
	return name.Width+3*theme.InnerPadding()+buttons.MinSize().Width <= l.width
}

// inPlace tells that the page's line stands where the name would.
func (l *barLayout) inPlace(o []fyne.CanvasObject) bool {
	if len(o) < 3 || !l.tight {
		return false
	}
	line := o[2].(*fyne.Container)
	return line.Layout.(*lineLayout).oneLine(line.Objects)+theme.InnerPadding()+o[1].MinSize().Width <= l.width
}

// MinSize is that of the buttons, with what stands above and below them.
func (l *barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	name, buttons := o[0], o[1]
	size := buttons.MinSize()
	if l.inPlace(o) {
		size.Height = max(size.Height, o[2].MinSize().Height)
		return size
	}
	if l.beside(buttons) {
		size.Height = max(size.Height, name.MinSize().Height)
	} else {
		size.Height += name.MinSize().Height
	}
	if len(o) > 2 {
		line := o[2].MinSize()
		size.Width, size.Height = max(size.Width, line.Width), size.Height+theme.Padding()+line.Height
	}
	return size
}

// Layout takes the name, the buttons and the line of the page.
func (l *barLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	name, buttons := o[0], o[1]
	l.width = size.Width
	least := buttons.MinSize()
	buttons.Resize(least)
	end := size.Width - least.Width
	if l.inPlace(o) {
		name.Hide()
		high := settled(o[2], end-theme.InnerPadding())
		o[2].Move(fyne.NewPos(0, 0))
		buttons.Move(fyne.NewPos(end, max(0, (high-least.Height)/2)))
		return
	}
	name.Show()
	top := max(least.Height, name.MinSize().Height)
	if l.beside(buttons) {
		name.Resize(fyne.NewSize(end, top))
		name.Move(fyne.NewPos(0, 0))
		buttons.Move(fyne.NewPos(end, (top-least.Height)/2))
	} else {
		buttons.Move(fyne.NewPos(end, 0))
		name.Move(fyne.NewPos(0, least.Height))
		top = least.Height + settled(name, size.Width)
	}
	if len(o) > 2 {
		settled(o[2], size.Width)
		o[2].Move(fyne.NewPos(0, top+theme.Padding()))
	}
}

// belowBar puts a page below its bar, which has its lines only once it has its
// width.
type belowBar struct{}

// MinSize is that of both.
func (belowBar) MinSize(o []fyne.CanvasObject) fyne.Size {
	bar, page := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(bar.Width, page.Width), bar.Height+theme.Padding()+page.Height)
}

// Layout gives the page what the bar leaves.
func (belowBar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := settled(o[0], size.Width) + theme.Padding()
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-top)))
}
