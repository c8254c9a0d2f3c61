package timeline

import (
	"fmt"
	"strings"
	"time"
)

// Text says a time in full for a reader: the wall clock with the name of its
// zone, UTC where that is another, how exact it is, and why it may be believed.
// Instants are shown in the given zone; nil shows them in UTC.
func (w When) Text(zone *time.Location) string {
	if w.Precision == Undated || w.Instant.IsZero() && w.Local.IsZero() {
		if w.Raw != "" {
			return fmt.Sprintf("time not known (%q)", w.Raw)
		}
		return "time not known"
	}
	if zone == nil {
		zone = time.UTC
	}
	text := w.shape(zone)
	var notes []string
	if utc := w.utc(zone); utc != "" {
		notes = append(notes, utc)
	}
	if b := w.Basis.Text(w.Zone); b != "" {
		notes = append(notes, b)
	}
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

// Brief is the time itself in words, without why it may be believed.
func (w When) Brief(zone *time.Location) string {
	if w.Precision == Undated || w.Instant.IsZero() && w.Local.IsZero() {
		return "time not known"
	}
	if zone == nil {
		zone = time.UTC
	}
	return w.shape(zone)
}

// shape is the time itself in words.
func (w When) shape(zone *time.Location) string {
	t, name := w.Local, ""
	if !w.Instant.IsZero() {
		t = w.Instant.In(zone)
		name = " " + t.Format("MST")
	}
	first, last := w.Units()
	switch w.Precision {
	case Millisecond:
		return inUnit(t, Millisecond, name)
	case Minute:
		return t.Format("Mon 2 Jan 2006 15:04") + name
	case Hour:
		return t.Format("Mon 2 Jan 2006, 15") + " o’clock" + name
	case Day:
		return "that day, " + w.day().Format("Mon 2 Jan 2006")
	case Month:
		return "that month, " + w.day().Format("January 2006")
	case Year:
		return "that year, " + w.day().Format("2006")
	case About:
		return "about " + w.moment(t, first, name)
	case Before:
		return "not later than " + w.moment(t, first, name)
	case After:
		return "not earlier than " + w.moment(t, first, name)
	case Range:
		until, ends := w.Ended().In(zone), ""
		if !until.IsZero() {
			ends = " " + until.Format("MST")
		}
		if !w.Local.IsZero() && (ends == name || ends == "") {
			t, name, until, ends = w.Local, "", w.Until, ""
		}
		if !w.Until.IsZero() && last.WholeDay() {
			until = w.Until
		}
		return "between " + w.moment(t, first, name) + " and " + inUnit(until, last, ends)
	}
	return inUnit(t, Second, name)
}

// moment is a time in a unit; a whole day is that of the source's own calendar.
func (w When) moment(t time.Time, unit Precision, zone string) string {
	if unit.WholeDay() {
		t = w.day()
	}
	return inUnit(t, unit, zone)
}

// inUnit writes a time as exactly as its unit allows and no more.
func inUnit(t time.Time, unit Precision, zone string) string {
	switch unit {
	case Year:
		return t.Format("2006")
	case Month:
		return t.Format("January 2006")
	case Day:
		return t.Format("Mon 2 Jan 2006")
	case Minute:
		return t.Format("Mon 2 Jan 2006 15:04") + zone
	case Millisecond: // thousandths that are zero are not printed
		return t.Format("Mon 2 Jan 2006 15:04:05.999") + zone
	}
	return t.Format("Mon 2 Jan 2006 15:04:05") + zone
}

// day is the calendar day as the source means it.
func (w When) day() time.Time {
	if !w.Local.IsZero() {
		return w.Local
	}
	return w.Instant
}

func (w When) utc(zone *time.Location) string {
	if first, _ := w.Units(); w.Precision == Range || first.WholeDay() {
		return ""
	}
	switch w.ambiguous() {
	case "twice":
		return "the clock showed this hour twice"
	case "never":
		return "the clock never showed this hour"
	}
	if w.Instant.IsZero() {
		return "zone not known"
	}
	if _, off := w.Instant.In(zone).Zone(); off == 0 && zone != time.UTC || zone == time.UTC {
		return ""
	}
	return w.Instant.UTC().Format("15:04:05") + " UTC"
}

// Text says in words where a time's zone came from.
func (b Basis) Text(zone string) string {
	switch b {
	case UTC:
		return "the source holds UTC"
	case OffsetBasis:
		return "the source gives the offset " + zone
	case Stated:
		if strings.Contains(zone, "/") {
			return "the person who wrote it gave the time, by the clock of " + zone
		}
		return "the person who wrote it gave the offset " + zone
	case DeviceZone:
		return "by the device’s own zone " + zone
	case AssumedZone:
		return "zone assumed: " + zone
	case UnknownZone:
		return "by the source’s own clock"
	}
	return ""
}

// Title is a flag in plain words.
func (f Flag) Title() string {
	switch f {
	case AssumedOrder:
		return "day and month could not be told apart by the file; a person said which is which"
	case ZoneAssumed:
		return "the zone was named by a person or by the case"
	case ClockTwice:
		return "the clock showed this hour twice, and the source does not say which it means; where nothing tells, it stands in order at the second"
	case ClockNever:
		return "the clock never showed this hour, because it was put forward; in order it stands at that moment"
	case ForgedHeader:
		return "a line here looks like a message of its own and may not be one"
	case Edited:
		return "the source says that it was changed after sending"
	case Deleted:
		return "the source says that it was deleted"
	case WeakTime:
		return "placed by a weak sign of its time"
	case TimesDisagree:
		return "the source gives several times that do not agree"
	case PartiesDiffer:
		return "the source says two things of who this is from or to that cannot both be so; neither is taken"
	case Truncated:
		return "cut off in the source"
	case TextCut:
		return "shown shortened; the whole is in the original"
	case Draft:
		return "written and not sent, as far as the source says"
	case Failed:
		return "the source says that sending failed"
	case ReaderDiffer:
		return "two readers of the same metadata disagree"
	case AppText:
		return "written by the app, not by a person"
	case AppOrTyped:
		return "written by the app, or typed so by a person: this export does not tell the two apart"
	case OutOfOrder:
		return "the times of this line and its neighbour in the file go backwards"
	case Undecoded:
		return "a part could not be decoded and is kept as it came"
	case ClockCorrected:
		return "corrected by a person's statement that the clock of the device was wrong"
	case SecondHand:
		return "from the list in another person's Daybook: its original is not in this case"
	case StillToCome:
		return "dated later than the day on which it was added: the clock of the device may have been wrong, or the date is read in the wrong order"
	case ExportsDiffer:
		return "another export of this chat has something else in its place, or nothing"
	case NameLookalike:
		return "a name here can be taken for another: it looks like one of the case that is written with other characters, or holds characters that cannot be seen"
	}
	return string(f)
}
