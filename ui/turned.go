package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// part is a text of a style for Fyne's rich text. One that Fyne would draw in
// another order than it is read, or with letters that its font lacks, is drawn by
// the typesetter.
func part(style widget.RichTextStyle, text string) widget.RichTextSegment {
	if simple(text) {
		return &widget.TextSegment{Text: text, Style: style}
	}
	return &turnedPart{text, style}
}

func styleOf(part widget.RichTextSegment) widget.RichTextStyle {
	switch p := part.(type) {
	case *turnedPart:
		return p.style
	case *widget.TextSegment:
		return p.Style
	}
	return widget.RichTextStyle{}
}

// turnedPart is a text whose pieces stand in the order in which they are read.
type turnedPart struct {
	text  string
	style widget.RichTextStyle
}

// Inline is false: it has lines of its own.
func (p *turnedPart) Inline() bool { return false }

// Textual is the text as it is read.
func (p *turnedPart) Textual() string { return p.text }

// Visual draws it.
func (p *turnedPart) Visual() fyne.CanvasObject {
	b := newTextBlock(typesetterNow(), p.text, nil)
	b.flush, b.bold, b.shade = true, p.style.TextStyle.Bold, p.style.ColorName
	if p.style.SizeName != theme.SizeNameText {
		b.as = p.style.SizeName
	}
	return b
}

// Update draws it again in the colours of the look.
func (p *turnedPart) Update(o fyne.CanvasObject) { o.Refresh() }

// Select, SelectedText and Unselect are for text that can be selected.
func (p *turnedPart) Select(fyne.Position, fyne.Position) {}
func (p *turnedPart) SelectedText() string                { return "" }
func (p *turnedPart) Unselect()                           {}

// typesetterNow is that of the look that holds.
func typesetterNow() *typesetter {
	if c, ok := fyne.CurrentApp().Settings().Theme().(calm); ok && c.set != nil {
		return c.set
	}
	return newTypesetter()
}
