package protected

import (
	"fmt"
	"slices"
	"strings"
)

// The number of a house is written before or behind its street, with a word before it,
// with a letter or the number of a flat behind it: Rose Lane no. 12, 12a Rose Lane,
// 12/2 Rose Lane. Whoever knows one of them knows the house.

// house is the first line of an address.
type house struct {
	number string // as it was given: 12, 12a
	digits string // it begins with
	street string
	rest   string // of the address
}

// leastStreet is how many letters the name of a street has: “25 m” is no address.
const leastStreet = 4

// numberWords stand between a street and a number.
var numberWords = []string{"no", "nr", "number", "num", "rhif", "house", "house no", "house number"}

// houseOf finds the number and the street of an address; a comma may stand between them,
// and a flat before both.
func houseOf(text string) (h house, ok bool) {
	text = text[len(flatFirst.FindString(text)):]
	line, rest, more := strings.Cut(text, ",")
	if h, ok = lineOf(line); !ok && more {
		street, behind, _ := strings.Cut(rest, ",")
		h, ok = lineOf(line + " " + street)
		rest = behind
	}
	h.rest = strings.TrimSpace(rest)
	return h, ok
}

// lineOf finds the number and the street of the first line of an address.
func lineOf(line string) (h house, ok bool) {
	words := strings.Fields(line)
	last := len(words) - 1
	isNumber := func(i int) bool { return i >= 0 && i <= last && words[i][0] >= '0' && words[i][0] <= '9' }
	isWord := func(i int) bool {
		return slices.Contains(numberWords, strings.ToLower(strings.TrimRight(words[i], ".")))
	}
	switch {
	case isNumber(0):
		h.number, words = words[0], words[1:]
	case isNumber(1) && isWord(0):
		h.number, words = words[1], words[2:]
	case isNumber(last):
		h.number, words = words[last], words[:last]
		for len(words) > 0 && isWord(len(words)-1) {
			words = words[:len(words)-1]
		}
	default:
		return h, false
	}
	h.digits = h.number[:len(h.number)-len(strings.TrimLeft(h.number, "0123456789"))]
	h.street = strings.Join(words, " ")
	return h, Letters(strings.Trim(h.street, "0123456789 ")) >= leastStreet
}

// streets are the ways in which a street is written, with what stands behind it.
func streets(text string) []string {
	return append([]string{text}, shortened(text, endings[:])...)
}

// numbered are the ways in which the number and the street are written.
func (h house) numbered() (all []string) {
	numbers := []string{h.number, h.digits}
	for _, street := range streets(h.street + " " + h.rest) {
		for _, n := range numbers {
			all = append(all, n+" "+street)
		}
		for letter := 'a'; letter <= 'z'; letter++ {
			all = append(all, h.digits+string(letter)+" "+street)
		}
	}
	for _, street := range streets(h.street) {
		for _, n := range numbers {
			all = append(all, street+" "+n+" "+h.rest)
			for _, word := range numberWords {
				all = append(all, street+" "+word+" "+n+" "+h.rest)
			}
		}
	}
	return all
}

// mostFlats is the highest number of a flat that is sought behind that of a house.
const mostFlats = 99

// flat is an address with the number of a flat behind that of the house. Its letters are
// those of another house too, which only the stroke between the numbers tells from it:
// 122 Rose Lane is not 12/2.
type flat struct {
	text  string
	parts int // digits before the stroke
}

func flats(w Word) (all []flat) {
	h, ok := houseOf(w.Text)
	if w.As != House || !ok {
		return nil
	}
	for _, street := range streets(h.street + " " + h.rest) {
		for n := range mostFlats {
			all = append(all, flat{fmt.Sprintf("%s/%d %s", h.digits, n+1, street), len(h.digits)})
		}
	}
	return all
}

// strokes tells the signs that stand between the number of a house and that of a flat.
func strokes(r rune) bool { return r == '/' || r == '-' || r == '–' }

// stroked tells of a flat that ends with the last letter that a stroke stands between its
// numbers; of other words it is always true.
func (s *scan) stroked(end node) bool {
	return end.parts == 0 || s.at(int(end.depth-end.parts)).stroke
}

// Streets are what names the street of an address, and not the house in figures: the
// street alone, and with its number in words. None where it has no number.
func Streets(address string) (all []string) {
	h, ok := houseOf(address)
	if !ok {
		return nil
	}
	for _, street := range streets(h.street) {
		all = append(all, street)
		if n := inWords(h.digits); n != "" {
			all = append(all, n+" "+street)
		}
	}
	return all
}

var (
	ones = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
)

// inWords is a number below a hundred in words; empty for any other.
func inWords(digits string) string {
	n := 0
	if _, err := fmt.Sscan(strings.TrimLeft(digits, "0"), &n); err != nil || n <= 0 || n > 99 {
		return ""
	}
	switch {
	case n < len(ones):
		return ones[n]
	case n%10 == 0:
		return tens[n/10]
	}
	return tens[n/10] + " " + ones[n%10]
}
