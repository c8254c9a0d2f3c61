package pictures

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Where the lines that two screenshots share must stand: near the end of the
// first and near the beginning of the second, behind what a screen shows above
// and below a conversation (clock, name, buttons, field to type in).
const (
	headLines = 8
	footLines = 6
)

// Lines are taken for the same words of a conversation when there are enough of
// them: two with twelve letters, or one with sixteen.
const (
	leastLetters    = 12
	leastLettersOne = 16
)

// overlap is a run of lines near the end of one screenshot that is also near the
// beginning of another.
type overlap struct {
	from, at, lines int // where it begins in the first and in the second
	letters         int
}

// overlapOf finds the longest run of lines that the end of a and the beginning
// of b share. In the second it must stand higher up than in the first, as
// happens when a conversation is scrolled on.
func overlapOf(a, b []string) (overlap, bool) {
	var best overlap
	for i := range a {
		for j := range min(len(b), headLines, i) {
			n, letters := 0, 0
			for i+n < len(a) && j+n < len(b) && alike(a[i+n], b[j+n]) {
				letters += utf8.RuneCountInString(a[i+n])
				n++
			}
			if i+n < len(a)-footLines || letters <= best.letters {
				continue
			}
			if n >= 2 && letters >= leastLetters || n == 1 && letters >= leastLettersOne {
				best = overlap{i, j, n, letters}
			}
		}
	}
	return best, best.lines > 0
}

// plainLine is a line as it is compared: letters and digits alone, and those
// that engines take for each other written as one.
func plainLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); {
		case r == '1' || r == 'l' || r == '|':
			return 'i'
		case r == '0':
			return 'o'
		case !said(r):
			return -1
		}
		return r
	}, s)
}

// alike tells that two lines are the same words: of eight letters one may have
// been read wrongly.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	may := min(len(x), len(y), maxLine) / 8
	if may == 0 || len(x)-len(y) > may || len(y)-len(x) > may {
		return false
	}
	return edits(x[:min(len(x), maxLine)], y[:min(len(y), maxLine)], may) <= may
}

// maxLine is how many letters of a line are compared.
const maxLine = 200

// edits counts the letters that are more, less or other, up to one more than
// most.
func edits(a, b []rune, most int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range a {
		before, least := row[0], i+1
		row[0] = i + 1
		for j, s := range b {
			cost := before
			if r != s {
				cost = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], cost
			least = min(least, cost)
		}
		if least > most {
			return most + 1
		}
	}
	return row[len(b)]
}
