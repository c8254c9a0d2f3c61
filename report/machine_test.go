package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/report/leak"
	"daybook/report/papertest"
	"daybook/timeline"
)

// What was read in a picture stands below it, in the pages, the timeline and the
// search page, and says that a machine read it. A served pack takes protected words
// out of it, and has none of a picture of which a part is painted over.
func TestTextReadInPictures(t *testing.T) {
	k := newCase(t)
	picture := must(k.c.Item(2))(t)
	read := timeline.PictureText{Picture: picture.Hash, Items: []int64{2}, Engine: "tesseract 5.3", Text: "Dan R\nRing +44 7700 900333\nI am at Ilkley platform 😡"}
	batch := must(k.c.Begin(t.Context(), "more"))(t)
	more := must(batch.Add(t.Context(), strings.NewReader("more"), evidence.Provenance{Name: "more.txt", Size: -1, How: "file"}))(t)
	w := k.x.Begin(t.Context(), batch.Number())
	r := w.Read(atOnce(t, batch, more), "sms", 1, nil)
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-08-01 10:02"), From: timeline.Party{Name: "Alan", Address: "+447700900333"}, Text: "it is me", Source: timeline.Pinpoint{Record: "third"}})
	closeReading(t, r)
	must(w.Commit(t.Context()))(t)
	if err := batch.Finish(t.Context(), timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	if err := k.x.KeepPictureTexts(read); err != nil {
		t.Fatal(err)
	}
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "LOCATION", Text: "Ilkley"}))(t)
	shown := func(pack Pack) map[string][]byte {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "b")
		b := k.planned(t, pack, func(s *Selection) { s.Moment = Moment{} })
		if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		if pack == Served {
			found := must(leak.Look(t.Context(), os.DirFS(dir), b.Secrets, leak.Options{}))(t)
			if slices.ContainsFunc(found.Findings, func(f leak.Finding) bool { return f.Text == "Ilkley" }) {
				t.Errorf("%+v", found.Findings)
			}
		}
		tree, pages := readTree(t, dir), wordsOnPages(papertest.Read(t, filepath.Join(dir, filepath.FromSlash(documentFile))))
		for _, page := range pages {
			if strings.Contains(page, "a machine read") && !strings.Contains(page, "a copy to look at") {
				t.Errorf("the words stand on another page than the picture: %s", page)
			}
		}
		tree["text"] = []byte(strings.Join(pages, " "))
		return tree
	}
	where := []string{"text", timelineDir + "exhibits-1.html"}
	wants := func(tree map[string][]byte, want bool, words string) {
		t.Helper()
		for _, name := range where {
			if strings.Contains(strings.Join(strings.Fields(string(tree[name])), " "), words) != want {
				t.Errorf("%s: %q is there: %v", name, words, !want)
			}
		}
	}
	rows := []string{"data/chronology.csv", timelineDir + "search.html", homePage}
	wantsIn := func(tree map[string][]byte, want bool, words string) {
		t.Helper()
		for _, name := range rows {
			if strings.Contains(strings.Join(strings.Fields(string(tree[name])), " "), words) != want {
				t.Errorf("%s: %q is there: %v", name, words, !want)
			}
		}
	}
	full := shown(Full)
	wantsIn(full, true, "Words in the picture JO/2, read by a machine (tesseract 5.3)")
	wantsIn(full, true, "at Ilkley platform 😡")
	wants(full, true, "a machine read in this picture (tesseract 5.3)")
	wants(full, true, "at Ilkley platform 😡")
	if n := strings.Count(string(full["text"]), "at Ilkley platform"); n != 2 {
		t.Errorf("the words stand %d times in the pages, want once over the picture and once below", n)
	}
	served := shown(Served)
	wants(served, false, "Ilkley")
	wants(served, true, "at [withheld: place] platform")
	wantsIn(served, false, "Ilkley")
	wantsIn(served, true, "at [withheld: place] platform")
	wantsIn(served, false, "900333")
	wantsIn(served, true, "Ring [address withheld]")
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "VEHICLE", Item: 2, Areas: []timeline.Area{{Width: 1, Height: 1, Wide: 2, High: 2}}}))(t)
	served = shown(Served)
	wants(served, false, "a machine read in this picture")
	wants(served, false, "platform")
	wantsIn(served, false, "platform")
	wantsIn(served, false, "read by a machine (")
}
