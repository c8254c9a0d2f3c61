package telegram

import (
	"slices"
	"strconv"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

const isoDate = "2006-01-02T15:04:05"

// when reads a date and its unix time, where there is one.
func (x *export) when(date, unix string) (timeline.When, []timeline.Flag) {
	local, bad := clock(date)
	if t, ok := instant(unix); ok {
		w := timeline.FromInstant(t, timeline.Second, unix)
		if date == "" {
			return w, nil
		}
		w.Raw = date + " (unix time " + unix + ")"
		offset := local.Sub(t)
		if bad != nil || offset%(15*time.Minute) != 0 || offset.Abs() > 15*time.Hour {
			return w, []timeline.Flag{timeline.TimesDisagree}
		}
		w.Local, w.Zone = local, x.zone(offset)
		return w, nil
	}
	if bad == nil && !local.Equal(time.Unix(0, 0)) {
		return x.Assume.Local(local, timeline.Second, date)
	}
	if day, err := time.Parse(time.DateOnly, date); err == nil {
		return x.Assume.Local(day, timeline.Day, date)
	}
	if date == "" {
		date = unix
	}
	if date == "" {
		date = "not stated"
	}
	return importers.Undated(date), nil
}

// clock reads a date as nearly all are in the quick way.
func clock(date string) (time.Time, error) {
	if len(date) == len(isoDate) && date[4] == '-' && date[10] == 'T' {
		if t, _, _, ok := importers.ReadTime(date); ok {
			return t, nil
		}
	}
	return time.Parse(isoDate, date)
}

// instant reads a unix time; 0 is how Telegram writes that there is none.
func instant(unix string) (time.Time, bool) {
	const last = 253_402_300_799 // the end of the year 9999
	n, err := strconv.ParseInt(unix, 10, 64)
	return time.Unix(n, 0).UTC(), err == nil && n > 0 && n <= last
}

// zone names what the exporting computer's clock shows, and notes it for the
// reading's note.
func (x *export) zone(offset time.Duration) string {
	if x.offset.name == "" || x.offset.by != offset {
		x.offset.name, x.offset.by = time.Time{}.In(time.FixedZone("", int(offset/time.Second))).Format("-07:00"), offset
	}
	const most = 6
	if z := x.offset.name; len(x.zones) < most && !slices.Contains(x.zones, z) {
		x.zones = append(x.zones, z)
	}
	return x.offset.name
}
