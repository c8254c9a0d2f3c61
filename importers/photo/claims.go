package photo

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"daybook/timeline"
)

// candidates lists every time that the metadata gives, in no order.
func candidates(m Metadata, zone *time.Location) []candidate {
	c := collector{m: m, zone: zone}
	c.exif()
	c.others()
	return c.list
}

type collector struct {
	m    Metadata
	zone *time.Location
	list []candidate
}

func (c *collector) add(r rank, label string, s stamp, note string) {
	w := s.when(c.zone)
	if s.broken {
		note = join(note, "these words are no date")
	}
	span := time.Duration(0)
	if r == movieHeader || r == trackHeader {
		span = c.duration()
	}
	c.list = append(c.list, candidate{rank: r, label: label, when: w, note: note, span: span})
}

// duration is how long the film runs; 0 when it does not say.
func (c *collector) duration() time.Duration {
	s, err := strconv.ParseFloat(c.m.field("movie", "duration"), 64)
	if err != nil || s < 0 || s > maxSeconds {
		return 0
	}
	return time.Duration(s * float64(time.Second))
}

// exif reads the three EXIF times, each with its own offset and digits of a
// second, and the GPS clock.
func (c *collector) exif() {
	gps, gpsWords := c.gpsClock()
	for _, f := range []struct {
		name, offset, digits string
		zoned, plain         rank
	}{
		{"DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal", originalZoned, original},
		{"DateTimeDigitized", "OffsetTimeDigitized", "SubSecTimeDigitized", digitized, digitized},
		{"DateTime", "OffsetTime", "SubSecTime", changed, changed},
	} {
		raw := c.m.field("EXIF", f.name)
		s, ok := readStamp(raw)
		if !ok {
			continue
		}
		label, note, r := "EXIF "+f.name, "", f.plain
		if d := c.m.field("EXIF", f.digits); isDigits(d) && !s.broken {
			s.local, s.prec = s.local.Add(time.Duration(nanoseconds(d))), timeline.Millisecond
			s.raw += "." + d
		}
		offset, offsetName := c.offset(f.offset)
		if s.offset(offset); s.zoned() {
			s.raw += " " + offset
			r = f.zoned
			label += " with " + offsetName
		}
		w := s.when(c.zone)
		if r == original && !gps.IsZero() && !s.broken {
			if zone, rest, ok := offsetFrom(s.local, gps); ok {
				w = byDevice(s, zone)
				r = originalByGPS
				note = fmt.Sprintf("offset %s worked out from the GPS clock (%s); the two clocks are %.0f s apart", w.Zone, gpsWords, rest.Seconds())
			}
		}
		if s.broken {
			note = "these words are no date"
		}
		c.list = append(c.list, candidate{rank: r, label: label, when: w, note: note})
	}
	switch {
	case !gps.IsZero():
		prec := timeline.Second
		c.list = append(c.list, candidate{rank: gpsClock, label: "GPS clock", when: timeline.FromInstant(gps, prec, gpsWords), note: "the last fix: it may be older than the picture"})
	case c.m.field("GPS", "GPSDateStamp") != "":
		w := timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: gpsWords}
		c.list = append(c.list, candidate{rank: gpsClock, label: "GPS clock", when: w, note: "these words are no date and time"})
	}
}

// offset gives the offset that goes with a time: its own, else OffsetTime.
func (c *collector) offset(name string) (text, from string) {
	for _, n := range []string{name, "OffsetTime"} {
		if o := c.m.field("EXIF", n); o != "" {
			return o, n
		}
	}
	return "", ""
}

// gpsClock puts GPSDateStamp and GPSTimeStamp together; zero when either is
// missing or malformed. words are theirs.
func (c *collector) gpsClock() (t time.Time, words string) {
	date, clock := c.m.field("GPS", "GPSDateStamp"), c.m.field("GPS", "GPSTimeStamp")
	words = strings.TrimSpace(date + " " + paddedClock(clock))
	d, ok := readStamp(date)
	h, good := clockParts(clock)
	if !ok || d.broken || d.prec != timeline.Day || !good {
		return time.Time{}, words
	}
	return d.local.Add(h), words
}

// paddedClock writes "14 3 12" as clocks do.
func paddedClock(s string) string {
	parts := strings.Fields(s)
	for i, p := range parts {
		if len(p) == 1 || strings.Index(p, ".") == 1 {
			parts[i] = "0" + p
		}
	}
	return strings.Join(parts, ":")
}

// clockParts reads "14 27 7.24" or "14:27:07".
func clockParts(s string) (time.Duration, bool) {
	p := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ':' })
	if len(p) != 3 {
		return 0, false
	}
	var v [3]float64
	for i := range p {
		f, err := strconv.ParseFloat(p[i], 64)
		if err != nil || f < 0 || f >= 61 || math.IsNaN(f) {
			return 0, false
		}
		v[i] = f
	}
	if v[0] >= 24 {
		return 0, false
	}
	return time.Duration((v[0]*3600 + v[1]*60 + v[2]) * float64(time.Second)), true
}

// offsetFrom works out the offset of a wall clock from the UTC of a GPS fix:
// the difference rounded to a quarter of an hour, when what is left is small
// and some place on earth keeps that offset.
func offsetFrom(local, gps time.Time) (zone *time.Location, rest time.Duration, ok bool) {
	const quarter = 15 * time.Minute
	diff := local.Sub(gps)
	rounded := diff.Round(quarter)
	rest = (diff - rounded).Abs().Round(time.Second)
	if rest > 5*time.Minute || !kept(rounded) {
		return nil, rest, false
	}
	return time.FixedZone("", int(rounded/time.Second)), rest, true
}

// kept tells the offsets that are kept somewhere on earth.
func kept(o time.Duration) bool {
	switch o % time.Hour {
	case 0:
		return o >= -12*time.Hour && o <= 14*time.Hour
	case 30 * time.Minute, -30 * time.Minute:
		switch o {
		case -(9*time.Hour + 30*time.Minute), -(3*time.Hour + 30*time.Minute), -(2*time.Hour + 30*time.Minute):
			return true
		}
		h := o.Truncate(time.Hour) / time.Hour
		return o > 0 && (h >= 3 && h <= 6 || h >= 9 && h <= 11)
	case 45 * time.Minute:
		h := o.Truncate(time.Hour) / time.Hour
		return h == 5 || h == 8 || h == 12 || h == 13
	}
	return false
}

// byDevice is a wall clock whose offset another record of the same file shows.
func byDevice(s stamp, zone *time.Location) timeline.When {
	s.zone = zone
	w := s.when(nil)
	w.Basis = timeline.DeviceZone
	return w
}

// field gives a value in the words of the file: as we read it, else as goexif
// does, else imagemeta.
func (m Metadata) field(group, name string) string {
	for _, r := range []string{Own, Goexif, Imagemeta} {
		if s := m.Get(r, group, name); s != "" {
			return s
		}
	}
	return ""
}

// otherTimes are the times that are one value each.
var otherTimes = []struct {
	group, name  string
	label        string
	zoned, plain rank
	note         string
}{
	{group: "movie", name: "com.apple.quicktime.creationdate", label: "QuickTime creationdate", zoned: movieDate, plain: movieHeader},
	{group: "movie", name: "©day", label: "movie ©day", zoned: movieDate, plain: soundTag},
	{group: "movie", name: "mvhd creation time", label: "movie header creation time", zoned: movieHeader, plain: movieHeader, note: headerNote},
	{group: "movie", name: "tkhd creation time", label: "track header creation time", zoned: trackHeader, plain: trackHeader},
	{group: "movie", name: "mdhd creation time", label: "media header creation time", zoned: trackHeader, plain: trackHeader},
	{group: "movie", name: "mvhd modification time", label: "movie header modification time", zoned: changed, plain: changed},
	{group: "Reconyx", name: "DateTimeOriginal", label: "trail camera DateTimeOriginal (Reconyx)", zoned: original, plain: original},
	{group: "XMP", name: "DateTimeOriginal", label: "XMP DateTimeOriginal", zoned: xmpTakenZoned, plain: xmpTaken},
	{group: "XMP", name: "DateCreated", label: "XMP DateCreated", zoned: xmpTakenZoned, plain: xmpTaken},
	{group: "XMP", name: "DateTimeDigitized", label: "XMP DateTimeDigitized", zoned: digitized, plain: digitized},
	{group: "XMP", name: "CreateDate", label: "XMP CreateDate", zoned: xmpCreated, plain: xmpCreated},
	{group: "XMP", name: "ModifyDate", label: "XMP ModifyDate", zoned: changed, plain: changed},
	{group: "XMP", name: "MetadataDate", label: "XMP MetadataDate", zoned: changed, plain: changed},
	{group: "PNG", name: "Creation Time", label: "PNG Creation Time", zoned: pngCreated, plain: pngCreated},
	{group: "PNG", name: "tIME", label: "PNG tIME", zoned: changed, plain: changed, note: "UTC by the PNG standard; many programs write local time, so its zone is taken as not known"},
	{group: "PNG", name: "date:create", label: "PNG date:create", zoned: changed, plain: changed, note: "file time kept by ImageMagick"},
	{group: "PNG", name: "date:modify", label: "PNG date:modify", zoned: changed, plain: changed, note: "file time kept by ImageMagick"},
	{group: "RIFF", name: "OriginationDate", label: "WAV bext origination", zoned: soundTag, plain: soundTag},
	{group: "RIFF", name: "DateTimeOriginal", label: "AVI IDIT", zoned: soundTag, plain: soundTag},
	{group: "RIFF", name: "CreationDate", label: "RIFF ICRD", zoned: soundTag, plain: soundTag},
	{group: "ID3", name: "recording time", label: "ID3 recording time", zoned: soundTag, plain: soundTag},
	{group: "ID3", name: "encoding time", label: "ID3 encoding time", zoned: changed, plain: changed},
	{group: "ID3", name: "tagging time", label: "ID3 tagging time", zoned: changed, plain: changed},
	{group: "ID3", name: "year", label: "ID3 year", zoned: soundTag, plain: soundTag},
	{group: "comment", name: "CREATION_TIME", label: "comment CREATION_TIME", zoned: soundTag, plain: soundTag},
	{group: "comment", name: "DATE", label: "comment DATE", zoned: soundTag, plain: soundTag},
}

const headerNote = "nominally UTC; many cameras write local time, and programs that store the film anew write the time of doing so"

func (c *collector) others() {
	for _, o := range otherTimes {
		s, ok := readStamp(c.m.field(o.group, o.name))
		if !ok {
			continue
		}
		r := o.plain
		if s.zoned() {
			r = o.zoned
		}
		c.add(r, o.label, s, o.note)
	}
	if date := c.m.field("IPTC", "DateCreated"); date != "" {
		if s, ok := readStamp(strings.TrimSpace(date + " " + c.m.field("IPTC", "TimeCreated"))); ok {
			c.add(xmpCreated, "IPTC DateCreated", s, "")
		}
	}
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func join(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + "; " + b
}
