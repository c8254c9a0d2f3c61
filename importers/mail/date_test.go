package mail

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/timeline"
)

// Every moment, written as programs write it, is read as that moment in its
// zone.
func TestParseDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offset := rapid.IntRange(-12*4, 14*4).Draw(t, "quarters") * 900
		want := time.Unix(rapid.Int64Range(100_000_000, 2_500_000_000).Draw(t, "moment"), 0).In(time.FixedZone("", offset))
		layout := rapid.SampledFrom([]string{
			time.RFC1123Z, "2 Jan 2006 15:04:05 -0700", "Mon, 02-Jan-2006 15:04:05 -0700", time.RFC3339, "2006-01-02 15:04:05 -0700",
			"Mon Jan _2 15:04:05 -0700 2006", "Mon, 2 Jan 2006 03:04:05 PM -0700", "Monday, 2 January 2006 15:04:05 -0700", "Mon,2 Jan 2006 15:04:05 -0700 (zone)",
		}).Draw(t, "layout")
		text := want.Format(layout)
		got, ok := parseDate(text, nil)
		if !ok || !got.Instant.Equal(want) || got.Raw != text || got.Precision != timeline.Second {
			t.Fatalf("%q was read as %+v, %v", text, got, ok)
		}
		if layout != time.RFC3339 && (got.Zone != want.Format("-07:00") || got.Basis != timeline.OffsetBasis) {
			t.Fatalf("%q was read in %s, %s", text, got.Zone, got.Basis)
		}
		local, ok := parseDate(want.Format(time.ANSIC), nil)
		if !ok || !local.Instant.IsZero() || local.Basis != timeline.UnknownZone || local.Local.Format(time.ANSIC) != want.Format(time.ANSIC) {
			t.Fatalf("%q was read as %+v", want.Format(time.ANSIC), local)
		}
	})
}

// What is no date is never one.
func TestNoDate(t *testing.T) {
	for _, text := range []string{
		"", "yesterday", "12", "Thu, 31 Feb 2024 10:00:00 +0000", "1 Aug 2024", "Thu, 1 Aug 2024 25:00:00 +0000", "1 Foo 2024 10:00:00 +0000",
		"Thu, 1 Aug 99999 10:00:00 +0000", "Thu, 1 Aug 2024 10:60:00 +0000", "1 2 3 4 5", ":", "- - -", "Aug Aug Aug 10:00",
	} {
		if w, ok := parseDate(text, time.UTC); ok {
			t.Errorf("%q was read as %+v", text, w)
		}
	}
}
