package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// keepEvery is how often what was typed is kept: a crash loses no more.
const keepEvery = time.Second

// incidentForm is the page on which something is written down: free words
// first, then a few open questions.
type incidentForm struct {
	*sheet
	form     *model.Writing
	status   *widget.RichText
	shown    *fyne.Container // what shows the incident
	pictures pictures
	lacking  map[model.Field]*refusal // in which something may lack
	page     fyne.CanvasObject

	stop    func() // ends the keeping
	keeping bool
	failed  string // why the draft could not be kept, as last told
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
	f := &incidentForm{pictures: pictures{w: w}, lacking: map[model.Field]*refusal{}, form: form, status: quiet(form.Status())}
	f.sheet = w.sheet()
	first := f.questions()
	foot := container.NewBorder(nil, nil, nil, container.NewHBox(
		f.button(lang.L("Finish later"), func() { w.show(homeID) }),
		f.saveButton()), f.status)
	f.stop = w.env.Every(keepEvery, f.keep)
	f.page = container.NewBorder(nil, foot, nil, nil, f.scroll)
	v := view{content: f.page, focus: first, leave: f.leave, dropped: f.dropped, paste: f.paste, save: f.save}
	if form.Correcting() {
		v.title = lang.L("Correct this")
	}
	return v
}

func (f *incidentForm) saveButton() *formButton {
	b := f.button(lang.L("Save for good"), f.save)
	b.Importance = widget.HighImportance
	return b
}

// keep keeps what was typed beside the window: a disk can be slow.
func (f *incidentForm) keep() {
	if f.gone() {
		f.stop()
		return
	}
	if f.keeping {
		return
	}
	keep, err := f.form.Due(f.w.env.Now())
	if err != nil {
		f.kept(err)
	}
	if keep == nil {
		return
	}
	f.keeping = true
	f.w.env.Go(func() {
		err := keep()
		f.w.env.Do(func() { f.kept(err) })
	})
}

// gone tells that the page was locked or hidden over, whatever could be kept:
// nothing of it may come up again.
func (f *incidentForm) gone() bool { return f.w.hidden || f.w.view.content != f.page }

// kept says in the foot how it went; what cannot be kept is told once more only
// when the reason is another.
func (f *incidentForm) kept(err error) {
	f.keeping = false
	if f.gone() {
		return
	}
	if err == nil {
		f.failed = ""
		setText(f.status, f.form.Status())
		return
	}
	setText(f.status, lang.L("What you type is not being kept."))
	if f.failed != err.Error() {
		f.failed = err.Error()
		f.w.tell(err)
	}
}

// leave keeps the draft before anything else comes.
func (f *incidentForm) leave() error {
	if err := f.form.Leave(f.w.env.Now()); err != nil {
		return err
	}
	return f.end()
}

// end stops what goes on beside the page.
func (f *incidentForm) end() error {
	f.stop()
	return f.pictures.close()
}

// save locks what was written, and says so.
func (f *incidentForm) save() {
	saved, err := f.form.Save(context.Background(), f.w.env.Now())
	if err != nil {
		var lack *model.Lack
		if errors.As(err, &lack) {
			f.refuse(lack)
			return
		}
		f.w.notice(lang.L("Not saved yet"), model.Sentence(err))
		return
	}
	f.w.tell(f.end())
	f.w.view.leave = nil
	f.w.savedIncident(saved)
}

// questions fills the sheet and gives its first field.
func (f *incidentForm) questions() fyne.Focusable {
	a := &f.form.Form
	if why := f.form.ReadOnly(); why != "" {
		f.body.Add(plain(why))
	}
	if f.form.Correcting() {
		reason := f.line(&a.Reason, lang.L("A mistake in the time, a name that you know now"))
		refused := f.refusalAt(model.ReasonField, reason)
		f.body.Add(quiet(lang.L("Change what was wrong. The earlier version stays beside the new one, with your reason.")))
		f.body.Add(labelled(lang.L("Why do you correct it?"), reason, refused.say))
	} else {
		f.others()
	}
	what := f.lines(&a.What, lang.L("In your own words"), 7)
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
	f.body.Add(labelled(lang.L("What happened?"), what, f.refusalAt(model.WhatField, what).say, turned))
	f.body.Add(f.when())
	place := f.line(&a.Place.Text, "")
	f.body.Add(labelled(lang.L("Where was it?"), place, f.chips(model.PlaceTypes(), a.Place.Type, true, func(v string) { a.Place.Type = v }),
		f.tick(&a.Place.Protected, lang.L("Keep this place out of what the other side may read"))))
	f.body.Add(beside(labelled(lang.L("Who did it?"), f.line(&a.Who, lang.L("A name, a number, or “not known”"))),
		labelled(lang.L("How do you know who it was?"), f.line(&a.HowKnown, lang.L("Saw, heard, was told, not sure")))))
	f.body.Add(f.shows())
	for _, s := range f.sections() {
		f.body.Add(f.fold(s))
	}
	return what
}

// others leads to what is not finished, and to what was saved.
func (f *incidentForm) others() {
	drafts, err := f.w.desk.Drafts()
	if err != nil {
		f.body.Add(plain(model.Sentence(err)))
	}
	drafts = slices.DeleteFunc(drafts, f.form.Is)
	const most = 3
	for _, d := range drafts[:min(most, len(drafts))] {
		text := tight(plain(lang.L("Not finished:")+" "+d.Begin), quiet(d.When))
		f.body.Add(container.NewBorder(nil, nil, nil, stacked(f.button(lang.L("Go on with it"), func() { f.w.goOn(d.Name) })), text))
	}
	list := f.button(lang.L("What was written down"), f.w.diary)
	list.Importance = widget.LowImportance
	f.body.Add(container.NewBorder(nil, nil, nil, list, quiet(lang.L("Only the first two questions need an answer. Ctrl+Enter saves."))))
}

// goOn continues a draft.
func (w *Window) goOn(name string) {
	if !w.leave() {
		return
	}
	form, err := w.desk.Continue(name)
	if err != nil {
		w.tell(err)
		return
	}
	v := w.writing(form)
	w.put(w.page, v)
	if f, ok := v.focus.(*formField); ok {
		f.end()
	}
}

// when asks for the time of it.
func (f *incidentForm) when() fyne.CanvasObject {
	a := &f.form.Form
	source := f.chips(model.TimeSources(), a.TimeSource, true, func(v string) { a.TimeSource = v })
	later := f.fold(section{lang.L("Did you notice it later?"), a.Noticed.Day != "", func() []fyne.CanvasObject {
		return []fyne.CanvasObject{f.time(lang.L("When did you notice it?"), model.NoticedField, &a.Noticed, f.form.Noticed)}
	}})
	return stacked(f.time(lang.L("When did it happen?"), model.OccurredField, &a.Occurred, f.form.Occurred), labelled(lang.L("How do you know the time?"), source), later)
}
