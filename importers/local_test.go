package importers

import (
	"slices"
	"testing"
	"time"

	"daybook/timeline"
)

func TestLocal(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		clock   string
		zone    *time.Location
		instant string
		flags   []timeline.Flag
	}{
		{"2023-07-01 12:00:00", nil, "", nil},
		{"2023-07-01 12:00:00", london, "2023-07-01 11:00:00", []timeline.Flag{timeline.ZoneAssumed}},
		{"2023-10-29 01:30:00", london, "", []timeline.Flag{timeline.ZoneAssumed, timeline.ClockTwice}},
		{"2023-03-26 01:30:00", london, "", []timeline.Flag{timeline.ZoneAssumed, timeline.ClockNever}},
	} {
		clock, err := time.Parse(time.DateTime, c.clock)
		if err != nil {
			t.Fatal(err)
		}
		w, flags := Assume{Zone: c.zone}.Local(clock, timeline.Second, c.clock)
		got := ""
		if !w.Instant.IsZero() {
			got = w.Instant.Format(time.DateTime)
		}
		if got != c.instant || !slices.Equal(flags, c.flags) {
			t.Errorf("%s in %v: %s %v", c.clock, c.zone, got, flags)
		}
	}
}
