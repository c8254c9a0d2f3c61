package ui

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// shortcutsPage lists every key, from the same lists that the menu is made of.
func shortcutsPage(*Window) view {
	table := container.New(layout.NewFormLayout())
	line := func(keys, does string) {
		table.Add(widget.NewLabelWithStyle(keys, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		text := widget.NewLabel(does)
		text.Wrapping = fyne.TextWrapWord
		table.Add(text)
	}
	for _, p := range pages() {
		if p.key != "" {
			line(keyName(p.key, 0), lang.L(p.name))
		}
	}
	for _, a := range actions() {
		line(keyName(a.key, a.with), lang.L(a.name))
	}
	line("Tab", lang.L("To the next field or button; with Shift to the one before"))
	line("Page Up, Page Down", lang.L("Up and down on a page that is longer than the window"))
	line("Esc", lang.L("Close a question without doing anything; end the walk through the sample case"))
	return view{content: container.NewVScroll(narrow(table))}
}

// keyName writes a key as it is printed on the keyboard.
func keyName(key fyne.KeyName, with fyne.KeyModifier) string {
	if with == 0 {
		with = fyne.KeyModifierShortcutDefault
	}
	var parts []string
	for _, m := range []struct {
		modifier fyne.KeyModifier
		name     string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, super()}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if with&m.modifier != 0 {
			parts = append(parts, m.name)
		}
	}
	return strings.Join(append(parts, string(key)), "+")
}

func super() string {
	if runtime.GOOS == "darwin" {
		return "Command"
	}
	return "Super"
}
