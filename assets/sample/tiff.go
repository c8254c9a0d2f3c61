package sample

import (
	"bytes"
	"encoding/binary"
	"math"
)

// A small TIFF block, as EXIF 2.32 wants it: three directories, little-endian.
const (
	ifd0 = iota
	exifIFD
	gpsIFD
)

type value struct {
	kind  uint16 // 2 ASCII, 4 LONG, 5 RATIONAL
	count uint32
	data  []byte
}

type tag struct {
	id  uint16
	val value
}

type tiff struct{ dirs [3][]tag }

func newTIFF() *tiff { return &tiff{} }

func (t *tiff) ifd(n int, tags ...tag) { t.dirs[n] = tags }

func ascii(s string) value { return value{2, uint32(len(s) + 1), append([]byte(s), 0)} }

func long(v uint32) value { return value{4, 1, binary.LittleEndian.AppendUint32(nil, v)} }

// degrees gives degrees, minutes and hundredths of seconds as three rationals.
func degrees(v float64) value {
	v = math.Abs(v)
	d := math.Floor(v)
	m := math.Floor((v - d) * 60)
	s := math.Round(((v-d)*60 - m) * 6000)
	var b []byte
	for _, n := range [][2]uint32{{uint32(d), 1}, {uint32(m), 1}, {uint32(s), 100}} {
		b = binary.LittleEndian.AppendUint32(b, n[0])
		b = binary.LittleEndian.AppendUint32(b, n[1])
	}
	return value{5, 3, b}
}

// bytes lays the directories out one behind the other, each with its values.
func (t *tiff) bytes() []byte {
	size := func(tags []tag) (n uint32) {
		n = uint32(2 + 12*len(tags) + 4)
		for _, g := range tags {
			if len(g.val.data) > 4 {
				n += uint32(len(g.val.data)+1) &^ 1
			}
		}
		return n
	}
	first := append([]tag{}, t.dirs[ifd0]...)
	first = append(first, tag{0x8769, long(0)}, tag{0x8825, long(0)})
	exifAt := 8 + size(first)
	gpsAt := exifAt + size(t.dirs[exifIFD])
	first[len(first)-2].val = long(exifAt)
	first[len(first)-1].val = long(gpsAt)
	var b bytes.Buffer
	b.WriteString("II*\x00\x08\x00\x00\x00")
	for _, tags := range [][]tag{first, t.dirs[exifIFD], t.dirs[gpsIFD]} {
		at := uint32(b.Len() + 2 + 12*len(tags) + 4)
		var head, data []byte
		head = binary.LittleEndian.AppendUint16(head, uint16(len(tags)))
		for _, g := range tags {
			head = binary.LittleEndian.AppendUint16(head, g.id)
			head = binary.LittleEndian.AppendUint16(head, g.val.kind)
			head = binary.LittleEndian.AppendUint32(head, g.val.count)
			if len(g.val.data) <= 4 {
				head = append(head, append(append([]byte{}, g.val.data...), 0, 0, 0, 0)[:4]...)
				continue
			}
			head = binary.LittleEndian.AppendUint32(head, at+uint32(len(data)))
			data = append(data, g.val.data...)
			if len(data)%2 == 1 {
				data = append(data, 0)
			}
		}
		b.Write(append(append(head, 0, 0, 0, 0), data...))
	}
	return b.Bytes()
}
