package model

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/importers"
	"daybook/importers/all"
	"daybook/importers/photo"
	"daybook/timeline"
)

// pictureAndChat is a desk with a case of one chat and one picture.
func pictureAndChat(t *testing.T) *Desk {
	t.Helper()
	d := opened(t)
	folder := t.TempDir()
	var chat strings.Builder
	for i := range 40 {
		fmt.Fprintf(&chat, "24/12/2024, %02d:%02d - %s: message %d\n", 10+i/60, i%60, []string{"Dan R", "Maya"}[i%2], i)
	}
	chat.WriteString("25/12/2024, 09:15 - Dan R: the lantern \u202eis lit\n")
	if err := os.WriteFile(filepath.Join(folder, "chat.txt"), []byte(chat.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, 600, 400))
	for y := range 400 {
		for x := range 600 {
			picture.Set(x, y, color.RGBA{uint8(x / 4), uint8(y / 2), uint8(255 * (x / 30 % 2)), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "IMG_20241226_101112.png"), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	run := importers.Run{Case: d.c, Index: d.x, Set: all.Importers(photo.Local{}), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: d.c.Zone()}}
	if _, err := run.Add(t.Context(), "", filepath.Join(folder, "chat.txt"), filepath.Join(folder, "IMG_20241226_101112.png")); err != nil {
		t.Fatal(err)
	}
	return d
}

func look(t *testing.T, d *Desk, q Query, old *Look) *Look {
	t.Helper()
	l, err := d.Look(t.Context(), q, old)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestMarkManyAndTakeItBack: marks stand in rows, filters and the journal, and
// can be taken back.
func TestMarkManyAndTakeItBack(t *testing.T) {
	d := pictureAndChat(t)
	l := look(t, d, Query{}, nil)
	picked := NewSelection()
	if _, err := d.Mark(t.Context(), l, picked, MarkForm{Tag: "x"}); err == nil {
		t.Error("nothing was picked, and marked")
	}
	picked.Add(l.Rows.All()[3:13])
	if _, err := d.Mark(t.Context(), l, picked, MarkForm{}); err == nil {
		t.Error("a mark that says nothing was made")
	}
	m, err := d.Mark(t.Context(), l, picked, MarkForm{Code: "CONTACT", Note: "at night ", LeftOut: "private"})
	if err != nil || m.Note != "10 events marked" {
		t.Fatalf("%q, %v", m.Note, err)
	}
	l = look(t, d, Query{Choice: Choice{MarkFacet: {"CONTACT"}}}, nil)
	if l.Rows.Events() != 10 || l.Note != "10 of 42 events" {
		t.Errorf("marked: %s", l.Note)
	}
	if got := l.Pages.Row(3).Marks; strings.Join(got, ",") != "CONTACT,left out,note" {
		t.Errorf("%v", got)
	}
	detail, err := l.Detail(t.Context(), 3)
	if err != nil || len(detail.Marks) != 1 || !strings.HasPrefix(detail.Marks[0].Text, "CONTACT: Contact or") || !strings.Contains(detail.Marks[0].Text, "note: at night") {
		t.Errorf("%+v, %v", detail.Marks, err)
	}
	if err := d.Unmark(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if l = look(t, d, l.Query, nil); l.Rows.Events() != 0 || l.Note != "Nothing is left with these filters." {
		t.Errorf("taken back: %s", l.Note)
	}
	detail, err = l.Detail(t.Context(), 3)
	var said []string
	for _, f := range detail.Journal {
		said = append(said, f.Text[strings.LastIndex(f.Text, ": ")+2:])
	}
	if err != nil || len(detail.Marks) != 0 || !strings.Contains(strings.Join(said, "; "), "marked; a mark taken back") {
		t.Errorf("the record says %q, %v", said, err)
	}
}

// TestAMarkOnACopyIsTakenBack: a later export that holds the same message with
// its picture stands for the one that was marked, which is now its copy. The
// mark stands at the row, and is taken back there.
func TestAMarkOnACopyIsTakenBack(t *testing.T) {
	d := opened(t)
	if _, err := d.Add(t.Context(), "", []string{file(t, t.TempDir(), "WhatsApp Chat with Dan.txt", clearChat)}, nil); err != nil {
		t.Fatal(err)
	}
	l := look(t, d, Query{}, nil)
	picked := NewSelection()
	picked.Add(l.Rows.All()[1:2])
	if _, err := d.Mark(t.Context(), l, picked, MarkForm{Tag: "gate"}); err != nil {
		t.Fatal(err)
	}
	before, err := l.Detail(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	zip := zipped(t, t.TempDir(), "WhatsApp Chat with Dan.zip", map[string]string{"WhatsApp Chat with Dan.txt": clearChat + "27/12/2024, 09:15 - Maya: later\n", "IMG-1.jpg": "jpeg", "IMG-2.jpg": "jpeg too"})
	if _, err := d.Add(t.Context(), "", []string{zip}, nil); err != nil {
		t.Fatal(err)
	}
	l = look(t, d, Query{Choice: Choice{MarkFacet: {"gate"}}}, nil)
	if l.Rows.Events() != 1 {
		t.Fatal(l.Note)
	}
	event := int(l.Rows.All()[0])
	detail, err := l.Detail(t.Context(), event)
	if err != nil || len(detail.Marks) != 1 || detail.ID == before.ID {
		t.Fatalf("%+v, %v; before %s, after %s", detail.Marks, err, before.ID, detail.ID)
	}
	if err := d.UnmarkOne(t.Context(), detail.Marks[0], "wrong message"); err != nil {
		t.Fatal(err)
	}
	if l = look(t, d, Query{Choice: Choice{MarkFacet: {"gate"}}}, nil); l.Rows.Events() != 0 {
		t.Error(l.Note)
	}
	if err := d.UnmarkOne(t.Context(), detail.Marks[0], ""); err == nil {
		t.Error("taken back twice")
	}
}

// TestDetailLeadsToTheLine of the original, and shows its bytes.
func TestDetailLeadsToTheLine(t *testing.T) {
	d := pictureAndChat(t)
	l := look(t, d, Query{Words: "lantern"}, nil)
	detail, err := l.Detail(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if detail.Title != "Message from Dan R" || detail.Text != "the lantern [U+202E]is lit" || detail.Raw != "the lantern \u202eis lit" || detail.Text[detail.Hits[0][0]:detail.Hits[0][1]] != "lantern" {
		t.Errorf("%+v", detail)
	}
	facts := map[string]string{}
	for _, f := range detail.Origin {
		facts[f.Name] = f.Text
	}
	if facts["File"] != "chat.txt" || facts["Place in it"] != "line 41" || len(facts["Fingerprint (SHA-256)"]) != 64 {
		t.Errorf("%v", facts)
	}
	e, err := l.Original(0)
	if err != nil || !strings.Contains(e.Text, "message 39\n[HERE] 25/12/2024, 09:15 - Dan R: the lantern [U+202E]is lit") {
		t.Errorf("%+v, %v", e, err)
	}
	if q := l.Around(0); q.Thread == "" || look(t, d, q, nil).Rows.Events() != 41 {
		t.Errorf("around: %+v", q)
	}
}

func TestLookNarrowsAndSaysSo(t *testing.T) {
	d := pictureAndChat(t)
	all := look(t, d, Query{}, nil)
	for q, want := range map[*Query]string{
		{Words: "nowhere"}:                     "Nothing holds these words. Try fewer letters with a star at the end: plat*",
		{From: "25 Dec 2024"}:                  "2 of 42 events",
		{To: "24/12/2024"}:                     "40 of 42 events",
		{From: "2024-12-25", To: "2024-12-25"}: "1 of 42 events",
		{Words: "messige"}:                     "40 of 42 events; “messige” stands nowhere, so this is message",
	} {
		if got := look(t, d, *q, all); got.Note != want || !got.Query.Narrow() {
			t.Errorf("%+v: %q, want %q", q, got.Note, want)
		}
	}
	for _, q := range []Query{{From: "soon"}, {To: "later"}, {From: "2025", To: "2024"}} {
		if _, err := d.Look(t.Context(), q, nil); err == nil {
			t.Errorf("%+v was taken", q)
		}
	}
}

// TestThumbsAreSealedAndBlurred: the small picture is kept in the case, and
// nothing can be made out in the blurred one.
func TestThumbsAreSealedAndBlurred(t *testing.T) {
	d := pictureAndChat(t)
	l := look(t, d, Query{Choice: Choice{KindFacet: {string(timeline.Photo)}}}, nil)
	if l.Rows.Events() != 1 {
		t.Fatal(l.Note)
	}
	event, _ := l.Rows.Event(1)
	f, ok := l.Pages.Row(event).Picture()
	if !ok {
		t.Fatalf("no picture in %+v", l.Pages.Row(event))
	}
	thumbs, err := d.Thumbs()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := thumbs.Get(t.Context(), f, image.Pt(256, 176)); !errors.Is(err, ErrNoPictures) {
		t.Errorf("without a worker: %v", err)
	}
	d.Pictures = pictured
	if thumbs, err = d.Thumbs(); err != nil {
		t.Fatal(err)
	}
	made, err := thumbs.Get(t.Context(), f, image.Pt(256, 176))
	if err != nil || made.Clear.Bounds() != image.Rect(0, 0, 256, 176) {
		t.Fatalf("%v", err)
	}
	if clear, blurred := stripes(made.Clear), stripes(made.Blurred); clear < 100 || blurred > 20 {
		t.Errorf("stripes stand out by %d, blurred by %d", clear, blurred)
	}
	if err := thumbs.Close(); err != nil {
		t.Fatal(err)
	}
	d.Pictures = nil
	if thumbs, err = d.Thumbs(); err != nil {
		t.Fatal(err)
	}
	if _, err := thumbs.Get(t.Context(), f, image.Pt(64, 64)); err != nil {
		t.Errorf("it is kept, and was asked for again: %v", err)
	}
	if _, err := thumbs.Get(t.Context(), File{Hash: evidence.Hash{1}}, image.Pt(64, 64)); err == nil {
		t.Error("a picture of nothing")
	}
	ahead := func(want int) {
		t.Helper()
		if err := d.PrepareAhead(t.Context()); err != nil {
			t.Error(err)
		}
		if n := len(slices.Collect(d.c.PagePictures(f.Hash))); n != want {
			t.Errorf("%d pictures for the pages of a bundle", n)
		}
	}
	ahead(0)
	d.Pictures = pictured
	ahead(1)
}

// stripes is how much neighbouring columns differ at most in blue.
func stripes(m *image.RGBA) int {
	most, y := 0, m.Bounds().Dy()/2
	for x := 4; x < m.Bounds().Dx(); x++ {
		a, b := int(m.RGBAAt(x-4, y).B), int(m.RGBAAt(x, y).B)
		most = max(most, a-b, b-a)
	}
	return most
}

func pictured(context.Context) (photo.Pictures, func() error, error) {
	return photo.Local{}, func() error { return nil }, nil
}
