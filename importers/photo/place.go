package photo

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"daybook/timeline"
)

// place gives the position of a picture. 0, 0 is what cameras write when they
// had no fix, and is none.
func place(m Metadata) (p timeline.Place, note string) {
	for _, find := range []func(Metadata) (lat, lon float64, ok bool){ownPosition, readPosition, xmpPosition, moviePosition} {
		lat, lon, ok := find(m)
		switch {
		case !ok:
			continue
		case lat == 0 && lon == 0:
			note = "0, 0: the camera had no fix"
			continue
		case math.Abs(lat) > 90 || math.Abs(lon) > 180 || math.IsNaN(lat+lon):
			note = fmt.Sprintf("%g, %g: not on earth", lat, lon)
			continue
		}
		return timeline.Place{Lat: lat, Lon: lon, Fix: true}, note
	}
	return timeline.Place{}, note
}

// ownPosition reads degrees, minutes and seconds with their letters.
func ownPosition(m Metadata) (lat, lon float64, ok bool) {
	lat, okLat := degrees(m.Get(Own, "GPS", "GPSLatitude"), m.Get(Own, "GPS", "GPSLatitudeRef"), "S")
	lon, okLon := degrees(m.Get(Own, "GPS", "GPSLongitude"), m.Get(Own, "GPS", "GPSLongitudeRef"), "W")
	return lat, lon, okLat && okLon
}

func degrees(s, ref, minus string) (float64, bool) {
	parts := strings.Fields(s)
	if len(parts) == 0 || len(parts) > 3 {
		return 0, false
	}
	v, unit := 0.0, 1.0
	for _, p := range parts {
		f, err := strconv.ParseFloat(p, 64)
		if err != nil {
			return 0, false
		}
		v += f / unit
		unit *= 60
	}
	if strings.EqualFold(ref, minus) {
		v = -v
	}
	return v, true
}

// readPosition takes what goexif, else imagemeta, made of it.
func readPosition(m Metadata) (lat, lon float64, ok bool) {
	return pair(m.field("GPS", "Position"))
}

func pair(s string) (a, b float64, ok bool) {
	x, y, found := strings.Cut(s, " ")
	a, errA := strconv.ParseFloat(x, 64)
	b, errB := strconv.ParseFloat(y, 64)
	return a, b, found && errA == nil && errB == nil
}

func xmpPosition(m Metadata) (lat, lon float64, ok bool) {
	return pair(m.field("XMP", "GPSLatitude") + " " + m.field("XMP", "GPSLongitude"))
}

// iso6709 is what films carry: "+51.4169-000.0806+020.0/".
var iso6709 = regexp.MustCompile(`^([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)`)

func moviePosition(m Metadata) (lat, lon float64, ok bool) {
	for _, name := range []string{"com.apple.quicktime.location.ISO6709", "©xyz"} {
		if g := iso6709.FindStringSubmatch(m.field("movie", name)); g != nil {
			return pair(g[1] + " " + g[2])
		}
	}
	return 0, 0, false
}

// near tells positions that differ by less than some fifty metres.
func near(a, b string) bool {
	lat, lon, ok := pair(a)
	lat2, lon2, ok2 := pair(b)
	return ok && ok2 && math.Abs(lat-lat2) < 0.0005 && math.Abs(lon-lon2) < 0.0005
}
