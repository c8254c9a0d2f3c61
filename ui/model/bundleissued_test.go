package model

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daybook/report"
)

// handOver makes a bundle of some choices in a folder of its own.
func handOver(t *testing.T, d *Desk, h Handover) Handed {
	t.Helper()
	p, err := d.Place(t.TempDir(), "b")
	if err != nil {
		t.Fatal(err)
	}
	out, err := d.HandOver(t.Context(), h, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestASupplementIsMade: a draft gets no number and is not listed; what is final is,
// nothing has changed since, then a row has come, and the supplement has that one
// with its pages counted on. The rules of the court hold it for what it is.
func TestASupplementIsMade(t *testing.T) {
	d := opened(t)
	addRead(t, d, "telephony", callOn(3, 5), callOn(4, 2))
	if out := handOver(t, d, Handover{Draft: true}); out.Number != 0 {
		t.Errorf("a draft is bundle %d", out.Number)
	}
	if list, err := d.Issued(t.Context()); err != nil || len(list) != 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	first := Handover{From: "March 2024", To: "30 April 2024"}
	if out := handOver(t, d, first); out.Number != 1 || len(out.Held.Faults) > 0 {
		t.Errorf("bundle %d: %+v", out.Number, out.Held.Faults)
	}
	list, err := d.Issued(t.Context())
	if err != nil || len(list) != 1 || list[0].Number != 1 || !strings.HasPrefix(list[0].Text, "Full pack, made on ") {
		t.Fatalf("%+v, %v", list, err)
	}
	since, err := d.Since(t.Context(), list[0], nil)
	if err != nil || len(since) != 1 || !strings.Contains(since[0], "Nothing has come") {
		t.Errorf("%q, %v", since, err)
	}
	h, err := list[0].Supplement()
	if err != nil || h.Continues != 1 || h.From != "1 Mar 2024" || h.To != "30 Apr 2024" || h.Served {
		t.Fatalf("%+v, %v", h, err)
	}
	if _, err := d.Plan(t.Context(), h, nil); !errors.Is(err, report.ErrNothingNew) {
		t.Errorf("an empty supplement: %v", err)
	}
	addRead(t, d, "bill", callOn(4, 9))
	if since, err = d.Since(t.Context(), list[0], nil); err != nil || len(since) == 0 || since[0] != "1 row has come." {
		t.Errorf("%q, %v", since, err)
	}
	out := handOver(t, d, h)
	if out.Number != 2 || !strings.HasPrefix(out.Summary, "1 row,") || len(out.Held.Faults) > 0 {
		t.Errorf("bundle %d: %s, %+v", out.Number, out.Summary, out.Held.Faults)
	}
	if list, err = d.Issued(t.Context()); err != nil || len(list) != 2 || !strings.HasPrefix(list[0].Text, "Full supplement to bundle 1") {
		t.Errorf("%+v, %v", list, err)
	}
}

// TestChoicesOfATerminal: what a terminal chose and the window cannot is refused in
// a sentence, and not made of other rows.
func TestChoicesOfATerminal(t *testing.T) {
	d := opened(t)
	addRead(t, d, "telephony", callOn(3, 5))
	handOver(t, d, Handover{})
	list, err := d.Issued(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list[0].frozen.Chosen.Filter.Words = "gate"
	if _, err := list[0].Supplement(); err == nil || !strings.Contains(err.Error(), "bundle 1 was made in a terminal") {
		t.Errorf("%v", err)
	}
}

// TestVolumesAreHeldForWhatTheyAre: the document is cut into files, each is held
// against the rules as one of several, and none is found at fault for it.
func TestVolumesAreHeldForWhatTheyAre(t *testing.T) {
	d := seeing(t)
	if len(Cuts()) < 3 || (Handover{Cut: Cuts()[1].Value}).volumes() == (report.VolumeLimits{}) {
		t.Fatalf("%+v", Cuts())
	}
	for _, c := range Cuts()[1:] {
		if (Handover{Cut: c.Value}).volumes() == (report.VolumeLimits{}) {
			t.Errorf("%s cuts nothing", c.Value)
		}
	}
	b, err := d.plan(t.Context(), Handover{}, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	b.Volumes.Pages = 12
	dir := filepath.Join(t.TempDir(), "b")
	still, stop, err := d.stills(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	}()
	if err := b.Write(t.Context(), dir, report.WriteOptions{Still: still}); err != nil {
		t.Fatal(err)
	}
	files := b.Documents()
	if len(files) < 3 || files[0].First != "" || files[1].First != "13" {
		t.Fatalf("%+v", files)
	}
	for _, f := range files {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(f.File))); err != nil {
			t.Error(err)
		}
	}
	h, err := hold(t.Context(), dir, b)
	if err != nil || len(h.Faults) > 0 || h.Court == "" {
		t.Errorf("%+v, %v", h, err)
	}
}
