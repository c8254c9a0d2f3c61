package plaso

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

var (
	datetime  = []string{"datetime"}
	timestamp = []string{"timestamp"}
	container = []string{"__container_type__", "__container type"}
)

// sketched reads datetime and timestamp.
func (*reading) sketched(e *timeline.Event, r row) {
	printed, counted := r.Get(datetime...), r.Get(timestamp...)
	said, ok := instant(printed)
	own := r.Get(container...) != ""
	count, counts := epoch(counted, own)
	switch e.When = said; {
	case !ok && !counts:
		e.When = importers.Undated(strings.TrimSpace(printed + " " + counted))
		return
	case !ok:
		e.When = count
	}
	if !ok || !counts {
		note(e, "datetime that cannot be read", printed, e.When.Raw)
		note(e, "timestamp that cannot be read", counted, e.When.Raw)
		if _, unit, counted := importers.ReadCount(e.When.Raw); counted && !own {
			label := "timestamp"
			if ok {
				label = "datetime"
			}
			importers.FactsOf(e).UnitBySize(label, unit, importers.Microseconds)
		}
		return
	}
	e.Claims = []timeline.Claim{{Label: "datetime", When: said, Chosen: true}, {Label: "timestamp", When: count}}
	if said.Instant.Sub(count.Instant).Abs() >= time.Second {
		importers.FactsOf(e).Flag(timeline.TimesDisagree)
		e.Claims[1].Note = "disagrees with datetime"
	}
}

func note(e *timeline.Event, name, value, used string) {
	if strings.TrimSpace(value) != "" && value != used {
		importers.FactsOf(e).Add(name, value)
	}
}

// instant reads a datetime, which is UTC where it names no zone; one that is a
// number is a timestamp.
func instant(printed string) (timeline.When, bool) {
	if w, ok := epoch(printed, false); ok {
		return w, true
	}
	if w, ok := importers.ReadInstant(printed); ok {
		return w, true
	}
	t, p, _, ok := importers.ReadTime(printed)
	return timeline.FromInstant(t, p, printed), ok
}

// epoch reads a timestamp: microseconds in plaso's own output, elsewhere by the
// count of its digits.
func epoch(counted string, micro bool) (timeline.When, bool) {
	if counted == "" || strings.IndexByte(counted, ':') >= 0 { // a datetime, as most are
		return timeline.When{}, false
	}
	if n, err := strconv.ParseInt(strings.TrimSpace(counted), 10, 64); err == nil && micro {
		return timeline.FromInstant(time.UnixMicro(n), timeline.Millisecond, counted), n > 0 && n < 1e17
	}
	w, _, ok := importers.ReadCount(counted)
	return w, ok
}

// logged reads the date, the time and the zone of l2tcsv.
func (x *reading) logged(e *timeline.Event, r row) {
	date, clock, zone := r.Get("date"), r.Get("time"), r.Get("timezone")
	raw := strings.TrimSpace(strings.Join([]string{date, clock, zone}, " "))
	t, err := time.Parse("01/02/2006 15:04:05", date+" "+clock)
	if err != nil || t.Year() < 1900 {
		e.When = importers.Undated(raw)
		return
	}
	if at, ok := x.named(zone); ok {
		e.When = inZone(e, t, at, raw)
		return
	}
	w, flags := x.assume.Local(t, timeline.Second, raw)
	e.When, e.Flags = w, append(e.Flags, flags...)
}

// inZone is a clock whose zone the row names, so that nobody has assumed it.
func inZone(e *timeline.Event, t time.Time, zone *time.Location, raw string) timeline.When {
	if zone == time.UTC {
		return timeline.FromInstant(t, timeline.Second, raw)
	}
	w, flags := importers.Assume{Zone: zone}.Local(t, timeline.Second, raw)
	for _, f := range flags {
		if f != timeline.ZoneAssumed {
			e.Flags = append(e.Flags, f)
		}
	}
	w.Basis = timeline.DeviceZone
	return w
}

// named finds the zone that a row names. "Local" is the reading computer's, not
// the device's.
func (x *reading) named(zone string) (*time.Location, bool) {
	switch zone {
	case "", "Local", "-":
		return nil, false
	case "UTC", "Etc/UTC", "GMT":
		return time.UTC, true
	case x.zone.name: // that of the row before, as nearly always
		return x.zone.at, x.zone.at != nil
	}
	at, err := time.LoadLocation(zone)
	if err != nil {
		at = nil
	}
	x.zone.name, x.zone.at = zone, at
	return at, at != nil
}

// counted reads the seconds of tln.
func (*reading) counted(e *timeline.Event, r row) {
	raw := r.Get("time")
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n <= 0 || n >= 1e11 {
		e.When = importers.Undated(raw)
		return
	}
	e.When = timeline.FromInstant(time.Unix(n, 0), timeline.Second, raw)
	importers.FactsOf(e).Add("time as counted", fmt.Sprintf("%d seconds since 1970", n))
}
