package all

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daybook/assets/sample"
	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/timeline"
)

// open makes a case in a temporary folder.
func open(t testing.TB, zone string) (*evidence.Case, *timeline.Index) {
	t.Helper()
	words, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	c, err := evidence.Create(t.TempDir()+"/case.daybook", evidence.CreateOptions{Title: "test", Zone: zone, Actor: "test",
		Passphrase: "test", Weak: true, KDF: keys.LeastCost(), Words: words})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	x, err := timeline.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return c, x
}

// TestSampleCase: what comes out of the sample case is what its generator put
// in: every event with its time, sender, words and files, every skip, nothing
// else.
func TestSampleCase(t *testing.T) {
	ctx := context.Background()
	exports := t.TempDir() + "/exports"
	truth, err := sample.Write(exports)
	if err != nil {
		t.Fatal(err)
	}
	c, x := open(t, truth.Zone)
	run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits,
		Assume: importers.Assume{Zone: c.Zone(), Owner: truth.Owner}}
	rec, err := run.Add(ctx, "", exports)
	if err != nil {
		t.Fatal(err)
	}
	if rec.Files != len(truth.Files) || rec.Items != len(truth.Files)+truth.Members+truth.Parts || rec.Skips != len(truth.Skips) || len(rec.Failed)+len(rec.Asks)+len(rec.Unclaimed) > 0 {
		t.Errorf("reconciliation %+v", rec)
	}
	var want []string
	files, missing := 0, 0
	for _, r := range truth.Records {
		want = append(want, truthLine(r))
		files += len(r.Files)
		for _, f := range r.Files {
			if f.Missing {
				missing++
			}
		}
	}
	if a := rec.Attachments; a.Named != files || a.Missing != missing || a.Found != files-missing {
		t.Errorf("attachments %+v, want %d named and %d missing", a, files, missing)
	}
	found, err := x.Find(ctx, timeline.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := found.Rows(0, found.Len())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, eventLine(t, c, r.Event))
	}
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-truth +timeline:\n%s", d)
	}
	people(t, truth, x)
}

// truthLine and eventLine write both sides in the same words.
func truthLine(r sample.Record) string {
	utc := "none"
	if !r.UTC.IsZero() {
		utc = r.UTC.Format("2006-01-02 15:04:05")
	}
	var files []string
	for _, f := range r.Files {
		files = append(files, fmt.Sprintf("%s %v", path.Base(f.Name), f.Missing))
	}
	return strings.Join([]string{r.File, r.Kind, utc, r.Local, r.From, strings.TrimSpace(r.Text), strings.Join(files, ",")}, " | ")
}

func eventLine(t *testing.T, c *evidence.Case, e timeline.Event) string {
	r := sample.Record{File: strings.TrimPrefix(e.Source.Path, "exports/"), Kind: string(e.Kind), UTC: e.When.Instant, Text: e.Text}
	it, err := c.Item(e.Source.Item)
	if err != nil {
		t.Fatal(err)
	}
	if it.Parent != 0 {
		parent, err := c.Item(it.Parent)
		if err != nil {
			t.Fatal(err)
		}
		r.File = strings.TrimPrefix(parent.Path, "exports/") + "!" + it.Path
	}
	switch e.Source.Importer {
	case "sms":
	default:
		if !e.When.Local.IsZero() {
			r.Local = e.When.Local.Format("2006-01-02 15:04:05")
		}
	}
	switch {
	case e.From.Owner && e.Source.Importer == "sms":
	case e.From.Address != "":
		r.From = e.From.Address
	default:
		r.From = e.From.Name
	}
	for _, f := range e.Files {
		r.Files = append(r.Files, sample.File{Name: f.Name, Missing: f.Missing})
	}
	return truthLine(r)
}

// people: everybody who sent something is somebody in the list.
func people(t *testing.T, truth *sample.Truth, x *timeline.Index) {
	t.Helper()
	listed := map[string]bool{}
	for _, p := range x.People() {
		for _, h := range p.Handles {
			for _, s := range h.Printed {
				listed[s] = true
			}
			listed[h.Address] = true
		}
	}
	for _, r := range truth.Records {
		if r.From != "" && r.Kind != "system" && !listed[r.From] {
			t.Errorf("%q sent something and is not among the people", r.From)
			listed[r.From] = true
		}
	}
}
