package ui

import (
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
	name := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.SizeName = theme.SizeNameHeadingText
	name.Truncation = fyne.TextTruncateEllipsis
	bar := container.NewBorder(nil, nil, nil, w.safety(), name)
	body := container.NewPadded(container.NewBorder(bar, nil, nil, nil, w.view.content))
	rail := w.newRail()
	return newWatched(container.New(&frameLayout{rail}, rail.Scroll, body), w.touch)
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

func quietButton(text string, icon fyne.Resource, tapped func()) *widget.Button {
	b := widget.NewButtonWithIcon(text, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}
