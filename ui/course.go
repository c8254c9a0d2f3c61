package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"daybook/timeline/casework"
	"daybook/ui/model"
)

// course is what happened, in order, with its effect and both counts of
// occasions.
func (p *lawView) course() error {
	c, err := p.w.desk.Course(context.Background())
	if err != nil {
		return err
	}
	p.result.Add(plain(strings.Join(allSaid(c.Said), " ")))
	codes := container.New(flow{-theme.Padding()})
	for _, f := range c.Codes {
		codes.Add(container.New(&aside{wide: 24}, plain(codeSaid(f.Name)), quiet(said(f.Text))))
	}
	p.result.Add(raised(codes))
	if len(c.Doers) > 0 {
		p.result.Add(doneByEach(c.Doers))
	}
	p.result.Add(quiet(lang.L("What happens close together counts as one occasion. Where that is wrong, split or join it here; both counts are always shown.")))
	listed(p.sheet, p.result, c.Steps, p.step)
	return nil
}

func (p *lawView) step(s model.CourseStep) fyne.CanvasObject {
	words := tight(doneBy(s.Doer, asked(said(s.Title)), plain(s.Text))...)
	for _, code := range s.Codes {
		words.Add(quiet(codeSaid(code)))
	}
	for _, e := range s.Effect {
		words.Add(quiet(lang.L("Effect: {{.Words}}", map[string]any{"Words": effectSaid(e)})))
	}
	if s.Hand != "" {
		words.Add(quiet(said(s.Hand)))
	}
	buttons := container.New(&lineLayout{}, p.see(s.ID))
	if s.Occasion > 0 {
		words.Add(quiet(lang.L("Occasion {{.N}}", map[string]any{"N": s.Occasion})))
		buttons.Add(p.button(lang.L("A new occasion begins here"), func() { p.cut(s, true) }))
		buttons.Add(p.button(lang.L("It belongs to the one before"), func() { p.cut(s, false) }))
	}
	return container.NewPadded(onSurface(stacked(words, buttons)))
}

// effectSaid is an effect in the person's own words, or the one answer that is ours.
func effectSaid(e string) string {
	if e == casework.FearedViolence {
		return said(e)
	}
	return e
}

// codeSaid is a code with its title in the language shown.
func codeSaid(code string) string {
	short, title, titled := strings.Cut(code, ": ")
	if !titled {
		return code
	}
	return short + ": " + said(title)
}

// cut asks why an occasion is split or joined; before that it says to which it would be
// joined, which need not be the one that stands above.
func (p *lawView) cut(s model.CourseStep, split bool) {
	why := newLine()
	why.SetPlaceHolder(lang.L("Why? The record keeps it."))
	title, about := lang.L("A new occasion begins here"), stacked(plain(said(s.Title)))
	if !split {
		o, err := p.w.desk.OccasionBefore(context.Background(), s.ID)
		if err != nil {
			p.w.tell(err)
			return
		}
		title = lang.L("It belongs to the one before")
		about.Add(plain(lang.L("The one before it on its channel ({{.Channel}}) ends here: {{.When}}. Events in it: {{.N}}.",
			map[string]any{"Channel": channelSaid(o.Channel), "When": said(o.Ends), "N": o.N})))
		about.Add(quiet(lang.L("What is added later between the two belongs to the same occasion.")))
	}
	about.Add(why)
	p.w.dialog(title, about, answer{text: lang.L("Cancel")}, answer{text: lang.L("Say so"), main: true, do: func() {
		p.done(p.w.desk.Cut(context.Background(), s.ID, split, why.Text))
	}})
	p.w.win.Canvas().Focus(why)
}
