package whatsapp

import "time"

// calendar is the calendar that a phone counts its years in. An export with
// four-digit years shows which: WhatsApp is younger than 2009, so the ranges
// do not meet.
type calendar uint8

const (
	gregorian calendar = iota
	buddhist           // Thai phones: Gregorian, 543 years ahead
	persian            // Solar Hijri
	islamic            // Lunar Hijri: its months hang on sightings and tables, so it is not converted
)

func calendarOf(year number) calendar {
	switch {
	case year.w < 4:
		return gregorian
	case year.v >= 2500 && year.v < 2700:
		return buddhist
	case year.v >= 1380 && year.v < 1425:
		return persian
	case year.v >= 1425 && year.v < 1500:
		return islamic
	}
	return gregorian
}

// day counts the days to a date, so that dates of one calendar can be put in
// order; ok is false when there is no such date.
func (c calendar) day(y, m, d int) (n int64, ok bool) {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	switch c {
	case persian:
		if m > 6 && d > 30 || m == 12 && d == 30 && !persianLeap(y) {
			return 0, false
		}
		return persianDay(y, m, d), true
	case islamic:
		return int64(y)*360 + int64(m)*30 + int64(d), d <= 30
	case buddhist:
		y -= 543
	}
	if d > daysIn(y, m) {
		return 0, false
	}
	return civilDay(y, m, d), true
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// civilDay counts the days from 1 January 1970 in the Gregorian calendar.
func civilDay(y, m, d int) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	return int64(365*y+y/4-y/100+y/400+(153*(m-3)+2)/5+d-1) - 719468
}

// persianLeap is the 33-year rule, exact for the years of this and the last
// century.
func persianLeap(y int) bool {
	switch y % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return true
	}
	return false
}

// persianDay counts from 1 January 1970; 1 Farvardin 1400 was 21 March 2021.
func persianDay(y, m, d int) int64 {
	n := civilDay(2021, 3, 21)
	for ; y > 1400; y-- {
		n += persianYear(y - 1)
	}
	for ; y < 1400; y++ {
		n -= persianYear(y)
	}
	return n + int64((m-1)*30+min(m-1, 6)+d-1)
}

func persianYear(y int) int64 {
	if persianLeap(y) {
		return 366
	}
	return 365
}

// at is the wall clock at a second of a day counted from 1970.
func at(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
