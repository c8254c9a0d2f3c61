package mail

import (
	"bytes"
	"strconv"
	"strings"
)

// The limits of a header.
const (
	maxHeader = 1 << 20   // bytes read of one message's or part's header
	maxShown  = 256 << 10 // bytes of a message's header shown with it
	maxValue  = 16 << 10  // bytes of any one value shown
)

// header is a header as it stands, and its fields.
type header struct {
	raw    []byte // up to maxHeader
	size   int64  // bytes of the whole
	fields []field
	odd    bool   // a line of it is neither a field nor the rest of one
	hint   string // the charset that raw bytes above ASCII in it may be in
}

type field struct {
	name  string // lower case
	value string // lines joined, not decoded
}

func (h *header) add(piece []byte) {
	h.size += int64(len(piece))
	h.raw = append(h.raw, piece[:min(len(piece), maxHeader-len(h.raw))]...)
}

// parse makes the fields of what was read. Nothing stops it: a line without a
// colon goes on with the field before it, as a broken fold does.
func (h *header) parse() {
	var value []byte // of the last field
	for rest := h.raw; len(rest) > 0; {
		line := rest
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line = rest[:i+1]
		}
		rest = rest[len(line):]
		text, _ := bare(line)
		name, after, colon := bytes.Cut(text, []byte(":"))
		name = bytes.TrimSpace(name)
		folded := len(text) > 0 && (text[0] == ' ' || text[0] == '\t')
		first := len(h.fields) == 0
		if colon && isName(name) && (first || !folded) {
			h.odd = h.odd || folded
			h.end(value)
			h.fields = append(h.fields, field{name: strings.ToLower(string(name))})
			value = append(value[:0], bytes.TrimSpace(after)...)
			continue
		}
		h.odd = h.odd || !folded || first
		value = append(append(value, ' '), bytes.TrimSpace(text)...)
	}
	h.end(value)
}

// end gives the last field its value.
func (h *header) end(value []byte) {
	if n := len(h.fields); n > 0 {
		h.fields[n-1].value = string(value)
	}
}

// get is the value of the first field of a name.
func (h *header) get(name string) string {
	for i := range h.fields {
		if h.fields[i].name == name {
			return h.fields[i].value
		}
	}
	return ""
}

func (h *header) all(name string) (values []string) {
	for i := range h.fields {
		if h.fields[i].name == name {
			values = append(values, h.fields[i].value)
		}
	}
	return values
}

// params reads "type/subtype; name=value; …" of Content-Type or
// Content-Disposition. It takes what programs write: names twice (the first
// counts), values without quotes, values in pieces and with a charset of their
// own (RFC 2231), empty ones.
func params(value, hint string) (kind string, p map[string]string) {
	kind, rest := cutParam(value)
	kind, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(withoutComments(kind))), " ")
	p = map[string]string{}
	pieces := map[string][]piece{}
	for rest != "" {
		var one string
		one, rest = cutParam(rest)
		name, value, _ := strings.Cut(one, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		value = unquote(strings.TrimSpace(value))
		base, tail, extended := strings.Cut(name, "*")
		switch {
		case name == "":
		case extended:
			if len(pieces[base]) < maxPieces {
				pieces[base] = append(pieces[base], piece{tail, value})
			}
		default:
			if _, have := p[name]; !have {
				p[name] = value
			}
		}
	}
	for name, list := range pieces {
		p[name] = joined(list, hint)
	}
	return kind, p
}

// cutParam cuts at the first semicolon outside quotes.
func cutParam(s string) (one, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// maxPieces is in how many pieces one value may come.
const maxPieces = 500

// piece is one part of a value of RFC 2231: "0", "0*", "1", or "" for a value
// in one piece with a charset.
type piece struct{ tail, value string }

func joined(list []piece, hint string) string {
	var data []byte
	charset := ""
	for n := 0; n < len(list); n++ {
		for _, p := range list {
			number, percent := strings.CutSuffix(p.tail, "*")
			if p.tail == "" {
				number, percent = "0", true
			}
			if number != strconv.Itoa(n) {
				continue
			}
			value := p.value
			if parts := strings.SplitN(value, "'", 3); percent && n == 0 && len(parts) == 3 {
				charset, value = parts[0], parts[2]
			}
			if percent {
				value = string(percentDecoded(value))
			}
			data = append(data, value...)
			break
		}
	}
	if charset == "" {
		charset = "utf-8"
	}
	text, _ := (&encodedRun{charset: charset, data: data}).text(hint)
	return text
}

func percentDecoded(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hexDigit(s[i+1]) >= 0 && hexDigit(s[i+2]) >= 0 {
			out = append(out, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return out
}

// unquote takes off quotes and the backslashes of a quoted text.
func unquote(s string) string {
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	var out strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			out.WriteByte(s[i])
		case s[i] == '"':
			return out.String()
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}
