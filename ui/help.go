package ui

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
)

// helpPage says where to turn.
func helpPage(*Window) view {
	return view{content: container.NewVScroll(narrow(container.NewVBox(
		heading(lang.L("In danger now: call 999")),
		plain(lang.L("If you cannot speak, cough or tap the phone and then press 55 when asked.")),
	)))}
}
