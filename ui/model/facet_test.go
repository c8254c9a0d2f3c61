package model

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daybook/evidence"
	"daybook/timeline"
)

// TestFacetsCountWhatATickWouldShow compares the one pass over the columns with
// asking for every value by itself.
func TestFacetsCountWhatATickWouldShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSurvey(t)
		b := &base{survey: s, cast: newCast(nil, s), item: func(n int64) (evidence.Item, error) { return evidence.Item{Number: n, Name: "chat.txt"}, nil }}
		q := Query{Choice: Choice{}}
		if rapid.Bool().Draw(t, "person") {
			q.Choice = q.Choice.Toggle(PeopleFacet, fmt.Sprint(rapid.SampledFrom([]int{11, 22, 33}).Draw(t, "who")))
		}
		if rapid.Bool().Draw(t, "kinds") {
			q.Choice = q.Choice.Toggle(KindFacet, "call").Toggle(KindFacet, "incident")
		}
		if rapid.Bool().Draw(t, "marks") {
			q.Choice = q.Choice.Toggle(MarkFacet, "FOLLOW")
		}
		if rapid.Bool().Draw(t, "no code") {
			q.Choice = q.Choice.Toggle(MarkFacet, uncodedKey)
		}
		facets, shown := b.choose(q, b.every())
		if want := slices.DeleteFunc(every(s), func(e int32) bool { return !lets(s, q.Choice, e) }); !slices.Equal(want, shown) {
			t.Fatalf("shown %v, want %v", shown, want)
		}
		for _, f := range facets {
			if f.Name == SourceFacet {
				continue
			}
			for _, v := range f.Values {
				alone := Choice{}
				for k, list := range q.Choice {
					alone[k] = list
				}
				alone[f.Name] = []string{v.Key}
				n := 0
				for _, e := range every(s) {
					if lets(s, alone, e) {
						n++
					}
				}
				if v.N != n || v.On != slices.Contains(q.Choice[f.Name], v.Key) {
					t.Fatalf("%s %s: %d, want %d", f.Name, v.Name, v.N, n)
				}
			}
		}
	})
}

// lets tells by itself whether a choice lets an event through.
func lets(s *timeline.Survey, c Choice, e int32) bool {
	var people, marks []string
	add := func(place uint32) { people = append(people, fmt.Sprint(s.Persons[place-1])) }
	if s.From[e] != 0 {
		add(s.From[e])
	}
	if s.To[e] != 0 {
		for _, p := range s.Groups[s.To[e]-1] {
			add(p)
		}
	}
	for _, m := range s.Marks[int(e)] {
		marks = append(marks, m.Code)
	}
	if len(marks) == 0 && !timeline.Kinds()[s.Kind[e]].Register() {
		marks = append(marks, uncodedKey)
	}
	for facet, has := range map[string][]string{PeopleFacet: people, KindFacet: {string(timeline.Kinds()[s.Kind[e]])}, MarkFacet: marks} {
		if len(c[facet]) > 0 && !slices.ContainsFunc(has, func(k string) bool { return slices.Contains(c[facet], k) }) {
			return false
		}
	}
	return true
}

func TestToggleLeavesTheOldChoice(t *testing.T) {
	one := Choice{}.Toggle(KindFacet, "call")
	two := one.Toggle(KindFacet, "email")
	none := two.Toggle(KindFacet, "call").Toggle(KindFacet, "email")
	if d := cmp.Diff([]Choice{{KindFacet: {"call"}}, {KindFacet: {"call", "email"}}, {}}, []Choice{one, two, none}); d != "" {
		t.Error(d)
	}
}

func TestFindAmongValues(t *testing.T) {
	f := Facet{Values: []Value{{Name: "Dan R"}, {Name: "Maya", On: true}, {Name: "Zoë"}}}
	if got := f.Find(" dan "); len(got) != 2 || got[0].Name != "Dan R" || got[1].Name != "Maya" {
		t.Errorf("%+v", got)
	}
}
