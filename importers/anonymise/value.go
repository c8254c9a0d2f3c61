package anonymise

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// value writes what stands in a field: a value that the format knows stays, a
// time is moved, a path goes on naming its file, anything else is text.
func (s *scribe) value(name, in string) string {
	switch {
	case in == "":
		return in
	case kept.value(name, in) || kept.phrase(in) && strings.Contains(in, " "):
		return in
	case looksLikeType(in):
		return in
	case looksLikePath(in):
		return s.path(in)
	}
	if out, ok := s.time(name, in); ok {
		return out
	}
	if out, ok := s.half(name, in); ok {
		return out
	}
	if of := numberOf(in); of > 0 && isID(name) {
		return in[:of] + s.text(in[of:])
	}
	if (in[0] == '{' || in[0] == '[') && (strings.HasSuffix(in, "}") || strings.HasSuffix(in, "]")) && strings.Contains(in, `"`) {
		return s.json(in)
	}
	if in[0] == '<' && strings.HasSuffix(strings.TrimSpace(in), ">") && strings.Contains(in, "</") {
		return s.markup(in)
	}
	from, to := kept.around(in)
	return in[:from] + s.text(in[from:to]) + in[to:]
}

// numberOf tells where a number begins behind the word for what it is one of, as
// Telegram writes it: "user7700900005"; 0 where it is no such thing.
func numberOf(in string) int {
	for _, kind := range []string{"user", "channel", "chat"} {
		if n, ok := strings.CutPrefix(in, kind); ok && n != "" && strings.Trim(n, "0123456789") == "" {
			return len(kind)
		}
	}
	return 0
}

// looksLikeType tells a media type whose words formats use.
func looksLikeType(in string) bool {
	kind, _, ok := strings.Cut(in, "/")
	switch kind {
	case "image", "video", "audio", "text", "application", "multipart", "message":
		return ok && len(in) < 80 && kept.name(in) && !strings.ContainsAny(in, " \n")
	}
	return false
}

// units are the ways in which formats count time, by the number of digits.
var units = map[int]time.Duration{10: time.Second, 13: time.Millisecond, 16: time.Microsecond, 19: time.Nanosecond}

const secondsOfWeek = 7 * 24 * 3600

// time moves a number that is a time: seconds, and smaller parts, since 1970,
// or of Apple since 2001, or of Chrome since 1601.
func (s *scribe) time(name, in string) (string, bool) {
	whole, part, _ := strings.Cut(in, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err == nil && n < 0 && n > -1e9 && part == "" && isTime(name) && !isID(name) { // seconds before 1970
		if s.learning {
			return in, true
		}
		return strconv.FormatInt(n+int64(s.calendar.weeks)*secondsOfWeek, 10), true
	}
	if err != nil || n <= 0 || strings.Trim(part, "0123456789") != "" || isID(name) {
		return "", false
	}
	unit, zero, ok := counted(name, n, len(whole))
	if !ok {
		return "", false
	}
	if s.learning {
		if n < math.MaxInt64/int64(unit) {
			s.calendar.saw(zero.Add(time.Duration(n) * unit))
		}
		return in, true
	}
	moved := strconv.FormatInt(n+int64(s.calendar.weeks)*int64(7*24*time.Hour/unit), 10) // far from the ends of the range
	if part == "" {
		return moved + in[len(whole):], true
	}
	if len(part) > shortFigures {
		part = s.digits(part)
	}
	return moved + "." + part, true
}

func counted(name string, n int64, digits int) (unit time.Duration, zero time.Time, ok bool) {
	if unit, ok := units[digits]; ok {
		t := n / int64(time.Second/unit)
		return unit, time.Unix(0, 0).UTC(), t >= firstTime.Unix() && t < lastTime.Unix()
	}
	apple := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	switch {
	case digits == 9 && isTime(name) && n > 1e8:
		return time.Second, apple, true
	case digits == 18 && isTime(name) && n > 1e17:
		return time.Nanosecond, apple, true
	case digits == 17 && n > 126e14 && n < 138e14 && isTime(name): // of Chrome, since 1601
		return time.Microsecond, apple, true
	}
	return 0, time.Time{}, false
}

// isID tells the name of a field that holds numbers of people and things.
func isID(name string) bool {
	last := ""
	for part := range parts(name) {
		if part != "str" { // an identifier as a text: "id_str"
			last = part
		}
	}
	switch strings.TrimSuffix(last, "s") {
	case "id", "number", "phone", "addres", "address", "handle", "recipient", "sender", "from", "to", "peer", "actor", "user", "key", "jid", "mobile", "tel", "ip", "contact", "size", "byte", "guid", "uid", "pk":
		return true
	}
	return false
}

// isTime tells the name of a field that holds a time.
func isTime(name string) bool {
	low := strings.ToLower(name)
	for _, w := range []string{"date", "time", "created", "sent", "received", "deliver", "read", "edited", "updated", "modified", "expir", "start", "end", "stamp", "_at", "since", "last", "first"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}
