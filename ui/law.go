package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/timeline"
	"daybook/timeline/casework"
	"daybook/ui/model"
)

// The parts of the page of the law.
const (
	offences = ""
	inOrder  = "course"
	guidance = "guidance"
)

// lawView sets what is held beside the law. It counts and lists, and says of
// nothing that it is made out.
type lawView struct {
	*sheet
	now    model.LawAsked
	result *fyne.Container
	pick   *selection // of the offence
	who    *choosing  // for whom it is looked at
}

func lawPage(w *Window) view {
	p := &lawView{sheet: w.broadSheet(), now: w.desk.Asked().Law, result: stacked()}
	part := p.chips([]model.Option{{Value: offences, Label: lang.L("An offence, part by part")}, {Value: inOrder, Label: lang.L("What happened, in order")}, {Value: guidance, Label: lang.L("Rules and guidance")}},
		p.now.Part, false, func(v string) {
			p.now.Part = v
			p.draw()
		})
	p.body.Add(part)
	p.body.Add(p.result)
	p.draw()
	return view{content: p.scroll, focus: part, leave: func() error { w.desk.KeepLaw(p.now); return nil }}
}

func (p *lawView) draw() {
	p.w.desk.KeepLaw(p.now)
	p.result.RemoveAll()
	var err error
	switch p.now.Part {
	case inOrder:
		err = p.course()
	case guidance:
		err = p.shelf()
	default:
		err = p.offence()
	}
	if err != nil {
		p.result.Add(plain(told(err)))
	}
	p.body.Refresh()
}

// done draws the page again after something was said, or tells why it was not.
func (p *lawView) done(err error) {
	p.w.tell(err)
	p.draw()
}

// offence shows an offence with what may show each of its elements.
func (p *lawView) offence() error {
	ctx := context.Background()
	p.result.Add(quiet(lang.L("This is an index for whoever decides. It says of nothing that it is made out, and it gives no advice.")))
	day := p.line(&p.now.Day, lang.L("Empty: that of the last incident"))
	day.OnSubmitted = func(string) { p.draw() }
	who, err := p.whom(ctx)
	if err != nil {
		return err
	}
	p.result.Add(beside(labelled(lang.L("The law as it stood on this day (Enter looks it up)"), day), labelled(lang.L("Who"), who)))
	of, err := p.w.desk.Offences(ctx, p.now, p.w.env.Now())
	if err != nil {
		return err
	}
	p.pick = newSelection(labelsOf(of.List), nil)
	for i, o := range of.List {
		if o.Value == of.Now {
			p.pick.SetSelectedIndex(i)
		}
	}
	p.pick.OnChanged = func(string) {
		p.now.Offence = of.List[p.pick.SelectedIndex()].Value
		p.draw()
		p.w.win.Canvas().Focus(p.pick)
	}
	p.result.Add(under(lang.L("In force on {{.Day}}", map[string]any{"Day": said(of.Day)}), p.pick))
	if of.Now == "" {
		return nil
	}
	o, err := p.w.desk.Offence(ctx, of.Now, p.now.Person)
	if err != nil {
		return err
	}
	if p.now.Person != "" {
		p.result.Add(quiet(lang.L("Only what this person sent or got, and what you wrote down that names them. What you keep under “Reports, orders, changes” is of everybody.")))
	}
	for _, l := range o.Lines {
		p.result.Add(p.element(o, l))
	}
	if len(o.Doers) > 0 {
		p.result.Add(doneByEach(o.Doers))
	}
	if o.Beside != "" {
		p.result.Add(quiet(said(o.Beside)))
	}
	if len(o.Aside) > 0 {
		p.result.Add(quiet(strings.Join(allSaid(o.Aside), " ")))
	}
	if o.Out != "" {
		p.result.Add(quiet(said(o.Out) + "."))
	}
	if len(o.Hand) > 0 {
		p.result.Add(byHand(o.Hand))
	}
	p.result.Add(p.counts(o))
	p.result.Add(p.considered(o))
	p.result.Add(p.card(o))
	return nil
}

// doneByEach is how much each is said to have done, where several are named.
func doneByEach(doers []model.Fact) fyne.CanvasObject {
	rows := container.New(flow{-theme.Padding()})
	for _, d := range doers {
		name := d.Name
		if name == model.NobodyNamed {
			name = said(model.Capital(name))
		}
		rows.Add(container.New(&aside{wide: 24}, plain(name), quiet(said(d.Text))))
	}
	return under(lang.L("Said to be done by several, or from them"), raised(rows))
}

// byHand is what was said of where the occasions begin, by whom and why.
func byHand(hand []model.Fact) fyne.CanvasObject {
	rows := stacked()
	for _, h := range hand {
		rows.Add(quiet(said(h.Name) + ": " + said(h.Text)))
	}
	return under(lang.L("Occasions that were joined or split by hand"), rows)
}

// counts are the days that the offence's rule of time gives, each with what it is
// counted from.
func (p *lawView) counts(o model.OffencePage) fyne.CanvasObject {
	box := under(lang.L("A day to know of"), plain(strings.Join(allSaid(o.Rule), "\n")))
	for _, c := range o.Counts {
		box.Add(plain(strings.Join(allSaid(c.Said), "\n")))
		if c.From != nil {
			box.Add(quiet(lang.L("It is counted from the last of what is linked to this offence:")))
			box.Add(p.cell("", *c.From))
		}
	}
	if len(o.Counts) > 0 {
		box.Add(quiet(lang.L("This is information. It is no reason to give up: other offences have no such day, and what was done before can still count.")))
	}
	return box
}

// whom asks for whom the offence is looked at. The line stays while the rest is drawn
// anew, with what is typed in it.
func (p *lawView) whom(ctx context.Context) (*choosing, error) {
	list, err := p.w.desk.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	if p.who == nil {
		p.who = newChoosing()
		p.who.SetPlaceHolder(lang.L("Everybody"))
		for _, whom := range list {
			if whom.Key == p.now.Person {
				p.who.SetText(whom.Name)
			}
		}
	}
	p.who.person(p.who.Text, list)
	p.who.OnChanged = func(text string) {
		p.w.touch(nil)
		if key, found := p.who.person(text, list); found && key != p.now.Person {
			p.now.Person = key
			p.draw()
			p.w.win.Canvas().Focus(p.who)
		}
	}
	return p.who, nil
}

// element is one thing that must be shown, with what may show it.
func (p *lawView) element(o model.OffencePage, l casework.Line) fyne.CanvasObject {
	name := o.Matrix.Offence.ID + "/" + l.ID
	box := stacked(asked(said(l.Text)))
	if l.Either != "" {
		box.Add(quiet(lang.L("Of those with this line, one is enough.")))
	}
	if len(l.Cells) == 0 {
		box.Add(quiet(lang.L("No material linked yet")))
	} else if l.Least > 0 {
		box.Add(quiet(lang.L("Occasions that are asked for: {{.Least}} or more. Linked: {{.N}}, {{.Rule}} by the rule alone.", map[string]any{"Least": l.Least, "N": l.Occasions, "Rule": l.ByRule})))
	}
	for _, d := range l.Beside() {
		box.Add(quiet(said(model.Capital(d)) + "."))
	}
	if l.Told != nil {
		box.Add(quiet(said(l.Told.String())))
	}
	if len(l.Cells) > 0 {
		byHand := slices.ContainsFunc(l.Cells, func(c casework.Cell) bool { return c.Hand })
		box.Add(p.fold(section{lang.L("What may show it: {{.N}}", map[string]any{"N": len(l.Cells)}), byHand || len(l.Cells) <= 3, func() []fyne.CanvasObject {
			rows := stacked()
			listed(p.sheet, rows, l.Cells, func(c casework.Cell) fyne.CanvasObject { return p.cell(name, c) })
			return rows.Objects
		}}))
	}
	box.Add(container.NewHBox(p.button(lang.L("Link something to this"), func() { p.link(l.Text, name) })))
	return container.NewPadded(onSurface(box))
}

// cell is one event that may show an element, and why; of no element, it is not taken
// off here.
func (p *lawView) cell(element string, c casework.Cell) fyne.CanvasObject {
	buttons := stacked(p.see(c.Event))
	if c.Hand && element != "" {
		buttons.Add(p.button(lang.L("Take the link off"), func() { p.done(p.w.desk.UnlinkElement(context.Background(), element, c.Event)) }))
	}
	return container.NewBorder(nil, nil, nil, buttons, tight(doneBy(c.Doer, plain(said(model.DayText(c.Day))+": "+c.Text), quiet(whySaid(c.Why)))...))
}

// whySaid is why something may show an element, in the language shown, with what
// somebody wrote as it is.
func whySaid(why string) string {
	if speaksWelsh() {
		return welsh().Formed(why, casework.FormsOfWhy())
	}
	return why
}

// ofOneName is what tells who did something from another of one name.
func ofOneName(d casework.Doer) string {
	var all []string
	for _, h := range d.Handles(func(s string) string { return s }) {
		all = append(all, made(h))
	}
	if len(all) == 0 {
		return ""
	}
	return " (" + strings.Join(all, "; ") + ")"
}

// doneBy puts below the first of some words who did it, where anything says so.
func doneBy(d casework.Doer, words ...fyne.CanvasObject) []fyne.CanvasObject {
	said := ""
	switch {
	case d.Own:
		said = lang.L("Something you did yourself")
	case d.Said != "":
		said = lang.L("Said to be done by {{.Who}}", map[string]any{"Who": d.Said + ofOneName(d)})
	case d.From != "":
		said = lang.L("From {{.Who}}", map[string]any{"Who": d.From + ofOneName(d)})
	}
	if said == "" {
		return words
	}
	return slices.Insert(words, 1, fyne.CanvasObject(quiet(said)))
}

func (p *lawView) see(id timeline.ID) *formButton {
	return p.button(lang.L("See it"), func() { p.w.showTimeline(lookFor{keep: &id, pick: true}) })
}

// link offers what was written down and what has a mark.
func (p *lawView) link(text, element string) {
	ctx := context.Background()
	list, err := p.w.desk.Linkable(ctx)
	if err != nil {
		p.w.tell(err)
		return
	}
	if len(list) == 0 {
		p.w.notice(lang.L("Nothing can be linked yet"), lang.L("Write down what happened, or mark a message on the timeline. Then it can be linked here, or with “Mark…” there."))
		return
	}
	var names []string
	for _, l := range list {
		names = append(names, linked(l))
	}
	pick := newSelection(names, nil)
	pick.PlaceHolder = lang.L("Choose")
	p.w.dialog(lang.L("What may show this?"), stacked(plain(said(text)), pick, quiet(lang.L("Messages and other events: pick them on the timeline and press “Mark…”."))), answer{text: lang.L("Cancel")},
		answer{text: lang.L("Link it"), main: true, do: func() {
			if i := pick.SelectedIndex(); i >= 0 {
				p.done(p.w.desk.LinkElement(ctx, element, list[i].ID))
			}
		}})
	p.w.win.Canvas().Focus(pick)
}

// considered is what was thought of, and why or why not.
func (p *lawView) considered(o model.OffencePage) fyne.CanvasObject {
	box := under(lang.L("Considered, and why or why not"))
	if len(o.Considered) == 0 {
		box.Add(quiet(lang.L("Nothing yet.")))
	}
	for _, c := range o.Considered {
		read := p.button(lang.L("Read"), func() { p.w.entry(c.Event.String()) })
		words := tight(asked(c.Law+": "+said(model.ChoiceLabel(c.Outcome))), plain(c.Words))
		if c.By != "" {
			words.Add(quiet(c.By))
		}
		box.Add(container.NewBorder(nil, nil, nil, stacked(read), words))
	}
	box.Add(container.NewHBox(p.button(lang.L("Write why, or why not"), func() { p.w.consider(o.Matrix.Offence.ID) })))
	return box
}

// consider begins an entry on an offence.
func (w *Window) consider(offence string) {
	form, err := w.desk.Consider(offence)
	if err != nil {
		w.tell(err)
		return
	}
	if w.leave() {
		w.put(registersAt(), w.entering(form))
	}
}

// card is what the law says of an offence, what would point the other way, and
// how it differs from others.
func (p *lawView) card(o model.OffencePage) fyne.CanvasObject {
	box := stacked(heading(said(o.Matrix.Offence.Label)))
	for _, f := range o.About {
		box.Add(container.New(&aside{wide: 14}, quiet(said(f.Name)), plain(said(f.Text))))
	}
	if len(o.Away) > 0 {
		box.Add(under(lang.L("What would point the other way, and is kept too"), plain(strings.Join(allSaid(o.Away), "\n"))))
	}
	if len(o.Asks) > 0 {
		box.Add(heading(lang.L("How it differs from others")))
	}
	for _, a := range o.Asks {
		rows := tight(asked(said(a.Question)))
		for _, f := range a.Answers {
			rows.Add(container.New(&aside{wide: 14}, quiet(said(f.Name)), plain(said(f.Text))))
		}
		box.Add(rows)
	}
	return box
}

// shelf lists rules of time, guidance and checklists, and why they may be old.
func (p *lawView) shelf() error {
	shelf, warnings, err := p.w.desk.Guidance(context.Background(), p.w.env.Now())
	if err != nil {
		return err
	}
	for _, w := range warnings {
		p.result.Add(plain(said(w)))
	}
	inUse, err := p.w.desk.LawInUse(context.Background())
	if err != nil {
		return err
	}
	load := p.button(lang.L("Load a newer law…"), func() { p.w.pick(func(paths []string) { p.read(paths[0]) }) })
	p.result.Add(under(lang.L("The law that this case goes by"), plain(strings.Join(allSaid(inUse), "\n")), container.NewHBox(load)))
	listed(p.sheet, p.result, shelf, func(g model.GuidePage) fyne.CanvasObject {
		return p.fold(section{said(g.Title), false, func() []fyne.CanvasObject {
			var out []fyne.CanvasObject
			for _, l := range g.Lines {
				out = append(out, plain(said(l)))
			}
			from := newCopyBlock(p.w, p.w.set, said(g.From), nil)
			from.seen = p.reveal
			return append(out, widget.NewSeparator(), from)
		}})
	})
	return nil
}

// read reads a law from a file, says what it says it is and who signed it, and asks
// before it is kept.
func (p *lawView) read(path string) {
	ctx := context.Background()
	pack, err := p.w.desk.ReadLaw(ctx, path)
	if err != nil {
		p.w.tell(err)
		return
	}
	facts := container.New(flow{-theme.Padding()})
	for _, f := range pack.Facts {
		facts.Add(container.New(&aside{wide: 12}, quiet(said(f.Name)), plain(made(f.Text))))
	}
	p.w.dialog(lang.L("Keep this law in the case?"), stacked(plain(lang.L("Its signature holds. The case goes by it from then on: offences, codes, orders, bundles. The record keeps that it was loaded.")), facts),
		answer{text: lang.L("Do not keep it"), main: true}, answer{text: lang.L("Keep it"), do: func() { p.done(p.w.desk.TakeLaw(ctx, pack)) }})
}
