package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// timeField asks for a time: how sure it is, the day, the time of day, and below
// them in words what was understood.
type timeField struct {
	*incidentForm
	field      model.Field
	form       *model.TimeForm
	read       func(time.Time) model.Understood
	understood *widget.RichText
	rows       *fyne.Container
	twice      *fyne.Container
}

func (f *incidentForm) time(question string, field model.Field, form *model.TimeForm, read func(time.Time) model.Understood) fyne.CanvasObject {
	t := &timeField{incidentForm: f, field: field, form: form, read: read, understood: quiet(""), rows: stacked(), twice: stacked()}
	how := f.chips(sures(), string(form.How), false, func(v string) {
		form.How = model.Sure(v)
		t.lay()
		t.changed()
	})
	t.lay()
	t.changed()
	return labelled(question, how, t.rows, t.understood, t.twice)
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
	hint := lang.L("Day: today, Monday, 14 March, 14/3/2026")
	if t.form.How == model.NotSure {
		hint = lang.L("Day, month or year, if you can say: March 2026")
	}
	clock := lang.L("Time: 18:30, 6.30 pm, now")
	day := t.line(&t.form.Day, hint).then(t.changed)
	t.lacking[t.field] = day
	t.rows.RemoveAll()
	switch {
	case t.form.HasUntil():
		t.rows.Add(beside(day, t.line(&t.form.Clock, clock).then(t.changed)))
		t.rows.Add(quiet(lang.L("And until")))
		t.rows.Add(beside(t.line(&t.form.UntilDay, lang.L("Day, if it is another")).then(t.changed), t.line(&t.form.UntilClock, clock).then(t.changed)))
	case t.form.HasClock():
		t.rows.Add(beside(day, t.line(&t.form.Clock, clock).then(t.changed)))
	default:
		t.rows.Add(day)
	}
	t.body.Refresh()
}

// changed says what is understood, and asks which of two where the clock showed
// a time twice.
func (t *timeField) changed() {
	if t.form.Empty() {
		t.understood.Hide()
		t.twice.RemoveAll()
		t.body.Refresh()
		return
	}
	u := t.read(t.w.env.Now())
	setText(t.understood, u.Sentence())
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
