package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// outcome is the reconciliation as a page: what came in, what was read, what
// could not be, and what is to be answered.
func (w *Window) outcome(o model.Outcome) {
	s := w.sheet()
	more := s.button(lang.L("Add more"), func() { w.show(addID) })
	see := s.button(lang.L("See them on the timeline"), func() { w.showTimeline(lookFor{query: o.Query()}) })
	main := see
	if o.Files == "" && len(o.Read) == 0 { // there is nothing to see
		main = more
		see.Hide()
	}
	main.Importance = widget.HighImportance
	if o.Stopped != "" {
		s.body.Add(plain(said(o.Stopped)))
		s.body.Add(container.NewHBox(s.button(lang.L("Go on"), func() { w.addThen(w.desk.GoOn) })))
	}
	s.body.Add(plain(said(o.Lead)))
	for _, text := range o.Said {
		s.body.Add(plain(said(text)))
	}
	f := &addingForm{sheet: s}
	var focus fyne.Focusable = main
	for _, a := range o.Answered {
		s.body.Add(answered(a))
	}
	for _, q := range o.Questions {
		box, first := f.question(q)
		s.body.Add(box)
		if focus == main {
			focus = first // nil where no answer is likelier: the keys stand on none
		}
	}
	if o.Files != "" {
		s.body.Add(plain(said(o.Files)))
	}
	if len(o.Read) > 0 {
		s.body.Add(heading(lang.L("What was read")))
	}
	listed(s, s.body, o.Read, func(r model.OutcomeSource) fyne.CanvasObject {
		return tight(asked(said(r.What)), quiet(sourceOf(r)))
	})
	if o.Attachments != "" {
		s.body.Add(plain(said(o.Attachments)))
	}
	problems(s, lang.L("What could not be read"), o.Unread)
	problems(s, lang.L("Look at these"), o.Attention)
	problems(s, lang.L("Came twice"), o.Twice)
	if len(o.Kept) > 0 {
		s.body.Add(heading(lang.L("Kept as they are; nothing reads them")))
		listed(s, s.body, o.Kept, func(path string) fyne.CanvasObject { return plain(path) })
	}
	if o.Skips != "" {
		s.body.Add(plain(said(o.Skips)))
		s.body.Add(container.NewHBox(s.button(lang.L("See each of these lines"), func() { w.skips(o) })))
	}
	s.body.Add(container.NewPadded(container.NewHBox(see, more)))
	w.put(w.page, view{title: said(o.Title), content: s.scroll, focus: focus, again: func() { w.outcome(o) }, dropped: func(paths []string) {
		w.show(addID)
		w.view.dropped(paths)
	}})
}

// sourceOf is the file that was read and its format; many files of one format have no
// name.
func sourceOf(r model.OutcomeSource) string {
	if r.Item == 0 {
		return said(r.Name)
	}
	return join(r.Name, said(r.Format))
}

func problems(s *sheet, title string, list []model.Problem) {
	if len(list) == 0 {
		return
	}
	s.body.Add(heading(title))
	listed(s, s.body, list, func(p model.Problem) fyne.CanvasObject { return tight(asked(p.Path), plain(said(p.Why))) })
}

// mostSkips is how many lines are shown; the terminal program lists them all.
const mostSkips = 300

// skips lists the lines that are not shown as events.
func (w *Window) skips(o model.Outcome) {
	lines, total, err := w.desk.Skips(context.Background(), o.Batch, mostSkips)
	if err != nil {
		w.tell(err)
		return
	}
	s := w.sheet()
	back := s.button(lang.L("Back"), func() { w.outcome(o) })
	s.body.Add(container.NewHBox(back))
	if total > len(lines) {
		s.body.Add(plain(said(model.FirstOf(len(lines), total))))
	}
	listed(s, s.body, lines, func(l model.SkipLine) fyne.CanvasObject {
		text := widget.NewLabel(l.Text)
		text.Wrapping = fyne.TextWrapBreak
		text.TextStyle.Monospace = true
		return tight(asked(said(l.Why)), text, quiet(made(l.Where)))
	})
	w.put(w.page, view{title: lang.L("Not shown"), content: s.scroll, focus: back})
}

// answered is a question with the answer that was given, and its tick.
func answered(a model.Answered) fyne.CanvasObject {
	tick := container.NewVBox(container.New(scaled{1.6}, widget.NewIcon(theme.NewPrimaryThemedResource(theme.Icon(theme.IconNameConfirm)))))
	words := tight(asked(answerLabel(a.Answer)), quiet(join(said(a.Text)+" "+a.File, said(a.Also))))
	if text := a.Answer.Text(); text != "" {
		words.Add(quiet(made(text)))
	}
	return onSurface(container.NewBorder(nil, nil, tick, nil, words))
}

// answerLabel is an answer as it is asked for; one that is its own label is a name.
func answerLabel(a model.QuestionAnswer) string {
	if a.Label == a.Value {
		return a.Label
	}
	return said(a.Label)
}

// question asks plainly, with lines of the file and what each answer makes of
// them. One press answers.
func (f *addingForm) question(q model.Question) (fyne.CanvasObject, fyne.Focusable) {
	box := stacked(tight(heading(said(q.Text)), quiet(join(q.File, said(q.Also)))))
	var first fyne.Focusable
	for _, l := range q.Lines {
		line := widget.NewLabel(l)
		line.Wrapping, line.TextStyle.Monospace = fyne.TextWrapBreak, true
		box.Add(line)
	}
	answers := container.New(&wrapLayout{least: 15})
	for _, a := range q.Answers {
		b := newCard(answerLabel(a), made(a.Text()), theme.Icon(theme.IconNameRadioButton), false, func() {
			f.w.addThen(func(ctx context.Context, p evidence.Progress) (model.Outcome, error) {
				return f.w.desk.Answer(ctx, q, a.Value, p)
			})
		})
		answers.Add(b)
		b.seen = f.reveal
		if first == nil && !q.Own() {
			first = b
		}
	}
	box.Add(answers)
	box.Add(quiet(said(q.Later)))
	return onSurface(box), first
}
