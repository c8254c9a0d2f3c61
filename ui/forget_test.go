package ui

import (
	"runtime"
	"strings"
	"testing"
	"unsafe"
	"weak"

	"fyne.io/fyne/v2"
)

// TestALockReadsNoFontAnew: fonts that were read once serve on, for those of before stay in
// memory for good; what was measured with them goes with the lock.
func TestALockReadsNoFontAnew(t *testing.T) {
	w := practised(t)
	read := 0
	w.app.Settings().AddListener(func(fyne.Settings) { read++ })
	w.enter("", homeID)
	said := strings.Repeat("what was said ", 4)
	fyne.MeasureText(said, 16, fyne.TextStyle{})
	measured := weak.Make(unsafe.StringData(said))
	w.lock()
	runtime.GC()
	if read != 0 {
		t.Errorf("fonts were read anew %d times", read)
	}
	if measured.Value() != nil {
		t.Error("a text that was measured is kept over a lock")
	}
	s := w.chosen
	s.Text = 200
	if w.apply(s); read != 1 {
		t.Errorf("a larger text was applied %d times", read)
	}
}
