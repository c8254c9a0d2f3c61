package photo

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"daybook/timeline"
)

// named is what the convention behind a file name says.
type named struct {
	title   string        // "Samsung screenshot"
	kind    timeline.Kind // Shot where the name says so, else empty
	app     string        // the app that was on the screen
	more    [2]string     // a further fact: its name, its words
	camera  string        // the camera or channel that recorded it, as the name says it
	rank    rank          // of the time
	has     bool          // there is a time
	instant bool          // the time is UTC (an epoch, or a camera that names files in UTC)
	time    time.Time     // wall clock or UTC, carried in time.UTC
	prec    timeline.Precision
	note    string
}

// convention is one way in which a program names files. Groups of the pattern:
// y m d H M S f (fraction), p (the letter of am or pm), s (epoch seconds),
// ms (epoch milliseconds), yy (two digits), app, and x (a further fact).
type convention struct {
	title   string
	pattern *regexp.Regexp
	kind    timeline.Kind
	rank    rank
	utc     bool
	fact    string // the name of group x
	brand   string // of a camera that records by itself: what its films are kept together by, with group x
	note    string
}

func pattern(s string) *regexp.Regexp {
	for short, long := range map[string]string{
		"{date}":  `(?P<y>(?:19|20)\d\d)[-_.]?(?P<m>\d\d)[-_.]?(?P<d>\d\d)`,
		"{DATE}":  `(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)`,
		"{time}":  `(?P<H>\d\d)[-_.]?(?P<M>\d\d)[-_.]?(?P<S>\d\d)`,
		"{clock}": `(?P<H>\d{1,2})[.:](?P<M>\d\d)[.:](?P<S>\d\d)(?:[\s\p{Zs}]*(?P<p>[AaPp])\.?[Mm]\.?)?`,
		"{again}": `(?:[ _-]?\(\d+\)|~\d+)?`, // a second copy of the same name
	} {
		s = strings.ReplaceAll(s, short, long)
	}
	return regexp.MustCompile(`^(?:` + s + `)$`)
}

// conventions are asked in this order, without the file's extension; the first
// that fits is it.
var conventions = []convention{
	{title: "Xiaomi or OnePlus screenshot", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`[Ss]creenshot_{DATE}-(?P<H>\d\d)-(?P<M>\d\d)-(?P<S>\d\d)(?:-(?P<f>\d{2,3}))?(?:_(?:[0-9a-f]{32}|(?P<app>.+?)))?{again}`)},
	{title: "Samsung or Huawei screenshot", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`Screenshot_(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)_{time}(?:_(?P<app>.+?))?{again}`)},
	{title: "Android screenshot", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`Screenshot_(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)-{time}(?:[_ ](?P<app>.+?))?{again}`)},
	{title: "Windows screenshot", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`Screenshot {DATE} (?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d){again}`)},
	{title: "Windows screen recording", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`Screen Recording {DATE} (?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d){again}`)},
	{title: "Mac screenshot", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`(?:Screen ?[Ss]hot|Bildschirmfoto|Capture d[’']écran|Captura de pantalla|Schermafbeelding|Schermata|Skärmavbild|Zrzut ekranu) {DATE} \pL+[\s\p{Zs}]?(?:las )?{clock}{again}`)},
	{title: "Mac screen recording", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`(?:Screen Recording|Bildschirmaufnahme) {DATE} \pL+ {clock}{again}`)},
	{title: "screenshot", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`[Ss]creen[ _-]?[Ss]hot(?:s)?[ _-]+\(?\d*\)?`)},
	{title: "whole-page screenshot of a browser", kind: timeline.Shot, rank: nameTime, fact: "site",
		pattern: pattern(`screencapture-(?P<x>.+?)-{DATE}-(?P<H>\d\d)_(?P<M>\d\d)_(?P<S>\d\d){again}`)},
	{title: "iPhone screen recording", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`RPReplay_Final(?P<s>\d{9,10}){again}`)},
	{title: "Android screen recording", kind: timeline.Shot, rank: nameTime,
		pattern: pattern(`(?:Screen_?[Rr]ecord(?:er|ing)|screen|SVID)[-_]{date}[-_]{time}(?:[-_](?P<f>\d{3}))?(?:_(?P<app>.+?))?{again}`)},

	{title: "WhatsApp file", rank: nameDay, fact: "whatsapp number",
		note:    "the day on which WhatsApp sent or received it",
		pattern: pattern(`(?:IMG|VID|AUD|PTT|STK|DOC)-(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)-(?P<x>WA\d+){again}`)},
	{title: "WhatsApp file", rank: nameSaved, note: "when WhatsApp sent or saved it",
		pattern: pattern(`WhatsApp (?:Image|Video|Audio|Ptt) {DATE} at {clock}{again}`)},
	{title: "WhatsApp file of an export", rank: nameSaved, note: "when WhatsApp sent or received it",
		pattern: pattern(`\d{8}-(?:PHOTO|VIDEO|AUDIO|GIF|STICKER)-{DATE}-(?P<H>\d\d)-(?P<M>\d\d)-(?P<S>\d\d){again}`)},
	{title: "Facebook picture", rank: nameSaved, note: "when it was saved to the telephone",
		pattern: pattern(`FB_(?:IMG|VID)_(?P<ms>\d{13}){again}`)},
	{title: "Messenger file", pattern: pattern(`received_\d{6,}{again}`)},
	{title: "Snapchat file", pattern: pattern(`Snapchat-\d+{again}`)},
	{title: "Signal file", rank: nameSaved, note: "when Signal sent or saved it; its zone is not stated",
		pattern: pattern(`signal-{DATE}-(?P<H>\d\d)-?(?P<M>\d\d)-?(?P<S>\d\d)(?:-(?P<f>\d{3}))?(?:-\d{1,3})?{again}`)},
	{title: "Telegram file of an export", rank: nameSaved, note: "when Telegram sent or received it",
		pattern: pattern(`(?:photo|video|audio|file|round_video|voice)_\d+@(?P<d>\d\d)-(?P<m>\d\d)-(?P<y>20\d\d)_(?P<H>\d\d)-(?P<M>\d\d)-(?P<S>\d\d){again}`)},
	{title: "Telegram file", rank: nameSaved, note: "when Telegram sent or saved it",
		pattern: pattern(`(?:photo|video|audio)_{DATE}_(?P<H>\d\d)-(?P<M>\d\d)-(?P<S>\d\d){again}`)},

	{title: "Ring doorbell film", rank: recorderName, fact: "camera", brand: "Ring",
		pattern: pattern(`Ring(?:Video)?_?(?P<x>[A-Za-z][\w ]*?)?_(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)_?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?{again}`)},
	{title: "Nest camera clip", rank: recorderName, brand: "Nest", pattern: pattern(`clip_(?P<s>\d{10}){again}`)},
	{title: "Tapo, Eufy or Blink camera clip", rank: recorderName, fact: "camera",
		pattern: pattern(`(?P<x>(?i:tapo|eufy|blink|arlo|reolink|wyze|RLC|T8\w{3})[\w -]*?)[_-](?P<y>20\d\d)-?(?P<m>\d\d)-?(?P<d>\d\d)[T_-]?{time}(?:[_-]\w{1,10})?{again}`)},
	{title: "dashcam film", rank: recorderName, fact: "dashcam file", brand: "dashcam",
		pattern: pattern(`(?:(?:REC|EVT|MOT|PARK|NO|EV|LO|PA)_?)?(?P<y>20\d\d)_?(?P<m>\d\d)_?(?P<d>\d\d)[_-]{time}[_-](?P<x>\d{4,6}[FRI]|[NEPMI][FRI]|[FRI])`)},
	{title: "dashcam film", rank: recorderName, fact: "dashcam file", brand: "dashcam",
		pattern: pattern(`(?P<yy>\d\d)(?P<m>\d\d)(?P<d>\d\d)_(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)_(?P<x>\d{3}_[FRN][HL]?)`)},
	{title: "CCTV recorder film", rank: recorderName, fact: "channel", brand: "CCTV",
		pattern: pattern(`(?:.+_)?(?P<x>(?:ch|CH|cam|Cam|channel)\d+)(?:_(?:main|sub))?[-_](?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)[-_]?{time}(?:[-_]\d{14})?{again}`)},
	{title: "CCTV recorder film", rank: recorderName, brand: "CCTV",
		pattern: pattern(`(?:.+_)?(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)_(?:20\d{12}){again}`)},

	{title: "Pixel camera", rank: nameTime, utc: true, note: "Pixel cameras name their files in UTC",
		pattern: pattern(`PXL_(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)_(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)(?P<f>\d{3})?(?:[.~_-].*)?{again}`)},
	{title: "call recording", rank: nameTime, fact: "call with",
		pattern: pattern(`(?:Call recording|Record|Call) (?P<x>.+?)_(?P<yy>\d\d)(?P<m>\d\d)(?P<d>\d\d)_(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d){again}`)},
	{title: "camera or recorder", rank: nameTime,
		pattern: pattern(`(?:(?:IMG|VID|MVIMG|PANO|BURST|DSC|MOV|PHOTO|VIDEO|REC|Rec|Recording|Voice|AUDIO|WIN)[-_ ]?)?(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)[-_ ](?P<H>\d\d)_?(?P<M>\d\d)_?(?P<S>\d\d)(?:_?(?P<f>\d{3}))?(?:_(?:HDR|Pro|BURST\w*|COVER|\d{1,3}))?{again}`)},
	{title: "date and time in the name", rank: nameTime,
		pattern: pattern(`(?:.*?[^\d])?(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)[ T_-](?:\pL+ )?(?P<H>\d\d)[-_.:h](?P<M>\d\d)(?:[-_.:m](?P<S>\d\d))?(?:[^\d].*)?`)},
	{title: "date and time in the name", rank: nameTime,
		pattern: pattern(`(?:.*?[^\d])?(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)[-_ T]?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)(?:[^\d].*)?`)},
	{title: "date in the name", rank: nameDay,
		pattern: pattern(`(?:.*?[^\d])?(?P<y>(?:19|20)\d\d)[-_.](?P<m>\d\d)[-_.](?P<d>\d\d)(?:[^\d].*)?`)},
	{title: "date in the name", rank: nameDay,
		pattern: pattern(`(?:.*?[^\d])?(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:[^\d].*)?`)},
}

// filed are the conventions of recorders that write the date into the names of
// folders, and into the file's only the time of day. Their patterns are of the
// end of a path.
var filed = []convention{
	{title: "Blink camera clip", rank: recorderName, fact: "camera", note: inFolder,
		pattern: pattern(`(?:.*/)?(?P<yy>\d\d)-(?P<m>\d\d)-(?P<d>\d\d)/(?P<H>\d\d)-(?P<M>\d\d)-(?P<S>\d\d)_(?P<x>[A-Za-z][\w -]*?)(?:_\d+)?{again}`)},
	{title: "Wyze camera film", rank: recorderName, brand: "Wyze", note: inFolder,
		pattern: pattern(`(?:.*/)?(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)/(?P<H>\d\d)/(?P<M>\d\d)`)},
	{title: "CCTV recorder film", rank: recorderName, fact: "channel", brand: "CCTV", note: inFolder,
		pattern: pattern(`(?:.*/)?{DATE}/(?P<x>\d{3})/\w+/\d\d(?:/\d\d)?/(?P<H>\d\d)\.(?P<M>\d\d)\.(?P<S>\d\d)-\d\d\.\d\d\.\d\d(?:\[.*)?`)},
	{title: "CCTV recorder film", rank: recorderName, brand: "CCTV", note: inFolder,
		pattern: pattern(`(?:.*/)?(?P<y>20\d\d)[-_/]?(?P<m>\d\d)[-_/]?(?P<d>\d\d)/(?:(?:cam|ch|channel)[\w -]*/)?(?P<H>\d\d)[-_.]?(?P<M>\d\d)[-_.]?(?P<S>\d\d)(?:[-_ ]\w{1,10})?{again}`)},
}

const inFolder = "the date is in the name of a folder above"

var cameraRoll = regexp.MustCompile(`^IMG_E?\d{4}$`)

// readPath tells what the name of a file says, or that of its folders with it.
func readPath(p string) (n named, ok bool) {
	if n, ok = readName(path.Base(p)); ok && n.has || len(p) > 1000 {
		return n, ok
	}
	stem := strings.TrimSuffix(p, path.Ext(p))
	for _, c := range filed {
		if g := c.pattern.FindStringSubmatch(stem); g != nil {
			if n := (named{title: c.title, rank: c.rank, note: c.note}); n.read(c, g) {
				return n, true
			}
		}
	}
	return n, ok
}

// readName tells what the name of a file says; ok is false when it follows no
// convention that is known.
func readName(base string) (n named, ok bool) {
	if len(base) > 255 {
		return named{}, false
	}
	stem, ext := base, ""
	if i := strings.LastIndexByte(base, '.'); i > 0 && len(base)-i <= 6 {
		stem, ext = base[:i], strings.ToLower(base[i+1:])
	}
	if ext == "png" && cameraRoll.MatchString(stem) {
		return named{title: "iPhone screenshot (a PNG of the camera roll)", kind: timeline.Shot}, true
	}
	if !strings.ContainsAny(stem, "0123456789") && !strings.HasPrefix(strings.ToLower(stem), "screen") {
		return named{}, false
	}
	for _, c := range conventions {
		g := c.pattern.FindStringSubmatch(stem)
		if g == nil {
			continue
		}
		n := named{title: c.title, kind: c.kind, rank: c.rank, note: c.note}
		if n.read(c, g) {
			return n, true
		}
	}
	return named{}, false
}

// read takes the groups of a pattern; it is false when the digits are no time.
func (n *named) read(c convention, groups []string) bool {
	get := func(name string) string {
		if i := c.pattern.SubexpIndex(name); i > 0 {
			return groups[i]
		}
		return ""
	}
	n.app = get("app")
	if x := get("x"); x != "" && c.fact != "" {
		n.more = [2]string{c.fact, x}
	}
	if c.rank == recorderName {
		n.camera = c.camera(get("x"))
	}
	if s := get("s") + get("ms"); s != "" {
		v, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return false
		}
		n.has, n.instant, n.time, n.prec = true, true, time.Unix(v, 0).UTC(), timeline.Second
		if get("ms") != "" {
			n.time, n.prec = time.UnixMilli(v).UTC(), timeline.Millisecond
		}
		return n.time.Year() >= 2000 && n.time.Year() < 2100
	}
	year := get("y")
	if yy := get("yy"); yy != "" {
		year = "20" + yy
	}
	if year == "" {
		return true // a name without a time
	}
	n.has, n.instant = true, c.utc
	var ok bool
	n.time, n.prec, ok = clockTime(year, get("m"), get("d"), get("H"), get("M"), get("S"), get("f"), get("p"))
	return ok
}

// camera names what recorded a film; of a dashcam the counter in the name tells
// no more than which way it looked.
func (c convention) camera(x string) string {
	if c.brand == "dashcam" {
		x = strings.TrimLeft(x, "0123456789_")
	}
	return strings.TrimSpace(c.brand + " " + strings.Trim(x, "_- "))
}

// clockTime puts digits together; it refuses what no calendar or clock shows.
func clockTime(year, month, day, hour, minute, second, fraction, half string) (t time.Time, p timeline.Precision, ok bool) {
	bad := false
	num := func(s string) int {
		if s == "" {
			return 0
		}
		v, err := strconv.Atoi(s)
		bad = bad || err != nil
		return v
	}
	h := num(hour)
	if half != "" {
		if h < 1 || h > 12 {
			return t, p, false
		}
		h %= 12
		if strings.EqualFold(half, "p") {
			h += 12
		}
	}
	y, mo, d, mi, s := num(year), num(month), num(day), num(minute), num(second)
	t = time.Date(y, time.Month(mo), d, h, mi, s, nanoseconds(fraction), time.UTC)
	if bad || t.IsZero() || t.Year() != y || int(t.Month()) != mo || t.Day() != d || t.Hour() != h || t.Minute() != mi || t.Second() != s {
		return time.Time{}, p, false
	}
	switch {
	case hour == "":
		p = timeline.Day
	case minute == "":
		p = timeline.Hour
	case second == "":
		p = timeline.Minute
	case fraction == "":
		p = timeline.Second
	default:
		p = timeline.Millisecond
	}
	return t, p, true
}

// nanoseconds reads the digits after a decimal point: "054" is 54 ms.
func nanoseconds(digits string) int {
	if len(digits) > 9 {
		digits = digits[:9]
	}
	v, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	for range 9 - len(digits) {
		v *= 10
	}
	return v
}
