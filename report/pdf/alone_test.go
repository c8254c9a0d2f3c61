package pdf

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"daybook/report/pdf/object"
)

// told is a JPEG with what telephones and programs write into one.
func told(t testing.TB) (plain, told []byte) {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range 64 * 48 {
		m.Set(i%64, i/64, color.RGBA{uint8(i), uint8(i / 7), uint8(i * 3), 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	plain = b.Bytes()
	told = append(told, plain[:2]...)
	for marker, text := range map[byte]string{0xe1: "Exif\x00\x00 secret place", 0xe2: "MPF\x00 secret", 0xed: "Photoshop secret", 0xfe: "secret comment"} {
		told = append(told, 0xff, marker)
		told = append(binary.BigEndian.AppendUint16(told, uint16(len(text)+2)), text...)
	}
	return plain, append(append(told, plain[2:]...), "secret film behind it"...)
}

// A picture on a foreign page is copied as it looks, and without what its own file
// tells, whatever filters lie around it.
func TestPicturesOfForeignPagesTellNothing(t *testing.T) {
	plain, jpegFile := told(t)
	for name, c := range map[string]struct{ filter, data string }{
		"as it is": {"/DCTDecode", string(jpegFile)}, "in figures": {"[/ASCIIHexDecode/DCTDecode]/DecodeParms[null<</ColorTransform 1>>]", hexed(jpegFile) + ">"},
	} {
		out, _, err := printed(foreignFile(
			"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 200]>>",
			"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>", streamOf("", "q 200 0 0 150 0 0 cm /I Do Q"),
			streamOf("/Subtype/Image/Width 64/Height 48/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter"+c.filter, c.data)))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(out, []byte("secret")) || bytes.Contains(out, []byte(hexed([]byte("secret")))) {
			t.Errorf("%s: what the picture's file tells has come along", name)
		}
		if !bytes.Contains(out, plain) {
			t.Errorf("%s: the picture has not", name)
		}
	}
}

func hexed(data []byte) string {
	var out strings.Builder
	for _, b := range data {
		out.WriteString(string("0123456789ABCDEF"[b>>4]) + string("0123456789ABCDEF"[b&15]))
	}
	return out.String()
}

// Boxes of programs are left out of a JPEG 2000, and the picture without a file around
// it stays as it is.
func TestBoxesOfJPEG2000(t *testing.T) {
	box := func(kind, data string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(data)))) + kind + data
	}
	picture := box("jP  ", "\r\n\x87\n") + box("ftyp", "jp2 ") + box("jp2h", "head") + box("jp2c", "codes")
	with := box("jP  ", "\r\n\x87\n") + box("ftyp", "jp2 ") + box("xml ", "secret") + box("jp2h", "head") + box("uuid", "secret") + box("jp2c", "codes") + box("uinf", "secret")
	if got := string(pictureAlone("JPXDecode", []byte(with))); got != picture {
		t.Errorf("%q", got)
	}
	if got := string(pictureAlone("JPXDecode", []byte("\xff\x4f\xff\x51 codes"))); got != "\xff\x4f\xff\x51 codes" {
		t.Errorf("%q", got)
	}
}

// Whatever a file calls a picture, what is kept of it is not longer and is kept whole
// the second time.
func FuzzPictureAlone(f *testing.F) {
	_, jpegFile := told(f)
	f.Add(true, jpegFile)
	f.Add(false, []byte("\x00\x00\x00\x0cjP  \r\n\x87\n\x00\x00\x00\x00xml x"))
	f.Fuzz(func(t *testing.T, isJPEG bool, data []byte) {
		kind := object.Name("JPXDecode")
		if isJPEG {
			kind = "DCTDecode"
		}
		once := pictureAlone(kind, data)
		if len(once) > len(data) || !bytes.Equal(pictureAlone(kind, once), once) {
			t.Errorf("%q: %q", data, once)
		}
	})
}
