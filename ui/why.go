package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// asking is a question with the reason why it is asked, which a small button
// opens and closes; without a reason it is the question alone.
func (s *sheet) asking(question, why string, fields ...fyne.CanvasObject) *fyne.Container {
	box := labelled(question, fields...)
	if why == "" {
		return box
	}
	sentence := quiet(said(why))
	sentence.Hide()
	open := s.button("?", func() {
		sentence.Hidden = !sentence.Hidden
		s.body.Refresh()
	})
	open.Importance = widget.LowImportance
	open.says = lang.L("Why we ask") + ": " + question
	head := container.NewBorder(nil, nil, nil, open, box.Objects[0])
	box.Objects[0] = container.New(flow{-theme.Padding()}, head, sentence)
	return box
}

// lastFirst lets Tab come to what stands at the top of a box after the rest of
// it: whoever writes goes on from the words to the answers below.
func lastFirst(box *fyne.Container) *fyne.Container {
	slices.Reverse(box.Objects)
	box.Layout = upward{}
	return box
}

// upward puts two objects below each other, the second at the top.
type upward struct{ flow }

// Layout places them.
func (u upward) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	turned := slices.Clone(objects)
	slices.Reverse(turned)
	u.flow.Layout(turned, size)
}
