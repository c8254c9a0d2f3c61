package help

import (
	"net/url"
	"regexp"
	"testing"
	"time"
)

// TestNumbersSayWhereTheyAreFrom: each has a number that can be dialled, a page
// and a day; 999 comes first everywhere.
func TestNumbersSayWhereTheyAreFrom(t *testing.T) {
	countries, err := Countries()
	if err != nil {
		t.Fatal(err)
	}
	dial := regexp.MustCompile(`^[0-9][0-9 ]*(, then 55)?$`)
	for _, c := range countries {
		if len(c.Lines) < 4 || c.Lines[0].Number != "999" || c.Name == "" {
			t.Errorf("%s: %+v", c.ID, c)
		}
		for _, l := range c.Lines {
			u, err := url.Parse(l.Source)
			if err != nil || u.Scheme != "https" || !dial.MatchString(l.Number) || l.About == "" || l.Name == "" {
				t.Errorf("%s: %+v", c.ID, l)
			}
			if _, err := time.Parse(time.DateOnly, l.VerifiedOn); err != nil {
				t.Errorf("%s: %v", l.Name, err)
			}
		}
	}
}

func TestOld(t *testing.T) {
	l := Line{VerifiedOn: "2026-05-20"}
	for day, want := range map[string]bool{"2026-05-21": false, "2026-11-20": false, "2026-11-21": true, "2030-01-01": true} {
		now, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if l.Old(now) != want {
			t.Errorf("on %s: %v", day, !want)
		}
	}
	if !(Line{}).Old(time.Now()) {
		t.Error("a number without a day counts as fresh")
	}
}
