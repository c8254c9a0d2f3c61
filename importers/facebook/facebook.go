// Package facebook reads what Facebook and Messenger write when somebody
// downloads their information: conversations (also those of the separate
// download of end-to-end-encrypted chats), posts, comments, log-ins, friends,
// blocks and every other dated list, as JSON and as pages.
//
// How the files are built and what is made of them is in importers/meta, which
// reads Instagram's as well.
package facebook

import (
	"context"

	"daybook/importers"
	"daybook/importers/meta"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "facebook",
		Version: 4,
		Title:   "Facebook and Messenger download",
		HowToGet: "On facebook.com or in the app, open Settings & privacy, Settings, Accounts Centre, Your information and permissions, Export your information (or Download your information). " +
			"Choose your Facebook profile, export to device, all time, format JSON, media quality High. Facebook says when it is ready, which can take days; download every part within four days. " +
			"For chats that are end-to-end encrypted, open messenger.com on a computer, Settings, Privacy & safety, End-to-end encrypted chats, Message storage, Download secure storage data. " +
			"Add all .zip files here as they are, in one go, without unpacking them.",
		LeavesOut: []string{
			"Chats that have become end-to-end encrypted, from the day of that change on: they are a download of their own.",
			"Messages that you deleted, disappearing messages, and the words of most messages that were unsent.",
			"Who somebody is beyond the name that they have at the time of the download: no numbers or addresses of people.",
			"Earlier versions of an edited message.",
			"In the format HTML: the time zone; in older ones also the seconds.",
			"Whether a person or the app wrote words such as “Reacted ❤ to your message”: the download does not mark them.",
			"In a group, which of two people of one name wrote a message.",
		},
		Tried: []string{
			"JSON of 2018 to 2022 (messages/), 2023 to 2024 (your_activity_across_facebook/) and 2024 to 2026 (your_facebook_activity/)",
			"The download of end-to-end-encrypted chats, 2024 to 2026",
			"HTML of 2014 to 2018 (messages.htm), 2018 to 2022, and 2022 to 2026",
			"Posts, comments, log-ins, addresses (IP), friend requests, blocks, searches",
		},
	}
}

// Claims tells the files by their path and how they begin.
func (importer) Claims(s importers.Source) bool { return meta.Of(s) == meta.Facebook }

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	return meta.Read(ctx, s, out, meta.Facebook)
}
