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
	o, err := w.desk.Overview(context.Background())
	if err != nil {
		return failed(err)
	}
	cards := container.New(&wrapLayout{least: 15})
	var first fyne.Focusable
	for _, c := range choices() {
		p, ok := find(c.page)
		if !ok {
			continue
		}
		card := newCard(lang.L(c.name), lang.L(c.text), theme.Icon(p.icon), c.main, func() { w.show(c.page) })
		if first == nil {
			first = card
		}
		cards.Add(card)
	}
	body := container.NewVBox(cards)
	if o.Note != "" {
		body.Add(rich(widget.RichTextStyle{ColorName: theme.ColorNameError}, o.Note))
	}
	body.Add(heading(lang.L("In this case")))
	if o.Empty {
		body.Add(quiet(lang.L("Nothing has been added yet. Begin with whatever is easiest: a few words, or one conversation from your phone.")))
	} else {
		body.Add(plain(join(o.Summary, o.Period)))
	}
	body.Add(quiet(lang.L("The record so far, in short:") + " " + o.Phrase))
	body.Add(quiet(lang.L("Everything stays on this computer. Nothing is sent anywhere.")))
	return view{title: o.Title, content: container.NewVScroll(broad(body)), focus: first}
}

// failed is a page that cannot be shown, and says why.
func failed(err error) view { return view{content: plain(model.Sentence(err))} }
