package casework

import "testing"

// Two full names are one where all words of the one are in the other; anything else
// that was written for somebody may be a name of which it has a word.
func TestNamesOfBrothers(t *testing.T) {
	for _, n := range []struct {
		a, b string
		same bool
	}{
		{"Dan Reed", "Pete Reed", false}, {"Dan Reed", "Dan Brown", false}, {"Dan Reed", "Dana Reed", true}, {"Dan Reed", "Pete", false},
		{"Dan Reed", "dan reed", true}, {"Dan Reed", "Daniel Reed", true}, {"Dan Reed", "D. Reed", true}, {"Dan Reed", "P. Reed", false},
		{"Dan Reed", "Dan James Reed", true}, {"Dan Reed", "Reed Dan", true}, {"Dan Reed", "Reed", true}, {"Dan Reed", "Mr Reed", true}, {"Dan Reed", "Mr. Reed", true},
		{"Dan Reed", "Reed and his brother", true}, {"Dan Reed", "Dan and Pete Reed", true}, {"Dan Reed", "Dan Reed (work)", true}, {"Dan", "Dan Brown", true},
		{"Dan Reed", "a man in a hood", false}, {"Rob and Jo", "Kim and Lee", false}, {"Łucja Żak", "Ola Żak", false}, {"Łucja Żak", "Ł. Żak", true},
		{"", "Dan", false}, {"—", "—", false},
	} {
		if sameName(n.a, n.b) != n.same || sameName(n.b, n.a) != n.same {
			t.Errorf("%q and %q: one name is %t, want %t", n.a, n.b, !n.same, n.same)
		}
	}
}
