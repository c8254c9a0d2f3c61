// Package slack reads the export of a Slack workspace: a folder for each channel
// with a file of messages for each day, and the log of added apps.
//
// A message is {type, subtype, user, text, ts, …}; ts is its time in UTC, in
// seconds with a fraction, and its number as well. Accounts are numbers: their
// names come from the message itself (user_profile) or from users.json beside the
// folders, the members of a direct conversation from dms.json, mpims.json and
// groups.json. A person is "slack:" and the number; the display name, which
// everybody chooses, is a fact where it is another than the real name. What a bot
// calls itself is a name without an account.
//
// A text has Slack's marks: <@U123> is shown as the name, <address|words> as the
// words with the address, &lt; as <. Where anything but the last is in it, the
// event keeps the text as stored too. Addresses of files hold a key that opens
// them, which is left out.
//
// An export does not say whose it is.
package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "slack",
		Version: 2,
		Title:   "Slack",
		HowToGet: "An owner or administrator of the workspace opens Settings & administration, Workspace settings, Import/Export Data, Export, chooses the dates and downloads the zip. " +
			"Ask your employer's IT or personnel department for it if you are no administrator. Keep the zip as it is.",
		LeavesOut: []string{
			"In a standard export: private channels and direct messages. Those are in an export only if the company has asked Slack for them.",
			"Pictures and files: each is listed as missing, with the address that it has at Slack.",
			"Messages that were deleted, and earlier wordings of edited ones, unless the workspace keeps them.",
			"Whose account an export was made by.",
		},
		Tried: []string{"channels by day of 2016, 2020 and 2024, direct messages, the log of apps"},
	}
}

// What a file of Slack's can be.
const (
	none = iota
	messages
	log
)

// stamp is the time of a message.
var stamp = regexp.MustCompile(`^\d{9,11}\.\d{1,9}$`)

// day is the name of a file of messages.
var day = regexp.MustCompile(`^\d{4}-\d\d-\d\d\.json$`)

// Claims looks at the first record.
func (importer) Claims(s importers.Source) bool { return kindOf(s) != none }

func kindOf(s importers.Source) int {
	if strings.ToLower(path.Ext(s.Path)) != ".json" {
		return none
	}
	f := jsonfile.New(context.Background(), bytes.NewReader(s.Head))
	if f.Kind() != '[' {
		return none
	}
	for _, err := range f.Elements() {
		if err != nil || f.Kind() != '{' {
			return none
		}
		return kindOfRecord(f)
	}
	return none
}

func kindOfRecord(f *jsonfile.File) int {
	seen := map[string]string{}
	for name, err := range f.Members() {
		if err != nil || len(seen) > 60 {
			break
		}
		seen[name] = ""
		if f.Kind() == '"' {
			v, err := f.Value()
			if err != nil {
				break
			}
			seen[name] = jsonfile.Plain(v.Raw)
		}
	}
	_, text := seen["text"]
	_, change := seen["change_type"]
	_, who := seen["user_id"]
	switch {
	case stamp.MatchString(seen["ts"]) && (text || seen["type"] == "message"):
		return messages
	case change && who && seen["date"] != "":
		return log
	}
	return none
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if f.Kind() != '[' {
		return importers.ErrNotMine
	}
	c := &channel{Source: s, ctx: ctx, out: out}
	c.name()
	if kindOf(s) == log {
		err = list(c, f, c.app)
	} else {
		err = list(c, f, c.message)
	}
	var cut *jsonfile.Broken
	if errors.As(err, &cut) {
		return fmt.Errorf("%s: %w (%d records were read before)", s.Path, err, c.n)
	}
	if err != nil {
		return err
	}
	if c.n == 0 {
		if err := out.Skip("the whole file", c.thread, errEmpty); err != nil {
			return err
		}
	}
	return out.Covers(importers.Undated(""), importers.Undated(""), strings.Join(append([]string{fmt.Sprintf("%d records; a standard export of Slack has public channels alone", c.n)}, c.notes...), "; "))
}

var errEmpty = errors.New("the file holds no messages")

// list reads a list of records of one sort, one of which is held at a time.
func list[T any](c *channel, f *jsonfile.File, read func(v jsonfile.Value, r *T) error) error {
	var r T
	for v, err := range f.Records(&r) {
		if err != nil {
			return err
		}
		c.n++
		if v.Bad != nil {
			err = c.out.Skip(v.Record, v.Text(), v.Bad)
		} else {
			err = read(v, &r)
		}
		if err != nil {
			return err
		}
	}
	return f.End()
}

// when reads a message's time: seconds, and a fraction that only tells messages
// of one second apart in older exports.
func when(ts string) timeline.When {
	whole, part, _ := strings.Cut(ts, ".")
	seconds, err := strconv.ParseUint(whole, 10, 63)
	nanos, bad := strconv.ParseUint(part, 10, 63)
	if err != nil || bad != nil || len(whole) < 9 || len(whole) > 11 || len(part) > 9 {
		return importers.Undated(ts)
	}
	for range 9 - len(part) {
		nanos *= 10
	}
	return timeline.FromInstant(time.Unix(int64(seconds), int64(nanos)), timeline.Second, ts)
}
