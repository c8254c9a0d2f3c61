//go:build linux

package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// nextField goes on with Tab to another field to type in.
func (y *typist) nextField() {
	y.t.Helper()
	at := y.glance().Keys
	from := at.Which
	for at.Kind != "*ui.formField" || at.Which == from {
		was := at.Which
		y.press("Tab")
		at = y.until("Tab goes on", func(now glimpse) bool { return now.Keys.Which != was && now.Keys.InSight }).Keys
	}
}

// TestAPaperByKeyboard goes to the papers, answers what one of them asks, has it in
// Welsh, and writes it, with no mouse; the file has the answer as it was typed.
func TestAPaperByKeyboard(t *testing.T) {
	y := &typist{road: &road{screen: newScreen(t), places: t.TempDir()}}
	y.start()
	y.makesCase()
	const answer = "The neighbour filmed the gatepost"
	y.press("ctrl+d")
	y.shows("For the police", "Referral readiness check")
	y.tabs("Referral readiness check")
	y.press("Return")
	y.shows("What would be in it")
	y.tabs("Answer…")
	y.press("Return")
	y.until("the field has the keys", func(g glimpse) bool { return g.Keys.Kind == "*ui.formField" })
	y.types(answer)
	y.press("ctrl+Return")
	y.shows("Saved as entry", "Back to the paper")
	y.tabs("Back to the paper")
	y.press("Return")
	y.shows("The form's words in Welsh")
	y.tabs("The form's words in Welsh")
	y.press("space")
	y.shows("Beth fyddai ynddo")
	y.tabs("Hand it over")
	y.press("Return")
	y.shows("To whom does it go?")
	y.types("PC Rook")
	y.nextField()
	y.types("the first talk")
	y.tabs("A folder, or a USB stick")
	y.types(y.places)
	y.press("ctrl+Return")
	y.shows("It is written")
	y.key("ctrl+q")
	y.ended()
	text, err := exec.CommandContext(t.Context(), "pdftotext", filepath.Join(y.places, "notes.pdf"), "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	for _, want := range []string{answer, "Gwiriad parodrwydd ar gyfer atgyfeirio", "PC Rook"} {
		if !strings.Contains(strings.Join(strings.Fields(string(text)), " "), want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}
