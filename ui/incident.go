package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// ownAct says why it is asked whose act something was.
func ownAct() string {
	return lang.L("What you did yourself, like blocking a number, is never counted as theirs.")
}

// incidentForm is the page on which something is written down: free words
// first, then a few open questions.
type incidentForm struct {
	*typing
	form *model.Writing
}

// incidentPage begins a new incident.
func incidentPage(w *Window) view {
	form, err := w.desk.WriteDown()
	if err != nil {
		return failed(err)
	}
	return w.writing(form)
}

// writing is the form of an incident that is new, half written, or corrected.
func (w *Window) writing(form *model.Writing) view {
	f := &incidentForm{form: form, typing: w.typing(&form.Kept, func(now time.Time) (model.Saved, error) { return form.Save(context.Background(), now) }, w.savedIncident)}
	v := f.view(f.questions())
	if form.Correcting() {
		v.title = lang.L("Correct this")
	}
	return v
}

// questions fills the sheet and gives its first field.
func (f *incidentForm) questions() fyne.Focusable {
	a := &f.form.Form
	if why := f.form.ReadOnly(); why != "" {
		f.body.Add(plain(said(why)))
	}
	if f.form.Correcting() {
		f.reason(&a.Reason)
	} else {
		f.others()
	}
	what := f.lines(&a.What, lang.L("In your own words"), f.rowsOf(7))
	turned := quiet(lang.L("Some scripts may stand in another order while you type. They are saved as you typed them, and shown in the right order then."))
	mind := func() {
		if turned.Hidden == simple(a.What) {
			return
		}
		turned.Hidden = simple(a.What)
		f.body.Refresh()
	}
	turned.Hide()
	what.then(mind)
	mind()
	f.body.Add(f.asking(lang.L("What happened?"), lang.L("Your own words, written soon after, are what others will ask for first."), what, f.refusalAt(model.WhatField, what).say, turned))
	when, terms := f.when()
	f.body.Add(when)
	place := f.line(&a.Place.Text, "")
	f.body.Add(f.asking(lang.L("Where was it?"), lang.L("A place that comes again shows a pattern."), place, f.chips(model.PlaceTypes(), a.Place.Type, true, func(v string) { a.Place.Type = v }),
		f.tick(&a.Place.Protected, lang.L("Keep this place out of what the other side may read"))))
	f.body.Add(beside(f.asking(lang.L("Who did it?"), lang.L("Write only what you know. Nobody is named by a guess."), f.line(&a.Who, lang.L("A name, a number, or “not known”")).then(terms.lay)),
		f.asking(lang.L("How do you know who it was?"), lang.L("It shows how sure it is, to you and to whoever reads it."), f.line(&a.HowKnown, lang.L("Saw, heard, was told, not sure")))))
	own := a.Own()
	mine := f.tick(&own, lang.L("I did this myself"))
	mine.OnChanged = a.SetOwn
	f.body.Add(f.asking(lang.L("Was it something that you did?"), ownAct(), mine))
	f.body.Add(f.shows(lang.L("Is there a picture or a file of it?")))
	for _, s := range f.sections() {
		f.body.Add(f.fold(s))
	}
	return what
}

// others leads to what is not finished, and to what was saved.
func (f *incidentForm) others() {
	drafts, err := f.w.desk.Drafts()
	if err != nil {
		f.body.Add(plain(told(err)))
	}
	drafts = slices.DeleteFunc(drafts, func(d model.DraftLine) bool { return d.Register != "" || f.form.Is(d) })
	const most = 3
	for _, d := range drafts[:min(most, len(drafts))] {
		f.body.Add(f.sheet.draftLine(d))
	}
	list := f.button(lang.L("What was written down"), f.w.diary)
	list.Importance = widget.LowImportance
	f.body.Add(container.NewBorder(nil, nil, nil, list, quiet(lang.L("Only the first two questions need an answer. Ctrl+Enter saves."))))
}

// when asks for the time of it, and whether it may break what was forbidden then; of
// that it says more once it is written who did it.
func (f *incidentForm) when() (fyne.CanvasObject, *termsAsked) {
	a := &f.form.Form
	source := f.chips(model.TimeSources(), a.TimeSource, true, func(v string) { a.TimeSource = v })
	later := f.fold(section{lang.L("Did you notice it later?"), a.Noticed.Day != "", func() []fyne.CanvasObject {
		return []fyne.CanvasObject{f.time(lang.L("When did you notice it?"), lang.L("Many things are found later. Both times are kept."), model.NoticedField, &a.Noticed, f.form.Noticed, nil)}
	}})
	terms := &termsAsked{form: f, box: stacked()}
	when := f.time(lang.L("When did it happen?"), lang.L("What came first and what followed shows a pattern. “Not sure” is a good answer too."), model.OccurredField, &a.Occurred, f.form.Occurred, terms.lay)
	known := f.asking(lang.L("How do you know the time?"), lang.L("A time from a phone and one that you remember are read differently."), source)
	return stacked(when, terms.box, known, later), terms
}

// termsAsked asks of each term that was in force on the day of the form whether
// what happened may break it.
type termsAsked struct {
	form *incidentForm
	box  *fyne.Container
	now  []model.TermAsked
}

func (t *termsAsked) lay() {
	f := t.form
	terms := f.form.Terms(f.w.env.Now())
	if slices.Equal(terms, t.now) {
		return
	}
	t.now = terms
	t.box.RemoveAll()
	if len(terms) > 0 {
		t.box.Add(quiet(lang.L("This was in force on that day. Whether it is broken is for the police and the court; what you think helps them.")))
	}
	for _, term := range terms {
		t.box.Add(t.ask(term))
	}
	f.body.Refresh()
}

// ask asks of one term whether it may be broken, and, where it may, what that needs.
func (t *termsAsked) ask(term model.TermAsked) fyne.CanvasObject {
	f, needs := t.form, stacked()
	draw := func(answer string) {
		needs.RemoveAll()
		if answer == "yes" {
			needs.Add(t.needs(term))
		}
		f.body.Refresh()
	}
	question := lang.L("May this break: “{{.Term}}”? ({{.Order}})", map[string]any{"Term": term.Text, "Order": term.Called})
	box := f.asking(question, lang.L("Each term is looked at by itself. You need not be certain."), f.chips(model.YesNo(), f.form.Form.Breaks[term.Key], true, func(v string) { f.form.MayBreak(term, v); draw(v) }), needs)
	for _, s := range term.Beside {
		if s != "" {
			box.Add(plain(said(s)))
		}
	}
	law, err := f.form.LawOf(context.Background(), term)
	if err != nil {
		law = told(err)
	}
	if law != "" {
		box.Add(quiet(said(law)))
	}
	draw(f.form.Form.Breaks[term.Key])
	return box
}

// needs asks for what belongs to a breach, and says what the order lacks.
func (t *termsAsked) needs(term model.TermAsked) fyne.CanvasObject {
	f, number := t.form, t.form.form.Form.Reported[term.Key]
	line := f.line(&number, "").then(func() { f.form.ReportedUnder(term, number) })
	box := stacked(f.asking(lang.L("Was it reported? Then the number of it"), lang.L("With a number it can be found again. Without one you can ask for it."), line))
	if term.Lacks != "" {
		box.Add(plain(lang.L("Of the order nothing is held yet on: {{.What}}. Without it a breach is hard to show. It can be added later, under “Reports, orders, changes”.", map[string]any{"What": term.Lacks})))
	}
	return box
}
