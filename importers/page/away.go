package page

import (
	"strconv"
	"strings"
)

// outOfSight are the properties by which an element's own style puts it where nobody sees
// it. Those of rules are not read: what they go for is hardly ever known to the last.
var outOfSight = map[string]property{
	"text-indent": indent, "clip": clip, "clip-path": clip, "transform": transform, "scale": transform,
	"left": sideways, "right": sideways, "top": upright, "bottom": upright, "margin": margin, "margin-left": margin, "margin-top": marginTop,
	"width": wide, "max-width": wide, "height": high, "max-height": high, "overflow": overflow, "overflow-x": overflow, "overflow-y": overflow,
	"padding": padding, "padding-top": padding, "padding-bottom": padding,
}

// outOfSight reads the value of one of them.
func (d *declaration) outOfSight(value string) {
	switch d.of {
	case indent:
		d.hides = isFar(value)
	case margin, marginTop:
		for _, v := range valueWords(value) {
			d.hides = d.hides || isFar(v)
		}
	case sideways, upright:
		d.half = isFar(value)
	case wide, high:
		d.half = isTiny(value)
	case padding: // a film of a page has its room by it, and no height
		d.half = !isZero(value)
	case overflow:
		d.half = value == "hidden" || value == "clip"
	case clip:
		d.half = strings.HasPrefix(value, "rect(") && isNothing(value)
		d.hides = strings.HasPrefix(value, "inset(") && isWhole(value) || strings.HasPrefix(value, "circle(") && isNothing(value)
	case transform:
		for _, v := range append(valueWords(value), value) {
			d.hides = d.hides || strings.HasPrefix(v, "scale") && hasZero(v) || strings.HasPrefix(v, "translate") && isFarOff(v) || isZero(v)
		}
	}
}

// away tells that an element is put out of sight, and on what that rests. One that is
// moved or cut is so where it is placed, and one without a size where what is too large
// for it is cut.
func (found *styled) away() (rests rest, is bool) {
	rests = onRule
	for _, of := range []property{clip, transform, margin, marginTop} {
		if d := found[of]; d.hides {
			rests, is = min(rests, d.rests), true
		}
	}
	for _, pair := range [][2]property{{placed, sideways}, {placed, upright}, {overflow, wide}, {overflow, high}, {placed, clip}} {
		if a, b := found[pair[0]], found[pair[1]]; a.half && b.half && (pair[1] != high || !found[padding].half) {
			rests, is = min(rests, max(a.rests, b.rests)), true
		}
	}
	return rests, is
}

// isFar tells a length so far to the left or above that it lies outside of every page.
func isFar(value string) bool {
	for unit, most := range map[string]float64{"px": -999, "pt": -749, "rem": -62, "em": -62} {
		if n, is := strings.CutSuffix(value, unit); is {
			if f, err := strconv.ParseFloat(n, 64); err == nil && f <= most {
				return true
			}
		}
	}
	return false
}

// inBrackets are the values in the brackets of one.
func inBrackets(value string) []string {
	_, inside, _ := strings.Cut(strings.TrimSuffix(value, ")"), "(")
	return strings.FieldsFunc(inside, func(r rune) bool { return strings.ContainsRune(", /", r) })
}

// isNothing tells a shape whose edges leave nothing between them.
func isNothing(value string) bool {
	for i, v := range inBrackets(value) {
		if strings.HasPrefix(value, "circle(") && i > 0 {
			break // the middle of the circle
		}
		if !isTiny(v) {
			return false
		}
	}
	return len(inBrackets(value)) > 0
}

// isWhole tells edges that are moved to the middle or beyond.
func isWhole(value string) bool {
	all := inBrackets(value)
	for _, v := range all {
		n, is := strings.CutSuffix(v, "%")
		if f, err := strconv.ParseFloat(n, 64); !is || err != nil || f < 50 {
			return false
		}
	}
	return len(all) > 0
}

func hasZero(value string) bool {
	for _, v := range inBrackets(value) {
		if isZero(v) {
			return true
		}
	}
	return false
}

func isFarOff(value string) bool {
	for _, v := range inBrackets(value) {
		if isFar(v) {
			return true
		}
	}
	return false
}
