package timeline

import (
	"strings"
	"testing"
	"time"
)

func TestTyped(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, until string
		how         Precision
		want        Precision
		instant     string
	}{
		{"2025-10-11 17:40", "", "exact", Minute, "2025-10-11T16:40:00Z"},
		{"2025-10-11 17:40", "", About, About, "2025-10-11T16:40:00Z"},
		{"2025-10-11", "", "", Day, "2025-10-10T23:00:00Z"},
		{"2025", "", "", Year, "2025-01-01T00:00:00Z"},
		{"2025-07-05 14:30Z", "", "", Minute, "2025-07-05T14:30:00Z"},
		{"2025-07-05T14:30+02:00", "", Before, Before, "2025-07-05T12:30:00Z"},
		{"2025-10", "", "", Month, "2025-09-30T23:00:00Z"},
		{"2025-07-24 21:30", "2025-07-24 23:00", Range, Range, "2025-07-24T20:30:00Z"},
		{"2025-10-26 01:20", "", "", Minute, ""},                                // the clock shows it twice
		{"2025-12-05 17:40:09.25", "", "", Millisecond, "2025-12-05T17:40:09Z"}, // a fraction of a second is not exact to the second
		{"2025-12-05 17:40:09.25 +01:00", "", "", Millisecond, "2025-12-05T16:40:09Z"},
		{"", "", "", Undated, ""},
	} {
		w, err := Typed(c.text, c.until, c.how, london)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		got := ""
		if !w.Instant.IsZero() {
			got = w.Instant.Format(time.RFC3339)
		}
		if w.Precision != c.want || got != c.instant {
			t.Errorf("%q: %s at %q, want %s at %q", c.text, w.Precision, got, c.want, c.instant)
		}
	}
	for _, bad := range [][2]string{{"yesterday", ""}, {"05/03/2025", ""}, {"2025-13-01", ""}, {"2025-10-02", "2025-10-01"}} {
		if w, err := Typed(bad[0], bad[1], "", london); err == nil {
			t.Errorf("%v was taken as %+v", bad, w)
		}
	}
	if _, err := Typed("2025-10-11", "", Range, london); err == nil {
		t.Error("a range of one end was taken")
	}
}

// A qualified time is never shown more exactly than it was typed.
func TestQualifiedTimeKeepsItsUnit(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	const assumed = " (zone assumed: Europe/London)"
	for _, c := range []struct {
		text, until string
		how         Precision
		want        string
	}{
		{"2025-10", "", About, "about October 2025" + assumed},
		{"2025-10-05", "", About, "about Sun 5 Oct 2025" + assumed},
		{"2025", "", Before, "not later than 2025" + assumed},
		{"2025-10-05", "", After, "not earlier than Sun 5 Oct 2025" + assumed},
		{"2025-12-05 17:40", "", About, "about Fri 5 Dec 2025 17:40 GMT" + assumed},
		{"2025-12-05 17:40", "", Before, "not later than Fri 5 Dec 2025 17:40 GMT" + assumed},
		{"2025-12-05 17:40:09", "", After, "not earlier than Fri 5 Dec 2025 17:40:09 GMT" + assumed},
		{"2025-10", "2025-12-05", Range, "between October 2025 and Fri 5 Dec 2025" + assumed},
	} {
		w, err := Typed(c.text, c.until, c.how, london)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Text(london); got != c.want {
			t.Errorf("%s %q %q is shown as %q; want %q", c.how, c.text, c.until, got, c.want)
		}
	}
	// An early entry holds the qualifier in the words of the time too.
	for words, c := range map[string]struct {
		text string
		how  Precision
		want string
	}{
		"about 2025-10":     {"2025-10", About, "about October 2025" + assumed},
		"Before 2025-10-05": {"2025-10-05", Before, "not later than Sun 5 Oct 2025" + assumed},
	} {
		w, err := Typed(c.text, "", c.how, london)
		if err != nil {
			t.Fatal(err)
		}
		w.Raw = words
		if got := w.Text(london); got != c.want {
			t.Errorf("%q is shown as %q; want %q", words, got, c.want)
		}
	}
}

// A day or an hour that there is not is named, and not how times are written.
func TestNoSuchTime(t *testing.T) {
	for text, want := range map[string]string{
		"2026-06-31":              "there is no such day",
		"2026-13-01":              "there is no such month",
		"2026-06-10 25:00":        "there is no such hour",
		"2026-06-31 10:00 +01:00": "there is no such day",
		"2026-06-10 10:61":        "there is no such minute",
		"10/06/2026":              "write it like",
	} {
		if _, err := Typed(text, "", "", time.UTC); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
