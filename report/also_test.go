package report

import (
	"fmt"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/timeline"
)

// A message of two exports is one row that names the further export, and the
// act that brought the second says that it was there already; a served pack
// tells nothing of other exports.
func TestFurtherExportIsNamed(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	before := k.planned(t, Full, func(*Selection) {}).Rows
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	for _, name := range []string{"sms-1.xml", "sms-2.xml"} {
		p := must(batch.Add(ctx, strings.NewReader(name), evidence.Provenance{Name: name, Path: "export/" + name, Type: "text/xml", Size: -1, How: "file"}))(t)
		r := w.Read(atOnce(t, batch, p), "sms", 1, nil)
		event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-08-01 10:00"), Text: "twice told", Extra: timeline.FactsOf(timeline.SameKey, "0a1b2c"), Source: timeline.Pinpoint{Record: "sms of " + name}})
		closeReading(t, r)
	}
	must(w.Commit(ctx))(t)
	rec := timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))
	k.x.Reconcile(&rec)
	if err := batch.Finish(ctx, rec); err != nil {
		t.Fatal(err)
	}
	b := k.planned(t, Full, func(*Selection) {})
	text := dump(t, b)
	if b.Rows != before+1 || !strings.Contains(text, "sms of sms-2.xml") || !strings.Contains(text, "beside 1 that was already there") || strings.Contains(text, "0a1b2c") {
		t.Errorf("%d rows, %d before:\n%s", b.Rows, before, text)
	}
	if text := dump(t, k.planned(t, Served, func(*Selection) {})); strings.Contains(text, "sms of sms-2.xml") {
		t.Error(text)
	}
}

// A picture that came twice under two names is one row, which has both names in
// every pack, without what a served one withholds.
func TestFurtherNameOfAPictureIsNamed(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	var items []int64
	for _, name := range []string{"at the gate.jpg", "Kasia's copy alex@example.org.jpg"} {
		p := must(batch.Add(ctx, strings.NewReader("one picture"), evidence.Provenance{Name: name, Path: "export/" + name, Type: "image/jpeg", Size: -1, How: "file"}))(t)
		item := atOnce(t, batch, p)
		r := w.Read(item, "photo", 1, nil)
		event(t, r, timeline.Event{Kind: timeline.Photo, When: at(t, "2024-08-02 10:00"), Source: timeline.Pinpoint{Record: "exif"}})
		closeReading(t, r)
		items = append(items, item.Number)
	}
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	if text := dump(t, k.planned(t, Full, func(*Selection) {})); !strings.Contains(text, "Kasia's copy alex@example.org.jpg") {
		t.Error(text)
	}
	if text := dump(t, k.planned(t, Served, func(*Selection) {})); !strings.Contains(text, "Kasia's copy "+sayAddress+".jpg") {
		t.Error(text)
	}
	text := dump(t, k.planned(t, Served, func(s *Selection) { s.Withhold = map[int64]string{items[1]: "private"} }))
	if strings.Contains(text, "Kasia's copy") {
		t.Error(text)
	}
}

// A message in whose place another export of the chat has other words is flagged
// and names that export, and so does one that was read in a picture, as read by
// the machine; a served pack keeps the flag alone.
func TestOtherExportsAndPicturesAreNamed(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	for i, middle := range []string{"I never came to your house at night", "I came to your house at night"} {
		name := []string{"sms-1.xml", "sms-2.xml"}[i]
		p := must(batch.Add(ctx, strings.NewReader(name), evidence.Provenance{Name: name, Path: "export/" + name, Type: "text/xml", Size: -1, How: "file"}))(t)
		r := w.Read(atOnce(t, batch, p), "sms", 1, nil)
		for n, text := range []string{"before", middle, "after"} {
			event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-08-01 10:0"+fmt.Sprint(n)), From: timeline.Party{Name: "Dan"}, Text: text,
				Extra: timeline.FactsOf(timeline.SameKey, text), Source: timeline.Pinpoint{Record: fmt.Sprint("sms ", n)}})
		}
		closeReading(t, r)
	}
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconciliation{}); err != nil {
		t.Fatal(err)
	}
	found := must(k.x.Find(ctx, timeline.Filter{Kinds: []timeline.Kind{timeline.Photo, timeline.Shot}}))(t)
	shot := must(found.Rows(0, 1))(t)[0]
	if err := k.x.KeepPictureTexts(timeline.PictureText{Picture: shot.Source.Hash, Items: []int64{shot.Source.Item}, Events: []timeline.ID{shot.ID}, Engine: "tesseract 5", Text: "Dan\nI never came to your\nhouse at night"}); err != nil {
		t.Fatal(err)
	}
	const differs, seen, from = "sms-2.xml, sms 1) has other words here.", "These words also stand in a picture (", "Words of a message ("
	full, served := dump(t, k.planned(t, Full, func(*Selection) {})), dump(t, k.planned(t, Served, func(*Selection) {}))
	for _, want := range []string{differs, seen, from, "as read by the machine (tesseract 5), which may be wrong", timeline.ExportsDiffer.Title()} {
		if !strings.Contains(full, want) {
			t.Errorf("the full pack does not say %q", want)
		}
	}
	for _, private := range []string{differs, seen, from} {
		if strings.Contains(served, private) {
			t.Errorf("the served pack says %q", private)
		}
	}
	if !strings.Contains(served, timeline.ExportsDiffer.Title()) {
		t.Error("the served pack does not flag the row")
	}
}

// A call of the telephone that is on the bill too is two rows. The counts say so,
// each row names the other, and a served pack does by the number of the row alone.
func TestCallOfTwoSourcesIsSaidBesideTheCounts(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	for _, reader := range []string{"telephony", "bill"} {
		p := must(batch.Add(ctx, strings.NewReader(reader), evidence.Provenance{Name: reader, Path: "export/" + reader, Type: "text/csv", Size: -1, How: "file"}))(t)
		r := w.Read(atOnce(t, batch, p), reader, 1, nil)
		event(t, r, timeline.Event{Kind: timeline.Call, When: at(t, "2024-08-03 10:00"), From: timeline.Party{Name: "Withheld caller", Address: "+447700900777"}, Source: timeline.Pinpoint{Record: "line of " + reader}})
		closeReading(t, r)
	}
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	for _, pack := range []Pack{Full, Served} {
		b := k.planned(t, pack, func(*Selection) {})
		text := dump(t, b)
		for _, want := range []string{fmt.Sprintf(sayTwice, 2), timeline.Call.Title() + " | 2 | 2024-08-03 10:00 | 2024-08-03 10:00 | 2\n", factElsewhere} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not said:\n%s", pack, want, text)
			}
		}
		if strings.Contains(text, agree(sayTwicePerson, 2)) != (pack == Full) {
			t.Errorf("%s: the list of people", pack)
		}
		if pack == Served && strings.Contains(text, "line of bill, ") {
			t.Errorf("the served pack names the other source's place:\n%s", text)
		}
	}
}
