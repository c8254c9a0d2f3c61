package dated

import (
	"testing"
	"time"
)

func day(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestBothEndsOfASpanAreCountedIn(t *testing.T) {
	s := Span{"2012-11-25", "2024-01-30"}
	for on, holds := range map[string]bool{"2012-11-24": false, "2012-11-25": true, "2024-01-30": true, "2024-01-31": false} {
		if s.At(day(t, on)) != holds {
			t.Errorf("on %s it holds: %v", on, !holds)
		}
	}
	if !(Span{}).At(day(t, "1900-01-01")) {
		t.Error("a span without ends does not hold")
	}
}

func TestWhatCannotBeLookedUpIsRefused(t *testing.T) {
	good := Entry{Source: Source{"An Act", "s 1", "https://example.org/"}, CheckedOn: "2026-11-21"}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(*Entry){
		"no source":        func(e *Entry) { e.Source.Document = "" },
		"no address":       func(e *Entry) { e.Source.URL = "" },
		"plain http":       func(e *Entry) { e.Source.URL = "http://example.org/" },
		"own, and address": func(e *Entry) { e.Source.Document = Own },
		"no day":           func(e *Entry) { e.CheckedOn = "" },
		"no such day":      func(e *Entry) { e.From = "2026-02-30" },
		"ends first":       func(e *Entry) { e.From, e.To = "2026-02-02", "2026-02-01" },
	} {
		e := good
		spoil(&e)
		if e.Check() == nil {
			t.Errorf("%s: it is taken", what)
		}
	}
}

func TestSixMonthsAreOld(t *testing.T) {
	on := day(t, "2026-05-26")
	if Old("2026-05-26", on.AddDate(0, 6, 0)) || !Old("2026-05-26", on.AddDate(0, 6, 1)) {
		t.Error("it is old too early or too late")
	}
}

func TestWhatIsNotKnownIsNotRead(t *testing.T) {
	var of Issue
	if err := Read([]byte(`{"version": "2026-11-26", "author": "A"} `), &of); err != nil || of.Author != "A" {
		t.Errorf("%+v, %v", of, err)
	}
	for _, bad := range []string{`{"author": "A", "colour": 3}`, `{"author": "A"} {"author": "B"}`, `{"author": "A"`, ``} {
		if err := Read([]byte(bad), &of); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
