package timeline

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// What a person states must be a time that a clock has shown, once.
func TestTimeThatCanHaveBeen(t *testing.T) {
	now := time.Date(2026, 11, 25, 16, 0, 0, 0, london)
	lord, err := time.LoadLocation("Australia/Lord_Howe")
	must(t, err)
	beirut, err := time.LoadLocation("Asia/Beirut")
	must(t, err)
	for _, c := range []struct {
		text, until string
		how         Precision
		zone        *time.Location
		says        string // empty where the time is taken
	}{
		{"2026-03-29 01:30", "", "", london, "2026-03-29 01:30 never came in Europe/London, because the clocks went forward: write 2026-03-29 01:30 +00:00 if your clock was not put forward yet, or 2026-03-29 01:30 +01:00 if it was"},
		{"2026-10-25 01:30", "", "", london, "2026-10-25 01:30 came twice in Europe/London, because the clocks went back: write 2026-10-25 01:30 +01:00 for the first time, or 2026-10-25 01:30 +00:00 for the second"},
		{"2026-10-25 01:30", "", About, london, "came twice"},
		{"2026-10-25 00:30", "2026-10-25 01:30", "", london, "2026-10-25 01:30 came twice"},
		{"2026-04-05 01:45", "", "", lord, "write 2026-04-05 01:45 +11:00 for the first time, or 2026-04-05 01:45 +10:30"},
		{"2026-10-25 01:30 +01:00", "", "", london, ""},
		{"2026-10-25 01:30+00:00", "", "", london, ""},
		{"2026-03-29 01:30 +00:00", "", "", london, ""},
		{"2026-03-29", "", "", beirut, ""}, // the day has no midnight there
		{"2026-03-29 02:00", "", "", london, ""},
		{"2026-11-25 16:01", "", "", london, "2026-11-25 16:01 has not come yet: this computer's clock shows 2026-11-25 16:00 +00:00"},
		{"2026-11-25 16:00", "", "", london, ""},
		{"2026-11-25 17:00 +01:00", "", "", london, ""},
		{"2026-11-25 16:30 +00:00", "", "", london, "has not come yet"},
		{"2026-11-25", "", "", london, ""},
		{"2026-11-26", "", "", london, "2026-11-26 has not come yet"},
		{"2027", "", About, london, "has not come yet"},
		{"2027", "", Before, london, ""},
		{"2026-11-25 15:00", "2026-11-25 16:30", "", london, "has not come yet"},
		{"2026-11-25 15:00", "2026-11-25 15:30", "", london, ""},
		{"", "", "", london, `say when it happened`},
		{"Not sure", "", "", london, ""},
		{"not known", "", "", london, ""},
	} {
		w, err := Typed(c.text, c.until, c.how, c.zone)
		must(t, err)
		err = w.Happened(now)
		switch {
		case c.says == "" && err != nil:
			t.Errorf("%s %q %q: %v", c.how, c.text, c.until, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s %q %q: %v; want %q", c.how, c.text, c.until, err, c.says)
		}
	}
}

// What the sentence about a doubled or missing time tells a person to write is
// what they mean: an hour lies between the two.
func TestOffsetDecidesADoubledTime(t *testing.T) {
	for text, want := range map[string]string{
		"2026-10-25 01:30 +01:00": "Sun 25 Oct 2026 01:30 BST (00:30:00 UTC; the person who wrote it gave the offset +01:00)",
		"2026-10-25 01:30 +00:00": "Sun 25 Oct 2026 01:30 GMT (the person who wrote it gave the offset +00:00)",
		"2026-03-29 01:30 +00:00": "Sun 29 Mar 2026 02:30 BST (01:30:00 UTC; the person who wrote it gave the offset +00:00)",
		"2026-03-29T01:30+01:00":  "Sun 29 Mar 2026 00:30 GMT (the person who wrote it gave the offset +01:00)",
	} {
		w, err := Typed(text, "", "", london)
		must(t, err)
		if got := w.Text(london); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
	w, err := Typed("2025-10-26 01:20 +01:00", "2025-10-26 02:10 +00:00", Range, london)
	must(t, err)
	if got, want := w.Text(london), "between Sun 26 Oct 2025 01:20 BST and Sun 26 Oct 2025 02:10 GMT (the person who wrote it gave the offset +01:00)"; got != want {
		t.Errorf("a range over the change of the clocks is %q, want %q", got, want)
	}
	if _, err := Typed("2025-10-26 01:20 +00:00", "2025-10-26 01:30 +01:00", Range, london); err == nil {
		t.Error("a range that ends before it begins was taken")
	}
}

func TestIncidentThatCannotHaveBeenIsNotWritten(t *testing.T) {
	ctx := context.Background()
	x, _, log := newIndex(t)
	w, err := x.WriteIncident(ctx, IncidentDraft{Occurred: FromInstant(noon, Minute, ""), What: "He waited."})
	must(t, err)
	entries := len(log.list)
	for _, text := range []string{"", "2026-03-29 01:30", "2999-01-01"} {
		at, err := Typed(text, "", "", london)
		must(t, err)
		for field, d := range map[string]IncidentDraft{
			"occurred": {Occurred: at, What: "w"},
			"noticed":  {Occurred: FromInstant(noon, Minute, ""), Noticed: at, What: "w"},
		} {
			if field == "noticed" && text == "" {
				continue // it need not be said
			}
			for _, err := range []error{second(x.WriteIncident(ctx, d)), second(x.Correct(ctx, w.ID, d, "r"))} {
				if err == nil || !strings.Contains(err.Error(), field+": ") {
					t.Errorf("%s %q: %v", field, text, err)
				}
			}
		}
	}
	if len(log.list) != entries {
		t.Error("what was refused is in the journal")
	}
}

func TestIncidentIsNoExhibit(t *testing.T) {
	ctx := context.Background()
	x, _, log := newIndex(t)
	add(t, x, 1, message("1", "Sam", "one", noon))
	sent := find(t, x, Filter{})[0].ID
	w, err := x.WriteIncident(ctx, IncidentDraft{Occurred: FromInstant(noon, Minute, ""), What: "He waited."})
	must(t, err)
	entries := len(log.list)
	if _, err := x.Mark(ctx, MarkDraft{Events: []ID{sent, w.ID}, Exhibit: true}); !errors.Is(err, ErrNoOriginal) || !strings.Contains(err.Error(), w.ID.String()) {
		t.Errorf("an incident was made an exhibit: %v", err)
	}
	if len(log.list) != entries {
		t.Error("a part of what was refused is in the journal")
	}
	_, err = x.Mark(ctx, MarkDraft{Events: []ID{sent}, Exhibit: true})
	must(t, err)
	_, err = x.Mark(ctx, MarkDraft{Events: []ID{w.ID}, Code: "WATCH"})
	must(t, err)
}

// Nobody notices what has not happened yet; what a person is not sure of is left
// to them.
func TestNoticedBeforeItHappened(t *testing.T) {
	now := time.Date(2026, 11, 25, 16, 0, 0, 0, london)
	for _, c := range []struct {
		occurred, noticed string
		how               Precision // of the occurrence
		refused           bool
	}{
		{"2025-10-11 17:40", "2025-10-10", "", true},
		{"2025-10-11 17:40", "2025-10-11", "", false},
		{"2025-10-11 17:40", "2025-10-11 17:39:59", "", true},
		{"2025-10-11 17:40", "2025-10-11 17:40", "", false},
		{"2025-10-11 17:40:30", "2025-10-11 17:40", "", false},
		{"2025-10-26 23:30", "2025-10-26", "", false}, // a day of 25 hours
		{"2025-10-11 17:40", "2025-10", "", false},
		{"2025-10-11 17:40", "2025-09", "", true},
		{"2025-10", "2025-10-01", "", false},
		{"2025-10", "2025-09-30", "", true},
		{"2025", "2024", "", true},
		{"2025-10-26 01:30 +00:00", "2025-10-26 01:45 +01:00", "", true}, // the first time, of a clock that went back
		{"2025-10-26 01:30 +01:00", "2025-10-26 01:15 +00:00", "", false},
		{"2025-10-11 17:40", "2025-10-11 09:00", About, false},
		{"2025-10-11 17:40", "2025-10-09", About, true},
		{"2025-10-11 17:40", "2020-01-01", Before, false},
		{"2025-10-11 17:40", "2025-10-10", After, true},
		{"not sure", "2020-01-01", "", false},
	} {
		at, err := Typed(c.occurred, "", c.how, london)
		must(t, err)
		noticed, err := Typed(c.noticed, "", "", london)
		must(t, err)
		err = IncidentDraft{What: "w", Occurred: at, Noticed: noticed}.Check(now)
		if refused := err != nil && strings.Contains(err.Error(), "noticed: "+c.noticed+" is before it happened ("+c.occurred+")"); refused != c.refused || !refused && err != nil {
			t.Errorf("%s %q, noticed %q: %v", c.how, c.occurred, c.noticed, err)
		}
	}
	in := IncidentDraft{What: "w", Occurred: FromInstant(noon, Minute, "noon"), Noticed: FromLocal(noon.AddDate(0, 0, -2), nil, Minute, "two days before")}
	if err := in.Check(now); err == nil {
		t.Error("a wall clock of two days before was taken")
	}
	in.Noticed = FromLocal(noon.Add(-10*time.Hour), nil, Minute, "somewhere")
	if err := in.Check(now); err != nil {
		t.Errorf("a wall clock of no known zone: %v", err)
	}
}

// An offset that a person wrote is theirs, in the first cases too, which say
// that it is the source's.
func TestOffsetOfAPersonIsTheirs(t *testing.T) {
	ctx := context.Background()
	x, _, _ := newIndex(t)
	at := FromOffset(noon.In(time.FixedZone("", 3600)), Minute, "12:00 +01:00")
	w, err := x.WriteIncident(ctx, IncidentDraft{Occurred: at, Noticed: at, What: "He waited."})
	must(t, err)
	if v := w.Current(); v.Occurred.Basis != Stated || v.Noticed.Basis != Stated {
		t.Errorf("%+v", v.Occurred)
	}
	if row := find(t, x, Filter{})[0]; row.When.Basis != Stated || row.When.Zone != "+01:00" {
		t.Errorf("%+v", row.When)
	}
}
