package imessage

import (
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// book is what the messages refer to.
type book struct {
	*sqlite.View
	handles     map[int64]string
	chats       map[int64]chat
	files       map[int64]file
	inChat      sqlite.Links
	filesOf     sqlite.Links
	quoted      map[string]string  // messages that others are about, by identifier: their words
	recoverable map[int64]deletion // messages in Recently Deleted
	parts       map[int64][]string // words of parts in Recently Deleted, by message
	phones      importers.Phones
}

// chat is a conversation.
type chat struct {
	guid, identifier, name string
	group                  bool
	members                []int64 // handles
}

// thread is the conversation as a reader knows it.
func (c chat) thread() string {
	if c.group && c.name != "" {
		return c.name + " (" + c.identifier + ")"
	}
	return c.identifier
}

type file struct {
	guid, path, name, mediaType string
	used                        bool
}

type deletion struct {
	chat int64
	when timeline.When
}

func newBook(v *sqlite.View) *book {
	b := &book{
		View: v, handles: map[int64]string{}, chats: map[int64]chat{}, files: map[int64]file{},
		quoted: map[string]string{}, recoverable: map[int64]deletion{}, parts: map[int64][]string{},
	}
	for row := range v.Rows("handle", "id") {
		b.handles[row.ID] = row.Text("id")
	}
	for row := range v.Rows("chat", "guid", "chat_identifier", "display_name", "style") {
		const group = 43
		b.chats[row.ID] = chat{
			guid: row.Text("guid"), identifier: row.Text("chat_identifier"), name: row.Text("display_name"), group: row.Int("style") == group,
		}
	}
	for row := range v.Rows("chat_handle_join", "chat_id", "handle_id") {
		c := b.chats[row.Int("chat_id")]
		c.members = append(c.members, row.Int("handle_id"))
		b.chats[row.Int("chat_id")] = c
	}
	for row := range v.Rows("attachment", "guid", "filename", "transfer_name", "mime_type") {
		b.files[row.ID] = file{guid: row.Text("guid"), path: row.Text("filename"), name: row.Text("transfer_name"), mediaType: row.Text("mime_type")}
	}
	b.inChat = v.Links("chat_message_join", "message_id", "chat_id")
	b.filesOf = v.Links("message_attachment_join", "message_id", "attachment_id")
	b.deletions()
	for row := range v.Some("message", "associated_message_guid", "thread_originator_guid") {
		for _, guid := range []string{target(row.Text("associated_message_guid")), row.Text("thread_originator_guid")} {
			if guid != "" {
				b.quoted[guid] = ""
			}
		}
	}
	return b
}

func (b *book) deletions() {
	for row := range b.Rows("chat_recoverable_message_join", "chat_id", "message_id", "delete_date") {
		b.recoverable[row.Int("message_id")] = deletion{row.Int("chat_id"), moment(row, "delete_date")}
	}
	for row := range b.Rows("recoverable_message_part", "message_id", "part_index", "delete_date", "part_text") {
		words, _ := plainText(row.Bytes("part_text"))
		said := fmt.Sprintf("part %d", row.Int("part_index"))
		if at := sqlite.Moment(moment(row, "delete_date")); at != "" {
			said += ", deleted " + at
		}
		b.parts[row.Int("message_id")] = append(b.parts[row.Int("message_id")], said+": "+words)
	}
}

// moment reads a time, which counts from 2001: what would be thousands of years in
// seconds is nanoseconds. A number between the two, which in nanoseconds is from
// before there were iPhones, is no time.
func moment(row sqlite.Row, column string) timeline.When {
	const seconds, nanos = 1e11, 1e17
	switch n := row.Int(column); {
	case n <= seconds && n >= -seconds:
		return sqlite.AppleSeconds.When(row, column)
	case n >= nanos:
		return sqlite.AppleNanos.When(row, column)
	}
	return sqlite.Undated(row.Text(column))
}

// party is somebody by their handle.
func (b *book) party(handle int64) timeline.Party {
	return timeline.Party{Address: b.handles[handle]}
}

// chatOf is the conversation of a message, and the further ones that show it.
func (b *book) chatOf(id int64) (c chat, further []string) {
	list := b.inChat.Of(id)
	if d, ok := b.recoverable[id]; ok && len(list) == 0 {
		list = []int64{d.chat}
	}
	for i, at := range list {
		if i == 0 {
			c = b.chats[at]
		} else if at != list[0] {
			further = append(further, b.chats[at].thread())
		}
	}
	return c, further
}

// attachments are the files of a message.
func (b *book) attachments(id int64) (list []timeline.Attachment) {
	for _, n := range b.filesOf.Of(id) {
		f, ok := b.files[n]
		if !ok {
			list = append(list, timeline.Attachment{Name: fmt.Sprintf("attachment %d", n), Missing: true, Note: "the database has no more of it than its number"})
			continue
		}
		f.used = true
		b.files[n] = f
		list = append(list, b.find(f))
	}
	return list
}

// find looks for a file where a Mac, an iPhone and a backup keep it.
func (b *book) find(f file) timeline.Attachment {
	name := f.name
	if name == "" {
		name = path.Base(f.path)
	}
	if name == "" || name == "." {
		name = f.guid
	}
	_, below, ok := strings.Cut(f.path, "Attachments/")
	if !ok {
		return b.File(name, f.mediaType)
	}
	paths := []string{"Attachments/" + below}
	if path.Base(b.Source.Path) == hashed {
		sum := sha1.Sum([]byte("MediaDomain-Library/SMS/Attachments/" + below))
		h := hex.EncodeToString(sum[:])
		paths = append(paths, h, "../"+h[:2]+"/"+h)
	}
	return b.File(name, f.mediaType, paths...)
}

var (
	errDeleted = errors.New("a message with this identifier was deleted; the database keeps nothing else of it")
	errOrphan  = errors.New("no message that is left names this attachment")
	errPart    = errors.New("this part is in Recently Deleted, and its message is no longer there")
)

// rest hands on what is left of messages that are gone.
func (b *book) rest() error {
	for row := range b.Rows("deleted_messages", "guid") {
		if err := b.Skip(b.Record("deleted message", row), row.Text("guid"), errDeleted); err != nil {
			return err
		}
	}
	for _, id := range sorted(b.parts) {
		for i, words := range b.parts[id] {
			if err := b.Skip(fmt.Sprintf("deleted part %d of message %d", i+1, id), words, errPart); err != nil {
				return err
			}
		}
	}
	for _, id := range sorted(b.files) {
		if f := b.files[id]; !f.used {
			if err := b.Skip(fmt.Sprintf("attachment %d", id), strings.TrimSpace(f.name+" "+f.path), errOrphan); err != nil {
				return err
			}
		}
	}
	return nil
}

func sorted[V any](m map[int64]V) []int64 {
	keys := make([]int64, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
