package importers

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"

	"daybook/timeline"
)

// ReadTime reads a time as exports print it: "2024-04-20 01:29:22 UTC",
// "2024-04-20T01:29:22.686Z", "2024-04-20 01:29:22.686+00:00", with slashes in
// the date, or without seconds. zoned tells that it says its zone, which t then
// carries; without one t is what a clock shows, in time.UTC. ok is false for
// anything else, and for a date that no calendar has.
func ReadTime(text string) (t time.Time, p timeline.Precision, zoned, ok bool) {
	s := strings.TrimSpace(text)
	if len(s) < 16 || s[4] != s[7] || s[4] != '-' && s[4] != '/' || s[10] != ' ' && s[10] != 'T' || s[13] != ':' {
		return time.Time{}, "", false, false
	}
	year, month, day := digits(s[:4]), digits(s[5:7]), digits(s[8:10])
	hour, minute, second, nanos := digits(s[11:13]), digits(s[14:16]), 0, 0
	p, s = timeline.Minute, s[16:]
	if len(s) >= 3 && s[0] == ':' {
		p, second, s = timeline.Second, digits(s[1:3]), s[3:]
		if len(s) > 1 && s[0] == '.' {
			p = timeline.Millisecond
			nanos, s = fraction(s[1:])
		}
	}
	zone, zoned, ok := zoneOf(strings.TrimSpace(s))
	if !ok || min(year, month, day, hour, minute, second, nanos) < 0 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, "", false, false
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, nanos, zone), p, zoned, IsDay(year, month, day) && year >= 1900
}

// IsDay tells whether the calendar has such a day.
func IsDay(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	return day <= 28 || time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// AppendDateTime appends a time as the layout of that name does, at a third of its
// cost: the library writes RFC 3339 without looking at a layout.
func AppendDateTime(b []byte, t time.Time) []byte {
	if year := t.Year(); year < 0 || year > 9999 {
		return t.AppendFormat(b, time.DateTime)
	}
	n := len(b)
	b = t.AppendFormat(b, time.RFC3339)[:n+len(time.DateTime)]
	b[n+len(time.DateOnly)] = ' '
	return b
}

// digits reads a number without a sign; -1 where it is none.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// fraction reads the digits behind a second's point.
func fraction(s string) (nanos int, rest string) {
	unit := int(time.Second)
	for len(s) > 0 && s[0] >= '0' && s[0] <= '9' {
		unit /= 10
		nanos += int(s[0]-'0') * unit
		s = s[1:]
	}
	return nanos, s
}

// zoneOf reads what stands behind a time: nothing, UTC by one of its names, or
// an offset.
func zoneOf(s string) (zone *time.Location, zoned, ok bool) {
	switch s {
	case "":
		return time.UTC, false, true
	case "UTC", "Z", "GMT", "+00:00", "+0000", "+00":
		return time.UTC, true, true
	}
	if len(s) < 3 || s[0] != '+' && s[0] != '-' {
		return nil, false, false
	}
	hours, rest := digits(s[1:3]), strings.TrimPrefix(s[3:], ":")
	minutes := digits(rest)
	if hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || len(rest) != 2 && rest != "" {
		return nil, false, false
	}
	seconds := (hours*60 + minutes) * 60
	if s[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), true, true
}

// ReadInstant reads a time that says its zone; ok is false for one that does not.
func ReadInstant(text string) (w timeline.When, ok bool) {
	t, p, zoned, ok := ReadTime(text)
	if !ok || !zoned {
		return timeline.When{}, false
	}
	return Zoned(t, p, text), true
}

// Zoned is the time of a source that says its zone, which t carries.
func Zoned(t time.Time, p timeline.Precision, raw string) timeline.When {
	if t.Location() == time.UTC {
		return timeline.FromInstant(t, p, raw)
	}
	return timeline.FromOffset(t, p, raw)
}

// SameOf makes the value of the fact timeline.SameKey: equal for records that
// are equal in every part, and for no others.
func SameOf(parts ...string) string {
	var room [512]byte // enough for nearly every record
	return SumOf(appendParts(room[:0], parts))
}

func appendParts(b []byte, parts []string) []byte {
	for _, p := range parts {
		b = binary.LittleEndian.AppendUint64(b, uint64(len(p)))
		b = append(b, p...)
	}
	return b
}

// SumOf makes that value of the bytes that a format has put together itself.
func SumOf(b []byte) string {
	text := sumOf(b)
	return string(text[:])
}

func sumOf(b []byte) (text [32]byte) {
	sum := sha256.Sum256(b)
	hex.Encode(text[:], sum[:16])
	return text
}
