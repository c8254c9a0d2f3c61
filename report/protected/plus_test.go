package protected

import "testing"

// The sign before a number goes with it.
func TestNoSignIsLeftOfANumber(t *testing.T) {
	w := New([]Word{{Text: "+44 7700 900456", As: Number, Mark: "[X]"}, {Text: "Rowan", Mark: "[Y]"}})
	for text, want := range map[string]string{
		"ring +44 7700 900456 now": "ring [X] now", "(+44) 7700 900456": "[X]", "tel:+447700900456": "tel:[X]", "＋447700900456": "[X]",
		"07700-900456.": "[X].", "1+Rowan": "1+[Y]", "(07700 900456)": "([X])", "+447700900456+447700900456": "[X][X]",
	} {
		if got := w.Clean(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
