package anonymise

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// json writes JSON anew, and what is like it: several values one after the
// other, or an assignment of JavaScript. Everything between the values stays
// byte for byte, and a file that is cut off stays cut off.
func (s *scribe) json(in string) string {
	j := jsonWriting{s: s, in: in}
	for j.at < len(in) {
		j.next()
	}
	return j.out.String()
}

type jsonWriting struct {
	s    *scribe
	in   string
	at   int
	out  strings.Builder
	open []level
}

// A level is an object or a list that is open.
type level struct {
	object bool
	key    bool   // a name comes next
	name   string // of the field whose value is here
}

// name is the nearest name of a field above.
func (j *jsonWriting) name() string {
	if len(j.open) == 0 {
		return ""
	}
	return j.open[len(j.open)-1].name
}

func (j *jsonWriting) next() {
	c := j.in[j.at]
	switch {
	case c == '"':
		j.text()
		return
	case c == '{' || c == '[':
		j.open = append(j.open, level{object: c == '{', key: c == '{', name: j.name()})
	case (c == '}' || c == ']') && len(j.open) > 0:
		j.open = j.open[:len(j.open)-1]
	case c == ',' && len(j.open) > 0:
		j.open[len(j.open)-1].key = j.open[len(j.open)-1].object
	case c == ':' && len(j.open) > 0:
		j.open[len(j.open)-1].key = false
	case c > ' ' && c != ',' && c != ':' && c != '}' && c != ']':
		j.bare()
		return
	}
	j.out.WriteByte(c)
	j.at++
}

// bare writes a number, a word of the language, or what stands outside of it.
func (j *jsonWriting) bare() {
	end := j.at
	for end < len(j.in) && !strings.ContainsRune(" \t\r\n,:{}[]\"", rune(j.in[end])) {
		end++
	}
	token := j.in[j.at:end]
	j.at = end
	switch token {
	case "true", "false", "null", "=":
		j.out.WriteString(token)
		return
	}
	if len(j.open) == 0 && isASCIILetter(token[0]) { // window.YTD.tweets.part0
		j.out.WriteString(j.s.mixed(token))
		return
	}
	j.out.WriteString(j.s.value(j.name(), token))
}

// text writes a string: the name of a field, or a value.
func (j *jsonWriting) text() {
	end, closed := j.in[j.at+1:], false
	for i := 0; i < len(end); i++ {
		if end[i] == '\\' {
			i++
		} else if end[i] == '"' {
			end, closed = end[:i], true
			break
		}
	}
	j.at += 1 + len(end)
	j.out.WriteByte('"')
	top := len(j.open) - 1
	if top >= 0 && j.open[top].key {
		name, style := unescape(end)
		j.open[top].name = name
		if kept.name(name) {
			j.out.WriteString(end)
		} else {
			j.out.WriteString(style.escape(j.s.once(name)))
		}
	} else {
		value, style := unescape(end)
		if stand := j.s.once(value, j.name()); stand == value {
			j.out.WriteString(end)
		} else {
			j.out.WriteString(style.escape(stand))
		}
	}
	if closed {
		j.out.WriteByte('"')
		j.at++
	}
}

// once writes a value; text that was read as Latin-1 by mistake, as Meta writes
// it, is put right before and made wrong again.
func (s *scribe) once(value string, name ...string) string {
	field := strings.Join(name, "")
	if right, ok := mojibake(value); ok {
		var b strings.Builder
		for _, c := range []byte(s.value(field, right)) {
			b.WriteRune(rune(c))
		}
		return b.String()
	}
	return s.value(field, value)
}

func mojibake(s string) (right string, ok bool) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return "", false
		}
		b = append(b, byte(r))
	}
	return string(b), len(b) < len(s) && utf8.Valid(b)
}

// A style is how a string writes what it could write otherwise.
type style struct {
	letters bool            // what is beyond ASCII as \u
	signs   map[rune]string // signs of ASCII as they are escaped
	capital bool            // \u00E9
}

// unescape reads what a string says. What is no character (half of a pair)
// becomes a private one that escape turns back.
func unescape(in string) (string, style) {
	st := style{signs: map[rune]string{}}
	if !strings.Contains(in, "\\") {
		return in, st
	}
	var b strings.Builder
	for i := 0; i < len(in); {
		if in[i] != '\\' {
			_, n := utf8.DecodeRuneInString(in[i:])
			b.WriteString(in[i : i+n])
			i += n
			continue
		}
		r, n := escaped(in[i:])
		st.note(r, in[i:i+n])
		b.WriteRune(r)
		i += n
	}
	return b.String(), st
}

// halfPair is where the private characters begin that stand for half pairs.
const halfPair = 0xf0000

func (st *style) note(r rune, as string) {
	if r < 0x80 {
		st.signs[r] = as
		return
	}
	st.letters = true
	if strings.ToLower(as) != as {
		st.capital = true
	}
}

// escaped reads one escape.
func escaped(in string) (rune, int) {
	if len(in) < 2 {
		return '\\', len(in)
	}
	if in[1] != 'u' {
		if at := strings.IndexByte(`"\/bfnrt`, in[1]); at >= 0 {
			return rune("\"\\/\b\f\n\r\t"[at]), 2
		}
		return '\\', 1
	}
	r := unit(in)
	switch {
	case r < 0:
		return '\\', 1
	case !utf16.IsSurrogate(r):
		return r, 6
	}
	if low := unit(in[6:]); low >= 0 {
		if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
			return both, 12
		}
	}
	return halfPair + r&0xfff, 6
}

func unit(in string) rune {
	if len(in) < 6 || in[0] != '\\' || in[1] != 'u' {
		return -1
	}
	v, err := strconv.ParseUint(in[2:6], 16, 16)
	if err != nil {
		return -1
	}
	return rune(v)
}

// escape writes a string in its own way.
func (st style) escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		as, known := st.signs[r]
		switch {
		case known:
			b.WriteString(as)
		case r >= halfPair && r < halfPair+0x1000:
			b.WriteString(st.unit(0xd000 + r - halfPair))
		case r < 0x80 || !st.letters:
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			b.WriteString(st.unit(high) + st.unit(low))
		default:
			b.WriteString(st.unit(r))
		}
	}
	return b.String()
}

func (st style) unit(r rune) string {
	if st.capital {
		return fmt.Sprintf(`\u%04X`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// mixed keeps the words that formats use and writes the others anew.
func (s *scribe) mixed(stem string) string {
	var b strings.Builder
	start := 0
	flush := func(end int) {
		b.WriteString(s.text(stem[start:end]))
		start = end
	}
	for i := 0; i < len(stem); {
		end := wordEnd(stem, i)
		if end == i {
			i++
			continue
		}
		if i > 0 && stem[i-1] == '%' || i > 1 && stem[i-2] == '%' { // of a letter in %xx
			i = end
			continue
		}
		if _, month := months[strings.ToLower(stem[i:end])]; !month && identifier(stem, i) == 0 && kept.name(stem[i:end]) {
			flush(i)
			b.WriteString(stem[i:end])
			start = end
		}
		i = end
	}
	flush(len(stem))
	return b.String()
}
