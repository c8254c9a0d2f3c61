package bill

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// clock is the time of a row: in the zone that it says, or as a clock shows it, in
// time.UTC.
type clock struct {
	at        time.Time
	zoned     bool
	precision timeline.Precision
	raw       string
}

func (k *clock) when(a importers.Assume) (timeline.When, []timeline.Flag) {
	if k.zoned {
		return importers.Zoned(k.at, k.precision, k.raw), nil
	}
	return a.Local(k.at, k.precision, k.raw)
}

// appendTo appends the time as it stands in the sum of a row.
func (k *clock) appendTo(b []byte) []byte {
	if k.zoned {
		return k.at.UTC().AppendFormat(b, time.RFC3339)
	}
	return importers.AppendDateTime(b, k.at)
}

var (
	errNoTime = errors.New("this row has no date that can be read")
	errData   = errors.New("this row is of mobile data or of a charge, not of a call or a text")
	errNobody = errors.New("this row names no number")

	worded = regexp.MustCompile(`^(?:[A-Za-z]{3,9},? +)?(\d{1,2})(?:st|nd|rd|th)?[ \-]+([A-Za-z]{3,9})\.?,?[ \-]+(\d{2,4})\b`)
	hours  = regexp.MustCompile(`^[T ,]*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$`)
)

// clock reads when a row happened; the mapping is by plain names, and the words are
// put together in texts.
func (c *Columns) clock(r table.Row, texts *importers.Strings) (clock, error) {
	day, at := strings.TrimSpace(r.Get(c.Date)), ""
	if c.Time != "" {
		at = strings.TrimSpace(r.Get(c.Time))
	}
	raw := day
	switch {
	case day == "":
		raw = at
	case at != "":
		var room [128]byte
		raw = texts.Of(append(append(append(room[:0], day...), ' '), at...))
	}
	if t, p, zoned, ok := importers.ReadTime(raw); ok && zoned {
		return clock{t, true, p, raw}, nil
	}
	date, rest, ok := c.day(day)
	if !ok {
		return clock{}, fmt.Errorf("%w: %q", errNoTime, day)
	}
	if at == "" {
		at = rest
	}
	if strings.TrimSpace(at) == "" {
		return clock{date, false, timeline.Day, raw}, nil
	}
	m, ok := plainClock(at)
	if !ok {
		ok = copy(m[:], hours.FindStringSubmatch(strings.Join(strings.Fields(at), " "))) > 0
	}
	if !ok {
		return clock{}, fmt.Errorf("%w: the time is %q", errNoTime, at)
	}
	hour, minute, second := number(m[1]), number(m[2]), number(m[3])
	half := ""
	if m[4] != "" {
		half = strings.ToLower(strings.ReplaceAll(m[4], ".", ""))
	}
	if half != "" && (hour < 1 || hour > 12) || hour > 23 || minute > 59 || second > 59 {
		return clock{}, fmt.Errorf("%w: the time is %q", errNoTime, at)
	}
	if half != "" {
		hour %= 12
	}
	if half == "pm" {
		hour += 12
	}
	k := clock{date.Add(time.Duration(hour*3600+minute*60+second) * time.Second), false, timeline.Minute, raw}
	if m[3] != "" {
		k.precision = timeline.Second
	}
	if m[5] != "" {
		if k.at, _, k.zoned, ok = importers.ReadTime(k.at.Format(time.DateTime) + m[5]); !ok {
			return clock{}, fmt.Errorf("%w: the zone is %q", errNoTime, m[5])
		}
	}
	return k, nil
}

// plainClock reads "10:30", "10:30:05" and "10:30 pm", as most bills write it, into
// what hours finds in them.
func plainClock(at string) (m [6]string, ok bool) {
	clock, half := at, ""
	if n := len(at) - 2; n > 0 && at[n+1]|0x20 == 'm' && (at[n]|0x20 == 'a' || at[n]|0x20 == 'p') {
		clock, half = strings.TrimRight(at[:n], " "), at[n:]
	}
	hour, rest, _ := strings.Cut(clock, ":")
	minute, second, seconds := strings.Cut(rest, ":")
	if !isDigits(hour, 1, 2) || !isDigits(minute, 2, 2) || seconds && !isDigits(second, 2, 2) {
		return m, false
	}
	return [6]string{at, hour, minute, second, half, ""}, true
}

// isDigits tells a text of so many digits and nothing else.
func isDigits(s string, least, most int) bool {
	return len(s) >= least && len(s) <= most && leading(s, most) == len(s)
}

// leading is with how many digits a text begins, at most so many.
func leading(s string, most int) int {
	n := 0
	for n < min(most, len(s)) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// slashed reads a date of three numbers with a sign between them, and gives what
// follows it.
func slashed(text string) (parts [3]string, rest string, ok bool) {
	for i, most := range []int{4, 2, 4} {
		n := leading(text, most)
		if n == 0 {
			return parts, "", false
		}
		parts[i], text = text[:n], text[n:]
		if i == 2 {
			break
		}
		if text == "" || text[0] != '/' && text[0] != '.' && text[0] != '-' {
			return parts, "", false
		}
		text = text[1:]
	}
	return parts, text, text == "" || text[0] != '_' && !isLetterOrDigit(text[0])
}

func isLetterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func number(s string) int {
	if len(s) == 2 && isDigits(s, 2, 2) { // as most are
		return 10*int(s[0]-'0') + int(s[1]-'0')
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// lastDay is a day as it was read; most rows have that of the one above.
type lastDay struct {
	text, order string
	day         time.Time
	rest        string
	ok          bool
}

// day reads a date, and gives what follows it in its cell.
func (c *Columns) day(text string) (day time.Time, rest string, ok bool) {
	l := &c.last
	if l.text != text || l.order != c.Order {
		*l = lastDay{text: text, order: c.Order}
		l.day, l.rest, l.ok = c.readDay(text)
	}
	return l.day, l.rest, l.ok
}

func (c *Columns) readDay(text string) (day time.Time, rest string, ok bool) {
	if len(text) < 6 {
		return time.Time{}, "", false
	}
	if parts, rest, ok := slashed(text); ok {
		day, ok := c.numbered(parts)
		return day, rest, ok
	}
	if m := worded.FindStringSubmatch(text); m != nil {
		for _, layout := range []string{"Jan", "January"} {
			if month, err := time.Parse(layout, m[2]); err == nil {
				d, ok := civil(year(m[3]), int(month.Month()), number(m[1]))
				return d, text[len(m[0]):], ok
			}
		}
		if strings.EqualFold(m[2], "sept") {
			d, ok := civil(year(m[3]), 9, number(m[1]))
			return d, text[len(m[0]):], ok
		}
	}
	return time.Time{}, "", false
}

// numbered gives the day of three numbers.
func (c *Columns) numbered(n [3]string) (time.Time, bool) {
	switch {
	case len(n[0]) == 4:
		return civil(number(n[0]), number(n[1]), number(n[2]))
	case c.Order == "mdy":
		return civil(year(n[2]), number(n[0]), number(n[1]))
	case c.Order == "ymd":
		return civil(year(n[0]), number(n[1]), number(n[2]))
	}
	return civil(year(n[2]), number(n[1]), number(n[0]))
}

// year reads a year of two digits as one of this century: bills are no older.
func year(s string) int {
	if n := number(s); len(s) > 2 {
		return n
	} else {
		return 2000 + n
	}
}

// civil gives a day that the calendar has.
func civil(year, month, day int) (time.Time, bool) {
	ok := importers.IsDay(year, month, day) && year >= 1990 && year < 2100
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC), ok
}

// said is what a row says under the columns of a list of calls.
type said struct{ number, from, to, kind, way, lasted string }

func (c *Columns) said(r table.Row) said {
	get := func(name string) string { return strings.TrimSpace(r.Get(name)) }
	return said{get(c.Number), get(c.From), get(c.To), get(c.Type), get(c.Way), get(c.Duration)}
}

// event makes the event of a row.
func (b *bill) event(r table.Row) (e timeline.Event, err error) {
	c := &b.columns
	e.Kind, e.Extra = timeline.Call, make(timeline.Facts, 0, min(8, len(r.Cells)))
	k, err := c.clock(r, &b.texts)
	if err != nil {
		return e, err
	}
	e.When, e.Flags = k.when(b.source.Assume)
	row := c.said(r)
	if e.Kind = kindOf(row.kind); e.Kind == "" {
		return e, errData
	}
	if row.kind != "" {
		e.Extra.Set("call type", row.kind)
	}
	if err := b.parties(&e, &row); err != nil {
		return e, err
	}
	if row.lasted != "" {
		e.Extra.Set("duration", b.duration(row.lasted))
	}
	from, to := c.From, c.To
	if row.number != "" { // by which alone the other party is known
		from, to = "", ""
	}
	importers.FactsOf(&e).Others(r.Rest(c.Date, c.Time, c.Number, from, to, c.Type, c.Way, c.Duration))
	var room [32]byte
	when := k.appendTo(room[:0])
	e.Extra.Set(timeline.SameKey, b.texts.SameOf(string(e.Kind), string(when), b.phone(row.number), b.phone(row.from), b.phone(row.to), row.lasted))
	return e, nil
}

// phone is a number with its country code; what is none stays as it is printed.
func (b *bill) phone(printed string) string {
	if n := b.phones.Of(printed); n != "" {
		return n
	}
	return printed
}

// parties fills in who called whom.
func (b *bill) parties(e *timeline.Event, row *said) error {
	c := &b.columns
	way := direction(row.way)
	if way == "" && row.way == "" {
		way = c.Direction
	}
	if way == "" {
		way = direction(row.kind)
	}
	self := timeline.Party{Address: b.own, Owner: true}
	if c.From != "" && c.To != "" {
		from, to := b.party(e, row.from), b.party(e, row.to)
		if from == (timeline.Party{}) && to == (timeline.Party{}) {
			return errNobody
		}
		switch {
		case way == outgoing && !to.Owner:
			from.Owner = true
		case way == incoming && !from.Owner:
			to.Owner = true
		}
		e.From, e.To = from, []timeline.Party{to}
		if stated := direction(row.way); stated == outgoing && to.Owner || stated == incoming && from.Owner {
			importers.FactsOf(e).Dispute(fmt.Sprintf("the columns “%s” and “%s” say from %s to %s; the column “%s” says %s", c.From, c.To, row.from, row.to, c.Way, row.way), from, to)
			way = ""
		} else if from.Owner {
			way = outgoing
		} else if to.Owner {
			way = incoming
		}
	} else {
		printed := row.number
		if printed == "" {
			printed = row.to + row.from
		}
		if printed == "" {
			return errNobody
		}
		other := b.party(e, printed)
		switch way {
		case outgoing:
			e.From, e.To = self, []timeline.Party{other}
		case incoming:
			e.From, e.To = other, []timeline.Party{self}
		default:
			e.To = []timeline.Party{other}
		}
		e.Thread = other.Address
	}
	switch {
	case way != "":
		e.Extra.Set("type", way)
	case !slices.Contains(e.Flags, timeline.PartiesDiffer):
		e.Extra.Set("type", "direction not stated")
	}
	if words := row.way; words != "" && !strings.EqualFold(words, way) {
		e.Extra.Set("direction", words)
	}
	return nil
}

var withheld = regexp.MustCompile(`(?i)^(number )?(withheld|private|unknown|anonymous|restricted|unavailable|not available|payphone|pay phone|no caller id|international|n/?a|-+|0+)( number)?$`)

// dialled tells most numbers, which are not withheld.
func dialled(printed string) bool {
	return printed[0] == '+' || printed[0] >= '1' && printed[0] <= '9' || len(printed) > 8 && printed[0] == '0'
}

// party is a number as it is printed. One that is withheld, cut short or hidden
// in part is nobody, and is kept in the printed words alone.
func (b *bill) party(e *timeline.Event, printed string) timeline.Party {
	switch {
	case printed == "":
		return timeline.Party{}
	case !dialled(printed) && withheld.MatchString(printed):
		e.Extra.Set("presentation", printed)
		return timeline.Party{}
	case strings.ContainsAny(printed, "*xX#") && strings.ContainsAny(printed, "0123456789") && b.phones.Of(printed) == "":
		e.Extra.Set("presentation", "hidden in part: "+printed)
		return timeline.Party{}
	case strings.Contains(printed, "E+") || strings.Contains(printed, "e+"):
		e.Extra.Set("presentation", "shortened by a spreadsheet: "+printed)
		return timeline.Party{}
	}
	p := timeline.Party{Address: printed}
	own := b.own
	if own == "" {
		own = b.source.Assume.Owner
	}
	p.Owner = own != "" && b.phone(own) == b.phone(printed)
	return p
}

// direction reads the words for who called.
func direction(text string) string {
	if text == "" {
		return ""
	}
	t := " " + table.Plain(text) + " "
	for _, w := range []string{" mt", " in ", "incoming", "received", "inbound", "terminat", "missed", " i "} {
		if strings.Contains(t, w) {
			return incoming
		}
	}
	for _, w := range []string{" mo", " out ", "outgoing", "made", "outbound", "originat", "dialled", " o ", "sent"} {
		if strings.Contains(t, w) {
			return outgoing
		}
	}
	return ""
}

// kindOf reads what a row is of; empty for data and charges.
func kindOf(text string) timeline.Kind {
	t := strings.ToLower(text)
	switch {
	case t == "":
		return timeline.Call
	case strings.Contains(t, "sms"), strings.Contains(t, "text"), strings.Contains(t, "mms"), strings.Contains(t, "picture"), strings.Contains(t, "message"):
		return timeline.Message
	case strings.Contains(t, "data"), strings.Contains(t, "gprs"), strings.Contains(t, "internet"), strings.Contains(t, "web"), strings.Contains(t, "roaming charge"), strings.Contains(t, "charge"):
		return ""
	}
	return timeline.Call
}

var spelled = regexp.MustCompile(`(?i)^(?:(\d+) ?h(?:ours?|rs?)?)? ?(?:(\d+) ?m(?:in(?:ute)?s?)?)? ?(?:(\d+) ?s(?:ec(?:ond)?s?)?)?$`)

// duration gives a length in seconds where the printed form leaves no doubt
// (hh:mm:ss, seconds alone, or with their units); "05:30" may be either of two
// things, and stays.
func (b *bill) duration(printed string) string {
	hour, rest, _ := strings.Cut(printed, ":")
	minute, second, _ := strings.Cut(rest, ":")
	if isDigits(hour, 1, len(hour)) && isDigits(minute, 2, 2) && isDigits(second, 2, 2) {
		return b.inSeconds(number(hour)*3600 + number(minute)*60 + number(second))
	}
	if n, err := strconv.ParseUint(printed, 10, 31); err == nil {
		return b.inSeconds(int(n))
	}
	if m := spelled.FindStringSubmatch(printed); m != nil && printed != "" {
		return b.inSeconds(number(m[1])*3600 + number(m[2])*60 + number(m[3]))
	}
	return printed
}

func (b *bill) inSeconds(n int) string {
	var room [24]byte
	return b.texts.Of(append(strconv.AppendInt(room[:0], int64(n), 10), " s"...))
}
