package ui

import (
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// What Fyne drew and measured it keeps for some seconds, and looks for what is
// over at most every ten, when the window is drawn anew. So memory is given
// back several times after a lock.
const (
	forgetEvery = 6 * time.Second
	forgetTimes = 4
)

// forget lets go of what the pages of a case held, and gives the memory back to
// the system, which empties it before anybody else has it. Memory that goes on
// being used is not emptied: the page on what Daybook cannot hide says so.
func (w *Window) forget() {
	w.keys = sign{} // it knows the field that had the keys
	forgetMeasured()
	w.forgets = forgetTimes
	w.forgetAt = w.env.Now().Add(forgetEvery)
	w.env.Go(debug.FreeOSMemory)
}

// forgetMeasured empties Fyne's list of the texts that were measured. Fyne does so for
// whatever is given a theme of its own; it does for a theme of the window too, but then
// reads all fonts anew.
func forgetMeasured() {
	container.NewThemeOverride(widget.NewSeparator(), theme.Current())
}

// forgetting gives memory back again when it is time.
func (w *Window) forgetting(now time.Time) {
	if w.forgets == 0 || now.Before(w.forgetAt) {
		return
	}
	w.forgets--
	w.forgetAt = now.Add(forgetEvery)
	w.win.Content().Refresh()
	w.env.Go(debug.FreeOSMemory)
}
