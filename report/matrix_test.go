//go:build linux || darwin

package report

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"daybook/assets/profiles"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// elementsOf is the part on elements of a pack that is asked for some details.
func (k *realCase) elementsOf(t *testing.T, pack Pack, show ...Detail) string {
	t.Helper()
	return section(t, k.planned(t, pack, func(s *Selection) { s.Offences, s.Show = []string{"EW-PHA-2A", "EW-PHA-4A"}, show }), profiles.PartMatrix)
}

func elementLine(t *testing.T, text, element string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, element)
	if !ok {
		t.Fatalf("no element %q in %s", element, text)
	}
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

// A served pack does not say that nothing is linked to an element of which it
// withholds what may show it, and does not tell by its number what is withheld: a
// row whose feelings are kept back counts whether or not it speaks of fear.
func TestAServedPackSaysThatElementsAreWithheld(t *testing.T) {
	k := newCase(t)
	for _, feared := range []string{"yes", "no"} {
		must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at(t, "2024-03-15 08:10"), What: "He stood there.", FeelingThen: "Cold", FearedViolence: feared}))(t)
	}
	const distress, fear = "causing alarm or distress.", "feared that violence would be used against them. (of those marked so one is enough)"
	full := k.elementsOf(t, Full)
	if !strings.Contains(full, "Cold") || strings.Contains(full, "withheld") {
		t.Errorf("the full pack: %s", full)
	}
	served := k.elementsOf(t, Served)
	want := elementLine(t, served, distress)
	for _, element := range []string{distress, fear} {
		if l := elementLine(t, served, element); !strings.Contains(l, sayNothingShown) || !strings.Contains(l, "rows that may show it are withheld from this pack") || l != want {
			t.Errorf("%s: %s", element, l)
		}
	}
	if strings.Contains(served, casework.NothingYet) || strings.Contains(served, "Cold") {
		t.Errorf("the served pack: %s", served)
	}
	if shown := k.elementsOf(t, Served, ShowFeelings); !strings.Contains(shown, "Cold") || strings.Contains(shown, "that may show it are withheld") {
		t.Errorf("with feelings: %s", shown)
	}
}

// What the person did themself is no act of the other in either pack, and no
// event of the course of conduct.
func TestAnOwnActIsNoConductInABundle(t *testing.T) {
	k := newCase(t)
	must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at(t, "2024-03-15 08:10"), What: "I blocked his number.", FeelingThen: "Calm", Codes: []string{"OTHER"}, Tags: []string{"own_act"}}))(t)
	for _, pack := range []Pack{Full, Served} {
		b := k.planned(t, pack, func(s *Selection) { s.Offences, s.Show = []string{"EW-PHA-2A"}, []Detail{ShowFeelings} })
		if text := section(t, b, profiles.PartMatrix); strings.Contains(text, "I blocked his number.") {
			t.Errorf("%s: %s", pack, text)
		}
		n := 0
		for _, row := range b.course {
			for r, err := range b.Walk(t.Context(), row, row) {
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(r.Text, "I blocked") {
					n++
				}
			}
		}
		if n > 0 {
			t.Errorf("%s: it is in the course of conduct", pack)
		}
	}
}

// A message that an entry of a possible breach names and that has no behaviour is said
// where the offence is, by its row: it is counted in no time limit.
func TestABundleNamesWhatABreachNamesWithoutABehaviour(t *testing.T) {
	k := newCase(t)
	found := must(k.x.Find(t.Context(), timeline.Filter{Kinds: []timeline.Kind{timeline.Message}, Unmarked: true}))(t)
	message := must(found.Rows(0, 1))(t)[0].ID
	order := must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, When: at(t, "2024-01-01 10:00"), Words: "An order.", Fields: map[string]string{"sort": "restraining order"}, Terms: []timeline.Term{{Text: "not to contact her"}}}))(t)
	said := func() (string, int) {
		b := k.planned(t, Full, func(s *Selection) { s.Offences = []string{"EW-PHA-2A"} })
		n := 0
		for r, err := range b.Walk(t.Context(), 1, b.Rows) {
			if err != nil {
				t.Fatal(err)
			}
			if r.ID == message {
				n = r.Number
			}
		}
		return section(t, b, profiles.PartMatrix), n
	}
	if text, _ := said(); strings.Contains(text, "Named by the register") {
		t.Errorf("before any entry: %s", text)
	}
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.Breach, When: at(t, "2024-03-12 10:00"), Words: "He wrote.", Events: []timeline.ID{message}, Fields: map[string]string{"order": order.ID.String(), "term": "1", "may": "unsure"}}))(t)
	if text, n := said(); n == 0 || !strings.Contains(text, fmt.Sprintf(sayUncodedBreaches, strconv.Itoa(n))) {
		t.Errorf("row %d: %s", n, text)
	}
}
