package ui

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
)

// action is something that the menu and a key do from everywhere, while a
// field has the keys too.
type action struct {
	name string // English, which is the key of its translation
	key  fyne.KeyName
	with fyne.KeyModifier // zero: Ctrl, on macOS Command
	when stage
	do   func(*Window)
}

// actions lists what is not a page. The menu and the page of shortcuts are made
// from this list and from the pages.
func actions() []action {
	return []action{
		{name: "Save for good what is written", key: fyne.KeyReturn, when: unlocked, do: (*Window).save},
		{name: "Paste a picture", key: fyne.KeyV, with: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift, when: unlocked, do: (*Window).paste},
		{name: "Back to the list that led here", key: fyne.KeyR, when: unlocked, do: (*Window).goBack},
		{name: "Next step of the walk", key: fyne.KeyJ, when: touring, do: (*Window).tourOn},
		{name: "Back a step of the walk", key: fyne.KeyJ, with: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift, when: touring, do: (*Window).tourBack},
		{name: "Hide now", key: fyne.KeyW, do: (*Window).hide},
		{name: "Lock", key: fyne.KeyL, when: unlocked, do: (*Window).lock},
		{name: "Quit", key: fyne.KeyQ, do: (*Window).quit},
	}
}

// shortcut is the key of an action or a page.
func shortcut(key fyne.KeyName, with fyne.KeyModifier) fyne.Shortcut {
	if with == 0 {
		with = fyne.KeyModifierShortcutDefault
	}
	return &desktop.CustomShortcut{KeyName: key, Modifier: with}
}

// menu puts every page and action into the main menu: its shortcuts are the
// only ones that work while a field has the keys.
func (w *Window) menu() *fyne.MainMenu {
	file, show := fyne.NewMenu(lang.L("File")), fyne.NewMenu(lang.L("Show"))
	for _, a := range actions() {
		item := menuItem(lang.L(a.name), a.key, a.with, func() { w.act(a) })
		item.IsQuit = a.name == "Quit"
		file.Items = append(file.Items, item)
	}
	for _, p := range pages() {
		if p.key == "" {
			continue
		}
		show.Items = append(show.Items, menuItem(lang.L(p.name), p.key, 0, func() { w.visit(p) }))
	}
	return fyne.NewMainMenu(file, show)
}

// menuItem is an entry of a menu with its key. Fyne draws keys in a fifth of the
// strength of text, which cannot be read, so that the label names it; the menu of
// macOS draws its own.
func menuItem(name string, key fyne.KeyName, with fyne.KeyModifier, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(name, do)
	item.Shortcut = shortcut(key, with)
	if runtime.GOOS != "darwin" {
		item.Label += "  (" + keyName(key, with) + ")"
		item.Shortcut = undrawn{item.Shortcut}
	}
	return item
}

// undrawn is a shortcut that the menu obeys and does not draw.
type undrawn struct{ fyne.Shortcut }

// act does an action if it can be done now, over a dialog too.
func (w *Window) act(a action) {
	if w.at(a.when) {
		a.do(w)
	}
}

// visit shows a page unless a dialog waits for an answer.
func (w *Window) visit(p page) {
	if !w.busy() && w.at(p.when) {
		w.show(p.id)
	}
}

// busy tells that a dialog stands over the page.
func (w *Window) busy() bool { return w.win.Canvas().Overlays().Top() != nil }
