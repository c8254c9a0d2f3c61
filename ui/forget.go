package ui

import (
	"runtime/debug"
	"time"
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
	w.keys = sign{}   // it knows the field that had the keys
	w.apply(w.chosen) // with the theme go all texts that were measured
	w.forgets = forgetTimes
	w.forgetAt = w.env.Now().Add(forgetEvery)
	w.env.Go(debug.FreeOSMemory)
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
