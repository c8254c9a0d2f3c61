package model

import (
	"testing"
	"time"
)

// A day may be typed in Welsh: it is the day that the same words in English are.
func TestDaysInWelsh(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for welsh, english := range map[string]string{
		"14 Mawrth 2026": "14 March 2026", "Mawrth 2026": "March 2026", "mawrth": "march", "Mawrth 3 Mawrth 2026": "Tuesday 3 March 2026",
		"Maw 3 Ebr 2026": "3 April 2026", "Llun": "Monday", "Gwener 6 Chwef. 2026": "6 February 2026", "ddoe": "yesterday", "Heddiw": "today", "echdoe": "the day before yesterday",
		"1 Gorffennaf 2026": "1 July 2026", "2 Rhag 2025": "2 December 2025", "5 Mai 2026": "5 May 2026",
	} {
		got, err := readDay(welsh, now)
		want, err2 := readDay(english, now)
		if err != nil || err2 != nil || got != want {
			t.Errorf("%s: %v, %v; %s: %v, %v", welsh, got, err, english, want, err2)
		}
	}
	if d, err := readDayAhead("yfory", now); err != nil || d.first.Day() != 27 {
		t.Errorf("yfory: %v, %v", d, err)
	}
	if d, err := ParseDate("14 Mawrth 2026 14:30", time.UTC); err != nil || !d.First.Equal(time.Date(2026, 3, 14, 14, 30, 0, 0, time.UTC)) {
		t.Errorf("with a clock: %v, %v", d, err)
	}
	if d, err := readDay("14 Mawrthxx 2026", now); err == nil {
		t.Errorf("no month at all: %v", d)
	}
}
