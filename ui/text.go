package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// heading is a title inside a page.
func heading(text string) *widget.RichText {
	return rich(widget.RichTextStyle{SizeName: theme.SizeNameSubHeadingText, TextStyle: fyne.TextStyle{Bold: true}}, text)
}

// turned is text in bold whose pieces stand in the order in which they are read.
func (w *Window) turned(text string, size fyne.ThemeSizeName) fyne.CanvasObject {
	t := newTextBlock(w.set, text, nil)
	t.bold, t.as = true, size
	return t
}

func isHeading(o fyne.CanvasObject) bool {
	r, ok := o.(*widget.RichText)
	if !ok || len(r.Segments) == 0 {
		return false
	}
	return styleOf(r.Segments[0]).SizeName == theme.SizeNameSubHeadingText
}

// plain is text that wraps.
func plain(text string) *widget.RichText {
	return rich(widget.RichTextStyle{SizeName: theme.SizeNameText}, text)
}

// quiet is text that stands back.
func quiet(text string) *widget.RichText {
	return rich(widget.RichTextStyle{ColorName: colourQuiet, SizeName: theme.SizeNameText}, text)
}

func rich(style widget.RichTextStyle, text string) *widget.RichText {
	r := widget.NewRichText(part(style, text))
	r.Wrapping = fyne.TextWrapWord
	return r
}

func setText(r *widget.RichText, text string) {
	r.Segments[0] = part(styleOf(r.Segments[0]), text)
	r.Refresh()
}

func primary(text string, tapped func()) *button {
	b := newButton(text, tapped)
	b.Importance = widget.HighImportance
	return b
}

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + ", " + b
}
