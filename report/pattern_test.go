package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

// followed is the small case with what the sides of the pattern are found in: Alex is
// blocked, another address follows, one of whose letters shows private knowledge.
func followed(t testing.TB) *realCase {
	t.Helper()
	k := newCase(t)
	day := func(d int) timeline.When {
		return timeline.FromInstant(time.Date(2024, 3, d, 12, 0, 0, 0, time.UTC), timeline.Day, "2024-03")
	}
	for _, d := range []timeline.RegisterDraft{
		{Kind: timeline.Notice, When: day(13), Words: "Blocked him.", Fields: map[string]string{"how": "blocked", "against": "Alex"}},
		{Kind: timeline.Notice, When: day(13), Words: "Told somebody.", Fields: map[string]string{"how": "other"}},
		{Kind: timeline.LifeChange, When: day(14), Words: "Another way home.", Fields: map[string]string{"part": "work", "cost": "12.50"}},
		{Kind: timeline.LifeChange, When: day(14), Words: "New locks.", Fields: map[string]string{"part": "home"}},
	} {
		must(k.x.Enter(t.Context(), d))(t)
	}
	k.tag(t, "where you live now", "shows_private_knowledge", "I told nobody")
	people := k.x.People()
	number := func(name string) int64 {
		i := slices.IndexFunc(people, func(p timeline.Person) bool { return p.Called() == name })
		if i < 0 {
			t.Fatalf("there is no %s", name)
		}
		return people[i].Number
	}
	err := k.x.Attribute(t.Context(), number("alex@example.org"), number("Alex"), timeline.Possible, []string{"the name in the address"}, []string{"names are chosen freely"})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Every number of the pattern in a bundle counts rows that the bundle shows, each of
// them once; a served pack names nobody in it, and has no cost that nobody asked for.
func TestThePatternCountsRowsThatAreShown(t *testing.T) {
	k := followed(t)
	k.leaveOut(t, "where are you", "private")
	for pack, want := range map[Pack][]string{
		Full: {"By hour", "Before and after each time that they were told, and each order", "New numbers and accounts after a block",
			"Reach to others", "Private knowledge shown", "Silences", "Impact over time", "What it cost"},
		Served: {"By hour", "Before and after each time that they were told, and each order"},
	} {
		b := k.plan(t, pack)
		shown := map[int]bool{}
		for r, err := range b.Walk(t.Context(), 1, b.Rows) {
			if err != nil {
				t.Fatal(err)
			}
			shown[r.Number] = r.LeftOut == ""
		}
		var titles []string
		for _, side := range b.sidesOf {
			titles = append(titles, side.Title)
			for _, f := range side.Figures {
				if f.Rows.Len() != f.N {
					t.Errorf("%s pack, %s, %s: %d, and %d rows", pack, side.Title, f.Key, f.N, f.Rows.Len())
				}
				for _, s := range f.Rows {
					for n := s.First; n <= s.Last; n++ {
						if !shown[n] {
							t.Errorf("%s pack, %s, %s counts row %d, which is not shown", pack, side.Title, f.Key, n)
						}
					}
				}
			}
		}
		if !slices.Equal(titles, want) {
			t.Errorf("%s pack: %q", pack, titles)
		}
		got := dump(t, b)
		for words, there := range map[string]bool{"GBP 12.50": pack == Full, "12.50": pack == Full, "I told nobody": pack == Full, "that day": true, "nothing says whom it is about": true} {
			if strings.Contains(got, words) != there {
				t.Errorf("%s pack says %q: %v", pack, words, !there)
			}
		}
	}
}

// Who a sender may be stands in no row and no list without its strength and the
// reasons on both sides, and in no served pack.
func TestWhoItMayBeIsNeverANameAlone(t *testing.T) {
	k := followed(t)
	const whole = "possibly Alex (reasons for: the name in the address; against: names are chosen freely; said by Jo O’Neill)"
	for _, pack := range []Pack{Full, Served} {
		b := k.plan(t, pack)
		inPeople, inRows := 0, 0
		for _, p := range b.people {
			if strings.Contains(strings.Join(p.Notes, "\n"), whole) {
				inPeople++
			}
		}
		for r, err := range b.Walk(t.Context(), 1, b.Rows) {
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range r.Facts {
				if f.Name == factMayBe {
					inRows++
					if plain(f.Value) != "possibly Alex (reasons for and against it, and whose word it is: People in the rows)" || r.From != "alex@example.org" {
						t.Errorf("row %d from %s says %q", r.Number, r.From, plain(f.Value))
					}
				}
			}
		}
		if want := int(map[Pack]int{Full: 1}[pack]); inPeople != want || inRows != want || strings.Contains(dump(t, b), "possibly Alex") != (pack == Full) {
			t.Errorf("%s pack: %d times in the list, in %d rows", pack, inPeople, inRows)
		}
	}
}

// What is not all of its days says so, and has no silence and no nought of days that it
// does not hold; nor does it say of an element that nothing is linked to it in the case.
func TestThePatternOfAPartSaysThatItIsOne(t *testing.T) {
	k := followed(t)
	k.freeze(t, unchanged)
	k.later(t, "new.eml", "And now?", "2024-03-16 10:00")
	day := func(d int) time.Time { return time.Date(2024, 3, d, 0, 0, 0, 0, time.UTC) }
	const silences, before = "Silences are not counted", "not counted: not all of these days are in the period that was selected"
	for _, c := range []struct {
		name string
		set  func(*Selection)
		says []string
		not  []string
	}{
		{"whole", unchanged, []string{"28 days before", "the files speak of", "no material linked yet"}, []string{"Counted is only", silences, before, sayToldOfPart, sayNothingShown}},
		{"period", func(s *Selection) { s.Filter.From = day(13) }, []string{before, sayToldOfPart, sayNothingShown}, []string{"Counted is only", silences, "no material linked yet"}},
		{"words", func(s *Selection) { s.Filter.Words = "blocked" }, []string{"Counted is only what was selected", silences + " where anything but days was selected"}, []string{"the files speak of", "silent: ", before, "no material linked yet"}},
		{"supplement", func(s *Selection) { s.Continue = 1 }, []string{"Counted are only the rows of this supplement", silences + " in a supplement", "Days before and after are not counted in a supplement"}, []string{"28 days before", "the files speak of", "no material linked yet"}},
	} {
		got := dump(t, k.planned(t, Full, func(s *Selection) { s.Moment, s.Offences = Moment{}, []string{"EW-PHA-2A", "EW-PHA-4A"}; c.set(s) }))
		for _, words := range append(c.says, c.not...) {
			if strings.Contains(got, words) != slices.Contains(c.says, words) {
				t.Errorf("%s: that it says %q is %v", c.name, words, strings.Contains(got, words))
			}
		}
	}
}
