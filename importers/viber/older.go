package viber

import (
	"cmp"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// addressed hands on the messages of the versions up to 5. Their address is the
// number of the other party, and their type says who wrote: 0 the other party, 1
// the owner.
func addressed(v *sqlite.View) error {
	names, titles := map[string]string{}, map[int64]string{}
	for row := range v.Rows("participants_info", "number", "display_name", "contact_name") {
		names[row.Text("number")] = cmp.Or(row.Text("contact_name"), row.Text("display_name"))
	}
	for row := range v.Rows("conversations", "name") {
		titles[row.ID] = row.Text("name")
	}
	for row := range v.Rows("messages", "address", "date", "type", "body", "conversation_id", "extra_mime", "extra_uri", "deleted", "location_lat", "location_lng", "token", "description") {
		number := row.Text("address")
		other, owner := timeline.Party{Address: number, Name: names[number]}, timeline.Party{Owner: true}
		e := timeline.Event{
			Kind: timeline.Message, When: sqlite.UnixMillis.When(row, "date"), Text: cmp.Or(row.Text("body"), row.Text("description")),
			Thread: cmp.Or(titles[row.Int("conversation_id")], number), To: []timeline.Party{other}, Source: timeline.Pinpoint{Record: v.Record("message", row)},
		}
		switch kind := row.Int("type"); {
		case row.Null("type") || kind != 0 && kind != 1:
			sqlite.Fact(&e, "direction", "not stated")
			sqlite.Fact(&e, "type", row.Text("type"))
		case kind == 0:
			e.From, e.To = other, []timeline.Party{owner}
		default:
			e.From = owner
		}
		beside(v, row, &e)
		sqlite.Fact(&e, timeline.SameKey, importers.SameOf("message", row.Text("token"), row.Text("date"), row.Text("body")))
		if err := v.Event("messages", row, e); err != nil {
			return err
		}
	}
	return nil
}
