package photo

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// counting counts what is read of a file that is mostly made up.
type counting struct {
	head []byte
	size int64
	read int64
}

func (c *counting) ReadAt(p []byte, off int64) (int, error) {
	if off >= c.size {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), c.size-off))
	clear(p[:n])
	if off < int64(len(c.head)) {
		copy(p[:n], c.head[off:])
	}
	c.read += int64(n)
	var err error
	if n < len(p) {
		err = io.EOF
	}
	return n, err
}

func localMetadata(t testing.TB, b []byte) Metadata {
	t.Helper()
	m, err := Local{}.Metadata(context.Background(), "x", nil, bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// ifds builds EXIF whose directories point where next says.
func ifds(offsets ...uint32) []byte {
	b := []byte("MM\x00*")
	b = binary.BigEndian.AppendUint32(b, 8)
	for _, next := range offsets {
		b = binary.BigEndian.AppendUint16(b, 0)
		b = binary.BigEndian.AppendUint32(b, next)
	}
	return b
}

func bigCount(kind uint16, count uint32) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x01")
	b = binary.BigEndian.AppendUint16(b, 0x0132)
	b = binary.BigEndian.AppendUint16(b, kind)
	b = binary.BigEndian.AppendUint32(b, count)
	return append(b, 0, 0, 0, 8, 0, 0, 0, 0)
}

// TestHostile: each of these is read to a note, without its announced sizes
// being believed.
func TestHostile(t *testing.T) {
	wrap := func(exif []byte) []byte { return jpegBytes(t, canvas(16, 12), exif) }
	manyEntries := append([]byte("MM\x00*\x00\x00\x00\x08\xff\xff"), make([]byte, 60_000)...)
	var deep []byte
	for range 40 {
		deep = boxBytes("udta", deep)
	}
	for name, c := range map[string]struct {
		data []byte
		note string
	}{
		"a directory that leads to itself":    {wrap(ifds(8)), "leads back"},
		"two directories that lead in turn":   {wrap(ifds(14, 8)), "leads back"},
		"more directories than there can be":  {wrap(ifds(14, 20, 26, 32, 38, 44, 50, 56, 62, 0)), "more than 8 directories"},
		"65,535 entries":                      {wrap(manyEntries), "65535 entries"},
		"a text of four gigabytes":            {wrap(bigCount(2, 0xffffffff)), "at most 4096 are read"},
		"four billion fractions":              {wrap(bigCount(5, 0xfffffffe)), "at most 4096 are read"},
		"a type that is none":                 {wrap(bigCount(99, 1)), "type 99 is none"},
		"a HEIC item beyond the file":         {heicBytes(nil, 1<<30, 1<<30)[:200], "ends too early"},
		"a movie that holds itself very deep": {bytes.Join([][]byte{boxBytes("ftyp", []byte("isom"), be(4, 0)), boxBytes("moov", deep)}, nil), "more than 8 levels"},
		"a box of no size":                    {bytes.Join([][]byte{boxBytes("ftyp", []byte("isom"), be(4, 0)), be(4, 4), []byte("moov")}, nil), "a box of 4 bytes"},
		"a box of 2^63 bytes":                 {bytes.Join([][]byte{boxBytes("ftyp", []byte("isom"), be(4, 0)), be(4, 1), []byte("moov"), be(8, 1<<63)}, nil), "ends too early"},
		"a text that unpacks to a gigabyte":   {pngBytes(t, canvas(4, 4), [][]byte{chunk("zTXt", append([]byte("Comment\x00\x00"), packed(strings.Repeat("a", 1<<22))...))}, nil), "unpacks to more"},
		"a chunk of four gigabytes":           {append([]byte(pngSignature), 0xff, 0xff, 0xff, 0xff, 't', 'E', 'X', 't'), "ends too early"},
		"XMP that is no XML":                  {pngBytes(t, canvas(4, 4), [][]byte{iTXt(xmpKeyword, strings.Repeat("<a>", 10_000))}, nil), "XMP"},
	} {
		m := localMetadata(t, c.data)
		if !strings.Contains(strings.Join(m.Notes, "\n"), c.note) {
			t.Errorf("%s: notes %q, want %q among them", name, m.Notes, c.note)
		}
	}
}

// TestLittleIsRead: of a film of 200 GB with its index at the end, and of a
// picture of whatever size, no more is read than the budget of each reader.
func TestLittleIsRead(t *testing.T) {
	const readers = 3
	index := boxBytes("moov", movieTime("mvhd", 0, epoch1904.AddDate(120, 0, 0), 80))
	film := append(boxBytes("ftyp", []byte("isom"), be(4, 0)), be(4, 1)...)
	film = append(append(film, "mdat"...), be(8, 200<<30)...)
	for name, head := range map[string][]byte{
		"film":  film,
		"jpeg":  jpegBytes(t, canvas(16, 12), tiffBytes(binary.BigEndian, nil, []entry{{0x9003, "2024:01:05 14:03:22"}}, nil)),
		"png":   pngBytes(t, canvas(16, 12), nil, nil),
		"heic":  heicBytes(nil, 10, 10),
		"tiff":  append(ifds(0), make([]byte, 100)...),
		"many":  append(append([]byte{}, pngSignature...), bytes.Repeat(chunk("tEXt", append([]byte("a\x00"), make([]byte, 60_000)...)), 100)...),
		"boxes": append(boxBytes("ftyp", []byte("isom"), be(4, 0)), bytes.Repeat(boxBytes("free"), 100_000)...),
	} {
		at := &counting{head: head, size: 300 << 30}
		m, err := Local{}.Metadata(context.Background(), name, nil, at, at.size)
		if err != nil {
			t.Fatal(err)
		}
		if at.read > readers*maxProbe+64<<10 {
			t.Errorf("%s: %d bytes read", name, at.read)
		}
		if m.Format == "" {
			t.Errorf("%s: not known", name)
		}
	}
	at := &counting{head: film, size: int64(len(film)-16) + 200<<30 + int64(len(index))}
	tail := tailed{at, index}
	m, err := Local{}.Metadata(context.Background(), "film", nil, tail, at.size)
	if err != nil || m.Get(Own, "movie", "mvhd creation time") == "" || at.read > 10_000 {
		t.Errorf("the index at the end: %+v, %v, %d bytes read", m, err, at.read)
	}
}

// TestLargeScreenshot: a picture of many chunks is walked to the text behind
// it, and nothing is noted that nobody can use.
func TestLargeScreenshot(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 450, 450))
	noise := rand.NewChaCha8([32]byte{1})
	if _, err := noise.Read(img.Pix); err != nil {
		t.Fatal(err)
	}
	b := finer(pngBytes(t, img, [][]byte{chunk("eXIf", tiffBytes(binary.BigEndian, nil, []entry{{0x9003, "2024:01:05 14:03:22"}}, nil))},
		[][]byte{chunk("tEXt", []byte("Software\x00Screenshot"))}))
	if n := bytes.Count(b, []byte("IDAT")); n < 300 {
		t.Fatalf("only %d chunks", n)
	}
	m := localMetadata(t, b)
	if m.Get(Own, "PNG", "Software") != "Screenshot" || m.Get(Imagemeta, "EXIF", "DateTimeOriginal") == "" || len(m.Notes) > 0 || m.Cut {
		t.Errorf("%+v", m)
	}
}

// finer splits the picture's chunks into such of 2 KiB.
func finer(b []byte) []byte {
	out := append([]byte{}, b[:len(pngSignature)]...)
	for at := len(pngSignature); at < len(b); {
		size := int(be32(b[at:]))
		body := b[at+8 : at+8+size]
		for string(b[at+4:at+8]) == "IDAT" && len(body) > 2<<10 {
			out = append(out, chunk("IDAT", body[:2<<10])...)
			body = body[2<<10:]
		}
		out = append(out, chunk(string(b[at+4:at+8]), body)...)
		at += 12 + size
	}
	return out
}

// tailed puts bytes at the end of a made-up file.
type tailed struct {
	*counting
	tail []byte
}

func (f tailed) ReadAt(p []byte, off int64) (int, error) {
	if at := off - (f.size - int64(len(f.tail))); at >= 0 && at < int64(len(f.tail)) {
		f.read += int64(len(p))
		return copy(p, f.tail[at:]), nil
	}
	return f.counting.ReadAt(p, off)
}

func FuzzMetadata(f *testing.F) {
	for _, b := range sampleFiles(f) {
		f.Add(b)
	}
	f.Add(jpegBytes(f, canvas(8, 8), ifds(14, 8)))
	f.Fuzz(func(t *testing.T, b []byte) {
		at := &counting{head: b, size: int64(len(b))}
		m, err := Local{}.Metadata(context.Background(), "x", nil, at, at.size)
		if err != nil {
			t.Fatal(err)
		}
		if at.read > 3*maxProbe+64<<10 {
			t.Errorf("%d bytes read of %d", at.read, len(b))
		}
		if len(m.Values) > maxValues || len(m.Notes) > maxNotes {
			t.Errorf("%d values, %d notes", len(m.Values), len(m.Notes))
		}
		for _, n := range m.Notes {
			if strings.Contains(n, "daybook stopped with a fault") {
				t.Error(n)
			}
		}
		for _, v := range m.Values {
			if v.Text == "" || len(v.Text) > maxText || v.Text != clean(v.Text) {
				t.Errorf("%+v", v)
			}
		}
	})
}

// FuzzUnpack: what a worker sends is read to the same or refused.
func FuzzUnpack(f *testing.F) {
	for _, b := range sampleFiles(f) {
		f.Add(localMetadata(f, b).pack())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := unpack(b)
		if err != nil {
			return
		}
		again, err := unpack(m.pack())
		if err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("%v: %+v, %+v", err, again, m)
		}
	})
}
