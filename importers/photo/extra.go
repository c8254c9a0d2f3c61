package photo

import (
	"strconv"
	"strings"

	"daybook/timeline"
)

// facts are the values that are kept beside times, place and caption.
var facts = []struct{ key, group, name string }{
	{"make", "EXIF", "Make"}, {"make", "movie", "com.apple.quicktime.make"}, {"make", "movie", "©mak"},
	{"model", "EXIF", "Model"}, {"model", "movie", "com.apple.quicktime.model"}, {"model", "movie", "©mod"},
	{"software", "EXIF", "Software"}, {"software", "movie", "com.apple.quicktime.software"}, {"software", "movie", "©swr"},
	{"software", "PNG", "Software"}, {"software", "RIFF", "Software"}, {"software", "movie", "©too"},
	{"software", "comment", "ENCODER"}, {"software", "movie", "com.android.version"},
	{"creator tool", "XMP", "CreatorTool"},
	{"image history", "EXIF", "ImageHistory"},
	{"lens", "EXIF", "LensModel"},
	{"host computer", "EXIF", "HostComputer"},
	{"artist", "EXIF", "Artist"}, {"artist", "PNG", "Author"}, {"artist", "ID3", "artist"},
	{"copyright", "EXIF", "Copyright"}, {"copyright", "PNG", "Copyright"},
	{"camera owner", "EXIF", "CameraOwnerName"},
	{"camera serial number", "EXIF", "BodySerialNumber"},
	{"image unique id", "EXIF", "ImageUniqueID"},
	{"orientation", "EXIF", "Orientation"},
	{"user comment", "EXIF", "UserComment"}, {"user comment", "XMP", "UserComment"},
	{"comment", "JPEG", "Comment"}, {"comment", "PNG", "Comment"},
	{"originator", "RIFF", "Originator"},
	{"gps altitude", "GPS", "GPSAltitude"},
	{"gps direction", "GPS", "GPSImgDirection"},
	{"gps error in metres", "GPS", "GPSHPositioningError"},
	{"gps date", "GPS", "GPSDateStamp"},
	{"gps time", "GPS", "GPSTimeStamp"},
	{"gps datum", "GPS", "GPSMapDatum"},
	{"resolution", "PNG", "pHYs"},
	{"duration", "movie", "duration"},
	{"live photo", "movie", "com.apple.quicktime.content.identifier"},
}

// extra collects the further facts of an event by name.
func extra(m Metadata, n named, differ []answers, agreed int) timeline.Facts {
	x := timeline.Facts{}
	for _, f := range facts {
		if s := m.field(f.group, f.name); s != "" && x.Get(f.key) == "" {
			x.Set(f.key, s)
		}
	}
	if s := x.Get("duration"); s != "" {
		x.Set("duration", s+" s")
	}
	set := func(key, text string) {
		if text != "" {
			x.Set(key, text)
		}
	}
	set("format", m.Format)
	set("named as", n.title)
	set("app", n.app)
	if n.more[0] != "" {
		set(n.more[0], n.more[1])
	}
	if m.Width > 0 && m.Height > 0 {
		x.Set("width", strconv.Itoa(m.Width))
		x.Set("height", strconv.Itoa(m.Height))
	}
	for _, a := range differ {
		for _, v := range a.values {
			x.Set(a.name+" ("+v.Reader+")", v.Text)
		}
	}
	if agreed > 0 {
		x.Set("readers", readers(m)+" agree on "+count(agreed, "value"))
	}
	set("notes", strings.Join(m.Notes, "; "))
	return x
}

// readers lists who read values that are compared.
func readers(m Metadata) string {
	var list []string
	for _, r := range []string{Own, Goexif, Imagemeta} {
		for _, v := range m.Values {
			if v.Reader == r && v.Group == "EXIF" {
				list = append(list, r)
				break
			}
		}
	}
	return strings.Join(list, ", ")
}
