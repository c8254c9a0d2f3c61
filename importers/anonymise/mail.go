package anonymise

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// mail writes letters anew: one, or many in an mbox. The names of the headers
// and the shape of the parts stay.
func (s *scribe) mail(in string) string {
	var b strings.Builder
	for _, letter := range letters(in) {
		if strings.HasPrefix(letter, "From ") {
			line, rest, _ := strings.Cut(letter, "\n")
			b.WriteString("From " + s.text(line[5:]))
			if len(line) < len(letter) {
				b.WriteByte('\n')
			}
			letter = rest
		}
		b.WriteString(s.entity(letter, 0))
	}
	return b.String()
}

// letters cuts an mbox where a letter begins: at "From " behind an empty line,
// and behind as many bytes as a letter says that its body has, where one begins
// there.
func letters(in string) (list []string) {
	start := 0
	for i := 0; i < len(in); {
		if i == start {
			i += within(in[start:])
		}
		end := strings.IndexByte(in[i:], '\n')
		if end < 0 {
			break
		}
		next := i + end + 1
		if strings.TrimRight(in[i:next], "\r\n") == "" && strings.HasPrefix(in[next:], "From ") {
			list = append(list, in[start:next])
			start = next
		}
		i = next
	}
	return append(list, in[start:])
}

// stated is the header by which some programs say how long a body is.
var stated = regexp.MustCompile(`(?i)^content-length: *([0-9]{1,9})\r?\n$`)

// within is how far a letter goes by the length that it states, short of the
// empty line at its end; 0 where it states none or a wrong one.
func within(in string) int {
	for at := 0; at < len(in); {
		field := fieldOf(in[at:])
		at += len(field)
		if strings.TrimRight(field, "\r\n") == "" {
			return 0
		}
		if m := stated.FindStringSubmatch(field); m != nil {
			length := number{digits: m[1]}.value()
			head := strings.Index(in[at-1:], "\n\n")
			if end := at - 1 + head + 2 + length; head >= 0 && end <= len(in) && (strings.TrimLeft(in[end:], "\n") == "" || strings.HasPrefix(strings.TrimLeft(in[end:], "\n"), "From ")) {
				return max(0, end-1)
			}
			return 0
		}
	}
	return 0
}

// A part is what the headers of an entity say of its body.
type part struct {
	kind, boundary, coding, charset string
}

const mostParts = 20 // within one another

// entity writes headers and body.
func (s *scribe) entity(in string, depth int) string {
	var b strings.Builder
	p := part{kind: "text/plain"}
	rest := in
	for rest != "" {
		field := fieldOf(rest)
		if strings.TrimRight(field, "\r\n") == "" {
			b.WriteString(field)
			rest = rest[len(field):]
			break
		}
		rest = rest[len(field):]
		p.note(field)
		b.WriteString(s.header(field))
	}
	body := s.body(p, rest, depth)
	if len(body) == len(rest) {
		return b.String() + body
	}
	head := statedAny.ReplaceAllStringFunc(b.String(), func(line string) string {
		m := statedAny.FindStringSubmatch(line)
		if end := strings.TrimRight(rest, "\n"); m[2] != strconv.Itoa(len(rest)) && m[2] != strconv.Itoa(len(end)) && m[2] != strconv.Itoa(len(end)+1) {
			return line // was wrong, and stays so
		}
		length := number{digits: m[2]}.value() + len(body) - len(rest)
		return m[1] + strconv.Itoa(length)
	})
	return head + body
}

var statedAny = regexp.MustCompile(`(?im)^(content-length: *)([0-9]{1,9})\b`)

// fieldOf is one header with the lines that it goes on in.
func fieldOf(in string) string {
	for i := 0; i < len(in); i++ {
		if in[i] != '\n' {
			continue
		}
		if strings.TrimRight(in[:i], "\r") == "" || i+1 >= len(in) || in[i+1] != ' ' && in[i+1] != '\t' {
			return in[:i+1]
		}
	}
	return in
}

func (p *part) note(field string) {
	name, value, _ := strings.Cut(field, ":")
	value = strings.TrimSpace(value)
	switch strings.ToLower(name) {
	case "content-type":
		kind, _, _ := strings.Cut(value, ";")
		p.kind = strings.ToLower(strings.TrimSpace(kind))
		if _, params, err := mime.ParseMediaType(value); err == nil {
			p.boundary, p.charset = params["boundary"], params["charset"]
		} else if _, after, ok := strings.Cut(value, "boundary="); ok {
			p.boundary = strings.Trim(strings.FieldsFunc(after+" ", func(r rune) bool { return r == ';' || r == '\n' || r == '\r' })[0], `" `)
		}
	case "content-transfer-encoding":
		p.coding = strings.ToLower(value)
	}
}

// encoded are the words of a header in another coding.
var encoded = regexp.MustCompile(`=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=`)

// header writes one header.
func (s *scribe) header(field string) string {
	name, value, ok := strings.Cut(field, ":")
	if !ok {
		return s.text(field)
	}
	low := strings.ToLower(name)
	if !kept.name(name) {
		name = s.text(name)
	}
	write := s.text
	switch {
	case strings.HasPrefix(low, "content-") || low == "mime-version":
		write = s.parameters
	case low == "x-gmail-labels" || strings.HasSuffix(low, "status"):
		write = s.mixed
	}
	var b strings.Builder
	b.WriteString(name + ":")
	at := 0
	for _, m := range encoded.FindAllStringIndex(value, -1) {
		b.WriteString(write(value[at:m[0]]))
		b.WriteString(s.encodedWord(value[m[0]:m[1]]))
		at = m[1]
	}
	b.WriteString(write(value[at:]))
	return b.String()
}

// fileParameter is where a header says the name of a file.
var fileParameter = regexp.MustCompile(`(?i)name\*?[0-9]*\*?=`)

// parameters writes what a header says of the form of a body: its words are
// those of the format, but for the name of a file.
func (s *scribe) parameters(value string) string {
	var b strings.Builder
	for {
		m := fileParameter.FindStringIndex(value)
		if m == nil {
			return b.String() + s.mixed(value)
		}
		b.WriteString(s.mixed(value[:m[0]]) + value[m[0]:m[1]])
		value = value[m[1]:]
		end := strings.IndexByte(value, ';')
		if end < 0 {
			end = len(value)
		}
		b.WriteString(s.text(value[:end]))
		value = value[end:]
	}
}

func (s *scribe) encodedWord(word string) string {
	m := encoded.FindStringSubmatch(word)
	charset, coding := m[1], strings.ToLower(m[2])
	var plain string
	if coding == "b" {
		raw, err := base64.StdEncoding.DecodeString(m[3])
		if err != nil {
			return s.text(word)
		}
		plain = string(raw)
	} else {
		raw, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(strings.ReplaceAll(m[3], "_", " "))))
		if err != nil {
			return s.text(word)
		}
		plain = string(raw)
	}
	stand := s.inCharset(charset, plain, s.text)
	if coding == "b" {
		return "=?" + charset + "?" + m[2] + "?" + base64.StdEncoding.EncodeToString([]byte(stand)) + "?="
	}
	var b strings.Builder
	for _, c := range []byte(stand) {
		switch {
		case c == ' ':
			b.WriteByte('_')
		case isASCIILetter(c) || c >= '0' && c <= '9':
			b.WriteByte(c)
		default:
			b.WriteString(strings.ToUpper("=" + string("0123456789abcdef"[c>>4]) + string("0123456789abcdef"[c&15])))
		}
	}
	return "=?" + charset + "?" + m[2] + "?" + b.String() + "?="
}

// body writes a body by its kind.
func (s *scribe) body(p part, in string, depth int) string {
	switch {
	case depth > mostParts:
		return ""
	case strings.HasPrefix(p.kind, "multipart/") && p.boundary != "":
		return s.multipart(p.boundary, in, depth)
	case p.kind == "message/rfc822" && p.coding != "base64":
		return s.entity(in, depth+1)
	}
	write, text := s.letter, strings.HasPrefix(p.kind, "text/") || p.kind == "message/delivery-status"
	if p.kind == "text/html" {
		write = s.markup
	}
	inCharset := func(in string) string { return s.inCharset(p.charset, in, write) }
	switch {
	case p.coding == "base64":
		return s.base64(in, inCharset, text)
	case p.coding == "quoted-printable" && text:
		return s.quoted(in, inCharset)
	case !text:
		return filled(in)
	}
	return inCharset(in)
}

// letter writes the text of a letter: lines that begin as headers do are told
// from a letter's own by it.
func (s *scribe) letter(in string) string {
	var b strings.Builder
	for line := range strings.Lines(in) {
		at := len(line) - len(strings.TrimLeft(line, ">"))
		if strings.HasPrefix(line[at:], "From ") {
			at += len("From ")
		} else if name, _, ok := strings.Cut(line[at:], ":"); ok && kept.name(name) && !strings.ContainsAny(name, " \t") {
			at += len(name)
		}
		b.WriteString(line[:at] + s.text(line[at:]))
	}
	return b.String()
}

// inCharset writes a text of the coding that a letter names.
func (s *scribe) inCharset(name, in string, write func(string) string) string {
	e, err := htmlindex.Get(strings.TrimSpace(name))
	if err != nil || utf8.ValidString(in) {
		return s.bytes(in, write)
	}
	plain, err := e.NewDecoder().String(in)
	if err != nil {
		return s.bytes(in, write)
	}
	out, err := encoding.ReplaceUnsupported(e.NewEncoder()).String(write(plain))
	if err != nil {
		return s.bytes(in, write)
	}
	return out
}

// filled keeps the shape of what was left out: its lines and its length.
func filled(in string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '=' {
			return r
		}
		return 'A'
	}, in)
}

func (s *scribe) multipart(boundary, in string, depth int) string {
	var b, inside strings.Builder
	started := false
	flush := func() {
		if started {
			b.WriteString(s.entity(inside.String(), depth+1))
		} else {
			b.WriteString(s.text(inside.String()))
		}
		inside.Reset()
	}
	for line := range strings.Lines(in) {
		if !strings.HasPrefix(line, "--"+boundary) {
			inside.WriteString(line)
			continue
		}
		flush()
		started = !strings.HasPrefix(line, "--"+boundary+"--")
		b.WriteString("--" + s.mixed(boundary) + line[2+len(boundary):])
	}
	flush()
	return b.String()
}

// base64 writes a body in base64: a text anew, anything else as so much of
// nothing.
func (s *scribe) base64(in string, write func(string) string, text bool) string {
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(in), ""))
	if err != nil || !text {
		return filled(in)
	}
	end, width := "\n", strings.IndexByte(in, '\n')
	if strings.Contains(in, "\r\n") {
		end, width = "\r\n", width-1
	}
	if width < 4 {
		width = 76
	}
	code := base64.StdEncoding.EncodeToString([]byte(write(string(raw))))
	var b strings.Builder
	for ; len(code) > width; code = code[width:] {
		b.WriteString(code[:width] + end)
	}
	b.WriteString(code + in[len(strings.TrimRight(in, "\r\n")):])
	return b.String()
}

// quoted writes a body in quoted-printable.
func (s *scribe) quoted(in string, write func(string) string) string {
	raw, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(in)))
	if err != nil {
		return s.text(in)
	}
	stand := write(string(raw))
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	if strings.Contains(in, "\r\n") {
		stand = strings.ReplaceAll(strings.ReplaceAll(stand, "\r\n", "\n"), "\n", "\r\n")
	}
	_, err = io.WriteString(w, stand)
	if err != nil || w.Close() != nil {
		return s.text(in)
	}
	return b.String()
}

// bytes writes a text of any coding: UTF-8, that with bytes that are none, or
// one letter a byte.
func (s *scribe) bytes(in string, write func(string) string) string {
	switch {
	case utf8.ValidString(in):
		return write(in)
	case mostlyUTF8(in):
		return closed(write(holed(in)))
	}
	return narrow(write(wide(in)))
}

// mostlyUTF8 tells a text in UTF-8 that is damaged or cut off, by letters that
// it has beyond ASCII, by its end alone being odd, or by what its first line
// says.
func mostlyUTF8(in string) bool {
	letters, holes := 0, 0
	for i := 0; i < len(in); {
		r, n := utf8.DecodeRuneInString(in[i:])
		switch {
		case r == utf8.RuneError && n == 1 && !utf8.FullRuneInString(in[i:]): // cut off here
			return letters*4 >= holes
		case r == utf8.RuneError && n == 1:
			holes++
		case n > 1:
			letters++
		}
		i += n
	}
	return letters > 0 && letters*4 >= holes || strings.Contains(strings.ToUpper(in[:min(len(in), 100)]), "UTF-8")
}

// holed puts a private character for each byte that is none of UTF-8, and
// closed puts one that is none either for that: what it was would be told.
func holed(in string) string {
	var b strings.Builder
	for i := 0; i < len(in); {
		r, n := utf8.DecodeRuneInString(in[i:])
		if r == utf8.RuneError && n == 1 {
			r = hole
		}
		b.WriteRune(r)
		i += n
	}
	return b.String()
}

func closed(in string) string { return strings.ReplaceAll(in, string(hole), "\xff") }

// hole is a private character that stands for an odd byte.
const hole rune = 0xf2000

// wide reads each byte as a character of Latin-1, and narrow goes back.
func wide(in string) string {
	var b strings.Builder
	for i := range len(in) {
		b.WriteRune(rune(in[i]))
	}
	return b.String()
}

func narrow(in string) string {
	b := make([]byte, 0, len(in))
	for _, r := range in {
		if r > 0xff {
			r = '?'
		}
		b = append(b, byte(r))
	}
	return string(b)
}
