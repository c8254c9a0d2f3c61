package photo

import (
	"regexp"
	"strings"
	"time"

	"daybook/timeline"
)

// stamp is a time as a file writes it.
type stamp struct {
	raw    string
	local  time.Time // the wall clock, carried in time.UTC
	prec   timeline.Precision
	zone   *time.Location // of its own offset; nil without one
	utc    bool           // it ends in Z or UTC
	broken bool           // words that are no time
}

var stampPattern = regexp.MustCompile(`^(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$`)

// otherLayouts are those of AVI films, PNG texts and sound tags.
var otherLayouts = []struct {
	layout string
	prec   timeline.Precision
}{
	{time.RFC1123Z, timeline.Second}, {time.RFC1123, timeline.Second}, {time.RFC850, timeline.Second},
	{time.ANSIC, timeline.Second}, {time.UnixDate, timeline.Second},
	{"Mon, 2 Jan 2006 15:04:05 -0700", timeline.Second}, {"2 Jan 2006 15:04:05 -0700", timeline.Second},
	{"Mon 2 Jan 2006 15:04:05 -0700", timeline.Second}, {"Mon 2 Jan 2006 15:04:05", timeline.Second},
	{"2006-01", timeline.Month}, {"2006", timeline.Year},
}

// readStamp reads a date and time. ok is false when the words say "not set".
func readStamp(raw string) (s stamp, ok bool) {
	text := strings.TrimSpace(raw)
	s = stamp{raw: raw}
	if strings.Trim(text, "0:/- .TZ") == "" {
		return s, false
	}
	if g := stampPattern.FindStringSubmatch(text); g != nil {
		var good bool
		s.local, s.prec, good = clockTime(g[1], g[2], g[3], g[4], g[5], g[6], g[7], "")
		s.broken = !good
		s.offset(g[8])
		return s, true
	}
	for _, l := range otherLayouts {
		t, err := time.Parse(l.layout, text)
		if err != nil || t.IsZero() {
			continue
		}
		s.prec, s.local = l.prec, wall(t)
		switch {
		case strings.HasSuffix(l.layout, "-0700"):
			s.zone = t.Location()
		case strings.HasSuffix(text, "GMT"), strings.HasSuffix(text, "UTC"):
			s.utc = true
		}
		return s, true
	}
	s.broken = true
	return s, true
}

// offset takes "+03:00", "-0700" or Z; anything else leaves the stamp without.
func (s *stamp) offset(o string) {
	switch o = strings.TrimSpace(o); o {
	case "":
	case "Z", "UTC", "GMT":
		s.utc = true
	default:
		for _, layout := range []string{"-07:00", "-0700"} {
			if t, err := time.Parse(layout, o); err == nil {
				_, sec := t.Zone()
				s.zone = time.FixedZone("", sec)
				return
			}
		}
	}
}

// zoned tells whether the stamp says where it is.
func (s stamp) zoned() bool { return s.utc || s.zone != nil }

// when is the time in the timeline's terms; zone is what a person assumed.
func (s stamp) when(zone *time.Location) timeline.When {
	switch {
	case s.broken:
		return timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: s.raw}
	case s.utc:
		return timeline.FromInstant(s.local, s.prec, s.raw)
	case s.zone != nil:
		l := s.local
		t := time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), l.Nanosecond(), s.zone)
		return timeline.FromOffset(t, s.prec, s.raw)
	default:
		return timeline.FromLocal(s.local, zone, s.prec, s.raw)
	}
}

func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}
