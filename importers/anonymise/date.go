package anonymise

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateAt moves a date in numbers that begins here.
func (w *writing) dateAt(a number) bool {
	switch {
	case len(a.digits) == 8 || len(a.digits) == 14 || len(a.digits) == 17:
		return w.stamp(a)
	case len(a.digits) == 4:
		return w.yearFirst(a) || w.yearAndMonth(a)
	case len(a.digits) <= 2:
		return w.yearLast(a)
	}
	return false
}

// stamp moves 20240105, with a time of day behind it or glued to it.
func (w *writing) stamp(a number) bool {
	y, m, d := number{digits: a.digits[:4]}.value(), number{digits: a.digits[4:6]}.value(), number{digits: a.digits[6:8]}.value()
	rest := a.digits[8:]
	if y < 1990 || !validDate(y, m, d) || rest != "" && !isClock(rest[:6]) {
		return false
	}
	if w.s.learning {
		w.s.calendar.sawStamp(y, m, d)
	}
	y, m, d = w.s.date(y, m, d)
	w.put(a.like(fmt.Sprintf("%04d%02d%02d%s", y, m, d, rest)), a.end)
	if rest != "" || w.at+1 >= len(w.in) || !strings.ContainsRune("_-T ", rune(w.in[w.at])) {
		return true
	}
	if n := numberAt(w.in, w.at+1); (len(n.digits) == 6 || len(n.digits) == 9) && isClock(n.digits[:6]) {
		w.keep(n.end)
		w.period()
	}
	return true
}

func isClock(d string) bool { return d[0] <= '2' && d[2] <= '5' && d[4] <= '6' }

// separator reads what stands between the parts of a date in numbers; sign is
// what it is besides spaces and marks of direction.
func separator(in string, at int) (sign rune, end int) {
	end = at
	for end < len(in) {
		r, n := utf8.DecodeRuneInString(in[end:])
		switch {
		case r == '\u200e' || r == '\u200f':
		case strings.ContainsRune("-/.:_年月년월", r) && sign == 0:
			sign = r
		case r == ' ' && (sign == '.' || sign == '년' || sign == '월'):
		default:
			return sign, end
		}
		end += n
	}
	return sign, end
}

// yearFirst moves 2024-01-05, 2024/1/5, 2024年1月5日.
func (w *writing) yearFirst(a number) bool {
	sign, at := separator(w.in, a.end)
	b := numberAt(w.in, at)
	again, at2 := separator(w.in, b.end)
	c := numberAt(w.in, at2)
	if sign == 0 || again == 0 || len(b.digits) == 0 || len(b.digits) > 2 || len(c.digits) == 0 || len(c.digits) > 2 || again != sign && sign < 0x80 ||
		!validDate(a.value(), b.value(), c.value()) {
		return false
	}
	y, m, d := w.s.date(a.value(), b.value(), c.value())
	w.put(a.like(fmt.Sprintf("%04d", y)), a.end)
	w.keep(at)
	w.put(padded(b, m), b.end)
	w.keep(at2)
	w.put(padded(c, d), c.end)
	if strings.HasPrefix(w.in[w.at:], "T") && len(numberAt(w.in, w.at+1).digits) > 0 {
		w.keep(w.at + 1)
	}
	return true
}

// padded writes a number with as many digits as another one has, where that
// began with a zero.
func padded(like number, v int) string {
	if like.digits[0] == '0' || len(like.digits) == 2 && v < 10 {
		return like.like(fmt.Sprintf("%02d", v))
	}
	return like.like(fmt.Sprint(v))
}

// yearLast moves 5/1/2024 and 1/5/24, in the order that the file shows.
func (w *writing) yearLast(a number) bool {
	sign, at := separator(w.in, a.end)
	b := numberAt(w.in, at)
	again, at2 := separator(w.in, b.end)
	c := numberAt(w.in, at2)
	if w.korean(a, b, c, at, at2) {
		return true
	}
	if !strings.ContainsRune("/.-", sign) || sign == 0 || again != sign || len(b.digits) == 0 || len(b.digits) > 2 || len(c.digits) != 2 && len(c.digits) != 4 ||
		c.end < len(w.in) && (w.in[c.end] == '.' || w.in[c.end] == '-' || w.in[c.end] == '/') && len(numberAt(w.in, c.end+1).digits) > 0 {
		return false
	}
	if w.shortYearFirst(a, b, c, at, at2) {
		return true
	}
	year := c.value()
	if len(c.digits) == 2 {
		year += 2000
	}
	written := day{a.value(), b.value(), year}
	month := w.s.calendar.of(w.s.calendar.file).month
	if month = month && written.first <= 12; written.second > 12 {
		month = true
	}
	m, d := written.second, written.first
	if month {
		m, d = d, m
	}
	if !validDate(year, m, d) {
		return false
	}
	moved := written
	if y, m, d := w.s.date(year, m, d); !w.s.learning {
		moved = day{d, m, y}
		if month {
			moved = day{m, d, y}
		}
	} else {
		w.s.calendar.sawDay(written)
	}
	w.put(padded(a, moved.first), a.end)
	w.keep(at)
	w.put(padded(b, moved.second), b.end)
	w.keep(at2)
	w.put(c.like(fmt.Sprintf("%0*d", len(c.digits), moved.year%pow10(len(c.digits)))), c.end)
	return true
}

// shortYearFirst moves 24/1/31: what can only be a year stands in front.
func (w *writing) shortYearFirst(a, b, c number, at, at2 int) bool {
	if len(a.digits) != 2 || len(c.digits) != 2 || a.value() <= 12 || a.value() > 36 || c.value() <= 31 && a.value() <= 31 || b.value() > 12 || !validDate(2000+a.value(), b.value(), c.value()) {
		return false
	}
	y, m, d := w.s.date(2000+a.value(), b.value(), c.value())
	w.put(a.like(fmt.Sprintf("%02d", y%100)), a.end)
	w.keep(at)
	w.put(padded(b, m), b.end)
	w.keep(at2)
	w.put(padded(c, d), c.end)
	return true
}

// korean moves 24. 1. 5., where a year of two digits stands in front and a dot
// behind each part.
func (w *writing) korean(year, month, date number, at, at2 int) bool {
	if len(year.digits) != 2 || len(date.digits) == 0 || w.in[year.end:at] != ". " || w.in[month.end:at2] != ". " || !strings.HasPrefix(w.in[date.end:], ". ") ||
		!validDate(2000+year.value(), month.value(), date.value()) {
		return false
	}
	y, m, d := w.s.date(2000+year.value(), month.value(), date.value())
	w.put(fmt.Sprintf("%02d. %d. %d", y%100, m, d), date.end)
	return true
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// betweenDateAndClock keeps "at" and the like between a date and its time of
// day, and what some languages write behind that.
func (w *writing) betweenDateAndClock(word string, end int) bool {
	if w.dated == 0 || w.at-w.dated > 12 {
		return false
	}
	switch low := strings.ToLower(word); low {
	case "at", "um", "à", "alle", "ore", "a", "las", "la", "om", "kl", "o", "às", "в", "den":
		at := gap(w.in, end)
		next := wordEnd(w.in, at)
		if _, ok := clockEnd(w.in, numberAt(w.in, at)); ok || low == "a" && strings.HasPrefix(w.in[at:next], "la") {
			w.keep(end)
			return true
		}
	case "uhr", "h":
		w.keep(end)
		return true
	}
	return false
}

// gap reads what may stand between the words of a date.
func gap(in string, at int) int {
	for at < len(in) {
		r, n := utf8.DecodeRuneInString(in[at:])
		if !unicode.IsSpace(r) && !strings.ContainsRune("-,._/", r) || r == '\n' {
			break
		}
		at += n
	}
	for _, de := range []string{"de ", "of ", "del "} {
		if strings.HasPrefix(in[at:], de) {
			return at + len(de)
		}
	}
	return at
}

// monthWord reads the name of a month at a place.
func monthWord(in string, at int) (m monthName, end int, ok bool) {
	end = wordEnd(in, at)
	m, ok = months[strings.ToLower(in[at:end])]
	return m, end, ok
}

// dayNamed moves "5 January 2024", "05-Jan-24", "5. Januar 2024".
func (w *writing) dayNamed(a number) bool {
	if len(a.digits) > 2 {
		return false
	}
	start := a.end
	for _, th := range []string{"st", "nd", "rd", "th", "er", "º"} {
		if strings.HasPrefix(w.in[start:], th) {
			start += len(th)
			break
		}
	}
	from := gap(w.in, start)
	m, to, ok := monthWord(w.in, from)
	if !ok || from-start > 6 {
		return false
	}
	at := gap(w.in, to)
	year := numberAt(w.in, at)
	y, long := yearOf(year)
	if !long && len(year.digits) != 2 || at == to || !validDate(y, m.number, a.value()) {
		return false
	}
	y, mm, d := w.s.date(y, m.number, a.value())
	w.put(padded(a, d), a.end)
	w.keep(from)
	w.put(m.named(mm, w.in[from:to]), to)
	w.keep(at)
	w.put(year.like(fmt.Sprintf("%0*d", len(year.digits), y%pow10(len(year.digits)))), year.end)
	return true
}

func yearOf(n number) (y int, long bool) {
	if len(n.digits) == 2 {
		return 2000 + n.value(), false
	}
	return n.value(), len(n.digits) == 4
}

// monthAt moves "Jan 5, 2024", "Jan 05 14:03:22 2024", "October 2023", and
// keeps the name of a day before a date.
func (w *writing) monthAt(end int) bool {
	word := w.in[w.at:end]
	m, ok := months[strings.ToLower(word)]
	if !ok {
		return w.weekday(end)
	}
	at := gap(w.in, end)
	a := numberAt(w.in, at)
	if y, long := yearOf(a); long && validDate(y, m.number, 1) {
		y, mm, _ := w.s.date(y, m.number, 15)
		w.put(m.named(mm, word), end)
		w.keep(at)
		w.put(fmt.Sprintf("%04d", y), a.end)
		return true
	}
	if len(a.digits) == 0 || len(a.digits) > 2 {
		return false
	}
	at2, year := yearAfter(w.in, a.end)
	y, long := yearOf(year)
	if !long && len(year.digits) != 2 || !validDate(y, m.number, a.value()) {
		return false
	}
	y, mm, d := w.s.date(y, m.number, a.value())
	w.put(m.named(mm, word), end)
	w.keep(at)
	w.put(padded(a, d), a.end)
	w.keep(at2)
	w.put(fmt.Sprintf("%0*d", len(year.digits), y%pow10(len(year.digits))), year.end)
	return true
}

// yearAfter finds the year behind month and day, also behind a time of day and
// its zone.
func yearAfter(in string, end int) (at int, year number) {
	at = gap(in, end)
	n := numberAt(in, at)
	if len(n.digits) == 4 {
		return at, n
	}
	if clock, ok := clockEnd(in, n); ok {
		at = gap(in, clock)
		if at < len(in) && in[at] == '+' || clock+1 < len(in) && in[clock+1] == '-' {
			at = gap(in, numberAt(in, at+strings.Count(in[at:at+1], "+")).end)
		} else if end := wordEnd(in, at); end > at && end-at < 5 {
			at = gap(in, end)
		}
		return at, numberAt(in, at)
	}
	return at, n
}

// yearAndMonth moves "2023_OCTOBER".
func (w *writing) yearAndMonth(year number) bool {
	from := gap(w.in, year.end)
	m, to, ok := monthWord(w.in, from)
	if !ok || from == year.end || !validDate(year.value(), m.number, 1) {
		return false
	}
	y, mm, _ := w.s.date(year.value(), m.number, 15)
	w.put(fmt.Sprintf("%04d", y), year.end)
	w.keep(from)
	w.put(m.named(mm, w.in[from:to]), to)
	return true
}

// weekday keeps the name of a day of the week before a date.
func (w *writing) weekday(end int) bool {
	if !weekdays[strings.ToLower(w.in[w.at:end])] {
		return false
	}
	at := gap(w.in, end)
	if at == end || !dated(w.in, at) {
		return false
	}
	w.keep(end)
	return true
}

// dated tells that a date begins at a place.
func dated(in string, at int) bool {
	probe := writing{s: &scribe{learning: true}, in: in, at: at}
	if n := numberAt(in, at); len(n.digits) > 0 {
		return probe.dateAt(n) || probe.dayNamed(n)
	}
	_, end, ok := monthWord(in, at)
	return ok && probe.monthAt(end)
}

var weekdays = lines(strings.ReplaceAll("mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday "+
	"montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche "+
	"lunes martes miércoles jueves viernes sábado domingo", " ", "\n"))
