package whatsappdb

import (
	"fmt"

	"daybook/importers/sqlite"
	"daybook/timeline"
)

// What the app calls its kinds of message, by their numbers.
var (
	androidTypes = map[int64]string{
		0: "text", 1: "image", 2: "voice or sound", 3: "video", 4: "contact", 5: "location", 7: "notice of the app", 8: "call", 9: "document",
		10: "missed call", 11: "message that could not be decrypted yet", 13: "GIF", 14: "contacts", 15: "deleted for everyone", 16: "live location",
		20: "sticker", 24: "invitation to a group", 42: "image shown once", 43: "video shown once", 64: "deleted by an admin of the group", 66: "poll",
		81: "video note", 82: "voice message shown once", 90: "call",
	}
	iphoneTypes = map[int64]string{
		0: "text", 1: "image", 2: "video", 3: "voice or sound", 4: "contact", 5: "location", 6: "notice of the app", 7: "link", 8: "document",
		10: "notice of the app", 11: "GIF", 12: "notice of the app", 14: "deleted for everyone", 15: "sticker", 38: "image shown once", 39: "video shown once", 46: "poll",
	}
)

// What the notices of the app say, by their numbers.
var (
	androidActions = map[int64]string{
		1: "changed the subject", 4: "joined the group", 5: "left the group", 6: "changed the picture of the group", 7: "was removed from the group",
		10: "changed their number", 11: "the group was created", 12: "joined the group, added by another", 14: "was removed by another", 15: "was made an admin",
		18: "the security code changed", 19: "messages are encrypted from end to end", 20: "joined by the group's link", 27: "changed the description of the group",
		28: "changed their number", 46: "is a business account", 58: "was blocked, or no longer", 67: "messages are encrypted from end to end",
	}
	iphoneGroupEvents = map[int64]string{
		2: "joined the group", 3: "left the group", 4: "changed the picture of the group", 5: "removed the picture of the group", 7: "was removed from the group",
		10: "was made an admin", 12: "the group was created", 50: "joined the group, with others",
	}
	iphoneNotices = map[int64]string{
		1: "missed voice call", 2: "messages are encrypted from end to end", 3: "the security code changed", 4: "missed video call", 22: "missed video call of a group",
		26: "is a business account", 30: "is no business account any more", 34: "was blocked", 35: "was unblocked", 40: "video call of a group", 41: "video call of a group",
	}
)

// meaning is what a number stands for, or that it is not known.
func meaning(names map[int64]string, n int64) string {
	if name, ok := names[n]; ok {
		return name
	}
	return fmt.Sprintf("%d (meaning not known)", n)
}

// notice makes a message of the app itself of an event: what it says, and the
// words that stand with it.
func notice(e *timeline.Event, says string) {
	e.Kind = timeline.System
	sqlite.Flag(e, timeline.AppText)
	if e.Text != "" {
		sqlite.Fact(e, "notice", says)
		return
	}
	e.Text = says
}

// deleted marks a message that was deleted for everyone.
func deleted(e *timeline.Event, how string) {
	sqlite.Flag(e, timeline.Deleted)
	if e.Text == "" {
		e.Text = how
		sqlite.Flag(e, timeline.AppText)
	}
}

// callResults are how a call ended, on Android.
var callResults = map[int64]string{0: "not known", 2: "refused", 3: "not reachable", 4: "missed", 5: "connected"}
