package ufdr

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// when reads the time of a model, and tells whether it has one. Its other times
// are claims.
func (m *model) when(e *timeline.Event, facts importers.Facts) bool {
	var best *field
	rank := len(times) + 1
	var all []*field
	for _, k := range m.Kids {
		if k.Name != "field" {
			continue
		}
		f := fieldOf(k)
		if !isTime(f) {
			continue
		}
		all = append(all, f)
		r := slices.Index(times, k.Attr("name"))
		if r < 0 {
			r = len(times)
		}
		if r < rank {
			best, rank = f, r
		}
	}
	if best == nil {
		e.When = importers.Undated("no time in the report")
		return false
	}
	for _, f := range all {
		m.used[f.Element] = true
		w, flags := m.timeOf(f)
		if f == best {
			e.When = w
			facts.Flag(flags...)
		} else if f.Attr("name") == best.Attr("name") && f.words != best.words {
			facts.Flag(timeline.TimesDisagree)
		}
		if m.contradicts(f, w) {
			facts.Flag(timeline.TimesDisagree)
		}
		e.Claims = append(e.Claims, timeline.Claim{Label: f.Attr("name"), When: w, Chosen: f == best})
	}
	if len(all) == 1 {
		e.Claims = nil
	}
	return true
}

// contradicts tells whether the two forms of a time are of two moments, whichever
// of day and month the one for people has first.
func (m *model) contradicts(f *field, w timeline.When) bool {
	if f.value.Attr("formattedTimestamp") == "" || w.Precision == timeline.Undated {
		return false
	}
	read := false
	for _, order := range []importers.DateOrder{importers.DayFirst, importers.MonthFirst} {
		shown, _ := shownTime(f.words, importers.Assume{DateOrder: order})
		if shown.Precision == timeline.Undated {
			continue
		}
		if read = true; shown.Instant.Sub(w.Instant).Abs() < time.Second {
			return false
		}
	}
	return read
}

// isTime tells a field whose value is a time.
func isTime(f *field) bool {
	if f.value == nil || f.words == "" {
		return false
	}
	return f.value.Attr("type") == "TimeStamp" || f.Attr("type") == "TimeStamp" || f.value.Attr("formattedTimestamp") != ""
}

// timeOf reads the time of a field. Raw holds both forms, where there are two.
func (m *model) timeOf(f *field) (timeline.When, []timeline.Flag) {
	formatted := f.value.Attr("formattedTimestamp")
	if w, ok := importers.ReadInstant(formatted); ok && w.Instant.Year() > 1970 {
		if f.words != formatted {
			w.Raw = formatted + " (shown as " + f.words + ")"
		}
		return w, nil
	}
	return shownTime(f.words, m.source.Assume)
}

var shownForm = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?(?: ?([AaPp][Mm]))? ?\(UTC([+-]\d{1,2})(?::(\d{2}))?\)$`)

// shownTime reads a time as a report shows it, "02/01/2019 03:04:05(UTC+0)". The
// order of day and month is that of the examiner's computer: where the numbers do
// not tell, a person must have said.
func shownTime(raw string, a importers.Assume) (timeline.When, []timeline.Flag) {
	m := shownForm.FindStringSubmatch(strings.TrimSpace(raw))
	if m == nil {
		return importers.Undated(raw), nil
	}
	var n [9]int
	for i, s := range m[1:] {
		n[i], _ = strconv.Atoi(s) // digits, a word that is read below, or nothing
	}
	day, month, flags := n[0], n[1], []timeline.Flag(nil)
	switch {
	case day > 12:
	case month > 12 || day == month:
		if month > 12 {
			day, month = month, day
		}
	case a.DateOrder == importers.MonthFirst:
		day, month, flags = month, day, []timeline.Flag{timeline.AssumedOrder}
	case a.DateOrder == importers.DayFirst:
		flags = []timeline.Flag{timeline.AssumedOrder}
	default:
		return importers.Undated(raw), nil
	}
	hour := n[3]
	if half := strings.ToLower(m[7]); half != "" {
		hour %= 12
		if half == "pm" {
			hour += 12
		}
	}
	offset := n[7]*3600 + n[8]*60
	if strings.HasPrefix(m[8], "-") {
		offset = n[7]*3600 - n[8]*60
	}
	t := time.Date(n[2], time.Month(month), day, hour, n[4], n[5], 0, time.FixedZone("", offset))
	if t.Day() != day || int(t.Month()) != month || hour > 23 || n[4] > 59 || n[5] > 59 || n[2] < 1971 {
		return importers.Undated(raw), nil
	}
	if offset == 0 {
		return timeline.FromInstant(t, timeline.Second, raw), flags
	}
	return timeline.FromOffset(t, timeline.Second, raw), flags
}
