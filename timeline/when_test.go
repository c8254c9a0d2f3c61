package timeline

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestClockChangesInLondon(t *testing.T) {
	for _, c := range []struct {
		local     string
		ambiguous string
		instant   string
	}{
		{"2024-03-31 00:59:59", "", "2024-03-31T00:59:59Z"},
		{"2024-03-31 01:00:00", "never", ""},
		{"2024-03-31 01:59:59", "never", ""},
		{"2024-03-31 02:00:00", "", "2024-03-31T01:00:00Z"},
		{"2024-10-27 00:59:59", "", "2024-10-26T23:59:59Z"},
		{"2024-10-27 01:00:00", "twice", ""},
		{"2024-10-27 01:59:59", "twice", ""},
		{"2024-10-27 02:00:00", "", "2024-10-27T02:00:00Z"},
		{"1970-06-01 12:00:00", "", "1970-06-01T11:00:00Z"}, // British Standard Time, all year
	} {
		local, err := time.Parse(time.DateTime, c.local)
		must(t, err)
		if got := Ambiguous(local, london); got != c.ambiguous {
			t.Errorf("%s: ambiguous %q, want %q", c.local, got, c.ambiguous)
		}
		w := FromLocal(local, london, Second, c.local)
		got := ""
		if !w.Instant.IsZero() {
			got = w.Instant.Format(time.RFC3339)
		}
		if got != c.instant {
			t.Errorf("%s: instant %q, want %q", c.local, got, c.instant)
		}
		order := local // of a time that comes twice, the second
		if c.ambiguous == "never" {
			order = time.Date(2024, 3, 31, 1, 0, 0, 0, time.UTC)
		}
		if at, ok := w.Order(); !ok || c.instant == "" && !at.Equal(order) {
			t.Errorf("%s: is put at %v", c.local, at)
		}
		if w.Basis != AssumedZone || w.Zone != "Europe/London" || w.Raw != c.local {
			t.Errorf("%s: %+v", c.local, w)
		}
	}
}

func TestOffset(t *testing.T) {
	for seconds := -15 * 3600; seconds <= 15*3600; seconds += 17 {
		at := time.Unix(1_700_000_000, 0).In(time.FixedZone("", seconds))
		if got, want := FromOffset(at, Second, "").Zone, at.Format("-07:00"); got != want {
			t.Fatalf("%d seconds: %s, want %s", seconds, got, want)
		}
	}
}

// TestAmbiguousAgreesWithEveryInstant asks, for wall clocks around every sort of
// change, how many instants show them: none, one or two.
func TestAmbiguousAgreesWithEveryInstant(t *testing.T) {
	var zones []*time.Location
	for _, name := range []string{
		"Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca",
		"Pacific/Apia", "Asia/Kathmandu", "America/Sao_Paulo", "Asia/Tehran", "Europe/Moscow", "UTC",
	} {
		z, err := time.LoadLocation(name)
		must(t, err)
		zones = append(zones, z)
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		at := time.Unix(rapid.Int64Range(100_000_000, 2_000_000_000).Draw(t, "at"), 0).In(zone)
		if _, end := at.ZoneBounds(); !end.IsZero() {
			at = end.Add(-time.Second).In(zone)
		}
		local := wall(at).Truncate(time.Minute).Add(time.Duration(rapid.IntRange(-180, 180).Draw(t, "minutes")) * time.Minute)
		shown := 0
		for i := -28 * 60; i <= 28*60; i++ {
			if wall(local.Add(time.Duration(i) * time.Minute).In(zone)).Equal(local) {
				shown++
			}
		}
		want := []string{"never", "", "twice"}[min(shown, 2)]
		if got := Ambiguous(local, zone); got != want {
			t.Fatalf("%s in %s: %q, and %d instants show it", local.Format(time.DateTime), zone, got, shown)
		}
		w := FromLocal(local, zone, Minute, "")
		if w.Instant.IsZero() != (want != "") {
			t.Fatalf("%s in %s: instant %v", local.Format(time.DateTime), zone, w.Instant)
		}
		if want == "" && !wall(w.Instant.In(zone)).Equal(local) {
			t.Fatalf("%s in %s: instant %v shows %v", local.Format(time.DateTime), zone, w.Instant, w.Instant.In(zone))
		}
	})
}

func TestTimesSayWhereTheyComeFrom(t *testing.T) {
	at := time.Date(2024, 7, 5, 14, 30, 10, 250e6, time.FixedZone("", 2*3600))
	offset := FromOffset(at, Millisecond, "raw")
	if offset.Zone != "+02:00" || offset.Local != time.Date(2024, 7, 5, 14, 30, 10, 250e6, time.UTC) || !offset.Instant.Equal(at) || offset.Basis != OffsetBasis {
		t.Errorf("%+v", offset)
	}
	utc := FromInstant(at, Second, "raw")
	if !utc.Local.IsZero() || utc.Zone != "UTC" || utc.Instant.Location() != time.UTC || utc.Basis != UTC {
		t.Errorf("%+v", utc)
	}
	bare := FromLocal(at, nil, Second, "raw")
	if !bare.Instant.IsZero() || bare.Zone != "" || bare.Basis != UnknownZone {
		t.Errorf("%+v", bare)
	}
	if _, ok := (When{Precision: Undated}).Order(); ok {
		t.Error("a time that is not known has a place in order")
	}
}

func TestWhenInWords(t *testing.T) {
	summer := time.Date(2024, 7, 5, 13, 30, 10, 0, time.UTC)
	winter := time.Date(2024, 1, 5, 13, 30, 10, 0, time.UTC)
	local := time.Date(2024, 3, 5, 14, 30, 0, 0, time.UTC)
	ranged := FromLocal(local, london, Range, "")
	ranged.Until = local.Add(time.Hour)
	for want, w := range map[string]When{
		"Fri 5 Jul 2024 14:30:10 BST (13:30:10 UTC; the source holds UTC)":                      FromInstant(summer, Second, ""),
		"Fri 5 Jan 2024 13:30:10 GMT (the source holds UTC)":                                    FromInstant(winter, Second, ""),
		"about Tue 5 Mar 2024 14:30 GMT (zone assumed: Europe/London)":                          FromLocal(local, london, About, ""),
		"that day, Tue 5 Mar 2024 (zone assumed: Europe/London)":                                FromLocal(local, london, Day, ""),
		"that month, March 2024 (zone assumed: Europe/London)":                                  FromLocal(local, london, Month, ""),
		"Tue 5 Mar 2024 14:30 (zone not known; by the source’s own clock)":                      FromLocal(local, nil, Minute, ""),
		"between Tue 5 Mar 2024 14:30 and Tue 5 Mar 2024 15:30 (zone assumed: Europe/London)":   ranged,
		"not later than Tue 5 Mar 2024 14:30 GMT (zone assumed: Europe/London)":                 FromLocal(local, london, Before, ""),
		"Tue 5 Mar 2024 12:30:00 GMT (the source gives the offset +02:00)":                      FromOffset(time.Date(2024, 3, 5, 14, 30, 0, 0, time.FixedZone("", 7200)), Second, ""),
		"time not known (\"last week\")":                                                        {Precision: Undated, Raw: "last week"},
		"time not known":                                                                        {Precision: Undated},
		"Sun 31 Mar 2024 01:30 (the clock never showed this hour; zone assumed: Europe/London)": FromLocal(time.Date(2024, 3, 31, 1, 30, 0, 0, time.UTC), london, Minute, ""),
	} {
		if got := w.Text(london); got != want {
			t.Errorf("have %s\nwant %s", got, want)
		}
	}
	if got, want := FromInstant(summer, Second, "").Text(nil), "Fri 5 Jul 2024 13:30:10 UTC (the source holds UTC)"; got != want {
		t.Errorf("have %s\nwant %s", got, want)
	}
}

// What is in order by the clock of a zone stays so where the clock is put forward,
// and a time that it shows twice stands between what is before and after both.
func TestOrderAtAClockChange(t *testing.T) {
	for _, tt := range []struct {
		zone  string
		day   time.Time
		clock []string
	}{
		{"Europe/London", time.Date(2025, 3, 30, 0, 0, 0, 0, time.UTC), []string{"00:59", "01:00", "01:30", "01:59", "02:00", "02:05", "03:00"}},
		{"Europe/Berlin", time.Date(2025, 3, 30, 0, 0, 0, 0, time.UTC), []string{"01:59", "02:00", "02:30", "02:59", "03:00", "03:05"}},
		{"America/New_York", time.Date(2025, 3, 9, 0, 0, 0, 0, time.UTC), []string{"00:10", "01:59", "02:00", "02:30", "03:00", "03:01"}},
		{"Australia/Lord_Howe", time.Date(2025, 10, 5, 0, 0, 0, 0, time.UTC), []string{"01:59", "02:00", "02:15", "02:29", "02:30", "02:45"}},
		{"America/New_York", time.Date(2025, 11, 2, 0, 0, 0, 0, time.UTC), []string{"00:59", "01:00", "01:30", "01:59", "02:00"}},
		{"Europe/London", time.Date(2025, 10, 26, 0, 0, 0, 0, time.UTC), []string{"00:59", "01:00", "01:59", "02:00"}},
	} {
		zone, err := time.LoadLocation(tt.zone)
		must(t, err)
		var last time.Time
		for _, at := range tt.clock {
			clock, err := time.Parse("15:04", at)
			must(t, err)
			w := FromLocal(tt.day.Add(time.Duration(clock.Hour())*time.Hour+time.Duration(clock.Minute())*time.Minute), zone, Minute, at)
			got, ok := w.Order()
			if !ok || got.Before(last) {
				t.Errorf("%s: %s stands at %s, before %s", tt.zone, at, got, last)
			}
			last = got
		}
	}
}
