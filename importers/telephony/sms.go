package telephony

import (
	"errors"
	"fmt"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// The directions of a record.
type direction int

const (
	unstated direction = iota
	received
	sent
)

// messages hands on what mmssms.db holds.
func messages(v *sqlite.View) error {
	b := newBook(v)
	for row := range v.Rows("sms", "thread_id", "address", "date", "date_sent", "protocol", "read", "status", "type", "subject", "body",
		"service_center", "locked", "error_code", "sub_id", "creator") {
		if err := v.Event("sms", row, b.sms(row)); err != nil {
			return err
		}
	}
	if err := b.mms(); err != nil || v.Before() {
		return err
	}
	for row := range v.Rows("raw", "date", "address", "pdu") {
		said := row.Text("address") + " " + sqlite.Moment(sqlite.UnixMillis.When(row, "date")) + " " + row.Text("pdu")
		if err := v.Skip(v.Record("raw", row), said, errRaw); err != nil {
			return err
		}
	}
	return nil
}

var errRaw = errors.New("a piece of a long message whose other pieces had not come; the telephone shows it to nobody")

// sms makes the event of a text message.
func (b *book) sms(row sqlite.Row) timeline.Event {
	e := timeline.Event{Kind: timeline.Message, When: sqlite.UnixMillis.When(row, "date"), Text: row.Text("body"), Source: timeline.Pinpoint{Record: b.Record("sms", row)}}
	if sent := sqlite.UnixMillis.When(row, "date_sent"); sent.Precision != timeline.Undated {
		claims(&e, sent)
	}
	to := []timeline.Party{{Address: row.Text("address")}}
	if hidden := importers.Withheld(to[0].Address); hidden != "" {
		sqlite.Fact(&e, "presentation", hidden)
		to[0].Address = ""
	} else if to[0].Address == "" {
		to = b.recipients(row.Int("thread_id"))
	}
	towards(&e, box(&e, row.Int("type"), smsBoxes), to)
	if len(to) > 0 {
		e.Thread = to[0].Address
	}
	status(&e, row)
	sqlite.Fact(&e, "subject", row.Text("subject"))
	sqlite.Fact(&e, "service_center", row.Text("service_center"))
	sqlite.Fact(&e, "creator", row.Text("creator"))
	if n := row.Int("error_code"); n != 0 {
		sqlite.Fact(&e, "error", fmt.Sprint(n))
	}
	sqlite.Fact(&e, timeline.SameKey, importers.SameOf("sms", row.Text("address"), row.Text("date"), row.Text("type"), row.Text("body")))
	return e
}

// claims states both times of a message: when the telephone stored it, and when
// it was sent.
func claims(e *timeline.Event, sent timeline.When) {
	stored := e.When
	if stored.Precision == timeline.Undated {
		e.When = sent
		sqlite.Flag(e, timeline.WeakTime)
	}
	e.Claims = []timeline.Claim{
		{Label: "date", When: stored, Chosen: stored.Precision != timeline.Undated, Note: "when the phone stored it"},
		{Label: "date_sent", When: sent, Chosen: stored.Precision == timeline.Undated, Note: "when the network or the sender says that it was sent"},
	}
	if late := stored.Instant.Sub(sent.Instant).Hours(); !stored.Instant.IsZero() && (late > 24 || late < -5.0/60) {
		sqlite.Flag(e, timeline.TimesDisagree)
	}
}

// boxes are what the numbers of a box mean.
type boxes map[int64]string

var (
	smsBoxes = boxes{1: "received", 2: "sent", 3: "draft", 4: "outbox, not yet sent", 5: "failed", 6: "queued, not yet sent"}
	mmsBoxes = boxes{1: "received", 2: "sent", 3: "draft", 4: "outbox, not yet sent", 5: "failed"}
)

// box reads which way a message went.
func box(e *timeline.Event, n int64, names boxes) direction {
	name, known := names[n]
	if !known {
		name = fmt.Sprintf("%d (meaning not known)", n)
	}
	sqlite.Fact(e, "type", name)
	switch {
	case !known:
		return unstated
	case n == 1:
		return received
	case n == 5:
		sqlite.Flag(e, timeline.Failed)
	case n != 2:
		sqlite.Flag(e, timeline.Draft)
	}
	return sent
}

// status is the delivery report.
func status(e *timeline.Event, row sqlite.Row) {
	switch n := row.Int("status"); {
	case row.Null("status") || n == -1:
	case n == 0:
		sqlite.Fact(e, "status", "delivered")
	case n == 32:
		sqlite.Fact(e, "status", "delivery pending")
	case n == 64:
		sqlite.Fact(e, "status", "delivery failed")
		sqlite.Flag(e, timeline.Failed)
	default:
		sqlite.Fact(e, "status", fmt.Sprintf("%d (meaning not known)", n))
	}
}

// towards sets who a record is from and to. Where the direction is not stated,
// nobody is said to have sent it.
func towards(e *timeline.Event, d direction, others []timeline.Party) {
	owner := timeline.Party{Owner: true}
	switch {
	case d == received && len(others) == 1:
		e.From, e.To = others[0], []timeline.Party{owner}
	case d == received:
		e.To = append([]timeline.Party{owner}, others...)
	case d == sent:
		e.From, e.To = owner, others
	default:
		e.To = others
	}
}
