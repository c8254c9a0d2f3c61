package sms

import (
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// call reads an entry of the call log.
func (b *backup) call(at int64) error {
	b.count.call++
	a, err := b.brief()
	e := event(timeline.Call, recordName("call", b.count.call, at), a)
	number := a.value("number")
	if hidden := withheld(number, a.value("presentation")); hidden != "" {
		extra(&e, "presentation", hidden)
		if !dialled(number) {
			number = ""
		}
	}
	party := timeline.Party{Address: number}
	if name := a.value("contact_name"); name != unknownName {
		party.Name = name
	}
	towards(&e, callType(&e, a.value("type")), []timeline.Party{party})
	e.Thread = number
	if v, ok := a.get("duration"); ok {
		extra(&e, "duration", v+" s")
	}
	extra(&e, "same", same(a, "call", "number", "date", "type", "duration"))
	shown := []string{"contact_name", "date", "type", "duration"}
	if number != "" {
		shown = append(shown, "number")
	}
	rest(&e, a, shown...)
	if err == nil && !b.closed {
		err = b.close("call", e.Source.Record)
	}
	return b.hand(e, a, err)
}

// callType reads what sort of call it was.
func callType(e *timeline.Event, kind string) (direction int) {
	name := map[string]string{
		"1": "incoming", "2": "outgoing", "3": "missed", "4": "voicemail", "5": "rejected", "6": "blocked", "7": "answered on another device",
	}[kind]
	extra(e, "type", name)
	switch kind {
	case "2":
		return sent
	case "1", "3", "4", "5", "6", "7":
		return received
	}
	extra(e, "type", notKnown(kind))
	return unstated
}

// withheld says why a call shows no number, by the presentation or, where that
// says nothing, by what stands in the number's place. It is empty for a call
// that shows its number.
func withheld(number, presentation string) string {
	switch presentation {
	case "2":
		return "number withheld by the caller (2)"
	case "3":
		return "number not known (3)"
	case "4":
		return "payphone (4)"
	}
	if strings.TrimSpace(number) == "" {
		return "number not known"
	}
	return importers.Withheld(number)
}

// dialled tells a number from what the app puts in its place.
func dialled(number string) bool {
	return strings.ContainsAny(number, "0123456789") && !strings.HasPrefix(number, "-")
}
