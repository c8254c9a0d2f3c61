package telegram

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// service reads what Telegram itself notes in a chat: a call, or a change.
func (x *export) service(c *chat, e *timeline.Event, m *message) {
	if m.Actor != "" || m.ActorID != "" {
		e.From = x.party(c, string(m.Actor), string(m.ActorID))
	}
	e.Kind = timeline.System
	if m.Action == "phone_call" || m.Action == "group_call" {
		e.Kind = timeline.Call
		extra(e, "call", strings.ReplaceAll(string(m.Action), "_", " "))
		return
	}
	e.Text = strings.ReplaceAll(string(m.Action), "_", " ")
	extra(e, "action", string(m.Action))
	if told := details(m.Rest); told != "" {
		e.Text = strings.TrimPrefix(e.Text+": "+told, ": ")
	}
}

// told are the members that say what a notice is about.
var told = map[string]bool{
	"title": true, "new_title": true, "members": true, "inviter": true, "information_text": true, "emoticon": true, "distance": true,
	"to": true, "period": true, "score": true, "cost": true, "months": true, "amount": true, "currency": true, "reason_domain": true,
}

func details(members jsontext.Value) string {
	var list []string
	for name, raw := range jsonfile.Fields(members) {
		if !told[name] {
			continue
		}
		value := jsonfile.Plain(raw)
		if raw.Kind() == '[' {
			var items []string
			for _, item := range jsonfile.Items(raw) {
				if item.Kind() == 'n' {
					items = append(items, "an account that was deleted")
					continue
				}
				items = append(items, jsonfile.Plain(item))
			}
			value = strings.Join(items, ", ")
		}
		if value != "" {
			list = append(list, strings.ReplaceAll(name, "_", " ")+" "+value)
		}
	}
	return strings.Join(list, "; ")
}
