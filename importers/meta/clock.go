package meta

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"daybook/importers"
	"daybook/timeline"
)

// A page prints times in the language of the account, without a zone:
//
//	Sep 13, 2020, 12:26 PM     Sep 13, 2020 12:26:05 pm     19 Oct 2019, 14:37
//	19. Oktober 2019 um 14:37  19 oct. 2019 à 14:37         2019年10月19日 14:37
//	Friday, October 4, 2013 at 10:05pm PDT                  04/10/2013 14:37
//
// A text is such a time only when every word of it belongs to one.
type clock struct {
	local    time.Time
	seconds  bool
	zone     *time.Location      // printed behind it, when it means one offset
	zoneName string              // as printed
	other    time.Time           // with day and month the other way round, where the date allows it
	order    importers.DateOrder // of a date in numbers that could be either: how it was read
}

const maxClock = 80

// token is a number or a word of a printed time, and what stands before it.
type token struct {
	n      int
	digits int
	word   string
	before string
}

// clocks reads the times of a page, which are printed alike: one that differs from
// the last in the digits of its numbers alone has the same words.
type clocks struct {
	last    string // without a zone; empty where none can be read by it
	numbers []token
	month   int
	half    string
}

// readClock reads a text that is a time and nothing else.
func readClock(s string, order importers.DateOrder) (clock, bool) { return new(clocks).read(s, order) }

// alike takes the numbers of a text that is printed as the last time was.
func (k *clocks) alike(s string) bool {
	if len(s) != len(k.last) || s == "" {
		return false
	}
	for i := range len(s) {
		if s[i] != k.last[i] && (!isDigit(s[i]) || !isDigit(k.last[i])) {
			return false
		}
	}
	at := 0
	for i := range k.numbers {
		number := &k.numbers[i]
		for !isDigit(s[at]) {
			at++
		}
		number.n, _ = strconv.Atoi(s[at : at+number.digits]) // nothing but digits
		at += number.digits
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// read reads a text that is a time and nothing else.
func (k *clocks) read(s string, order importers.DateOrder) (c clock, ok bool) {
	if k.alike(s) {
		ok = c.assemble(k.numbers, k.month, k.half, order)
		return c, ok
	}
	if len(s) > maxClock || len(s) < 8 || !hasNumbers(s) {
		return clock{}, false
	}
	printed := s
	s = strings.TrimSpace(s)
	if strings.Contains(s, "T") {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return clock{local: t, seconds: true, zone: t.Location()}, true
		}
	}
	s, zone, zoneName := cutZone(s)
	c = clock{zone: zone, zoneName: zoneName}
	var room [mostTokens]token // nothing is allocated
	tokens, ok := tokensOf(s, room[:0])
	if !ok {
		return clock{}, false
	}
	k.last = "" // until the numbers are those of this one
	numbers := k.numbers[:0]
	month, half := 0, ""
	for _, t := range tokens {
		switch {
		case t.digits > 0:
			numbers = append(numbers, t)
		case halves[t.word] != "" && half == "" && len(numbers) > 0:
			half = halves[t.word]
		case months[t.word] > 0 && month == 0:
			month = months[t.word]
		case !between[t.word] && !isWeekday(t.word):
			return clock{}, false
		}
	}
	if k.numbers, k.month, k.half = numbers, month, half; zoneName == "" {
		k.last = printed
	}
	ok = c.assemble(numbers, month, half, order)
	return c, ok
}

// hasNumbers tells whether a text has the numbers of a time: most have not, and
// are not looked at further.
func hasNumbers(s string) bool {
	runs, digits, year := 0, 0, false
	for i := range len(s) {
		if !isDigit(s[i]) {
			digits = 0
			continue
		}
		if digits++; digits == 1 {
			runs++
		}
		year = year || digits == 4
	}
	return year && runs >= 4
}

// assemble puts the numbers of a time together.
func (c *clock) assemble(n []token, month int, half string, order importers.DateOrder) bool {
	dates := 3
	if month > 0 {
		dates = 2
	}
	if len(n) < dates+2 || len(n) > dates+3 {
		return false
	}
	hands := n[dates:]
	for _, h := range hands[1:] {
		if h.digits != 2 || !strings.Contains(":.h", strings.TrimSpace(h.before)) || h.before == "" {
			return false
		}
	}
	hour, ok := hourOf(hands[0].n, half)
	if !ok || hands[1].n > 59 {
		return false
	}
	second := 0
	if c.seconds = len(hands) == 3; c.seconds {
		second = hands[2].n
	}
	year, day := 0, 0
	switch {
	case month > 0 && n[0].digits == 4:
		year, day = n[0].n, n[1].n
	case month > 0 && n[1].digits == 4:
		day, year = n[0].n, n[1].n
	case month > 0:
		return false
	case n[0].digits == 4:
		year, month, day = n[0].n, n[1].n, n[2].n
	case n[2].digits == 4:
		return c.numeric(n, order, hour, hands[1].n, second)
	default:
		return false
	}
	c.local, ok = dateOf(year, month, day, hour, hands[1].n, second)
	return ok
}

// numeric reads a date of numbers whose year is the last of them. With dots the
// day comes first everywhere; with strokes either may.
func (c *clock) numeric(n []token, order importers.DateOrder, hour, minute, second int) bool {
	year, dots := n[2].n, strings.TrimSpace(n[1].before) == "."
	dmy, first := dateOf(year, n[1].n, n[0].n, hour, minute, second)
	mdy, second2 := dateOf(year, n[0].n, n[1].n, hour, minute, second)
	switch {
	case dots || first && !second2:
		c.local = dmy
		return first
	case second2 && !first:
		c.local = mdy
		return true
	case !first:
		return false
	case order == importers.MonthFirst:
		c.local, c.other, c.order = mdy, dmy, importers.MonthFirst
	default:
		c.local, c.other, c.order = dmy, mdy, importers.DayFirst
	}
	return true
}

func hourOf(h int, half string) (int, bool) {
	switch {
	case half == "":
		return h, h < 24
	case h < 1 || h > 12:
		return 0, false
	case half == "am":
		return h % 12, true
	}
	return h%12 + 12, true
}

func dateOf(y, m, d, hour, minute, second int) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, hour, minute, second, 0, time.UTC)
	return t, y >= 2004 && y < 2200 && m >= 1 && m <= 12 && t.Day() == d && second < 60
}

// mostTokens is how many tokens a time has at most.
const mostTokens = 20

// tokensOf takes a text apart, into list. What is neither number, word nor a sign
// of times makes it none.
func tokensOf(s string, list []token) ([]token, bool) {
	before := ""
	for rest := strings.ToLower(s); rest != ""; {
		if len(list) == mostTokens {
			return nil, false
		}
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case r >= '0' && r <= '9':
			n = digitsEnd(rest)
			v, err := strconv.Atoi(rest[:n])
			if err != nil || n > 4 {
				return nil, false
			}
			list, before = append(list, token{n: v, digits: n, before: before}), ""
		case strings.ContainsRune(dateSigns, r):
			list, before = append(list, token{word: rest[:n], before: before}), ""
		case unicode.IsLetter(r):
			n = wordEnd(rest)
			word := strings.ReplaceAll(rest[:n], ".", "")
			list, before = append(list, token{word: word, before: before}), ""
			if word == "h" {
				before = "h"
			}
		case unicode.IsSpace(r), r == '\u200e', r == '\u200f':
		case strings.ContainsRune(",:./-'’", r):
			before += rest[:n]
		default:
			return nil, false
		}
		rest = rest[n:]
	}
	return list, true
}

func digitsEnd(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// wordEnd is where the word ends that a text begins with.
func wordEnd(s string) int {
	end := 0
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if strings.ContainsRune(dateSigns, r) || !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && (r != '.' || !inAbbreviation(s, end)) {
			break
		}
		end += n
	}
	return end
}

// dateSigns stand behind the numbers of a date without a space.
const dateSigns = "年月日년월일"

// inAbbreviation tells the point inside "a.m." from one that ends a number.
func inAbbreviation(s string, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:n])
	behind, _ := utf8.DecodeRuneInString(s[n+1:])
	return unicode.IsLetter(before) && unicode.IsLetter(behind)
}

var (
	offsetZone = regexp.MustCompile(`(?i)\s*\b(?:UTC|GMT)(?:\s*([+-])(\d{1,2})(?::?(\d{2}))?)?$`)
	namedZone  = regexp.MustCompile(`\s+([A-Z]{3,4})$`)
)

// namedZones are the names of zones that mean one offset in Facebook's pages.
// BST, CST and IST mean several and are no zone here.
var namedZones = map[string]int{"PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CDT": -5, "EST": -5, "EDT": -4, "CET": 1, "CEST": 2, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3}

// cutZone takes the zone off the end of a printed time.
func cutZone(s string) (rest string, zone *time.Location, name string) {
	if last := s[len(s)-1]; (last < 'A' || last > 'Z') && !strings.ContainsAny(s, "CTct") {
		return s, nil, ""
	}
	if m := offsetZone.FindStringSubmatchIndex(s); m != nil {
		name = strings.TrimSpace(s[m[0]:])
		seconds := 0
		if m[2] >= 0 {
			h, _ := strconv.Atoi(s[m[4]:m[5]])
			seconds = h * 3600
			if m[6] >= 0 {
				min, _ := strconv.Atoi(s[m[6]:m[7]])
				seconds += min * 60
			}
			if s[m[2]] == '-' {
				seconds = -seconds
			}
		}
		if seconds < -14*3600 || seconds > 14*3600 {
			return s, nil, ""
		}
		return s[:m[0]], time.FixedZone("", seconds), name
	}
	if m := namedZone.FindStringSubmatchIndex(s); m != nil {
		name = s[m[2]:m[3]]
		if halves[strings.ToLower(name)] != "" || months[strings.ToLower(name)] > 0 {
			return s, nil, ""
		}
		if hours, ok := namedZones[name]; ok {
			zone = time.FixedZone("", hours*3600)
		}
		return s[:m[0]], zone, name
	}
	return s, nil, ""
}

// when makes the time of an event, and flags what it rests on.
func (c clock) when(e *timeline.Event, a importers.Assume, raw string) timeline.When {
	precision := timeline.Minute
	if c.seconds {
		precision = timeline.Second
	}
	if c.order != "" {
		flag(e, timeline.AssumedOrder)
	}
	if c.zone != nil {
		t := time.Date(c.local.Year(), c.local.Month(), c.local.Day(), c.local.Hour(), c.local.Minute(), c.local.Second(), 0, c.zone)
		return timeline.FromOffset(t, precision, raw)
	}
	fact(e, "zone as printed", c.zoneName)
	if a.Zone != nil {
		flag(e, timeline.ZoneAssumed)
		switch timeline.Ambiguous(c.local, a.Zone) {
		case "twice":
			flag(e, timeline.ClockTwice)
		case "never":
			flag(e, timeline.ClockNever)
		}
	}
	return timeline.FromLocal(c.local, a.Zone, precision, raw)
}

// timeInside tells whether somewhere between two tags of a page's head there is
// nothing but a time.
func timeInside(head []byte) bool {
	for piece := range strings.SplitSeq(string(head), "<") {
		if _, words, ok := strings.Cut(piece, ">"); ok {
			if _, ok := readClock(words, importers.DayFirst); ok {
				return true
			}
		}
	}
	return false
}
