package importers

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/timeline"
)

func TestReadTime(t *testing.T) {
	for text, want := range map[string]string{
		"2024-04-20 01:29:22 UTC":       "2024-04-20T01:29:22Z second true",
		"2024-04-20 01:29 UTC":          "2024-04-20T01:29:00Z minute true",
		"2024-04-20T01:29:22.686Z":      "2024-04-20T01:29:22.686Z millisecond true",
		"2024/02/29 01:29:22 GMT":       "2024-02-29T01:29:22Z second true",
		"2021-01-01 12:34:56.7+00:00":   "2021-01-01T12:34:56.7Z millisecond true",
		"2021-01-01 12:34:56 -0530":     "2021-01-01T12:34:56-05:30 second true",
		" 2021-01-01 12:34:56 ":         "2021-01-01T12:34:56Z second false",
		"2023-02-29 01:29:22 UTC":       "",
		"2024-13-01 01:29:22 UTC":       "",
		"2024-04-20 24:00:00 UTC":       "",
		"2024-04-20 01:29:2x UTC":       "",
		"2024-04-20 01:29:22 BST":       "",
		"2024-04-20 01:29:22 UTC and":   "",
		"2024-04-20 +1:29:22 UTC":       "",
		"2024-04-20":                    "",
		"":                              "",
		"2024-04-20 01:29:22 +01:00:00": "",
	} {
		got := ""
		if at, p, zoned, ok := ReadTime(text); ok {
			got = at.Format(time.RFC3339Nano) + " " + string(p) + map[bool]string{true: " true", false: " false"}[zoned]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if _, ok := ReadInstant("2024-04-20 01:29:22"); ok {
		t.Error("a time without a zone is no instant")
	}
	if w, ok := ReadInstant("2024-04-20 01:29:22+01:00"); !ok || w.Basis != timeline.OffsetBasis || w.Zone != "+01:00" || w.Instant.Hour() != 0 {
		t.Error(w, ok)
	}
}

// TestReadTimeIsTheLibrarys: what the standard library prints comes back.
func TestReadTimeIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64Range(-2_000_000_000_000, 4_000_000_000_000).Draw(t, "at"))
		offset := rapid.IntRange(-14*4, 14*4).Draw(t, "quarters") * 900
		layout := rapid.SampledFrom([]string{"2006-01-02T15:04:05.000-07:00", "2006/01/02 15:04:05.000 -0700"}).Draw(t, "layout")
		text := at.In(time.FixedZone("", offset)).Format(layout)
		got, _, zoned, ok := ReadTime(text)
		if !ok || !zoned || !got.Equal(at) {
			t.Fatalf("%s: %v, %v", text, got, ok)
		}
	})
}

func TestSameOf(t *testing.T) {
	if SameOf("a", "bc") == SameOf("ab", "c") || SameOf("a") == SameOf("a", "") {
		t.Error("parts run into one another")
	}
}

func TestAppendDateTime(t *testing.T) {
	for _, at := range []time.Time{{}, time.Unix(1_700_000_000, 5), time.Date(-1, 1, 2, 3, 4, 5, 6, time.UTC), time.Date(10_000, 1, 2, 3, 4, 5, 6, time.UTC), time.Date(2024, 12, 31, 23, 59, 59, 9, time.FixedZone("", -5400))} {
		if got, want := string(AppendDateTime([]byte("at "), at)), "at "+at.Format(time.DateTime); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
