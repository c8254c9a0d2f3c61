package leak

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// This file takes the files of pictures apart, so that each text in one is looked
// through for itself: it ends where its part ends, whatever byte stands behind it.

// segments looks through the parts of a picture's file that are not the picture.
func (l *look) segments(at Place, b []byte) {
	at.In = "its tags"
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8")):
		l.jpeg(at, b)
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		l.chunks(at, b[min(8, len(b)):], binary.BigEndian.Uint32, true)
	case bytes.HasPrefix(b, []byte("GIF8")):
		l.gif(at, b)
	case len(b) > 12 && string(b[:4]) == "RIFF":
		l.chunks(at, b[12:], binary.LittleEndian.Uint32, false)
	}
}

// jpeg looks through the comments and the segments of programs in a JPEG, in all that
// lie one behind another in its file, and through what is behind the last.
func (l *look) jpeg(at Place, b []byte) {
	for l.ctx.Err() == nil {
		from := bytes.IndexByte(b, 0xff)
		if from < 0 || from+4 > len(b) {
			return
		}
		marker := b[from+1]
		b = b[from+1:] // a marker may stand behind further bytes 0xFF
		switch {
		case marker == 0xd9:
			b = b[1:]
			if rest := bytes.TrimLeft(b, "\x00"); !bytes.HasPrefix(rest, []byte("\xff\xd8")) {
				l.piece(at, rest)
				return
			}
		case marker >= 0xc0 && marker < 0xff && (marker < 0xd0 || marker > 0xd8):
			end := min(len(b), 1+max(2, int(binary.BigEndian.Uint16(b[1:]))))
			if body := b[3:end]; marker == 0xfe {
				l.remark(at, body)
			} else if marker >= 0xe0 {
				l.piece(at, body)
			}
			b = b[end:]
		}
	}
}

// gif looks through the comments of a GIF, its texts that are drawn, and the blocks of
// programs, each put together from the pieces that it lies in.
func (l *look) gif(at Place, b []byte) {
	if len(b) < 13 {
		return
	}
	for b = b[13+gifColours(b[10]):]; len(b) > 1 && l.ctx.Err() == nil; {
		kind, label := b[0], b[1]
		switch {
		case kind == 0x21:
			b = b[2:]
		case kind == 0x2c && len(b) > 10:
			label, b = 0, b[min(len(b), 11+gifColours(b[9])):]
		default:
			l.piece(at, b[1:]) // behind its end
			return
		}
		var body []byte
		for len(b) > 0 && b[0] > 0 {
			end := min(len(b), 1+int(b[0]))
			body, b = append(body, b[1:end]...), b[end:]
		}
		b = b[min(1, len(b)):]
		switch {
		case kind == 0x21 && label == 0xfe:
			l.remark(at, body)
		case kind == 0x21 && label != 0xf9: // how long a picture of a moving one stands
			l.piece(at, body)
		}
	}
}

// gifColours is how many bytes the table of colours takes that a byte tells of.
func gifColours(packed byte) int {
	if packed&0x80 == 0 {
		return 0
	}
	return 3 << (packed&7 + 1)
}

// drawn are the parts of a PNG and a WebP that are the picture, and textual those that
// are looked through as what they are.
var (
	drawn   = []string{"IDAT", "fdAT", "VP8 ", "VP8L", "ALPH", "ANMF", "PLTE", "IHDR", "IEND"}
	textual = []string{"tEXt", "zTXt", "iTXt"}
)

// chunks looks through the parts of a PNG or a WebP, and through what is behind them. A
// PNG has the length of a part before its name and a sum behind it, a WebP fills a part up
// to an even length.
func (l *look) chunks(at Place, b []byte, size func([]byte) uint32, png bool) {
	for len(b) >= 8 && l.ctx.Err() == nil {
		kind, n, behind := string(b[4:8]), int64(size(b)), int64(4)
		if !png {
			kind, n = string(b[:4]), int64(size(b[4:]))
			behind = n & 1
		}
		body := b[8 : 8+min(n, int64(len(b)-8))]
		b = b[min(int64(len(b)), 8+int64(len(body))+behind):]
		if !slices.Contains(drawn, kind) && !slices.Contains(textual, kind) {
			l.piece(at, body)
		}
		if kind == "IEND" {
			break
		}
	}
	l.piece(at, b)
}

// ownRemarks are comments that programs write into every picture of theirs.
var ownRemarks = regexp.MustCompile(`^(Lavc[0-9.]*|CREATOR: gd-jpeg v[0-9.]+ \(using IJG JPEG v[0-9]+\)(, (default )?quality( = [0-9]+)?)?|Created with GIMP|File written by Adobe Photoshop. [0-9.]+|LEAD Technologies Inc\. V[0-9.]+|Optimized by JPEGmini [0-9.x]+)$`)

// remark looks through a comment, and notes what it tells.
func (l *look) remark(at Place, b []byte) {
	l.piece(at, b)
	text := readable(b)
	if !ownRemarks.MatchString(text) {
		l.tells(at, "comment", text)
	}
}

// readable is a comment as a person reads it: in UTF-16 where every other byte says so.
func readable(b []byte) string {
	if order, wide := wideOrder(b); wide {
		if plain, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(b); err == nil {
			b = plain
		}
	}
	return strings.TrimSpace(strings.Trim(strings.ToValidUTF8(string(b), "\ufffd"), "\x00\ufeff"))
}

// wideOrder tells of a text that it is in UTF-16, and in which order its bytes are.
func wideOrder(b []byte) (unicode.Endianness, bool) {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) {
		return unicode.LittleEndian, true
	}
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i&1]++
		}
	}
	if zeros[0] > zeros[1] {
		return unicode.BigEndian, bytes.HasPrefix(b, []byte("\xfe\xff")) || zeros[0] > len(b)/4
	}
	return unicode.LittleEndian, zeros[1] > len(b)/4
}

// mostNoise is how many in a hundred bytes of a text may be none of a letter, and still
// short words are looked for in it: in other bytes these stand by chance.
const mostNoise = 10

// piece looks through a part of a file, from its beginning to its end.
func (l *look) piece(at Place, b []byte) {
	noise := 0
	for _, c := range b {
		if c != 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			noise++
		}
	}
	words := l.long
	if noise*100 <= mostNoise*len(b) {
		words = l.words
	}
	l.hits(words, at, string(b))
	if text := readable(b); words == l.words && text != "" {
		l.again(Place{File: at.File, In: asRead}, text)
	}
}
