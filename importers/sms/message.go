package sms

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// The directions of a record.
const (
	unstated = iota
	received
	sent
)

// event begins an event from the attributes that all records have.
func event(kind timeline.Kind, record string, a attributes) timeline.Event {
	e := timeline.Event{Kind: kind, Source: timeline.Pinpoint{Record: record}, Extra: make(timeline.Facts, 0, 8)}
	date(&e, a)
	for _, at := range a {
		if at.odd {
			flag(&e, timeline.Undecoded)
		}
		if at.cut() {
			flag(&e, timeline.TextCut)
			extra(&e, at.name+" length", fmt.Sprint(at.size))
		}
	}
	return e
}

// rest keeps every attribute that nothing else of the event shows.
func rest(e *timeline.Event, a attributes, shown ...string) {
next:
	for _, at := range a {
		if at.shown == "" || at.shown == null || at.shown == saysNothing(at.name) {
			continue
		}
		for _, name := range shown {
			if at.name == name {
				continue next
			}
		}
		if !e.Extra.Has(at.name) {
			extra(e, at.name, at.shown)
		}
	}
}

// saysNothing is the value by which an attribute says that there is nothing to
// say.
func saysNothing(name string) string {
	switch name {
	case "date_sent", "locked", "protocol":
		return "0"
	case "presentation":
		return "1"
	}
	return ""
}

func flag(e *timeline.Event, f timeline.Flag) {
	for _, have := range e.Flags {
		if have == f {
			return
		}
	}
	e.Flags = append(e.Flags, f)
}

// hand hands on an event. When the file broke inside its record, it is flagged
// as cut off, or, where nothing of it can be read, skipped.
func (b *backup) hand(e timeline.Event, a attributes, err error) error {
	if err == nil {
		return b.out.Event(e)
	}
	var cut *broken
	if !errors.As(err, &cut) {
		return err
	}
	out := func() error {
		if len(a) == 0 {
			return b.out.Skip(e.Source.Record, "", err)
		}
		flag(&e, timeline.Truncated)
		return b.out.Event(e)
	}
	if stop := out(); stop != nil {
		return stop
	}
	return err
}

// sms reads a text message.
func (b *backup) sms(at int64) error {
	b.count.sms++
	a, err := b.brief()
	e := event(timeline.Message, recordName("sms", b.count.sms, at), a)
	others := people(a.value("address"), a.value("contact_name"))
	direction := smsType(&e, a)
	towards(&e, direction, others)
	twice(&e, a, others)
	e.Thread = number(&e, a)
	body(&e, a)
	status(&e, a)
	extra(&e, "same", same(a, "sms", "address", "date", "type", "body"))
	shown := []string{"contact_name", "date", "body", "type", "status"}
	if e.Thread != "" {
		shown = append(shown, "address")
	}
	rest(&e, a, shown...)
	if err == nil && !b.closed {
		err = b.close("sms", e.Source.Record)
	}
	return b.hand(e, a, err)
}

// twice takes nobody for whom a record is from or to that says so of two, and flags
// one of two times.
func twice(e *timeline.Event, a attributes, others []timeline.Party) {
	for _, name := range []string{"address", "number", "type", "msg_box", "date"} {
		second, again := a.get(name + " (2)")
		if again = again && second != a.value(name); !again {
			continue
		}
		said := name + " says " + a.value(name) + ", and it says " + second
		switch name {
		case "date":
			flag(e, timeline.TimesDisagree)
			continue
		case "address", "number":
			others = append(others, people(second, "")...)
		}
		importers.FactsOf(e).Dispute(said, others...)
	}
}

// number is the number of a message, which names its conversation. Where it is
// not shown, a fact says why, and the conversation is of nobody.
func number(e *timeline.Event, a attributes) string {
	address := a.value("address")
	if hidden := importers.Withheld(address); hidden != "" {
		extra(e, "presentation", hidden)
		return ""
	}
	return address
}

// body is the text of a message. A message that says "null" cannot be told
// from one without a text, so both keep the word.
func body(e *timeline.Event, a attributes) {
	t := a.find("body")
	if t.shown == null {
		extra(e, "body", `null (the app writes this for no text; the text may also be the word itself)`)
		return
	}
	e.Text = t.shown
}

// smsType reads what became of a message.
func smsType(e *timeline.Event, a attributes) (direction int) {
	kind := a.value("type")
	name := map[string]string{
		"1": "received", "2": "sent", "3": "draft", "4": "outbox, not yet sent", "5": "failed", "6": "queued, not yet sent",
	}[kind]
	extra(e, "type", name)
	switch kind {
	case "1":
		return received
	case "2":
		return sent
	case "3", "4", "6":
		flag(e, timeline.Draft)
		return sent
	case "5":
		flag(e, timeline.Failed)
		return sent
	}
	extra(e, "type", notKnown(kind))
	return unstated
}

func notKnown(kind string) string {
	if kind == "" {
		return "not stated"
	}
	return kind + " (meaning not known)"
}

// status is the delivery report of a message.
func status(e *timeline.Event, a attributes) {
	switch v := a.value("status"); v {
	case "", "-1":
	case "0":
		extra(e, "status", "delivered")
	case "32":
		extra(e, "status", "delivery pending")
	case "64":
		extra(e, "status", "delivery failed")
		flag(e, timeline.Failed)
	default:
		extra(e, "status", notKnown(v))
	}
}

// close reads the end tag of an element that ought to hold nothing.
func (b *backup) close(element, record string) error {
	for {
		t, err := b.next()
		switch {
		case err != nil:
			return err
		case t.kind == ended:
			return b.fail("")
		case t.kind == endTag && t.name == element:
			return nil
		case t.kind == endTag:
			return &broken{t.at, "the end tag " + t.name + " stands inside " + record}
		case t.kind == stray:
			err = b.out.Skip(fmt.Sprintf("%s, words at byte %d", record, t.at), t.name, errStray)
		default:
			err = b.unknown(t, fmt.Sprintf("%s, %s at byte %d", record, t.name, t.at))
		}
		if err != nil {
			return err
		}
	}
}

// same is the sum by which copies of one record in overlapping backups of one
// phone are known: of the values as written, null included.
func same(a attributes, kind string, names ...string) string {
	var room [512]byte // enough for nearly every record
	b := append(room[:0], kind...)
	for _, name := range names {
		t := a.find(name)
		b = strconv.AppendInt(append(b, 0), int64(t.size), 10)
		b = append(append(b, 0), t.shown...)
	}
	return importers.SumOf(b)
}

// people are the others of a conversation: their numbers, joined by "~" in a
// group, with their names where there are as many.
func people(addresses, names string) []timeline.Party {
	if addresses == "" && (names == "" || names == unknownName) {
		return nil
	}
	list := strings.Split(addresses, "~")
	named := strings.Split(names, ", ")
	if len(list) == 1 {
		named = []string{names}
	}
	parties := make([]timeline.Party, len(list))
	for i, address := range list {
		if importers.Withheld(address) == "" {
			parties[i].Address = address
		}
		if len(named) == len(list) && named[i] != unknownName {
			parties[i].Name = named[i]
		}
	}
	return parties
}

// unknownName is what the app writes for a number that is not in the contacts.
const unknownName = "(Unknown)"

// towards sets who a record is from and to. Where the direction is not stated,
// nobody is said to have sent it.
func towards(e *timeline.Event, direction int, others []timeline.Party) {
	owner := timeline.Party{Owner: true}
	switch {
	case direction == received:
		e.To = []timeline.Party{owner}
		if len(others) == 1 {
			e.From = others[0]
		} else {
			e.To = append(e.To, others...)
		}
	case direction == sent:
		e.From, e.To = owner, others
	default:
		e.To = others
	}
}
