package calendar

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/contentline"
	"daybook/timeline"
)

// start sets an event's time. A task without a start stands at the time at which
// it is due, a journal entry at the one at which it was entered; both say so.
func (c *calendar) start(e *timeline.Event, facts importers.Facts, p *part) {
	for _, name := range []string{"DTSTART", "DUE", "COMPLETED", "CREATED", "DTSTAMP"} {
		l, there := p.get(name)
		if !there {
			continue
		}
		w, flags, ok := c.moment(l)
		if !ok && name == "DTSTART" {
			facts.Add("start that cannot be read", l.Raw)
		}
		if !ok {
			continue
		}
		e.When = w
		facts.Flag(flags...)
		c.contradict(facts, l)
		if name != "DTSTART" {
			facts.Add("time", "it says no start: this is "+called(name))
			facts.Flag(timeline.WeakTime)
		}
		if id := l.Param("TZID"); id != "" {
			facts.Add("time zone as named", id)
			if w.Zone == "" {
				facts.Add("time zone", "not known by this name: the time is a wall clock")
			}
		}
		if w.Basis == timeline.UnknownZone && w.Precision != timeline.Day && l.Param("TZID") == "" {
			facts.Add("time zone", "none: meant as a wall clock wherever one is")
		}
		return
	}
	l, _ := p.get("DTSTART")
	e.When = importers.Undated(l.Value)
}

// moment reads a time as calendars write it: 20240105T140322Z, the same without
// the Z, or 20240105.
func (c *calendar) moment(l contentline.Line) (timeline.When, []timeline.Flag, bool) {
	value := strings.TrimSpace(l.Value)
	raw := importers.Shorten(strings.TrimPrefix(l.Raw, l.Name+":"), 200)
	if len(value) == 8 {
		t, err := time.Parse("20060102", value)
		if err != nil || t.Year() < 1900 {
			return timeline.When{}, nil, false
		}
		return timeline.FromLocal(t, nil, timeline.Day, raw), nil, true
	}
	text, utc := strings.CutSuffix(value, "Z")
	t, err := time.Parse("20060102T150405", text)
	if err != nil || t.Year() < 1900 {
		return timeline.When{}, nil, false
	}
	if utc {
		return timeline.FromInstant(t, timeline.Second, raw), nil, true
	}
	id := l.Param("TZID")
	if id == "" {
		w, flags := c.Assume.Local(t, timeline.Second, raw)
		return w, flags, true
	}
	zone := c.zones[id]
	if zone == nil {
		zone = named(id)
	}
	if zone == nil {
		return timeline.FromLocal(t, nil, timeline.Second, raw), nil, true
	}
	w, flags := inZone(t, zone, raw)
	return w, flags, true
}

// inZone is a wall clock whose zone the calendar names, so that nobody has
// assumed it.
func inZone(t time.Time, zone *time.Location, raw string) (timeline.When, []timeline.Flag) {
	w, flags := importers.Assume{Zone: zone}.Local(t, timeline.Second, raw)
	w.Basis = timeline.DeviceZone
	return w, flags[1:] // the first says that the zone was assumed
}

// contradict says of a time whose zone has a name that is known that the calendar
// itself defines that name otherwise, and what the time is by that definition.
func (c *calendar) contradict(facts importers.Facts, l contentline.Line) {
	id, w := l.Param("TZID"), facts.When
	zone := named(id)
	if zone == nil || w.Instant.IsZero() || len(c.defined[id]) == 0 {
		return
	}
	if _, offset := w.Instant.In(zone).Zone(); slices.Contains(c.defined[id], offset) {
		return
	}
	facts.Flag(timeline.TimesDisagree)
	facts.Claims = []timeline.Claim{{Label: called(l.Name) + ", in the zone " + id, When: w, Chosen: true, Note: "the calendar gives the zone of this name other hours"}}
	for _, offset := range c.defined[id] {
		own, _ := inZone(w.Local, time.FixedZone(time.Time{}.In(time.FixedZone("", offset)).Format("-07:00"), offset), w.Raw)
		facts.Claims = append(facts.Claims, timeline.Claim{Label: called(l.Name) + ", as the calendar itself defines " + id, When: own})
	}
}

// windows are the names that Windows and Outlook have for zones.
var windows = map[string]string{
	"GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik", "UTC": "Etc/UTC", "W. Europe Standard Time": "Europe/Berlin",
	"Central Europe Standard Time": "Europe/Budapest", "Central European Standard Time": "Europe/Warsaw", "Romance Standard Time": "Europe/Paris",
	"E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kiev", "GTB Standard Time": "Europe/Bucharest", "Russian Standard Time": "Europe/Moscow",
	"Turkey Standard Time": "Europe/Istanbul", "Israel Standard Time": "Asia/Jerusalem", "Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago",
	"Mountain Standard Time": "America/Denver", "Pacific Standard Time": "America/Los_Angeles", "Atlantic Standard Time": "America/Halifax", "AUS Eastern Standard Time": "Australia/Sydney",
	"New Zealand Standard Time": "Pacific/Auckland", "India Standard Time": "Asia/Kolkata", "China Standard Time": "Asia/Shanghai", "Tokyo Standard Time": "Asia/Tokyo",
	"Singapore Standard Time": "Asia/Singapore", "Arabian Standard Time": "Asia/Dubai", "South Africa Standard Time": "Africa/Johannesburg", "Pakistan Standard Time": "Asia/Karachi",
	"(UTC+00:00) Dublin, Edinburgh, Lisbon, London": "Europe/London",
}

// named finds a zone by its IANA name, which may stand behind a prefix
// ("/mozilla.org/20070129_1/Europe/Berlin"), or by that of Windows.
func named(id string) *time.Location {
	if iana := windows[id]; iana != "" {
		id = iana
	}
	for ; strings.Contains(id, "/") || id == "UTC" || id == "GMT"; _, id, _ = strings.Cut(id, "/") {
		if strings.HasPrefix(id, "/") || strings.Contains(id, "..") {
			continue
		}
		if zone, err := time.LoadLocation(id); err == nil {
			return zone
		}
	}
	return nil
}

// zone notes a zone that the file itself describes, as far as it is one fixed
// offset, or has a name that is known in another property.
func (c *calendar) zone(p *part) {
	id := p.text("TZID")
	if id == "" || len(c.zones)+len(c.defined) > 1000 {
		return
	}
	if named(id) != nil {
		for _, in := range p.inner {
			if seconds, ok := offsetOf(in.text("TZOFFSETTO")); ok && !slices.Contains(c.defined[id], seconds) && len(c.defined[id]) < 10 {
				c.defined[id] = append(c.defined[id], seconds)
			}
		}
		return
	}
	if zone := named(p.text("X-LIC-LOCATION")); zone != nil {
		c.zones[id] = zone
		return
	}
	offset := ""
	for _, in := range p.inner {
		to := in.text("TZOFFSETTO")
		if to == "" || offset != "" && to != offset {
			return
		}
		offset = to
	}
	if seconds, ok := offsetOf(offset); ok {
		c.zones[id] = time.FixedZone(offset[:3]+":"+offset[3:], seconds)
	}
}

// offsetOf reads "+0100".
func offsetOf(text string) (seconds int, ok bool) {
	if len(text) != 5 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	n, err := strconv.Atoi(text[1:])
	if err != nil || n%100 > 59 || n > 1400 {
		return 0, false
	}
	seconds = n/100*3600 + n%100*60
	if text[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}
