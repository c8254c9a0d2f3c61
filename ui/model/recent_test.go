package model

import (
	"fmt"
	"regexp"
	"testing"
	"time"
)

// TestRecentNamesABundle: what the case keeps of a bundle is no file that somebody
// added.
func TestRecentNamesABundle(t *testing.T) {
	for _, served := range []bool{false, true} {
		d, _ := handed(t, served)
		list, err := d.Recent(t.Context(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		want := regexp.MustCompile(fmt.Sprintf(`^A bundle was made: number 1, %s, \d{2,} pages$`, map[bool]string{false: "full", true: "served"}[served]))
		if !want.MatchString(list[0].What) || list[0].Note != "" || len(list) < 2 || list[1].Note == "" {
			t.Errorf("%+v", list)
		}
	}
}

func TestSince(t *testing.T) {
	now := time.Date(2025, 3, 30, 0, 30, 0, 0, time.UTC)
	for at, want := range map[string]string{
		"2025-03-30 00:10": "Today, 00:10",
		"2025-03-29 23:50": "Yesterday, 23:50",
		"2025-03-24 08:00": "Monday, 08:00",
		"2025-03-23 08:00": "23 March 2025",
		"2025-03-31 08:00": "31 March 2025",
	} {
		when, err := time.Parse("2006-01-02 15:04", at)
		if err != nil {
			t.Fatal(err)
		}
		if got := since(when, now); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
