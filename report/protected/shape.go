package protected

import (
	"regexp"
	"strings"
)

// Shape is what something that is kept out is, where its letters and digits tell it
// without anybody naming it.
type Shape int

// The shapes.
const (
	Postcode Shape = iota
	Plate
	Telephone
	Email
)

// shaped tells them in this order, with a date before all others, so that none is taken for
// a number of a telephone. A plate is told in capitals alone: small letters with digits
// stand in other words.
var shaped = regexp.MustCompile(`(?:` + strings.Join([]string{
	`\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})\b`,
	`([^\s<>()\[\];,:]+(?:@|＠)[^\s<>()\[\];,:]+\.[^\s<>()\[\];,:]*[\pL\d])`,
	`\b((?i:[a-z]{1,2}\d[a-z\d]?\s{0,3}\d[a-z]{2}))\b`,
	`\b([A-Z]{2}\d{2}[\s-]?[A-Z]{3}|[A-Z]\d{1,3}[\s-]?[A-Z]{3}|[A-Z]{3}[\s-]?\d{1,3}[A-Z]|[A-Z]{1,2}[IZ][A-Z]?\s?\d{2,4})\b`,
	`((?:\+|\b|\()\d[\d\s()./-]{5,}\d)\b`,
}, "|") + `)`)

// leastDialled is how many digits a telephone number has.
const leastDialled = 7

// Shapes gives a text with what its own shape tells in the place of it: postcodes, number
// plates, telephone numbers and e-mail addresses, of which nobody had to say that they
// stand there.
func Shapes(s string, with func(Shape) string) string {
	var b strings.Builder
	done := 0
	for _, at := range shaped.FindAllStringSubmatchIndex(s, -1) {
		of, told := shapeOf(s, at)
		if !told {
			continue
		}
		b.WriteString(s[done:at[0]])
		b.WriteString(with(of))
		done = at[1]
	}
	b.WriteString(s[done:])
	return b.String()
}

// shapeOf is what a find is; a date is none, and so is what has too few digits.
func shapeOf(s string, at []int) (of Shape, told bool) {
	found := func(group int) bool { return at[2*group] >= 0 }
	switch {
	case found(2):
		return Email, true
	case found(3):
		return Postcode, true
	case found(4):
		return Plate, true
	case found(5):
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s[at[0]:at[1]])
		return Telephone, len(digits) >= leastDialled
	}
	return 0, false
}
