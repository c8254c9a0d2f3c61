package anonymise

import (
	"fmt"
	"io"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"unicode/utf8"
)

// chat writes a text of lines anew, as apps write a conversation out. What a
// line says after the time and the name stays where the app itself wrote it,
// and nobody else.
func (s *scribe) chat(in string) string {
	var b strings.Builder
	for line := range strings.Lines(in) {
		body := bodyAt(line)
		if body == 0 {
			b.WriteString(s.text(line))
			continue
		}
		b.WriteString(s.text(line[:body]))
		b.WriteString(s.said(line[body:]))
	}
	return b.String()
}

// bodyAt tells where in a line stands what was said: behind date and time, and
// behind the name; 0 where the line has no date in front.
func bodyAt(line string) int {
	at := 0
	for at < len(line) {
		r, n := utf8.DecodeRuneInString(line[at:])
		if r != '[' && !invisible(r) {
			break
		}
		at += n
	}
	if !dated(line, at) {
		return 0
	}
	for _, end := range []string{" - ", "] "} {
		if i := strings.Index(line, end); i > 0 && i < 80 {
			at = i + len(end)
			if j := strings.Index(line[at:], ": "); j > 0 && !kept.phrase(trimmed(line[at:])) {
				at += j + 2
			}
			return at
		}
	}
	return 0
}

func invisible(r rune) bool {
	return r == '\u200e' || r == '\u200f' || r == '\ufeff' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

func trimmed(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return invisible(r) || r == ' ' || r == '\r' || r == '\n' || r == '\u00a0' })
}

// said writes what was said: what the app wrote stays, also around the name of
// a file that it names.
func (s *scribe) said(body string) string {
	inside := trimmed(body)
	if kept.phrase(inside) {
		return body
	}
	front, back, _ := strings.Cut(body, inside)
	if i := strings.LastIndex(inside, "<"); i > 0 && kept.phrase(inside[i:]) { // "<This message was edited>"
		return front + s.text(inside[:i]) + inside[i:] + back
	}
	if i := strings.LastIndex(inside, " ("); i > 0 && kept.phrase(strings.TrimSuffix(inside[i+2:], ")")) {
		return front + s.text(inside[:i]) + inside[i:] + back
	}
	if i := strings.Index(inside, ": "); i > 0 && inside[0] == '<' && inside[len(inside)-1] == '>' && kept.phrase(inside[1:i]) {
		return front + inside[:i] + s.text(inside[i:]) + back
	}
	var b strings.Builder
	for i, piece := range strings.Split(body, appMark) {
		if i > 0 {
			b.WriteString(appMark)
		}
		words := strings.TrimRight(piece, ", \r\n")
		if kept.phrase(words) || i > 0 && lengthOfCall.MatchString(words) {
			b.WriteString(piece)
			continue
		}
		from, to := kept.around(words)
		b.WriteString(words[:from] + s.text(words[from:to]) + words[to:] + piece[len(words):])
	}
	return b.String()
}

var lengthOfCall = regexp.MustCompile(`^[0-9]+ (?:sec|min|hr|h)$`)

// appMark stands before what WhatsApp itself says, in exports of iPhones.
const appMark = "\u200e"

// card writes a calendar or contacts anew: lines of a name, parameters and a
// value.
func (s *scribe) card(in string) string {
	var b strings.Builder
	for in != "" {
		line := in
		if end := strings.IndexByte(in, '\n'); end >= 0 {
			line = in[:end+1]
		}
		if value := strings.IndexByte(line, ':'); value > 0 && isQuoted(line[:value]) {
			line = in[:quotedEnd(in)]
			in = in[len(line):]
			b.WriteString(s.mixed(line[:value+1]) + s.quotedValue(line[:value], line[value+1:]))
			continue
		}
		in = in[len(line):]
		at := strings.IndexAny(line, ":;")
		if at <= 0 || !kept.name(line[:at]) || strings.ContainsAny(line[:at], " \t") {
			b.WriteString(s.text(line))
			continue
		}
		name := line[:at]
		b.WriteString(name)
		value := strings.IndexByte(line[at:], ':') + at
		if value < at {
			value = len(line)
		}
		b.WriteString(s.mixed(line[at:value]))
		switch strings.ToUpper(name) {
		case "BEGIN", "END", "VERSION", "ACTION", "STATUS", "METHOD", "CALSCALE", "RRULE", "TRANSP", "CLASS":
			b.WriteString(s.mixed(line[value:]))
		default:
			b.WriteString(s.text(line[value:]))
		}
	}
	return b.String()
}

func isQuoted(params string) bool {
	return strings.Contains(strings.ToUpper(params), "QUOTED-PRINTABLE")
}

// quotedEnd tells where a value in quoted-printable ends: with the first line
// that no "=" carries on.
func quotedEnd(in string) int {
	at := 0
	for at < len(in) {
		end := strings.IndexByte(in[at:], '\n')
		if end < 0 {
			return len(in)
		}
		at += end + 1
		if !strings.HasSuffix(strings.TrimRight(in[:at], "\r\n"), "=") {
			break
		}
	}
	return at
}

// quotedValue writes a value in quoted-printable, of the charset that its
// parameters name. It stands in one line.
func (s *scribe) quotedValue(params, in string) string {
	plain := strings.TrimRight(in, "\r\n")
	raw, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(plain)))
	if err != nil {
		return s.text(in)
	}
	charset := ""
	for param := range strings.SplitSeq(params, ";") {
		if name, value, ok := strings.Cut(param, "="); ok && strings.EqualFold(name, "charset") {
			charset = value
		}
	}
	var b strings.Builder
	for _, c := range []byte(s.inCharset(charset, string(raw), s.text)) {
		if c > ' ' && c < 0x7f && c != '=' || c == ' ' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "=%02X", c)
		}
	}
	return b.String() + in[len(plain):]
}
