package main

import (
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

// A letter shows when it was received beside its Date, with the zone of each.
func TestALetterShowsBothItsTimes(t *testing.T) {
	sent := time.Date(2025, 5, 14, 3, 5, 0, 0, time.UTC)
	e := timeline.Event{Kind: timeline.Email, When: timeline.FromOffset(sent, timeline.Second, "")}
	e.Claims = []timeline.Claim{{Label: "Date", When: e.When, Chosen: true},
		{Label: "Received (topmost)", When: timeline.FromOffset(sent.Add(7*time.Hour).In(time.FixedZone("", -3600)), timeline.Second, "")}}
	row := timeline.Row{Event: e}
	var said []string
	said = append(said, otherTimes(row, time.UTC)...)
	if len(said) != 1 || !strings.HasPrefix(said[0], "Received (topmost): ") || !strings.Contains(said[0], "10:05:00") || !strings.Contains(said[0], "-01:00") {
		t.Errorf("%q", said)
	}
	row.Kind = timeline.Photo
	if said := otherTimes(row, time.UTC); len(said) > 0 {
		t.Errorf("a photo whose times agree says %q", said)
	}
	row.Flags = []timeline.Flag{timeline.TimesDisagree}
	if said := otherTimes(row, time.UTC); len(said) != 1 {
		t.Errorf("a photo whose times do not agree says %q", said)
	}
}
