package page

import (
	"strconv"
	"strings"
)

// ink is the colour of letters, or of what is behind them.
type ink uint32

const (
	unsaid      ink = iota // of letters: that of the browser; of what is behind them: the white of the page
	unknown                // a picture, a colour that is not read, or one that some rule may give
	transparent            // of letters: there are none to see; of what is behind them: what is behind that
	opaque      ink = 1 << 24
	white           = opaque | 0xFFFFFF
)

// alike is how far a part of two colours may be apart that nobody tells from each other.
const alike = 8

// faded tells that letters have the colour of what is behind them.
func (s state) faded() bool {
	paper := s.paper
	if paper == unsaid {
		paper = white
	}
	if s.letters == transparent {
		return paper != unknown
	}
	if s.letters < opaque || paper < opaque {
		return false
	}
	for shift := 0; shift < 24; shift += 8 {
		a, b := int(s.letters>>shift&0xFF), int(paper>>shift&0xFF)
		if max(a-b, b-a) > alike {
			return false
		}
	}
	return true
}

// inked notes the colours of an element within those of the one around it, and tells on
// what it rests that its letters are not told from what is behind them.
func (s *state) inked(p *Piece, found *styled) rest {
	switch p.Tag {
	case "a", "table": // a link has a colour of its own, and so has a table in old pages
		s.letters = unsaid
	case "button", "input", "mark", "option", "select", "textarea":
		s.letters, s.paper = unsaid, unknown
	}
	why := onElement
	take := func(of property, to *ink) {
		v := found[of]
		if v.weight < 0 {
			why = onRule // one may give it to this element
			return
		}
		if v.ink != unsaid {
			*to = v.ink
		}
		why = max(why, v.rests)
	}
	around := s.paper
	take(letters, &s.letters)
	take(paper, &s.paper)
	if s.paper == transparent {
		s.paper, why = around, onRule
	}
	if s.paper == around && found[placed].weight >= 0 && found[placed].ink == unknown {
		s.paper = unknown
	}
	if (p.Tag == "html" || p.Tag == "body") && s.paper == unsaid {
		s.letters = unsaid // a page of white letters alone has something dark behind them
	}
	return why
}

// attributes reads the colours that an element of an old page says by attributes.
func (found *styled) attributes(p *Piece) {
	for _, a := range p.Attrs {
		d := declaration{weight: byAttribute, rests: onAttribute, ink: colour(strings.ToLower(a.Value))}
		switch {
		case a.Name == "bgcolor":
			d.of = paper
		case a.Name == "background":
			d.of, d.ink = paper, unknown
		case a.Name == "color" && p.Tag == "font", a.Name == "text" && p.Tag == "body":
			d.of = letters
		default:
			continue
		}
		found[d.of].meet(d)
	}
}

// hasInk tells an attribute that says a colour.
func hasInk(name string) bool {
	return name == "bgcolor" || name == "background" || name == "color" || name == "text"
}

// behind reads what a style says of all that is behind letters.
func behind(value string) ink {
	found := transparent
	for _, token := range valueWords(value) {
		switch c := colour(token); {
		case c != unknown:
			found = c
		case strings.ContainsAny(token, "("):
			return unknown
		}
	}
	return found
}

// valueWords are the words of a value, of which brackets are one.
func valueWords(value string) (all []string) {
	deep := 0
	return strings.FieldsFunc(value, func(r rune) bool {
		switch r {
		case '(':
			deep++
		case ')':
			deep--
		}
		return deep == 0 && (r == ' ' || r == '\n' || r == '\t' || r == '/')
	})
}

// colour reads one.
func colour(s string) ink {
	s = strings.TrimSpace(s)
	switch s {
	case "inherit", "currentcolor":
		return unsaid
	case "transparent", "none":
		return transparent
	}
	if c, ok := named[s]; ok {
		return opaque | c
	}
	if digits, is := strings.CutPrefix(s, "#"); is {
		return hexed(digits)
	}
	if inside, is := strings.CutSuffix(s, ")"); is {
		if kind, parts, is := strings.Cut(inside, "("); is && (kind == "rgb" || kind == "rgba") {
			return mixed(strings.FieldsFunc(parts, func(r rune) bool { return strings.ContainsRune(", /", r) }))
		}
	}
	return unknown
}

// hexed reads a colour of three, four, six or eight digits.
func hexed(digits string) ink {
	if n := len(digits); n == 3 || n == 4 {
		var twice strings.Builder
		for i := range n {
			twice.WriteString(digits[i:i+1] + digits[i:i+1])
		}
		digits = twice.String()
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	switch {
	case err != nil || len(digits) != 6 && len(digits) != 8:
		return unknown
	case len(digits) == 6:
		return opaque | ink(n)
	case n&0xFF == 0:
		return transparent
	case n&0xFF == 0xFF:
		return opaque | ink(n>>8)
	}
	return unknown
}

// mixed reads a colour of three parts, and how much of it is there.
func mixed(parts []string) ink {
	if len(parts) == 4 {
		if isZero(parts[3]) {
			return transparent
		}
		if n, err := strconv.ParseFloat(strings.TrimSuffix(parts[3], "%"), 64); err != nil || n != 1 && n != 100 {
			return unknown
		}
		parts = parts[:3]
	}
	if len(parts) != 3 {
		return unknown
	}
	c := opaque
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 8)
		if err != nil {
			return unknown
		}
		c |= ink(n) << (16 - 8*i)
	}
	return c
}

// named are the colours with names in which letters are hidden, and on which.
var named = map[string]ink{
	"white": 0xFFFFFF, "black": 0, "silver": 0xC0C0C0, "gray": 0x808080, "grey": 0x808080, "maroon": 0x800000, "red": 0xFF0000, "purple": 0x800080, "fuchsia": 0xFF00FF,
	"green": 0x008000, "lime": 0x00FF00, "olive": 0x808000, "yellow": 0xFFFF00, "navy": 0x000080, "blue": 0x0000FF, "teal": 0x008080, "aqua": 0x00FFFF,
	"snow": 0xFFFAFA, "ivory": 0xFFFFF0, "whitesmoke": 0xF5F5F5, "ghostwhite": 0xF8F8FF, "floralwhite": 0xFFFAF0,
}
