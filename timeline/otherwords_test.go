package timeline

import (
	"slices"
	"testing"
)

// A line with one word more is named, however long the rest is that both forms have;
// signs, links beside words and capitals are none.
func TestOtherLines(t *testing.T) {
	const plain = "I saw you today. I will WAIT at the gate<https://example.org/gate>.\nRegards"
	for form, want := range map[string][]string{
		"I saw you today.\nI will wait at the gate.\n\n  Regards":                           nil,
		"I saw you today. I will wait at the gate.\n Html only words: pineapple. \nRegards": {"Html only words: pineapple."},
		"I never saw you": {"I never saw you"},
		"":                nil,
	} {
		if got := OtherLines(form, plain); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", form, got, want)
		}
	}
}
