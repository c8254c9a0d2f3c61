package report

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/timeline"

	"daybook/evidence"
)

func (k *realCase) planned(t *testing.T, pack Pack, change func(*Selection)) *Bundle {
	t.Helper()
	sel := selection
	change(&sel)
	return must(Plan(t.Context(), k.c, k.x, sel, General, pack))(t)
}

func labels(b *Bundle) (all []string) {
	for _, e := range b.Exhibits {
		all = append(all, e.Label)
	}
	return all
}

func journalLength(t *testing.T, c *evidence.Case) (n int) {
	t.Helper()
	for _, err := range c.Journal(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// A draft shows the labels that a bundle would give and gives none, and nobody
// can hand it over.
func TestDraftChangesNothing(t *testing.T) {
	k := newCase(t)
	before := journalLength(t, k.c)
	draft := k.planned(t, Full, func(s *Selection) { s.Draft = true })
	if n := journalLength(t, k.c); n != before {
		t.Errorf("a draft wrote %d entries", n-before)
	}
	if err := draft.Write(t.Context(), filepath.Join(t.TempDir(), "b"), WriteOptions{}); !errors.Is(err, ErrDraft) {
		t.Errorf("written: %v", err)
	}
	if got, want := labels(draft), labels(k.plan(t, Full)); !slices.Equal(got, want) || journalLength(t, k.c) == before {
		t.Errorf("the draft shows %v, the bundle has %v", got, want)
	}
}

// Exhibits stand in the order that is asked for, with the labels that they
// have; those that are not named follow.
func TestExhibitsStandInOrder(t *testing.T) {
	k := newCase(t)
	usual := k.plan(t, Full)
	last := usual.Exhibits[len(usual.Exhibits)-1]
	b := k.planned(t, Full, func(s *Selection) { s.Order = []int64{last.Item, 999, usual.Exhibits[1].Item} })
	want := slices.Concat([]string{last.Label, usual.Exhibits[1].Label, usual.Exhibits[0].Label}, labels(usual)[2:len(usual.Exhibits)-1])
	if got := labels(b); !slices.Equal(got, want) {
		t.Errorf("%v; want %v", got, want)
	}
	for _, e := range b.Exhibits {
		if found, ok := b.exhibit(e.Item); !ok || found.Label != e.Label {
			t.Errorf("%s is not found by its item", e.Label)
		}
	}
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	list := string(readTree(t, dir)["data/exhibits.csv"])
	if strings.Index(list, "\n"+last.Label) > strings.Index(list, "\n"+usual.Exhibits[0].Label) {
		t.Error("the list of exhibits has another order")
	}
	if v := verdict(t, dir); !v.OK() {
		t.Error(v.Problems)
	}
}

// An exhibit that is left out of a served pack is in it neither as rows, nor as
// a file, nor as a picture; what names it stays, with the reason.
func TestExhibitLeftOut(t *testing.T) {
	k := newCase(t)
	const chat, picture = 1, 2
	reason := Reasons()[1]
	b := k.planned(t, Served, func(s *Selection) { s.Withhold = map[int64]string{picture: reason.Word} })
	e, ok := b.exhibit(picture)
	if !ok || e.Withheld != reason.Text || e.File != "" || e.Show != ShowNothing {
		t.Errorf("%+v, %v", e, ok)
	}
	if len(b.Told.Left) == 0 || !slices.Contains(b.Told.Left, Left{reason.Text, 1}) {
		t.Errorf("%+v", b.Told.Left)
	}
	b = k.planned(t, Served, func(s *Selection) { s.Withhold = map[int64]string{chat: "her new flat in Leeds"} })
	dir := filepath.Join(t.TempDir(), "b")
	if got := labels(b); slices.Contains(got, e.Label) != true || len(got) == 0 || slices.Contains(got, "JO/1") {
		t.Errorf("an exhibit that is left out has given its label away: %v", got)
	}
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	for name, data := range readTree(t, dir) {
		for _, secret := range []string{"where are you", "new flat in Leeds", "_chat.txt"} {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
	if _, err := Plan(t.Context(), k.c, k.x, Selection{Withhold: map[int64]string{chat: "x"}}, General, Full); err == nil {
		t.Error("a full pack leaves an exhibit out")
	}
}

// Who writes an incident down gives its time by their own clock: nothing about it
// was assumed, and no file is there that could name a zone.
func TestAnIncidentsZoneIsNotAssumed(t *testing.T) {
	k := newCase(t)
	b := k.planned(t, Full, func(s *Selection) { s.Filter.Kinds = []timeline.Kind{timeline.Incident} })
	if b.Rows != 1 || b.Told.Assumed != 0 || b.Usual != sayBasisStated {
		t.Errorf("%d rows, %d assumed, zones are %q", b.Rows, b.Told.Assumed, b.Usual)
	}
}

// What a person should know stands in the plan, and not on a page.
func TestTold(t *testing.T) {
	k := newCase(t)
	b := k.plan(t, Full)
	if got := b.Told; got.Unknown != 1 || got.Skipped != 1 || got.Missing != 1 || got.Assumed == 0 || len(got.Asked) != 1 || len(got.Unread) != 3 {
		t.Errorf("%+v", got)
	}
}
