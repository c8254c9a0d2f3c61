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

	"daybook/assets/papers"
	"daybook/evidence"
	"daybook/timeline"
	"daybook/ui/model"
)

// papersPage lists what can be filled from the case for others, by whom it is for.
func papersPage(w *Window) view {
	shelves, err := model.Papers(speaksWelsh())
	if err != nil {
		return failed(err)
	}
	s, before := w.broadSheet(), w.desk.Asked().Paper.ID
	s.body.Add(plain(lang.L("Filled from this case for others, with no more than each of them needs. Pick one to see what would be in it; nothing is written before you say so.")))
	var focus *card
	for _, shelf := range shelves {
		cards := container.New(&wrapLayout{least: 19})
		for _, p := range shelf.Papers {
			c := s.paperCard(p)
			if focus == nil || p.ID == before {
				focus = c
			}
			cards.Add(c)
		}
		s.body.Add(under(said(shelf.Title), cards))
	}
	return view{content: s.scroll, focus: focus}
}

func (s *sheet) paperCard(p papers.Paper) *card {
	words := tight(asked(said(p.Title)), quiet(said(p.About)))
	c := cardOf(said(p.Title), container.NewPadded(words), func() { s.w.openPaper(model.PaperAsked{ID: p.ID, Welsh: speaksWelsh()}) })
	c.seen = s.reveal
	return c
}

// papersAt is the page that all of this stands on.
func papersAt() page {
	p, _ := find(papersID)
	return p
}

// backToPaper shows the paper that was looked at last, or all of them.
func (w *Window) backToPaper() {
	if a := w.desk.Asked().Paper; a.ID != "" {
		w.openPaper(a)
		return
	}
	w.show(papersID)
}

// openPaper looks what a case holds for a paper, and shows it.
func (w *Window) openPaper(a model.PaperAsked) {
	if !w.leave() {
		return
	}
	w.desk.KeepPaper(a)
	var p model.PaperPage
	now := w.env.Now()
	w.runJob(lang.L("Looking what the case holds"), func(ctx context.Context, _ evidence.Progress) (err error) {
		p, err = w.desk.Paper(ctx, a, now)
		return err
	}, func(err error) {
		if err != nil {
			w.tell(err)
			return
		}
		w.put(papersAt(), w.paper(p))
	})
}

// paper is a paper before it is written.
func (w *Window) paper(p model.PaperPage) view {
	s := w.broadSheet()
	hand := s.button(lang.L("Hand it over…"), func() { w.afterNotice(func() { w.handPaper(p, model.PaperTo{Name: model.PaperName}) }) })
	hand.Importance = widget.HighImportance
	focus := fyne.Focusable(hand)
	all := s.button(lang.L("All papers"), func() { w.show(papersID) })
	if !p.Ready {
		hand.Disable()
		focus = all
	}
	s.body.Add(container.New(&lineLayout{}, hand, all))
	s.body.Add(plain(said(p.Of.About)))
	s.body.Add(s.inWelsh(p))
	for _, warning := range p.Warnings {
		s.body.Add(plain(said(warning)))
	}
	if p.One != "" {
		s.body.Add(s.whichOne(p, &focus))
	}
	if len(p.Persons) > 0 {
		s.body.Add(s.ofWhom(p))
	}
	for _, line := range p.Stands {
		s.body.Add(plain(said(line)))
	}
	if len(p.Private) > 0 {
		s.body.Add(s.privateToo(p))
	}
	s.body.Add(under(p.Say(lang.L("What would be in it")), quiet(p.Say(lang.L("A number says how often the case says it. What is missing is said to be missing; nothing is made up.")))))
	listed(s, s.body, p.Sections, func(of model.PaperSection) fyne.CanvasObject { return s.paperSection(p, of) })
	facts := container.New(flow{-theme.Padding()})
	for _, f := range p.Facts {
		facts.Add(container.New(&aside{wide: 12}, quiet(said(f.Name)), plain(said(f.Text))))
	}
	s.body.Add(under(p.Say(lang.L("Where this form comes from")), raised(facts)))
	return view{title: said(p.Of.Title), content: s.scroll, focus: focus}
}

// whichOne says about which entry of a register the paper is, or asks it.
func (s *sheet) whichOne(p model.PaperPage, focus *fyne.Focusable) fyne.CanvasObject {
	box := under(p.Say(lang.L("Which one is it about?")))
	if len(p.Ones) == 0 {
		first := s.button(lang.L("Write it down first"), func() { s.w.writeEntry(timeline.Kind(p.Of.One)) })
		*focus = first
		box.Add(quiet(p.Say(lang.L("There is none here yet."))))
		box.Add(container.NewHBox(first))
		return box
	}
	ask := func(one string) func() {
		return func() { s.w.openPaper(with(p.Asked, func(a *model.PaperAsked) { a.One = one })) }
	}
	rows := stacked()
	ones := p.Ones
	if i := slices.IndexFunc(ones, func(r model.RegisterRow) bool { return r.Event == p.Asked.One }); i >= 0 {
		ones = ones[i : i+1]
	}
	listed(s, rows, ones, func(r model.RegisterRow) fyne.CanvasObject {
		words := tight(asked(said(r.When)), plain(begun(r.Begin)), quiet(factsOf(r)))
		if r.Event == p.Asked.One {
			another := s.button(lang.L("Another one"), ask(""))
			visible(another, len(p.Ones) > 1)
			return onSurface(container.NewBorder(nil, nil, nil, stacked(another), words))
		}
		pick := s.button(lang.L("This one"), ask(r.Event))
		if r.Event == ones[0].Event {
			*focus = pick
		}
		return container.NewBorder(nil, nil, nil, stacked(pick), words)
	})
	box.Add(rows)
	return box
}

// with is what was asked for with something else in it.
func with(a model.PaperAsked, change func(*model.PaperAsked)) model.PaperAsked {
	change(&a)
	return a
}

// inWelsh asks whether the form's words are Welsh, which all of the page then is that
// would stand on the paper.
func (s *sheet) inWelsh(p model.PaperPage) fyne.CanvasObject {
	on := p.Asked.Welsh
	tick := s.tick(&on, lang.L("The form's words in Welsh"))
	tick.OnChanged = func(v bool) { s.w.openPaper(with(p.Asked, func(a *model.PaperAsked) { a.Welsh = v })) }
	return container.New(flow{-theme.Padding()}, tick, quiet(lang.L("What you wrote stays as it is. No Welsh speaker has checked the form's words yet, and the paper says so.")))
}

// ofWhom asks whom alone the paper is about, in what was done.
func (s *sheet) ofWhom(p model.PaperPage) fyne.CanvasObject {
	everybody := lang.L("Everybody")
	pick := newSelection([]string{everybody}, nil)
	pick.SetSelectedIndex(0)
	for i, whom := range p.Persons {
		pick.Options = append(pick.Options, whom.Name)
		if whom.Key == p.Asked.Person {
			pick.SetSelectedIndex(i + 1)
		}
	}
	pick.OnChanged = func(string) {
		person := ""
		if i := pick.SelectedIndex(); i > 0 {
			person = p.Persons[i-1].Key
		}
		s.w.openPaper(with(p.Asked, func(a *model.PaperAsked) { a.Person = person }))
	}
	return under(lang.L("Only what one person did"), pick)
}

// privateToo asks whether the private registers that the paper lists go into it.
func (s *sheet) privateToo(p model.PaperPage) fyne.CanvasObject {
	on := p.Asked.Private
	var names []string
	for _, n := range p.Private {
		names = append(names, said(n))
	}
	tick := s.tick(&on, p.Say(lang.L("Put private entries into it too")))
	tick.OnChanged = func(v bool) { s.w.openPaper(with(p.Asked, func(a *model.PaperAsked) { a.Private = v })) }
	return container.New(flow{-theme.Padding()}, tick, quiet(strings.Join(names, ", ")+". "+p.Say(privately())))
}

// paperSection is a section with its fields, what would stand there, and what can
// be answered in it.
func (s *sheet) paperSection(of model.PaperPage, p model.PaperSection) fyne.CanvasObject {
	head := tight(asked(said(p.Title)))
	box := stacked(head)
	if p.State != "" {
		head.Add(plain(of.Say(lang.L("Where it stands")) + ": " + saidEach(p.State)))
	}
	for _, part := range p.Parts {
		box.Add(s.paperPart(of, part))
	}
	if p.Text != "" {
		box.Add(s.fold(section{of.Say(lang.L("What would stand there")), false, func() []fyne.CanvasObject {
			text := newCopyBlock(s.w, s.w.set, p.Text, nil)
			text.seen = s.reveal
			return []fyne.CanvasObject{text}
		}}))
	}
	for _, item := range p.Items {
		answer := s.button(lang.L("Answer…"), func() { s.w.answerPaper(item) })
		answer.says = lang.L("Answer: {{.Item}}", map[string]any{"Item": said(item.Title)})
		if len(p.Items) == 1 {
			box.Add(container.NewHBox(answer))
			continue
		}
		box.Add(container.NewBorder(nil, nil, nil, stacked(answer), plain(said(item.Title))))
	}
	return container.NewPadded(onSurface(box))
}

// paperPart names what is held, what is missing and what is left out, in words and
// not by a colour.
func (s *sheet) paperPart(page model.PaperPage, p model.PaperPart) fyne.CanvasObject {
	rows := container.New(flow{-theme.Padding()}, quiet(said(p.Title)))
	for _, of := range []struct {
		name   string
		fields []string
	}{{lang.L("Held"), p.Held}, {lang.L("Missing"), p.Missing}, {lang.L("Left out, private"), p.Private}, {lang.L("It has"), p.Has}} {
		if len(of.fields) > 0 {
			rows.Add(container.New(&aside{wide: 10}, quiet(page.Say(of.name)), plain(strings.Join(of.fields, " · "))))
		}
	}
	return rows
}

// answerPaper begins an answer to an item.
func (w *Window) answerPaper(item model.PaperItem) {
	if !w.leave() {
		return
	}
	form, err := w.desk.AnswerPaper(item, w.env.Now())
	if err != nil {
		w.tell(err)
		return
	}
	w.put(papersAt(), w.entering(form))
}
