package model

import (
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

// thursday is the clock of these tests: shortly before the clocks go back.
func thursday(t *testing.T) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 11, 26, 20, 15, 0, 0, zone)
}

// TestDaysAsPeopleWriteThem: each form, and what it is read as.
func TestDaysAsPeopleWriteThem(t *testing.T) {
	now := thursday(t)
	for text, want := range map[string]string{
		"today": "2026-11-26", "Yesterday": "2026-11-25", "last night": "2026-11-25", "day before yesterday": "2026-11-24", "3 days ago": "2026-11-23", "a week ago": "2026-11-19", "2 weeks ago": "2026-11-12", "one day ago": "2026-11-25",
		"thursday": "2026-11-26", "last Thursday": "2026-11-19", "Mon": "2026-11-23", "on Tuesday": "2026-11-24",
		"14/3/2026": "2026-03-14", "14.3.26": "2026-03-14", "14-03-2026": "2026-03-14", "14/3": "2026-03-14", "30/12": "2025-12-30", "2026-03-14": "2026-03-14",
		"14 March 2026": "2026-03-14", "14th of March": "2026-03-14", "March 14, 2026": "2026-03-14", "sat 14 mar 26": "2026-03-14", "the 5th of nov": "2026-11-05",
		"29/2": "2024-02-29", "1 jan 99": "1999-01-01", "3/4/2026": "2026-04-03",
		"March 2026": "2026-03", "december": "2025-12", "2026-03": "2026-03", "2025": "2025",
		"31/4/2026": "", "14/13/2026": "", "soon": "", "32": "", "14 march 2026 early": "", "march march": "", "1/2/345": "", "": "", "0999": "",
	} {
		d, err := readDay(text, now)
		got := ""
		if err == nil {
			got = d.typed()
		}
		if got != want {
			t.Errorf("%q is read as %q, not %q (%v)", text, got, want, err)
		}
	}
}

func TestClocksAsPeopleWriteThem(t *testing.T) {
	now := thursday(t)
	today, err := readDay("today", now)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"18:30": "18:30", "18.30": "18:30", "1830": "18:30", "18 30": "18:30", "18h30": "18:30", "18h": "18:00", "18": "18:00", "0:05": "00:05",
		"6pm": "18:00", "6.30 pm": "18:30", "6:30 p.m.": "18:30", "12am": "00:00", "12 pm": "12:00", "06:30": "06:30", "noon": "12:00", "now": "20:15", "18:30:07": "18:30:07",
		"6": "", "12": "", "25:00": "", "18:61": "", "13pm": "", "0 am": "", "midnight": "", "half six": "", "": "", "18:3": "",
	} {
		m, err := today.at(text, now)
		got := ""
		if err == nil {
			got = m.clock()
		}
		if got != want {
			t.Errorf("%q is read as %q, not %q (%v)", text, got, want, err)
		}
	}
}

// TestTimesAreUnderstoodInWords: what is shown, and what is handed on.
func TestTimesAreUnderstoodInWords(t *testing.T) {
	now := thursday(t)
	for _, c := range []struct {
		f         TimeForm
		sentence  string
		precision timeline.Precision
		text      string
	}{
		{TimeForm{How: About, Day: "yesterday", Clock: "6:30"}, "About 06:30 in the morning, Wednesday 25 November 2026 (yesterday)", timeline.About, "about Wed 25 Nov 2026 06:30 GMT"},
		{TimeForm{How: Exactly, Day: "14/3", Clock: "18.30"}, "18:30 in the evening, Saturday 14 March 2026", timeline.Minute, "Sat 14 Mar 2026 18:30 GMT"},
		{TimeForm{How: About, Day: "14/3"}, "About Saturday 14 March 2026", timeline.About, "about Sat 14 Mar 2026"},
		{TimeForm{How: About, Day: "march"}, "About March 2026", timeline.About, "about March 2026"},
		{TimeForm{How: ThatDay, Day: "14/3", Clock: "18:30"}, "Some time on Saturday 14 March 2026", timeline.Day, "that day, Sat 14 Mar 2026"},
		{TimeForm{How: Between, Day: "14/3", Clock: "18:30", UntilClock: "19"}, "Between 18:30 in the evening and 19:00 in the evening, Saturday 14 March 2026", timeline.Range, "between Sat 14 Mar 2026 18:30 and Sat 14 Mar 2026 19:00"},
		{TimeForm{How: Between, Day: "14/3", UntilDay: "16/3"}, "Between Saturday 14 March 2026 and Monday 16 March 2026", timeline.Range, "between Sat 14 Mar 2026 and Mon 16 Mar 2026"},
		{TimeForm{How: Between, Day: "2 june", Clock: "23:00", UntilDay: "3 june", UntilClock: "7am"}, "Between 23:00 at night, Tuesday 2 June 2026, and 07:00 in the morning, Wednesday 3 June 2026", timeline.Range, "between Tue 2 Jun 2026 23:00 and Wed 3 Jun 2026 07:00"},
		{TimeForm{How: Between, Day: "march", UntilDay: "may"}, "Between March 2026 and May 2026", timeline.Range, "between March 2026 and May 2026"},
		{TimeForm{How: NotSure}, "No time: you are not sure when it was", timeline.Undated, `time not known ("not sure")`},
		{TimeForm{How: NotSure, Day: "march"}, "Some time in March 2026", timeline.Month, "that month, March 2026"},
		{TimeForm{How: NotSure, Day: "14/3"}, "About Saturday 14 March 2026", timeline.About, "about Sat 14 Mar 2026"},
	} {
		u := c.f.Read(now)
		if u.Err != nil || u.Sentence() != c.sentence || u.When.Precision != c.precision || !strings.HasPrefix(u.When.Text(now.Location()), c.text) {
			t.Errorf("%+v: %q, %s %q, %v", c.f, u.Sentence(), u.When.Precision, u.When.Text(now.Location()), u.Err)
		}
	}
}

// TestWhatMustBePutRight: each has its own plain sentence, and no time.
func TestWhatMustBePutRight(t *testing.T) {
	now := thursday(t)
	for _, c := range []struct {
		f    TimeForm
		says string
	}{
		{TimeForm{How: About}, "Say when it happened"},
		{TimeForm{How: About, Clock: "18:30"}, "Write the day"},
		{TimeForm{How: Exactly, Day: "today"}, "Write the time of day too"},
		{TimeForm{How: Exactly, Day: "today", Clock: "6"}, "Write 6 am or 6 pm"},
		{TimeForm{How: Exactly, Day: "today", Clock: "20:30"}, "This is still to come"},
		{TimeForm{How: ThatDay, Day: "tomorrow"}, "“tomorrow” is no date"},
		{TimeForm{How: ThatDay, Day: "1 december 2026"}, "This is still to come"},
		{TimeForm{How: ThatDay, Day: "march"}, "March 2026 is not one day"},
		{TimeForm{How: About, Day: "march", Clock: "18:30"}, "A time of day needs a day"},
		{TimeForm{How: Between, Day: "14/3", Clock: "18:30"}, "Write the time of day at both ends"},
		{TimeForm{How: Between, Day: "14/3"}, "Write the two ends"},
		{TimeForm{How: Between, Day: "14/3", Clock: "18:30", UntilClock: "17:30"}, "The end is before the beginning"},
		{TimeForm{How: Exactly, Day: "29/3/2026", Clock: "1:30"}, "The clocks went forward then, and no clock showed 01:30"},
		{TimeForm{How: Between, Day: "29/3/2026", Clock: "1:30", UntilClock: "3:00"}, "The clocks went forward then, and no clock showed 01:30"},
		{TimeForm{How: Exactly, Day: "25/10/2026", Clock: "1:30"}, "The clocks went back then, so every clock showed 01:30 twice. Which of the two was it?"},
	} {
		if u := c.f.Read(now); u.Err == nil || !strings.HasPrefix(u.Sentence(), c.says) {
			t.Errorf("%+v: %q, %v", c.f, u.Sentence(), u.Err)
		}
	}
}

// TestAClockThatCameTwice: the answer fixes the instant; not to know is a range.
func TestAClockThatCameTwice(t *testing.T) {
	now := thursday(t)
	f := TimeForm{How: Exactly, Day: "25/10/2026", Clock: "1:30"}
	for which, want := range map[string]string{First: "2026-10-25T00:30:00Z", Second: "2026-10-25T01:30:00Z"} {
		f.Which = which
		u := f.Read(now)
		if u.Err != nil || u.When.Instant.Format(time.RFC3339) != want || u.When.Precision != timeline.Minute {
			t.Errorf("%s: %s, %v", which, u.When.Instant, u.Err)
		}
	}
	f.Which = EitherOfTwo
	u := f.Read(now)
	if u.Err != nil || u.When.Precision != timeline.Range || u.When.Until.Sub(u.When.Instant) != time.Hour {
		t.Errorf("either: %+v, %v", u.When, u.Err)
	}
	wide := TimeForm{How: Between, Day: "25/10/2026", Clock: "1:10", UntilClock: "1:50"}.Read(now)
	if wide.Err != nil || wide.When.Until.Sub(wide.When.Instant) != time.Hour+40*time.Minute {
		t.Errorf("between: %+v, %v", wide.When, wide.Err)
	}
}
