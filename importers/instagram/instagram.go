// Package instagram reads what Instagram writes when somebody downloads their
// information: direct messages, and every other dated list (likes, comments,
// followers, log-ins, blocks, searches, story interactions), as JSON and as
// pages.
//
// How the files are built and what is made of them is in importers/meta, which
// reads Facebook's as well.
package instagram

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
		Name:    "instagram",
		Version: 4,
		Title:   "Instagram download",
		HowToGet: "In the Instagram app, open your profile, tap the three lines, Accounts Centre, Your information and permissions, Export your information (or Download your information). " +
			"Choose your Instagram account, export to device, all time, format JSON, media quality High. Instagram says when it is ready, which can take days; download every part within four days. " +
			"Add all .zip files here as they are, in one go, without unpacking them.",
		LeavesOut: []string{
			"Messages that were unsent, view-once photos and videos, and disappearing messages.",
			"Chats that are end-to-end encrypted: they are a download of their own.",
			"What others did that does not concern the account: who looked at its profile, or what they wrote elsewhere.",
			"The account names of people in a conversation: it names them by the name that they show.",
			"In the format HTML: the time zone; in older ones also the seconds.",
			"Whether a person or the app wrote words such as “Liked a message”: the download does not mark them.",
		},
		Tried: []string{
			"Messages as JSON of 2021 to 2026 (messages/, your_instagram_activity/) and as pages of 2022 to 2026",
			"Lists of 2021 to 2026: string_list_data, string_map_data, label_values",
			"Lists of 2018 to 2020, with printed times",
		},
	}
}

// Claims tells the files by their path and how they begin.
func (importer) Claims(s importers.Source) bool { return meta.Of(s) == meta.Instagram }

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	return meta.Read(ctx, s, out, meta.Instagram)
}
