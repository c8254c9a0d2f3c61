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
		"none":                                         nil,
		" , ;":                                         nil,
		"":                                             nil,
	} {
		if got := (Term{Places: places}).EachPlace(); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", places, got, want)
		}
	}
}

// The people of a term are known by their names alone, and as children by their age or by
// the words before their names.
func TestPeopleOfATerm(t *testing.T) {
	for people, want := range map[string][]TermPerson{
		"Mali (7), Dan and Jo; Reed (41)":             {{"Mali", true}, {"Dan", false}, {"Jo", false}, {"Reed", false}},
		"Emily Hart or her son Alfie Hart":            {{"Emily Hart", false}, {"Alfie Hart", true}},
		"the applicant's mother Ann Hart\nher sister": {{"Ann Hart", false}, {"her sister", false}},
		"emily hart":                    {{"emily hart", false}},
		"Émile's children Zoë and Noor": {{"Émile's children Zoë", false}, {"Noor", false}},
		"None.":                         nil,
		" ; and (7)":                    nil,
	} {
		if got := (Term{People: people}).EachPerson(); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", people, got, want)
		}
	}
}

// Whoever says afterwards which people and places a term names rewords nothing; whoever
// says something else of them does.
func TestATermToldApartIsNotReworded(t *testing.T) {
	bare := Term{Text: "Not to enter 14 Rose Lane"}
	apart := Term{Text: bare.Text, People: "none", Places: "14 Rose Lane"}
	other := Term{Text: bare.Text, People: "none", Places: "15 Rose Lane"}
	if bare.ToldApart() || !apart.ToldApart() || apart.reworded(bare) || !other.reworded(apart) || !bare.reworded(apart) {
		t.Errorf("%t %t %t %t %t", bare.ToldApart(), apart.ToldApart(), apart.reworded(bare), other.reworded(apart), bare.reworded(apart))
	}
}
