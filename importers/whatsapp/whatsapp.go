package whatsapp

import (
	"context"
	"errors"

	"daybook/importers"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "whatsapp",
		Version: 6,
		Title:   "WhatsApp chat export",
		HowToGet: "In WhatsApp, open the chat. On Android, tap the three dots, More, Export chat. On an iPhone, tap the name at the top, then Export Chat at the bottom. " +
			"Choose with media, save the file, and add it here as it is, without unpacking it.",
		LeavesOut: []string{
			"Reactions, read receipts, and which message a reply answers.",
			"Earlier versions of an edited message, and the text of a deleted one.",
			"The time zone: times are those of the phone that exported the chat, and Android's have no seconds.",
			"Everything beyond about 40,000 messages without media, or 10,000 with.",
			"Members of a group who never wrote.",
			"On Android, whether the app or a person wrote a text such as “This message was deleted”: only an iPhone marks its own.",
			"On an iPhone, whether a sender typed the invisible mark (U+200E) himself that the app puts before its own texts.",
			"A line inside a message that agrees with the real headers in every respect (form, name and time) cannot be told from one: WhatsApp escapes nothing.",
			"Which of two lines is forged or late where the times go backwards from one to the next: as a rule both are shown as messages, and both are flagged.",
		},
		Tried: []string{
			"Android, 2018 to 2026: English (UK, US, India), German, Spanish, Finnish, Arabic, Korean, Chinese",
			"iPhone, 2018 to 2026: English (UK, US), German, Arabic, Swedish",
		},
	}
}

// Claims tells an export by the form of its first line, or of its lines.
func (importer) Claims(s importers.Source) bool {
	_, _, ok := learn(s)
	return ok
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	v, err := take(ctx, s)
	if err != nil {
		return err
	}
	c, err := newChat(s, v, out)
	if err != nil {
		return err
	}
	err = c.read(ctx)
	if closing := c.Close(); closing != nil {
		return errors.Join(err, closing)
	}
	return err
}
