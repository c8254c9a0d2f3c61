// Package discord reads what leaves Discord: the files of the tool
// DiscordChatExporter (JSON, and its CSV), and the data package that Discord
// itself sends (messages of each channel as JSON, before 2024 as CSV, and the
// log of activity).
//
// The tool's JSON is one channel: {guild, channel, dateRange, exportedAt,
// messages, messageCount}, with everybody's messages. The package has the
// account owner's own messages alone, each channel in a folder of its own with
// channel.json beside it, index.json above it and account/user.json beside that:
// what those say of a channel and of people is used for names.
//
// A person is the account, "discord:" and its number, by the account's own name;
// the name that was shown for it, which everybody chooses freely, is a fact.
// The number of a message says when Discord's server made it: where the time of
// the record is another, it was changed, and the event is flagged.
//
// Of the log of activity, what tells of log-ins and sessions becomes events; the
// rest, which is every click, is counted by its kind.
package discord

import (
	"bytes"
	"context"
	"errors"
	"path"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/importers/table"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "discord",
		Version: 2,
		Title:   "Discord",
		HowToGet: "To have both sides of a conversation, somebody who knows computers can save it with the free program DiscordChatExporter: choose the format JSON and switch on Download assets. " +
			"It must be done by the account that sees the conversation, before messages are deleted. " +
			"For your own messages and log-ins, open Discord, then User Settings, Data & Privacy, and choose Request all of my data; a link comes by e-mail within 30 days. Keep the zip as it is.",
		LeavesOut: []string{
			"In the data package of Discord: everything that others wrote. It holds the account owner's own messages alone, so it shows one side only.",
			"Messages that were deleted before the export was made, and earlier wordings of those that were edited.",
			"Pictures and files, unless DiscordChatExporter was told to download them: each is listed as missing with the address that it had.",
			"What was said in calls.",
		},
		Tried: []string{
			"DiscordChatExporter JSON of direct messages and of a server (2023 to 2026), its CSV (2021)",
			"data packages with messages.csv (2021) and messages.json (2025), log of activity",
		},
	}
}

// What a file of Discord's can be.
const (
	none = iota
	exported
	exportedTable
	packaged
	packagedTable
	activity
)

// Claims looks at how the file begins.
func (importer) Claims(s importers.Source) bool { return kindOf(s) != none }

var (
	exporterColumns = table.Named("authorid", "author", "date", "content", "attachments", "reactions")
	packageColumns  = table.Named("id", "timestamp", "contents", "attachments")
)

func kindOf(s importers.Source) int {
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".csv":
		switch {
		case table.Found(s.Head, exporterColumns):
			return exportedTable
		case table.Found(s.Head, packageColumns):
			return packagedTable
		}
	case ".json", ".txt":
		return kindOfJSON(s)
	}
	return none
}

func kindOfJSON(s importers.Source) int {
	f := jsonfile.New(context.Background(), bytes.NewReader(s.Head))
	switch f.Kind() {
	case '[':
		for _, err := range f.Elements() {
			if err == nil && allOf(names(f), "ID", "Timestamp", "Contents") {
				return packaged
			}
			return none
		}
		if strings.EqualFold(path.Base(s.Path), "messages.json") && inPackage(s.Path) {
			return packaged // an empty channel
		}
	case '{':
		seen := names(f)
		switch {
		case allOf(seen, "guild", "channel", "dateRange"), allOf(seen, "guild", "channel", "messages"):
			return exported
		case allOf(seen, "event_type", "timestamp") && strings.Contains("/"+strings.ToLower(s.Path), "/activity/"):
			return activity
		}
	}
	return none
}

// inPackage tells the folder of a channel in a data package: messages/c123.
func inPackage(p string) bool {
	folder := path.Dir(p)
	number := strings.TrimPrefix(path.Base(folder), "c")
	_, err := strconv.ParseUint(number, 10, 64)
	return err == nil && strings.EqualFold(path.Base(path.Dir(folder)), "messages")
}

// names are the members of the object that stands here, as far as the head goes.
func names(f *jsonfile.File) map[string]bool {
	seen := map[string]bool{}
	for name, err := range f.Members() {
		if err != nil || len(seen) > 100 {
			break
		}
		seen[name] = true
	}
	return seen
}

func allOf(seen map[string]bool, names ...string) bool {
	for _, n := range names {
		if !seen[n] {
			return false
		}
	}
	return true
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch kindOf(s) {
	case exported:
		return importExport(ctx, s, out)
	case exportedTable:
		return importExportTable(ctx, s, out)
	case packaged:
		return importChannel(ctx, s, out)
	case packagedTable:
		return importChannelTable(ctx, s, out)
	case activity:
		return importActivity(ctx, s, out)
	}
	return importers.ErrNotMine
}

var errEmpty = errors.New("the file holds no messages")

// made is when Discord's server made something, by its number.
func made(id string) (time.Time, bool) {
	const (
		epoch = 1_420_070_400_000 // milliseconds: the first moment of 2015
		first = 1 << 22           // smaller numbers are none of Discord's
	)
	n, err := strconv.ParseUint(id, 10, 63)
	return time.UnixMilli(int64(n>>22) + epoch).UTC(), err == nil && n >= first
}

// checked sets the time of a message and compares it with its number's.
func checked(f importers.Facts, w timeline.When, id string) {
	f.When = w
	at, ok := made(id)
	if !ok {
		return
	}
	by := timeline.FromInstant(at, timeline.Millisecond, id)
	if w.Precision == timeline.Undated {
		f.Claims = []timeline.Claim{{Label: "timestamp", When: w, Note: "cannot be read"}, {Label: "number of the message", When: by, Chosen: true}}
		f.When = by
		return
	}
	if d := at.Sub(w.Instant); !w.Instant.IsZero() && d.Abs() >= 2*time.Second {
		f.Claims = []timeline.Claim{{Label: "timestamp", When: w, Chosen: true}, {Label: "number of the message", When: by, Note: "when Discord's server made it"}}
		f.Flag(timeline.TimesDisagree)
	}
}

// when reads an instant as Discord and the tool write it.
func when(raw string) timeline.When {
	if w, ok := importers.ReadInstant(raw); ok {
		return w
	}
	return importers.Undated(raw)
}

// file lists an attachment by where it is: beside the export, or at an address
// of Discord's, where it is never looked for.
func file(s importers.Source, at, name string) timeline.Attachment {
	if strings.HasPrefix(at, "https://") || strings.HasPrefix(at, "http://") {
		if name == "" {
			bare, _, _ := strings.Cut(at, "?")
			name = path.Base(bare)
		}
		return timeline.Attachment{Name: importers.Shorten(name, importers.MostFact), Missing: true,
			Note: "not in the export; Discord had it at " + importers.Shorten(at, importers.MostFact)}
	}
	a := s.Beside(importers.Shorten(at, importers.MostFact))
	if name != "" && !strings.HasSuffix(at, name) {
		a.Note = strings.TrimPrefix(a.Note+"; sent as "+importers.Shorten(name, importers.MostFact), "; ")
	}
	return a
}

// ownerGiven tells whether a name or number is the one that a person said is the
// owner's.
func ownerGiven(s importers.Source, names ...string) bool {
	for _, n := range names {
		if n != "" && n == s.Assume.Owner {
			return true
		}
	}
	return false
}
