package bill

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// What is read by hand is what the expressions say that it is.
func TestForms(t *testing.T) {
	date := regexp.MustCompile(`^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})\b`)
	clock := regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2}))?(?: *([AaPp][Mm]))?$`)
	length := regexp.MustCompile(`^\d+:\d{2}:\d{2}$`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9]{0,5}[/.:\-a]?[0-9]{0,3}[/.:\-]?[0-9]{0,5}[ _a:é]?[0-9]{0,2}`).Draw(t, "text")
		parts, rest, ok := slashed(text)
		m := date.FindStringSubmatch(text)
		if ok != (m != nil) || ok && (parts != [3]string(m[1:]) || m[0]+rest != text) {
			t.Errorf("date %q: %q, then %q, %v; want %q", text, parts, rest, ok, m)
		}
		text = rapid.StringMatching(`[0-9]{1,3}:[0-9]{1,3}(:[0-9]{1,3})?( ?[aApPx][mMx])?`).Draw(t, "clock")
		c, ok := plainClock(text)
		if m := clock.FindStringSubmatch(text); ok != (m != nil) || ok && [5]string(c[:5]) != [5]string(m) {
			t.Errorf("time %q: %q; want %q", text, c, m)
		}
		text = rapid.StringMatching(`[0-9]{1,3}:[0-9]{2}:[0-9]{2}[a ]?`).Draw(t, "length")
		if made := new(bill).duration(text); length.MatchString(text) && made == text {
			t.Errorf("length %q stays as it is", text)
		}
	})
}
