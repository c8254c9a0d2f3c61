package report

import (
	"strings"
	"testing"
	"time"
)

// A file time that a clock showed is printed with that, and with no zone.
func TestFileTimeSaysItsBasis(t *testing.T) {
	e := Exhibit{Modified: time.Date(2024, 7, 1, 10, 0, 0, 0, time.UTC)}
	if got := e.fileTime(); got != "2024-07-01 10:00:00 +00:00" {
		t.Errorf("an instant is printed as %q", got)
	}
	e.Wall = true
	got := e.fileTime()
	if !strings.HasPrefix(got, "2024-07-01 10:00:00, by the clock") || !strings.Contains(got, "zone is not known") || strings.Contains(got, "+00:00") {
		t.Errorf("a wall clock is printed as %q", got)
	}
	if got := (Exhibit{}).fileTime(); got != "" {
		t.Errorf("no time is printed as %q", got)
	}
}
