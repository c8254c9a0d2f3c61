package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

// A row whose moment is known stands in the Timesketch sheet at that moment; others, as
// one of a day or "about" an hour, and those that are left out, do not.
func TestTimesketchReadsBack(t *testing.T) {
	k := newCase(t)
	k.leaveOut(t, "address", "about another person")
	day, about := must(timeline.Typed("2024-03-16", "", "", k.c.Zone()))(t), must(timeline.Typed("2024-03-15 09:00", "", "", k.c.Zone()))(t)
	about.Precision = timeline.About
	for _, when := range []timeline.When{day, about} {
		must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: when, What: "He stood there."}))(t)
	}
	b := k.plan(t, Served)
	dir := t.TempDir() + "/b"
	if err := b.Write(t.Context(), dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	sheet, err := csv.NewReader(bytes.NewReader(readTree(t, dir)["data/timesketch.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(sheet[0][:3], ","); got != "message,datetime,timestamp_desc" {
		t.Errorf("the sheet begins with %s", got)
	}
	sheet = sheet[1:]
	out, inexact := 0, 0
	for r, err := range b.Walk(t.Context(), 1, b.Rows) {
		if err != nil {
			t.Fatal(err)
		}
		e := r.event()
		known := slices.Contains([]timeline.Precision{timeline.Minute, timeline.Second, timeline.Millisecond}, e.When.Precision)
		if e.When.Instant != "" && !known {
			inexact++
		}
		if r.LeftOut != "" || e.When.Instant == "" || !known {
			out++
			continue
		}
		got := sheet[0]
		sheet = sheet[1:]
		at, err := time.Parse(time.RFC3339Nano, got[1])
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.TrimSuffix(r.Time.UTC, "Z"); !strings.HasPrefix(at.Format("2006-01-02 15:04:05.000"), want) {
			t.Errorf("row %d stands at %s and happened %s", r.Number, got[1], want)
		}
		if text := strings.TrimPrefix(got[0], "'"); r.Text != "" && text != r.Text || got[3] != fmt.Sprint(r.Number) {
			t.Errorf("row %d reads back as %q", r.Number, got)
		}
	}
	if len(sheet) > 0 || out == 0 || inexact == 0 {
		t.Errorf("%d rows too many; %d are not in it, %d of them with an instant", len(sheet), out, inexact)
	}
}
