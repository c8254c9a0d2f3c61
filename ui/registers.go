package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/timeline"
	"daybook/ui/model"
)

// registersPage lists what there is to keep beside the incidents: reports,
// orders, changes and the like, with what is due. What each asks for is data.
func registersPage(w *Window) view {
	lines, err := w.desk.Registers(w.env.Now())
	if err != nil {
		return failed(err)
	}
	s := w.broadSheet()
	s.body.Add(plain(lang.L("What you told others, what was ordered, and what changed for you. Each entry stands on the timeline too.")))
	s.body.Add(s.chases())
	cards := container.New(&wrapLayout{least: 19})
	for _, l := range lines {
		cards.Add(s.registerCard(l))
	}
	s.body.Add(cards)
	return view{content: s.scroll, focus: cards.Objects[0].(*card)}
}

// chases leads to what has to be asked after, where there is any of it.
func (s *sheet) chases() fyne.CanvasObject {
	row := container.New(&lineLayout{})
	for _, o := range model.Chases() {
		list, err := s.w.desk.Chased(model.Chase(o.Value), s.w.env.Now())
		if err != nil {
			return plain(told(err))
		}
		if len(list) == 0 {
			continue
		}
		row.Add(s.button(lang.L("{{.What}}: {{.N}}", map[string]any{"What": said(o.Label), "N": len(list)}), func() { s.w.chased(o) }))
	}
	return row
}

// registerCard is one register: what it is for, how much is in it, what is due.
func (s *sheet) registerCard(l model.RegisterLine) *card {
	words := tight(asked(said(l.Title)), quiet(said(l.About)), plain(entriesText(l)))
	c := cardOf(said(l.Title), container.NewPadded(words), func() { s.w.register(timeline.Kind(l.Kind)) })
	c.seen = s.reveal
	return c
}

// entriesText says how many entries there are, what of them is due, and what has none.
func entriesText(l model.RegisterLine) string {
	var all []string
	switch {
	case l.Entries == 1:
		all = append(all, lang.L("1 entry"))
	case l.Entries > 1:
		all = append(all, lang.L("{{.N}} entries", map[string]any{"N": l.Entries}))
	case l.Marked+l.Beside == 0:
		all = append(all, lang.L("Nothing yet"))
	}
	count := func(n int, said string) {
		if n > 0 {
			all = append(all, said)
		}
	}
	count(l.Marked, lang.L("marked on the timeline: {{.N}}", map[string]any{"N": l.Marked}))
	count(l.Beside, lang.L("noted with incidents: {{.N}}", map[string]any{"N": l.Beside}))
	count(l.Without, lang.L("incidents with no report noted: {{.N}}", map[string]any{"N": l.Without}))
	count(l.Overdue, lang.L("overdue: {{.N}}", map[string]any{"N": l.Overdue}))
	count(l.Soon, lang.L("due soon: {{.N}}", map[string]any{"N": l.Soon}))
	return strings.Join(all, " · ")
}

// register shows the entries of one register, and begins another.
func (w *Window) register(kind timeline.Kind) {
	if !w.leave() {
		return
	}
	r, err := w.desk.RegisterOf(kind)
	if err != nil {
		w.tell(err)
		return
	}
	rows, err := w.desk.RegisterEntries(kind, w.env.Now())
	if err != nil {
		w.tell(err)
		return
	}
	s := w.sheet()
	write := s.button(lang.L("Write one down"), func() { w.writeEntry(kind) })
	if kind == timeline.Answer {
		write = s.button(lang.L("Answer in a paper"), func() { w.show(papersID) })
	}
	write.Importance = widget.HighImportance
	s.body.Add(container.New(&lineLayout{}, write, s.back()))
	s.body.Add(plain(said(r.About)))
	if r.Private {
		s.body.Add(quiet(privately()))
	}
	s.drafts(kind)
	s.entries(rows)
	w.put(registersAt(), view{title: said(r.Title), content: s.scroll, focus: write})
}

// privately says of a register who reads it.
func privately() string {
	return lang.L("Private: in no file that you hand over, unless you ask for it. It could still be asked for or seized.")
}

// registersAt is the page that all of this stands on.
func registersAt() page {
	p, _ := find(registersID)
	return p
}

func (s *sheet) back() *formButton {
	return s.button(lang.L("All of them"), func() { s.w.show(registersID) })
}

// drafts lists what is half written for a register.
func (s *sheet) drafts(kind timeline.Kind) {
	drafts, err := s.w.desk.Drafts()
	if err != nil {
		s.body.Add(plain(told(err)))
	}
	for _, d := range drafts {
		if d.Register == kind {
			s.body.Add(s.draftLine(d))
		}
	}
}

func (s *sheet) entries(rows []model.RegisterRow) {
	if len(rows) == 0 {
		s.body.Add(quiet(lang.L("Nothing yet.")))
	}
	listed(s, s.body, rows, s.entryRow)
}

// entryRow is an entry in a list. What is overdue is said in words, not in a
// colour.
func (s *sheet) entryRow(r model.RegisterRow) fyne.CanvasObject {
	words := tight(asked(said(r.When)), plain(begun(r.Begin)))
	facts := factsOf(r)
	if facts != "" {
		words.Add(quiet(facts))
	}
	if r.Due != "" {
		due := lang.L("By {{.Day}}", map[string]any{"Day": said(r.Due)})
		if r.Overdue {
			due = lang.L("By {{.Day}}: overdue", map[string]any{"Day": said(r.Due)})
		}
		words.Add(asked(due))
	}
	if r.Gone != "" {
		words.Add(asked(lang.L("It may be gone on {{.Day}}", map[string]any{"Day": said(r.Gone)})))
	}
	read := s.button(lang.L("Read"), func() { s.w.entry(r.Event) })
	if r.Marked {
		unsaid := lang.L("Marked as what may break an order. Which term was not said.")
		switch {
		case r.Others:
			unsaid = lang.L("Marked as what may break an order. The orders whose days fit are against somebody else than who did it.")
		case facts == "":
			unsaid = lang.L("Marked as what may break an order. Which order and which term was not said.")
		}
		words.Add(quiet(unsaid))
		read = s.w.onTimeline(s, r.Event)
	}
	return container.NewBorder(nil, nil, nil, stacked(read), words)
}

// factsOf are the choices of an entry and its number.
func factsOf(r model.RegisterRow) string { return join(together(r.Chosen), r.Facts) }

// linked is an event that an entry is about: what and when, and how it begins.
func linked(l model.Linked) string { return said(l.Kind) + ", " + said(l.When) + ": " + begun(l.Begin) }

// chased lists what has to be asked after, whichever register has it.
func (w *Window) chased(o model.Option) {
	rows, err := w.desk.Chased(model.Chase(o.Value), w.env.Now())
	if err != nil {
		w.tell(err)
		return
	}
	s := w.sheet()
	back := s.back()
	s.body.Add(container.New(&lineLayout{}, back))
	s.entries(rows)
	w.put(registersAt(), view{title: said(o.Label), content: s.scroll, focus: back})
}

// entry shows a saved entry of a register.
func (w *Window) entry(event string) { w.entryFrom(event, "") }

// entryFrom shows it to whoever comes back to it from an entry that it lists: the keys
// are where they were.
func (w *Window) entryFrom(event, from string) {
	if !w.leave() {
		return
	}
	w.showEntry(event, from, func(s *sheet, p model.RegisterPage) fyne.Focusable {
		list := s.button(said(p.Title), func() { w.register(timeline.Kind(p.Kind)) })
		row := container.New(&wrapLayout{least: 11}, w.onTimeline(s, event), list)
		first := fyne.Focusable(list)
		if !p.Final {
			correct := s.button(lang.L("Correct this"), func() { w.correctEntry(event) })
			row.Objects = append([]fyne.CanvasObject{correct}, row.Objects...)
			first = correct
		}
		if p.Order != "" {
			row.Add(s.button(lang.L("Go to the order"), func() { w.entryFrom(p.Order, event) }))
		}
		s.body.Add(row)
		return first
	})
}

// savedEntry says calmly that it is saved, and shows it.
func (w *Window) savedEntry(saved model.Saved) {
	w.showEntry(saved.Event, "", func(s *sheet, p model.RegisterPage) fyne.Focusable {
		kind := timeline.Kind(p.Kind)
		done, more := s.button(lang.L("Done"), func() { w.show(registersID) }), s.button(lang.L("Write another"), func() { w.writeEntry(kind) })
		if kind == timeline.Answer {
			done, more = s.button(lang.L("Back to the paper"), w.backToPaper), s.button(lang.L("All papers"), func() { w.show(papersID) })
		}
		done.Importance = widget.HighImportance
		s.body.Add(confirmation(said(saved.Title), said(saved.Text), done, more, w.onTimeline(s, saved.Event)))
		return done
	})
}

func (w *Window) showEntry(event, from string, head func(*sheet, model.RegisterPage) fyne.Focusable) {
	p, err := w.desk.Entry(event)
	if err != nil {
		w.tell(err)
		return
	}
	s := w.sheet()
	focus := head(s, p)
	if p.Private {
		s.body.Add(quiet(privately()))
	}
	s.body.Add(heading(said(p.When)))
	for _, its := range p.Outside {
		s.body.Add(plain(said(its)))
	}
	if p.Loose {
		s.body.Add(plain(lang.L("It names no event, and so stands in no course of conduct, silence or time limit. Write it down as an incident, and name that here by a correction.")))
	}
	show := &pictures{w: w}
	for _, v := range p.Versions {
		s.body.Add(version(v, show))
	}
	if len(p.About) > 0 {
		about := said(p.Events)
		if timeline.Kind(p.Kind) == timeline.CourtOrder {
			about = lang.L("What may have broken it")
		}
		s.body.Add(heading(about))
	}
	if p.Denied > 0 {
		s.body.Add(plain(fmt.Sprintf(lang.L("Answered no, and so not counted: %d"), p.Denied)))
	}
	if p.Others > 0 {
		s.body.Add(plain(fmt.Sprintf(lang.L("Marked, and not counted, for who did it does not have the name of whom it is against: %d. An entry of possible breaches counts it."), p.Others)))
	}
	if p.Shared > 0 {
		s.body.Add(plain(fmt.Sprintf(lang.L("Of these, counted under another order too: %d"), p.Shared)))
	}
	if p.Again > 0 {
		s.body.Add(plain(fmt.Sprintf(lang.L("Of these, of an event that is counted already, as under another term: %d"), p.Again)))
	}
	if p.Early > 0 {
		s.body.Add(plain(fmt.Sprintf(lang.L("Of these, outside the time of the order or of its term: %d"), p.Early)))
	}
	if p.Unserved {
		s.body.Add(plain(lang.L("No day of service of the order is noted, so this record does not say since when the other person knew of it.")))
	}
	listed(s, s.body, p.About, func(l model.Linked) fyne.CanvasObject {
		row, read := s.about(l)
		if l.ID.String() == from {
			focus = read
		}
		return row
	})
	w.put(registersAt(), view{title: said(p.Title), content: s.scroll, focus: focus, leave: show.close, again: func() { w.entry(event) }})
}

// about is an event that an entry is about, with the way to it.
func (s *sheet) about(l model.Linked) (row fyne.CanvasObject, read *formButton) {
	words := tight(plain(linked(l)))
	for _, its := range l.Outside {
		words.Add(quiet(said(its)))
	}
	read = s.button(lang.L("See it"), func() { s.w.showTimeline(lookFor{keep: &l.ID, pick: true}) })
	if l.Entry {
		read = s.button(lang.L("Read"), func() { s.w.entry(l.ID.String()) })
	}
	read.says = read.Text + ": " + linked(l)
	return container.NewBorder(nil, nil, nil, stacked(read), words), read
}
