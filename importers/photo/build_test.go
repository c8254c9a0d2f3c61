package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
	"time"
)

// The builders write files in code: small, complete, and with exactly the
// metadata that a test is about.

// entry is one TIFF entry; value is a string, a uint16, a uint32, [3]float64
// (rationals of 1/100) or raw bytes (type 7).
type entry struct {
	tag   uint16
	value any
}

// tiffBytes builds a TIFF structure with its Exif and GPS directories.
func tiffBytes(order binary.AppendByteOrder, main, exif, gps []entry) []byte {
	var head []byte
	if order.String() == "LittleEndian" {
		head = append(head, "II"...)
	} else {
		head = append(head, "MM"...)
	}
	head = order.AppendUint16(head, 42)
	head = order.AppendUint32(head, 8)
	n := len(main)
	if exif != nil {
		n++
	}
	if gps != nil {
		n++
	}
	// the directories follow each other, each with its values behind it
	size := func(list []entry, pointers int) (s int) {
		s = 2 + 12*(len(list)+pointers) + 4
		for _, e := range list {
			if _, _, v := encodeValue(order, e.value); len(v) > 4 {
				s += len(v) + len(v)&1
			}
		}
		return s
	}
	mainSize := size(main, n-len(main))
	all := append([]entry{}, main...)
	at := 8 + mainSize
	if exif != nil {
		all = append(all, entry{0x8769, uint32(at)})
		at += size(exif, 0)
	}
	if gps != nil {
		all = append(all, entry{0x8825, uint32(at)})
	}
	out := directory(order, head, all)
	if exif != nil {
		out = directory(order, out, exif)
	}
	if gps != nil {
		out = directory(order, out, gps)
	}
	return out
}

func directory(order binary.AppendByteOrder, out []byte, list []entry) []byte {
	values := len(out) + 2 + 12*len(list) + 4
	var behind []byte
	out = order.AppendUint16(out, uint16(len(list)))
	for _, e := range list {
		kind, count, v := encodeValue(order, e.value)
		out = order.AppendUint16(out, e.tag)
		out = order.AppendUint16(out, kind)
		out = order.AppendUint32(out, count)
		if len(v) <= 4 {
			out = append(out, append(v, make([]byte, 4-len(v))...)...)
			continue
		}
		out = order.AppendUint32(out, uint32(values+len(behind)))
		behind = append(behind, v...)
		if len(v)&1 == 1 {
			behind = append(behind, 0)
		}
	}
	out = order.AppendUint32(out, 0)
	return append(out, behind...)
}

func encodeValue(order binary.AppendByteOrder, value any) (kind uint16, count uint32, b []byte) {
	switch v := value.(type) {
	case string:
		b = append([]byte(v), 0)
		return 2, uint32(len(b)), b
	case uint16:
		return 3, 1, order.AppendUint16(nil, v)
	case uint32:
		return 4, 1, order.AppendUint32(nil, v)
	case [3]float64:
		for _, f := range v {
			b = order.AppendUint32(b, uint32(f*100+0.5))
			b = order.AppendUint32(b, 100)
		}
		return 5, 3, b
	case []byte:
		return 7, uint32(len(v)), v
	}
	panic("no such value")
}

// canvas is a small picture with a white corner, to see which way up it is.
func canvas(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{40, 60, 120, 255}
			if x < w/4 && y < h/4 {
				c = color.RGBA{255, 255, 255, 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func segment(marker byte, body []byte) []byte {
	b := []byte{0xff, marker}
	b = binary.BigEndian.AppendUint16(b, uint16(len(body)+2))
	return append(b, body...)
}

// jpegBytes is a JPEG with an EXIF block (nil: none) and further segments.
func jpegBytes(t testing.TB, img image.Image, exif []byte, more ...[]byte) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	out := append([]byte{}, b.Bytes()[:2]...)
	if exif != nil {
		out = append(out, segment(0xe1, append([]byte(exifHeader), exif...))...)
	}
	for _, m := range more {
		out = append(out, m...)
	}
	return append(out, b.Bytes()[2:]...)
}

func xmp(attributes string) string {
	return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" ` +
		`xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ` + attributes + `/></rdf:RDF></x:xmpmeta>`
}

func chunk(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngBytes is a PNG with further chunks before and behind the picture.
func pngBytes(t testing.TB, img image.Image, before, behind [][]byte) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	const ihdr = 8 + 25
	all := b.Bytes()
	out := append([]byte{}, all[:ihdr]...)
	for _, c := range before {
		out = append(out, c...)
	}
	out = append(out, all[ihdr:len(all)-12]...)
	for _, c := range behind {
		out = append(out, c...)
	}
	return append(out, all[len(all)-12:]...)
}

func packed(s string) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func iTXt(key, text string) []byte {
	return chunk("iTXt", append([]byte(key), "\x00\x00\x00\x00\x00"+text...))
}

// boxBytes is an ISO media box.
func boxBytes(kind string, parts ...[]byte) []byte {
	b := append(make([]byte, 4), kind...)
	for _, p := range parts {
		b = append(b, p...)
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return b
}

func be(n int, v uint64) []byte {
	b := binary.BigEndian.AppendUint64(nil, v)
	return b[8-n:]
}

// movieTime is a movie, track or media header of version 0 or 1.
func movieTime(kind string, version byte, made time.Time, tail int) []byte {
	v := uint64(0)
	if !made.IsZero() {
		v = uint64(made.Sub(epoch1904) / time.Second)
	}
	n := 4
	if version == 1 {
		n = 8
	}
	length := append(be(4, 600), be(n, 600*25)...) // 25 seconds
	return boxBytes(kind, []byte{version, 0, 0, 0}, be(n, v), be(n, v), length, make([]byte, tail))
}

func trackHeader32(made time.Time, w, h uint64) []byte {
	v := uint64(made.Sub(epoch1904) / time.Second)
	return boxBytes("tkhd", []byte{0, 0, 0, 3}, be(4, v), be(4, v), make([]byte, 64), be(4, w<<16), be(4, h<<16))
}

// quickTimeMeta is a meta box of keys and values, as iPhones write it.
func quickTimeMeta(pairs ...string) []byte {
	var keys, values [][]byte
	for i := 0; i < len(pairs); i += 2 {
		keys = append(keys, boxBytes("mdta", []byte(pairs[i])))
		values = append(values, boxBytes(string(be(4, uint64(i/2+1))),
			boxBytes("data", be(4, 1), be(4, 0), []byte(pairs[i+1]))))
	}
	hdlr := boxBytes("hdlr", make([]byte, 8), []byte("mdta"), make([]byte, 13))
	return boxBytes("meta", hdlr,
		boxBytes("keys", be(4, 0), be(4, uint64(len(keys))), bytes.Join(keys, nil)),
		boxBytes("ilst", values...))
}

// heicBytes is a HEIC with its boxes and no picture: the EXIF item lies at the
// end of the file.
func heicBytes(exif []byte, w, h uint64) []byte {
	item := append(be(4, 6), append([]byte(exifHeader), exif...)...)
	ftyp := boxBytes("ftyp", []byte("heic"), be(4, 0), []byte("mif1heic"))
	build := func(off uint64) []byte {
		infe := boxBytes("infe", []byte{2, 0, 0, 0}, be(2, 7), be(2, 0), []byte("Exif"), []byte{0})
		hvc1 := boxBytes("infe", []byte{2, 0, 0, 0}, be(2, 1), be(2, 0), []byte("hvc1"), []byte{0})
		iloc := boxBytes("iloc", []byte{1, 0, 0, 0}, []byte{0x44, 0}, be(2, 1),
			be(2, 7), be(2, 0), be(2, 0), be(2, 1), be(4, off), be(4, uint64(len(item))))
		ispe := boxBytes("ispe", be(4, 0), be(4, w), be(4, h))
		return boxBytes("meta", be(4, 0),
			boxBytes("hdlr", make([]byte, 8), []byte("pict"), make([]byte, 13)),
			boxBytes("pitm", be(4, 0), be(2, 1)),
			boxBytes("iinf", be(4, 0), be(2, 2), hvc1, infe),
			boxBytes("iprp", boxBytes("ipco", ispe)), iloc)
	}
	mdat := boxBytes("mdat", []byte("no picture here"))
	off := uint64(len(ftyp) + len(build(0)) + len(mdat))
	return bytes.Join([][]byte{ftyp, build(off), mdat, item}, nil)
}

func riff(form string, chunks ...[]byte) []byte {
	body := append([]byte(form), bytes.Join(chunks, nil)...)
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)))
	return append(b, body...)
}

func riffPart(kind string, body []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
	b = append(b, body...)
	if len(body)&1 == 1 {
		b = append(b, 0)
	}
	return b
}
