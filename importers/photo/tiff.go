package photo

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The limits of a TIFF structure; what is past them is noted and not read.
const (
	maxIFDs    = 8
	maxEntries = 1000
	maxDepth   = 4
	maxRaw     = 4 << 20 // of all values together, before goexif may see them
)

// tiffReader walks the directories of a TIFF structure and keeps the few
// fields that are wanted, in the words of the file: the digits of a second and
// a malformed date as they stand.
type tiffReader struct {
	p     *probe
	at    section
	order binary.ByteOrder
	m     *Metadata
	seen  map[int64]bool
	raw   int64 // bytes of all values announced
	odd   bool  // loops or counts past the limits: not for other readers
	end   int64 // of what the directories point to; a thumbnail may follow

	thumb section // the embedded JPEG, in the terms of the file
}

// readEXIF reads a TIFF structure by our own walk and, when its shape is sound,
// by goexif.
func readEXIF(p *probe, at section, m *Metadata) *tiffReader {
	t := &tiffReader{p: p, at: at, m: m, seen: map[int64]bool{}}
	if err := t.walk(); err != nil {
		m.note("EXIF: %v", err)
		t.odd = true
	}
	switch {
	case t.odd:
		m.note("EXIF: its directories are odd, so goexif was not asked")
	case min(t.end, at.size) > maxProbe:
		m.note("EXIF: larger than goexif is given")
	default:
		b, err := p.read(at.off, min(t.end, at.size))
		if err != nil {
			m.note("EXIF: %v", err)
			break
		}
		readGoexif(append(b, 0, 0, 0, 0), m) // it wants the last word, which many writers leave out
	}
	return t
}

func (t *tiffReader) walk() error {
	b, err := t.read(0, 8)
	if err != nil {
		return err
	}
	switch string(b[:2]) {
	case "II":
		t.order = binary.LittleEndian
	case "MM":
		t.order = binary.BigEndian
	default:
		return fmt.Errorf("no byte order: %q", b[:2])
	}
	next := int64(t.order.Uint32(b[4:]))
	for i := 0; next != 0; i++ {
		if i == maxIFDs {
			t.odd = true
			return fmt.Errorf("more than %d directories", maxIFDs)
		}
		if next, err = t.directory(next, "IFD"+strconv.Itoa(i), 0); err != nil {
			return err
		}
	}
	return nil
}

func (t *tiffReader) read(off, n int64) ([]byte, error) {
	if off < 0 || n < 0 || off > t.at.size || n > t.at.size-off {
		return nil, errCut
	}
	return t.p.read(t.at.off+off, n)
}

// directory reads one directory and those below it.
func (t *tiffReader) directory(off int64, name string, depth int) (next int64, err error) {
	if t.seen[off] {
		t.odd = true
		return 0, fmt.Errorf("directory %s leads back to one read before", name)
	}
	t.seen[off] = true
	b, err := t.read(off, 2)
	if err != nil {
		return 0, fmt.Errorf("directory %s: %w", name, err)
	}
	n := int64(t.order.Uint16(b))
	if n > maxEntries {
		t.odd = true
		return 0, fmt.Errorf("directory %s: %d entries, at most %d are read", name, n, maxEntries)
	}
	t.end = max(t.end, off+2+12*n+4)
	entries, err := t.read(off+2, 12*n)
	if err != nil {
		return 0, fmt.Errorf("directory %s of %d entries: %w", name, n, err)
	}
	for i := int64(0); i < n; i++ {
		if err := t.entry(entries[12*i:12*i+12], name, depth); err != nil {
			t.m.note("EXIF: directory %s, entry %d: %v", name, i+1, err)
		}
	}
	b, err = t.read(off+2+12*n, 4)
	if err != nil || depth > 0 {
		return 0, nil // many writers leave the last word out
	}
	return int64(t.order.Uint32(b)), nil
}

// field is one entry with its bytes.
type field struct {
	tag   uint16
	kind  uint16
	count int64
	order binary.ByteOrder
	val   []byte
}

var kindSize = [...]int64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}

func (t *tiffReader) entry(b []byte, dir string, depth int) error {
	f := field{tag: t.order.Uint16(b), kind: t.order.Uint16(b[2:]), count: int64(t.order.Uint32(b[4:])), order: t.order}
	if f.kind == 0 || int(f.kind) >= len(kindSize) {
		return fmt.Errorf("tag %#04x: type %d is none", f.tag, f.kind)
	}
	size := kindSize[f.kind] * f.count
	t.raw += size
	if t.raw > maxRaw || size > t.at.size {
		t.odd = true
	}
	if size > 4 {
		t.end = max(t.end, int64(t.order.Uint32(b[8:]))+size)
	}
	if sub := subDirectory(dir, f.tag); sub != "" {
		if depth == maxDepth {
			return fmt.Errorf("tag %#04x: more than %d levels", f.tag, maxDepth)
		}
		_, err := t.directory(int64(t.order.Uint32(b[8:])), sub, depth+1)
		return err
	}
	if dir == "IFD1" {
		t.thumbnail(f, b)
		return nil
	}
	if f.tag == 0x927c {
		return t.makerNote(int64(t.order.Uint32(b[8:])), size)
	}
	group, name := fieldName(dir, f.tag)
	if name == "" {
		return nil
	}
	if size > maxText {
		return fmt.Errorf("%s: %d bytes, at most %d are read", name, size, maxText)
	}
	if f.val = b[8 : 8+min(size, 4)]; size > 4 {
		val, err := t.read(int64(t.order.Uint32(b[8:])), size)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		f.val = val
	}
	t.m.add(Own, group, name, f.text(name))
	return nil
}

// makerNote reads the one maker's note that holds the only date of its
// pictures: that of Reconyx trail cameras, which write no EXIF date at all.
func (t *tiffReader) makerNote(off, size int64) error {
	const words = 17
	if size < 2*words {
		return nil
	}
	b, err := t.read(off, 2*words)
	if err != nil {
		return fmt.Errorf("MakerNote: %w", err)
	}
	at := func(i int) uint16 { return t.order.Uint16(b[2*i:]) }
	if at(0) == 0xf101 {
		t.m.add(Own, "Reconyx", "DateTimeOriginal", fmt.Sprintf("%04d:%02d:%02d %02d:%02d:%02d", at(16), at(14), at(15), at(13), at(12), at(11)))
	}
	return nil
}

// thumbnail keeps where the second directory says that its JPEG is.
func (t *tiffReader) thumbnail(f field, b []byte) {
	v := int64(t.order.Uint32(b[8:]))
	switch f.tag {
	case 0x0201:
		t.thumb.off = t.at.off + v
	case 0x0202:
		t.thumb.size = v
	}
}

func subDirectory(dir string, tag uint16) string {
	switch {
	case dir == "IFD0" && tag == 0x8769:
		return "Exif"
	case dir == "IFD0" && tag == 0x8825:
		return "GPS"
	}
	return ""
}

// fieldName names the fields that are kept.
func fieldName(dir string, tag uint16) (group, name string) {
	switch dir {
	case "IFD0", "Exif":
		return "EXIF", exifFields[tag] // some cameras put the one's fields into the other
	case "GPS":
		return "GPS", gpsFields[tag]
	}
	return "", ""
}

var exifFields = map[uint16]string{
	0x010d: "DocumentName", 0x010e: "ImageDescription", 0x010f: "Make", 0x0110: "Model",
	0x0112: "Orientation", 0x0131: "Software", 0x0132: "DateTime", 0x013b: "Artist",
	0x013c: "HostComputer", 0x8298: "Copyright", 0x9213: "ImageHistory",
	0x0100: "ImageWidth", 0x0101: "ImageLength",

	0x9003: "DateTimeOriginal", 0x9004: "DateTimeDigitized",
	0x9010: "OffsetTime", 0x9011: "OffsetTimeOriginal", 0x9012: "OffsetTimeDigitized",
	0x9290: "SubSecTime", 0x9291: "SubSecTimeOriginal", 0x9292: "SubSecTimeDigitized",
	0x9286: "UserComment",
	0xa002: "PixelXDimension", 0xa003: "PixelYDimension", 0xa420: "ImageUniqueID",
	0xa430: "CameraOwnerName", 0xa431: "BodySerialNumber", 0xa434: "LensModel",
}

var gpsFields = map[uint16]string{
	1: "GPSLatitudeRef", 2: "GPSLatitude", 3: "GPSLongitudeRef", 4: "GPSLongitude",
	5: "GPSAltitudeRef", 6: "GPSAltitude", 7: "GPSTimeStamp", 0x10: "GPSImgDirectionRef",
	0x11: "GPSImgDirection", 0x12: "GPSMapDatum", 0x1d: "GPSDateStamp", 0x1f: "GPSHPositioningError",
}

// text writes a value as words: numbers with blanks between them, fractions as
// decimal numbers.
func (f field) text(name string) string {
	if name == "UserComment" {
		return comment(f.val, f.order)
	}
	if f.kind == 2 || f.kind == 7 {
		s, _, _ := strings.Cut(string(f.val), "\x00")
		return s
	}
	size := int(kindSize[f.kind])
	var words []string
	for i := 0; i+size <= len(f.val) && len(words) < 16; i += size {
		words = append(words, f.number(f.val[i:i+size]))
	}
	return strings.Join(words, " ")
}

func (f field) number(b []byte) string {
	switch f.kind {
	case 1:
		return strconv.Itoa(int(b[0]))
	case 6:
		return strconv.Itoa(int(int8(b[0])))
	case 3:
		return strconv.Itoa(int(f.order.Uint16(b)))
	case 8:
		return strconv.Itoa(int(int16(f.order.Uint16(b))))
	case 4:
		return strconv.FormatUint(uint64(f.order.Uint32(b)), 10)
	case 9:
		return strconv.Itoa(int(int32(f.order.Uint32(b))))
	case 5:
		return fraction(float64(f.order.Uint32(b)), float64(f.order.Uint32(b[4:])))
	case 10:
		return fraction(float64(int32(f.order.Uint32(b))), float64(int32(f.order.Uint32(b[4:]))))
	case 11:
		return strconv.FormatFloat(float64(math.Float32frombits(f.order.Uint32(b))), 'g', -1, 32)
	default:
		return strconv.FormatFloat(math.Float64frombits(f.order.Uint64(b)), 'g', -1, 64)
	}
}

func fraction(n, d float64) string {
	if d == 0 {
		return "?"
	}
	return strconv.FormatFloat(n/d, 'g', 15, 64)
}

// comment reads a UserComment, which names its own encoding in eight bytes.
func comment(b []byte, order binary.ByteOrder) string {
	if len(b) < 8 {
		return string(b)
	}
	switch code, rest := string(b[:8]), b[8:]; code {
	case "UNICODE\x00":
		u := make([]uint16, len(rest)/2)
		for i := range u {
			u[i] = order.Uint16(rest[2*i:])
		}
		return string(utf16.Decode(u))
	case "ASCII\x00\x00\x00", "\x00\x00\x00\x00\x00\x00\x00\x00":
		return string(rest)
	default:
		return string(b)
	}
}
