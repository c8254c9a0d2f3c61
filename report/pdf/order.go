package pdf

import "daybook/report/direction"

// order places the atoms of a line from left to right by the rules L1 and L2
// of the bidirectional algorithm. The atoms themselves stay in the order of
// the text, so that a reader who copies them gets the text.
func (ln *line) order() {
	base := direction.Level(0)
	if ln.rtl {
		base = 1
	}
	for i := len(ln.atoms) - 1; i >= 0 && blank(ln.atoms[i].word); i-- {
		ln.atoms[i].level = base
	}
	levels := make([]direction.Level, len(ln.atoms))
	for i, a := range ln.atoms {
		levels[i] = a.level
	}
	visual := direction.Visual(levels)
	x := 0.0
	if ln.rtl {
		for i := len(ln.atoms) - 1; i >= 0 && blank(ln.atoms[i].word); i-- {
			x -= ln.atoms[i].word.advance // spaces at the end hang in the margin
		}
	}
	for _, i := range visual {
		ln.atoms[i].x = x
		x += ln.atoms[i].word.advance
	}
}

func blank(w *word) bool {
	for _, r := range w.text {
		if !breakingSpace(r) {
			return false
		}
	}
	return true
}
