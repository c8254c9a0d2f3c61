package meta

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// Meta's writer takes every byte of a text for a character of its own, and
// escapes those above 7F: "é" stands in the file as "\u00c3\u00a9". A file of
// that writer has no character above U+00FF and no byte above 7F, which tells it
// from one whose texts are as they should be and must not be touched.

// writer watches the bytes of a file for what Meta's writer never writes.
type writer struct {
	at    int64
	state int  // how much of "\u00" has been seen, from 0 on
	clean bool // the texts are as they should be
}

// Write looks at the next bytes.
func (w *writer) Write(b []byte) (int, error) {
	if w.clean {
		return len(b), nil
	}
	mark := 0 // a byte order mark says nothing of the texts
	if w.at == 0 && bytes.HasPrefix(b, []byte("\ufeff")) {
		mark = 3
	}
	w.at += int64(len(b))
	for rest := b[mark:]; len(rest) > 0 && !w.clean; {
		if w.state == 0 {
			plain, escaped, found := bytes.Cut(rest, []byte{'\\'})
			if w.clean = !ascii(plain); !found {
				break
			}
			w.state, rest = 1, escaped
			continue
		}
		c := rest[0]
		rest = rest[1:]
		switch {
		case w.state == 1 && c == 'u':
			w.state = 2
		case w.state == 1:
			w.state, w.clean = 0, c >= 0x80
		case c != '0':
			w.clean = true
		case w.state == 3:
			w.state = 0
		default:
			w.state = 3
		}
	}
	return len(b), nil
}

// undo gives the text whose bytes were written as characters. What is no such
// text comes back as it is. odd tells a text of which only a part could be
// undone: it has characters that no text of people has, and bytes of UTF-8 that
// are cut off.
func undo(s string) (text string, odd bool) {
	high := overASCII(s, 0)
	if high == len(s) {
		return s, false
	}
	var room [512]byte
	b, control := append(room[:0], s[:high]...), false
	for i := high; i < len(s); {
		if i+1 == len(s) || s[i]&^1 != 0xC2 { // above U+00FF
			return s, false
		}
		c := s[i]<<6 | s[i+1]&0x3F
		control = control || c < 0xA0
		next := overASCII(s, i+2)
		b = append(append(b, c), s[i+2:next]...)
		i = next
	}
	if utf8.Valid(b) {
		return string(b), false
	}
	if !control {
		return s, false
	}
	return undoParts(b), true
}

// overASCII goes to the first byte from i on that is no ASCII.
func overASCII(s string, i int) int {
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// ascii tells whether all bytes are.
func ascii(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// undoParts undoes what is valid and keeps the other characters as they came.
func undoParts(b []byte) string {
	var out strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			r = rune(b[0])
		}
		out.WriteRune(r)
		b = b[n:]
	}
	return out.String()
}

// says is one text of the file as it was meant.
func (r *reader) says(s string) string {
	text, _ := r.saysOf(nil, s)
	return text
}

// saysOf is says, for a text of an event, which is flagged where only a part of
// it could be undone.
func (r *reader) saysOf(e *timeline.Event, s string) (text string, odd bool) {
	if !r.latin {
		return s, false
	}
	text, odd = undo(s)
	if odd && e != nil {
		flag(e, timeline.Undecoded)
	}
	return text, odd
}

// plain is a value of the file in words.
func (r *reader) plain(e *timeline.Event, raw []byte) string {
	text, _ := r.saysOf(e, jsonfile.Plain(raw))
	return text
}

func flag(e *timeline.Event, f timeline.Flag) { importers.Facts{Event: e}.Flag(f) }

// fact keeps a further fact of an event. What is said twice is said once.
func fact(e *timeline.Event, name, value string) {
	if name == "" || value == "" || e.Extra.Get(name) == value {
		return
	}
	importers.FactsOf(e).Add(name, value)
}

// sameAs sets the key by which copies of a record are known, which no fact of the
// source can be.
func sameAs(e *timeline.Event, key string) {
	importers.FactsOf(e)
	e.Extra.Set(timeline.SameKey, key)
}

// say sets the words of an event, bounded.
func say(e *timeline.Event, text string) { importers.Facts{Event: e}.Say(text) }
