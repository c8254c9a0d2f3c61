package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/report/leak"
	"daybook/report/papertest"
	"daybook/report/pdf"
	"daybook/timeline"
)

// A PDF with a protected word in its title, its name, a bookmark or a note, and none on its
// pages, is shown page by page in a served pack, without its file and its name. One whose
// pages hold a word, or cannot be read, or whose row was cut for more than that, is not.
func TestPagesAreShownOfAPDFWhoseTitleHoldsAWord(t *testing.T) {
	const word = "14 Orchard Mews"
	page := func(title, bookmark, words string) []byte {
		var out bytes.Buffer
		d := must(pdf.New(&out, pdf.Options{Title: title}))(t)
		d.Paragraph(pdf.Body, pdf.Run{Text: words})
		if bookmark != "" {
			d.Bookmark(1, bookmark)
		}
		must(d.Close())(t)
		return out.Bytes()
	}
	noted := strings.Replace(boxedPDF("a letter"), "60 690 300 40 re", "60 90 300 40 re", 1)
	noted = strings.Replace(noted, "/Contents 4 0 R", "/Contents 4 0 R/Annots[<</Subtype/Text/Rect[0 0 9 9]/Contents("+word+")>>]", 1)
	k := newCase(t)
	batch := must(k.c.Begin(t.Context(), ""))(t)
	w := k.x.Begin(t.Context(), batch.Number())
	why := map[int64]string{}
	for _, f := range []struct {
		name, row string
		data      []byte
		why       string
	}{
		{"title.pdf", "a letter", page(word, "", "a letter"), sayWithheldTitle},
		{word + ".pdf", "a letter", page("", "", "a letter"), sayWithheldTitle},
		{"bookmark.pdf", "a letter", page("", word, "a letter"), sayWithheldTitle},
		{"note.pdf", "a letter", []byte(noted), sayWithheldTitle},
		{"page.pdf", "a letter", page(word, "", "at "+word), sayWithheldWords},
		{"row.pdf", "at " + word, page(word, "", "a second letter"), sayWithheldWords},
		{"alex@example.org.pdf", "a letter", page("", "", "alex@example.org"), sayWithheldWords},
		{"scan.pdf", "", tellingPDF(exifPhoto(t, word)), sayWithheldWords},
		{"clean.pdf", "a letter", page("", "", "a third letter"), sayWithheldPDF},
	} {
		item := atOnce(t, batch, must(batch.Add(t.Context(), bytes.NewReader(f.data), evidence.Provenance{Name: f.name, Path: f.name, Type: "application/pdf", Size: -1, How: "file"}))(t))
		why[item.Number] = f.why
		r := w.Read(item, "file", 1, nil)
		event(t, r, timeline.Event{Kind: timeline.Document, When: at(t, "2024-08-01 10:00"), Text: f.row, Extra: timeline.FactsOf("title", f.name), Source: timeline.Pinpoint{Record: "file"}})
		closeReading(t, r)
	}
	must(w.Commit(t.Context()))(t)
	if err := batch.Finish(t.Context(), timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "ADDRESS", Text: word}))(t)
	b := k.planned(t, Served, func(s *Selection) { s.Show, s.Moment = []Detail{ShowDocuments}, Moment{} })
	for n, want := range why {
		if e, ok := b.exhibit(n); !ok || e.Withheld != want || (e.Show == ShowPages) != fileAlone(want) || e.File != "" {
			t.Errorf("%s: %q in %q, shown as %v, want %q", e.Name, e.Withheld, e.File, e.Show, want)
		}
	}
	if told := b.Told.Holding; len(told) != 1 || !strings.HasSuffix(told[0], " page.pdf, page 1 (“"+word+"”)") {
		t.Errorf("of the files that hold the word is told %q", told)
	}
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: stillOf}); err != nil {
		t.Fatal(err)
	}
	if found := must(leak.Look(t.Context(), os.DirFS(dir), b.Secrets, leak.Options{}))(t); len(found.Findings) > 0 {
		t.Errorf("in the pack: %+v", found.Findings)
	}
	if n := strings.Count(strings.Join(wordsOnPages(papertest.Read(t, filepath.Join(dir, filepath.FromSlash(documentFile)))), "\n"), "page 1 of 1 of the file"); n != 5 {
		t.Errorf("%d pages of files are shown, want 5", n)
	}
}
