package timeline

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is withheld comes back from the journal, is taken back by its entry, and
// both stay in it.
func TestWithholdingsAreActs(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	add(t, x, 1, message("1", "Sam", "at 12 High Street, é", noon))
	id := find(t, x, Filter{})[0].ID
	made, err := x.Withhold(ctx,
		WithholdingDraft{Code: "ADDRESS", Text: "  12 High Street "},
		WithholdingDraft{Code: "CHILD", Text: "Tom", Event: id},
		WithholdingDraft{Code: "SAFETY", Event: id, From: 3, To: 5},
		WithholdingDraft{Code: "VEHICLE", Item: 7, Areas: []Area{{1, 2, 30, 40, 100, 80, 0}, {5, 6, 70, 80, 595, 842, 2}}},
	)
	must(t, err)
	if made[0].Text != "12 High Street" || !made[0].Everywhere() || made[1].Everywhere() || made[3].Everywhere() || made[1].Event != id || made[3].Item != 7 {
		t.Errorf("%+v", made)
	}
	must(t, x.ShowAgain(ctx, made[1].Number, "he agrees"))
	if err := x.ShowAgain(ctx, made[1].Number, ""); err == nil {
		t.Error("it was taken back twice")
	}
	left := append(made[:1:1], made[2:]...)
	for _, y := range []*Index{x, reopen(t, store, log)} {
		if d := cmp.Diff(left, y.Withholdings()); d != "" {
			t.Error(d)
		}
	}
	if n := len(log.list); n != 6 { // a reading, four, and one taken back
		t.Errorf("%d entries", n)
	}
	if got := made[3].Words(); got != "30 by 40 pixels at 1, 2 of the picture, 70 by 80 points at 5, 6 of page 2, of item 7" {
		t.Error(got)
	}
}

func TestWithholdRefuses(t *testing.T) {
	x, _, log := newIndex(t)
	add(t, x, 1, message("1", "Sam", "at home, é", noon))
	id := find(t, x, Filter{})[0].ID
	entries := len(log.list)
	for want, d := range map[string]WithholdingDraft{
		"no reason":             {Text: "12 High Street"},
		`"…": give at least`:    {Code: "ADDRESS", Text: "…"},
		`"a": give at least`:    {Code: "CHILD", Text: "a"},
		"not both":              {Code: "CHILD", Text: "Tom", Event: id, Item: 1},
		"there is none":         {Code: "CHILD", Text: "Tom", Event: ID{1}},
		"no passage":            {Code: "CHILD", Event: id, From: 3, To: 300},
		"bytes 3 to 10":         {Code: "CHILD", Event: id, From: 3, To: 10}, // within é
		"of which event":        {Code: "CHILD", From: 3, To: 5},
		"the words or where":    {Code: "CHILD", Text: "Tom", Event: id, From: 3, To: 5},
		"not inside":            {Code: "CHILD", Item: 1, Areas: []Area{{90, 0, 20, 10, 100, 100, 0}}},
		"not inside of page 3":  {Code: "CHILD", Item: 1, Areas: []Area{{0, 0, 20, 10, 10, 10, 3}}},
		"counted from 1":        {Code: "CHILD", Item: 1, Areas: []Area{{0, 0, 1, 1, 9, 9, -1}}},
		"parts of a picture or": {Code: "CHILD", Areas: []Area{{0, 0, 20, 10, 100, 100, 0}}},
	} {
		if _, err := x.Withhold(context.Background(), d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", d, err, want)
		}
	}
	if len(log.list) != entries {
		t.Error("what was refused is in the journal")
	}
}
