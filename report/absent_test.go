package report

import (
	"fmt"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/evidence/verify"
	"daybook/timeline"
)

// A served pack without a whole file does not say that it has files.
func TestPackSaysWhichFilesItHas(t *testing.T) {
	k := newCase(t)
	tree := k.served(t)
	for _, name := range []string{"VERIFY.html", "VERIFY.txt"} {
		delete(tree, name) // they look whether there is such a folder
	}
	if in := holds(tree, "data/originals/"); len(in) > 0 && k.plan(t, Served).wholeFiles() == 0 {
		t.Errorf("data/originals stands in %v", in)
	}
	for _, c := range []struct {
		files, all int
		says       string
	}{{0, 2, sayCopiesNone}, {2, 2, sayCopiesAll}, {1, 2, "Of 2 exhibits, 1 has its file in data/originals"}, {0, 0, sayNoExhibits}} {
		b := &Bundle{Exhibits: make([]Exhibit, c.all)}
		for i := range c.files {
			b.Exhibits[i].File = "data/originals/x"
		}
		if got := b.copies(); !strings.Contains(got, c.says) {
			t.Errorf("%d of %d: %q", c.files, c.all, got)
		}
		if got := strings.Contains(b.pictures(), "data/originals"); got != (c.files > 0) {
			t.Errorf("%d of %d: %q", c.files, c.all, b.pictures())
		}
	}
	for _, c := range []struct {
		e    Exhibit
		says string
	}{{Exhibit{Withheld: sayWithheldMeta}, saySheetSums}, {Exhibit{Withheld: sayWithheldMeta, NoSum: true}, saySheetSumsBut}} {
		b := &Bundle{Exhibits: []Exhibit{c.e, {File: "data/originals/x"}}}
		if got := b.copies() + fmt.Sprint(b.withheldBlocks()); strings.Count(got, c.says) != 2 {
			t.Errorf("%+v: %q", c.e, got)
		}
		if got := fmt.Sprint(b.showsAndNot()); !strings.Contains(got, sayShownFiles) {
			t.Errorf("a bundle with a file: %s", got)
		}
		if got := fmt.Sprint((&Bundle{Exhibits: []Exhibit{c.e}}).showsAndNot()); strings.Contains(got, "data/originals") {
			t.Errorf("a bundle without files: %s", got)
		}
	}
	if len(holds(tree, "; shown as a copy without metadata")) == 0 {
		t.Error("the picture is not said to be shown as a copy")
	}
	var said strings.Builder
	if err := (&verify.Verdict{Entries: 3}).Write(&said); err != nil || strings.Contains(said.String(), "0 of 0") || !strings.Contains(said.String(), "There is no original in this bundle") {
		t.Errorf("%v, %s", err, &said)
	}
}

// What was deleted is listed in the full pack and counted in a served one.
func TestDeletedItemsAreStated(t *testing.T) {
	k := newCase(t)
	if err := k.c.Delete(t.Context(), 4, "a picture of the children"); err != nil {
		t.Fatal(err)
	}
	item := must(k.c.Item(4))(t)
	full, served := dump(t, k.plan(t, Full)), dump(t, k.plan(t, Served))
	for _, said := range []string{sayDeletedItems, "a picture of the children", item.Hash.String()[:8]} {
		if !strings.Contains(full, said) {
			t.Errorf("the full pack does not say %q", said)
		}
	}
	if !strings.Contains(served, "deleted from the case: 1.") || strings.Contains(served, "a picture of the children") {
		t.Error("the served pack does not count what was deleted, or gives the reason away")
	}
}

// A question about a file whose bytes were read in another act of adding is open
// no more.
func TestQuestionAnsweredElsewhere(t *testing.T) {
	k := newCase(t)
	const open = "a question is open"
	if !strings.Contains(dump(t, k.plan(t, Full)), open) {
		t.Fatal("the question is not open to begin with: this test would see nothing")
	}
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	p := must(batch.Add(ctx, strings.NewReader("1/2/24 …"), evidence.Provenance{Name: "chat2.txt", Path: "export/chat2.txt", Type: "text/plain", Size: -1, How: "file"}))(t)
	again := atOnce(t, batch, p)
	w := k.x.Begin(ctx, batch.Number())
	r := w.Read(again, "chat", 1, map[string]string{"date-order": "dmy"})
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-02-01 10:00"), Text: "read later", Source: timeline.Pinpoint{Record: "line 1"}})
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	if b := k.plan(t, Full); strings.Contains(dump(t, b), open) || len(b.Told.Asked) > 0 {
		t.Errorf("the question is still open: %+v", b.Told.Asked)
	}
}
