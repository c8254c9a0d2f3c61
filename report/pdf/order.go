package pdf

// order places the atoms of a line from left to right by the rules L1 and L2
// of the bidirectional algorithm. The atoms themselves stay in the order of
// the text, so that a reader who copies them gets the text.
func (ln *line) order() {
	base := level(0)
	if ln.rtl {
		base = 1
	}
	for i := len(ln.atoms) - 1; i >= 0 && blank(ln.atoms[i].word); i-- {
		ln.atoms[i].level = base
	}
	visual := visualOrder(ln.atoms)
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

// visualOrder returns the indexes of atoms from left to right: from the
// highest level down, each stretch of that level or more is turned round.
func visualOrder(atoms []atom) []int {
	visual := make([]int, len(atoms))
	highest := level(0)
	for i, a := range atoms {
		visual[i] = i
		highest = max(highest, a.level)
	}
	for depth := highest; depth > 0; depth-- {
		for start := 0; start < len(atoms); start++ {
			end := start
			for end < len(atoms) && atoms[visual[end]].level >= depth {
				end++
			}
			for i, j := start, end-1; i < j; i, j = i+1, j-1 {
				visual[i], visual[j] = visual[j], visual[i]
			}
			start = max(start, end)
		}
	}
	return visual
}
