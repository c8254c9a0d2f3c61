package model

import (
	"archive/zip"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/importers/photo"
	"daybook/report"
)

// stranger is a desk with no case on it.
func stranger() *Desk {
	return &Desk{Pictures: func(context.Context) (photo.Pictures, func() error, error) {
		return photo.Local{}, func() error { return nil }, nil
	}}
}

func received(t *testing.T, path string) *Received {
	t.Helper()
	r, err := stranger().Receive(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// zipOf puts a folder in a zip, in a folder of its own.
func zipOf(t *testing.T, dir string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "b.zip")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	err = filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		w, err := z.Create("Bundle A/" + filepath.ToSlash(rel))
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	})
	if err := errors.Join(err, z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestReceivedPeople: who was joined in the case is one person for who reads its
// full pack; a served pack does not say who is who.
func TestReceivedPeople(t *testing.T) {
	d, dir := handed(t, false)
	ours, err := d.Look(t.Context(), Query{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := received(t, dir).Look(t.Context(), ReadQuery{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{}
	for _, v := range ours.Facets[0].Values {
		want[v.Name] = v.N
	}
	for _, v := range l.Facets[0].Values {
		if want[v.Name] != v.N {
			t.Errorf("%s has %d rows in the reader and %d in the case", v.Name, v.N, want[v.Name])
		}
	}
	if len(want) != len(l.Facets[0].Values) || want["Dan R"] != 232 {
		t.Errorf("%d persons in the reader; in the case %v", len(l.Facets[0].Values), want)
	}
	_, dir = handed(t, true)
	if _, err := os.Stat(filepath.Join(dir, "data", "people.csv")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a served pack says who is who: %v", err)
	}
	if r := received(t, dir); len(r.Faults) > 0 {
		t.Errorf("%q", r.Faults)
	}
}

// TestAnIncidentIsNotSent: its row says whom it is about and who wrote it.
func TestAnIncidentIsNotSent(t *testing.T) {
	d := practised(t)
	l, err := d.Look(t.Context(), Query{Choice: Choice{KindFacet: {"incident"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	event, _ := l.Rows.Event(1)
	const want = "incident about Dan R, written down by Maya Kowalska"
	if r := l.Pages.Row(event); r.Title != want || r.Whose {
		t.Errorf("%q, from %+v", r.Title, r.From)
	}
	detail, err := l.Detail(t.Context(), event)
	if err != nil || detail.Title != "I"+want[1:] || detail.People[0].Name != "About" {
		t.Errorf("%q, %v, %v", detail.Title, detail.People, err)
	}
}

// TestReceive: what was handed over is read as it stands in the case, from the
// folder and from the zip.
func TestReceive(t *testing.T) {
	d, dir := handed(t, false)
	ours, err := d.Look(t.Context(), Query{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := d.Plan(t.Context(), Handover{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, zipOf(t, dir)} {
		r := received(t, path)
		if c := r.Check; !c.Good || len(c.Problems)+len(r.Faults) > 0 || !strings.HasPrefix(c.Intact, "Nothing was changed") || c.Key == "" {
			t.Errorf("%+v, %q", c, r.Faults)
		}
		l, err := r.Look(t.Context(), ReadQuery{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if l.Rows.Events() != ours.Rows.Events() || l.Rows.DayOf(1).Name != ours.Rows.DayOf(1).Name {
			t.Errorf("%d rows from %q; the case has %d from %q", l.Rows.Events(), l.Rows.DayOf(1).Name, ours.Rows.Events(), ours.Rows.DayOf(1).Name)
		}
		for n := 0; n < l.Rows.Events(); n += 37 {
			got, want := l.Pages.Row(n), ours.Pages.Row(n)
			if got.ID != want.ID || got.Time != want.Time || got.Text != want.Text || got.Title != want.Title {
				t.Errorf("row %d: %+v; the case has %+v", n, got, want)
			}
			if !strings.HasPrefix(got.Hints, "row "+thousands(n+1)) {
				t.Errorf("row %d has the number %q", n, got.Hints)
			}
		}
		if len(r.Exhibits) != len(plan.Exhibits) || r.Exhibits[0].Label != plan.Exhibits[0].Label {
			t.Errorf("%d exhibits, the plan has %d", len(r.Exhibits), len(plan.Exhibits))
		}
	}
}

// TestReceivedLeadsBothWays: from a row to its exhibit, and from each exhibit
// to as many rows as its list says.
func TestReceivedLeadsBothWays(t *testing.T) {
	_, dir := handed(t, false)
	r := received(t, dir)
	pictures := 0
	for _, e := range r.Exhibits {
		l, err := r.Look(t.Context(), ReadQuery{Exhibit: e.Label}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := count(l.Rows.Events(), "row"); got != e.Rows {
			t.Errorf("%s has %s and shows %s", e.Label, e.Rows, got)
		}
		if !e.Picture {
			continue
		}
		if data, err := r.Picture(t.Context(), e, 500_000); err != nil || len(data) == 0 {
			t.Errorf("%s: %d bytes, %v", e.Label, len(data), err)
		}
		pictures++
	}
	if pictures == 0 {
		t.Error("no exhibit has a picture: this test sees nothing")
	}
	row, err := r.Read(0, "")
	if err != nil || !strings.HasPrefix(row.Title, "Row 1: ") || len(row.Facts) < 3 || len(row.Exhibits) == 0 {
		t.Errorf("%+v, %v", row, err)
	}
	all, err := r.Look(t.Context(), ReadQuery{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	word := strings.Fields(all.Pages.Row(0).Text)[0]
	found, err := r.Look(t.Context(), ReadQuery{Query: Query{Words: strings.ToUpper(word)}}, nil)
	if err != nil || found.Rows.Events() == 0 || found.Rows.Events() > all.Rows.Events() {
		t.Fatalf("%q: %v", word, err)
	}
	if e, _ := found.Rows.Event(1); len(found.Pages.Row(e).Hits) == 0 {
		t.Errorf("%q is not marked in %+v", word, found.Pages.Row(e))
	}
	if none, err := r.Look(t.Context(), ReadQuery{Query: Query{Words: "xyzzyxyzzy"}}, nil); err != nil || none.Rows.Events() != 0 || none.Rows.Len() != 0 {
		t.Errorf("%v", err)
	}
}

// TestReceivedIsFiltered: the filters of a bundle count as those of the case do,
// and each shows as many rows as it says, of those that words and dates leave.
func TestReceivedIsFiltered(t *testing.T) {
	d, dir := handed(t, false)
	r := received(t, dir)
	ours := look(t, d, Query{}, nil)
	all, err := r.Look(t.Context(), ReadQuery{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	kinds := func(l *Look) (list []string) {
		for _, v := range l.Facets[1].Values {
			list = append(list, v.Name+" "+v.Shown())
		}
		return list
	}
	if got, want := kinds(all), kinds(ours); !slices.Equal(got, want) {
		t.Errorf("%v; the case has %v", got, want)
	}
	for _, q := range []Query{{}, {Words: "you"}, {From: "August 2025", To: "Sep 2025"}, {From: "2025", Words: "please"}} {
		before, err := r.Look(t.Context(), ReadQuery{Query: q}, all)
		if err != nil || before.Rows.Events() == 0 {
			t.Fatalf("%+v: %v", q, err)
		}
		for _, f := range before.Facets {
			if len(f.Values) == 0 {
				t.Errorf("%+v: nothing under %s", q, f.Name)
			}
			for _, v := range f.Values {
				q.Choice = Choice{}.Toggle(f.Name, v.Key)
				after, err := r.Look(t.Context(), ReadQuery{Query: q}, before)
				if err != nil || after.Rows.Events() != v.N {
					t.Errorf("%s, %s: %d rows, not %s: %v", f.Name, v.Name, after.Rows.Events(), v.Shown(), err)
				}
			}
		}
		if q.Choice = nil; q.From == "" {
			continue
		}
		of := look(t, d, q, nil)
		if of.Rows.Events() != before.Rows.Events() {
			t.Errorf("%+v: %d rows, the case has %d", q, before.Rows.Events(), of.Rows.Events())
		}
	}
	if _, err := r.Look(t.Context(), ReadQuery{Query: Query{From: "2026", To: "2025"}}, nil); err == nil {
		t.Error("a last day before the first")
	}
	row, err := r.Read(int(ours.Rows.All()[0]), all.Pages.Row(0).Text)
	if err != nil || len(row.Hits) == 0 {
		t.Errorf("nothing is marked in %+v: %v", row, err)
	}
}

// TestReceiveDamaged: whatever was done to a bundle is named, and the rest is
// read all the same.
func TestReceiveDamaged(t *testing.T) {
	_, dir := handed(t, false)
	secret := filepath.Join(t.TempDir(), "secret.jsonl")
	if err := os.WriteFile(secret, []byte(`{"id":"00000000000000000000000000000000","kind":"message","text":"from outside"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := received(t, dir).rows.n
	for _, c := range []struct {
		name   string
		do     func(t *testing.T, dir string) error
		wrong  string // among the problems
		fault  string // among the faults; empty: none
		rows   int
		shapes func(r *Received) bool
	}{
		{"a picture gone", func(t *testing.T, dir string) error { return os.RemoveAll(filepath.Join(dir, "data", "originals")) }, "data/originals/", "", whole, nil},
		{"a word changed", func(t *testing.T, dir string) error {
			return rewrite(dir, receivedEvents, func(s string) string { return strings.Replace(s, `"text":"`, `"text":"NOT `, 1) })
		}, receivedEvents, "", whole, nil},
		{"no rows", func(t *testing.T, dir string) error { return os.Remove(filepath.Join(dir, "data", "events.jsonl")) }, receivedEvents, "The rows cannot be shown", 0, nil},
		{"no tables", func(t *testing.T, dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "data", "chronology.csv")), os.Remove(filepath.Join(dir, "data", "exhibits.csv")))
		}, receivedChronology, "no numbers here", whole, func(r *Received) bool { return len(r.Exhibits) == 0 }},
		{"a huge line", func(t *testing.T, dir string) error {
			return rewrite(dir, receivedEvents, func(s string) string { return strings.Repeat("x", mostLine+10) + "\n" + s })
		}, receivedEvents, "Line 1 of data/events.jsonl is longer", whole, nil},
		{"no JSON", func(t *testing.T, dir string) error {
			return rewrite(dir, receivedEvents, func(s string) string { return "{}}\n{\n" + s })
		}, receivedEvents, "So it is with 1 line more", whole, nil},
		{"a huge cell", func(t *testing.T, dir string) error {
			return rewrite(dir, receivedExhibits, func(s string) string { return s + `"` + strings.Repeat("y", mostLine+10_000) + "\"\r\n" })
		}, receivedExhibits, "longer than one can be", whole, func(r *Received) bool { return len(r.Exhibits) > 3 }},
		{"rows behind a link", func(t *testing.T, dir string) error {
			name := filepath.Join(dir, "data", "events.jsonl")
			return errors.Join(os.Remove(name), os.Symlink(secret, name))
		}, "is not a plain file", "The rows cannot be shown", 0, nil},
		{"an exhibit that leads out", func(t *testing.T, dir string) error {
			return rewrite(dir, receivedExhibits, func(s string) string { return strings.ReplaceAll(s, "data/originals/", "../../") })
		}, receivedExhibits, "", whole, func(r *Received) bool {
			_, err := r.openFile("../../secret.jsonl")
			return err != nil
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			mine := filepath.Join(t.TempDir(), "b")
			if err := os.CopyFS(mine, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			if err := c.do(t, mine); err != nil {
				t.Fatal(err)
			}
			r := received(t, mine)
			if r.Check.Good || !strings.Contains(strings.Join(r.Check.Problems, "\n"), c.wrong) || !strings.HasPrefix(r.Check.Intact, "This bundle is not as it was sealed") {
				t.Errorf("%+v", r.Check)
			}
			if got := strings.Join(r.Faults, "\n"); c.fault == "" && got != "" || !strings.Contains(got, c.fault) {
				t.Errorf("faults: %q", got)
			}
			l, err := r.Look(t.Context(), ReadQuery{}, nil)
			if err != nil || l.Rows.Events() != c.rows {
				t.Fatalf("%d rows, %v; want %d", l.Rows.Events(), err, c.rows)
			}
			if c.shapes != nil && !c.shapes(r) {
				t.Error("it is not as it should be")
			}
		})
	}
	for name, path := range map[string]string{"no file": filepath.Join(dir, "none"), "no bundle": t.TempDir(), "a text": secret, "nothing": " "} {
		if r, err := stranger().Receive(t.Context(), path, nil); err == nil || r != nil {
			t.Errorf("%s was opened", name)
		}
	}
}

func rewrite(dir, name string, change func(string) string) error {
	name = filepath.Join(dir, filepath.FromSlash(name))
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, []byte(change(string(data))), 0o600)
}

// TestCompare: what somebody noted is found when it is right and said to be
// another when it is not.
func TestCompare(t *testing.T) {
	d, dir := handed(t, false)
	r := received(t, dir)
	kept, err := report.FrozenBundles(t.Context(), d.c)
	if err != nil || len(kept) != 1 {
		t.Fatalf("what was handed over is not kept: %v, %v", kept, err)
	}
	note, err := os.ReadFile(filepath.Join(dir, "log", "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	_, head, _ := strings.Cut(string(note), "\nhead ")
	for noted, want := range map[string]string{
		strings.ToUpper(r.Check.Key):   "It is the same",
		head[:64]:                      "had the state that you noted",
		d.c.Phrase():                   "neither", // a later state: that the bundle was frozen is in no bundle yet
		strings.Repeat("abandon ", 12): "neither",
		strings.Repeat("0", 64):        "neither",
	} {
		if got, err := r.Compare(t.Context(), noted, nil); err != nil || !strings.Contains(got, want) {
			t.Errorf("%s: %q, %v", noted, got, err)
		}
	}
	for _, noted := range []string{" ", "abandon", "no such words are in any phrase that was ever printed by us"} {
		if got, err := r.Compare(t.Context(), noted, nil); err == nil {
			t.Errorf("%q: %q", noted, got)
		}
	}
}

// TestReceiveTrickyZip: names that lead out of a zip reach nothing outside, and
// are named; one that is there twice is refused.
func TestReceiveTrickyZip(t *testing.T) {
	_, dir := handed(t, false)
	whole, err := zip.OpenReader(zipOf(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := whole.Close(); err != nil {
			t.Error(err)
		}
	}()
	with := func(more ...string) string {
		name := filepath.Join(t.TempDir(), "tricky.zip")
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		z := zip.NewWriter(f)
		for _, member := range whole.File {
			err = errors.Join(err, z.Copy(member))
		}
		for _, m := range more {
			w, createErr := z.Create(m)
			if createErr == nil {
				_, createErr = w.Write([]byte("from outside"))
			}
			err = errors.Join(err, createErr)
		}
		if err := errors.Join(err, z.Close(), f.Close()); err != nil {
			t.Fatal(err)
		}
		return name
	}
	r := received(t, with("Bundle A/data/../../../../etc/passwd", "Bundle A/data/originals/..\\..\\x.exe", "/root"))
	if r.Check.Good || len(r.Check.Problems) == 0 {
		t.Errorf("%+v", r.Check)
	}
	if l, err := r.Look(t.Context(), ReadQuery{}, nil); err != nil || l.Rows.Events() == 0 {
		t.Errorf("what is whole cannot be read: %v", err)
	}
	if _, err := stranger().Receive(t.Context(), with("Bundle A/"+receivedEvents), nil); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a name that is there twice: %v", err)
	}
}

// TestReceiveStops: Cancel is heard while it is checked and while it is read.
func TestReceiveStops(t *testing.T) {
	_, dir := handed(t, false)
	for _, at := range []string{"kilobytes checked", "rows read"} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := stranger().Receive(ctx, dir, func(_, _ int64, what string) {
			if what == at {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", at, err)
		}
		cancel()
	}
}

// TestReceivedServed: the rows that a served pack leaves out are counted, and
// those that follow keep their numbers.
func TestReceivedServed(t *testing.T) {
	d := practised(t)
	p, err := d.Plan(t.Context(), Handover{Served: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[int64]string{p.Exhibits[0].Item: "legal"}
	place, err := d.Place(t.TempDir(), "b")
	if err != nil {
		t.Fatal(err)
	}
	choice := Handover{Served: true, Without: out}
	var f *Found // words of a row that is left out stand in another one too
	if _, err := d.HandOver(t.Context(), choice, place, nil); !errors.As(err, &f) {
		t.Fatal(err)
	}
	choice.Released = f.Sum
	h, err := d.HandOver(t.Context(), choice, place, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := received(t, h.Path)
	l, err := r.Look(t.Context(), ReadQuery{}, nil)
	if err != nil || !r.Check.Good || len(r.Faults) > 0 {
		t.Fatalf("%+v, %q, %v", r.Check, r.Faults, err)
	}
	if r.rows.left == 0 || !strings.Contains(l.Note, "left out of this pack") || l.Rows.Events()+r.rows.left != p.bundle.Rows {
		t.Errorf("%d left out, %q, %d rows of %d", r.rows.left, l.Note, l.Rows.Events(), p.bundle.Rows)
	}
	if last := r.number(l.Rows.Events() - 1); last <= l.Rows.Events()-1 {
		t.Errorf("the last row has the number %d", last)
	}
}
