package timeline

import (
	"slices"
	"testing"
)

// A term's places are known as a whole and by their parts, for others write them without
// the town; a town alone is no such place.
func TestPlacesOfATerm(t *testing.T) {
	for places, want := range map[string][]string{
		"Saint Bride School; 5 Pinewood Road, Ashford": {"Saint Bride School", "5 Pinewood Road, Ashford", "5 Pinewood Road"},
		"Saint Bride School, 5 Pinewood Road":          {"Saint Bride School, 5 Pinewood Road", "Saint Bride School", "5 Pinewood Road"},
		"Oak Lane\nAshford":                            {"Oak Lane", "Ashford"},
		" , ;":                                         nil,
		"":                                             nil,
	} {
		if got := (Term{Places: places}).EachPlace(); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", places, got, want)
		}
	}
}
