package whatsapp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strconv"
	"strings"
	"unicode/utf8"

	"daybook/timeline"
)

// mostText is how much of a message is shown: all that WhatsApp sends, four
// bytes to a character. Of a longer text the event keeps this much, the whole
// length and the SHA-256 of all of it.
const mostText = 4 * mostChars

// message is one that is being read.
type message struct {
	mark
	words  []byte    // the text, up to mostText of it
	whole  int       // bytes of the whole text
	sum    hash.Hash // over the whole text, once it is too long to show
	forged []string
	lines  int
	nuls   int // NUL bytes at its end, not yet in the text
}

// shown is text that can be shown: UTF-8, cut between characters,
// and without control characters.
func shown(b []byte) string {
	return strings.Map(picture, strings.ToValidUTF8(string(b), "\ufffd"))
}

// picture gives for a control character the sign that Unicode has to show it,
// U+2400 for a NUL. Tabs and the ends of lines and pages stay.
func picture(r rune) rune {
	switch {
	case r == '\t', r == '\n', r == '\v', r == '\f', r == '\r':
		return r
	case r < ' ':
		return '\u2400' + r
	case r == 0x7f:
		return '\u2421'
	}
	return r
}

// clean tells text that is shown as it stands.
func clean(b []byte) bool {
	return plain(b) || utf8.Valid(b) && !bytes.ContainsFunc(b, func(r rune) bool { return picture(r) != r })
}

// plain tells text of ASCII without control characters but tabs and line feeds,
// as nearly all is.
func plain(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

// forge notes a line of the message's own text that looks like a header.
func (m *message) forge(f mark) {
	switch {
	case len(m.forged) < mostForged:
		m.forged = append(m.forged, fmt.Sprintf("line %d: %s", f.line, f.why))
	case len(m.forged) == mostForged:
		m.forged = append(m.forged, "and more")
	}
}

// add appends to the text, with lines parted by LF whatever the file parts
// them by.
func (m *message) add(piece []byte, start bool) {
	if start {
		m.lines++
		if m.lines > 1 {
			m.write([]byte{'\n'})
		}
	}
	m.write(bare(piece))
}

// write holds NUL bytes back until something follows them: at the end of a file
// they are no text.
func (m *message) write(b []byte) {
	rest := bytes.TrimRight(b, "\x00")
	if len(rest) > 0 {
		m.writeNULs()
		m.put(rest)
	}
	m.nuls += len(b) - len(rest)
}

func (m *message) writeNULs() {
	for m.nuls > 0 {
		n := min(m.nuls, 512)
		m.put(make([]byte, n))
		m.nuls -= n
	}
}

func (m *message) put(b []byte) {
	m.whole += len(b)
	if m.sum == nil && m.whole <= mostText {
		m.words = append(m.words, b...)
		return
	}
	if m.sum == nil {
		m.sum = sha256.New()
		m.sum.Write(m.words)
		m.words = append(m.words, b[:mostText-len(m.words)]...)
	}
	m.sum.Write(b)
}

// shown is the text of a message as it can be shown, with what it lacks as
// flags and facts of the event.
func (m *message) shown(e *timeline.Event, end bool) string {
	text := m.words
	if m.sum != nil {
		for k := 0; k < utf8.UTFMax && len(text) > 0 && !utf8.Valid(text[max(0, len(text)-utf8.UTFMax):]); k++ {
			if r, n := utf8.DecodeLastRune(text); r != utf8.RuneError || n > 1 {
				break
			}
			text = text[:len(text)-1]
		}
		e.Flags = append(e.Flags, timeline.TextCut)
		e.Extra = timeline.FactsOf("text bytes", strconv.Itoa(m.whole), "text sha-256", hex.EncodeToString(m.sum.Sum(nil)))
	}
	if m.nuls > 0 {
		text = bare(text) // the end of the line that only NULs follow
	}
	if clean(text) {
		return string(text)
	}
	if cutOff := end && !utf8.Valid(text) && clean(text[:max(0, len(text)-utf8.UTFMax)]); !cutOff {
		flag(e, timeline.Undecoded)
	}
	return shown(text)
}

// hiddenHeader tells a header that stands in a text after a line break other
// than LF: a viewer may show it as a line of its own.
func hiddenHeader(text string) bool {
	if !breaks(text) {
		return false
	}
	var h head
	for _, brk := range []string{"\r", "\v", "\f", "\u0085", "\u2028", "\u2029"} {
		_, rest, found := strings.Cut(text, brk)
		for found {
			var part string
			part, rest, found = strings.Cut(rest, brk)
			if scan([]byte(part), &h) {
				return true
			}
		}
	}
	return false
}

// breaks tells a text that may have such a line break.
func breaks(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '\r', '\v', '\f', 0xc2, 0xe2:
			return true
		}
	}
	return false
}
