package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
)

// paragraph is a piece of a page that is only read.
type paragraph struct {
	head string // may be empty
	text string
}

// prose sets paragraphs below each other.
func prose(list []paragraph) *fyne.Container {
	box := stacked()
	for _, p := range list {
		text := plain(lang.L(p.text))
		if p.head == "" {
			box.Add(text)
			continue
		}
		box.Add(under(lang.L(p.head), text))
	}
	return box
}

// read is a page of prose with buttons at its end.
func read(text *fyne.Container, buttons ...fyne.CanvasObject) view {
	text.Add(container.New(&lineLayout{}, buttons...))
	v := view{content: container.NewVScroll(narrow(text))}
	for _, b := range buttons {
		if f, ok := b.(fyne.Focusable); ok {
			v.focus = f
			break
		}
	}
	return v
}
