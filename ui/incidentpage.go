package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/timeline"
	"daybook/ui/model"
)

// diary lists what is not finished and what was written down.
func (w *Window) diary() {
	if !w.leave() {
		return
	}
	s := w.sheet()
	write := s.button(lang.L("Write it down"), func() { w.show(writeID) })
	write.Importance = widget.HighImportance
	s.body.Add(container.NewHBox(write))
	drafts, err := w.desk.Drafts()
	if err != nil {
		s.body.Add(plain(told(err)))
	}
	if len(drafts) > 0 {
		s.body.Add(heading(lang.L("Not finished")))
	}
	for _, d := range drafts {
		s.body.Add(s.draftLine(d, s.button(lang.L("Throw away"), func() { w.discard(d) })))
	}
	lines, err := w.desk.Incidents()
	if err != nil {
		w.put(w.page, failed(err))
		return
	}
	s.body.Add(heading(lang.L("Written down")))
	if len(lines) == 0 {
		s.body.Add(quiet(lang.L("Nothing yet.")))
	}
	listed(s, s.body, lines, func(l model.IncidentLine) fyne.CanvasObject {
		return container.NewBorder(nil, nil, nil, stacked(s.button(lang.L("Read"), func() { w.incident(l.Event) })),
			tight(asked(said(l.When)), plain(begun(l.Begin)), quiet(said(l.Entry))))
	})
	w.put(w.page, view{title: lang.L("What was written down"), content: s.scroll, focus: write})
}

// waiting leads from the first page to what is not finished and to what is to
// be answered; nil where nothing waits.
func (w *Window) waiting() fyne.CanvasObject {
	rows := stacked()
	row := func(text, what string, do func()) {
		rows.Add(container.NewBorder(nil, nil, nil, container.NewVBox(newButton(what, do)), plain(text)))
	}
	drafts, err := w.desk.Drafts()
	if err != nil {
		rows.Add(plain(told(err)))
	}
	for _, d := range drafts[:min(2, len(drafts))] {
		row(lang.L("Not finished:")+" "+w.onToday(d), lang.L("Go on with it"), func() { w.show(draftPage(d)); w.goOn(d) })
	}
	questions, err := w.desk.Questions(context.Background())
	if err != nil {
		rows.Add(plain(told(err)))
	}
	for _, q := range questions[:min(1, len(questions))] {
		row(lang.L("A question:")+" "+q.File, lang.L("Answer it"), func() { w.show(addID) })
	}
	due, private, err := w.desk.DueSoon(w.env.Now())
	if err != nil {
		rows.Add(plain(told(err)))
	}
	look := func(text string) { row(text, lang.L("Look at it"), func() { w.show(registersID) }) }
	if due > 0 {
		look(lang.L("To be done, or soon too late: {{.N}}", map[string]any{"N": due}))
	}
	if private > 0 { // whoever watches the screen learns no more
		look(lang.L("One thing is due"))
	}
	for _, text := range w.desk.Inbox() {
		row(said(text), lang.L("Look at it"), func() { w.show(devicesID) })
	}
	if len(rows.Objects) == 0 {
		return nil
	}
	return under(lang.L("This waits for you"), raised(container.NewPadded(rows)))
}

// draftLine leads to what is not finished.
func (s *sheet) draftLine(d model.DraftLine, more ...fyne.CanvasObject) fyne.CanvasObject {
	goOn := s.button(lang.L("Go on with it"), func() { s.w.goOn(d) })
	return container.NewBorder(nil, nil, nil, stacked(append([]fyne.CanvasObject{goOn}, more...)...),
		tight(plain(lang.L("Not finished:")+" "+s.w.begin(d)), quiet(said(d.When))))
}

// onToday is how a draft stands on the first page: what is private is not named
// where others may look over a shoulder.
func (w *Window) onToday(d model.DraftLine) string {
	if r, err := w.desk.RegisterOf(d.Register); d.Register != "" && (err != nil || r.Private) {
		return lang.L("something that you keep private")
	}
	return w.begin(d)
}

// begin is how a draft begins, with the register whose entry it is.
func (w *Window) begin(d model.DraftLine) string {
	if d.Register == "" {
		return begun(d.Begin)
	}
	r, err := w.desk.RegisterOf(d.Register)
	if err != nil {
		return begun(d.Begin)
	}
	return said(r.Title) + ": " + begun(d.Begin)
}

// begun is how something that was written begins, with our words where it corrects
// something or has no words.
func begun(words string) string {
	const correction = "A correction"
	if words == model.NothingWritten {
		return said(words)
	}
	if rest, ok := strings.CutPrefix(words, correction+": "); ok {
		return said(correction) + ": " + begun(rest)
	}
	return words
}

// draftPage is the page on which a draft is written.
func draftPage(d model.DraftLine) string {
	if d.Register != "" {
		return registersID
	}
	return writeID
}

// goOn continues a draft.
func (w *Window) goOn(d model.DraftLine) {
	if !w.leave() {
		return
	}
	var v view
	if d.Register == "" {
		form, err := w.desk.Continue(d.Name)
		if err != nil {
			w.tell(err)
			return
		}
		v = w.writing(form)
	} else {
		form, err := w.desk.ContinueEntry(d.Name)
		if err != nil {
			w.tell(err)
			return
		}
		v = w.entering(form)
	}
	p, _ := find(draftPage(d))
	w.put(p, v)
	if f, ok := v.focus.(*formField); ok {
		f.end()
	}
}

func (w *Window) discard(d model.DraftLine) {
	w.ask(lang.L("Throw this away?"), w.begin(d)+"\n\n"+lang.L("It was never saved, and cannot be brought back."), lang.L("Throw away"), lang.L("Keep it"), func() {
		w.tell(w.desk.Discard(d))
		w.diary()
	})
}

// savedIncident says calmly that it is saved, and shows it.
func (w *Window) savedIncident(saved model.Saved) {
	w.showIncident(saved.Event, func(s *sheet, _ model.IncidentPage) fyne.Focusable {
		done := s.button(lang.L("Done"), func() { w.show(homeID) })
		done.Importance = widget.HighImportance
		s.body.Add(confirmation(said(saved.Title), said(saved.Text), done, s.button(lang.L("Write another"), func() { w.show(writeID) }), w.onTimeline(s, saved.Event)))
		if len(saved.Also) > 0 {
			also := tight()
			for _, l := range saved.Also {
				also.Add(plain(said(l)))
			}
			s.body.Add(raised(container.NewPadded(also)))
		}
		return done
	})
}

// incident shows a saved incident.
func (w *Window) incident(event string) {
	if !w.leave() {
		return
	}
	w.showIncident(event, func(s *sheet, p model.IncidentPage) fyne.Focusable {
		correct := s.button(lang.L("Correct this"), func() { w.correct(event) })
		if p.Theirs != "" {
			s.body.Add(plain(theirWords(p.Theirs)))
			correct = s.button(lang.L("Write it down"), func() { w.show(writeID) })
		}
		s.body.Add(container.New(&wrapLayout{least: 11}, correct, w.onTimeline(s, event), s.button(lang.L("What was written down"), w.diary)))
		return correct
	})
}

// onTimeline leads to where an incident stands among everything else.
func (w *Window) onTimeline(s *sheet, event string) *formButton {
	return s.button(lang.L("See it on the timeline"), func() {
		id, err := timeline.ParseID(event)
		if err != nil {
			w.tell(err)
			return
		}
		w.showTimeline(lookFor{keep: &id, pick: true})
	})
}

func (w *Window) correct(event string) {
	if !w.leave() {
		return
	}
	form, err := w.desk.Correct(event)
	if err != nil {
		w.tell(err)
		return
	}
	w.put(w.page, w.writing(form))
}

func (w *Window) showIncident(event string, head func(*sheet, model.IncidentPage) fyne.Focusable) {
	in, err := w.desk.Incident(event)
	if err != nil {
		w.tell(err)
		return
	}
	s := w.sheet()
	focus := head(s, in)
	s.body.Add(heading(said(in.Title)))
	show := &pictures{w: w}
	for _, v := range in.Versions {
		s.body.Add(version(v, show))
	}
	p, _ := find(writeID)
	w.put(p, view{title: lang.L("Written down"), content: s.scroll, focus: focus, leave: show.close, again: func() { w.incident(event) }})
}

// version shows one version, read-only. What is another than before stands with
// what it was, and is told by words and not by colour alone.
func version(v model.VersionPage, show *pictures) fyne.CanvasObject {
	box, set := stacked(), show.w.set
	if v.Title != "" {
		box.Add(heading(said(v.Title)))
	}
	box.Add(quiet(said(v.Written)))
	if v.Reason != "" {
		box.Add(plain(lang.L("Why it was corrected:") + " " + v.Reason))
	}
	for _, part := range v.Parts {
		label := said(part.Label)
		if part.Apart {
			label += " (" + lang.L("kept apart") + ")"
		}
		row := container.New(flow{-theme.Padding()}, asked(label), newCopyBlock(show.w, set, answerOf(part.Answer), nil))
		if part.File.Item != 0 {
			row = stacked(show.beside(part.File, row))
		}
		if part.Was != nil {
			row.Add(quiet(lang.L("Before:") + " " + answerOf(*part.Was)))
		}
		box.Add(row)
	}
	return container.NewPadded(onSurface(box))
}

// answerOf is an answer as it was saved: what was typed as it was typed, and our words
// for what was chosen.
func answerOf(a model.Answer) string {
	if a.Typed == "" {
		return said(a.Chosen)
	}
	return join(a.Typed, said(a.Chosen))
}

// confirmation is a calm confirmation with what can be done next.
func confirmation(title, text string, next ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewPadded(onSurface(stacked(heading(title), plain(text), container.NewPadded(container.New(&wrapLayout{least: 13}, next...)))))
}

// onSurface puts an object on a ground of its own.
func onSurface(o fyne.CanvasObject) fyne.CanvasObject {
	ground := newSurface()
	return container.NewStack(ground, container.NewPadded(o))
}
