package whatsapp

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"daybook/importers"
	"daybook/timeline"
)

// TestLongMessage reads messages up to and beyond what is shown, in one line
// and in many.
func TestLongMessage(t *testing.T) {
	one := strings.Repeat("é", 800_000)
	many := strings.Repeat("a line of a very long message 😀\n", 60_000) + "end"
	exact := strings.Repeat("x", mostText)
	for _, text := range []string{exact, exact + "y", one, "x" + one, many} {
		chat := "13/12/2024, 21:05 - Alice: before\n13/12/2024, 21:06 - Sam: " + text + "\n13/12/2024, 21:07 - Alice: after\n"
		got, r := read(t, "_chat.txt", chat, importers.Assume{})
		if r.Err != nil || len(got) != 3 || got[2].Text != "after" {
			t.Fatalf("%d messages, %v", len(got), r.Err)
		}
		e := r.Events[1]
		cut := slices.Contains(e.Flags, timeline.TextCut)
		if cut != (len(text) > mostText) || !strings.HasPrefix(text, e.Text) || !utf8.ValidString(e.Text) || len(e.Text) < min(len(text), mostText-utf8.UTFMax) {
			t.Errorf("of %d bytes %d are shown, cut: %v", len(text), len(e.Text), cut)
		}
		if cut && (e.Extra.Get("text bytes") != fmt.Sprint(len(text)) || e.Extra.Get("text sha-256") != fmt.Sprintf("%x", sha256.Sum256([]byte(text)))) {
			t.Errorf("length and hash are %v", e.Extra)
		}
		if slices.Contains(e.Flags, timeline.Undecoded) {
			t.Error("flagged as undecoded")
		}
	}
}

// TestLongPreamble keeps the length and hash of what it does not show.
func TestLongPreamble(t *testing.T) {
	line := strings.Repeat("z", 5000)
	chat := line + "\n13/12/2024, 21:05 - Alice: 1\n13/12/2024, 21:06 - Sam: 2\n13/12/2024, 21:07 - Alice: 3\n"
	got, r := read(t, "_chat.txt", chat, importers.Assume{})
	if r.Err != nil || len(got) != 3 || len(r.Skips) != 1 {
		t.Fatalf("%d messages, %d skips, %v", len(got), len(r.Skips), r.Err)
	}
	k := r.Skips[0]
	if k.Record != "line 1" || len(k.Text) > mostSkipped || !strings.Contains(k.Reason, fmt.Sprintf("%x", sha256.Sum256([]byte(line+"\n")))) {
		t.Errorf("skipped as %q with %d bytes: %s", k.Record, len(k.Text), k.Reason)
	}
}
