package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// What a person says about a time does not make it more exact than they typed
// it.
func TestQualifiedTimeKeepsItsUnit(t *testing.T) {
	london := newSample(t, Full).bundle.Zone
	for _, c := range []struct {
		text, until string
		how         timeline.Precision
		local, utc  string
		short       string
	}{
		{"2025-10", "", timeline.About, "about 2025-10", "", ""},
		{"2025-10-05", "", timeline.About, "about 2025-10-05", "", ""},
		{"2026-10-25", "", "", "2026-10-25", "", ""},
		{"2025-10-05 17:40", "", timeline.Before, "not later than 2025-10-05 17:40", "2025-10-05 16:40Z", "BST"},
		{"2025", "2025-10-05", timeline.Range, "between 2025 and 2025-10-05", "", ""},
		{"2025-10-05 17:40", "2025-10-05 18:00", timeline.Range, "between 2025-10-05 17:40 and 2025-10-05 18:00", "2025-10-05 16:40Z to 2025-10-05 17:00Z", "BST"},
		{"2026-10-24 23:00", "2026-10-25 03:00", timeline.Range, "between 2026-10-24 23:00 BST and 2026-10-25 03:00 GMT", "2026-10-24 22:00Z to 2026-10-25 03:00Z", ""},
		{"2026-10-25 01:30 +01:00", "2026-10-25 01:30 +00:00", timeline.Range, "between 2026-10-25 01:30 BST and 2026-10-25 01:30 GMT", "2026-10-25 00:30Z to 2026-10-25 01:30Z", ""},
	} {
		w := must(timeline.Typed(c.text, c.until, c.how, london))(t)
		if got := showTime(w, london); got.Local != c.local || got.UTC != c.utc || got.Short != c.short {
			t.Errorf("%s %q %q is shown as %q, UTC %q, %q; want %q, %q, %q", c.how, c.text, c.until, got.Local, got.UTC, got.Short, c.local, c.utc, c.short)
		}
	}
}

func TestOriginalsKeepTheirEnding(t *testing.T) {
	for _, c := range []struct{ name, kind, want string }{
		{"_chat.txt", "text/csv; charset=utf-16le", ".txt"},
		{"All mail.TXT", "application/mbox", ".txt"},
		{"photo.jpeg", "image/jpeg", ".jpeg"},
		{"photo", "image/jpeg", ".jpg"},
		{"photo.exe", "image/jpeg", ".jpg"},
		{"page.html", "text/html", ".bin"},
		{"run.js", "text/plain", ".txt"},
		{"a.\u202etxt", "application/octet-stream", ".bin"},
	} {
		if got := extension(c.name, c.kind); got != c.want {
			t.Errorf("%q, %s: %s; want %s", c.name, c.kind, got, c.want)
		}
	}
}

// Where a file has no ending that opens it, its cover sheet says why, and the list of
// exhibits and the schedule where that is said.
func TestAnEndingThatWasTakenIsSaid(t *testing.T) {
	s := newSample(t, Full)
	s.original(t, 4, "what he wrote.html", "text/html; charset=utf-8", []byte("<p>leave me alone"), ShowText)
	s.original(t, 5, "without an ending", "application/octet-stream", []byte{0, 1}, ShowNothing)
	s.finish()
	for _, e := range s.bundle.Exhibits {
		sheet := fmt.Sprint(s.bundle.coverSheet(e, spansOnPaper))
		want := e.Item == 4
		if strings.Contains(sheet, sayNoEnding) != want || strings.Contains(e.place(), "why it ends in .bin") != want {
			t.Errorf("%s: %s\n%s", e.Name, sheet, e.place())
		}
	}
	c := Container{Name: "saved.mhtml", File: "data/originals/000001-00000000.bin"}
	if !strings.HasSuffix(c.where(), sayNoEnding) {
		t.Error(c.where())
	}
}

// A time that stands apart from its row says its zone: a reader would take it
// for that of the row.
func TestTimeAloneHasItsZone(t *testing.T) {
	london := newSample(t, Full).bundle.Zone
	at := time.Date(2025, 10, 12, 16, 45, 0, 0, time.UTC)
	for want, w := range map[string]timeline.When{
		"2025-10-12 17:45:00 BST":            timeline.FromInstant(at, timeline.Second, "epoch"),
		"2025-10-12 09:45:00 -07:00":         timeline.FromOffset(at.In(time.FixedZone("", -7*3600)), timeline.Second, "09:45 -0700"),
		"2025-10-12 16:45:00 zone not known": timeline.FromLocal(at, nil, timeline.Second, "16:45"),
		sayNoDate:                            {Precision: timeline.Undated, Basis: timeline.UnknownZone},
	} {
		if got := showTime(w, london).zoned(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	noticed := must(timeline.Typed("2025-10-12 17:45", "", "", london))(t)
	if got := whenText(noticed, london); !strings.HasPrefix(got, "Sun 12 Oct 2025 17:45 BST") {
		t.Errorf("noticed: %q", got)
	}
}

// In a list of times by the clock of the case, one by another clock names it.
func TestATimeInAListHasItsZoneWhereItIsAnother(t *testing.T) {
	london := newSample(t, Full).bundle.Zone
	at := time.Date(2025, 11, 1, 15, 0, 0, 0, time.UTC)
	for want, w := range map[string]timeline.When{
		"2025-11-01 15:00:00":        timeline.FromInstant(at, timeline.Second, "epoch"),
		"2025-11-01 10:00:00 -05:00": timeline.FromOffset(at.In(time.FixedZone("", -5*3600)), timeline.Second, "10:00 -0500"),
		"2025-11-01 15:00:01":        timeline.FromOffset(at.Add(time.Second), timeline.Second, "15:00 +0000"),
		"2025-11-01 15:00:02":        timeline.FromLocal(at.Add(2*time.Second), nil, timeline.Second, "15:00:02"),
		"2025-11-01":                 must(timeline.Typed("2025-11-01", "", "", london))(t).Own(),
		sayNoDate:                    {Precision: timeline.Undated, Basis: timeline.UnknownZone},
	} {
		if got := listed(w, london); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A time between two moments says the zone of each where they are not one, and UTC
// of both; a day has no zone.
func TestTheZoneOfARangeAndOfADay(t *testing.T) {
	london := newSample(t, Full).bundle.Zone
	shown := func(text, until string) string {
		w := must(timeline.Typed(text, until, "", london))(t).Own()
		at := showTime(w, london)
		return plain(at.runs(at.zone()))
	}
	for _, c := range [][3]string{
		{"2026-10-25 01:30 +01:00", "2026-10-25 01:30 +00:00", "between 2026-10-25 01:30 BST and 2026-10-25 01:30 GMT\nEurope/London (by the person)\nUTC 2026-10-25 00:30 to 2026-10-25 01:30"},
		{"2025-10-05 17:40", "2025-10-05 18:00", "between 2025-10-05 17:40 and 2025-10-05 18:00\nBST (by the person)\nUTC 2025-10-05 16:40 to 2025-10-05 17:00"},
		{"2026-10-25 01:30 +01:00", "", "2026-10-25 01:30\nBST (by the person)\nUTC 00:30"},
		{"2026-10-25 01:30 +00:00", "", "2026-10-25 01:30\nGMT (by the person)\nUTC 01:30"},
		{"2026-10-25 01:30 +02:00", "", "2026-10-25 01:30\n+02:00 (by the person)\nUTC 2026-10-24 23:30"},
		{"2026-10-25", "", "2026-10-25\nby the person"},
	} {
		if got := shown(c[0], c[1]); got != c[2] {
			t.Errorf("%q, want %q", got, c[2])
		}
	}
	w := must(timeline.Typed("2026-10-25 01:30 +01:00", "2026-10-25 01:30 +00:00", "", london))(t)
	line := string(must(timeline.Row{Event: timeline.Event{Kind: timeline.Incident, When: w}}.AppendJSONL(nil))(t))
	for _, want := range []string{`"instant":"2026-10-25T00:30:00Z"`, `"until":"2026-10-25T01:30:00Z"`, `"basis":"stated"`} {
		if !strings.Contains(line, want) {
			t.Errorf("%s: no %s", line, want)
		}
	}
	day := must(timeline.Typed("2026-10-25", "", "", london))(t)
	if got := timeline.WireTime(day.Own()); got.Basis != timeline.Stated {
		t.Errorf("%+v", got)
	}
	old := timeline.WireWhen{Instant: "2026-10-25T00:30:00Z", Until: "2026-10-25T01:30:00", Precision: timeline.Range}
	if back := must(old.Time())(t); !back.Until.Equal(w.Until) {
		t.Errorf("an older line ends at %s", back.Until)
	}
}

// Rows without a date end no period.
func TestPeriodEndsWithADate(t *testing.T) {
	var c count
	for _, when := range []string{"2008-10-22", "2009-01-01", sayNoDate} {
		c.add(when)
	}
	if c.First != "2008-10-22" || c.Last != "2009-01-01" || c.N != 3 {
		t.Errorf("%+v", c)
	}
}

// A letter shows in its row when it was received, with the zone.
func TestALetterShowsBothItsTimes(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	p := must(batch.Add(ctx, strings.NewReader("a letter"), evidence.Provenance{Name: "a.eml", Path: "a.eml", Type: "message/rfc822", Size: -1, How: "file"}))(t)
	sent := time.Date(2025, 5, 14, 3, 5, 0, 0, time.UTC)
	e := timeline.Event{Kind: timeline.Email, When: timeline.FromOffset(sent, timeline.Second, "Wed, 14 May 2025 03:05:00 +0000"), Text: "Last night", Source: timeline.Pinpoint{Record: "file"}}
	e.Claims = []timeline.Claim{{Label: "Date", When: e.When, Chosen: true},
		{Label: "Received (topmost)", When: timeline.FromOffset(sent.Add(8*time.Hour).In(time.FixedZone("", 3600)), timeline.Second, "")}}
	w := k.x.Begin(ctx, batch.Number())
	r := w.Read(atOnce(t, batch, p), "mail", 1, nil)
	event(t, r, e)
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	if text, want := dump(t, k.plan(t, Full)), "Received (topmost): 2025-05-14 12:05:00 +01:00"; !strings.Contains(text, want) {
		t.Errorf("the bundle does not say %q", want)
	}
}

// A row whose clock was corrected says what the clock showed, what the correction
// is, who said so and when, and in which entry; so does the table of the readers,
// in words. A served pack says it too, and opens the entry, which says how somebody
// knew it, when that is asked for.
func TestACorrectedClockIsSaidInFull(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	p := must(batch.Add(ctx, strings.NewReader("a film"), evidence.Provenance{Name: "a.mp4", Path: "a.mp4", Type: "video/mp4", Size: -1, How: "file"}))(t)
	item := atOnce(t, batch, p)
	said := must(k.c.Record(ctx, "clock", map[string][]int64{"items": {item.Number, 999}}, map[string]string{"slow": "7m0s", "reason": "compared with the telephone in the kitchen"}))(t)
	clock := timeline.Clock{Slow: 7 * time.Minute, Entry: said.Seq, By: "Jo O’Neill", At: time.Date(2025, 5, 14, 9, 0, 0, 0, time.UTC)}
	e := timeline.Event{Kind: timeline.Video, When: at(t, "2025-05-03 23:58"), Source: timeline.Pinpoint{Record: "file"}}
	e.Claims = []timeline.Claim{{Label: "mvhd", When: at(t, "2025-05-03 23:50")}, {Label: "file name", When: e.When, Chosen: true}}
	clock.Correct(&e)
	w := k.x.Begin(ctx, batch.Number())
	r := w.Read(item, "video", 1, map[string]string{"clock": clock.String()})
	event(t, r, e)
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	statement := fmt.Sprintf("the clock was 7 minutes slow, as Jo O’Neill said on 14 May 2025 09:00 +00:00 in entry %d", said.Seq)
	opened := func(b *Bundle) (found bool) {
		for e, err := range b.Entries(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			found = found || e.Seq == said.Seq && e.Body != nil
		}
		return found
	}
	for _, tt := range []struct {
		name string
		b    *Bundle
		open bool
	}{
		{"full", k.planned(t, Full, func(*Selection) {}), true},
		{"full of a choice", k.planned(t, Full, func(s *Selection) { s.Filter.Kinds = []timeline.Kind{timeline.Video} }), true},
		{"full of another choice", k.planned(t, Full, func(s *Selection) { s.Filter.Kinds = []timeline.Kind{timeline.Email} }), false},
		{"served", k.planned(t, Served, func(*Selection) {}), false},
		{"served with the reasons", k.planned(t, Served, func(s *Selection) { s.Show = []Detail{ShowClocks} }), true},
	} {
		text := dump(t, tt.b)
		if strings.Contains(text, `"slow"`) {
			t.Errorf("%s: the readers' table holds raw JSON", tt.name)
		}
		if got := opened(tt.b); got != tt.open {
			t.Errorf("%s: the entry is opened: %t", tt.name, got)
		}
		if tt.name == "full of another choice" {
			continue
		}
		for _, want := range []string{"The clock showed: file name: 2025-05-03 23:58", "Correction: " + statement} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the row does not say %q", tt.name, want)
			}
		}
		if n := strings.Count(text, statement); n < 2 {
			t.Errorf("%s: the statement stands %d times, not in the row and in the table of the readers", tt.name, n)
		}
	}
}

// “that day” is the day of the incident: another one is a date.
func TestNoticedOnAnotherDay(t *testing.T) {
	london := must(time.LoadLocation("Europe/London"))(t)
	v := timeline.Version{}
	v.Occurred = must(timeline.Typed("2026-10-25 19:30", "", "", london))(t)
	for typed, want := range map[string]string{"2026-10-26": "2026-10-26", "2026-10-25": "that day, Sun 25 Oct 2026"} {
		v.Noticed = must(timeline.Typed(typed, "", "", london))(t)
		if got := noticed(v, london); !strings.HasPrefix(got, want) {
			t.Errorf("noticed %s: %q", typed, got)
		}
	}
}
