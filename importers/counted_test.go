package importers

import (
	"strings"
	"testing"

	"daybook/timeline"
)

func TestReadCount(t *testing.T) {
	for raw, want := range map[string]struct {
		unit Unit
		at   string
	}{
		"1722517200":       {Seconds, "2024-08-01T13:00:00Z"},
		"1722517200123":    {Milliseconds, "2024-08-01T13:00:00.123Z"},
		"1722517200123456": {Microseconds, "2024-08-01T13:00:00.123456Z"},
		"0":                {}, "-5": {}, "": {}, "soon": {}, "100000000000000000": {},
	} {
		w, unit, ok := ReadCount(raw)
		if got := w.Instant.Format("2006-01-02T15:04:05.999999999Z07:00"); ok != (want.unit != "") || unit != want.unit || ok && got != want.at {
			t.Errorf("%q: %v, %q at %s", raw, ok, unit, got)
		}
		if !ok && w.Precision != timeline.Undated {
			t.Errorf("%q is no count and has the time %+v", raw, w)
		}
	}
}

func TestUnitBySizeIsStated(t *testing.T) {
	w, unit, _ := ReadCount("1722517200")
	for _, c := range []struct {
		usual  Unit
		claims []timeline.Claim
		note   string // of the claim that places the event; empty for none
	}{
		{Seconds, nil, ""},
		{Milliseconds, nil, "counted in seconds since 1970, as its size shows; this format counts milliseconds"},
		{"", nil, "counted in seconds since 1970, as its size shows"},
		{"", []timeline.Claim{{Label: "sent"}, {Label: "stored", Chosen: true, Note: "when it was stored"}}, "when it was stored; counted in seconds since 1970, as its size shows"},
	} {
		e := timeline.Event{When: w, Claims: c.claims}
		FactsOf(&e).UnitBySize("date", unit, c.usual)
		var notes []string
		for _, claim := range e.Claims {
			if claim.Chosen {
				notes = append(notes, claim.Note)
			}
		}
		flagged := len(e.Flags) == 1 && e.Flags[0] == timeline.WeakTime
		if got := strings.Join(notes, "|"); got != c.note || flagged != (c.note != "") {
			t.Errorf("usual %q: %q, flags %v", c.usual, got, e.Flags)
		}
	}
}
