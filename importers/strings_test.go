package importers

import (
	"strings"
	"testing"
)

// Strings that share a piece stay what they were, whatever comes after them.
func TestStrings(t *testing.T) {
	var s Strings
	var got, want []string
	for i := range 3000 {
		b := []byte(strings.Repeat(string(rune('a'+i%26)), i%700))
		got, want = append(got, s.Of(b)), append(want, string(b))
		for j := range b {
			b[j] = '-'
		}
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("string %d is %q, want %q", i, got[i], want[i])
		}
	}
}
