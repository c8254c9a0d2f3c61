package leak

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// What of a file's tags is held in memory: a box of a film, the tag of a sound, a text of
// a picture as it is unpacked.
const (
	mostTag  = 64 << 20
	mostText = 1 << 20
	mostBox  = 8 // how deep boxes lie within boxes
)

// places are what boxes and tags are called that hold a place, and toolTags those that
// every program writes of itself.
var (
	places   = []string{"©xyz", "loci", "com.apple.quicktime.location.iso6709", "location"}
	toolTags = []string{"©too", "©enc", "©swr", "©day", "tsse", "tenc", "tlen", "encoder", "com.apple.quicktime.software", "com.apple.quicktime.creationdate", "com.android.version", "software", "creation time", "date:create", "date:modify", "date:timestamp"}
)

// tag looks through a tag of a file, and notes what it tells.
func (l *look) tag(at Place, name, text string) {
	at.In = "its tags"
	text = strings.TrimSpace(strings.Trim(text, "\x00"))
	l.text(at, name+": "+text)
	switch key := strings.ToLower(name); {
	case text == "" || slices.Contains(toolTags, key):
	case slices.Contains(places, key):
		l.add(onePlace, WhatPlace, "GPS", at)
	default:
		l.tells(at, key, text)
	}
}

// recording looks through the tags of a film or a sound, and through its bytes.
func (l *look) recording(at Place, in *bufio.Reader) error {
	head, err := in.Peek(in.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case len(head) > 10 && string(head[:3]) == "ID3":
		b, err := io.ReadAll(io.LimitReader(in, min(mostTag, 10+syncSafe(head[6:]))))
		if err != nil {
			return err
		}
		l.id3(at, b)
		return l.stream(l.long, at, io.MultiReader(bytes.NewReader(b), in))
	case len(head) > 8 && string(head[4:8]) == "ftyp", len(head) > 8 && string(head[4:8]) == "moov":
		return l.film(at, in)
	}
	for _, m := range comments.FindAllIndex(head, -1) {
		if from := m[0]; from >= 4 {
			if n := int64(binary.LittleEndian.Uint32(head[from-4:])); n >= int64(m[1]-from) && n <= int64(len(head)-from) {
				l.tag(at, string(head[from:m[1]-1]), string(head[m[1]:int64(from)+n]))
			}
		}
	}
	if string(head[:min(4, len(head))]) == "RIFF" {
		for _, m := range infos.FindAllIndex(head, -1) {
			if text := head[m[1]:]; len(text) > 4 {
				l.tag(at, string(head[m[0]:m[1]]), string(text[4:min(int64(len(text)), 4+int64(binary.LittleEndian.Uint32(text)))]))
			}
		}
	}
	return l.stream(l.long, at, in)
}

// comments are the beginnings of NAME=text in Ogg and FLAC, each behind its length, and
// infos those of the texts of WAV and AVI, each before it; both are looked for rather than
// walked to.
var (
	comments = regexp.MustCompile(`(?i)(title|artist|author|performer|album|comment|description|location|contact|organization|copyright)=`)
	infos    = regexp.MustCompile(`IART|INAM|ICMT|ISBJ|IENG|IKEY|ICOP|IGNR|IPRD`)
)

// film goes over the boxes of MP4, MOV, M4A and 3GP; the film itself is looked through as
// it goes by.
func (l *look) film(at Place, in *bufio.Reader) error {
	for l.ctx.Err() == nil {
		next, err := in.Peek(16)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		kind, head, size := box(next)
		if head == 0 {
			return l.stream(l.long, at, in) // no box: what is behind the last one
		}
		if _, err := in.Discard(head); err != nil {
			return err
		}
		body := io.LimitReader(in, size)
		if !slices.Contains([]string{"moov", "udta", "meta", "uuid"}, kind) || size > mostTag {
			err := l.stream(l.long, at, body)
			if _, rest := io.Copy(io.Discard, body); err != nil || rest != nil { // where nothing is looked for
				return errors.Join(err, rest)
			}
			continue
		}
		b, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		l.boxes(at, b, "", nil, 0)
		if err := l.stream(l.long, at, bytes.NewReader(b)); err != nil {
			return err
		}
	}
	return l.ctx.Err()
}

// box tells of the head of a box how long it is, and how much is behind it; it is of no
// length where no box begins.
func box(b []byte) (kind string, head int, size int64) {
	if len(b) < 8 {
		return "", 0, 0
	}
	head, size = 8, int64(binary.BigEndian.Uint32(b))
	switch {
	case size == 0:
		size = 1 << 62 // to the end
	case size == 1 && len(b) >= 16:
		head, size = 16, int64(binary.BigEndian.Uint64(b[8:]))
	}
	if size < int64(head) {
		return "", 0, 0
	}
	return string(b[4:8]), head, size - int64(head)
}

// boxes goes over boxes that are held in memory; keys are the names of QuickTime's tags.
func (l *look) boxes(at Place, b []byte, within string, keys []string, depth int) {
	for depth < mostBox {
		kind, head, size := box(b)
		if head == 0 {
			return
		}
		body := b[head : int64(head)+min(size, int64(len(b)-head))]
		b = b[head+len(body):]
		name := strings.ReplaceAll(kind, "\xa9", "©")
		switch {
		case within == "ilst":
			if i := int(binary.BigEndian.Uint32([]byte(kind))); i >= 1 && i <= len(keys) {
				name = keys[i-1]
			}
			if len(body) > 16 && string(body[4:8]) == "data" && body[11] == 1 { // a text
				l.tag(at, name, string(body[16:min(len(body), mostText)]))
			}
		case slices.Contains([]string{"moov", "trak", "mdia", "udta", "ilst"}, kind):
			l.boxes(at, body, kind, keys, depth+1)
		case kind == "meta" && len(body) > 8:
			if string(body[4:8]) != "hdlr" { // QuickTime's own has no version in front
				body = body[4:]
			}
			l.boxes(at, body, kind, nil, depth+1)
		case kind == "keys" && len(body) > 8:
			keys = keysOf(body[8:])
		case strings.HasPrefix(name, "©") && within == "udta" && len(body) > 4:
			l.tag(at, name, string(body[4:min(len(body), 4+int(binary.BigEndian.Uint16(body)))]))
		case kind == "loci":
			l.add(onePlace, WhatPlace, "GPS", Place{File: at.File, In: "its tags"})
		case slices.Contains([]string{"titl", "dscp", "auth", "perf", "cprt"}, kind) && within == "udta" && len(body) > 6:
			l.tag(at, kind, string(body[6:])) // behind a version and a language
		case kind == "XMP_" || kind == "uuid" && len(body) > 16:
			l.parts(Place{File: at.File, In: "its tags"}, bytes.NewReader(body[max(0, bytes.IndexByte(body, '<')):]), facts, false)
		}
	}
}

// keysOf are the names of QuickTime's tags.
func keysOf(b []byte) (keys []string) {
	for len(b) > 8 {
		n := int(min(binary.BigEndian.Uint32(b), uint32(len(b))))
		if n < 8 {
			return keys
		}
		keys = append(keys, string(b[8:n]))
		b = b[n:]
	}
	return keys
}

func syncSafe(b []byte) int64 {
	return int64(b[0]&127)<<21 | int64(b[1]&127)<<14 | int64(b[2]&127)<<7 | int64(b[3]&127)
}

// id3 goes over the texts of an ID3 tag of version 3 or 4.
func (l *look) id3(at Place, b []byte) {
	four := b[3] == 4
	for b = b[10:]; len(b) > 10 && b[0] != 0; {
		n := int64(binary.BigEndian.Uint32(b[4:]))
		if four {
			n = syncSafe(b[4:])
		}
		if n < 1 || n > int64(len(b)-10) {
			return
		}
		name, code, text := string(b[:4]), b[10], b[11:10+n]
		if b = b[10+n:]; name[0] != 'T' && name != "COMM" && name != "USLT" {
			continue
		}
		if name == "COMM" || name == "USLT" {
			text = text[min(3, len(text)):] // its language
		}
		l.tag(at, name, letters(code, text))
	}
}

// letters are a text of an ID3 tag; what it is about and what it says stand apart.
func letters(code byte, b []byte) string {
	var d encoding.Encoding = encoding.Nop
	switch code {
	case 0:
		d = charmap.ISO8859_1
	case 1, 2:
		d = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	if plain, err := d.NewDecoder().Bytes(b); err == nil {
		b = plain
	}
	return strings.Join(strings.FieldsFunc(string(b), func(r rune) bool { return r == 0 || r == '\ufeff' }), " ")
}

// texts goes over the texts of a PNG, packed ones too.
func (l *look) texts(at Place, b []byte) {
	for b = b[min(8, len(b)):]; len(b) >= 12 && l.ctx.Err() == nil; {
		n := int64(binary.BigEndian.Uint32(b))
		if n > int64(len(b)-12) {
			return
		}
		kind, body := string(b[4:8]), b[8:8+n]
		b = b[12+n:]
		key, text, ok := bytes.Cut(body, []byte{0})
		if !ok || kind != "tEXt" && kind != "zTXt" && kind != "iTXt" {
			continue
		}
		switch {
		case kind == "zTXt" && len(text) > 1:
			text = unpacked(text[1:])
		case kind == "iTXt" && len(text) > 2:
			parts := bytes.SplitN(text[2:], []byte{0}, 3) // its language, its key in that, the text
			if packed := text[0] == 1; packed {
				text = unpacked(parts[len(parts)-1])
			} else {
				text = parts[len(parts)-1]
			}
		}
		if string(key) == "XML:com.adobe.xmp" {
			l.text(Place{File: at.File, In: "its tags"}, string(text))
			l.parts(Place{File: at.File, In: "its tags"}, bytes.NewReader(text), facts, false)
			continue
		}
		l.tag(at, string(key), string(text))
	}
}

// unpacked is what could be unpacked of a text.
func unpacked(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	b, err = io.ReadAll(io.LimitReader(z, mostText))
	if err = errors.Join(err, z.Close()); err != nil {
		return b // which was cut off: what came before is a text all the same
	}
	return b
}
