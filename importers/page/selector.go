package page

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// selector is the one name of those that a rule goes by that an element must have.
type selector struct {
	kind   byte // '.' for a class, '#' for an id
	name   string
	weight int8
}

// selectors reads those of a rule; known tells that each can be read.
func selectors(source string) (list []selector, known bool) {
	known, list = true, []selector{}
	for one := range strings.SplitSeq(source, ",") {
		s, plain := selectorOf(one)
		known = known && plain
		if s.name != "" {
			list = append(list, s)
		}
	}
	return list, known
}

const between = " >+~\t\n\r\f" // what stands between the names of two elements

// selectorOf reads one; plain tells that nothing is in it but names. One of what
// stands before or behind an element's words has no name.
func selectorOf(source string) (s selector, plain bool) {
	source = strings.TrimSpace(source)
	if source == "" {
		return s, false // such a rule is none
	}
	s = selector{name: "*", weight: byMore}
	form := withoutEscapes(source)
	plain = !strings.ContainsAny(form, ":[]()&|@;{}\"'%!$^=/")
	begin := strings.LastIndexAny(form, between) + 1
	end := len(form)
	if n := strings.IndexByte(form[begin:], ':'); n >= 0 {
		for _, beside := range []string{"::", ":before", ":after", ":first-l"} {
			if strings.Contains(strings.ToLower(form[begin:]), beside) {
				return selector{}, plain
			}
		}
		end = begin + n
	}
	// In brackets may be what looks like the end of a name.
	if strings.ContainsAny(form, "()[]\"'") || strings.ContainsAny(form[begin:end], "&|@;{}%!$^=/") {
		return s, plain
	}
	last := source[begin:end]
	parts := 0
	for last != "" {
		kind := last[0]
		if kind == '.' || kind == '#' {
			last = last[1:]
		} else {
			kind = 0
		}
		var name string
		name, last = identifier(last)
		if name == "" {
			return selector{name: "*", weight: byMore}, false
		}
		parts++
		if parts == 1 || kind == '#' || kind == '.' && s.kind == 0 {
			s.kind, s.name = kind, name
		}
	}
	if parts == 1 && plain && s.name != "*" && !strings.ContainsAny(form, between) {
		s.weight = map[byte]int8{0: byTag, '.': byClass, '#': byID}[s.kind]
	}
	if s.kind == 0 {
		s.name = strings.ToLower(s.name)
	}
	return s, plain
}

// withoutEscapes gives a selector of the same length in which none of its escapes
// looks like anything but a part of a name.
func withoutEscapes(s string) string {
	b := []byte(s)
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			_, n := escape(s[i:])
			for k := range n {
				b[i+k] = 'x'
			}
			i += n - 1
		}
	}
	return string(b)
}

// escape reads the one that s begins with: a character after a stroke, or its number.
func escape(s string) (c rune, size int) {
	end := 1
	for end < min(len(s), 7) && strings.IndexByte("0123456789abcdefABCDEF", s[end]) >= 0 {
		end++
	}
	if end == 1 {
		c, size = utf8.DecodeRuneInString(s[1:])
		return c, 1 + size
	}
	code, _ := strconv.ParseUint(s[1:end], 16, 32) // of six digits: there is no error
	if end < len(s) && isSpace(s[end]) {
		end++
	}
	return rune(code), end
}

// identifier reads a name with its escapes.
func identifier(s string) (name, rest string) {
	var out strings.Builder
	for i := 0; i < len(s); {
		switch s[i] {
		case '.', '#':
			return out.String(), s[i:]
		case '\\':
			c, size := escape(s[i:])
			out.WriteRune(c)
			i += size
		default:
			out.WriteByte(s[i])
			i++
		}
	}
	return out.String(), ""
}

// css is a sheet, or an element's style, while it is read.
type css struct {
	source string
	at     int
}

// chunk gives what stands up to the next brace or semicolon that is inside of no
// others, a space for each comment in it, and which it is; 0 at the end.
func (c *css) chunk() (chunk string, end byte) {
	s, from := c.source, c.at
	var bare strings.Builder
	var inside []byte // what ends the brackets that are open
	for c.at < len(s) {
		b := s[c.at]
		c.at++
		switch b {
		case '{', '}', ';':
			if len(inside) == 0 {
				return bare.String() + s[from:c.at-1], b
			}
			if b == '{' {
				inside = append(inside, '}')
			}
		case '(':
			inside = append(inside, ')')
		case '[':
			inside = append(inside, ']')
		case '\\':
			c.at++
		case '"', '\'':
			c.skip(b)
		case '/':
			if strings.HasPrefix(s[c.at:], "*") {
				bare.WriteString(s[from:c.at-1] + " ")
				c.comment()
				from = c.at
			}
		}
		if n := len(inside) - 1; n >= 0 && inside[n] == b {
			inside = inside[:n]
		}
	}
	c.at = len(s)
	return bare.String() + s[min(from, len(s)):], 0
}

func (c *css) comment() {
	end := strings.Index(c.source[c.at+1:], "*/")
	if end < 0 {
		c.at = len(c.source)
		return
	}
	c.at += 1 + end + len("*/")
}

// skip goes behind a string; a line ends it as well.
func (c *css) skip(quote byte) {
	for c.at < len(c.source) {
		b := c.source[c.at]
		c.at++
		switch b {
		case quote, '\n':
			return
		case '\\':
			c.at++
		}
	}
}
