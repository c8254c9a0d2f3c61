package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// draw shows the person who was chosen: who they are, what can be said about
// them, every handle with why it is theirs.
func (p *peopleView) draw() {
	s := p.detail
	s.body.RemoveAll()
	defer s.body.Refresh()
	if p.two.open {
		s.body.Add(container.NewHBox(s.icon(lang.L("Back to the list"), theme.NavigateBackIcon(), p.back)))
	}
	if p.change != nil {
		s.body.Add(raised(container.NewBorder(nil, nil, nil, s.button(lang.L("Take it back"), p.takeBack), plain(said(p.change.Said)))))
	}
	page, ok := p.book.Person(p.now)
	if !ok {
		s.body.Add(quiet(lang.L("Choose somebody in the list.")))
		return
	}
	s.body.Add(tight(heading(page.Face.Name), plain(said(page.Summary))))
	if page.Owner {
		s.body.Add(quiet(lang.L("This is the person whose record this is.")))
	}
	s.body.Add(p.actions(page))
	for _, o := range p.doubts(page) {
		s.body.Add(o)
	}
	s.body.Add(under(lang.L("Numbers, addresses and names")))
	for _, h := range page.Handles {
		s.body.Add(p.handle(page, h))
	}
}

// icon is a button of a sheet with a picture.
func (s *sheet) icon(text string, icon fyne.Resource, tapped func()) *formButton {
	b := s.button(text, tapped)
	b.SetIcon(icon)
	return b
}

// actions are what can be done with a person.
func (p *peopleView) actions(page model.PersonPage) fyne.CanvasObject {
	s := p.detail
	events := s.icon(lang.L("Show their events"), theme.ListIcon(), func() { p.w.showTimeline(lookFor{query: model.PersonQuery(page.Number)}) })
	p.first = events
	row := container.New(&lineLayout{},
		events,
		s.icon(lang.L("Show their pattern"), theme.GridIcon(), func() { p.w.showPattern(page.Number) }),
		s.icon(lang.L("Give a name"), theme.DocumentCreateIcon(), func() { p.name(page) }),
		s.icon(lang.L("The same person as…"), theme.ContentAddIcon(), func() { p.merge(page) }),
		s.icon(lang.L("Perhaps the same as…"), theme.QuestionIcon(), func() { p.perhaps(page) }),
	)
	if !page.Owner {
		row.Add(s.icon(lang.L("This is me"), theme.AccountIcon(), func() { p.me(page) }))
	}
	return row
}

// doubts are who may be the same person, and who only looks so.
func (p *peopleView) doubts(page model.PersonPage) (out []fyne.CanvasObject) {
	for _, a := range page.Alike {
		text := lang.L("{{.Name}} looks like {{.Other}}, a name of {{.Person}}, and is written otherwise. They are kept apart.",
			map[string]any{"Name": a.Name, "Other": a.Other, "Person": a.Person.Face.Name})
		out = append(out, p.other(text, a.Person))
	}
	for _, k := range page.Perhaps {
		for i, o := range k.Others {
			text := lang.L("Possibly the same person: {{.Person}}, {{.Events}}. {{.Why}}.", map[string]any{"Person": o.Face.Name, "Events": said(o.Events), "Why": said(sentence(k.Why))})
			if k.Strength == "likely" {
				text = lang.L("Likely the same person: {{.Person}}, {{.Events}}. {{.Why}}.", map[string]any{"Person": o.Face.Name, "Events": said(o.Events), "Why": said(sentence(k.Why))})
			}
			if i == len(k.Others)-1 && k.More > 0 {
				text += " " + lang.L("There are {{.N}} more of them.", map[string]any{"N": k.More})
			}
			out = append(out, p.other(text, o))
		}
		if k.Entry != 0 {
			out = append(out, p.ladder(k))
		}
	}
	return out
}

// ladder is what a person said for and against somebody's being another, and the
// way to take it back.
func (p *peopleView) ladder(k model.PerhapsRow) fyne.CanvasObject {
	lines := tight(asked(lang.L("Reasons for it")))
	for _, r := range k.For {
		lines.Add(plain(r))
	}
	lines.Add(asked(lang.L("Reasons against it")))
	for _, r := range k.Against {
		lines.Add(plain(r))
	}
	if len(k.Against) == 0 {
		lines.Add(quiet(lang.L("None were said.")))
	}
	lines.Add(quiet(lang.L("Said by {{.Name}}. It is no fact: they are counted apart.", map[string]any{"Name": k.By})))
	back := p.detail.button(lang.L("Take this back"), func() {
		p.why(lang.L("Take this back"), lang.L("The record keeps that it was said and that it was taken back."), lang.L("Take it back"), func(reason string) {
			p.say(func(ctx context.Context) (*model.PeopleChange, error) {
				return nil, p.w.desk.Unattribute(ctx, k.Entry, reason)
			}, p.said)
		})
	})
	return raised(container.NewPadded(stacked(lines, container.NewHBox(back))))
}

// other is a sentence about another person, with a button that shows them.
func (p *peopleView) other(text string, r model.PersonRow) fyne.CanvasObject {
	look := p.detail.button(lang.L("Look"), func() { p.goTo(r.Number) })
	return raised(container.NewBorder(nil, nil, container.NewPadded(widget.NewIcon(theme.QuestionIcon())), container.NewVBox(look), plain(text)))
}

// goTo shows a person, whatever is searched for.
func (p *peopleView) goTo(number int64) {
	p.now = number
	if p.search.Text != "" {
		p.search.SetText("")
		return
	}
	p.fill()
}

// handle is one handle: what it is, how sure it is that it is theirs, and why.
func (p *peopleView) handle(page model.PersonPage, h model.HandleRow) fyne.CanvasObject {
	s := p.detail
	lines := []fyne.CanvasObject{asked(said(h.Kind) + ": " + address(h))}
	if h.Printed != "" {
		lines = append(lines, plain(lang.L("Printed as {{.Names}}", map[string]any{"Names": h.Printed})))
	}
	lines = append(lines, plain(said(sentence(h.Strength))+": "+said(h.Why)+"."))
	if h.Where != "" {
		lines = append(lines, quiet(lang.L("Stands in {{.File}}", map[string]any{"File": h.Where})))
	}
	lines = append(lines, quiet(said(h.Events)))
	if h.Flag != "" {
		lines = append(lines, plain(said(h.Flag)))
	}
	row := container.New(&lineLayout{}, s.button(lang.L("Show these events"), func() { p.showHandle(h) }))
	if h.CanSplit {
		row.Add(s.button(lang.L("Not theirs"), func() { p.split(page, h) }))
	}
	return raised(container.NewPadded(container.New(flow{0}, tight(lines...), row)))
}

// address is that of a handle as it came.
func address(h model.HandleRow) string {
	if h.Address == model.NoAddress {
		return said(h.Address)
	}
	return h.Address
}

// showHandle finds the events of a handle beside the window and shows them.
func (p *peopleView) showHandle(h model.HandleRow) {
	mine := p.asked
	p.w.env.Go(func() {
		only, err := p.w.desk.HandleEvents(context.Background(), h)
		p.w.env.Do(func() {
			switch {
			case mine != p.asked:
			case err != nil:
				p.w.tell(err)
			default:
				p.w.showTimeline(lookFor{query: model.Query{Only: only}})
			}
		})
	})
}

// say says something about who is who, beside the window, and then does what
// comes after.
func (p *peopleView) say(do func(context.Context) (*model.PeopleChange, error), then func(*model.PeopleChange)) {
	p.w.env.Go(func() {
		c, err := do(context.Background())
		p.w.env.Do(func() {
			if err != nil {
				p.w.tell(err)
				return
			}
			then(c)
		})
	})
}

// said shows everybody anew, with what was just said.
func (p *peopleView) said(c *model.PeopleChange) {
	p.change = c
	p.look()
}

func (p *peopleView) takeBack() {
	c := p.change
	p.say(func(ctx context.Context) (*model.PeopleChange, error) { return nil, p.w.desk.TakeBack(ctx, c) }, p.said)
}

// name asks what a person is called.
func (p *peopleView) name(page model.PersonPage) {
	name := newLine()
	name.SetText(page.Given)
	name.SetPlaceHolder(lang.L("The name by which you know them"))
	p.w.dialog(lang.L("Give a name"), stacked(plain(lang.L("The names in the data stay as they are and stay to be seen. An empty field takes the name back.")), name),
		answer{text: lang.L("Cancel")},
		answer{text: lang.L("Use this name"), main: true, do: func() {
			p.say(func(ctx context.Context) (*model.PeopleChange, error) {
				return p.w.desk.NamePerson(ctx, page.Number, name.Text)
			}, p.said)
		}})
	p.w.win.Canvas().Focus(name)
}

// me asks why a person is the one whose record this is.
func (p *peopleView) me(page model.PersonPage) {
	p.why(lang.L("This is me"), lang.L("Everything from {{.Name}} is then shown as your own.", map[string]any{"Name": page.Face.Name}),
		lang.L("This is me"), func(reason string) {
			p.say(func(ctx context.Context) (*model.PeopleChange, error) {
				return p.w.desk.ThisIsMe(ctx, page.Number, reason)
			}, p.said)
		})
}

// split asks why a handle is not theirs.
func (p *peopleView) split(page model.PersonPage, h model.HandleRow) {
	p.why(lang.L("Not theirs"), lang.L("{{.Address}} is then counted apart from {{.Name}}.", map[string]any{"Address": h.Address, "Name": page.Face.Name}),
		lang.L("Set it apart"), func(reason string) {
			p.say(func(ctx context.Context) (*model.PeopleChange, error) {
				return p.w.desk.SplitHandle(ctx, h.Key, reason)
			}, p.said)
		})
}

// why asks for the reason of something that is said about who is who.
func (p *peopleView) why(title, what, yes string, do func(reason string)) {
	reason := newTextArea()
	reason.SetMinRowsVisible(2)
	reason.SetPlaceHolder(lang.L("Why? A few words: how you know it"))
	p.w.dialog(title, stacked(plain(what), reason, quiet(lang.L("The reason is kept in the record with your name and the time, and others may see it. It can be taken back; both stay in the record."))),
		answer{text: lang.L("Cancel")},
		answer{text: yes, main: true, do: func() { do(reason.Text) }})
	p.w.win.Canvas().Focus(reason)
}
