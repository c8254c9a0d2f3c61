package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// timeField asks for a time: the day and the time of day, how sure it is, and below
// them in words what was understood. The day comes first: it is what whoever comes to
// the question begins to type.
type timeField struct {
	*typing
	form       *model.TimeForm
	read       func(time.Time) model.Understood
	understood *widget.RichText
	rows       *fyne.Container
	twice      *fyne.Container
	parts      map[model.TimePart]fyne.Focusable
	refused    *refusal
	then       func() // after a change; may be nil
}

// time asks for a time, with the reason why. What then does follows each change.
func (f *typing) time(question, why string, field model.Field, form *model.TimeForm, read func(time.Time) model.Understood, then func()) fyne.CanvasObject {
	t := &timeField{typing: f, form: form, read: read, then: then, understood: quiet(""), rows: stacked(), twice: stacked(), parts: map[model.TimePart]fyne.Focusable{}}
	t.refused = f.refusal(field, t.part)
	t.refused.told = t.understood.Hide
	how := f.chips(sures(), string(form.How), false, func(v string) {
		form.How = model.Sure(v)
		t.lay()
		t.changed()
	})
	t.lay()
	t.changed()
	return lastFirst(f.asking(question, why, t.rows, how, t.understood, t.refused.say, t.twice))
}

func sures() []model.Option {
	words := map[model.Sure]string{model.Exactly: lang.L("Exactly"), model.About: lang.L("About"), model.Between: lang.L("Between"),
		model.ThatDay: lang.L("That day"), model.NotSure: lang.L("Not sure")}
	var out []model.Option
	for _, s := range model.Sures() {
		out = append(out, model.Option{Value: string(s), Label: words[s]})
	}
	return out
}

// lay puts the fields there that belong to how sure the time is. What was typed
// in the others is kept.
func (t *timeField) lay() {
	hint := lang.L("Day: Monday, 14/3/2026")
	if t.form.How == model.NotSure {
		hint = lang.L("Day, month or year, if you can say: March 2026")
	}
	clock := lang.L("Time: 18:30, 6.30 pm, now")
	clear(t.parts)
	day := t.input(model.DayPart, &t.form.Day, hint)
	t.rows.RemoveAll()
	switch {
	case t.form.HasUntil():
		t.rows.Add(beside(day, t.input(model.ClockPart, &t.form.Clock, clock)))
		t.rows.Add(quiet(lang.L("And until")))
		t.rows.Add(beside(t.input(model.UntilDayPart, &t.form.UntilDay, lang.L("Day, if it is another")), t.input(model.UntilClockPart, &t.form.UntilClock, clock)))
	case t.form.HasClock():
		t.rows.Add(beside(day, t.input(model.ClockPart, &t.form.Clock, clock)))
	default:
		t.rows.Add(day)
	}
	t.body.Refresh()
}

// input makes the field of a part.
func (t *timeField) input(part model.TimePart, text *string, hint string) *formField {
	f := t.line(text, hint).then(t.changed)
	t.parts[part] = f
	return f
}

// part gives the field of a part; where that part is not asked for, the day.
func (t *timeField) part(p model.TimePart) fyne.Focusable {
	if p == model.WhichPart && len(t.twice.Objects) > 0 {
		return t.twice.Objects[0].(*chips)
	}
	if f, ok := t.parts[p]; ok {
		return f
	}
	return t.parts[model.DayPart]
}

// changed says what is understood, and asks which of two where the clock showed
// a time twice.
func (t *timeField) changed() {
	t.refused.clear(t.sheet)
	if t.then != nil {
		t.then()
	}
	if t.form.Empty() {
		t.understood.Hide()
		t.twice.RemoveAll()
		t.body.Refresh()
		return
	}
	u := t.read(t.w.env.Now())
	setText(t.understood, said(u.Sentence()))
	if t.understood.Hidden {
		t.understood.Show()
		t.body.Refresh()
	}
	if !u.Back {
		t.form.Which = ""
		t.twice.RemoveAll()
		return
	}
	if len(t.twice.Objects) == 0 {
		t.twice.Add(t.chips([]model.Option{{Value: model.First, Label: lang.L("The first, before the change")}, {Value: model.Second, Label: lang.L("The second, after it")}, {Value: model.EitherOfTwo, Label: lang.L("Not sure")}},
			t.form.Which, false, func(v string) { t.form.Which = v; t.changed() }))
		t.body.Refresh()
	}
}
