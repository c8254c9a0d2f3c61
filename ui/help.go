package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/assets/help"
)

// helpPage says where to turn, and leads to what there is to know about safety.
func helpPage(w *Window) view {
	countries, err := help.Countries()
	if err != nil {
		return failed(err)
	}
	now := countries[0]
	var names []string
	for _, c := range countries {
		names = append(names, lang.L(c.Name))
		if c.ID == w.chosen.Country {
			now = c
		}
	}
	pick := newSelection(names, nil)
	pick.SetSelected(lang.L(now.Name))
	pick.OnChanged = func(string) { w.inCountry(countries[pick.SelectedIndex()].ID) }
	body := stacked(container.New(column{20}, pick))
	for _, l := range now.Lines {
		body.Add(w.numberCard(l))
	}
	body.Add(quiet(dated(now, w.env.Now())))
	body.Add(under(lang.L("Learn how it works"), container.New(&wrapLayout{least: 18}, w.leads(tourID), w.leads(rolesID))))
	body.Add(under(lang.L("Staying safe with Daybook"), container.New(&wrapLayout{least: 18},
		w.leads(safePlaceID), w.leads(noticeID), w.leads(limitsID),
	)))
	return view{content: container.NewVScroll(narrow(body)), focus: pick}
}

// leads is a button to another page.
func (w *Window) leads(id string) fyne.CanvasObject {
	p, _ := find(id)
	b := newButton(lang.L(p.name), func() { w.show(id) })
	b.Alignment = widget.ButtonAlignLeading
	return b
}

// inCountry keeps whose numbers come first.
func (w *Window) inCountry(id string) {
	s := w.chosen
	s.Country = id
	if w.desk.Open() {
		w.tell(w.desk.Keep(w.chosen, s))
	}
	w.chosen = s
	w.show(helpID)
}

// numberCard is one number: large, to be dialled by hand. It can be copied and
// is no link, so that nothing is opened by mistake.
func (w *Window) numberCard(l help.Line) fyne.CanvasObject {
	number := newCopyBlock(w, w.set, said(l.Number), nil)
	number.bold, number.as = true, theme.SizeNameSubHeadingText
	about := plain(lang.L(l.Name) + ". " + lang.L(l.About))
	return raised(container.New(&aside{wide: 12}, container.NewPadded(number), about))
}

// dated says when the numbers were looked up, and that they may be out of date.
func dated(c help.Country, now time.Time) string {
	oldest := c.Lines[0].VerifiedOn
	old := false
	for _, l := range c.Lines {
		oldest = min(oldest, l.VerifiedOn)
		old = old || l.Old(now)
	}
	on := oldest
	if t, err := time.Parse(time.DateOnly, oldest); err == nil {
		on = t.Format("2 January 2006")
	}
	text := lang.L("These numbers were looked up on {{.Day}}.", map[string]any{"Day": said(on)})
	if old {
		text += " " + lang.L("That is more than six months ago: check a number before you rely on it. 999 and 101 stay as they are.")
	}
	return text
}
