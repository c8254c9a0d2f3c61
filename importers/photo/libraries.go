package photo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"

	"github.com/bep/imagemeta"
	"github.com/rwcarlsen/goexif/exif"
	"github.com/rwcarlsen/goexif/tiff"
)

// contained runs a foreign reader and turns its panic into a note.
func contained(m *Metadata, who string, read func() error) {
	defer func() {
		if p := recover(); p != nil {
			m.note("%s stopped with a fault: %v", who, p)
		}
	}()
	if err := read(); err != nil {
		m.note("%s: %v", who, err)
	}
}

// goexifFields are the fields that are asked of goexif, by the names of Own.
var goexifFields = []exif.FieldName{
	exif.DateTimeOriginal, exif.DateTimeDigitized, exif.DateTime,
	exif.SubSecTime, exif.SubSecTimeOriginal, exif.SubSecTimeDigitized,
	exif.Make, exif.Model, exif.Software, exif.ImageDescription, exif.Orientation,
	exif.GPSDateStamp,
}

// readGoexif asks goexif about a TIFF structure.
func readGoexif(b []byte, m *Metadata) {
	contained(m, Goexif, func() error {
		x, err := exif.Decode(bytes.NewReader(b))
		if x == nil {
			return err
		}
		for _, name := range goexifFields {
			tag, missing := x.Get(name)
			if missing != nil {
				continue
			}
			group := "EXIF"
			if name == exif.GPSDateStamp {
				group = "GPS"
			}
			m.add(Goexif, group, string(name), tagText(tag))
		}
		if _, missing := x.Get(exif.GPSLatitude); missing == nil {
			if lat, lon, bad := x.LatLong(); bad == nil {
				m.add(Goexif, "GPS", "Position", position(lat, lon))
			} else {
				m.note("goexif: GPS: %v", bad)
			}
		}
		return err
	})
}

func tagText(tag *tiff.Tag) string {
	if s, err := tag.StringVal(); err == nil {
		return s
	}
	if n, err := tag.Int(0); err == nil {
		return strconv.Itoa(n)
	}
	return ""
}

func imagemetaFormat(format string) (imagemeta.ImageFormat, bool) {
	switch format {
	case "jpeg":
		return imagemeta.JPEG, true
	case "tiff":
		return imagemeta.TIFF, true
	case "png":
		return imagemeta.PNG, true
	case "webp":
		return imagemeta.WebP, true
	case "heic":
		return imagemeta.HEIF, true
	case "avif":
		return imagemeta.AVIF, true
	}
	return 0, false
}

// readImagemeta asks imagemeta about the whole file.
func readImagemeta(p *probe, format imagemeta.ImageFormat, m *Metadata) {
	contained(m, Imagemeta, func() error { return askImagemeta(p.section(), format, m) })
}

// askImagemeta keeps what it says in the names of Own. The digits of a second
// are left out: imagemeta reads them as a number and loses the zeros before it.
func askImagemeta(r io.ReadSeeker, format imagemeta.ImageFormat, m *Metadata) error {
	var g gps
	res, err := imagemeta.Decode(imagemeta.Options{
		R: r, ImageFormat: format,
		Sources:         imagemeta.EXIF | imagemeta.XMP | imagemeta.IPTC | imagemeta.CONFIG,
		LimitNumTags:    2000,
		LimitTagSize:    maxText,
		ShouldHandleTag: wanted,
		HandleTag: func(t imagemeta.TagInfo) error {
			switch t.Source {
			case imagemeta.EXIF:
				g.take(t)
				if group, name, ok := imagemetaField(t.Tag); ok {
					m.add(Imagemeta, group, name, words(t.Value))
				}
			case imagemeta.XMP:
				m.add(Imagemeta, "XMP", t.Tag, words(t.Value))
			case imagemeta.IPTC:
				m.add(Imagemeta, "IPTC", t.Tag, words(t.Value))
			}
			return nil
		},
	})
	if text, ok := g.text(); ok {
		m.add(Imagemeta, "GPS", "Position", text)
	}
	if m.Width == 0 {
		m.Width, m.Height = res.ImageConfig.Width, res.ImageConfig.Height
	}
	return err
}

func wanted(t imagemeta.TagInfo) bool {
	switch t.Source {
	case imagemeta.EXIF:
		_, _, ok := imagemetaField(t.Tag)
		return ok && len(t.Namespace) >= 4 && t.Namespace[:4] == "IFD0" || isPosition(t.Tag)
	case imagemeta.XMP:
		return xmpWanted[t.Tag]
	default:
		return t.Tag == "DateCreated" || t.Tag == "TimeCreated" || t.Tag == "Caption-Abstract"
	}
}

// xmpWanted are the properties that are kept, under whatever namespace.
var xmpWanted = map[string]bool{
	"DateTimeOriginal": true, "DateTimeDigitized": true, "DateCreated": true, "CreateDate": true,
	"ModifyDate": true, "MetadataDate": true, "DateTime": true,
	"GPSLatitude": true, "GPSLongitude": true, "GPSTimeStamp": true,
	"CreatorTool": true, "Software": true, "UserComment": true, "Description": true, "Title": true,
	"Make": true, "Model": true,
}

// imagemetaField gives our name of a field that imagemeta names as exiftool does.
func imagemetaField(tag string) (group, name string, ok bool) {
	switch tag {
	case "ModifyDate":
		return "EXIF", "DateTime", true
	case "CreateDate":
		return "EXIF", "DateTimeDigitized", true
	case "DateTimeOriginal", "OffsetTime", "OffsetTimeOriginal", "OffsetTimeDigitized",
		"Make", "Model", "Software", "ImageDescription", "Orientation", "UserComment":
		return "EXIF", tag, true
	case "GPSDateStamp", "GPSTimeStamp":
		return "GPS", tag, true
	}
	return "", "", false
}

func isPosition(tag string) bool {
	switch tag {
	case "GPSLatitude", "GPSLatitudeRef", "GPSLongitude", "GPSLongitudeRef":
		return true
	}
	return false
}

// gps collects a position; imagemeta's own GetLatLong gives 0,0 for none.
type gps struct {
	lat, lon       float64
	hasLat, hasLon bool
	south, west    bool
}

func (g *gps) take(t imagemeta.TagInfo) {
	f, isFloat := t.Value.(float64)
	s, _ := t.Value.(string)
	switch t.Tag {
	case "GPSLatitude":
		g.lat, g.hasLat = f, isFloat
	case "GPSLongitude":
		g.lon, g.hasLon = f, isFloat
	case "GPSLatitudeRef":
		g.south = s == "S"
	case "GPSLongitudeRef":
		g.west = s == "W"
	}
}

func (g *gps) text() (string, bool) {
	lat, lon := g.lat, g.lon
	if g.south {
		lat = -lat
	}
	if g.west {
		lon = -lon
	}
	return position(lat, lon), g.hasLat && g.hasLon
}

// position writes degrees as every reader's are compared.
func position(lat, lon float64) string {
	return strconv.FormatFloat(lat, 'f', 6, 64) + " " + strconv.FormatFloat(lon, 'f', 6, 64)
}

func words(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		if len(v) == 0 {
			return ""
		}
		return v[0]
	default:
		return fmt.Sprint(v)
	}
}

// readXMP reads a packet that lies where imagemeta does not look: it is handed
// over inside the smallest JPEG that can carry it.
func readXMP(packet []byte, m *Metadata) {
	const header = "http://ns.adobe.com/xap/1.0/\x00"
	n := 2 + len(header) + len(packet)
	if n > 0xffff {
		m.note("XMP: %d bytes, more than is read", len(packet))
		return
	}
	b := []byte{0xff, 0xd8, 0xff, 0xe1}
	b = binary.BigEndian.AppendUint16(b, uint16(n))
	b = append(append(b, header...), packet...)
	b = append(b, 0xff, 0xda, 0, 2)
	contained(m, "XMP", func() error {
		p := &probe{at: headed{b, nil}, size: int64(len(b))}
		return askImagemeta(p.section(), imagemeta.JPEG, m)
	})
}
