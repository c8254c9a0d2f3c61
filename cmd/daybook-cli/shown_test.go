package main

import (
	"fmt"
	"strings"
	"testing"

	"daybook/timeline"
)

// TestWhatHasNoShapeStandsOneWay: what turns the direction of writing is shown by its
// number as people shows names, in lines, in lists and in errors, quoted or not.
func TestWhatHasNoShapeStandsOneWay(t *testing.T) {
	const name = "Ruair\u00ed \u202eevil\u2066"
	want := timeline.Shown(name)
	if !strings.Contains(want, "[U+202E]evil[U+2066]") {
		t.Fatal(want)
	}
	for _, got := range []string{visible(name), visible(want), sentence(fmt.Errorf("person %q", name)), sentence(fmt.Errorf("person %s", name))} {
		if !strings.HasSuffix(strings.TrimSuffix(got, `"`), want) {
			t.Errorf("%q", got)
		}
	}
	for typed, want := range map[string]string{`a \u202e b`: `"a \\u202e b"`, "a\x1b[2J\u0085": `a\x1b[2J[U+0085]`, "\U000e0041": "[U+E0041]"} {
		if got := sentence(fmt.Errorf("%q", typed)); strings.Trim(got, `"`) != strings.Trim(want, `"`) {
			t.Errorf("%q: %s", typed, got)
		}
	}
	if got := visible("a\tb\x1b[2J\u0085"); got != "a b\u241b[2J[U+0085]" {
		t.Errorf("%q", got)
	}
}
