package report

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"daybook/timeline"
)

// showTime writes a time as exactly as its source gives it and no more. zone
// is where an instant without a wall clock of its own is shown.
func showTime(w timeline.When, zone *time.Location) Time {
	t := Time{Raw: w.Raw, Zone: w.Zone, Basis: basis(w.Basis)}
	if w.Precision == timeline.Undated {
		t.Local = sayNoDate
		return t
	}
	if tellsApart(w, zone) {
		t.Zone = zone.String()
	}
	local, until := w.Local, w.Until
	if local.IsZero() && !w.Instant.IsZero() {
		local = w.Instant.In(zone)
		t.Zone = zone.String()
		if !until.IsZero() {
			until = until.In(zone)
		}
	}
	first, last := w.Units()
	t.Whole = first.WholeDay()
	from, to := written(local, first), written(until, last)
	if !w.Instant.IsZero() && !t.Whole {
		t.Short = short(t.Zone, w.Instant, zone)
		t.UTC = written(w.Instant.UTC(), first) + "Z"
	}
	if ended := w.Ended(); t.UTC != "" && !ended.IsZero() && !last.WholeDay() {
		t.UTC = fmt.Sprintf(sayUntil, t.UTC, written(ended.UTC(), last)+"Z")
		if other := short(t.Zone, ended, zone); other != t.Short {
			from, to, t.Short, t.Both = from+" "+t.Short, to+" "+other, "", true
		}
	}
	t.Local = shaped(w.Precision, from, to)
	if w.Known(timeline.Day) {
		t.Day = local.Format(time.DateOnly)
	}
	return t
}

// listed is a time in a list of which most are by the clock of the case: what is by
// another has its zone behind it, or the list would be of two clocks that look like one.
func listed(w timeline.When, zone *time.Location) string {
	t := showTime(w, zone)
	if t.UTC == "" || onWall(zone, w.Local, w.Instant) && onWall(zone, w.Until, w.Ended()) {
		return t.Local
	}
	return t.zoned()
}

// onWall tells that a clock of a zone shows at a moment what was on the wall then.
func onWall(zone *time.Location, wall, at time.Time) bool {
	return wall.IsZero() || !at.IsZero() && wall.Format(time.DateTime) == at.In(zone).Format(time.DateTime)
}

// tellsApart tells that the offset a person wrote is that of a zone at this moment: it
// says which of two hours of its clock is meant, and the zone has a word for that.
func tellsApart(w timeline.When, zone *time.Location) bool {
	return w.Basis == timeline.Stated && !strings.Contains(w.Zone, "/") && onWall(zone, w.Local, w.Instant) && onWall(zone, w.Until, w.Ended())
}

// zoned is a time with its zone, for one that stands alone.
func (t Time) zoned() string {
	if t.Local == sayNoDate || t.Whole || t.Both {
		return t.Local
	}
	return t.Local + " " + t.word()
}

// inList is a time with its zone, in a list above which stands by which clocks its times
// are; one whose zone is not known stands without.
func (t Time) inList() string {
	if t.Basis == sayBasisUnknown {
		return t.Local
	}
	return t.zoned()
}

// clock says by which clock a time is.
func (t Time) clock() string {
	switch t.Basis {
	case sayBasisUTC:
		if strings.ContainsAny(t.Zone, "+-:") && !strings.Contains(t.Zone, "/") {
			return sayClockUTCShown
		}
		return fmt.Sprintf(sayClockUTC, t.Zone)
	case sayBasisOffset:
		return sayClockOffset
	case sayBasisAssumed:
		return fmt.Sprintf(sayClockAssumed, t.Zone)
	case sayBasisUnknown:
		return sayClockUnknown
	}
	return fmt.Sprintf(sayClockBy, t.Zone, t.Basis)
}

// word is the zone of a time, in a word where it has one. A day has none: by which
// clock it was a day is no part of it.
func (t Time) word() string {
	if t.Whole {
		return t.Basis
	}
	return cmp.Or(t.Short, t.Zone, t.Basis)
}

// short is what a zone calls itself at an instant: "BST"; empty for an offset.
// The case's own zone is at hand, and most times are in it.
func short(name string, at time.Time, own *time.Location) string {
	if name == own.String() {
		return at.In(own).Format("MST")
	}
	if !strings.Contains(name, "/") {
		return ""
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return ""
	}
	return at.In(z).Format("MST")
}

// zone is the zone of a time and where it comes from.
func (t Time) zone() string {
	if name := t.word(); name != t.Basis {
		return name + " (" + t.Basis + ")"
	}
	return t.Basis
}

// brief is the zone of a time with where it comes from, unless most rows have
// it so.
func (t Time) brief() string {
	if t.Usual {
		return t.word()
	}
	return t.zone()
}

// shortUTC is UTC without the day where the wall clock has the same; empty
// where it is not known.
func (t Time) shortUTC() string {
	utc := strings.ReplaceAll(t.UTC, "Z", "")
	day, clock, ok := strings.Cut(utc, " ")
	if ok && strings.HasPrefix(t.Local, day) {
		return clock
	}
	return utc
}

// written is a time to its unit. Thousandths are written when there are any.
func written(t time.Time, unit timeline.Precision) string {
	if unit == timeline.Millisecond && t.Nanosecond() < int(time.Millisecond) {
		unit = timeline.Second
	}
	return t.Format(layout(unit))
}

// layout is as much of a time as its unit allows.
func layout(p timeline.Precision) string {
	switch p {
	case timeline.Year:
		return "2006"
	case timeline.Month:
		return "2006-01"
	case timeline.Day:
		return "2006-01-02"
	case timeline.Hour, timeline.Minute:
		return "2006-01-02 15:04"
	case timeline.Millisecond:
		return "2006-01-02 15:04:05.000"
	default:
		return "2006-01-02 15:04:05"
	}
}

// shaped puts the person's uncertainty into words.
func shaped(p timeline.Precision, from, until string) string {
	switch p {
	case timeline.About:
		return fmt.Sprintf(sayAbout, from)
	case timeline.Range:
		return fmt.Sprintf(sayBetween, from, until)
	case timeline.Before:
		return fmt.Sprintf(sayBefore, from)
	case timeline.After:
		return fmt.Sprintf(sayAfter, from)
	default:
		return from
	}
}

func basis(b timeline.Basis) string {
	switch b {
	case timeline.UTC:
		return sayBasisUTC
	case timeline.OffsetBasis:
		return sayBasisOffset
	case timeline.Stated:
		return sayBasisStated
	case timeline.DeviceZone:
		return sayBasisDevice
	case timeline.AssumedZone:
		return sayBasisAssumed
	default:
		return sayBasisUnknown
	}
}

// month is the heading that a time stands under.
func month(w timeline.When, zone *time.Location) string {
	local := w.Local
	if local.IsZero() && !w.Instant.IsZero() {
		local = w.Instant.In(zone)
	}
	if local.IsZero() || w.Precision == timeline.Undated {
		return ""
	}
	return local.Format("2006-01")
}

// ofMonth is where a time is counted, which its bundle says: under a month and a
// year, or under the words that say that they are not known.
type ofMonth struct{ key, month, year string }

func countedIn(w timeline.When, zone *time.Location) ofMonth {
	key := month(w, zone)
	if key == "" {
		return ofMonth{"", sayUndatedRow, sayUndatedRow}
	}
	c := ofMonth{key, monthTitle(key), key[:4]}
	if !w.Known(timeline.Month) {
		c.key, c.month = "", sayNoMonth
	}
	if !w.Known(timeline.Year) {
		c.year = sayNoYear
	}
	return c
}

// monthTitle is a month in words.
func monthTitle(m string) string {
	t, err := time.Parse("2006-01", m)
	if err != nil {
		return sayUndatedRow
	}
	return t.Format("January 2006")
}

// stamp is a time in the program's own records, with its offset.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04:05 -07:00")
}

func bytesOf(n int64) string {
	const k = 1000
	switch {
	case n < k:
		return agree(sayBytes, n)
	case n < k*k:
		return fmt.Sprintf("%.1f kB", float64(n)/k)
	case n < k*k*k:
		return fmt.Sprintf("%.1f MB", float64(n)/(k*k))
	default:
		return fmt.Sprintf("%.1f GB", float64(n)/(k*k*k))
	}
}

// String writes spans as a reader would: 1–20, 22.
func (s Spans) String() string {
	var parts []string
	for _, p := range s {
		parts = append(parts, p.String())
	}
	return strings.Join(parts, ", ")
}

// String writes one span: 1–20, or 22.
func (p Span) String() string {
	if p.First == p.Last {
		return fmt.Sprint(p.First)
	}
	return fmt.Sprintf("%d–%d", p.First, p.Last)
}
