package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
)

// beginnings are the ways in where no case is known. Daybook remembers none, so
// it cannot tell who is here for the first time: the question of the safest
// place is put to everybody, before anything can be typed.
func beginnings() []choice {
	return []choice{
		{safestID, "Start a new case", "This question first, in full; then a case with a passphrase of its own.", true},
		{openID, "Open a case", "You have a folder whose name ends in .daybook, and its passphrase or its recovery words.", false},
		{sampleID, "Practise on a sample case", "Six months of an invented record. Nothing in it can go wrong.", false},
		{readerID, "Open a bundle", "You were given a file to read and to check. No case is needed.", false},
	}
}

// startPage is what a window without a case begins with.
func startPage(w *Window) view {
	ask := plain(lang.L("Who else can open this computer? Is what is on it copied somewhere? Could somebody be watching what you type? A friend's computer, a library, a notebook or an advocate may be the safer place. Nothing you think of here is asked or kept."))
	cards := container.New(&wrapLayout{least: 15})
	for _, c := range beginnings() {
		p, _ := find(c.page)
		cards.Add(newCard(lang.L(c.name), lang.L(c.text), theme.Icon(p.icon), c.main, func() { w.show(c.page) }))
	}
	body := stacked(ask, cards, quiet(lang.L("If you are in danger now, call 999. If somebody may be watching this computer, a safer one, a library or an advocate may be the better place to keep a record.")))
	return view{title: lang.L("Is this the safest place to keep it?"), content: container.NewVScroll(broad(body)), focus: cards.Objects[0].(fyne.Focusable),
		dropped: func(paths []string) { w.offered = paths[0]; w.show(openID) }}
}
