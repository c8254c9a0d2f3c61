package pictures

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// leastSure is how sure the engine must be of a word, in per cent, for it to be
// kept: below it stand the words it sees in foliage and wallpaper.
const leastSure = 30

// seen is a line of words as the engine saw it.
type seen struct {
	words       []string
	left, top   int
	bottom, row int
}

// parseTSV gives the lines of an answer from top to bottom and from left to
// right. What does not look like the answer's form is passed over.
func parseTSV(answer string) []string {
	var list []*seen
	lines := map[string]*seen{}
	for record := range strings.Lines(answer) {
		f := strings.SplitN(strings.TrimRight(record, "\r\n"), "\t", 12)
		if len(f) < 12 || f[0] != "5" || !strings.ContainsFunc(f[11], said) {
			continue
		}
		sure, err := strconv.ParseFloat(f[10], 64)
		if err != nil || sure < leastSure {
			continue
		}
		key := strings.Join(f[1:5], ".")
		l := lines[key]
		if l == nil {
			l = &seen{left: number(f[6]), top: number(f[7])}
			lines[key], list = l, append(list, l)
		}
		l.words = append(l.words, strings.ToValidUTF8(strings.TrimSpace(f[11]), "\uFFFD"))
		l.top, l.bottom = min(l.top, number(f[7])), max(l.bottom, number(f[7])+number(f[9]))
	}
	slices.SortStableFunc(list, func(a, b *seen) int { return cmp.Compare(a.top, b.top) })
	row, end := 0, 0
	for _, l := range list { // what begins above the middle of the row stands in it
		if middle := (l.top + l.bottom) / 2; middle >= end {
			row, end = row+1, l.bottom
		}
		l.row = row
	}
	slices.SortStableFunc(list, func(a, b *seen) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.left, b.left)) })
	out := make([]string, len(list))
	for i, l := range list {
		out[i] = strings.Join(l.words, " ")
	}
	return out
}

// said tells a letter or a digit, without which a word says nothing.
func said(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
