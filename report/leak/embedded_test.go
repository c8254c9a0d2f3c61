package leak

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"daybook/report/pdf"
)

// A picture on a page of the program's own is named with each page that shows it, and read
// once with its file, however both are packed; one as small as a sign, and a
// code to scan, are not read.
func TestPicturesAreNamedWithTheirPages(t *testing.T) {
	grey, clear := image.NewGray(image.Rect(0, 0, 300, 300)), image.NewNRGBA(image.Rect(0, 0, 300, 300))
	for i := range grey.Pix {
		grey.Pix[i] = byte(i / 300)
		clear.Set(i%300, i/300, color.NRGBA{R: byte(i / 300), A: 255})
	}
	clear.Set(0, 0, color.NRGBA{})
	packed := func(img image.Image) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	code := image.NewGray(image.Rect(0, 0, 200, 200))
	for i := range 70 {
		code.Pix[i*500] = 255
	}
	small := packed(image.NewGray(image.Rect(0, 0, 40, 40)))
	var b bytes.Buffer
	d, err := pdf.New(&b, pdf.Options{Title: "t", Lang: "en-GB", Created: time.Unix(0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{small, packed(grey), packed(clear), packed(grey), packed(code)} {
		d.Image(pdf.Picture{Data: data, Alt: "p"})
		d.PageBreak()
	}
	d.Paragraph(pdf.Body, pdf.Run{Text: "end"})
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	read := 0
	o := Options{Reader: "eyes", Read: func(context.Context, string, []byte) (string, error) {
		read++
		return "at 12 High Street", nil
	}}
	l, err := Look(t.Context(), fstest.MapFS{"a.pdf": {Data: b.Bytes()}, "b.png": {Data: packed(grey)}, "c.png": {Data: packed(clear)}}, []Secret{{Text: "12 High Street"}}, o)
	if err != nil || len(l.Findings) != 1 {
		t.Fatalf("%+v, %v", l, err)
	}
	var places []string
	for _, p := range l.Findings[0].Places {
		places = append(places, strings.TrimSuffix(p.String(), ", as read by eyes"))
	}
	if got, want := fmt.Sprintf("%q", places), fmt.Sprintf("%q", []string{"a.pdf, page 2, in a picture", "a.pdf, page 3, in a picture", "a.pdf, page 4, in a picture", "b.png, in the picture", "c.png, in the picture"}); got != want || l.Findings[0].Times != 5 {
		t.Errorf("%s, %d times; want %s", got, l.Findings[0].Times, want)
	}
	if read != 2 || l.Pictures != 2 || len(l.Unread) > 0 {
		t.Errorf("read %d times: %+v", read, l)
	}
}
