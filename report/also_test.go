package report

import (
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
		r := w.Read(must(p.Item(ctx))(t), "sms", 1, nil)
		event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-08-01 10:00"), Text: "twice told", Extra: map[string]string{timeline.SameKey: "0a1b2c"}, Source: timeline.Pinpoint{Record: "sms of " + name}})
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
	if b.Rows != before+1 || !strings.Contains(text, "sms of sms-2.xml") || !strings.Contains(text, "beside 1 that were already there") || strings.Contains(text, "0a1b2c") {
		t.Errorf("%d rows, %d before:\n%s", b.Rows, before, text)
	}
	if text := dump(t, k.planned(t, Served, func(*Selection) {})); strings.Contains(text, "sms of sms-2.xml") {
		t.Error(text)
	}
}
