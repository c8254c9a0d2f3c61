package file

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// sort of a moment; the first that has a time places the event.
type sort int

const (
	captured sort = iota // a page was saved
	created
	published
	modified
	inName
	onDisk
)

// moment is one time that a file gives.
type moment struct {
	sort  sort
	label string
	raw   string
	t     time.Time // its wall clock, in the zone that it states, else in time.UTC
	zone  zoneWord
	prec  timeline.Precision
	note  string
}

type zoneWord int

const (
	noZone zoneWord = iota
	utc
	offset
)

func (m moment) when(zone *time.Location) timeline.When {
	switch {
	case m.prec == timeline.Undated:
		return timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: m.raw}
	case m.zone == utc:
		return timeline.FromInstant(m.t, m.prec, m.raw)
	case m.zone == offset:
		return timeline.FromOffset(m.t, m.prec, m.raw)
	}
	return timeline.FromLocal(m.t, zone, m.prec, m.raw)
}

// layouts are those of XMP, OOXML, ODF, HTML and mail.
var layouts = []struct {
	layout string
	zone   zoneWord
	prec   timeline.Precision
}{
	{"2006-01-02T15:04:05Z07:00", offset, timeline.Second},
	{"2006-01-02T15:04:05-0700", offset, timeline.Second},
	{"2006-01-02 15:04:05 -0700", offset, timeline.Second},
	{"2006-01-02T15:04Z07:00", offset, timeline.Minute},
	{"2006-01-02T15:04:05", noZone, timeline.Second},
	{"2006-01-02 15:04:05", noZone, timeline.Second},
	{"2006-01-02T15:04", noZone, timeline.Minute},
	{"2006-01-02 15:04", noZone, timeline.Minute},
	{"2006-01-02", noZone, timeline.Day},
	{"Mon, 2 Jan 2006 15:04:05 -0700", offset, timeline.Second},
	{"Mon, 2 Jan 2006 15:04:05 MST", noZone, timeline.Second},
	{"Mon Jan 02 2006 15:04:05 GMT-0700", offset, timeline.Second},
	{"2006-01", noZone, timeline.Month},
}

// parse reads a date in one of the layouts. Words that are none are kept as
// an undated moment.
func parse(sort sort, label, raw string) moment {
	m := moment{sort: sort, label: label, raw: raw, prec: timeline.Undated, note: "these words are no date that is known"}
	text := strings.TrimSpace(raw)
	if i := strings.Index(text, " ("); i > 0 {
		text = text[:i] // the name of the zone in words
	}
	for _, l := range layouts {
		t, err := time.Parse(l.layout, text)
		if err != nil || t.IsZero() {
			continue
		}
		m.t, m.zone, m.prec, m.note = t, l.zone, l.prec, ""
		if strings.HasSuffix(text, "Z") || strings.HasSuffix(text, " GMT") || strings.HasSuffix(text, " -0000") || strings.HasSuffix(text, " UTC") {
			m.zone = utc
		}
		if m.prec == timeline.Second && t.Nanosecond() != 0 {
			m.prec = timeline.Millisecond
		}
		return m
	}
	return m
}

var (
	nameTime = regexp.MustCompile(`(?:^|\D)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:[ T_-]+(?:at )?(\d\d)[-_.:h]?(\d\d)(?:[-_.:m]?(\d\d))?)?(?:\D|$)`)
	dayFirst = regexp.MustCompile(`(?:^|\D)(\d\d)[-_.](\d\d)[-_.](20\d\d)(?:\D|$)`)
)

// nameMoment reads a date in a file name. One with the day or the month first
// is taken only where it can be nothing else.
func nameMoment(base string) (moment, bool) {
	stem := strings.TrimSuffix(base, path.Ext(base))
	m := moment{sort: inName, label: "file name", raw: base, prec: timeline.Day}
	if g := nameTime.FindStringSubmatch(stem); g != nil {
		clock, ok := g[4] != "", false
		if clock {
			if m.t, ok = date(g[1], g[2], g[3], g[4], g[5], g[6]); ok {
				m.prec = timeline.Minute
				if g[6] != "" {
					m.prec = timeline.Second
				}
				return m, true
			}
		}
		m.t, ok = date(g[1], g[2], g[3], "", "", "")
		return m, ok
	}
	if g := dayFirst.FindStringSubmatch(stem); g != nil {
		a, okA := date(g[3], g[2], g[1], "", "", "")
		b, okB := date(g[3], g[1], g[2], "", "", "")
		switch {
		case okA && (!okB || a.Equal(b)):
			m.t = a
			return m, true
		case okB && !okA:
			m.t = b
			return m, true
		}
	}
	return m, false
}

func date(parts ...string) (time.Time, bool) {
	var n [6]int
	for i, p := range parts {
		if p == "" {
			continue
		}
		v, err := strconv.Atoi(p)
		if err != nil {
			return time.Time{}, false
		}
		n[i] = v
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	ok := !t.IsZero() && t.Year() == n[0] && int(t.Month()) == n[1] && t.Day() == n[2] && t.Hour() == n[3] && t.Minute() == n[4] && t.Second() == n[5]
	return t, ok
}

// place chooses the time of the event and keeps the others.
func place(list []moment, base string, s importers.Source) (timeline.When, []timeline.Claim, []timeline.Flag) {
	list = slices.Clone(list)
	if m, ok := nameMoment(base); ok {
		list = append(list, m)
	}
	if w, _, ok := s.FileTime(); ok {
		m := moment{sort: onDisk, label: "file system time", raw: w.Raw, t: s.Modified.UTC(), zone: utc, prec: w.Precision, note: "weak: it is also set by copying"}
		if s.Wall {
			m.zone = noZone
		}
		list = append(list, m)
	}
	slices.SortStableFunc(list, func(a, b moment) int { return int(a.sort) - int(b.sort) })
	best := slices.IndexFunc(list, func(m moment) bool { return m.prec != timeline.Undated && possible(m.t) })
	if best < 0 {
		best = slices.IndexFunc(list, func(m moment) bool { return m.prec != timeline.Undated })
	}
	when := timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated}
	var flags []timeline.Flag
	if best >= 0 {
		when = list[best].when(s.Assume.Zone)
		flags = flagsOf(when, list[best])
	}
	var claims []timeline.Claim
	disagree := false
	for i, m := range list {
		c := timeline.Claim{Label: m.label, When: m.when(s.Assume.Zone), Chosen: i == best, Note: m.note}
		if best >= 0 && i != best && m.prec != timeline.Undated {
			note, bad := against(m, c.When, list[best], when)
			if c.Note = note; m.note != "" {
				c.Note = m.note + "; " + note
			}
			disagree = disagree || bad
		}
		if !possible(m.t) && m.prec != timeline.Undated {
			c.Note = strings.TrimPrefix(c.Note+"; this year cannot be right", "; ")
			disagree = disagree || i != best
		}
		claims = append(claims, c)
	}
	if disagree {
		flags = append(flags, timeline.TimesDisagree)
	}
	return when, claims, flags
}

func possible(t time.Time) bool { return t.Year() >= 1985 && t.Year() < 2100 }

func flagsOf(w timeline.When, m moment) []timeline.Flag {
	var flags []timeline.Flag
	if m.sort >= inName || !possible(m.t) {
		flags = append(flags, timeline.WeakTime)
	}
	if w.Basis != timeline.AssumedZone {
		return flags
	}
	flags = append(flags, timeline.ZoneAssumed)
	if w.Instant.IsZero() {
		if zone, err := time.LoadLocation(w.Zone); err == nil && timeline.Ambiguous(w.Local, zone) == "never" {
			return append(flags, timeline.ClockNever)
		}
		flags = append(flags, timeline.ClockTwice)
	}
	return flags
}

// against says how far a time is from the chosen one. That a file was changed
// or copied after it was made is ordinary; that it was so before is not.
func against(m moment, w timeline.When, best moment, chosen timeline.When) (note string, disagrees bool) {
	a, _ := w.Order()
	b, _ := chosen.Order()
	slack := 2 * time.Minute
	if stated(w) != stated(chosen) {
		slack = 14 * time.Hour // one of the two does not state its zone
	}
	if m.prec == timeline.Day || best.prec == timeline.Day || m.prec == timeline.Month || best.prec == timeline.Month {
		slack = 31 * 24 * time.Hour
		if m.prec != timeline.Month && best.prec != timeline.Month {
			slack = 24 * time.Hour
		}
	}
	d := a.Sub(b).Round(time.Second)
	switch {
	case d.Abs() < time.Second:
		return "the same", false
	case d < -slack && m.sort >= modified && best.sort <= created && best.sort != captured:
		return "disagrees: " + words(-d) + " earlier", true
	case d < 0:
		return words(-d) + " earlier", false
	}
	return words(d) + " later", false
}

func stated(w timeline.When) bool {
	return !w.Instant.IsZero() && w.Basis != timeline.AssumedZone
}

func words(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= time.Hour:
		return fmt.Sprintf("%d h %d min", d/time.Hour, d/time.Minute%60)
	case d >= time.Minute:
		return fmt.Sprintf("%d min %d s", d/time.Minute, d/time.Second%60)
	}
	return fmt.Sprintf("%d s", d/time.Second)
}
