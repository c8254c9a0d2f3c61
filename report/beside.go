package report

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

// This file knows which facts beside a picture tell nothing that the picture and
// its row do not: its size, its colours, its time, that it is a screenshot.

// The tags of EXIF that are allowed, and those among them whose value is text.
var (
	exifTags = []uint16{
		0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0112, 0x0115, 0x011a, 0x011b, 0x0128, 0x0132, 0x0211, 0x0213, exifFacts,
		0x9000, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9101, exifComment, 0x9290, 0x9291, 0x9292, 0xa000, 0xa001, 0xa002, 0xa003, 0xa406,
	}
	exifTimes = []uint16{0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292}
)

const (
	exifFacts   = 0x8769 // where the second list of tags is
	exifComment = 0x9286
)

// exifSizes are the sizes of the types of values.
var exifSizes = [...]int{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}

// bareExif tells that EXIF holds allowed tags and nothing else: no byte of it is
// without a tag, so that nothing is left of one that was taken out.
func bareExif(data []byte) bool {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(data, []byte("II*\x00")) {
		order = binary.LittleEndian
	} else if !bytes.HasPrefix(data, []byte("MM\x00*")) {
		return false
	}
	if len(data) < 8 {
		return false
	}
	x := exif{data: data, order: order, known: make([]bool, len(data))}
	x.mark(0, 8)
	if !x.list(order.Uint32(data[4:]), 0) {
		return false
	}
	for i, known := range x.known {
		if !known && data[i] != 0 {
			return false
		}
	}
	return true
}

type exif struct {
	data  []byte
	order binary.ByteOrder
	known []bool // bytes that belong to a tag
}

// mark notes the n bytes at a place and tells whether they are there.
func (x *exif) mark(at uint32, n int) bool {
	if n < 0 || int64(at)+int64(n) > int64(len(x.data)) {
		return false
	}
	for i := range n {
		x.known[int(at)+i] = true
	}
	return true
}

func (x *exif) list(at uint32, depth int) bool {
	if depth > 1 || !x.mark(at, 2) {
		return false
	}
	n := int(x.order.Uint16(x.data[at:]))
	if !x.mark(at, 2+12*n) {
		return false
	}
	for i := range n {
		if !x.entry(x.data[int(at)+2+12*i:], depth) {
			return false
		}
	}
	next := at + 2 + uint32(12*n)
	if depth == 1 && int64(next)+4 > int64(len(x.data)) {
		return true // programs leave the end of the second list away
	}
	return x.mark(next, 4) && x.order.Uint32(x.data[next:]) == 0 // a further list is that of the small picture
}

func (x *exif) entry(e []byte, depth int) bool {
	tag, kind, n := x.order.Uint16(e), int(x.order.Uint16(e[2:])), x.order.Uint32(e[4:])
	if !slices.Contains(exifTags, tag) || kind < 1 || kind >= len(exifSizes) || n > mostBeside {
		return false
	}
	if tag == exifFacts {
		return x.list(x.order.Uint32(e[8:]), depth+1)
	}
	value, size := e[8:12], exifSizes[kind]*int(n)
	if size > 4 {
		at := x.order.Uint32(value)
		if !x.mark(at, size) {
			return false
		}
		value = x.data[at : int(at)+size]
	} else {
		value = value[:size]
	}
	switch {
	case tag == exifComment:
		return slices.Contains([]string{"", "Screenshot"}, strings.Trim(strings.TrimPrefix(string(value), "ASCII"), "\x00 "))
	case kind == 2 || slices.Contains(exifTimes, tag):
		return isStamp(strings.Trim(string(value), "\x00 "))
	default:
		return size <= 16 // numbers
	}
}

// isStamp tells that a text is a time or a number, or nothing.
func isStamp(s string) bool { return len(s) <= 40 && strings.Trim(s, "0123456789:+-./TZ ") == "" }

// xmpNames are the elements and attributes of XMP that are allowed.
var xmpNames = []string{
	"xmpmeta", "RDF", "Description", "Alt", "Seq", "li", "UserComment", "PixelXDimension", "PixelYDimension", "Orientation", "XResolution", "YResolution", "ResolutionUnit",
	"DateTimeOriginal", "DateTimeDigitized", "CreateDate", "ModifyDate", "MetadataDate", "DateCreated", "ColorSpace", "about", "lang",
}

// bareXMP tells that XMP holds allowed names with times, numbers and the word
// for a screenshot.
func bareXMP(data []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimRight(data, "\x00")))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil || !bareToken(token) {
			return false
		}
	}
}

func bareToken(token xml.Token) bool {
	switch t := token.(type) {
	case xml.StartElement:
		return slices.Contains(xmpNames, t.Name.Local) && !slices.ContainsFunc(t.Attr, func(a xml.Attr) bool { return !bareAttribute(a) })
	case xml.CharData:
		return bareWords(string(t))
	case xml.ProcInst:
		return t.Target == "xpacket"
	case xml.EndElement:
		return true
	default:
		return false
	}
}

func bareAttribute(a xml.Attr) bool {
	switch {
	case a.Name.Space == "xmlns":
		return strings.HasPrefix(a.Value, "http://ns.adobe.com/") || strings.HasPrefix(a.Value, "http://www.w3.org/") || a.Value == "adobe:ns:meta/"
	case a.Name.Local == "xmptk":
		return strings.HasPrefix(a.Value, "XMP Core ") && isStamp(strings.TrimPrefix(a.Value, "XMP Core "))
	default:
		return slices.Contains(xmpNames, a.Name.Local) && bareWords(a.Value)
	}
}

func bareWords(s string) bool {
	s = strings.TrimSpace(s)
	return s == "Screenshot" || s == "x-default" || isStamp(s)
}

// profileNames begin the names of the colour profiles that everybody has; one of
// a screen tells which screen.
var profileNames = []string{"sRGB", "Display P3", "Adobe RGB", "c2", "uRGB", "Generic RGB", "Google/Skia"}

// profileParts are the parts of a colour profile that it is made of.
var profileParts = []string{
	"desc", "cprt", "wtpt", "bkpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC", "chad", "dmnd", "dmdd", "lumi", "meas", "tech", "vued", "view", "cicp", "aarg", "aagg", "aabg",
}

// bareProfile tells that a colour profile is one that everybody has.
func bareProfile(p []byte) bool {
	const head = 132
	if len(p) < head || len(p) > 16<<10 {
		return false
	}
	n := int64(binary.BigEndian.Uint32(p[head-4:]))
	if n > 64 || head+12*n > int64(len(p)) {
		return false
	}
	known := false
	for i := range n {
		part := p[head+12*i:]
		name, at, size := string(part[:4]), int64(binary.BigEndian.Uint32(part[4:])), int64(binary.BigEndian.Uint32(part[8:]))
		if !slices.Contains(profileParts, name) || at+size > int64(len(p)) {
			return false
		}
		if name == "desc" {
			called := profileName(p[at : at+size])
			known = slices.ContainsFunc(profileNames, func(n string) bool { return strings.HasPrefix(called, n) })
		}
	}
	return known
}

// profileName reads the name of a profile, of both versions of the format.
func profileName(desc []byte) string {
	switch {
	case len(desc) > 12 && string(desc[:4]) == "desc":
		name, _, _ := bytes.Cut(desc[12:], []byte{0})
		return string(name)
	case len(desc) > 28 && string(desc[:4]) == "mluc":
		size, at := int64(binary.BigEndian.Uint32(desc[20:])), int64(binary.BigEndian.Uint32(desc[24:]))
		if at+size > int64(len(desc)) {
			return ""
		}
		var u []uint16
		for d := desc[at : at+size]; len(d) > 1; d = d[2:] {
			u = append(u, binary.BigEndian.Uint16(d))
		}
		return string(utf16.Decode(u))
	default:
		return ""
	}
}

// barePacked is bareProfile of the profile of a PNG: its name, and itself in
// compressed form.
func barePacked(data []byte) bool {
	_, packed, ok := bytes.Cut(data, []byte{0})
	if !ok || len(packed) < 1 || packed[0] != 0 {
		return false
	}
	z, err := zlib.NewReader(bytes.NewReader(packed[1:]))
	if err != nil {
		return false
	}
	p, err := io.ReadAll(io.LimitReader(z, mostBeside))
	return err == nil && bareProfile(p)
}
