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
	bar := container.New(&barLayout{title: title}, w.pageName(title), w.safety())
	body := container.NewPadded(container.New(belowBar{}, bar, w.view.content))
	rail := w.newRail()
	return newWatched(container.New(&frameLayout{rail}, rail.Scroll, body), w.seen, w.pressed)
}

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
// below where it is too long for that.
type barLayout struct {
	title string
	width float32 // as last laid out: the height depends on it
}

func (l *barLayout) beside(buttons fyne.CanvasObject) bool {
	name := fyne.MeasureText(l.title, theme.Size(theme.SizeNameHeadingText), fyne.TextStyle{Bold: true})
	return name.Width+3*theme.InnerPadding()+buttons.MinSize().Width <= l.width
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

// MinSize is that of the buttons, with the name above them where it stands so.
func (l *barLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	name, buttons := objects[0], objects[1]
	size := buttons.MinSize()
	if l.beside(buttons) {
		size.Height = max(size.Height, name.MinSize().Height)
		return size
	}
	size.Height += name.MinSize().Height
	return size
}

// Layout takes the name and the buttons.
func (l *barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	name, buttons := objects[0], objects[1]
	l.width = size.Width
	least := buttons.MinSize()
	buttons.Resize(least)
	buttons.Move(fyne.NewPos(size.Width-least.Width, 0))
	if l.beside(buttons) {
		name.Resize(fyne.NewSize(size.Width-least.Width, size.Height))
		name.Move(fyne.NewPos(0, 0))
		buttons.Move(fyne.NewPos(size.Width-least.Width, (size.Height-least.Height)/2))
		return
	}
	settled(name, size.Width)
	name.Move(fyne.NewPos(0, least.Height))
}
