package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"daybook/assets/registers"
	"daybook/timeline"
	"daybook/ui/model"
)

// registerForm asks for what a register asks for: words first, then when, then
// its fields.
type registerForm struct {
	*typing
	form  *model.Entering
	terms *fyne.Container // of the entry that is named; nil: none are asked for
}

// writeEntry begins an entry of a register.
func (w *Window) writeEntry(kind timeline.Kind, about ...timeline.ID) {
	if !w.leave() {
		return
	}
	form, err := w.desk.Enter(kind, about...)
	if err != nil {
		w.tell(err)
		return
	}
	w.put(registersAt(), w.entering(form))
}

func (w *Window) correctEntry(event string) {
	if !w.leave() {
		return
	}
	form, err := w.desk.CorrectEntry(event)
	if err != nil {
		w.tell(err)
		return
	}
	w.put(registersAt(), w.entering(form))
}

// entering is the form of an entry that is new, half written, or corrected.
func (w *Window) entering(form *model.Entering) view {
	f := &registerForm{form: form, typing: w.typing(&form.Kept, func(now time.Time) (model.Saved, error) { return form.Save(context.Background(), now) }, w.savedEntry)}
	v := f.view(f.questions())
	v.title = said(form.Kind.Title)
	return v
}

// questions fills the sheet and gives its first field.
func (f *registerForm) questions() fyne.Focusable {
	kind, a := f.form.Kind, &f.form.Form
	if why := f.form.ReadOnly(); why != "" {
		f.body.Add(plain(said(why)))
	}
	if f.form.Correcting() {
		f.reason(&a.Reason)
	} else if kind.About != "" {
		f.body.Add(quiet(said(kind.About)))
	}
	if kind.Private {
		f.body.Add(quiet(f.form.Say(privately())))
	}
	if item := f.form.Answers(); item != "" {
		f.body.Add(heading(item))
	}
	words := f.words()
	when := f.time(f.needed(kind.Dates.Occurred), kind.Why, model.OccurredField, &a.Occurred, f.form.Occurred, nil)
	f.body.Add(when)
	if words == nil {
		words = firstField(when)
	}
	for _, field := range kind.Fields {
		if f.form.Asks(field) {
			f.body.Add(f.field(field))
		}
	}
	if kind.Terms {
		f.body.Add(f.asTerms())
	}
	if kind.Dates.Ends != "" {
		f.body.Add(f.day(said(kind.Dates.Ends), kind.Why, model.EndsField, &a.Until.Day, f.form.Ends))
	}
	if kind.Dates.Due != "" {
		f.body.Add(f.day(said(kind.Dates.Due), kind.Why, model.DueField, &a.ToDo.Day, f.form.ToDo))
	}
	if kind.Events != "" {
		f.body.Add(f.links())
	}
	f.body.Add(f.shows(lang.L("Is there a picture or a file of it?")))
	return words
}

// words asks for the person's own words. Those of somebody else stand there to be
// read, and cannot be changed; nil then.
func (f *registerForm) words() fyne.Focusable {
	a, kind := &f.form.Form, f.form.Kind
	if by := f.form.Theirs(); by != "" {
		f.body.Add(labelled(said(kind.Words), plain(a.Words), quiet(theirWords(by))))
		return nil
	}
	words := f.lines(&a.Words, f.form.Say(lang.L("In your own words")), 4)
	f.body.Add(f.asking(f.needed(kind.Words), kind.Why, words, f.refusalAt(model.WhatField, words).say))
	return words
}

// theirWords says whose words cannot be changed by whoever is at the keyboard.
func theirWords(by string) string {
	return lang.L("{{.Name}} wrote these words, and nobody else changes them. Write down beside them what you know yourself.", map[string]any{"Name": by})
}

// needed marks a question that must be answered.
func needed(question string) string {
	return lang.L("{{.Question}} (needed)", map[string]any{"Question": said(question)})
}

// needed marks such a question in the language in which the form asks.
func (f *registerForm) needed(question string) string {
	return cmp.Or(f.form.Needed(question), needed(question))
}

// asks is the question of a field, with whether it must be answered: always, or where
// another is answered so.
func (f *registerForm) asks(field registers.Field) string {
	if field.Required {
		return f.needed(field.Label)
	}
	if _, answer, ok := field.If(); ok {
		answer = model.ChoiceLabel(answer)
		return cmp.Or(f.form.NeededIf(field.Label, answer), lang.L("{{.Question}} (needed if the answer above is “{{.Answer}}”)", map[string]any{"Question": said(field.Label), "Answer": said(answer)}))
	}
	return said(field.Label)
}

// field asks for one thing that the register asks for.
func (f *registerForm) field(field registers.Field) fyne.CanvasObject {
	question := f.asks(field)
	if by := f.form.Theirs(); by != "" && field.Theirs {
		answer := f.form.Answered(field)
		return labelled(question, plain(strings.TrimSpace(answer.Typed+" "+f.form.Say(answer.Chosen))), quiet(theirWords(by)))
	}
	a, id := &f.form.Form, field.ID
	set := func(v string) { a.Fields[id] = v }
	switch field.Type {
	case registers.Day:
		text := a.Days[id]
		return f.day(question, f.because(field), model.Field(id), &text, f.form.DayOf(id), func() { a.Days[id] = text })
	case registers.Choice:
		return f.choose(question, field, f.choices(field), set)
	case registers.Entry:
		return f.oneOf(question, field, f.form.Others(field), func(v string) { set(v); f.layTerms() })
	case registers.Term:
		f.terms = stacked()
		f.layTerms()
		return f.terms
	}
	rows := 1
	if field.Type == registers.Words {
		rows = 2
	}
	text := a.Fields[id]
	line := f.sheet.field(&text, hintOf(field), rows).then(func() { set(text) })
	return f.asking(question, f.because(field), line, f.refusalAt(model.Field(id), line).say)
}

// because says why a field is asked for: by its own reason, or by that of the register.
func (f *registerForm) because(field registers.Field) string {
	return cmp.Or(field.Why, f.form.Kind.Why)
}

func hintOf(field registers.Field) string {
	if field.Type == registers.Money {
		return lang.L("Pounds: 12.50; other money: 20 EUR")
	}
	return ""
}

func (f *registerForm) choices(field registers.Field) []model.Option {
	var out []model.Option
	for _, c := range field.Choices {
		out = append(out, model.Option{Value: c, Label: f.form.Say(model.ChoiceLabel(c))})
	}
	return out
}

// choose offers answers.
func (f *registerForm) choose(question string, field registers.Field, options []model.Option, set func(string)) fyne.CanvasObject {
	var refused *refusal
	c := f.chips(options, f.form.Form.Fields[field.ID], true, func(v string) { set(v); refused.clear(f.sheet) })
	refused = f.refusal(model.Field(field.ID), func(model.TimePart) fyne.Focusable { return c })
	return f.asking(question, f.because(field), c, refused.say)
}

// oneOf offers what a person wrote, however long that is, a row each; once one is
// chosen it stands alone. Where there is none to choose yet it says so.
func (f *registerForm) oneOf(question string, field registers.Field, options []model.Option, set func(string)) fyne.CanvasObject {
	if len(options) == 0 {
		return f.none(question, field)
	}
	rows := stacked()
	var first *formButton
	refused := f.refusal(model.Field(field.ID), func(model.TimePart) fyne.Focusable { return first })
	var lay func()
	pick := func(v string) {
		set(v)
		refused.clear(f.sheet)
		lay()
		f.w.win.Canvas().Focus(first)
	}
	lay = func() {
		rows.RemoveAll()
		first = nil
		offered, name, other := options, lang.L("This one"), func(o model.Option) { pick(o.Value) }
		if i := slices.IndexFunc(options, func(o model.Option) bool { return o.Value == f.form.Form.Fields[field.ID] }); i >= 0 {
			offered, name, other = options[i:i+1], lang.L("Another one"), func(model.Option) { pick("") }
		}
		listed(f.sheet, rows, offered, func(o model.Option) fyne.CanvasObject {
			b := f.button(name, func() { other(o) })
			b.says = name + ": " + exhibitTitle(o.Label)
			if first == nil {
				first = b
			}
			return container.NewBorder(nil, nil, nil, stacked(b), plain(exhibitTitle(o.Label)))
		})
		f.body.Refresh()
	}
	lay()
	return f.asking(question, field.Why, onSurface(rows), refused.say)
}

// none says that there is nothing to choose, and leads to where it is written.
func (f *registerForm) none(question string, field registers.Field) fyne.CanvasObject {
	if field.Type == registers.Term {
		refused := f.refusal(model.Field(field.ID), func(model.TimePart) fyne.Focusable { return f.w.view.focus })
		return f.asking(question, f.because(field), quiet(lang.L("Its terms stand here once it is chosen.")), refused.say)
	}
	first := f.button(lang.L("Write it down first"), func() { f.w.writeEntry(timeline.Kind(field.Of)) })
	refused := f.refusal(model.Field(field.ID), func(model.TimePart) fyne.Focusable { return first })
	return f.asking(question, f.because(field), quiet(lang.L("There is none here yet.")), container.NewHBox(first), refused.say)
}

// layTerms offers the terms of the entry that is named.
func (f *registerForm) layTerms() {
	if f.terms == nil {
		return
	}
	f.terms.RemoveAll()
	for _, field := range f.form.Kind.Fields {
		if field.Type == registers.Term {
			f.terms.Add(f.oneOf(f.needed(field.Label), field, f.form.TermsOf(), func(v string) { f.form.Form.Fields[field.ID] = v }))
		}
	}
	f.body.Refresh()
}

// day asks for a day that may be to come, and says what was understood.
func (f *registerForm) day(question, why string, field model.Field, text *string, read func(time.Time) model.Understood, then ...func()) fyne.CanvasObject {
	understood := quiet("")
	line := f.line(text, lang.L("Day: 14 March 2026, 14/3/2026, tomorrow, in 2 weeks"))
	refused := f.refusalAt(field, line)
	show := func() {
		for _, do := range then {
			do()
		}
		u := read(f.w.env.Now())
		setText(understood, said(u.Sentence()))
		understood.Hidden = u.Words == "" && u.Err == nil
		f.body.Refresh()
	}
	refused.told = understood.Hide
	line.then(show)
	show()
	return f.asking(question, why, line, understood, refused.say)
}

// asTerms asks for the terms of an order, one by one. Those of an order that somebody
// else wrote down stand there to be read, as its words do.
func (f *registerForm) asTerms() fyne.CanvasObject {
	a := &f.form.Form
	if by := f.form.Theirs(); by != "" {
		list := stacked()
		for i, t := range a.Terms {
			list.Add(plain(fmt.Sprintf("%d. %s", i+1, t)))
		}
		return labelled(lang.L("What it forbids or asks for, term by term"), list, quiet(theirWords(by)))
	}
	list := f.several(lang.L("Add another term"), func() int { return len(a.Terms) }, func() { a.Terms = append(a.Terms, timeline.Term{}) }, func(i int) fyne.CanvasObject {
		return f.term(&a.Terms[i])
	})
	refused := f.refusal(model.TermsField, func(model.TimePart) fyne.Focusable { return firstField(list) })
	return f.asking(lang.L("What it forbids or asks for, term by term"), lang.L("Each is asked about by itself when something happens."), list, refused.say)
}

func (f *registerForm) term(t *timeline.Term) fyne.CanvasObject {
	return stacked(f.asking(lang.L("The term"), lang.L("The very words count."), f.lines(&t.Text, lang.L("As it is written"), 2)),
		f.chips([]model.Option{{Value: "prohibition", Label: lang.L("Forbidden")}, {Value: "requirement", Label: lang.L("Must be done")}}, t.Sort, true, func(v string) { t.Sort = v }),
		beside(f.asking(lang.L("Which people"), lang.L("An order can keep others safe too."), f.line(&t.People, "")), f.asking(lang.L("Which places"), lang.L("What happens there may break it."), f.line(&t.Places, ""))),
		quiet(lang.L("Answer both, “none” where it names none: a pack for an employer, a school or a landlord has the words of no other term, and a mark in the place of both.")),
		f.asking(lang.L("Which apps or sites"), lang.L("What is sent there may break it."), f.line(&t.Platforms, "")))
}

// links is what the entry is about: events that were picked on the timeline, and
// what was written down.
func (f *registerForm) links() fyne.CanvasObject {
	list := stacked()
	var lay func()
	lay = func() {
		list.RemoveAll()
		about, err := f.form.Linked()
		if err != nil {
			list.Add(plain(told(err)))
		}
		listed(f.sheet, list, about, func(l model.Linked) fyne.CanvasObject {
			return container.NewBorder(nil, nil, nil, f.button(lang.L("Not this one"), func() { f.form.Unlink(l.ID); lay() }), plain(linked(l)))
		})
		f.body.Refresh()
	}
	lay()
	choose := f.button(lang.L("Choose what you wrote down"), func() { f.pickIncident(lay) })
	return labelled(said(f.form.Kind.Events), list, container.NewHBox(choose), quiet(lang.L("Messages and other events: pick them on the timeline first, then press “Write about it…”.")))
}

// pickIncident offers what was written down.
func (f *registerForm) pickIncident(lay func()) {
	lines, err := f.w.desk.Incidents()
	if err != nil {
		f.w.tell(err)
		return
	}
	if len(lines) == 0 {
		f.w.notice(lang.L("Nothing is written down yet"), lang.L("Write down what happened first. Then you can choose it here."))
		return
	}
	var labels []string
	for _, l := range lines {
		labels = append(labels, said(l.When)+": "+begun(l.Begin))
	}
	pick := newSelection(labels, nil)
	pick.PlaceHolder = lang.L("Choose")
	f.w.dialog(lang.L("What is it about?"), stacked(pick), answer{text: lang.L("Cancel")}, answer{text: lang.L("Choose this one"), main: true, do: func() {
		if i := pick.SelectedIndex(); i >= 0 {
			if id, err := timeline.ParseID(lines[i].Event); err == nil {
				f.form.Link(id)
			}
			lay()
		}
	}})
	f.w.win.Canvas().Focus(pick)
}

// reason asks why something saved is corrected.
func (f *typing) reason(text *string) {
	reason := f.line(text, lang.L("A mistake in the time, a name that you know now"))
	refused := f.refusalAt(model.ReasonField, reason)
	f.body.Add(quiet(lang.L("Change what was wrong. The earlier version stays beside the new one, with your reason.")))
	f.body.Add(f.asking(lang.L("Why do you correct it?"), lang.L("Both versions are kept. The reason says why there are two."), reason, refused.say))
}
