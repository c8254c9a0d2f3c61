// Package all is the list of source formats, in the order in which they are
// asked: the strict ones first, the one that takes everything last.
package all

import (
	"daybook/importers"
	"daybook/importers/bill"
	"daybook/importers/bundle"
	"daybook/importers/calendar"
	"daybook/importers/capture"
	"daybook/importers/contacts"
	"daybook/importers/discord"
	"daybook/importers/facebook"
	"daybook/importers/file"
	"daybook/importers/googlelocation"
	"daybook/importers/googlephotos"
	"daybook/importers/googlevoice"
	"daybook/importers/imazing"
	"daybook/importers/imessage"
	"daybook/importers/instagram"
	"daybook/importers/linkedin"
	"daybook/importers/mail"
	"daybook/importers/outlook"
	"daybook/importers/photo"
	"daybook/importers/plaso"
	"daybook/importers/reddit"
	"daybook/importers/signal"
	"daybook/importers/skypedb"
	"daybook/importers/slack"
	"daybook/importers/sms"
	"daybook/importers/snapchat"
	"daybook/importers/takeout"
	"daybook/importers/teams"
	"daybook/importers/telegram"
	"daybook/importers/telephony"
	"daybook/importers/tiktok"
	"daybook/importers/track"
	"daybook/importers/ufdr"
	"daybook/importers/viber"
	"daybook/importers/voicemail"
	"daybook/importers/whatsapp"
	"daybook/importers/whatsappdb"
	"daybook/importers/x"
)

// Importers gives the list. Pictures are looked into through metadata: the
// worker, in the programs; nil where nothing is read.
func Importers(metadata photo.Reader) importers.Set {
	return importers.Set{
		bundle.New(),
		whatsapp.New(),
		sms.New(),
		telegram.New(),
		signal.New(),
		discord.New(),
		slack.New(),
		teams.New(),
		linkedin.New(),
		plaso.New(),
		googlelocation.New(),
		takeout.New(),
		googlephotos.New(),
		googlevoice.New(),
		imessage.New(),
		imazing.New(),
		facebook.New(),
		instagram.New(),
		snapchat.New(),
		telephony.New(),
		x.New(),
		whatsappdb.New(),
		tiktok.New(),
		skypedb.New(),
		voicemail.New(),
		viber.New(),
		reddit.New(),
		bill.New(),
		capture.New(),
		ufdr.New(),
		track.New(),
		outlook.New(),
		calendar.New(),
		contacts.New(),
		mail.New(),
		photo.New(metadata),
		file.New(),
	}
}
