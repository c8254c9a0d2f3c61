package report

import (
	"slices"
	"strings"
	"testing"

	"daybook/timeline"
)

// wrote writes an incident down.
func (k *realCase) wrote(t *testing.T, when, what string) timeline.ID {
	t.Helper()
	return must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: must(timeline.Typed(when, "", "", k.c.Zone()))(t), What: what}))(t).ID
}

// titles are those of the diary's parts.
func diaryTitles(t *testing.T, b *Bundle) (all []string) {
	t.Helper()
	for _, s := range b.Sections {
		if s.Title != titleDiary {
			continue
		}
		for part, err := range s.Parts(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, part.Title)
		}
	}
	return all
}

// A supplement of a supplement says of each row and exhibit in which bundle it was
// issued first, and knows what is new.
func TestSupplementOfSupplementNamesTheFirstBundle(t *testing.T) {
	k := newCase(t)
	first, _ := k.freeze(t, unchanged)
	k.later(t, "second.eml", "I am outside.", "2024-03-12 13:00")
	k.freeze(t, func(s *Selection) { s.Continue = 1 })
	k.tag(t, "where are you", "before the move", "")
	k.tag(t, "I am outside", "before the move", "")
	b := k.planned(t, Full, func(s *Selection) { s.Continue, s.Freeze = 2, true })
	c := b.Changes
	if len(c.Changed) != 2 || len(c.Changed[0].Issued) != 1 || c.Changed[0].Issued[0].Bundle != 2 || c.Changed[1].Issued[0].Bundle != 1 || c.Changed[1].Issued[0].Row != 1 || c.Changed[1].Issued[0].Page == "" {
		t.Errorf("changed rows: %+v", c.Changed)
	}
	if len(c.New) != 0 {
		t.Errorf("new, although bundles 1 and 2 have them: %+v", c.New)
	}
	text := dump(t, b)
	for _, want := range []string{"stand in bundle 1 and bundle 2 as they were issued", sayEarlierExhibits, "first issued in bundle 1, p. ", "first issued in bundle 2, p. ", sayHeldEarlier, "Issued before: " + c.Changed[1].Issued[0].String()} {
		if !strings.Contains(text, want) {
			t.Errorf("the plan does not say %q", want)
		}
	}
	if len(b.earlier) != len(first.Exhibits)+1 {
		t.Errorf("%d exhibits of earlier bundles, want %d", len(b.earlier), len(first.Exhibits)+1)
	}
	rows := 0
	for _, x := range b.people {
		rows = max(rows, x.Rows)
	}
	if rows == 0 || rows > b.Rows {
		t.Errorf("somebody is in %d of %d rows", rows, b.Rows)
	}
	all, _ := k.freeze(t, func(s *Selection) { s.Continue = 2 })
	now := k.planned(t, Full, func(s *Selection) { s.Since = all.Number }).Changes
	if !now.None() {
		t.Errorf("nothing has changed since, and it says: %+v", now)
	}
}

// A row that was issued twice names both places, and the third time it has not
// changed because of that.
func TestRowIssuedTwiceNamesBoth(t *testing.T) {
	k := newCase(t)
	k.freeze(t, unchanged)
	k.tag(t, "where are you", "one", "")
	k.freeze(t, func(s *Selection) { s.Continue = 1 })
	if _, err := Plan(t.Context(), k.c, k.x, Selection{Producer: "JO", Continue: 2}, General, Full); err == nil {
		t.Error("a supplement although nothing has changed")
	}
	k.tag(t, "where are you", "two", "")
	c := k.planned(t, Full, func(s *Selection) { s.Continue = 2 }).Changes
	if len(c.Changed) != 1 || len(c.Changed[0].Issued) != 2 || c.Changed[0].Issued[0].Bundle != 1 || c.Changed[0].Issued[1].Bundle != 2 {
		t.Errorf("%+v", c.Changed)
	}
}

// An incident has one number in its case, whatever a bundle holds and whenever it
// happened.
func TestIncidentKeepsItsNumber(t *testing.T) {
	k := newCase(t)
	k.wrote(t, "2024-02-01 10:00", "He came before all others.")
	whole := diaryTitles(t, k.planned(t, Full, unchanged))
	if len(whole) != 2 || !strings.HasPrefix(whole[0], "Incident 2 of 2, ") || !strings.HasPrefix(whole[1], "Incident 1 of 2, ") {
		t.Errorf("%q", whole)
	}
	k.freeze(t, unchanged)
	k.wrote(t, "2024-01-01 10:00", "The first of all.")
	served := diaryTitles(t, k.planned(t, Served, unchanged))
	if len(served) != 3 || !strings.HasPrefix(served[0], "Incident 3 of 3, ") || !slices.ContainsFunc(served, func(s string) bool { return strings.HasPrefix(s, "Incident 2 of 3, ") }) {
		t.Errorf("served: %q", served)
	}
	if later := diaryTitles(t, k.planned(t, Full, func(s *Selection) { s.Continue = 1 })); len(later) != 1 || !strings.HasPrefix(later[0], "Incident 3 of 3, ") {
		t.Errorf("supplement: %q", later)
	}
	part := diaryTitles(t, k.planned(t, Full, func(s *Selection) {
		s.Filter.From = must(timeline.Typed("2024-03-01", "", "", k.c.Zone()))(t).Local.UTC()
	}))
	if len(part) != 1 || !strings.HasPrefix(part[0], "Incident 1 of 3, ") {
		t.Errorf("a part of the time: %q", part)
	}
}
