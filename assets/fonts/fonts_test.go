package fonts

import (
	"io"
	"testing"
)

// TestEveryFontOpens: each is a TrueType file whose tables can be read at any
// place, and every family's licence is there.
func TestEveryFontOpens(t *testing.T) {
	names, err := Names()
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 20 {
		t.Errorf("%d fonts only", len(names))
	}
	for _, name := range names {
		f, err := Open(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var head [4]byte
		if _, err := io.ReadFull(f, head[:]); err != nil || head != [4]byte{0, 1, 0, 0} {
			t.Errorf("%s begins with %x, %v", name, head, err)
		}
	}
	if _, err := Open("NoSuchFont"); err == nil {
		t.Error("a font that is not there opened")
	}
	for _, family := range []string{"Noto", "Nanum", "Droid"} {
		if text, err := Licence(family); err != nil || len(text) < 1000 {
			t.Errorf("licence of %s: %d bytes, %v", family, len(text), err)
		}
	}
}
