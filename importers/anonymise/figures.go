package anonymise

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shortFigures is how many digits a number may have and stay: counts, lengths,
// times of day. Among words four are enough for a secret, and only years stay.
const shortFigures = 4

// A number is a run of digits of one script.
type number struct {
	digits string // as ASCII
	zero   rune   // of its script
	end    int
}

func (n number) value() (v int) {
	for _, c := range n.digits[:min(len(n.digits), 9)] {
		v = v*10 + int(c-'0')
	}
	return v
}

// like writes digits in the script of the number.
func (n number) like(digits string) string {
	if n.zero == '0' {
		return digits
	}
	var b strings.Builder
	for _, c := range digits {
		if c >= '0' && c <= '9' {
			c += n.zero - '0'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// numberAt reads the digits at a place; without any, its digits are empty.
func numberAt(in string, at int) number {
	n := number{zero: '0', end: at}
	var b []byte
	for n.end < len(in) {
		r, size := utf8.DecodeRuneInString(in[n.end:])
		if !unicode.Is(unicode.Nd, r) {
			break
		}
		zero := zeroOf(r)
		if len(b) > 0 && zero != n.zero {
			break
		}
		n.zero, n.end, b = zero, n.end+size, append(b, byte('0'+r-zero))
	}
	n.digits = string(b)
	return n
}

// zeroOf finds the zero of a digit's script: Unicode has ten in a row.
func zeroOf(r rune) rune {
	if r < 0x80 {
		return '0'
	}
	zero := r
	for r-zero < 9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return zero
}

// figures writes what begins with a digit: a date, a time of day, an address, a
// telephone number, or a number.
func (w *writing) figures() {
	n := numberAt(w.in, w.at)
	switch {
	case w.dateAt(n), w.dayNamed(n), w.clockAt(n):
		w.dated = w.at
	case w.addressOf(n), w.decimal(n), w.telephone(n):
	case len(n.digits) > shortFigures, len(n.digits) == shortFigures && (n.value() < 1900 || n.value() > 2099) && w.prose():
		w.put(n.like(w.s.digits(n.digits)), n.end)
	default:
		w.keep(n.end)
	}
}

// prose tells that a word stands before the number: what somebody wrote.
func (w *writing) prose() bool {
	before := strings.TrimRight(w.in[:w.at], " \u00a0")
	r, _ := utf8.DecodeLastRuneInString(before)
	return len(before) < w.at && isLetter(r)
}

// clockAt keeps a time of day and the words for the half of the day around it.
func (w *writing) clockAt(hour number) bool {
	end, ok := clockEnd(w.in, hour)
	if !ok {
		return false
	}
	w.keep(end)
	w.fraction()
	w.period()
	return true
}

// clockEnd tells where a time of day ends that begins with an hour.
func clockEnd(in string, hour number) (end int, ok bool) {
	if len(hour.digits) > 2 || hour.value() > 24 {
		return 0, false
	}
	end = hour.end
	for range 2 {
		if end >= len(in) || in[end] != ':' && (in[end] != '.' || ok && in[hour.end] != '.') {
			break
		}
		n := numberAt(in, end+1)
		if len(n.digits) != 2 || n.value() > 60 || in[hour.end] == '.' && !clockFollows(in, n.end, ok) {
			break
		}
		end, ok = n.end, true
	}
	if ok && end < len(in) && in[end] == ':' && len(numberAt(in, end+1).digits) > 0 {
		return 0, false // groups of another kind
	}
	return end, ok
}

// clockFollows tells that hours and minutes with a dot are no amount: words for
// the half of the day, another dot, or a sign that ends a stamp stand behind.
func clockFollows(in string, end int, seconds bool) bool {
	if seconds || end < len(in) && in[end] == '.' && len(numberAt(in, end+1).digits) == 2 {
		return true
	}
	return periodEnd(in, end) > end || strings.HasPrefix(in[end:], " - ") || strings.HasPrefix(in[end:], "]")
}

// fraction writes the part of a second behind a time of day.
func (w *writing) fraction() {
	if w.at >= len(w.in) || w.in[w.at] != '.' && w.in[w.at] != ',' {
		return
	}
	n := numberAt(w.in, w.at+1)
	if len(n.digits) < 3 {
		return
	}
	w.keep(w.at + 1)
	if len(n.digits) > shortFigures {
		w.put(n.like(w.s.digits(n.digits)), n.end)
	} else {
		w.keep(n.end)
	}
}

// period keeps the words behind a time of day: for its half, and for its zone.
func (w *writing) period() {
	if end := periodEnd(w.in, w.at); end > w.at {
		w.keep(end)
	}
	for _, zone := range []string{" UTC", " GMT", " BST", " EST", " EDT", " PST", " PDT", " CET", " CEST", "Z"} {
		if strings.HasPrefix(w.in[w.at:], zone) && !beginsWord(w.in, w.at+len(zone)) {
			w.keep(w.at + len(zone))
		}
	}
}

// periodBefore keeps words for a half of the day that stand before a time.
func (w *writing) periodBefore() bool {
	end := periodEnd(w.in, w.at)
	if end == w.at {
		return false
	}
	at := end
	for at < len(w.in) && (w.in[at] == ' ' || strings.HasPrefix(w.in[at:], "\u00a0") || strings.HasPrefix(w.in[at:], "\u202f")) {
		_, n := utf8.DecodeRuneInString(w.in[at:])
		at += n
	}
	if _, ok := clockEnd(w.in, numberAt(w.in, at)); !ok {
		return false
	}
	w.keep(at)
	return true
}

// periodEnd tells where the words for a half of the day end.
func periodEnd(in string, at int) int {
	start := at
	for start < len(in) {
		r, n := utf8.DecodeRuneInString(in[start:])
		if r != ' ' && r != '\u00a0' && r != '\u202f' && r != '\u200f' && r != '\u200e' {
			break
		}
		start += n
	}
	for _, most := range []int{4, 3, 2, 1} { // of words or dots
		end := start
		for range most {
			for end < len(in) && (in[end] == '.' || in[end] == ' ' || strings.HasPrefix(in[end:], "\u00a0") || strings.HasPrefix(in[end:], "\u202f")) && end > start {
				_, n := utf8.DecodeRuneInString(in[end:])
				end += n
			}
			end = wordEnd(in, end)
		}
		if end < len(in) && in[end] == '.' {
			end++
		}
		plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(strings.ToLower(strings.TrimRight(in[start:end], " \u00a0\u202f")))
		for _, p := range []string{plain, strings.TrimSuffix(plain, "."), strings.ReplaceAll(plain, " ", "")} {
			if kept.periods[p] {
				return start + len(strings.TrimRight(in[start:end], " \u00a0\u202f"))
			}
		}
	}
	return at
}

// addressOf writes an address of the internet: four numbers up to 255.
func (w *writing) addressOf(first number) bool {
	groups, n := []number{first}, first
	for n.end < len(w.in) && w.in[n.end] == '.' {
		if n = numberAt(w.in, n.end+1); len(n.digits) == 0 {
			break
		}
		groups = append(groups, n)
	}
	if len(groups) != 4 {
		return false
	}
	for _, g := range groups {
		if len(g.digits) > 3 || g.value() > 255 {
			return false
		}
	}
	end := groups[3].end
	if w.s.learning {
		w.keep(end)
		return true
	}
	d := w.s.draws("address"+w.in[w.at:end], 0)
	w.put(fmt.Sprintf("10.%d.%d.%d", d.below(256), d.below(256), 1+d.below(254)), end)
	return true
}

// telephone writes a number whose digits stand in groups.
func (w *writing) telephone(first number) bool {
	if w.at > 0 && w.in[w.at-1] == '.' {
		return false
	}
	var spans [][2]int
	digits, n, at := "", first, w.at
	for {
		spans = append(spans, [2]int{at, n.end})
		digits += n.digits
		next := groupAfter(w.in, n.end)
		if next == 0 || len(digits) > mostTelephone {
			break
		}
		g := numberAt(w.in, next)
		if g.zero != first.zero || dated(w.in, next) {
			break
		}
		if _, clock := clockEnd(w.in, g); clock {
			break
		}
		n, at = g, next
	}
	if len(spans) < 2 || len(digits) < 6 || len(digits) > mostTelephone {
		return false
	}
	country := 0 // its code stays, so that the number stays one
	if w.at > 0 && w.in[w.at-1] == '+' {
		country = min(2, len(digits))
	}
	stand := digits[:country] + w.s.digits(digits[country:])
	for i, span := range spans {
		if i > 0 {
			w.keep(span[0])
		}
		size := len(numberAt(w.in, span[0]).digits)
		w.put(first.like(stand[:size]), span[1])
		stand = stand[size:]
	}
	return true
}

const mostTelephone = 19 // digits, of cards too

// groupAfter tells where the next group of a telephone number begins: behind
// one sign, or a bracket and a space; 0 for none.
func groupAfter(in string, end int) int {
	for _, sep := range []string{") ", " (0) ", " (0)", " (", ")", "-", " ", "\u00a0", ".", ","} {
		if strings.HasPrefix(in[end:], sep) && len(numberAt(in, end+len(sep)).digits) > 1 {
			return end + len(sep)
		}
	}
	return 0
}

// decimal writes a number with a fraction. Of one with five digits or more only
// the front of the whole part stays, so that a place stays one.
func (w *writing) decimal(whole number) bool {
	if whole.end >= len(w.in) || w.in[whole.end] != '.' {
		return false
	}
	part := numberAt(w.in, whole.end+1)
	if len(part.digits) == 0 || part.end < len(w.in) && w.in[part.end] == '.' {
		return false
	}
	if len(whole.digits)+len(part.digits) <= shortFigures && !w.oneOfTwo(part.end) {
		return false
	}
	w.put(whole.like(w.s.front(whole.digits))+"."+part.like(w.s.digits(part.digits)), part.end)
	return true
}

// front is a stand-in for the whole part of a number, whose front stays.
func (s *scribe) front(digits string) string {
	switch last := len(digits) - 1; {
	case len(digits) > shortFigures:
		return s.digits(digits)
	case s.learning:
		return digits
	default:
		return digits[:last] + string('0'+byte(s.draws("whole"+digits, 0).below(10)))
	}
}

// half writes a number that stands in a field of a place, however short it is.
func (s *scribe) half(name, in string) (out string, ok bool) {
	m := halfPlace.FindStringSubmatch(in)
	if m == nil || !isPlace(name) {
		return "", false
	}
	return m[1] + s.front(m[2]) + "." + s.digits(m[3]), true
}

var halfPlace = regexp.MustCompile(`^([-−+]?)(\d{1,3})\.(\d+)$`)

// isPlace tells the name of a field that holds one or both numbers of a place.
func isPlace(name string) bool {
	for part := range parts(name) {
		switch strings.ToLower(strings.TrimSuffix(part, "s")) {
		case "lat", "latitude", "lon", "lng", "long", "longitude", "latlng", "coordinate", "coord", "point":
			return true
		}
	}
	return false
}

// oneOfTwo tells that a decimal number, which begins where the writing is and ends
// at end, stands beside another as the two of a place do: "51.5, -0.1".
func (w *writing) oneOfTwo(end int) bool {
	return placeBefore.MatchString(w.in[max(0, w.at-longestHalf):w.at]) || placeBehind.MatchString(w.in[end:min(len(w.in), end+longestHalf)])
}

// What stands before and behind one of the two.
const longestHalf = 32

var (
	placeBefore = regexp.MustCompile(`(?:^|[^.\d])\d{1,3}\.\d+°?[NS]?(?:[,;/]\s?[-−+]?|\s[-−+])$`)
	placeBehind = regexp.MustCompile(`^°?[NS]?(?:[,;/]\s?[-−+]?|\s[-−+])\d{1,3}\.\d+(?:[^.\d]|$)`)
)
