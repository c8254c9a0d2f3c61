package whatsappdb

import (
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// address is what stands in a JID for a person: "447700900123@s.whatsapp.net"
// is the number +447700900123. A number behind a point or a colon names one of
// their devices.
func address(jid string) string {
	user, server, ok := strings.Cut(jid, "@")
	if !ok {
		return jid
	}
	user, _, _ = strings.Cut(user, ":")
	user, _, _ = strings.Cut(user, ".")
	switch server {
	case "s.whatsapp.net", "c.us":
		if user != "" && strings.Trim(user, "0123456789") == "" {
			return "+" + user
		}
	case "lid":
		return "lid:" + user
	case "":
		return user
	}
	return server + ":" + user // not NAME@SERVER: it is no e-mail address
}

// isGroup tells the JID of a conversation of many.
func isGroup(jid string) bool {
	return strings.HasSuffix(jid, "@g.us") || strings.HasSuffix(jid, "@broadcast")
}

// party is somebody by their JID.
func party(jid, name string) timeline.Party {
	if jid == "" {
		return timeline.Party{Name: name}
	}
	return timeline.Party{Name: name, Address: address(jid)}
}

// thread names a conversation: a group by its subject and its identifier.
func thread(jid, subject string) string {
	if !isGroup(jid) {
		return address(jid)
	}
	if subject == "" {
		return jid
	}
	return subject + " (" + jid + ")"
}

// towards sets who a message is from and to. Who sent one of the app's own is
// not said.
func towards(e *timeline.Event, fromMe bool, chat, sender timeline.Party, group bool) {
	owner := timeline.Party{Owner: true}
	switch {
	case fromMe && group:
		e.From = owner
	case fromMe:
		e.From, e.To = owner, []timeline.Party{chat}
	case group:
		e.From, e.To = sender, []timeline.Party{owner}
		if sender == (timeline.Party{}) && e.Kind != timeline.System {
			sqlite.Fact(e, "sender", "not stated")
		}
	default:
		e.From, e.To = chat, []timeline.Party{owner}
	}
	if group || e.Kind == timeline.System || !numbered(chat) || !numbered(sender) {
		return
	}
	switch same := sender.Address == chat.Address; {
	case fromMe && same:
		importers.FactsOf(e).Dispute("the message is from the owner of the telephone, and from "+sender.Address, sender)
	case !fromMe && !same:
		importers.FactsOf(e).Dispute("the chat is with "+chat.Address+" alone; the message is from "+sender.Address, sender, chat)
	}
}

// numbered tells who is known by a telephone number, of which everybody has
// another.
func numbered(p timeline.Party) bool { return strings.HasPrefix(p.Address, "+") }

// media are the places where a file of WhatsApp may lie, from the folder of its
// database.
func media(stored string) (paths []string) {
	stored = strings.TrimLeft(strings.ReplaceAll(stored, `\`, "/"), "/")
	if stored == "" {
		return nil
	}
	for _, mark := range []string{"Media/", "WhatsApp/"} {
		if i := strings.Index(stored, mark); i >= 0 {
			paths = append(paths, stored[i:], "../"+stored[i:], "Message/"+stored[i:])
		}
	}
	return append(paths, stored, "../"+stored, "Message/"+stored)
}

// contacts reads the names that an Android telephone keeps in a database of its
// own beside this one: those of the address book, and else those that people
// gave themselves.
func contacts(v *sqlite.View) (map[string]string, error) {
	names := map[string]string{}
	folder := path.Dir(v.Source.Path)
	for _, p := range []string{path.Join(folder, "wa.db"), path.Join(path.Dir(folder), "databases", "wa.db")} {
		err := v.Other(p, func(other *sqlite.View) {
			for row := range other.Rows("wa_contacts", "jid", "display_name", "wa_name") {
				jid, name := row.Text("jid"), row.Text("display_name")
				if name == "" {
					name = row.Text("wa_name")
				}
				if names[jid] == "" {
					names[jid] = name
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}
