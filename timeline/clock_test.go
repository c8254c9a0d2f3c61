package timeline

import (
	"testing"
	"time"
)

func wallAt(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2025, month, day, hour, minute, 0, 0, time.UTC)
}

// A statement moves the time of what it is about, keeps what the clock showed,
// and leaves everything else as it is.
func TestClockCorrects(t *testing.T) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	seven := Clock{Slow: 7 * time.Minute, Entry: 12, By: "Ada"}
	from := seven
	from.From, from.To = time.Date(2025, 10, 1, 0, 0, 0, 0, zone), time.Date(2025, 10, 20, 0, 0, 0, 0, zone)
	local := func(at time.Time) When { return FromLocal(at, zone, Second, "raw") }
	tests := []struct {
		name    string
		clock   Clock
		when    When
		local   string
		instant string
		moved   bool
	}{
		{"a wall clock", seven, local(wallAt(10, 5, 23, 58)), "2025-10-06 00:05", "2025-10-05 23:05", true},
		{"an instant", seven, FromInstant(wallAt(10, 5, 12, 0), Second, "raw"), "0001-01-01 00:00", "2025-10-05 12:07", true},
		{"fast", Clock{Slow: -time.Hour}, local(wallAt(4, 5, 12, 0)), "2025-04-05 11:00", "2025-04-05 10:00", true},
		{"no zone", seven, FromLocal(wallAt(10, 5, 12, 0), nil, Minute, "raw"), "2025-10-05 12:07", "0001-01-01 00:00", true},
		{"an hour that came twice, corrected out of it", seven, local(wallAt(10, 26, 1, 55)), "2025-10-26 02:02", "2025-10-26 02:02", true},
		{"over the change of the clocks", seven, local(wallAt(3, 30, 0, 58)), "2025-03-30 02:05", "2025-03-30 01:05", true},
		{"in the period", from, local(wallAt(10, 19, 23, 59)), "2025-10-20 00:06", "2025-10-19 23:06", true},
		{"after the period", from, local(wallAt(10, 20, 0, 0)), "2025-10-20 00:00", "2025-10-19 23:00", false},
		{"before the period", from, local(wallAt(9, 30, 23, 59)), "2025-09-30 23:59", "2025-09-30 22:59", false},
		{"a day", seven, FromLocal(wallAt(10, 5, 0, 0), zone, Day, "raw"), "2025-10-05 00:00", "2025-10-04 23:00", false},
		{"nothing said", Clock{}, local(wallAt(10, 5, 12, 0)), "2025-10-05 12:00", "2025-10-05 11:00", false},
	}
	for _, tt := range tests {
		e := Event{When: tt.when, Flags: []Flag{ClockTwice}}
		tt.clock.Correct(&e)
		const form = "2006-01-02 15:04"
		if got := e.When.Local.Format(form); got != tt.local {
			t.Errorf("%s: local %s, want %s", tt.name, got, tt.local)
		}
		if got := e.When.Instant.Format(form); got != tt.instant {
			t.Errorf("%s: instant %s, want %s", tt.name, got, tt.instant)
		}
		if e.When.Raw != "raw" {
			t.Errorf("%s: the words of the source are gone: %q", tt.name, e.When.Raw)
		}
		if !tt.moved {
			if len(e.Claims) > 0 || len(e.Flags) != 1 {
				t.Errorf("%s: %v %v", tt.name, e.Claims, e.Flags)
			}
			continue
		}
		if len(e.Claims) != 2 || !e.Claims[0].Chosen || e.Claims[1].Chosen || e.Claims[1].When != tt.when || e.Flags[len(e.Flags)-1] != ClockCorrected {
			t.Errorf("%s: %+v %v", tt.name, e.Claims, e.Flags)
		}
	}
}

// What a reading keeps of a statement is the statement.
func TestClockIsKept(t *testing.T) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	said := time.Date(2025, 5, 4, 9, 30, 0, 0, zone)
	for _, c := range []Clock{
		{Slow: 7*time.Minute + 30*time.Second, Entry: 9, By: "Ada", At: said},
		{Slow: -time.Hour, From: time.Date(2025, 3, 30, 0, 0, 0, 0, zone), To: time.Date(2025, 4, 20, 12, 0, 0, 0, zone)},
	} {
		var got Clock
		if err := got.UnmarshalText([]byte(c.String())); err != nil {
			t.Fatal(err)
		}
		if got.Slow != c.Slow || !got.From.Equal(c.From) || !got.To.Equal(c.To) || !got.At.Equal(c.At) || got.By != c.By || got.Entry != c.Entry {
			t.Errorf("%+v became %+v", c, got)
		}
	}
	for _, bad := range []string{"", "7m", `{"slow":"seven"}`, `{"slow":"7m","from":"May"}`} {
		if err := new(Clock).UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// A statement says in words how far, who said it and when, and where it stands.
func TestClockStatement(t *testing.T) {
	c := Clock{Slow: time.Hour + 7*time.Minute, Entry: 12, By: "Ada", At: time.Date(2025, 5, 4, 9, 30, 0, 0, time.FixedZone("", 3600))}
	if got, want := c.Statement(), "the clock was 1 hour 7 minutes slow, as Ada said on 4 May 2025 09:30 +01:00 in entry 12"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := (Clock{Slow: -1500 * time.Millisecond}).Words(), "the clock was 1 second 500ms fast"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
