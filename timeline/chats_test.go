package timeline

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// line is a message of a chat export, with the key that an importer gives it.
func lineOf(thread, record, from, text string, at time.Time) Event {
	e := keyed(record, from, text, at)
	e.Thread, e.Extra = thread, FactsOf(SameKey, WithinChat+e.Extra.Get(SameKey))
	return e
}

// talk is a conversation of two, one message a minute from the first up to, and
// not with, the last.
func talk(thread string, first, last int) (out []Event) {
	for i := first; i < last; i++ {
		out = append(out, lineOf(thread, fmt.Sprint("line ", i-first+1), []string{"Maya", "Dan"}[i%2], fmt.Sprint("the words of ", i), minuteOf(i)))
	}
	return out
}

// pinpoints counts what rows name beside their own source.
func pinpoints(rows []Row, by func(Row) []Pinpoint) (n int) {
	for _, r := range rows {
		n += len(by(r))
	}
	return n
}

func also(r Row) []Pinpoint      { return r.Also }
func elsewhere(r Row) []Pinpoint { return r.Elsewhere }

// A second export of a chat whose file was renamed is counted once where that is
// certain; else what both hold stands twice, and two chats stay two.
func TestRenamedExports(t *testing.T) {
	broadcast := func(thread, with string) (out []Event) {
		for i := range 8 {
			out = append(out, lineOf(thread, fmt.Sprint("line ", 2*i+1), "Maya", fmt.Sprint("I moved, tell nobody ", i), minuteOf(2*i)),
				lineOf(thread, fmt.Sprint("line ", 2*i+2), with, "all right, says "+with, minuteOf(2*i+1)))
		}
		return out
	}
	minutes := func(events []Event) []Event {
		for i := range events {
			e := &events[i]
			e.When = FromInstant(e.When.Instant.Truncate(time.Minute), Minute, "to the minute")
			e.From.Name = strings.ReplaceAll(strings.ReplaceAll(e.From.Name, "Maya", "My love"), "Dan", "Daniel")
			e.Extra = FactsOf(SameKey, WithinChat+e.From.Name+e.Text+e.When.Raw)
		}
		return events
	}
	seconds := func(events []Event) []Event {
		for i := range events {
			events[i].When.Instant = events[i].When.Instant.Add(17 * time.Second)
			events[i].Extra = FactsOf(SameKey, WithinChat+events[i].From.Name+events[i].Text+events[i].When.Instant.String())
		}
		return events
	}
	atChange := func(name, key string, decided bool) Event {
		e := lineOf("chat", "line 99", name, "on the night of the change", minuteOf(0))
		e.When = FromLocal(time.Date(2026, 10, 25, 1, 10, 0, 0, time.UTC), london, Minute, "25/10/2026, 01:10")
		if decided {
			e.When.Instant = time.Date(2026, 10, 25, 0, 10, 0, 0, time.UTC)
		}
		e.Extra = FactsOf(SameKey, WithinChat+key)
		return e
	}
	for _, tt := range []struct {
		name                  string
		a, b                  []Event
		rows, also, elsewhere int
	}{
		{"one tells which of two hours it was", append(seconds(talk("chat", 0, 12)), atChange("Dan", "seconds", true)), append(minutes(talk("chat", 0, 12)), atChange("Daniel", "minutes", false)), 26, 0, 26},
		{"neither tells which of two hours it was", append(seconds(talk("chat", 0, 12)), atChange("Dan", "seconds", false)), append(minutes(talk("chat", 0, 12)), atChange("Daniel", "minutes", false)), 26, 0, 26},
		{"under one name", talk("Dan", 0, 4), talk("Dan", 2, 6), 6, 2, 0},
		{"renamed", talk("Dan", 0, 12), talk("evidence", 0, 12), 12, 12, 0},
		{"renamed, and it goes on", talk("Dan", 0, 12), talk("evidence", 5, 20), 20, 7, 0},
		{"renamed, too few to be certain", talk("Dan", 0, 4), talk("evidence", 0, 4), 8, 0, 8},
		{"two chats of one owner, who wrote the same in both", broadcast("Dan", "Dan"), broadcast("Eve", "Eve"), 32, 0, 0},
		{"the other's telephone, which calls them otherwise", seconds(talk("Dan", 0, 12)), minutes(talk("My love", 4, 16)), 24, 0, 16},
		{"the other's telephone, under one name", seconds(talk("chat", 0, 12)), minutes(talk("chat", 0, 12)), 24, 0, 24},
	} {
		for _, way := range []string{"", ", the other way"} {
			x, _, _ := newIndex(t)
			addAs(t, x, "whatsapp", 4, tt.a...)
			addAs(t, x, "whatsapp", 5, tt.b...)
			rows := find(t, x, Filter{})
			if len(rows) != tt.rows || pinpoints(rows, also) != tt.also || pinpoints(rows, elsewhere) != tt.elsewhere {
				t.Errorf("%s%s: %d rows, %d also, %d elsewhere; want %d, %d, %d", tt.name, way, len(rows), pinpoints(rows, also), pinpoints(rows, elsewhere), tt.rows, tt.also, tt.elsewhere)
			}
			tt.a, tt.b = tt.b, tt.a
		}
	}
}

// An export that was renamed and changed is counted with the first, and what was
// changed is flagged, as in one that was not renamed.
func TestARenamedExportDiffers(t *testing.T) {
	x, _, _ := newIndex(t)
	changed := talk("evidence", 0, 24)
	changed[11] = lineOf("evidence", "line 12", "Dan", "I never said that", minuteOf(11))
	addAs(t, x, "whatsapp", 4, talk("Dan", 0, 24)...)
	addAs(t, x, "whatsapp", 5, changed...)
	rows := find(t, x, Filter{FlagsAny: []Flag{ExportsDiffer}})
	if len(rows) != 2 || rows[0].Differs[0].How != OtherWords {
		t.Errorf("%d rows differ: %+v", len(rows), rows)
	}
}

// One name in two exports of one chat is likely one person; a name that somebody
// wrote down, or of a chat that shares nothing, is possibly theirs.
func TestOneNameInTwoExports(t *testing.T) {
	x, _, _ := newIndex(t)
	addAs(t, x, "whatsapp", 4, talk("Dan", 0, 12)...)
	addAs(t, x, "whatsapp", 5, talk("evidence", 2, 20)...)
	addAs(t, x, "whatsapp", 6, lineOf("club", "line 1", "Dan", "who plays on Sunday?", minuteOf(3)))
	var likely, possible int
	for _, p := range x.People() {
		for _, k := range p.Perhaps {
			switch {
			case p.Name != "Dan":
			case k.Strength == Likely && len(k.Persons) == 2 && strings.Contains(k.Reason, "the same message stands in the exports of both"):
				likely++
			case k.Strength == Possible && len(k.Persons) == 3:
				possible++
			default:
				t.Errorf("person %d: %+v", p.Number, k)
			}
		}
	}
	if likely != 2 || possible != 3 {
		t.Errorf("%d say likely, %d possible; want 2 and 3", likely, possible)
	}
}
