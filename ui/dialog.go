package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// tell shows an error as the one sentence that it is. What was cancelled needs
// no telling.
func (w *Window) tell(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	w.notice(lang.L("That did not work"), told(err))
}

// notice says something that needs no answer.
func (w *Window) notice(title, text string) {
	w.dialog(title, plain(text), answer{text: lang.L("OK"), main: true})
}

// ask puts a question whose answer no is always safe: Enter and Esc give it, so
// that nobody throws away in haste.
func (w *Window) ask(title, text, yes, no string, agreed func()) {
	w.dialog(title, plain(text), answer{text: no, main: true}, answer{text: yes, do: agreed})
}

// answer is a button of a dialog. It closes the dialog before it does anything.
type answer struct {
	text string
	main bool // Enter gives it
	do   func()
}

// dialog stands over the page until it is answered. Esc gives the first answer.
func (w *Window) dialog(title string, body fyne.CanvasObject, answers ...answer) {
	before, above := w.escape, w.said
	var d *over
	give := func(a answer) {
		d.Hide()
		w.escape, w.said = before, above
		w.refocus()
		a.give()
	}
	w.escape = func() { give(answers[0]) }
	var buttons []fyne.CanvasObject
	var focus fyne.Focusable
	for _, a := range answers {
		b := &answerButton{escape: w.escape}
		b.Text, b.OnTapped = a.text, func() { give(a) }
		if a.main {
			b.Importance, focus = widget.HighImportance, b
		}
		b.ExtendBaseWidget(b)
		buttons = append(buttons, b)
	}
	w.said = scrolled(body)
	d = w.over(title, w.said, buttons...)
	d.fit(body)
	if focus != nil {
		w.win.Canvas().Focus(focus)
	}
}

// refocus gives the keys to the page where nothing on it has them: whoever
// pressed a button with the mouse would go on from nowhere.
func (w *Window) refocus() {
	if c := w.win.Canvas(); !w.busy() && c.Focused() == nil && w.view.focus != nil {
		c.Focus(w.view.focus)
	}
}

// escaped closes the dialog that stands when none of its buttons has the keys.
func (w *Window) escaped(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape && w.escape != nil && w.busy() {
		w.escape()
	}
}

func (a answer) give() {
	if a.do != nil {
		a.do()
	}
}

// answerButton knows Esc and Enter, which Fyne's own does not.
type answerButton struct {
	ringed
	escape func()
}

// TypedKey closes the dialog on Esc.
func (b *answerButton) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		b.escape()
	default:
		press(&b.Button, e)
	}
}

// TypedRune presses it with the space bar.
func (b *answerButton) TypedRune(r rune) { pressRune(&b.Button, r) }
