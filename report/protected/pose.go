package protected

import "strings"

// Whoever types a number fast, or so that no program finds it, types O for 0 and l or I
// for 1, in a telephone number or on a plate. Such a number is sought beside the words as
// they are, with these letters taken for the digits on both sides.

const (
	leastFigured = 5 // letters and digits of a number or a plate
	leastFigures = 2 // digits among them
)

// figured tells by its letters a word in which letters may stand for digits: a number, a
// plate, an account.
func figured(w Word, letters []byte) bool {
	n := 0
	for _, c := range letters {
		if '0' <= c && c <= '9' {
			n++
		}
	}
	return w.As != Address && w.As != House && w.As != Day && !strings.Contains(w.Text, "@") && len(letters) >= leastFigured && n >= leastFigures
}

// posed is what a letter is where some are taken for digits.
type posed uint8

const (
	noFigure posed = iota
	figure
	asFigure // a letter that is taken for one
)

// pose takes letters for the digits that they look like, and tells what the last is.
func pose(letters []byte, is class) posed {
	as := noFigure
	if is == digit {
		as = figure
	}
	for i, c := range letters {
		switch c {
		case 'o':
			letters[i], as = '0', asFigure
		case 'i', 'l':
			letters[i], as = '1', asFigure
		}
	}
	return as
}

// posable counts the letters that pose takes for digits.
func posable(letters []byte) (n int) {
	for _, c := range letters {
		if pose([]byte{c}, small) == asFigure {
			n++
		}
	}
	return n
}

// mayPose tells that a text may have a number in which letters stand for digits.
func mayPose(s string) bool { return strings.ContainsAny(s, "0123456789") }

// beside is the scan for such numbers, beside that for the words as they are.
func (s *scan) beside() *scan {
	if s.w.posing == nil {
		return nil
	}
	posing := s.w.posing.scan(nil, s.found)
	return &posing
}

// typed tells of a number that ends with the last letter that letters stand for some of
// its digits, and a third of these at least are typed as such. One as it is was found as that.
func (s *scan) typed(end node) bool {
	if s.w.posable == nil {
		return true
	}
	typed, all := 0, -s.w.posable[end.word-1]
	for back := int(end.depth); back > 0; back-- {
		switch s.at(back).figure {
		case figure:
			typed++
			all++
		case asFigure:
			all++
		}
	}
	return typed != all && 3*typed >= all
}
