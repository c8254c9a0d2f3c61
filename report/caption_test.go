package report

import (
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/report/leak"
	"daybook/timeline"
)

// A caption stands in a file beside its picture, as a place does, or in a file beside
// that: a served pack has it where metadata is asked for, and else nowhere, says so, and
// is looked through for it.
func TestCaptionsAreMetadata(t *testing.T) {
	for _, before := range []string{timeline.CaptionOf + "movie ©nam): ", timeline.CaptionBeside} {
		t.Run(before, func(t *testing.T) { captionIsMetadata(t, before) })
	}
}

func captionIsMetadata(t *testing.T, before string) {
	const caption = "Front door of 9 Oak Lane"
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, "captions"))(t)
	film := atOnce(t, batch, must(batch.Add(ctx, strings.NewReader("a film"), evidence.Provenance{Name: "door.mp4", Path: "door.mp4", Type: "video/mp4", Size: -1, How: "file"}))(t))
	w := k.x.Begin(ctx, batch.Number())
	r := w.Read(film, "photo", 1, nil)
	event(t, r, timeline.Event{Kind: timeline.Video, When: at(t, "2024-03-12 15:00"), Text: before + caption})
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	tree := k.served(t)
	if in := holds(tree, caption); len(in) > 0 {
		t.Errorf("the caption is in %v", in)
	}
	for _, file := range []string{"data/chronology.csv", "data/events.jsonl", "data/timesketch.csv", "data/case.jsonld", "the plan"} {
		if !slices.Contains(holds(tree, sayCaptionMark), file) {
			t.Errorf("%s does not say that a caption is withheld", file)
		}
	}
	b := k.planned(t, Served, func(*Selection) {})
	if !slices.ContainsFunc(b.Told.Kept, func(k Kept) bool { return k.Mark == sayCaptionMark && k.Rows == 1 }) {
		t.Errorf("%+v", b.Told.Kept)
	}
	if !slices.ContainsFunc(b.Secrets, func(s leak.Secret) bool { return s.Text == caption }) {
		t.Error("the pack is not looked through for the caption")
	}
	frames := k.planned(t, Served, func(s *Selection) { s.Show = []Detail{ShowDocuments} })
	if e, _ := frames.exhibit(film.Number); e.Withheld != sayWithheldStreams {
		t.Errorf("for its caption the film itself is withheld: %s", e.Withheld)
	}
	for name, has := range map[string]*Bundle{"full": k.planned(t, Full, func(*Selection) {}), "with metadata": k.planned(t, Served, func(s *Selection) { s.Show = []Detail{ShowMetadata} })} {
		if len(holds(map[string][]byte{"": []byte(dump(t, has))}, caption)) == 0 {
			t.Errorf("%s: the caption is not there", name)
		}
	}
}
