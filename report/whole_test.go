package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// A text whose every letter stands in the chronology is in a served pack as a
// file, so that its SHA-256 can be checked; one that holds anything more is not.
func TestTextShownWholeIsInTheServedPack(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, "texts"))(t)
	w := k.x.Begin(ctx, batch.Number())
	texts := map[string]struct {
		bytes, shown string
		in           bool
	}{
		"empty.txt":   {"", "", true},
		"windows.txt": {"\ufeffHe stood\r\nat the gate.\r\n", "He stood\nat the gate.", true},
		"longer.txt":  {"He stood at the gate. At 9 Oak Lane.", "He stood at the gate.", false},
		"page.html":   {"<p title='9 Oak Lane'>He stood</p>", "He stood", false},
	}
	for name, text := range texts {
		kind := "text/plain; charset=utf-8"
		if strings.HasSuffix(name, ".html") {
			kind = "text/html"
		}
		added := must(batch.Add(ctx, strings.NewReader(text.bytes), evidence.Provenance{Name: name, Path: "texts/" + name, Type: kind, Size: -1, How: "file"}))(t)
		item := atOnce(t, batch, added)
		r := w.Read(item, "file", 1, nil)
		event(t, r, timeline.Event{Kind: timeline.Document, When: timeline.FromInstant(time.Date(2024, 3, 15, 9, 0, 0, 0, time.UTC), timeline.Second, "raw"),
			Text: text.shown, Extra: timeline.FactsOf("size", "9", "encoding", "utf-8"), Source: timeline.Pinpoint{Record: "file"}})
		closeReading(t, r)
	}
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, e := range k.plan(t, Served).Exhibits {
		text, ok := texts[e.Name]
		if !ok {
			continue
		}
		if seen++; (e.File != "") != text.in || (e.Withheld == "") != text.in {
			t.Errorf("%s: file %q, withheld %q", e.Name, e.File, e.Withheld)
		}
	}
	if seen != len(texts) {
		t.Errorf("%d of %d texts are exhibits", seen, len(texts))
	}
}

// The cover of a pack and its summary count the same rows.
func TestCoverCountsWhatIsLeftOut(t *testing.T) {
	k := newCase(t)
	b := k.plan(t, Full)
	if got := b.counted(); strings.Contains(got, "left out") {
		t.Errorf("nothing is left out, and the cover says %q", got)
	}
	all := b.Rows
	k.leaveOut(t, "the address is private", "somebody else's")
	if b = k.plan(t, Served); b.Rows != all || b.LeftOut != 1 {
		t.Fatalf("%d rows of %d, %d left out", b.Rows, all, b.LeftOut)
	}
	if got, want := b.counted(), "6: 5 shown, 1 left out of this pack"; got != want {
		t.Errorf("the cover says %q, want %q", got, want)
	}
}

// A document goes whole only where every letter of it was read and none is withheld: by
// what its own row lost, by what its file holds, and by what came in it.
func TestDocumentsThatHoldWhatIsWithheldStayOut(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, "documents"))(t)
	w := k.x.Begin(ctx, batch.Number())
	const office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	files := []struct {
		name, kind string
		data       []byte
		row, why   string
	}{
		{"clean.docx", office, zipOf(t, "word/document.xml", "<w:t>a letter</w:t>"), "a letter", ""},
		{"row.docx", office, zipOf(t, "word/document.xml", "<w:t>another letter</w:t>"), "she lives at 14 Orchard Mews", sayWithheldWords},
		{"split.docx", office, zipOf(t, "word/footer1.xml", "<w:t>14 Orc</w:t></w:r><w:r><w:t>hard Mews</w:t>"), "a letter", sayWithheldWords},
		{"notes.rtf", "text/rtf", []byte(`{\rtf1 a letter}`), "a letter", sayWithheldUnread},
		{"sums.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zipOf(t, "xl/workbook.xml", "<v>14</v>"), "", sayWithheldUnread},
		{"strange.xyz", "application/octet-stream", []byte("\x00\x01\x02\xff"), "", sayWithheldUnread},
		{"door.mp4", "video/mp4", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), "", ""},
		{"clean.zip", "application/zip", zipOf(t, "a.txt", "a letter"), "", ""},
		{"row.zip", "application/zip", zipOf(t, "b.txt", "a letter"), "", sayWithheldWords},
		{"in row.zip", "text/plain", []byte("his aunt's"), "by 14 Orchard Mews", fmt.Sprintf(sayWithheldPart, sayPartWords)},
	}
	why := map[int64]string{}
	parent := int64(0)
	for _, f := range files {
		from := evidence.Provenance{Name: f.name, Path: f.name, Type: f.kind, Size: -1, How: "file"}
		if strings.HasPrefix(f.name, "in ") {
			from.Parent, from.How = parent, "member"
		}
		item := atOnce(t, batch, must(batch.Add(ctx, bytes.NewReader(f.data), from))(t))
		why[item.Number], parent = f.why, item.Number
		r := w.Read(item, "file", 1, nil)
		event(t, r, timeline.Event{Kind: timeline.Document, When: at(t, "2024-08-01 10:00"), Text: f.row, Source: timeline.Pinpoint{Record: "file"}})
		closeReading(t, r)
	}
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	must(k.x.Withhold(ctx, timeline.WithholdingDraft{Code: "ADDRESS", Text: "14 Orchard Mews"}))(t)
	b := k.planned(t, Served, func(s *Selection) { s.Show = []Detail{ShowDocuments, ShowMetadata} })
	for n, want := range why {
		if e, ok := b.exhibit(n); !ok || e.Withheld != want {
			t.Errorf("%d: %q, want %q", n, e.Withheld, want)
		}
	}
}
