package telephony

import (
	"fmt"
	"strings"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// calls hands on the table of calls.
func calls(v *sqlite.View) error {
	for row := range v.Rows("calls", "number", "presentation", "date", "duration", "type", "name", "features", "geocoded_location", "countryiso",
		"transcription", "via_number", "post_dial_digits", "phone_account_address", "subscription_id", "call_screening_app_name", "block_reason", "missed_reason", "subject") {
		if err := v.Event("calls", row, call(v, row)); err != nil {
			return err
		}
	}
	return nil
}

var callTypes = map[int64]string{
	1: "incoming", 2: "outgoing", 3: "missed", 4: "voicemail", 5: "rejected", 6: "blocked", 7: "answered on another device",
}

func call(v *sqlite.View, row sqlite.Row) timeline.Event {
	e := timeline.Event{Kind: timeline.Call, When: sqlite.UnixMillis.When(row, "date"), Source: timeline.Pinpoint{Record: v.Record("call", row)}}
	number := row.Text("number")
	if hidden := withheld(number, row); hidden != "" {
		sqlite.Fact(&e, "presentation", hidden)
		if !strings.ContainsAny(number, "0123456789") || strings.HasPrefix(number, "-") {
			number = ""
		}
	}
	other := timeline.Party{Address: number, Name: row.Text("name")}
	owner := timeline.Party{Owner: true, Address: row.Text("phone_account_address")}
	kind := row.Int("type")
	switch kind {
	case 2:
		e.From, e.To = owner, []timeline.Party{other}
	case 1, 3, 4, 5, 6, 7:
		e.From, e.To = other, []timeline.Party{owner}
	default:
		e.To = []timeline.Party{other}
	}
	e.Thread = number
	name := callTypes[kind]
	if name == "" {
		name = fmt.Sprintf("%s (meaning not known)", row.Text("type"))
	}
	sqlite.Fact(&e, "type", name)
	sqlite.Fact(&e, "duration", sqlite.Seconds(row, "duration"))
	if row.Int("features")&1 != 0 {
		sqlite.Fact(&e, "video", "video call")
	}
	for column, fact := range map[string]string{
		"geocoded_location": "where the number is from", "countryiso": "country of the telephone", "transcription": "transcription", "via_number": "through number",
		"post_dial_digits": "dialled afterwards", "call_screening_app_name": "screened by", "subject": "subject",
	} {
		sqlite.Fact(&e, fact, row.Text(column))
	}
	for _, column := range []string{"block_reason", "missed_reason"} {
		if n := row.Int(column); n != 0 {
			sqlite.Fact(&e, column, fmt.Sprint(n))
		}
	}
	sqlite.Fact(&e, timeline.SameKey, importers.SameOf("call", row.Text("number"), row.Text("date"), row.Text("type"), row.Text("duration")))
	return e
}

// withheld says why a call shows no number: by its presentation or, where that
// says nothing, by what stands in the number's place.
func withheld(number string, row sqlite.Row) string {
	switch row.Int("presentation") {
	case 2:
		return "number withheld by the caller (2)"
	case 3:
		return "number not known (3)"
	case 4:
		return "payphone (4)"
	}
	if strings.TrimSpace(number) == "" {
		return "number not known"
	}
	return importers.Withheld(number)
}
