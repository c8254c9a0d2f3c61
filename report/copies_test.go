package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/evidence"
	"daybook/report/leak"
	"daybook/timeline"
)

// twice adds bytes as two items, and for each that is named a letter that names it as its
// attachment, as the photograph of a folder came in a chat too.
func (k *realCase) twice(t *testing.T, name, kind string, data []byte, named ...int) (items [2]int64) {
	t.Helper()
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	var added [2]evidence.Item
	for i := range added {
		p := must(batch.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: fmt.Sprintf("%d-%s", i, name), Path: name, Type: kind, Size: -1, How: "file"}))(t)
		added[i] = atOnce(t, batch, p)
		items[i] = added[i].Number
	}
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), nil)); err != nil {
		t.Fatal(err)
	}
	for _, i := range named {
		it := added[i]
		k.laterWith(t, it.Name+".eml", "see what I found: "+it.Name, fmt.Sprintf("2024-07-0%d 10:00", 2+i), timeline.Attachment{Name: it.Name, Item: it.Number, Hash: it.Hash})
	}
	return items
}

// What is painted over is so wherever the same bytes are, whichever item it was said of.
func TestPartsArePaintedOverInEachCopy(t *testing.T) {
	for name, data := range map[string][]byte{"child.png": tinyPicture(t), "letter.pdf": statementPDF(t)} {
		kind, area := "image/png", timeline.Area{X: 4, Y: 4, Width: 20, Height: 20, Wide: 48, High: 32}
		if strings.HasSuffix(name, ".pdf") {
			kind, area = "application/pdf", timeline.Area{X: 90, Y: 170, Width: 300, Height: 50, Wide: 1191, High: 842, Page: 2}
		}
		for _, named := range [][]int{{0}, {1}, {0, 1}} {
			for said := range 2 {
				k := newCase(t)
				items := k.twice(t, name, kind, data, named...)
				must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Item: items[said], Areas: []timeline.Area{area}}))(t)
				b := k.planned(t, Served, func(s *Selection) { s.Moment, s.Show = Moment{}, []Detail{ShowDocuments, ShowMetadata} })
				leaking(t, b, data)
				for _, i := range named {
					e, is := b.exhibit(items[i])
					if !is || e.File != "" || e.Withheld == "" || !slices.Equal(e.Areas, []timeline.Area{area}) {
						t.Errorf("%s, copies %v, said of %d: copy %d is given as %q, withheld %q, painted over %v", name, named, said, i, e.File, e.Withheld, e.Areas)
					}
				}
			}
		}
	}
}

// leaking sees that the leak check finds a file that is painted over, where it is given as
// it is.
func leaking(t *testing.T, b *Bundle, data []byte) {
	t.Helper()
	for _, given := range []bool{false, true} {
		pack := fstest.MapFS{"data/x": {Data: slices.Clone(data)}}
		if !given {
			pack["data/x"].Data[len(data)-1]++
		}
		found := must(leak.Look(t.Context(), pack, b.Secrets, leak.Options{}))(t)
		if slices.ContainsFunc(found.Findings, func(f leak.Finding) bool { return f.What == saySecretPainted }) != given {
			t.Errorf("the file itself is there: %t; found %+v", given, found.Findings)
		}
	}
}

// A word that is withheld of one file is withheld of the row that is read from another
// one of the same bytes.
func TestWordsOfAFileAreWithheldOfItsCopies(t *testing.T) {
	for said := range 2 {
		k := newCase(t)
		var items []int64
		for range 2 {
			k.document(t, "note.txt", "text/plain", []byte("He stood at Larkspur"), timeline.Event{Kind: timeline.Document, Text: "He stood at Larkspur"})
			items = append(items, k.c.Len())
		}
		must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "ADDRESS", Item: items[said], Text: "Larkspur"}))(t)
		b := k.planned(t, Served, func(s *Selection) { s.Moment, s.Show = Moment{}, []Detail{ShowDocuments, ShowMetadata} })
		if text := dump(t, b); strings.Contains(text, "Larkspur") || !strings.Contains(text, "He stood at [withheld: address]") {
			t.Errorf("said of copy %d: the row has the word", said)
		}
		for _, n := range items {
			if e, is := b.exhibit(n); is && e.File != "" {
				t.Errorf("said of copy %d: item %d is in the pack", said, n)
			}
		}
	}
}

// A film that is left out is so where it came again, unless it is left out because it is
// a duplicate.
func TestFilmIsLeftOutInEachCopy(t *testing.T) {
	film := []byte("\x00\x00\x00\x10ftypmp42\x00\x00\x00\x00")
	for why, goes := range map[string]bool{"private": false, "duplicate": true} {
		k := newCase(t)
		items := k.twice(t, "film.mp4", "video/mp4", film, 0, 1)
		b := k.planned(t, Served, func(s *Selection) {
			s.Moment, s.Show, s.Withhold = Moment{}, []Detail{ShowDocuments, ShowMetadata}, map[int64]string{items[0]: why}
		})
		if e, _ := b.exhibit(items[1]); (e.File != "") != goes {
			t.Errorf("an exhibit left out as %s: its copy is given as %q", why, e.File)
		}
		k = newCase(t)
		items = k.twice(t, "film.mp4", "video/mp4", film, 1)
		k.document(t, "film.mp4", "video/mp4", film, timeline.Event{Kind: timeline.Video, Text: "a film"})
		k.leaveOut(t, "a film", why)
		b = k.planned(t, Served, func(s *Selection) { s.Moment, s.Show = Moment{}, []Detail{ShowDocuments, ShowMetadata} })
		if e, _ := b.exhibit(items[1]); (e.File != "") != goes {
			t.Errorf("its row left out as %s: the copy is given as %q (%s)", why, e.File, e.Withheld)
		}
	}
}

// Of copies that are left out for several reasons, those of which nothing is said get the
// first one's: two packs of one case are the same bytes.
func TestCopiesHaveTheFirstReason(t *testing.T) {
	k := newCase(t)
	items := k.twice(t, "child.png", "image/png", tinyPicture(t))
	third := k.twice(t, "again.png", "image/png", tinyPicture(t))
	for range 30 {
		all := must(leftOutWith(k.c, map[int64]string{items[1]: "private", items[0]: "about another person"}))(t)
		if len(all) != 4 || all[items[1]] != "private" || all[third[0]] != "about another person" || all[third[1]] != all[third[0]] {
			t.Fatalf("%v", all)
		}
	}
}

// A zip with a copy of what is painted over is not given either.
func TestWhatHoldsACopyIsNotGiven(t *testing.T) {
	for _, painted := range []bool{false, true} {
		k := newCase(t)
		ctx, data := t.Context(), tinyPicture(t)
		items := k.twice(t, "child.png", "image/png", data, 0)
		batch := must(k.c.Begin(ctx, ""))(t)
		p := must(batch.Add(ctx, bytes.NewReader(zipOf(t, "child.png", string(data))), evidence.Provenance{Name: "all.zip", Path: "all.zip", Type: "application/zip", Size: -1, How: "file"}))(t)
		zip := atOnce(t, batch, p)
		must(batch.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: "child.png", Path: "child.png", Type: "image/png", Size: -1, How: "member", Parent: zip.Number}))(t)
		if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), nil)); err != nil {
			t.Fatal(err)
		}
		k.laterWith(t, "zip.eml", "all of it", "2024-07-05 10:00", timeline.Attachment{Name: zip.Name, Item: zip.Number, Hash: zip.Hash})
		if painted {
			must(k.x.Withhold(ctx, timeline.WithholdingDraft{Code: "CHILD", Item: items[0], Areas: []timeline.Area{{X: 4, Y: 4, Width: 20, Height: 20, Wide: 48, High: 32}}}))(t)
		}
		b := k.planned(t, Served, func(s *Selection) { s.Moment, s.Show = Moment{}, []Detail{ShowDocuments, ShowMetadata} })
		if e, is := b.exhibit(zip.Number); !is || (e.File == "") != painted {
			t.Errorf("painted %t: the zip is given as %q (%s)", painted, e.File, e.Withheld)
		}
	}
}
