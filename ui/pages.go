package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
)

// view is a page as it stands in the window.
type view struct {
	content fyne.CanvasObject
	title   string         // instead of the page's name; may be empty
	top     *topLine       // stands in the bar above the page, or folds what does not; may be nil
	focus   fyne.Focusable // what takes the keys first; may be nil
	leave   func() error   // saves what was typed, before another page comes or the case is locked; may be nil
	loses   func() bool    // tells that what was typed is kept nowhere: whoever goes elsewhere is asked first; may be nil
	lost    error          // what hiding throws away of it, told when the window comes back; may be nil
	dropped func([]string) // takes files that were dropped on the window; may be nil
	paste   func()         // takes a picture from the clipboard; may be nil
	save    func()         // saves for good what is written; may be nil
	free    func()         // lets go of what takes much memory, once another stands; may be nil
	from    *wayBack       // to the page that led here; may be nil
	again   func()         // makes it anew for whoever comes back; nil: it stands as it stood
	resumed func()         // goes on with what leaving it ended, where somebody comes back; may be nil
}

// stage says at which times a page can be shown.
type stage int

const (
	always stage = iota
	unlocked
	locked
	touring // somebody is on the walk through the sample case
)

// page is one entry of the list that the window is made of.
type page struct {
	id    string
	name  string // English, which is the key of its translation
	icon  fyne.ThemeIconName
	group string // heading in the rail, in English; empty: at its foot
	when  stage
	key   fyne.KeyName // with Ctrl, on macOS with Command; may be empty off the rail
	build func(*Window) view

	notice bool // it stands over the page until it was read
}

// The groups of the rail, from top to bottom.
const (
	atHome  = "At home"
	closer  = "Looking closer"
	reading = "Reading"
	offRail = "elsewhere" // other pages lead there
)

// The pages that others lead to.
const (
	homeID      = "home"
	writeID     = "write"
	addID       = "add"
	timelineID  = "timeline"
	peopleID    = "people"
	patternID   = "pattern"
	bundleID    = "bundle"
	readerID    = "reader"
	startID     = "start"
	registersID = "registers"
	lawID       = "law"
	papersID    = "papers"
	openID      = "open"
	safestID    = "safest"
	createID    = "create"
	sampleID    = "sample"
	helpID      = "help"
	rolesID     = "roles"
	tourID      = "tour"
	settingsID  = "settings"

	recoverID    = "recover"
	passphraseID = "passphrase"
	safePlaceID  = "place"
	noticeID     = "notice"
	devicesID    = "devices"
	addOnID      = "addon"
	clockID      = "clock"
	limitsID     = "limits"
)

// pages lists every page in the order of the rail.
func pages() []page {
	return []page{
		{id: homeID, name: "Today", icon: theme.IconNameHome, group: atHome, when: unlocked, key: fyne.Key1, build: homePage},
		{id: writeID, name: "Write it down", icon: theme.IconNameDocumentCreate, group: atHome, when: unlocked, key: fyne.Key2, build: incidentPage, notice: true},
		{id: addID, name: "Add evidence", icon: theme.IconNameContentAdd, group: atHome, when: unlocked, key: fyne.Key3, build: addingPage},
		{id: timelineID, name: "Timeline", icon: theme.IconNameList, group: atHome, when: unlocked, key: fyne.Key4, build: timelinePage},
		{id: registersID, name: "Reports, orders, changes", icon: theme.IconNameHistory, group: atHome, when: unlocked, key: fyne.Key9, build: registersPage, notice: true},
		{id: peopleID, name: "People", icon: theme.IconNameAccount, group: closer, when: unlocked, key: fyne.Key5, build: peoplePage},
		{id: patternID, name: "Pattern", icon: theme.IconNameGrid, group: closer, when: unlocked, key: fyne.Key6, build: patternPage},
		{id: lawID, name: "What the law asks", icon: theme.IconNameDocument, group: closer, when: unlocked, key: fyne.Key0, build: lawPage},
		{id: papersID, name: "Papers", icon: theme.IconNameFile, group: closer, when: unlocked, key: fyne.KeyD, build: papersPage},
		{id: bundleID, name: "Make a file to hand over", icon: theme.IconNameMailForward, group: closer, when: unlocked, key: fyne.Key7, build: bundlePage},
		{id: startID, name: "Begin here", icon: theme.IconNameHome, group: atHome, when: locked, key: fyne.KeyB, build: startPage},
		{id: openID, name: "Open a case", icon: theme.IconNameLogin, group: atHome, when: locked, key: fyne.KeyO, build: openPage},
		{id: safestID, name: "Start a new case", icon: theme.IconNameContentAdd, group: atHome, when: locked, key: fyne.KeyN, build: safestPage},
		{id: createID, name: "Start a new case", group: offRail, when: locked, build: createPage},
		{id: sampleID, name: "Practise on a sample case", icon: theme.IconNameFolderOpen, group: atHome, when: locked, key: fyne.KeyP, build: samplePage},
		{id: readerID, name: "Open a bundle", icon: theme.IconNameSearch, group: reading, key: fyne.Key8, build: readerPage},
		{id: helpID, name: "Help and safety", icon: theme.IconNameHelp, key: fyne.KeyH, build: helpPage},
		{id: rolesID, name: "A page for each role", group: offRail, build: rolesPage},
		{id: tourID, name: "A walk through a sample case", group: offRail, build: tourPage},
		{id: "shortcuts", name: "Shortcuts", icon: theme.IconNameInfo, key: fyne.KeyK, build: shortcutsPage},
		{id: settingsID, name: "Settings", icon: theme.IconNameSettings, key: fyne.KeyComma, build: settingsPage},
		{id: recoverID, name: "The passphrase is lost", group: offRail, when: locked, build: recoverPage},
		{id: passphraseID, name: "Change the passphrase", group: offRail, when: unlocked, build: passphrasePage},
		{id: devicesID, name: "Devices that can only add", group: offRail, when: unlocked, build: devicesPage},
		{id: clockID, name: "A clock that was wrong", group: offRail, when: unlocked, build: clockPage},
		{id: addOnID, name: "Add without opening the case", group: offRail, build: addOnPage},
		{id: safePlaceID, name: "Is this the safest place to keep it?", group: offRail, build: safePlacePage},
		{id: noticeID, name: "Who may see what you keep here", group: offRail, build: noticePage},
		{id: limitsID, name: "What Daybook cannot hide", group: offRail, build: limitsPage},
	}
}

// find gives the page of a name.
func find(id string) (page, bool) {
	for _, p := range pages() {
		if p.id == id {
			return p, true
		}
	}
	return page{}, false
}

// at tells whether it is the time for a page or an action.
func (w *Window) at(s stage) bool {
	switch s {
	case unlocked:
		return w.desk.Open()
	case locked:
		return !w.desk.Open()
	case touring:
		return w.tour != nil && !w.busy()
	}
	return true
}

// show leaves the page that stands and shows another, once nothing is lost that
// is not meant to be.
func (w *Window) show(id string) { w.depart(func() { w.reach(id) }) }

// depart does what takes the page away. Where something typed would be lost it
// asks before, and once.
func (w *Window) depart(do func()) {
	if w.hidden || w.view.loses == nil || !w.view.loses() {
		do()
		return
	}
	if w.asked {
		return
	}
	w.asked = true
	w.dialog(lang.L("Leave this page?"), plain(lang.L("What you typed here is not kept.")),
		answer{text: lang.L("Stay here"), main: true, do: func() { w.asked = false }},
		answer{text: lang.L("Leave it"), do: func() { w.asked, w.view.loses = false, nil; do() }})
}

// reach leaves the page that stands and shows another. A page that cannot be
// shown now gives way to the one that leads to it.
func (w *Window) reach(id string) {
	w.touch(nil)
	p, ok := find(id)
	switch {
	case ok && w.at(p.when):
	case w.desk.Open():
		p, _ = find(homeID)
	default:
		p, _ = find(openID)
	}
	if !w.leave() {
		return
	}
	w.put(p, p.build(w))
	if p.notice {
		w.noticeFirst(func() {}, func() { w.show(homeID) })
	}
}

// leave lets the page that stands save what was typed. What cannot be saved
// stays on the screen.
func (w *Window) leave() bool {
	leave := w.view.leave
	if leave == nil {
		return true
	}
	if err := leave(); err != nil {
		w.tell(err)
		return false
	}
	w.view.leave = nil
	return true
}

// put makes a built page the one that stands.
func (w *Window) put(p page, v view) {
	before := w.view
	w.page, w.view = p, v
	w.win.SetContent(w.frame())
	w.letGo(before)
	if v.focus != nil {
		w.win.Canvas().Focus(v.focus)
	}
	if before.content != v.content {
		w.fromTop()
	}
}

// drop gives dropped files to the page that stands, or to the one that adds.
func (w *Window) drop(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	if len(paths) == 0 || w.busy() {
		return
	}
	if w.view.dropped == nil && w.desk.Open() {
		w.show(addID)
	}
	if w.view.dropped != nil {
		w.view.dropped(paths)
	}
}

// save saves what is written on the page that stands.
func (w *Window) save() {
	if w.view.save != nil && !w.busy() {
		w.view.save()
	}
}

// paste gives a picture from the clipboard to the page that stands, or to the
// one that adds.
func (w *Window) paste() {
	if w.busy() {
		return
	}
	if w.view.paste == nil {
		w.show(addID)
	}
	if w.view.paste != nil {
		w.view.paste()
	}
}
