package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/assets/help"
)

// rolesPage leads to what each person does with Daybook, a page for each.
func rolesPage(w *Window) view {
	roles, _, err := help.Roles()
	if err != nil {
		return failed(err)
	}
	cards := container.New(&wrapLayout{least: 15})
	for i, r := range roles {
		cards.Add(newCard(lang.L(r.Title), lang.L(r.Lines[0].Text), theme.Icon(theme.IconNameAccount), i == 0, func() { w.put(w.page, w.roleCard(r)) }))
	}
	return view{content: container.NewVScroll(broad(stacked(cards, container.NewHBox(w.leads(tourID))))), focus: cards.Objects[0].(fyne.Focusable)}
}

// roleCard is the page of one role: what to do, each with a button to where that
// is done.
func (w *Window) roleCard(r help.Role) view {
	s := w.sheet()
	back := s.button(lang.L("All roles"), func() { w.show(rolesID) })
	s.body.Add(container.New(&lineLayout{}, back, s.button(lang.L("A walk through a sample case"), func() { w.show(tourID) })))
	for i, d := range r.Lines {
		text := plain(fmt.Sprintf("%d  %s", i+1, lang.L(d.Text)))
		p, ok := find(d.Page)
		if !ok || !w.at(p.when) {
			s.body.Add(text)
			continue
		}
		s.body.Add(container.NewBorder(nil, nil, nil, stacked(s.button(lang.L(p.name), func() { w.show(p.id) })), text))
	}
	welsh := speaksWelsh()
	save := s.button(lang.L("Save it as a page to print…"), func() { w.chooseFolder(func(folder string) { w.saveRole(r, folder, welsh) }) })
	s.body.Add(widget.NewSeparator())
	s.body.Add(s.tick(&welsh, lang.L("The page to print in Welsh")))
	s.body.Add(container.NewHBox(save))
	return view{title: lang.L(r.Title), content: s.scroll, focus: back}
}

// saveRole writes the page of a role, and says where it is.
func (w *Window) saveRole(r help.Role, folder string, welsh bool) {
	w.writeInto(folder, func() {
		path, err := w.desk.WriteRole(context.Background(), r, folder, welsh)
		if err != nil {
			w.tell(err)
			return
		}
		w.dialog(lang.L("The page is saved"), plain(lang.L("It is {{.Path}}, one page to print.", map[string]any{"Path": path})),
			answer{text: lang.L("OK"), main: true}, answer{text: lang.L("Open the folder"), do: func() { w.openFolder(folder) }})
	})
}
