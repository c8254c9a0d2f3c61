package timeline

import "time"

// Basis says why an event's instant may be believed: where its zone came from.
type Basis string

// The bases, from the strongest to none.
const (
	UTC         Basis = "utc"     // the source holds a UTC instant (an epoch, or a text ending in Z or UTC)
	OffsetBasis Basis = "offset"  // the source holds a local time with its own offset
	Stated      Basis = "stated"  // a person wrote the time down, with its offset
	DeviceZone  Basis = "device"  // local time of a device whose zone another record of the same source shows
	AssumedZone Basis = "assumed" // a person, or the case's setting, named the zone
	UnknownZone Basis = "unknown" // local time of no known zone: Instant is zero
)

// Precision is the smallest unit that the source states, or the shape of a
// person's uncertainty.
type Precision string

// The precisions.
const (
	Millisecond Precision = "millisecond"
	Second      Precision = "second"
	Minute      Precision = "minute"
	Hour        Precision = "hour"
	Day         Precision = "day"
	Month       Precision = "month"
	Year        Precision = "year"
	About       Precision = "about"   // near the time given
	Range       Precision = "range"   // somewhere from the time given to Until
	Before      Precision = "before"  // not later than the time given
	After       Precision = "after"   // not earlier than the time given
	Undated     Precision = "undated" // no time at all; Instant and Local are zero
)

// When is a time as a source gives it. It never hides what is not known: a
// local time of no known zone has no Instant, and Raw always keeps the words.
type When struct {
	Instant   time.Time // UTC; zero when the zone is not known
	Local     time.Time // the wall clock as the source shows it, carried in time.UTC; zero when it shows none
	Until     time.Time // the end of a Range, in the same terms as Local (or as Instant, where there is no Local)
	Basis     Basis
	Zone      string // IANA name or ±hh:mm, when known or assumed
	Precision Precision
	Raw       string // the words of the source
}

// FromInstant is the time of a source that holds a UTC instant.
func FromInstant(t time.Time, p Precision, raw string) When {
	return When{Instant: t.UTC(), Basis: UTC, Zone: "UTC", Precision: p, Raw: raw}
}

// FromOffset is the time of a source that holds a local time with its offset;
// t carries that offset as its location.
func FromOffset(t time.Time, p Precision, raw string) When {
	return When{Instant: t.UTC(), Local: wall(t), Basis: OffsetBasis, Zone: offset(t), Precision: p, Raw: raw}
}

// offset is that of a time, as its format "-07:00" writes it.
func offset(t time.Time) string {
	_, seconds := t.Zone()
	sign, minutes := byte('+'), seconds/60
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	h, m := minutes/60, minutes%60
	return string([]byte{sign, byte('0' + h/10), byte('0' + h%10), ':', byte('0' + m/10), byte('0' + m%10)})
}

// FromLocal is the time of a source that holds a wall clock and no zone. With
// a zone the instant is worked out and marked as assumed. A wall clock that
// the zone shows twice or never (clock change) stays without an instant:
// Ambiguous tells which of the two it is.
func FromLocal(local time.Time, zone *time.Location, p Precision, raw string) When {
	w := When{Local: wall(local), Basis: UnknownZone, Precision: p, Raw: raw}
	if zone == nil {
		return w
	}
	w.Basis, w.Zone = AssumedZone, zone.String()
	if t := shown(w.Local, zone); ambiguous(t, w.Local, zone) == "" {
		w.Instant = t.UTC()
	}
	return w
}

// shown is a moment at which a zone's clock shows what a wall clock does, or one
// near it where it never does.
func shown(local time.Time, zone *time.Location) time.Time {
	year, month, day := local.Date()
	hour, minute, second := local.Clock()
	return time.Date(year, month, day, hour, minute, second, local.Nanosecond(), zone)
}

// Ambiguous tells whether a zone shows a wall clock "twice" or "never", as at
// the change from and to summer time; it is empty for every other time.
func Ambiguous(local time.Time, zone *time.Location) string {
	return ambiguous(shown(local, zone), local, zone)
}

func ambiguous(t, local time.Time, zone *time.Location) string {
	const change = 25 * time.Hour // what a clock may be put forward or back, and more
	if from, to := t.ZoneBounds(); (from.IsZero() || t.Sub(from) > change) && (to.IsZero() || to.Sub(t) > change) {
		return ""
	}
	if !wall(t).Equal(wall(local)) {
		return "never"
	}
	_, off := t.Zone()
	for _, near := range []time.Duration{-change, change} {
		_, other := t.Add(near).Zone()
		if other == off {
			continue
		}
		shifted := t.Add(time.Duration(off-other) * time.Second)
		if wall(shifted).Equal(wall(local)) {
			return "twice"
		}
	}
	return ""
}

// ambiguous tells whether the clock of an assumed zone showed a time "twice" or
// "never"; empty for every other.
func (w When) ambiguous() string {
	if unit, _ := w.Units(); !w.Instant.IsZero() || w.Local.IsZero() || w.Basis != AssumedZone || unit.WholeDay() {
		return ""
	}
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		return ""
	}
	return Ambiguous(w.Local, zone)
}

// Instants are the first and the last instant that a zone's wall clock can mean:
// one and the same, but where the clock shows it twice or never.
func Instants(local time.Time, zone *time.Location) (first, last time.Time) {
	t := shown(local, zone)
	if ambiguous(t, local, zone) == "" {
		return t, t
	}
	for i, near := range []time.Duration{-25 * time.Hour, 25 * time.Hour} {
		_, off := t.Add(near).Zone()
		at := wall(local).Add(-time.Duration(off) * time.Second).In(zone)
		if i == 0 || at.Before(first) {
			first = at
		}
		if i == 0 || at.After(last) {
			last = at
		}
	}
	return first, last
}

// Order is the time by which events are put in order: the instant, or the
// wall clock as though it were UTC where there is no instant. A time that the clock
// of a named zone shows twice stands at the second, and one that it never shows at
// the moment at which the clock was put forward, so that what is in order by the
// clock stays so. ok is false for undated events.
func (w When) Order() (t time.Time, ok bool) {
	if !w.Instant.IsZero() {
		return w.Instant, true
	}
	if w.Zone != "" && !w.Local.IsZero() {
		if zone, err := time.LoadLocation(w.Zone); err == nil {
			return changing(w.Local, zone), true
		}
	}
	return w.Local, !w.Local.IsZero()
}

// changing is where a wall clock stands in order that a zone shows twice or never;
// any other as though it were UTC.
func changing(local time.Time, zone *time.Location) time.Time {
	switch Ambiguous(local, zone) {
	case "twice":
		_, last := Instants(local, zone)
		return last.UTC()
	case "never":
		first, last := Instants(local, zone)
		if from, _ := last.ZoneBounds(); from.After(first) {
			return from.UTC()
		}
		_, to := first.ZoneBounds()
		return to.UTC()
	}
	return local
}

func wall(t time.Time) time.Time {
	_, off := t.Zone()
	return time.Unix(t.Unix()+int64(off), int64(t.Nanosecond())).UTC()
}
