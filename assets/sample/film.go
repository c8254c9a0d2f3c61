package sample

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"time"
)

// The doorbell's film: so many frames a second for so many seconds.
const (
	filmWide, filmHigh = 160, 120
	filmRate           = 3
	filmSeconds        = 3
)

// doorbell writes a clip of a doorbell camera, with its clock in the picture and in the
// container, under the camera's own kind of name.
func (w *writer) doorbell() error {
	at := w.at("2025-10-26", "00:29:40")
	var frames [][]byte
	for n := range filmRate * filmSeconds {
		f, err := doorstep(n, at.Add(time.Duration(n)*time.Second/filmRate))
		if err != nil {
			return err
		}
		frames = append(frames, f)
	}
	name := "doorbell/Ring_FrontDoor_202510260029.mp4"
	shown := at.Truncate(time.Minute) // the camera's name for it is the better clock: downloads rewrite the container's
	w.add(Record{File: name, Kind: "video", UTC: shown.UTC(), Local: shown.Format(stamp), Files: []File{{Name: name}}})
	return w.file(name, movie(at, frames), w.at("2025-11-25", "09:15:00"))
}

// doorstep draws what the camera sees: a step at night under a lamp, and somebody who
// comes nearer from frame to frame.
func doorstep(n int, at time.Time) ([]byte, error) {
	m := image.NewRGBA(image.Rect(0, 0, filmWide, filmHigh))
	near := float64(n) / (filmRate*filmSeconds - 1)
	x, head, body := 30+55*near, 5+11*near, 9+22*near // of the figure, in pixels
	y := 62 - 8*near
	for py := range filmHigh {
		for px := range filmWide {
			lamp := 180 - (px-118)*(px-118)/28 - (py-24)*(py-24)/22
			light := max(18, min(235, 26+max(0, lamp)+py/5))
			c := color.RGBA{uint8(light), uint8(light * 9 / 10), uint8(max(30, light*6/10)), 255}
			dx, dy := float64(px)-x, float64(py)-y
			if dx*dx+dy*dy < head*head || dy > head*0.8 && dx*dx < body*body*min(1, (dy-head*0.8)/head+0.4) {
				c = color.RGBA{14, 14, 20, 255}
			}
			m.SetRGBA(px, py, c)
		}
	}
	if err := write(m, 4, 114, 8, color.White, "Front door "+at.Format("2006-01-02 15:04:05")+" (fictional)"); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 60})
	return b.Bytes(), err
}

// movie packs JPEGs as the film of an MP4, all shown for the same time.
func movie(made time.Time, frames [][]byte) []byte {
	since := uint32(made.Sub(time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)) / time.Second)
	n := uint32(len(frames))
	long := n * 1000 / filmRate // thousandths of a second
	var sizes []uint32
	for _, f := range frames {
		sizes = append(sizes, uint32(len(f)))
	}
	matrix := []uint32{0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000}
	kind := box("ftyp", []byte("isom\x00\x00\x02\x00isommp41"))
	moov := func(first uint32) []byte {
		head := [...][]byte{
			numbers([]uint32{0, since, since, 1000, long, 0x10000, 0x01000000, 0, 0}, matrix, make([]uint32, 6), []uint32{2}),
			numbers([]uint32{7, since, since, 1, 0, long, 0, 0, 0, 0}, matrix, []uint32{filmWide << 16, filmHigh << 16}),
			numbers([]uint32{0, since, since, filmRate, n, 0x55C40000}), // in the language “undetermined”
		}
		picture := append(numbers([]uint32{0, 1, 0, 0, 0, 0, filmWide<<16 | filmHigh, 72 << 16, 72 << 16, 0, 1 << 16}, make([]uint32, 7)), 0, 0, 0, 24, 0xFF, 0xFF)
		table := box("stbl", bytes.Join([][]byte{
			box("stsd", append(numbers([]uint32{0, 1}), box("jpeg", picture)...)),
			box("stts", numbers([]uint32{0, 1, n, 1})),
			box("stsc", numbers([]uint32{0, 1, 1, n, 1})),
			box("stsz", numbers([]uint32{0, 0, n}, sizes)),
			box("stco", numbers([]uint32{0, 1, first})),
		}, nil))
		self := box("dinf", box("dref", append(numbers([]uint32{0, 1}), box("url ", numbers([]uint32{1}))...)))
		media := box("minf", bytes.Join([][]byte{box("vmhd", numbers([]uint32{1, 0, 0})), self, table}, nil))
		handler := box("hdlr", append(append(numbers([]uint32{0, 0}), "vide"...), make([]byte, 13)...))
		track := box("trak", append(box("tkhd", head[1]), box("mdia", bytes.Join([][]byte{box("mdhd", head[2]), handler, media}, nil))...))
		return box("moov", append(box("mvhd", head[0]), track...))
	}
	first := uint32(len(kind) + len(moov(0)) + 8)
	return bytes.Join([][]byte{kind, moov(first), box("mdat", bytes.Join(frames, nil))}, nil)
}

// numbers are such numbers one after the other.
func numbers(lists ...[]uint32) (b []byte) {
	for _, list := range lists {
		for _, n := range list {
			b = binary.BigEndian.AppendUint32(b, n)
		}
	}
	return b
}

func box(name string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))
	return append(append(b, name...), body...)
}
