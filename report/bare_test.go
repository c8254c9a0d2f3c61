package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/report/pdf"
	"daybook/timeline"
)

func jpegOf(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 9, 7)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 9, 7))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment puts an application's segment behind a JPEG's first marker.
func segment(jpg []byte, marker byte, data string) []byte {
	s := []byte{0xff, marker, 0, 0}
	binary.BigEndian.PutUint16(s[2:], uint16(len(data)+2))
	return slices.Concat(jpg[:2], s, []byte(data), jpg[2:])
}

// pngChunk puts a chunk behind a PNG's header.
func pngChunk(p []byte, kind, data string) []byte {
	c := append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), kind+data...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return slices.Concat(p[:33], c, p[33:])
}

// riff is a WebP file of chunks.
func riff(chunks ...string) []byte {
	var body []byte
	for _, c := range chunks {
		body = append(body, c[:4]...)
		body = binary.LittleEndian.AppendUint32(body, uint32(len(c)-4))
		body = append(body, c[4:]...)
		if len(c)&1 == 1 {
			body = append(body, 0)
		}
	}
	return slices.Concat([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body)+4)), []byte("WEBP"), body)
}

type exifTag struct {
	tag  uint16
	text string // as text when there is one, or else the number
	n    uint32
}

// exifOf is EXIF of one list of tags, and of a second one behind exifFacts.
func exifOf(order binary.AppendByteOrder, first, second []exifTag, tail string) string {
	head := "MM\x00*"
	if order.AppendUint16(nil, 1)[0] == 1 {
		head = "II*\x00"
	}
	list := func(at int, tags []exifTag, next int) []byte {
		var entries, values []byte
		entries = order.AppendUint16(entries, uint16(len(tags)))
		behind := at + 2 + 12*len(tags) + 4
		for _, t := range tags {
			entries = order.AppendUint16(entries, t.tag)
			switch {
			case t.text == "":
				entries = order.AppendUint32(order.AppendUint32(order.AppendUint16(entries, 4), 1), t.n)
			case len(t.text) < 4:
				entries = append(order.AppendUint32(order.AppendUint16(entries, 2), uint32(len(t.text)+1)), (t.text + "\x00\x00\x00\x00")[:4]...)
			default:
				entries = order.AppendUint32(order.AppendUint32(order.AppendUint16(entries, 2), uint32(len(t.text)+1)), uint32(behind+len(values)))
				values = append(append(values, t.text...), 0)
			}
		}
		return append(order.AppendUint32(entries, uint32(next)), values...)
	}
	out := order.AppendUint32([]byte(head), 8)
	if len(second) > 0 {
		size := len(list(8, append(slices.Clone(first), exifTag{tag: exifFacts}), 0))
		first = append(slices.Clone(first), exifTag{tag: exifFacts, n: uint32(8 + size)})
		out = append(out, list(8, first, 0)...)
		return string(append(out, list(len(out), second, 0)...)) + tail
	}
	return string(append(out, list(8, first, 0)...)) + tail
}

func profile(name string, more ...string) string {
	parts := append([]string{"desc"}, more...)
	desc := "desc\x00\x00\x00\x00" + string(binary.BigEndian.AppendUint32(nil, uint32(len(name)+1))) + name + "\x00"
	p := binary.BigEndian.AppendUint32(make([]byte, 128), uint32(len(parts)))
	for _, part := range parts {
		p = append(p, part...)
		p = binary.BigEndian.AppendUint32(p, uint32(132+12*len(parts)))
		p = binary.BigEndian.AppendUint32(p, uint32(len(desc)))
	}
	return string(p) + desc
}

func xmp(inner string) string {
	return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 6.0.0"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/">` + inner + `</rdf:Description></rdf:RDF></x:xmpmeta>`
}

const screenshot = `<exif:PixelXDimension>1170</exif:PixelXDimension><exif:UserComment><rdf:Alt><rdf:li xml:lang="x-default">Screenshot</rdf:li></rdf:Alt></exif:UserComment>`

// What stands beside a picture decides whether its file may go where the
// picture goes.
func TestBare(t *testing.T) {
	jpg, p := jpegOf(t), pngOf(t)
	const exif, adobe = "Exif\x00\x00", "http://ns.adobe.com/xap/1.0/\x00"
	taken := []exifTag{{tag: 0x0112, n: 6}, {tag: 0x0132, text: "2025:07:18 20:10:31"}}
	shot := []exifTag{{tag: 0x9003, text: "2025:07:18 20:10:31"}, {tag: 0x9011, text: "+01:00"}, {tag: exifComment, text: "Screenshot"}, {tag: 0x9291, text: "123"}}
	little, big := binary.LittleEndian, binary.BigEndian
	for _, c := range []struct {
		name, kind string
		data       []byte
		want       bool
	}{
		{"a plain JPEG", "image/jpeg", jpg, true},
		{"with the JFIF header", "image/jpeg", segment(jpg, 0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), true},
		{"with a small picture in it", "image/jpeg", segment(jpg, 0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01rgb"), false},
		{"with a comment", "image/jpeg", segment(jpg, 0xfe, "9 Oak Lane"), false},
		{"with notes of a program", "image/jpeg", segment(jpg, 0xed, "Photoshop 3.0\x00"), false},
		{"behind its end", "image/jpeg", slices.Concat(jpg, []byte("ftyp film")), false},
		{"cut off", "image/jpeg", jpg[:len(jpg)-2], false},
		{"nothing", "image/jpeg", nil, false},
		{"of another kind", "image/png", jpg, false},
		{"of a kind that is not known", "image/heic", jpg, false},
		{"a time", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(little, taken, shot, "")), true},
		{"a time, the other way round", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(big, taken, shot, "")), true},
		{"a camera", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(big, append(taken, exifTag{tag: 0x0110, text: "iPhone 12"}), shot, "")), false},
		{"a place", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(big, append(taken, exifTag{tag: 0x8825, n: 8}), nil, "")), false},
		{"a serial number", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(big, taken, append(shot, exifTag{tag: 0xa431, text: "X123"}), "")), false},
		{"words for a time", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(big, []exifTag{{tag: 0x0132, text: "9 Oak Lane, Leeds"}}, nil, "")), false},
		{"words of a person", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(big, taken, []exifTag{{tag: exifComment, text: "my flat"}}, "")), false},
		{"what a tag left behind", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(big, taken, nil, "51 30 N")), false},
		{"tags that lead round", "image/jpeg", segment(jpg, 0xe1, exif+exifOf(big, []exifTag{{tag: exifFacts, n: 8}}, nil, "")), false},
		{"a screenshot's XMP", "image/jpeg", segment(jpg, 0xe1, adobe+xmp(screenshot)), true},
		{"a place in XMP", "image/jpeg", segment(jpg, 0xe1, adobe+xmp(`<exif:GPSLatitude>51,30.0N</exif:GPSLatitude>`)), false},
		{"a place as an attribute", "image/jpeg", segment(jpg, 0xe1, adobe+xmp(`<rdf:li exif:GPSLatitude="51"/>`)), false},
		{"words in XMP", "image/jpeg", segment(jpg, 0xe1, adobe+xmp(`<exif:UserComment>my flat</exif:UserComment>`)), false},
		{"a comment in XMP", "image/jpeg", segment(jpg, 0xe1, adobe+xmp(`<!-- my flat -->`)), false},
		{"everybody's colours", "image/jpeg", segment(jpg, 0xe2, "ICC_PROFILE\x00\x01\x01"+profile("sRGB IEC61966-2.1", "wtpt")), true},
		{"colours of somebody's screen", "image/jpeg", segment(jpg, 0xe2, "ICC_PROFILE\x00\x01\x01"+profile("Maya's screen")), false},
		{"the maker of the screen", "image/jpeg", segment(jpg, 0xe2, "ICC_PROFILE\x00\x01\x01"+profile("Display P3", "mmod")), false},
		{"a plain PNG", "image/png", p, true},
		{"a time", "image/png", pngChunk(p, "eXIf", exifOf(little, taken, shot, "")), true},
		{"a screenshot", "image/png", pngChunk(pngChunk(p, "iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp(screenshot)), "iDOT", "\x00\x00\x00\x02"), true},
		{"words", "image/png", pngChunk(p, "tEXt", "Author\x00Maya"), false},
		{"an unknown part", "image/png", pngChunk(p, "gLoc", "51 30"), false},
		{"a length that cannot be", "image/png", pngChunk(p[:33], "eXIf", "")[:37], false},
		{"behind its end", "image/png", append(slices.Clone(p), 0), false},
		{"cut off", "image/png", p[:len(p)-4], false},
		{"a plain WebP", "image/webp", riff("VP8 abc"), true},
		{"a time", "image/webp", riff("VP8Xabcdefghij", "VP8 ab", "EXIF"+exifOf(little, taken, nil, "")), true},
		{"a sticker's maker", "image/webp", riff("VP8 ab", "EXIF"+exifOf(little, []exifTag{{tag: 0x5741, text: "sticker-pack"}}, nil, "")), false},
		{"a part longer than the file", "image/webp", riff("VP8 ab")[:20], false},
	} {
		got, err := bare(bytes.NewReader(c.data), c.kind)
		if err != nil || got != c.want {
			t.Errorf("%s, %s: %v, %v; want %v", c.kind, c.name, got, err, c.want)
		}
	}
}

// A file that holds its picture alone does so to its last byte.
func FuzzBare(f *testing.F) {
	kinds := []string{"image/jpeg", "image/png", "image/webp"}
	f.Add(uint8(0), jpegOf(f))
	f.Add(uint8(0), segment(jpegOf(f), 0xe1, "Exif\x00\x00"+exifOf(binary.BigEndian, []exifTag{{tag: 0x0132, text: "2025:07:18 20:10:31"}}, nil, "")))
	f.Add(uint8(0), segment(jpegOf(f), 0xe2, "ICC_PROFILE\x00\x01\x01"+profile("sRGB")))
	f.Add(uint8(1), pngChunk(pngOf(f), "iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp(screenshot)))
	f.Add(uint8(2), riff("VP8 abc"))
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		mt := kinds[int(kind)%len(kinds)]
		ok, err := bare(bytes.NewReader(data), mt)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return
		}
		for _, other := range [][]byte{append(slices.Clone(data), 0), data[:len(data)-1]} {
			if ok, err := bare(bytes.NewReader(other), mt); ok || err != nil {
				t.Fatalf("%d bytes of %d are the picture alone: %v", len(other), len(data), err)
			}
		}
	})
}

// boxedPDF is a page on which a black box lies over words.
func boxedPDF(words string) string {
	page := "BT /F 14 Tf 72 700 Td (" + words + ") Tj ET 0 g 60 690 300 40 re f\n"
	return fmt.Sprintf("%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>\nendobj\n"+
		"3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length %d>>\nstream\n%sendstream\nendobj\n"+
		"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\ntrailer\n<</Root 1 0 R>>\n", len(page), page)
}

// Whoever reads a served pack can compare the file of a picture with the sum
// that stands beside it; a file that tells more than the picture stays out, and
// the pack says which and why. What is asked for is there.
func TestServedPackHoldsWhatItShows(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	add := func(name, mt, data string, e timeline.Event) evidence.Item {
		p := must(batch.Add(ctx, strings.NewReader(data), evidence.Provenance{Name: name, Path: name, Type: mt, Size: -1, How: "file"}))(t)
		item := atOnce(t, batch, p)
		r := w.Read(item, "file", 1, nil)
		e.When, e.Source = at(t, "2024-08-01 10:00"), timeline.Pinpoint{Record: "file"}
		event(t, r, e)
		closeReading(t, r)
		return item
	}
	secret := string(segment(jpegOf(t), 0xfe, "9 Oak Lane"))
	shot := add("shot.jpg", "image/jpeg", string(jpegOf(t)), timeline.Event{Kind: timeline.Shot, Extra: timeline.FactsOf("camera", "none")})
	photo := add("door.jpg", "image/jpeg", secret, timeline.Event{Kind: timeline.Photo})
	var pages bytes.Buffer
	d := must(pdf.New(&pages, pdf.Options{Title: "Order"}))(t)
	d.Paragraph(pdf.Body, pdf.Run{Text: "first"})
	d.PageBreak()
	d.Paragraph(pdf.Body, pdf.Run{Text: "second"})
	must(d.Close())(t)
	order := add("order.pdf", "application/pdf", pages.String(), timeline.Event{Kind: timeline.Document, Extra: timeline.FactsOf("author", "Maya")})
	boxed := add("boxed.pdf", "application/pdf", boxedPDF("9 Quarry Lane"), timeline.Event{Kind: timeline.Document})
	film := add("door.mp4", "video/mp4", "a film", timeline.Event{Kind: timeline.Video, Place: timeline.Place{Lat: 51, Lon: 1, Fix: true}})
	sound := add("call.mp3", "audio/mpeg", "ID3 a sound", timeline.Event{Kind: timeline.Audio})
	strange := add("camera.dav", "application/octet-stream", "DHAV", timeline.Event{Kind: timeline.Video})
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	heard := timeline.Recording{Original: sound.Hash, Engine: "ffmpeg 5.1.9", Length: time.Second, Sound: true, Level: []int8{-9, 0}}
	if err := errors.Join(k.x.KeepRecording(filmed(t, film.Hash, film.Number)), k.x.KeepRecording(heard)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		show    []Detail
		reasons map[int64]string // none: the file is there
	}{
		{nil, map[int64]string{photo.Number: sayWithheldBeside, order.Number: sayWithheldMeta, boxed.Number: sayWithheldMeta, film.Number: sayWithheldMeta, sound.Number: sayWithheldMeta, strange.Number: sayWithheldMeta}},
		{[]Detail{ShowMetadata}, map[int64]string{order.Number: sayWithheldMeta, boxed.Number: sayWithheldMeta, film.Number: sayWithheldMeta, sound.Number: sayWithheldMeta, strange.Number: sayWithheldMeta}},
		{[]Detail{ShowDocuments}, map[int64]string{photo.Number: sayWithheldBeside, order.Number: sayWithheldPDF, boxed.Number: sayWithheldUnseen, film.Number: sayWithheldStreams, sound.Number: sayWithheldStreams, strange.Number: sayWithheldStreams}},
		{[]Detail{ShowDocuments, ShowMetadata}, map[int64]string{boxed.Number: sayWithheldUnseen}},
	} {
		b := k.planned(t, Served, func(s *Selection) { s.Show = c.show })
		dir := filepath.Join(t.TempDir(), "b")
		if err := b.Write(ctx, dir, WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		if v := verdict(t, dir); !v.OK() {
			t.Error(v.Problems)
		}
		tree := readTree(t, dir)
		if got, want := countShown(b.Told.Shows), countHeld(t, dir, tree); !maps.Equal(got, want) {
			t.Errorf("show %v: the list says %v, in the pack are %v", c.show, got, want)
		}
		for _, item := range []evidence.Item{shot, photo, order, boxed, film, sound, strange} {
			e, ok := b.exhibit(item.Number)
			if unseen := e.Withheld == sayWithheldUnseen; unseen && (e.Show == ShowPages || !slices.Equal(b.Told.Unseen, []string{e.Label + " boxed.pdf"})) {
				t.Errorf("show %v: of %s is shown %v; told: %q", c.show, item.Name, e.Show, b.Told.Unseen)
			}
			if why := c.reasons[item.Number]; !ok || e.Withheld != why || (e.File == "") != (why != "") {
				t.Errorf("show %v, %s: %q in %q, want %q", c.show, item.Name, e.Withheld, e.File, why)
			}
			if e.File != "" && evidence.Hash(sha256.Sum256(tree[e.File])) != item.Hash {
				t.Errorf("%s is not the original of %s", e.File, item.Name)
			}
			if e.Withheld != "" && !strings.Contains(string(tree["data/exhibits.csv"]), e.Withheld) {
				t.Errorf("the list does not say why %s is not there", item.Name)
			}
		}
		for name, data := range tree {
			if in, _ := filepath.Match("data/originals/*", name); in && len(c.show) == 0 && bytes.Contains(data, []byte("9 Oak Lane")) {
				t.Errorf("%s holds what the pack withholds", name)
			}
		}
	}
	if b := k.planned(t, Full, unchanged); len(b.Told.Unseen) != 1 {
		t.Errorf("of a full pack is told: %q", b.Told.Unseen)
	}
}
