package report

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/report/papertest"
	"daybook/report/pdf"
	"daybook/timeline"
)

// document adds a file of which one row tells.
func (k *realCase) document(t *testing.T, name, kind string, data []byte, e timeline.Event) {
	t.Helper()
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	p := must(batch.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: name, Path: name, Type: kind, Size: -1, How: "file"}))(t)
	r := w.Read(atOnce(t, batch, p), "file", 1, nil)
	e.When, e.Source = timeline.FromInstant(time.Date(2024, 3, 15, 9, 0, 0, 0, time.UTC), timeline.Second, "raw"), timeline.Pinpoint{Record: "file"}
	event(t, r, e)
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
}

// Of a file whose row has no words of its own there is no transcript, which would be
// the program's remarks: a text under a film's name is shown as the text that it is,
// and of an empty file it is said that it is empty.
func TestAFileWithoutWordsHasNoTranscript(t *testing.T) {
	k := newCase(t)
	remarks := timeline.Event{Kind: timeline.Video, Flags: []timeline.Flag{timeline.Undecoded}, Extra: timeline.FactsOf("notes", "a remark")}
	k.document(t, "fake.mp4", "text/plain", []byte("words and no film"), remarks)
	k.document(t, "empty.mp4", "text/plain", nil, remarks)
	k.document(t, "note.txt", "text/plain", []byte("He was here."), timeline.Event{Kind: timeline.Document, Text: "He was here."})
	b := k.planned(t, Full, unchanged)
	for name, want := range map[string]Show{"fake.mp4": ShowText, "empty.mp4": ShowNothing, "note.txt": ShowTranscript} {
		e := b.Exhibits[slices.IndexFunc(b.Exhibits, func(e Exhibit) bool { return e.Name == name })]
		if e.Show != want {
			t.Errorf("%s is shown as %q, want %q", name, e.Show, want)
		}
		if said := fmt.Sprint(b.exhibitBlocks(e)); e.Size == 0 && (strings.Count(said, sayEmptyFile) != 2 || e.Title != "file: empty.mp4") {
			t.Errorf("%s: %s", e.Title, said)
		}
	}
}

// Exhibits of the same bytes name each other, and the schedule says of a file that is
// none that a later one of its bytes is.
func TestExhibitsOfTheSameBytesNameEachOther(t *testing.T) {
	k := newCase(t)
	film, voice := []byte("the same film"), []byte("the same voice")
	k.unread(t, "voice.opus", voice)
	k.document(t, "door.mp4", "video/mp4", film, timeline.Event{Kind: timeline.Video})
	came := must(k.c.Item(k.unread(t, "VID-1.mp4", film)))(t)
	k.laterWith(t, "sent.eml", "Look at this.", "2024-03-16 10:00", timeline.Attachment{Name: came.Name, Item: came.Number, Hash: came.Hash})
	k.document(t, "PTT-1.opus", "audio/ogg", voice, timeline.Event{Kind: timeline.Audio})
	b := k.planned(t, Full, unchanged)
	of := map[string]Exhibit{}
	for _, e := range b.Exhibits {
		of[e.Name] = e
	}
	for name, other := range map[string]string{"door.mp4": "VID-1.mp4", "VID-1.mp4": "door.mp4"} {
		e := of[name]
		if len(e.Same) != 1 || e.Same[0].Item != of[other].Item || !strings.Contains(fmt.Sprint(b.exhibitBlocks(e)), "The same bytes as [{"+of[other].Label) {
			t.Errorf("%s is said to be the same as %+v", name, e.Same)
		}
	}
	if len(of["PTT-1.opus"].Same) > 0 {
		t.Errorf("one exhibit alone: %+v", of["PTT-1.opus"].Same)
	}
	for h, err := range b.held(t.Context()) {
		if must(h, err)(t); h.Name == "voice.opus" && h.Why != sayHeldLater {
			t.Errorf("%s: %s", h.Name, h.Why)
		}
	}
}

// unread adds a file that no reader takes, and gives its number.
func (k *realCase) unread(t *testing.T, name string, data []byte) int64 {
	t.Helper()
	batch := must(k.c.Begin(t.Context(), ""))(t)
	added := must(batch.Add(t.Context(), bytes.NewReader(data), evidence.Provenance{Name: name, Path: name, Size: -1, How: "file"}))(t)
	if err := batch.Finish(t.Context(), timeline.Reconcile(batch.Number(), nil)); err != nil {
		t.Fatal(err)
	}
	return must(added.Item(t.Context()))(t).Number
}

// cutOff is the beginning of a PDF of four pages, of which two are in it.
func cutOff() []byte {
	data := []byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n" +
		"2 0 obj\n<</Type/Pages/Count 4/Kids[3 0 R 5 0 R 7 0 R 9 0 R]/MediaBox[0 0 300 200]>>\nendobj\n")
	for n := 3; n < 7; n += 2 {
		data = fmt.Appendf(data, "%d 0 obj\n<</Type/Page/Parent 2 0 R/Contents %d 0 R>>\nendobj\n%d 0 obj\n<</Length 24>>\nstream\n0 0 1 rg 9 9 90 90 re f \nendstream\nendobj\n", n, n+1, n+1)
	}
	return append(data, "7 0 obj\n<</Type/Pa"...)
}

// undrawn is a whole PDF of two pages, of which the first names a stream that is not there.
func undrawn() []byte {
	data := []byte("%PDF-1.4\n")
	var at []int
	for i, body := range []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]/MediaBox[0 0 300 200]>>", "<</Type/Page/Parent 2 0 R/Contents[5 0 R 6 0 R]>>",
		"<</Type/Page/Parent 2 0 R/Contents 5 0 R>>", "<</Length 24>>\nstream\n0 0 1 rg 9 9 90 90 re f \nendstream",
	} {
		at = append(at, len(data))
		data = fmt.Appendf(data, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	table := len(data)
	data = append(data, "xref\n0 6\n0000000000 65535 f \n"...)
	for _, n := range at {
		data = fmt.Appendf(data, "%010d 00000 n \n", n)
	}
	return fmt.Appendf(data, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table)
}

// The pages of a PDF that is an exhibit are pages of the bundle, with its label;
// those of one that cannot be printed are a sheet that says why, and a served
// pack without the file has none of them.
func TestPagesOfPDFExhibits(t *testing.T) {
	var order bytes.Buffer
	d := must(pdf.New(&order, pdf.Options{Title: "Order"}))(t)
	d.Paragraph(pdf.Body, pdf.Run{Text: "Respondent mustnotcontact applicant"})
	d.PageBreak()
	d.Paragraph(pdf.Body, pdf.Run{Text: "Penalnotice attached"})
	must(d.Close())(t)
	k := newCase(t)
	k.document(t, "order.pdf", "application/pdf", order.Bytes(), timeline.Event{Kind: timeline.Document})
	k.document(t, "broken.pdf", "application/pdf", []byte("%PDF-1.7 and no more"), timeline.Event{Kind: timeline.Document})
	k.document(t, "cut.pdf", "application/pdf", cutOff(), timeline.Event{Kind: timeline.Document})
	k.document(t, "undrawn.pdf", "application/pdf", undrawn(), timeline.Event{Kind: timeline.Document})
	k.document(t, "call.mp4", "video/mp4", []byte("film"), timeline.Event{Kind: timeline.Video, Extra: timeline.FactsOf("duration", "12.5 s")})
	words := func(pack Pack) (all string) {
		t.Helper()
		b := k.planned(t, pack, unchanged)
		dir := filepath.Join(t.TempDir(), "b")
		if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		if v := verdict(t, dir); !v.OK() {
			t.Error(v.Problems)
		}
		for _, page := range papertest.Read(t, filepath.Join(dir, "data/bundle.pdf")).Words {
			for _, w := range page {
				all += " " + w.Text
			}
			all += "\n"
		}
		return all
	}
	full := words(Full)
	for _, want := range []string{
		"page 1 of 2 of the file", "Respondent mustnotcontact applicant", "page 2 of 2 of the file", "Penalnotice attached", "Duration 12.5 s",
		"The pages of the file are not printed here: this PDF file is damaged so far that it cannot be read.",
		"The file is damaged: of the pages that it names, this many could be read: 2 of 4. Parts of these may be missing too.",
		"page 1 of the 2 that could be read; the file is damaged, and names 4.",
	} {
		if !strings.Contains(strings.ReplaceAll(full, "\n", " "), want) {
			t.Errorf("%q is not on the pages:\n%s", want, full)
		}
	}
	if n := strings.Count(full, sayPageUndrawn); n != 1 || !strings.Contains(full, "page 2 of 2 of the file. SHA-256") {
		t.Errorf("%d pages are said not to be drawn whole:\n%s", n, full)
	}
	for _, page := range strings.Split(full, "\n") {
		if strings.Contains(page, "mustnotcontact") && (!strings.Contains(page, "JO/5,") || strings.Contains(page, "Penalnotice")) {
			t.Errorf("the page has no label, or is not alone: %s", page)
		}
	}
	if served := words(Served); strings.Contains(served, "mustnotcontact") || strings.Contains(served, "Penalnotice") {
		t.Errorf("a page of a file that is withheld:\n%s", served)
	}
}
