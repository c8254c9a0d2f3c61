package sample

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// fix is a place for a photo's GPS tags.
type fix struct{ lat, lon float64 }

// picture draws a plain scene with its caption and gives it as a JPEG without
// metadata; with a fix it gets the EXIF of a phone's camera.
func (w *writer) picture(caption string, taken time.Time, at *fix) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, 960, 720))
	for y := range 720 {
		for x := range 960 {
			v := uint8((x*7+y*3+w.rand.IntN(24))%90 + y/8)
			img.Set(x, y, color.RGBA{v, v / 2 * 2, uint8(int(v)*4/5 + 20), 255})
		}
	}
	if err := write(img, 40, 660, 34, color.White, caption+" (fictional)"); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 82}); err != nil {
		return nil, err
	}
	if at == nil {
		return b.Bytes(), nil
	}
	return withEXIF(b.Bytes(), taken, *at), nil
}

// write puts a line of text on a picture.
func write(img draw.Image, x, y int, size float64, c color.Color, text string) error {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return err
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		return err
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
	return face.Close()
}

// withEXIF puts an EXIF segment behind a JPEG's first marker: make, model,
// original time with its offset, and the position.
func withEXIF(jpg []byte, taken time.Time, at fix) []byte {
	t := newTIFF()
	t.ifd(ifd0, tag{0x010F, ascii("Fairphone")}, tag{0x0110, ascii("FP5")}, tag{0x0131, ascii("Camera 2.1")}, tag{0x0132, ascii(taken.Format("2006:01:02 15:04:05"))})
	t.ifd(exifIFD, tag{0x9003, ascii(taken.Format("2006:01:02 15:04:05"))}, tag{0x9004, ascii(taken.Format("2006:01:02 15:04:05"))},
		tag{0x9010, ascii(taken.Format("-07:00"))}, tag{0x9011, ascii(taken.Format("-07:00"))}, tag{0x9012, ascii(taken.Format("-07:00"))}, tag{0x9291, ascii("250")})
	ref := func(v float64, plus, minus string) value {
		if v < 0 {
			return ascii(minus)
		}
		return ascii(plus)
	}
	t.ifd(gpsIFD, tag{0x0001, ref(at.lat, "N", "S")}, tag{0x0002, degrees(at.lat)}, tag{0x0003, ref(at.lon, "E", "W")}, tag{0x0004, degrees(at.lon)})
	body := append([]byte("Exif\x00\x00"), t.bytes()...)
	seg := []byte{0xFF, 0xE1, 0, 0}
	binary.BigEndian.PutUint16(seg[2:], uint16(len(body)+2))
	return append(append(append([]byte{}, jpg[:2]...), append(seg, body...)...), jpg[2:]...)
}

// photos writes what Maya photographed: things left at the door, a car, a lock.
func (w *writer) photos() error {
	scenes := []struct{ day, clock, caption string }{
		{"2025-06-22", "08:01:12", "flowers on the step"}, {"2025-07-09", "07:55:40", "a note under the wiper"},
		{"2025-08-02", "18:20:05", "a grey car opposite"}, {"2025-08-24", "08:30:00", "side gate open"},
		{"2025-09-03", "19:02:51", "a grey car opposite, again"}, {"2025-09-14", "10:10:10", "the new lock"},
		{"2025-09-30", "21:47:33", "a parcel with no sender"}, {"2025-10-11", "17:40:02", "platform 3"},
		{"2025-10-26", "00:31:15", "the bell at night"}, {"2025-11-09", "16:05:21", "scratches on the door"},
	}
	for i, s := range scenes {
		taken := w.at(s.day, s.clock)
		name := fmt.Sprintf("photos/PXL_%s.jpg", taken.UTC().Format("20060102_150405000"))
		if i%2 == 1 {
			name = fmt.Sprintf("photos/DSC_%04d.jpg", 400+i)
		}
		data, err := w.picture(s.caption, taken, &fix{53.7997 + float64(i)/1000, -1.5492})
		if err != nil {
			return err
		}
		if err := w.file(name, data, w.at("2025-11-25", "09:10:00")); err != nil {
			return err
		}
		taken = taken.Add(250 * time.Millisecond)
		w.add(Record{File: name, Kind: "photo", UTC: taken.UTC(), Local: taken.Format(stamp), Files: []File{{Name: name}}})
	}
	return nil
}

// The size of a screenshot.
const shotWide, shotHigh = 540, 960

// screenshots writes what a phone's screen showed, under the name that an
// Android phone gives: a local time and the app.
func (w *writer) screenshots() error {
	shots := []struct {
		day, clock, app string
		lines           []string
	}{
		{"2025-07-18", "20:10:31", "WhatsApp", []string{"Dan R", "20:05  Dan, I am asking you clearly: stop contacting me.", "20:06  Fine."}},
		{"2025-08-09", "23:10:02", "WhatsApp", []string{"Dan R", "23:02  you said it yourself look", "[09/08/2025, 22:58:11] Maya Kowalska:", "come over I miss you"}},
		{"2025-08-23", "23:20:45", "Phone", []string{"Missed calls (17)", "No caller ID", "22:10 to 23:05"}},
		{"2025-09-20", "12:00:09", "Instagram", []string{"new follower: quiet.watcher.417", "0 posts"}},
		{"2025-10-04", "09:15:27", "Messages", []string{"+44 7700 900662", "see what I see", "[picture]"}},
		{"2025-11-08", "07:05:55", "Mail", []string{"Dan Reed", "A photo of our street", "So you know I have not forgotten."}},
	}
	for _, s := range shots {
		at := w.at(s.day, s.clock)
		img := image.NewRGBA(image.Rect(0, 0, shotWide, shotHigh))
		draw.Draw(img, img.Bounds(), image.NewUniform(color.RGBA{236, 229, 221, 255}), image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(0, 0, shotWide, 90), image.NewUniform(color.RGBA{20, 90, 84, 255}), image.Point{}, draw.Src)
		for i, l := range s.lines {
			c, y := color.Color(color.Black), 160+i*70
			if i == 0 {
				c, y = color.White, 58
			}
			if err := write(img, 24, y, 19, c, l); err != nil {
				return err
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			return err
		}
		name := fmt.Sprintf("screenshots/Screenshot_%s_%s.png", at.Format("20060102-150405"), s.app)
		if err := w.file(name, b.Bytes(), w.at("2025-11-25", "09:12:00")); err != nil {
			return err
		}
		w.add(Record{File: name, Kind: "shot", UTC: at.UTC(), Local: at.Format(stamp), Files: []File{{Name: name}}})
	}
	return nil
}
