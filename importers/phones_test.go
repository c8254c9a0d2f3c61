package importers

import (
	"strconv"
	"strings"
	"testing"

	"daybook/timeline"
)

// TestPhones: a number is what it is by itself, asked for once, again, and after
// more others than are kept.
func TestPhones(t *testing.T) {
	var p Phones
	list := []string{"07700 900123", "+44 7700 900123", "020 7946 0958", "unknown", "", strings.Repeat("1", 100)}
	check := func() {
		t.Helper()
		for _, printed := range list {
			if got, want := p.Of(printed), timeline.Phone(printed); got != want {
				t.Errorf("%q is %q, and not %q", printed, got, want)
			}
		}
	}
	check()
	check()
	for i := range maxPhones + 10 {
		p.Of("x" + strconv.Itoa(i))
	}
	check()
	if len(p.known) > maxPhones {
		t.Errorf("%d are kept", len(p.known))
	}
}
