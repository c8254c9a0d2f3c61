// Package direction puts text that runs both ways in the order in which it is
// seen: the bidirectional algorithm of Unicode (UAX #9) as far as text needs it
// that was made safe to show before, with isolates, but no embeddings and no
// overrides. Neither x/text nor go-text gives the levels, which a line needs to
// be put in order. It knows no font and no page.
package direction

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// A Level is the depth of embedding of a character; odd ones run from right to
// left.
type Level = int8

const deepest Level = 125

// isolate initiators and their end.
func initiates(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

func isolates(c bidi.Class) bool { return initiates(c) || c == bidi.PDI }

// skipped is what rule X9 leaves out.
func skipped(c bidi.Class) bool {
	switch c {
	case bidi.BN, bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF:
		return true
	}
	return false
}

func classesOf(runes []rune) []bidi.Class {
	classes := make([]bidi.Class, len(runes))
	for i, r := range runes {
		properties, _ := bidi.LookupRune(r)
		classes[i] = properties.Class()
	}
	return classes
}

// startsRTL is rules P2 and P3: the first strong character outside an isolate
// decides.
func startsRTL(classes []bidi.Class) bool {
	depth := 0
	for _, c := range classes {
		switch {
		case initiates(c):
			depth++
		case c == bidi.PDI && depth > 0:
			depth--
		case depth > 0:
		case c == bidi.L:
			return false
		case c == bidi.R || c == bidi.AL:
			return true
		}
	}
	return false
}

// Levels returns the level of each character of a paragraph, nil when all run
// from left to right, and the direction of the paragraph: that of its first
// letter.
func Levels(runes []rune) (levels []Level, rtl bool) {
	if !hasRTL(runes) {
		return nil, false
	}
	classes := classesOf(runes)
	if startsRTL(classes) {
		return levelsOf(runes, classes, 1), true
	}
	return levelsOf(runes, classes, 0), false
}

func hasRTL(runes []rune) bool {
	for _, r := range runes {
		switch {
		case r < 0x0590:
		case r <= 0x08FF, r == 0x200F, r >= 0x2067 && r <= 0x2068, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC,
			r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF:
			return true
		}
	}
	return false
}

// Visual returns the places of pieces of text from left to right, by the level
// of each: from the highest level down, each stretch of that level or more is
// turned round (rule L2).
func Visual(levels []Level) []int {
	visual := make([]int, len(levels))
	highest := Level(0)
	for i, l := range levels {
		visual[i] = i
		highest = max(highest, l)
	}
	for depth := highest; depth > 0; depth-- {
		for start := 0; start < len(levels); start++ {
			end := start
			for end < len(levels) && levels[visual[end]] >= depth {
				end++
			}
			slices.Reverse(visual[start:max(start, end)])
			start = max(start, end)
		}
	}
	return visual
}

// levelsOf returns the level of each character of a paragraph.
func levelsOf(runes []rune, classes []bidi.Class, base Level) []Level {
	matches := matchIsolates(classes)
	levels := explicitLevels(classes, matches, base)
	resolved := slices.Clone(classes)
	for _, s := range sequences(classes, matches, levels, base) {
		s.resolve(runes, classes, resolved)
		s.implicit(resolved, levels)
	}
	for i, c := range classes {
		switch {
		case c == bidi.B || c == bidi.S:
			levels[i] = base // rule L1
		case skipped(c) && i > 0:
			levels[i] = levels[i-1]
		case skipped(c):
			levels[i] = base
		}
	}
	return levels
}

// matchIsolates is BD9: where each isolate ends, -1 where it does not, and for
// each PDI where it began.
func matchIsolates(classes []bidi.Class) []int {
	matches := make([]int, len(classes))
	var open []int
	for i, c := range classes {
		matches[i] = -1
		switch {
		case initiates(c):
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			start := open[len(open)-1]
			open = open[:len(open)-1]
			matches[start], matches[i] = i, start
		}
	}
	return matches
}

// explicitLevels is rules X1 to X8 for isolates.
func explicitLevels(classes []bidi.Class, matches []int, base Level) []Level {
	levels := make([]Level, len(classes))
	stack := []Level{base}
	overflow := 0
	for i, c := range classes {
		if c == bidi.PDI && matches[i] >= 0 {
			if overflow > 0 {
				overflow--
			} else {
				stack = stack[:len(stack)-1]
			}
		}
		current := stack[len(stack)-1]
		levels[i] = current
		if !initiates(c) {
			continue
		}
		rtl := c == bidi.RLI
		if c == bidi.FSI {
			end := len(classes)
			if matches[i] >= 0 {
				end = matches[i]
			}
			rtl = startsRTL(classes[i+1 : end])
		}
		next := (current + 2) &^ 1
		if rtl {
			next = (current + 1) | 1
		}
		if next > deepest || overflow > 0 {
			overflow++
			continue
		}
		stack = append(stack, next)
	}
	return levels
}

// A sequence is an isolating run sequence: stretches of one level that an
// isolate parts.
type sequence struct {
	at       []int // indexes of characters
	level    Level
	sos, eos bidi.Class // the direction before and after it
}

// sequences is rule X10.
func sequences(classes []bidi.Class, matches []int, levels []Level, base Level) []sequence {
	var kept []int
	for i, c := range classes {
		if !skipped(c) {
			kept = append(kept, i)
		}
	}
	starts := map[int][]int{} // stretches of one level by their first character
	var order []int
	for i := 0; i < len(kept); {
		j := i + 1
		for j < len(kept) && levels[kept[j]] == levels[kept[i]] {
			j++
		}
		starts[kept[i]] = kept[i:j]
		order = append(order, kept[i])
		i = j
	}
	var all []sequence
	for _, first := range order {
		if classes[first] == bidi.PDI && matches[first] >= 0 {
			continue // goes on a sequence
		}
		s := sequence{at: slices.Clone(starts[first]), level: levels[first]}
		for {
			last := s.at[len(s.at)-1]
			if !initiates(classes[last]) || matches[last] < 0 {
				break
			}
			s.at = append(s.at, starts[matches[last]]...)
		}
		s.edges(classes, matches, levels, base)
		all = append(all, s)
	}
	return all
}

// edges finds the directions at the ends of a sequence.
func (s *sequence) edges(classes []bidi.Class, matches []int, levels []Level, base Level) {
	before, after := base, base
	for i := s.at[0] - 1; i >= 0; i-- {
		if !skipped(classes[i]) {
			before = levels[i]
			break
		}
	}
	last := s.at[len(s.at)-1]
	if !initiates(classes[last]) || matches[last] >= 0 {
		for i := last + 1; i < len(classes); i++ {
			if !skipped(classes[i]) {
				after = levels[i]
				break
			}
		}
	}
	s.sos, s.eos = direction(max(s.level, before)), direction(max(s.level, after))
}

func direction(l Level) bidi.Class {
	if l%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

// resolve is rules W1 to W7 and N0 to N2: every character gets L, R, EN or AN.
func (s *sequence) resolve(runes []rune, classes, resolved []bidi.Class) {
	s.weak(resolved)
	s.brackets(runes, classes, resolved)
	s.neutral(resolved)
}

func (s *sequence) weak(c []bidi.Class) {
	previous, strong := s.sos, s.sos
	for _, i := range s.at {
		if c[i] == bidi.NSM { // W1
			c[i] = previous
			if isolates(previous) {
				c[i] = bidi.ON
			}
		}
		previous = c[i]
		switch c[i] {
		case bidi.L, bidi.R, bidi.AL:
			strong = c[i]
		case bidi.EN: // W2
			if strong == bidi.AL {
				c[i] = bidi.AN
			}
		}
	}
	for _, i := range s.at { // W3
		if c[i] == bidi.AL {
			c[i] = bidi.R
		}
	}
	for n := 1; n+1 < len(s.at); n++ { // W4
		i, before, after := s.at[n], c[s.at[n-1]], c[s.at[n+1]]
		switch {
		case before != after:
		case (c[i] == bidi.ES || c[i] == bidi.CS) && before == bidi.EN:
			c[i] = bidi.EN
		case c[i] == bidi.CS && before == bidi.AN:
			c[i] = bidi.AN
		}
	}
	s.terminators(c)
	strong = s.sos
	for _, i := range s.at { // W7
		switch {
		case c[i] == bidi.L || c[i] == bidi.R:
			strong = c[i]
		case c[i] == bidi.EN && strong == bidi.L:
			c[i] = bidi.L
		}
	}
}

// terminators is rules W5 and W6.
func (s *sequence) terminators(c []bidi.Class) {
	for n := 0; n < len(s.at); n++ {
		end := n
		for end < len(s.at) && c[s.at[end]] == bidi.ET {
			end++
		}
		if end == n {
			continue
		}
		number := n > 0 && c[s.at[n-1]] == bidi.EN || end < len(s.at) && c[s.at[end]] == bidi.EN
		for ; n < end; n++ {
			if number {
				c[s.at[n]] = bidi.EN
			}
		}
	}
	for _, i := range s.at {
		if c[i] == bidi.ES || c[i] == bidi.ET || c[i] == bidi.CS {
			c[i] = bidi.ON
		}
	}
}

// bracketDepth is how many open brackets rule BD16 remembers.
const bracketDepth = 63

// brackets is rule N0.
func (s *sequence) brackets(runes []rune, classes, c []bidi.Class) {
	for _, pair := range s.pairs(runes, c) {
		open, shut := pair[0], pair[1]
		own, found := direction(s.level), bidi.ON
		for n := open + 1; n < shut; n++ {
			switch d := strongOf(c[s.at[n]]); {
			case d == own:
				found = own
			case d != bidi.ON && found == bidi.ON:
				found = d
			}
		}
		if found == bidi.ON {
			continue
		}
		if found != own {
			before := s.sos
			for n := open - 1; n >= 0; n-- {
				if d := strongOf(c[s.at[n]]); d != bidi.ON {
					before = d
					break
				}
			}
			if before == own {
				found = own
			}
		}
		for _, n := range pair {
			c[s.at[n]] = found
			for m := n + 1; m < len(s.at) && classes[s.at[m]] == bidi.NSM; m++ {
				c[s.at[m]] = found
			}
		}
	}
}

// strongOf is what a class counts as in the rules N0 to N2.
func strongOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// pairs is BD16: brackets that belong together, in the order of the text.
func (s *sequence) pairs(runes []rune, c []bidi.Class) [][2]int {
	type opened struct {
		shut rune
		n    int
	}
	var stack []opened
	var found [][2]int
	for n, i := range s.at {
		if c[i] != bidi.ON {
			continue
		}
		properties, _ := bidi.LookupRune(runes[i])
		switch {
		case !properties.IsBracket():
		case properties.IsOpeningBracket():
			if len(stack) == bracketDepth {
				return nil
			}
			stack = append(stack, opened{canonical(closing(runes[i])), n})
		default:
			for k := len(stack) - 1; k >= 0; k-- {
				if stack[k].shut == canonical(runes[i]) {
					found = append(found, [2]int{stack[k].n, n})
					stack = stack[:k]
					break
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b [2]int) int { return a[0] - b[0] })
	return found
}

// closing is the bracket that closes one.
func closing(open rune) rune {
	switch open {
	case '[', '{', 0xFF3B, 0xFF5B:
		return open + 2
	case 0x298D:
		return 0x2990
	case 0x298F:
		return 0x298E
	}
	return open + 1
}

func canonical(r rune) rune {
	if r == 0x232A {
		return 0x3009
	}
	return r
}

// neutral is rules N1 and N2.
func (s *sequence) neutral(c []bidi.Class) {
	for n := 0; n < len(s.at); n++ {
		end := n
		for end < len(s.at) && strongOf(c[s.at[end]]) == bidi.ON {
			end++
		}
		if end == n {
			continue
		}
		before, after := s.sos, s.eos
		if n > 0 {
			before = strongOf(c[s.at[n-1]])
		}
		if end < len(s.at) {
			after = strongOf(c[s.at[end]])
		}
		if before != after {
			before = direction(s.level)
		}
		for ; n < end; n++ {
			c[s.at[n]] = before
		}
	}
}

// implicit is rules I1 and I2.
func (s *sequence) implicit(c []bidi.Class, levels []Level) {
	for _, i := range s.at {
		switch {
		case s.level%2 == 0 && c[i] == bidi.R:
			levels[i] = s.level + 1
		case s.level%2 == 0 && (c[i] == bidi.AN || c[i] == bidi.EN):
			levels[i] = s.level + 2
		case s.level%2 == 1 && c[i] != bidi.R:
			levels[i] = s.level + 1
		}
	}
}
