package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// bundleWalk is the short walk that ends in a bundle: what was chosen so far,
// and what was planned of it.
type bundleWalk struct {
	w      *Window
	h      model.Handover
	plan   *model.Planned // of the choices; nil: not planned yet
	stale  bool           // exhibits were moved or left out since
	sheets *model.Sheets  // pages of what was planned; nil: not laid out yet
	scope  *model.Scope
	folder string
	name   string
	usual  string // the name that was proposed last
}

// step is a step of the walk.
type step struct {
	title string
	show  func(*bundleWalk) view
}

// steps are the walk, in order.
func steps() []step {
	return []step{
		{"Who is it for?", (*bundleWalk).forWhom},
		{"Days and people", (*bundleWalk).period},
		{"Exhibits", (*bundleWalk).exhibits},
		{"Left out", (*bundleWalk).leftOut},
		{"Preview", (*bundleWalk).preview},
		{"Where to", (*bundleWalk).where},
	}
}

// bundlePage makes a file to hand over.
func bundlePage(w *Window) view {
	h, err := w.desk.Begun()
	if err != nil {
		return failed(err)
	}
	b := &bundleWalk{w: w, h: h, folder: w.tourFolder()}
	b.propose()
	return b.at(0)
}

// propose gives the bundle its usual name where it has not got one of its own.
func (b *bundleWalk) propose() {
	usual := model.BundleName(b.folder, b.h.Served)
	if b.name == b.usual {
		b.name = usual
	}
	b.usual = usual
}

// at is the view of a step.
func (b *bundleWalk) at(n int) view { return b.step(n, steps()[n].show(b)) }

// step puts the name of a step above its view.
func (b *bundleWalk) step(n int, v view) view {
	v.title = lang.L("{{.N}} of {{.All}}: {{.Step}}", map[string]any{"N": n + 1, "All": len(steps()), "Step": lang.L(steps()[n].title)})
	if n > 0 { // it is chosen
		v.title += " – " + b.pack()
	}
	v.leave = b.keep
	return v
}

// pack names the pack that is made, which every step and the end say.
func (b *bundleWalk) pack() string {
	switch n := map[string]any{"N": b.h.Continues}; {
	case b.h.Continues != 0 && b.h.Served:
		return lang.L("served supplement to bundle {{.N}}", n)
	case b.h.Continues != 0:
		return lang.L("full supplement to bundle {{.N}}", n)
	case b.h.Served:
		return lang.L("served pack")
	}
	return lang.L("full pack")
}

func (b *bundleWalk) keep() error { return b.w.desk.KeepBegun(b.h) }

// to shows a step, and plans first where the step shows a plan.
func (b *bundleWalk) to(n int) {
	if !b.w.leave() {
		return
	}
	b.w.view.leave = b.keep // the step stands until its next one can be shown
	if n < 2 || b.plan != nil && !b.stale {
		b.w.put(b.w.page, b.at(n))
		return
	}
	var plan *model.Planned
	b.w.runJob(lang.L("Planning the bundle"), func(ctx context.Context, p evidence.Progress) (err error) {
		plan, err = b.w.desk.Plan(ctx, b.h, p)
		return err
	}, func(err error) {
		if err != nil {
			b.w.tell(err)
			return
		}
		b.plan, b.stale, b.sheets = plan, false, nil
		b.w.put(b.w.page, b.at(n))
	})
}

// changed forgets what was planned of other choices.
func (b *bundleWalk) changed() { b.plan, b.sheets = nil, nil }

// ways are the buttons back and on at the foot of a step.
func (b *bundleWalk) ways(n int, on fyne.CanvasObject) fyne.CanvasObject {
	row := container.NewHBox()
	if n > 0 {
		row.Add(b.w.button(lang.L("Back"), func() { b.w.depart(func() { b.to(n - 1) }) }))
	}
	row.Add(layout.NewSpacer())
	if on != nil {
		row.Add(on)
	}
	return container.NewPadded(row)
}

func (b *bundleWalk) next(n int) *answerButton {
	on := b.w.button(lang.L("Next"), func() { b.to(n + 1) })
	on.Importance = widget.HighImportance
	return on
}

// button is one that Enter presses too, on a page that does not scroll as one.
func (w *Window) button(text string, tapped func()) *answerButton {
	b := &answerButton{escape: func() {}}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// forWhom is the first step. The notice on who may come to see all this must
// have been read before.
func (b *bundleWalk) forWhom() view {
	s := b.w.sheet()
	pick := func(served bool) func() {
		return func() {
			b.w.afterNotice(func() {
				if b.h.Served != served || b.h.Continues != 0 {
					h := b.h
					h.Served, h.Continues = served, 0
					b.begin(h)
				}
				b.to(1)
			})
		}
	}
	full := newCard(lang.L("Police, prosecutor, my own solicitor"), lang.L("Everything of the days and people you choose: each message and file as it came, with addresses, places and the journal about it. Nothing of it can be left out. Private notes stay with you."),
		theme.Icon(theme.IconNameAccount), !b.h.Served, pick(false))
	served := newCard(lang.L("The other side may read it"), lang.L("Without private notes and, unless you tick them, places, witnesses, what was felt, telephone numbers and e-mail addresses; without files that may tell where they were made. Names and the words of messages stand as they are. You can leave out exhibits, each with a reason that the other side reads."),
		theme.Icon(theme.IconNameVisibility), b.h.Served, pick(true))
	s.body.Add(plain(lang.L("A bundle is a folder with a document to read and print, the files as you added them, and what anybody needs to check that nothing was changed. Everybody who has the folder can read it: it is not locked like this case.")))
	s.body.Add(container.New(&wrapLayout{least: 16}, full, served))
	s.body.Add(quiet(lang.L("If you do not know which: ask a solicitor or an advocate first. A bundle that was given away cannot be taken back.")))
	s.body.Add(container.NewHBox(s.button(lang.L("Who may see what you keep here"), func() { b.w.show(noticeID) })))
	b.issued(s)
	focus := full
	if b.h.Served {
		focus = served
	}
	return view{content: s.scroll, focus: focus}
}

// period is the second step: days as they are typed, and people with how much
// each has.
func (b *bundleWalk) period() view {
	p := &bundlePeople{b: b, note: plain(""), list: stacked()}
	p.sheet = b.w.sheet()
	s := p.sheet
	if n := b.h.Continues; n != 0 {
		s.body.Add(plain(lang.L("This supplement has what has come or has changed since bundle {{.N}}, with its rows and pages counted on. What was chosen for that bundle is chosen here too; you can change it.", map[string]any{"N": n})))
	}
	from := s.line(&b.h.From, lang.L("From the first")).then(p.count)
	to := s.line(&b.h.To, lang.L("To the last")).then(p.count)
	s.body.Add(beside(labelled(lang.L("First day"), from), labelled(lang.L("Last day"), to)))
	s.body.Add(quiet(lang.L("Type a day, a month or a year: 12 Mar 2025, March 2025, 2025. Leave both empty for everything, with what has no date. Once a day is set, what has no date is not in it.")))
	s.body.Add(p.note)
	s.body.Add(labelled(lang.L("People: tick nobody to take everybody"), s.line(&p.letters, lang.L("Letters of a name")).then(p.lay)))
	s.body.Add(p.list)
	s.body.Add(quiet(lang.L("Of a person are taken what is from them, to them and about them. Exports of chats often do not say to whom a message went: then it is taken with its sender alone.")))
	if b.h.Served {
		s.body.Add(p.b.keepOutLead(s))
		s.body.Add(p.details())
		s.body.Add(p.aboutWhom())
	}
	s.body.Add(labelled(lang.L("Letters before the numbers of new exhibits (you need not say)"), container.New(column{12}, s.line(&b.h.Initials, lang.L("MK")).then(b.changed))))
	s.body.Add(b.court())
	s.body.Add(b.cut())
	s.body.Add(b.ways(1, b.next(1)))
	p.count()
	return view{content: s.scroll, focus: from, save: func() { b.to(2) }}
}

// court asks whose rules the bundle is laid out after.
func (b *bundleWalk) court() fyne.CanvasObject {
	courts, err := model.Courts()
	if err != nil {
		return plain(told(err))
	}
	return labelled(lang.L("After whose rules is it laid out? If you do not know, leave it as it is"), b.pick(courts, &b.h.Court))
}

// cut asks into what files the document is cut.
func (b *bundleWalk) cut() fyne.CanvasObject {
	return labelled(lang.L("Is the document cut into files? A long one is hard to send and to open"), b.pick(model.Cuts(), &b.h.Cut))
}

// pick is a field to choose one of some values with.
func (b *bundleWalk) pick(options []model.Option, value *string) *selection {
	pick := newSelection(labelsOf(options), nil)
	pick.SetSelectedIndex(max(0, slices.IndexFunc(options, func(o model.Option) bool { return o.Value == *value })))
	pick.OnChanged = func(label string) {
		*value = valueOf(options, label)
		b.changed()
	}
	return pick
}

// bundlePeople is the second step while it is filled in.
type bundlePeople struct {
	*sheet
	b       *bundleWalk
	letters string
	note    *widget.RichText
	list    *fyne.Container
	asked   int

	aboutLetters string
	about        *fyne.Container // whom the pack is about; nil: not asked
}

// mostPeople is how many people are shown at once; letters find the others.
const mostPeople = 40

// count counts beside the window what is chosen.
func (p *bundlePeople) count() {
	p.b.changed()
	p.asked++
	mine, h, old := p.asked, p.b.h, p.b.scope
	h.People = slices.Clone(h.People)
	p.w.env.Go(func() {
		scope, err := p.w.desk.Scope(context.Background(), h, old)
		p.w.env.Do(func() {
			if mine != p.asked {
				return
			}
			if err != nil {
				setText(p.note, told(err))
				return
			}
			p.b.scope = scope
			setText(p.note, said(scope.Note))
			p.lay()
		})
	})
}

// lay lists who can be ticked, in each of the two lists.
func (p *bundlePeople) lay() {
	if p.b.scope == nil {
		return
	}
	p.ticks(p.list, p.b.scope.Matching(p.letters), func(key string) {
		p.b.h.People = model.Choice{model.PeopleFacet: p.b.h.People}.Toggle(model.PeopleFacet, key)[model.PeopleFacet]
		p.count()
	})
	p.layAbout()
	p.body.Refresh()
}

// ticks lists people to be ticked. The keys stay where they were.
func (p *bundlePeople) ticks(box *fyne.Container, people []model.Value, toggle func(key string)) {
	var had string
	focused := p.w.win.Canvas().Focused()
	for _, o := range box.Objects {
		if t, ok := o.(*valueBox); ok && focused == fyne.Focusable(t) {
			had = t.value.Key
		}
	}
	box.RemoveAll()
	if torn := p.b.scope.Torn(people); torn != "" {
		box.Add(plain(said(torn)))
	}
	for i, v := range people {
		if i == mostPeople {
			box.Add(quiet(lang.L("… and {{.N}} more: type letters of a name", map[string]any{"N": len(people) - i})))
			break
		}
		t := newValueBox(p.w.set, func() { p.w.touch(nil); toggle(v.Key) })
		t.value, t.seen = v, p.reveal
		box.Add(t)
		if apart := p.b.scope.Apart(v); apart != "" {
			box.Add(quiet(said(apart)))
		}
		if v.Key == had {
			p.w.win.Canvas().Focus(t)
		}
	}
}
