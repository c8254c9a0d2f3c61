package calendar

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/contentline"
	"daybook/timeline"
)

// kinds are what the components are called.
var kinds = map[string]string{"VEVENT": "appointment", "VTODO": "task", "VJOURNAL": "journal entry"}

// names are what properties are called that are shown as facts.
var names = map[string]string{
	"DTEND": "until", "DUE": "due", "COMPLETED": "completed", "DURATION": "duration", "CREATED": "entered", "LAST-MODIFIED": "last changed", "DTSTAMP": "written out",
	"UID": "id", "STATUS": "status", "CLASS": "class", "TRANSP": "shows as", "CATEGORIES": "categories", "URL": "address on the web", "SEQUENCE": "changed so many times",
	"RECURRENCE-ID": "instead of the one of", "EXDATE": "but not on", "RDATE": "also on", "EXRULE": "but not", "COMMENT": "comment", "CONTACT": "contact", "PRIORITY": "priority",
}

// event makes the event of an appointment.
func (c *calendar) event(p *part) error {
	e := timeline.Event{Kind: timeline.System, Thread: c.name, Extra: timeline.FactsOf("type", kinds[p.kind])}
	e.Source.Record = fmt.Sprintf("%s %d at byte %d", p.kind, c.count, p.at)
	facts := importers.FactsOf(&e)
	c.start(&e, facts, p)
	said := p.text("SUMMARY")
	if more := p.text("DESCRIPTION"); more != "" {
		said = strings.TrimPrefix(said+"\n"+more, "\n")
	}
	facts.Say(said)
	e.Place.Name = p.text("LOCATION")
	geo, _ := p.get("GEO")
	placed := locate(&e.Place, geo.Value)
	facts.Add("sent as", c.method)
	if p.cut {
		facts.Flag(timeline.Truncated)
	}
	var organizers []timeline.Party
	for i, l := range p.lines {
		if l.Odd {
			facts.Flag(timeline.Undecoded)
		}
		if l.Cut {
			facts.Flag(timeline.TextCut)
		}
		switch l.Name {
		case "SUMMARY", "DESCRIPTION", "LOCATION", "DTSTART":
			if first, _ := p.get(l.Name); first.At != l.At {
				facts.Add("again "+strings.ToLower(l.Name), l.Raw)
				if l.Name == "DTSTART" && l.Raw != first.Raw {
					facts.Flag(timeline.TimesDisagree)
				}
			} else if len(l.Params) > 0 && l.Name != "DTSTART" {
				facts.Add(strings.ToLower(l.Name)+" as it stands", l.Raw)
			}
		case "GEO":
			if !placed {
				facts.Add("GEO", l.Value)
			}
		case "ORGANIZER":
			organizers = append(organizers, somebody(l))
			facts.Add("organizer", l.Raw)
		case "ATTENDEE":
			if len(e.To) < 1000 {
				e.To = append(e.To, somebody(l))
			}
			facts.Add("attendee", l.Raw)
		case "RRULE":
			facts.Add("repeats", repeats(l.Value))
			facts.Add("rule", l.Value)
		case "ATTACH":
			if err := c.attach(&e, facts, l, i); err != nil {
				return err
			}
		case "":
			facts.Add("line", l.Raw)
		default:
			facts.Add(called(l.Name), shown(l))
		}
	}
	if len(organizers) > 0 {
		e.From = organizers[0]
	}
	if slices.ContainsFunc(organizers, func(p timeline.Party) bool { return p != organizers[0] }) {
		facts.Dispute(fmt.Sprintf("it has %d organizers", len(organizers)), append(organizers, e.To...)...)
	}
	for i := range p.inner {
		facts.Add(strings.ToLower(p.inner[i].kind), p.inner[i].words())
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf(p.text("UID"), p.text("RECURRENCE-ID"), e.When.Raw, p.text("SEQUENCE"), p.text("LAST-MODIFIED"), e.Text))
	return c.out.Event(e)
}

// called is a property's name in plain words, or its own.
func called(name string) string {
	if plain := names[name]; plain != "" {
		return plain
	}
	return name
}

// shown is a value with the parameters that say how it is meant.
func shown(l contentline.Line) string {
	value := contentline.Text(l.Value)
	var with []string
	for _, p := range l.Params {
		if p.Name != "ENCODING" && p.Name != "CHARSET" {
			with = append(with, strings.TrimPrefix(p.Name+"="+p.Value, "="))
		}
	}
	if len(with) > 0 {
		value += " (" + strings.Join(with, ", ") + ")"
	}
	return value
}

// somebody is an organizer or an attendee. Whoever writes the calendar chooses
// the name.
func somebody(l contentline.Line) timeline.Party {
	address := l.Value
	if len(address) > 7 && strings.EqualFold(address[:7], "mailto:") {
		address = address[7:]
	}
	if strings.EqualFold(address, "invalid:nomail") {
		address = ""
	}
	return timeline.Party{Name: l.Param("CN"), Address: address}
}

var days = map[string]string{"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday", "SU": "Sunday"}

var units = map[string]string{"SECONDLY": "second", "MINUTELY": "minute", "HOURLY": "hour", "DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}

// repeats says a rule in words. What it has no words for stays as printed.
func repeats(rule string) string {
	unit, every, rest := "", "1", []string(nil)
	for part := range strings.SplitSeq(rule, ";") {
		key, value, _ := strings.Cut(part, "=")
		switch strings.ToUpper(key) {
		case "FREQ":
			unit = units[strings.ToUpper(value)]
		case "INTERVAL":
			every = value
		case "BYDAY":
			rest = append(rest, "on "+onDays(value))
		case "COUNT":
			rest = append(rest, value+" times in all")
		case "UNTIL":
			rest = append(rest, "until "+value)
		case "WKST", "":
		default:
			rest = append(rest, part)
		}
	}
	if unit == "" {
		return "by this rule: " + rule
	}
	words := "every " + unit
	if every != "1" {
		words = "every " + every + " " + unit + "s"
	}
	return strings.Join(append([]string{words}, rest...), ", ")
}

func onDays(value string) string {
	var list []string
	for day := range strings.SplitSeq(value, ",") {
		n := max(0, len(day)-2)
		name := days[strings.ToUpper(day[n:])]
		switch {
		case name == "":
			name = day
		case day[:n] == "-1":
			name = "the last " + name
		case n > 0:
			name = name + " number " + day[:n]
		}
		list = append(list, name)
	}
	return strings.Join(list, ", ")
}

// locate reads "51.5;-0.12".
func locate(place *timeline.Place, value string) bool {
	a, b, ok := strings.Cut(value, ";")
	lat, err := strconv.ParseFloat(a, 64)
	lon, err2 := strconv.ParseFloat(b, 64)
	onEarth := math.Abs(lat) <= 90 && math.Abs(lon) <= 180 // false for what is no number
	if !ok || err != nil || err2 != nil || !onEarth || lat == 0 && lon == 0 {
		return false
	}
	place.Lat, place.Lon, place.Fix = lat, lon, true
	return true
}
