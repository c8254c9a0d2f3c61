package outlook

import (
	"fmt"
	"net/mail"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// fileTime reads a count of 100 nanoseconds since 1601, UTC. Zero, and what lies
// outside any mailbox's time, is none.
func fileTime(v uint64) (timeline.When, bool) {
	const epoch = 11644473600 // seconds from 1601 to 1970
	t := time.Unix(int64(v/1e7)-epoch, int64(v%1e7)*100).UTC()
	if v == 0 || t.Year() < 1971 || t.Year() >= 2200 {
		return timeline.When{}, false
	}
	p := timeline.Second
	if t.Nanosecond() != 0 {
		p = timeline.Millisecond
	}
	return timeline.FromInstant(t, p, fmt.Sprintf("%d (100 ns since 1601)", v)), true
}

func (s *storage) time(id uint16) (timeline.When, bool) {
	v, ok := s.value(id, typeTime)
	if !ok {
		return timeline.When{}, false
	}
	return fileTime(v)
}

// headerDate reads the Date of the transport header.
func headerDate(header string) (timeline.When, bool) {
	raw := headerField(header, "date")
	t, err := mail.ParseDate(raw)
	if err != nil || t.Year() < 1971 || t.Year() >= 2200 {
		return timeline.When{}, false
	}
	if strings.HasSuffix(raw, "-0000") || strings.HasSuffix(raw, "GMT") {
		return timeline.FromInstant(t, timeline.Second, raw), true
	}
	return timeline.FromOffset(t, timeline.Second, raw), true
}

// headerField is the first field of a name, its lines joined.
func headerField(header, name string) string {
	value, found := "", false
	for line := range strings.Lines(header) {
		line = strings.TrimRight(line, "\r\n")
		if found {
			if !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") {
				return strings.TrimSpace(value)
			}
			value += " " + strings.TrimSpace(line)
			continue
		}
		if key, v, ok := strings.Cut(line, ":"); ok && strings.EqualFold(key, name) {
			value, found = v, true
		}
	}
	return strings.TrimSpace(value)
}

// times chooses the time of a message: when it was sent, else when it arrived,
// else, weakly, when it was made. Of an appointment it is when it begins.
func (m *message) times(e *timeline.Event, facts importers.Facts, header string) {
	add := func(label, note string, w timeline.When, ok bool) {
		if ok {
			e.Claims = append(e.Claims, timeline.Claim{Label: label, When: w, Note: note})
		}
	}
	if begins, ok := m.named(appointment, 0x820d); ok && e.Kind == timeline.Document {
		w, ok := fileTime(begins)
		add("begins", "the time of the appointment", w, ok)
	}
	submit, sent := m.time(0x0039)
	add("submit time", "the sender's clock", submit, sent)
	date, dated := headerDate(header)
	add("Date in the header", "the sender's clock; it can be set to anything", date, dated)
	arrived, delivered := m.time(0x0e06)
	add("delivery time", "the clock of the mailbox's server", arrived, delivered)
	weak := len(e.Claims)
	for _, c := range []struct {
		id          uint16
		label, note string
	}{{0x3007, "creation time", "when this copy was made"}, {0x3008, "last change", "when this copy was last changed"}} {
		w, ok := m.time(c.id)
		add(c.label, c.note, w, ok)
	}
	if len(e.Claims) == 0 {
		e.When = importers.Undated("no time in the message")
		return
	}
	e.Claims[0].Chosen = true
	e.When = e.Claims[0].When
	if weak == 0 {
		facts.Flag(timeline.WeakTime)
	}
	if sent && dated && apart(submit, date) > time.Minute || (sent || dated) && delivered && e.Kind == timeline.Email && tooFar(e.When, arrived) {
		facts.Flag(timeline.TimesDisagree)
	}
	if len(e.Claims) == 1 {
		e.Claims = nil
	}
}

func apart(a, b timeline.When) time.Duration { return a.Instant.Sub(b.Instant).Abs() }

// tooFar tells a message that arrived long after it was sent, or before.
func tooFar(sent, arrived timeline.When) bool {
	d := arrived.Instant.Sub(sent.Instant)
	return d > 24*time.Hour || d < -5*time.Minute
}
