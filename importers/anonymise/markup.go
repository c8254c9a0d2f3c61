package anonymise

import (
	"encoding/base64"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// markup writes HTML and XML anew: the tags and the names of attributes that
// formats use stay, and so do the spaces; texts and values are written anew.
// What a page runs or looks like (script, style) is left out.
func (s *scribe) markup(in string) string {
	m := markupWriting{s: s, in: in}
	for m.at < len(in) {
		m.next()
	}
	return m.out.String()
}

type markupWriting struct {
	s       *scribe
	in      string
	at      int
	out     strings.Builder
	element string // that was opened last
}

func (m *markupWriting) next() {
	rest := m.in[m.at:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		m.between("<!--", "-->")
	case strings.HasPrefix(rest, "<![CDATA["):
		m.between("<![CDATA[", "]]>")
	case strings.HasPrefix(rest, "<?"), strings.HasPrefix(rest, "<!"):
		m.declaration()
	case len(rest) > 1 && rest[0] == '<' && (rest[1] == '/' || isASCIILetter(rest[1])):
		m.tag()
	default:
		m.text()
	}
}

// httrack is how HTTrack marks the pages that it saves.
var httrack = regexp.MustCompile(`^\s*Mirrored from (.*?) by HTTrack [^,]*,`)

// comment writes a comment: what programs write there by which their pages are
// known stays, and so do the names of what they say.
func (s *scribe) comment(in string) string {
	if m := httrack.FindStringSubmatchIndex(in); m != nil {
		return in[:m[2]] + s.text(in[m[2]:m[3]]) + in[m[3]:m[1]] + s.text(in[m[1]:])
	}
	var b strings.Builder
	for line := range strings.Lines(in) {
		if name, _, ok := strings.Cut(line, ": "); ok && kept.name(strings.TrimSpace(name)) {
			b.WriteString(name)
			line = line[len(name):]
		}
		from, to := kept.around(line)
		b.WriteString(line[:from] + s.text(line[from:to]) + line[to:])
	}
	return b.String()
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// between writes what stands between two signs as a text.
func (m *markupWriting) between(from, to string) {
	inside, _, closed := strings.Cut(m.in[m.at+len(from):], to)
	write := m.s.comment
	if from != "<!--" {
		write = func(text string) string { return m.s.value(m.element, text) }
	}
	m.out.WriteString(from + write(inside))
	m.at += len(from) + len(inside)
	if closed {
		m.out.WriteString(to)
		m.at += len(to)
	}
}

// declaration keeps the words of the language in <?xml …?> and <!DOCTYPE …>.
func (m *markupWriting) declaration() {
	end := strings.IndexByte(m.in[m.at:], '>')
	if end < 0 {
		end = len(m.in) - m.at
	}
	m.out.WriteString(m.s.mixed(m.in[m.at : m.at+end]))
	m.at += end
	if m.at < len(m.in) {
		m.out.WriteByte('>')
		m.at++
	}
}

// text writes what stands up to the next tag.
func (m *markupWriting) text() {
	end := m.at + 1
	for end < len(m.in) && !(m.in[end] == '<' && end+1 < len(m.in) && (m.in[end+1] == '/' || m.in[end+1] == '!' || m.in[end+1] == '?' || isASCIILetter(m.in[end+1]))) {
		end++
	}
	m.out.WriteString(m.s.entities(m.element, m.in[m.at:end]))
	m.at = end
}

// headings are the elements whose text names fields.
var headings = map[string]bool{"key": true, "th": true, "dt": true, "label": true, "title": true, "h1": true, "h2": true}

// entities writes a text in which signs and letters may stand as entities.
func (s *scribe) entities(field, raw string) string {
	inside := strings.TrimSpace(raw)
	if inside == "" {
		return raw
	}
	front, back, _ := strings.Cut(raw, inside)
	if field == "data" {
		if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(inside), "")); err == nil {
			return front + base64.StdEncoding.EncodeToString(s.blob("", raw)) + back
		}
	}
	text, st := unentity(inside)
	if headings[field] && kept.name(text) {
		return raw
	}
	if stand := s.value(field, text); stand != text {
		return front + st.entity(stand) + back
	}
	return raw
}

// unentity reads a text, and notes how it writes signs and letters.
func unentity(in string) (string, style) {
	st := style{signs: map[rune]string{}}
	if !strings.Contains(in, "&") {
		return in, st
	}
	var b strings.Builder
	for i := 0; i < len(in); {
		end := strings.IndexByte(in[i:min(len(in), i+12)], ';')
		if in[i] != '&' || end < 0 {
			_, n := utf8.DecodeRuneInString(in[i:])
			b.WriteString(in[i : i+n])
			i += n
			continue
		}
		as := in[i : i+end+1]
		r := entityRune(as)
		if r < 0 {
			b.WriteByte('&')
			i++
			continue
		}
		if isLetter(r) && r >= 0x80 {
			st.letters = true
		} else {
			st.signs[r] = as
		}
		b.WriteRune(r)
		i += len(as)
	}
	return b.String(), st
}

// entityRune is the character of an entity; half of a pair becomes a private
// one; -1 is none.
func entityRune(as string) rune {
	if body, ok := strings.CutPrefix(as, "&#"); ok {
		body, base := strings.TrimSuffix(body, ";"), 10
		if hex, ok := strings.CutPrefix(strings.ToLower(body), "x"); ok {
			body, base = hex, 16
		}
		v, err := strconv.ParseUint(body, base, 32)
		switch {
		case err != nil || v > utf8.MaxRune:
			return -1
		case v >= 0xd800 && v < 0xe000:
			return halfPair + rune(v&0xfff)
		}
		return rune(v)
	}
	text := html.UnescapeString(as)
	r, n := utf8.DecodeRuneInString(text)
	if n != len(text) {
		return -1
	}
	return r
}

// entity writes a text in its own way.
func (st style) entity(text string) string {
	var b strings.Builder
	for _, r := range text {
		as, known := st.signs[r]
		switch {
		case known:
			b.WriteString(as)
		case st.letters && r >= 0x80 && isLetter(r):
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// tag writes a tag with its attributes.
func (m *markupWriting) tag() {
	start := m.at
	m.at++
	closing := m.in[m.at] == '/'
	if closing {
		m.at++
	}
	m.out.WriteString(m.in[start:m.at])
	name := m.word(" \t\r\n/>")
	m.out.WriteString(m.s.fieldName(name))
	if !closing {
		m.element = strings.ToLower(name)
	}
	for m.at < len(m.in) && m.in[m.at] != '>' {
		m.attribute()
	}
	if m.at < len(m.in) {
		m.out.WriteByte('>')
		m.at++
	}
	if !closing && (m.element == "script" || m.element == "style") && m.in[max(0, m.at-2):m.at] != "/>" {
		m.leaveOut("</" + m.element)
	}
}

// word reads up to one of some signs.
func (m *markupWriting) word(until string) string {
	rest := m.in[m.at:]
	if end := strings.IndexAny(rest, until); end >= 0 {
		rest = rest[:end]
	}
	m.at += len(rest)
	return rest
}

func (m *markupWriting) leaveOut(until string) {
	if end := strings.Index(strings.ToLower(m.in[m.at:]), until); end >= 0 {
		m.at += end
		return
	}
	m.at = len(m.in)
}

func (m *markupWriting) attribute() {
	if strings.ContainsRune(" \t\r\n/", rune(m.in[m.at])) {
		m.out.WriteByte(m.in[m.at])
		m.at++
		return
	}
	name := m.word(" \t\r\n/>=")
	if name == "" { // a sign of "=" without a name
		m.out.WriteByte(m.in[m.at])
		m.at++
		return
	}
	m.out.WriteString(m.s.fieldName(name))
	gap := m.at
	m.word("=>\"'/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if m.at >= len(m.in) || m.in[m.at] != '=' {
		m.at = gap
		return
	}
	m.at++
	for m.at < len(m.in) && strings.ContainsRune(" \t\r\n", rune(m.in[m.at])) {
		m.at++
	}
	m.out.WriteString(m.in[gap:m.at])
	if m.at >= len(m.in) {
		return
	}
	quote := m.in[m.at]
	if quote != '"' && quote != '\'' {
		m.out.WriteString(m.s.attribute(name, m.word(" \t\r\n>")))
		return
	}
	m.at++
	value := m.word(string(quote))
	m.out.WriteByte(quote)
	m.out.WriteString(m.s.attribute(name, value))
	if m.at < len(m.in) {
		m.out.WriteByte(quote)
		m.at++
	}
}

// fieldName keeps the names that formats use, of elements and attributes too.
func (s *scribe) fieldName(name string) string {
	if kept.name(name) {
		return name
	}
	return s.text(name)
}

// attribute writes the value of an attribute.
func (s *scribe) attribute(name, raw string) string {
	low := strings.ToLower(name)
	switch {
	case strings.HasPrefix(raw, "data:"):
		front, back, _ := strings.Cut(raw, ",")
		return front + "," + strings.Repeat("A", len(back))
	case low == "class" || low == "id" || low == "style" || low == "content" || strings.HasPrefix(low, "xmlns") || strings.HasSuffix(low, "schemalocation") || low == "lang":
		return s.mixed(raw)
	case low == "href" || low == "src":
		return s.link(raw)
	}
	return s.entities(name, raw)
}

// link writes what a page points at.
func (s *scribe) link(raw string) string {
	for _, scheme := range []string{"mailto:", "tel:", "http://", "https://", "file:///", "#"} {
		rest, ok := strings.CutPrefix(raw, scheme)
		if page, part, named := strings.Cut(rest, "#"); ok && named && kept.phrase(part) {
			return scheme + s.entities("href", page) + "#" + part
		}
		if ok {
			return scheme + s.entities("href", rest)
		}
	}
	return s.path(raw)
}
