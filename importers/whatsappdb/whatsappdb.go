// Package whatsappdb reads the databases of WhatsApp: msgstore.db of an Android
// telephone, with the tables of today (android.go) and those of before 2022
// (older.go), and ChatStorage.sqlite of an iPhone (ios.go). The chats that
// WhatsApp itself exports as text are another format.
//
// Times are UTC: milliseconds since 1970 on Android, seconds since 2001 on an
// iPhone. An address is the number in front of @s.whatsapp.net; where the
// database knows somebody by a hidden identity alone (@lid) it stays "lid:" and
// that number. Who sent a message in a group is said by a column of its own,
// and by the conversation in one of two.
//
// A message has the same identifier on every telephone that it reached, so that
// an old and a new database are counted once.
package whatsappdb

import (
	"bytes"
	"context"
	"errors"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/sqlite"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "whatsappdb",
		Version: 2,
		Title:   "WhatsApp databases (msgstore.db, ChatStorage.sqlite)",
		HowToGet: "From an iPhone: make a backup on a computer without encryption, and add the folder that an extraction tool makes of it; " +
			"ChatStorage.sqlite lies in the group net.whatsapp.WhatsApp.shared, with the folder Message beside it. " +
			"From Android: an examiner can copy msgstore.db, with wa.db beside it; the file msgstore.db.crypt14 or crypt15 that lies in the folder WhatsApp is locked, and Daybook cannot open it. " +
			"If you have the telephone, exporting the chat in WhatsApp itself (chat, Export chat) is the easier way.",
		LeavesOut: []string{
			"Messages that were deleted on the telephone, unless a write-ahead log still shows them.",
			"What a message said before it was edited or deleted for everyone.",
			"Pictures and recordings that did not come with the database: each is listed as missing.",
			"On Android, the names of people, unless the database of contacts (wa.db) is added with it.",
			"Disappearing messages whose time is over, and what is shown once.",
		},
		Tried: []string{
			"msgstore.db with the table message (2022 and later)", "msgstore.db with the table messages (before 2022)",
			"ChatStorage.sqlite of iOS 15 and later", "locked backups (crypt12, crypt14, crypt15): named, not opened",
		},
	}
}

// Claims goes by the names that WhatsApp gives its files, and by the tables that
// stand in the head.
func (importer) Claims(s importers.Source) bool {
	if database, beside := sqlite.Beside(s.Path); beside {
		return named(database)
	}
	if locked(s.Path) {
		return !sqlite.Is(s.Head)
	}
	has := func(words string) bool { return bytes.Contains(s.Head, []byte(words)) }
	return sqlite.Is(s.Head) && (named(s.Path) || has("ZWAMESSAGE") || has("message_row_id") && has("chat_row_id") || has("key_remote_jid") && has("media_wa_type"))
}

func named(p string) bool {
	switch strings.ToLower(path.Base(p)) {
	case "msgstore.db", "chatstorage.sqlite":
		return true
	}
	return false
}

// locked tells a backup that WhatsApp encrypted.
func locked(p string) bool {
	p = strings.ToLower(path.Base(p))
	return strings.HasPrefix(p, "msgstore") && strings.Contains(p, ".db.crypt")
}

var errLocked = errors.New("this backup is encrypted by WhatsApp and opens with the key of the telephone, or the 64 digits that were noted, alone; it is kept as it is")

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	switch _, beside := sqlite.Beside(s.Path); {
	case beside && !sqlite.Is(s.Head):
		return sqlite.SkipBeside(s, out)
	case locked(s.Path) && !sqlite.Is(s.Head):
		if err := ctx.Err(); err != nil {
			return err
		}
		return out.Skip("the whole file", "", errLocked)
	}
	return sqlite.Read(ctx, s, out, android(), older(), iphone())
}
