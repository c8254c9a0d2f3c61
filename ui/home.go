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

// choice is a first step that the home page offers.
type choice struct {
	page string
	name string
	text string
	main bool
}

// choices are what most people come for, the most likely first.
func choices() []choice {
	return []choice{
		{writeID, "Write it down", "Something happened. A few words are enough; you can add more later.", true},
		{addID, "Add what you were sent", "Messages, photos, e-mails, call lists. What you add is copied and never changed.", false},
		{timelineID, "See the timeline", "Everything in one list, in the order it happened.", false},
	}
}

// homePage is calm: three first choices, and what is in the case.
func homePage(w *Window) view {
	ctx := context.Background()
	o, err := w.desk.Overview(ctx)
	if err != nil {
		return failed(err)
	}
	recent, err := w.desk.Recent(ctx, w.env.Now())
	if err != nil {
		return failed(err)
	}
	cards := container.New(&wrapLayout{least: 12, whole: true})
	for _, c := range choices() {
		p, _ := find(c.page)
		cards.Add(newCard(lang.L(c.name), lang.L(c.text), theme.Icon(p.icon), c.main, func() { w.show(c.page) }))
	}
	body := stacked(cards)
	if o.Note != "" {
		body.Add(rich(widget.RichTextStyle{ColorName: theme.ColorNameError}, said(o.Note)))
	}
	if waits := w.waiting(); waits != nil {
		body.Add(waits)
	}
	body.Add(inCase(o))
	if len(recent) > 0 {
		body.Add(under(lang.L("Added last"), recentList(recent)))
	}
	body.Add(quiet(lang.L("Everything stays on this computer. Nothing is sent anywhere.")))
	return view{title: o.Title, content: container.NewVScroll(broad(body)), focus: cards.Objects[0].(*card)}
}

// inCase says how much there is, and the short words by which it can be told
// later that nothing was taken out.
func inCase(o model.Overview) fyne.CanvasObject {
	box := under(lang.L("In this case"))
	if shorten(o.Title, longestName) != o.Title {
		box.Add(plain(o.Title))
	}
	if o.Empty {
		box.Add(plain(lang.L("Nothing has been added yet. Begin with whatever is easiest: a few words, or one conversation from your phone.")))
	} else {
		box.Add(plain(join(said(o.Summary), said(o.Period))))
	}
	box.Add(quiet(lang.L("The record so far, in twelve words. Write them on paper now and then: whoever has them can check later that nothing was changed or taken out since.")))
	box.Add(rich(widget.RichTextStyle{SizeName: theme.SizeNameText, TextStyle: fyne.TextStyle{Monospace: true}}, o.Phrase))
	return box
}

func recentList(recent []model.Recent) fyne.CanvasObject {
	lines := container.New(flow{0})
	for _, r := range recent {
		lines.Add(container.New(&aside{wide: 11}, quiet(said(r.When)), added(r)))
	}
	return raised(lines)
}

// added is an act of adding in a list: the words of whoever did it before ours.
func added(r model.Recent) fyne.CanvasObject {
	if r.Note == "" {
		return tight(plain(said(r.What)))
	}
	return tight(plain(r.Note), quiet(said(r.What)))
}

// raised lifts things off the ground of the page.
func raised(o fyne.CanvasObject) fyne.CanvasObject { return container.NewStack(newSurface(), o) }

// failed is a page that cannot be shown, and says why.
func failed(err error) view { return view{content: plain(told(err))} }
