package sms

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"daybook/importers"
	"daybook/timeline"
)

// moment reads a date as the app writes it: milliseconds since 1970, and seconds
// in date_sent of an MMS. What is no date is undated.
func moment(raw string) (timeline.When, importers.Unit) {
	w, unit, ok := importers.ReadCount(raw)
	if !ok || unit == importers.Microseconds {
		return importers.Undated(raw), ""
	}
	return w, unit
}

// date gives an event its time from the attributes date, date_sent and
// readable_date.
func date(e *timeline.Event, a attributes) {
	when, unit := moment(a.value("date"))
	sent, _ := moment(a.value("date_sent"))
	e.When = when
	switch {
	case sent.Precision == timeline.Undated:
	case e.When.Precision == timeline.Undated:
		e.Claims = []timeline.Claim{
			{Label: "date", When: e.When, Note: "cannot be read as a date"},
			{Label: "date_sent", When: sent, Chosen: true},
		}
		e.When = sent
		e.Flags = append(e.Flags, timeline.WeakTime)
	default:
		e.Claims = []timeline.Claim{
			{Label: "date", When: e.When, Chosen: true, Note: "when the phone stored it"},
			{Label: "date_sent", When: sent, Note: "when the network or the sender says that it was sent"},
		}
		if late := e.When.Instant.Sub(sent.Instant); late > 24*time.Hour || late < -5*time.Minute {
			flag(e, timeline.TimesDisagree)
		}
	}
	zone(e, a.value("readable_date"))
	if when.Precision != timeline.Undated {
		importers.FactsOf(e).UnitBySize("date", unit, importers.Milliseconds)
	}
}

// zone compares the printed date with the instant: their difference is the
// zone that the phone was in when the backup was made.
func zone(e *timeline.Event, printed string) {
	if printed == "" {
		return
	}
	extra(e, "readable_date", printed)
	if e.When.Precision == timeline.Undated {
		return
	}
	offset, fit := phoneZone(e.When.Instant, printed)
	switch fit {
	case fits:
		w := timeline.FromOffset(e.When.Instant.In(time.FixedZone("", offset)), e.When.Precision, e.When.Raw)
		w.Basis = e.When.Basis
		e.When = w
		for i := range e.Claims {
			if e.Claims[i].Chosen {
				e.Claims[i].When = w
			}
		}
		extra(e, "phone zone", w.Zone)
	case contradicts:
		flag(e, timeline.TimesDisagree)
	}
}

// How a printed date and an instant go together.
const (
	unclear = iota // it cannot be read, or fits several zones
	fits
	contradicts // it can be read and fits no zone
)

// phoneZone finds the offset in seconds at which an instant is printed like
// this, in whatever language and order: day, month and year are only compared
// with what they would have to be. A twelve-hour clock is followed when its
// "AM" or "PM" is in Latin letters.
func phoneZone(t time.Time, printed string) (offset, fit int) {
	nums := numbers(printed)
	found, readable := map[int]bool{}, false
	for _, at := range []int{2, 3} {
		if !splits(nums, at, strings.Count(printed, ":")) {
			continue
		}
		dates, clock := nums[:at], nums[at:]
		readable = readable || hasYear(dates)
		for _, hour := range clockHours(clock[0], printed) {
			for _, of := range offsets(t.UTC(), dates, hour, clock[1:]) {
				offset, found[of] = of, true
			}
		}
	}
	switch {
	case len(found) == 1:
		return offset, fits
	case len(found) == 0 && readable:
		return 0, contradicts
	}
	return 0, unclear
}

// splits tells whether a printed date may be made of at numbers and then a
// clock. "Jan 3, 2021 12:00:00" has five numbers, and so has "03/01/2021
// 12:00"; colons, where a clock has them, tell the two apart.
func splits(nums []int, at, colons int) bool {
	clock := len(nums) - at
	fits := clock == 3 || clock == 2 && at == 3
	return fits && nums[at] <= 24 && (colons == 0 || colons == clock-1)
}

// uneven are the places whose clocks were put by a part of an hour since telephones
// write backups. One of them stands for all that keep its time.
var uneven = sync.OnceValue(func() (places []*time.Location) {
	for _, name := range []string{"Pacific/Marquesas", "America/Caracas", "America/St_Johns", "Asia/Tehran", "Asia/Kabul", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Yangon",
		"Asia/Pyongyang", "Australia/Eucla", "Australia/Darwin", "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Norfolk", "Pacific/Chatham"} {
		if place, err := time.LoadLocation(name); err == nil { // the program brings its own
			places = append(places, place)
		}
	}
	return places
})

// kept tells whether some place kept an offset at that time. Of whole hours, each
// is.
func kept(t time.Time, offset int) bool {
	return offset%3600 == 0 || slices.ContainsFunc(uneven(), func(place *time.Location) bool {
		_, there := t.In(place).Zone()
		return there == offset
	})
}

// offsets are the offsets of places at t by which it has this date and this clock.
func offsets(t time.Time, dates []int, hour int, clock []int) (list []int) {
	if len(clock) == 2 && clock[1] != t.Second() || (clock[0]-t.Minute())%15 != 0 {
		return nil
	}
	of := ((hour-t.Hour())*60 + clock[0] - t.Minute()) * 60
	for _, shift := range []int{of - 86400, of, of + 86400} {
		if shift >= -12*3600 && shift <= 14*3600 && names(t.Add(time.Duration(shift)*time.Second), dates) && kept(t, shift) {
			list = append(list, shift)
		}
	}
	return list
}

// hasYear tells dates of the common calendar from those of others, which are
// not compared.
func hasYear(dates []int) bool {
	return slices.ContainsFunc(dates, func(n int) bool { return n >= 1970 && n < 2200 })
}

// clockHours gives the hours of the day that a printed hour may stand for.
func clockHours(hour int, printed string) []int {
	last := strings.LastIndexFunc(printed, unicode.IsDigit)
	_, width := utf8.DecodeRuneInString(printed[last:])
	before, after := printed[:last], printed[last+width:]
	half := strings.Map(letter, after)
	switch {
	case hour >= 13 || hour == 0:
		return []int{hour}
	case half == "am":
		return []int{hour % 12}
	case half == "pm":
		return []int{hour%12 + 12}
	case half == "" && !strings.ContainsFunc(before, notLatin):
		return []int{hour} // nothing in it can be a half of the day
	}
	return []int{hour % 12, hour%12 + 12}
}

// letter keeps letters, small, so that "p.m." is "pm".
func letter(r rune) rune {
	if !unicode.IsLetter(r) {
		return -1
	}
	return unicode.ToLower(r)
}

// notLatin tells the letters of the scripts whose half of the day may stand
// before the clock.
func notLatin(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }

// numbers are those of a printed date, in their order.
func numbers(printed string) (n []int) {
	in := false
	for _, r := range printed {
		d, ok := digit(r)
		switch {
		case !ok:
			in = false
			continue
		case !in:
			n = append(n, 0)
		}
		in = true
		if last := len(n) - 1; n[last] < 100_000 {
			n[last] = n[last]*10 + d
		}
	}
	return n
}

// digit reads a decimal digit of the scripts that phones print dates in.
func digit(r rune) (int, bool) {
	for _, zero := range []rune{'0', 0x0660, 0x06F0, 0x0966, 0x09E6} {
		if r >= zero && r <= zero+9 {
			return int(r - zero), true
		}
	}
	return 0, false
}

// names tells whether the numbers, in any order, are those of a date: day and
// year, and the month when there are three.
func names(t time.Time, dates []int) bool {
	have := slices.Sorted(slices.Values(dates))
	for _, year := range []int{t.Year(), t.Year() % 100} {
		want := []int{t.Day(), year}
		if len(dates) == 3 {
			want = append(want, int(t.Month()))
		}
		if slices.Sort(want); slices.Equal(want, have) {
			return true
		}
	}
	return false
}

func extra(e *timeline.Event, name, value string) {
	if e.Extra == nil {
		e.Extra = timeline.Facts{}
	}
	e.Extra.Set(name, value)
}

// recordName is a record's pinpoint.
func recordName(kind string, n int, at int64) string {
	var room [64]byte
	b := strconv.AppendInt(append(append(room[:0], kind...), ' '), int64(n), 10)
	return string(strconv.AppendInt(append(b, " at byte "...), at, 10))
}
