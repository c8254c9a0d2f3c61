// Package signal reads what leaves Signal in the clear:
//
//   - the app's own export of the chat history (2025 on): main.jsonl, a frame of
//     Signal's backup on each line as proto-JSON, and files/ beside it;
//   - what the free tool signal-export writes for each chat: data.json, a message
//     a line, or chat.md;
//   - the older text of the same shape, "[2019-12-24, 12:23] Name: words".
//
// In proto-JSON whole numbers are strings, bytes are base64, what has its default
// value is left out, and everybody is named by a number that means something in
// this one file. A person is the telephone number or the account that the file
// gives for that number, by the name that the owner's own address book has, else
// by the name that the person chose. Times are instants in milliseconds: that of
// the sender's clock, with those of the owner's device and of the server beside
// it. Earlier wordings of an edited message are events of their own. Keys and the
// account's PIN, which the file holds too, are shown nowhere.
//
// An attachment is found by what is in it: the file says its SHA-256.
//
// The tool's files have the wall clock of the computer that they were made on,
// names alone, and "Me". Its text (and the older one) has no mark that only a
// message begins with: a line of a message that is built like one is told apart
// where an empty line or the time betrays it, and flagged.
//
// The old plain-text backup of Signal for Android (SignalPlaintextBackup.xml) is
// built like one of SMS Backup & Restore, and is read as that.
package signal

import (
	"bytes"
	"context"
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
		Name:    "signal",
		Version: 3,
		Title:   "Signal",
		HowToGet: "In Signal, open Settings, then Chats, and choose Export chat history (in the newer versions of the desktop app and of the phones). " +
			"Choose to include media, and keep the whole folder or zip. " +
			"Anybody who opens that folder can read it: put it where nobody else looks, and delete it once it is in the case. " +
			"A backup of Signal (a file that ends in .backup) is locked and cannot be read.",
		LeavesOut: []string{
			"Disappearing messages: Signal leaves every one of them out of an export, also those that have not disappeared yet.",
			"The pictures and videos of messages that can be viewed once.",
			"Messages that were deleted on the device before the export was made.",
			"Files that were never downloaded to the device: each is listed as missing.",
			"In the files of the tool signal-export: telephone numbers, edits, and the zone of the times.",
		},
		Tried: []string{
			"main.jsonl of Signal Desktop 8 (2026), with edits, calls, polls and attachments",
			"data.json and chat.md of signal-export (2021 to 2024)",
			"text of 2019",
		},
	}
}

// What a file of Signal's can be.
const (
	none = iota
	frames
	records
	text
)

// Claims looks at how the first line is built.
func (importer) Claims(s importers.Source) bool { return sort(s) != none }

func sort(s importers.Source) int {
	head := bytes.TrimPrefix(s.Head, []byte("\ufeff"))
	if len(head) == 0 {
		return none
	}
	switch ext := strings.ToLower(path.Ext(s.Path)); {
	case head[0] == '{' && (ext == ".jsonl" || ext == ".json" || ext == ".txt"):
		return sortJSON(head)
	case head[0] == '[' && (ext == ".md" || ext == ".txt") && claimsText(head, ext):
		return text
	}
	return none
}

// sortJSON looks at the first line whole.
func sortJSON(head []byte) int {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if len(line) == 0 || len(line) > importers.MostText {
		return none
	}
	has := map[string]bool{}
	f := jsonfile.New(context.Background(), bytes.NewReader(line))
	for name, err := range f.Members() {
		if err != nil {
			break
		}
		has[name] = true
	}
	switch {
	case has["backupTimeMs"] && has["version"]:
		return frames
	case has["date"] && has["sender"] && has["body"] && has["reactions"] && has["attachments"]:
		return records
	}
	return none
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch sort(s) {
	case frames:
		return importFrames(ctx, s, out)
	case records:
		return importRecords(ctx, s, out)
	}
	return importText(ctx, s, out)
}
