// Package telegram reads what Telegram Desktop exports: one chat or a whole
// account, as JSON (result.json) or as pages (messages.html, messages2.html and
// the lists beside them).
//
// The JSON, by Telegram's own writer:
//
//	chat     {name, type, id, messages: [message]}
//	account  {about, personal_information, profile_pictures, stories,
//	          contacts{list}, frequent_contacts{list}, sessions{list},
//	          web_sessions{list}, other_data, chats{list: [chat]}, left_chats{list}}
//	message  {id, type: message | service | unsupported, date, date_unixtime, …}
//
// A date has no zone: it is that of the computer that exported. date_unixtime,
// there since 2021, is the instant, and the two together show the zone, which is
// kept as the wall clock of the event's time. Accounts are numbers before 2021
// and "user123", "channel123" since; a display name is nobody's own. The owner is
// known where the export says so: by personal_information, by a chat with
// oneself, and in a chat of two by being the one that the chat is not named for.
//
// Control characters are written as \x0B, which is no JSON: they are read as what
// they stand for. A message carries in Extra every member that nothing else of
// its event shows, under Telegram's own name.
//
// The pages show less: no account numbers, no second person of a group, and
// before 2021 no zone. What a notice of the app ("Dan pinned this message") has
// for a time is the heading of its day.
//
// Telegram sets "edited" also when somebody reacts to a message, so that it says
// less than it seems to.
package telegram

import (
	"bytes"
	"context"
	"errors"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "telegram",
		Version: 4,
		Title:   "Telegram",
		HowToGet: "On a computer, install Telegram Desktop from desktop.telegram.org and log in (the app on a phone cannot export). " +
			"For one chat, open it, click the three dots at the top right and choose Export chat history. " +
			"For everything, choose Settings, Advanced, Export Telegram data. " +
			"Under Format choose Machine-readable JSON, and tick photos, videos, voice messages and files. " +
			"Telegram may show the other devices that an export was made and ask you to wait a day. Keep the whole folder.",
		LeavesOut: []string{
			"Messages that were deleted, by either side, before the export was made; Telegram leaves no trace of them but missing numbers in large groups.",
			"Secret chats, which are on the one phone alone.",
			"Files that were left out by the settings of the export: each is listed as missing.",
			"Earlier wordings of messages that were edited.",
			"In an export as pages (HTML): the numbers of accounts, reactions in older years, and the exact time of the app's own notices.",
		},
		Tried: []string{
			"result.json of one chat and of a whole account, with and without unix times (2018 to 2026)",
			"messages.html with and without zones (2018 to 2025), and the lists of a whole account",
		},
	}
}

// Claims looks at how the file begins: the members of an export's JSON, or the
// frame of an export's page.
func (importer) Claims(s importers.Source) bool {
	head := bytes.TrimPrefix(s.Head, []byte("\ufeff"))
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) == 0 {
		return false
	}
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".html", ".htm":
		return claimsPage(head)
	case ".json", ".txt", "":
		return head[0] == '{' && claimsJSON(head)
	}
	return false
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if ext := strings.ToLower(path.Ext(s.Path)); ext == ".html" || ext == ".htm" {
		return importPage(ctx, s, out)
	}
	return importJSON(ctx, s, out)
}

// chatTypes are those that Telegram writes.
var chatTypes = map[string]bool{
	"personal_chat": true, "bot_chat": true, "saved_messages": true, "replies": true, "verify_codes": true, "private_group": true, "private_supergroup": true,
	"public_supergroup": true, "public_group": true, "private_channel": true, "public_channel": true,
}

// accountParts are the parts of a whole account, and how each begins.
var accountParts = map[string]bool{
	"personal_information": true, "contacts": true, "frequent_contacts": true, "sessions": true, "web_sessions": true, "chats": true, "left_chats": true,
}

// claimsJSON walks as much of the file as its head holds.
func claimsJSON(head []byte) bool {
	f := jsonfile.New(context.Background(), bytes.NewReader(head))
	var named string
	about := false
	for name, err := range f.Members() {
		if err != nil {
			return chatTypes[named] // broken, and to be called so
		}
		switch {
		case name == "about":
			about = f.Kind() == '"'
		case accountParts[name] && about:
			return accountPart(f, name)
		case name == "type" && f.Kind() == '"':
			v, err := f.Value()
			if err != nil || v.Decode(&named) != nil {
				return false
			}
		case name == "messages" && f.Kind() == '[':
			return chatTypes[named] || firstMessage(f)
		}
	}
	return false
}

// accountPart tells a part of an account from others' members of the same name.
func accountPart(f *jsonfile.File, name string) bool {
	for member, err := range f.Members() {
		if err != nil {
			return false
		}
		if name == "personal_information" {
			return member == "user_id" || member == "first_name"
		}
		return member == "about" || member == "list"
	}
	return false
}

// firstMessage tells whether the list begins with one of Telegram's messages.
func firstMessage(f *jsonfile.File) bool {
	for _, err := range f.Elements() {
		if err != nil || f.Kind() != '{' {
			return false
		}
		found := map[string]string{}
		for name, err := range f.Members() {
			if err != nil {
				return false
			}
			if len(found) < 30 && (f.Kind() == '"' || f.Kind() == '0') {
				v, err := f.Value()
				if err != nil {
					return false
				}
				found[name] = jsonfile.Plain(v.Raw)
			} else {
				found[name] = ""
			}
		}
		kind := found["type"]
		_, unix := found["date_unixtime"]
		_, by := found["from_id"]
		_, actor := found["actor_id"]
		_, text := found["text"]
		return (kind == "message" || kind == "service") && (unix || by || actor) && (text || found["action"] != "")
	}
	return false
}

var errEmpty = errors.New("this chat holds no messages in the export")
