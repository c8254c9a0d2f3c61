package photo

import (
	"strings"
	"unicode"
)

// compared are the fields that several readers are asked for.
var compared = []struct{ group, name string }{
	{"EXIF", "DateTimeOriginal"}, {"EXIF", "DateTimeDigitized"}, {"EXIF", "DateTime"},
	{"EXIF", "OffsetTimeOriginal"}, {"EXIF", "OffsetTime"},
	{"EXIF", "Make"}, {"EXIF", "Model"}, {"EXIF", "Software"}, {"EXIF", "ImageDescription"},
	{"EXIF", "Orientation"}, {"GPS", "GPSDateStamp"}, {"GPS", "Position"},
}

// answers is what the readers say of one field.
type answers struct {
	name   string
	values []Value
}

// disagreements lists the fields of which the readers that give a value give
// different ones. A date or place that one gives and another misses counts
// too, when that other could read the file's EXIF at all.
func disagreements(m Metadata) (list []answers, agreed int) {
	reads := map[string]bool{}
	for _, v := range m.Values {
		if v.Group == "EXIF" {
			reads[v.Reader] = true
		}
	}
	for _, f := range compared {
		a := answers{name: f.name}
		differ, missing := false, false
		for _, r := range []string{Own, Goexif, Imagemeta} {
			text := m.Get(r, f.group, f.name)
			if f.name == "Position" && r == Own {
				if lat, lon, ok := ownPosition(m); ok {
					text = position(lat, lon)
				}
			}
			if text == "" {
				missing = missing || reads[r] && r != Own && asked(r, f.name)
				continue
			}
			if len(a.values) > 0 && !same(f.name, a.values[0].Text, text) {
				differ = true
			}
			a.values = append(a.values, Value{r, f.group, f.name, text})
		}
		switch {
		case len(a.values) == 0:
		case differ, missing && (strings.HasPrefix(f.name, "Date") || f.name == "Position"):
			list = append(list, a)
		case len(a.values) > 1:
			agreed++
		}
	}
	return list, agreed
}

// asked tells whether a reader knows a field: goexif is older than OffsetTime.
func asked(reader, name string) bool {
	return reader != Goexif || !strings.HasPrefix(name, "OffsetTime")
}

func same(name, a, b string) bool {
	if name == "Position" {
		return near(a, b)
	}
	return plain(a) == plain(b)
}

// plain leaves out what a reader may tidy away: blanks and what cannot be seen.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, s)
}
