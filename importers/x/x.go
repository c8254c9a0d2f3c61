// Package x reads an X (Twitter) archive: posts, direct messages and group
// messages with what happened in them, log-ins, likes, blocks, mutes, and the
// other lists of what an account did and when.
//
// Each file of today's archives is JavaScript that holds one list:
//
//	window.YTD.NAME.partN = [ {"tweet": {…}}, … ]
//
// NAME and the name inside have changed over the years (tweet, tweets), so that
// a record is known by the name inside; posts before 2020 have none. Archives
// before 2018 hold a file for each month (Grailbird.data.tweets_2016_05 = […]),
// and all posts again as tweets.csv.
//
// Accounts are numbers. Their screen names are taken from where the archive
// itself gives them: account.js, and those that posts mention or answer. A
// number that it does not give a name for stays a number. The owner is the
// account of account.js; in archives before 2018, the author of every post.
//
// Identifiers since November 2010 hold the time at which they were made: where
// that and the printed time disagree, both are shown.
package x

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

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
		Name:    "x",
		Version: 2,
		Title:   "X (Twitter) archive",
		HowToGet: "On a computer, open x.com, choose More, Settings and privacy, Your account, Download an archive of your data. " +
			"X asks for your password and a code, and takes a day or longer to prepare it. " +
			"Save the zip file (all of them, when there are several) and add it here as it is, without unpacking it.",
		LeavesOut: []string{
			"Posts of others, and what others answered: only your own posts are in the archive.",
			"The names of most others: direct messages give their account numbers alone.",
			"Direct messages that you deleted, and those of conversations you left before.",
			"When you liked a post, followed, blocked or muted an account.",
			"Who follows you and whom you follow, and the advertisements that were shown to you: those files have no dates of anything that anybody did, and are kept as they are.",
			"The time of day of posts before November 2010, in archives of 2012 to 2018.",
		},
		Tried: []string{
			"archives of 2021 to 2025 (window.YTD, part files, edited posts)",
			"archives of 2018 to 2020 (posts without a name inside)",
			"archives of 2012 to 2018 (a file for each month, and tweets.csv)",
		},
	}
}

const (
	modern = "window.YTD."
	months = "Grailbird.data.tweets_"
)

// lists are the names inside, or around, the records that are read.
var lists = []string{"tweet", "dmConversation", "ipAudit", "blocking", "muting", "like", "account", "deviceToken", "connectedApplication", "screenNameChange",
	"emailAddressChange", "accountSuspension", "protectedHistory", "noteTweet", "grokChatItem", "messageCreate", "deletedTweet", "twitterCircleTweet", "communityTweet"}

// csvFits are the columns of tweets.csv.
var csvFits = table.Named("tweet id", "timestamp", "text")

// Claims goes by the assignment in front of the list, and by what its first
// record is called.
func (importer) Claims(s importers.Source) bool {
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".js", ".json":
		name, kind := opening(s.Head)
		if strings.HasPrefix(name, months) {
			return kind != ""
		}
		if !strings.HasPrefix(name, modern) {
			return false
		}
		for _, l := range lists {
			if kind == l {
				return true
			}
		}
		return kind != "" && strings.Contains(name, ".tweet")
	case ".csv":
		return table.Found(s.Head, csvFits)
	}
	return false
}

// opening gives the name that the list is assigned to, and the first name inside
// its first record.
func opening(head []byte) (name, kind string) {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	before, list, ok := bytes.Cut(head[:min(len(head), 512)], []byte("="))
	if !ok {
		return "", ""
	}
	name = strings.TrimSpace(string(before))
	list = bytes.TrimLeft(list, " \t\r\n")
	for _, c := range []byte("[{\"") {
		if len(list) == 0 || list[0] != c {
			return name, ""
		}
		list = bytes.TrimLeft(list[1:], " \t\r\n")
	}
	first, _, _ := bytes.Cut(list, []byte(`"`))
	return name, string(first)
}

// archive is one file of an archive while it is read.
type archive struct {
	importers.Source
	out    importers.Output
	data   string // the folder of the archive's files
	owner  string // number of the account; empty when the archive does not say it
	names  map[string]string
	wraps  bool // a name stands around each record
	groups bool // the messages are those of groups
	count  int
	last   happening // of a conversation
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a := &archive{Source: s, out: out, data: path.Dir(s.Path), names: map[string]string{}}
	if strings.EqualFold(path.Ext(s.Path), ".csv") {
		a.data = path.Join(a.data, "data")
		if err := a.author(ctx); err != nil {
			return err
		}
		return a.csv(ctx)
	}
	name, kind := opening(s.Head)
	switch {
	case strings.HasPrefix(name, months):
		a.data = path.Join(a.data, "../..")
	case !strings.HasPrefix(name, modern):
		return importers.ErrNotMine
	}
	if whole, ok := a.whole(); ok {
		return out.Skip("file", name, fmt.Errorf("the same records stand in %s, with their words", whole))
	}
	for _, l := range lists {
		a.wraps = a.wraps || kind == l
	}
	a.groups = strings.Contains(name, "group")
	if err := a.who(ctx, kind); err != nil {
		return err
	}
	return a.read(ctx)
}

// whole finds the file that holds the same records with their words, beside one
// of headers.
func (a *archive) whole() (string, bool) {
	base := path.Base(a.Path)
	for part, wholes := range map[string][]string{
		"direct-message-headers.js":       {"direct-messages.js", "direct-message.js"},
		"direct-message-group-headers.js": {"direct-messages-group.js", "direct-message-group.js"},
		"tweet-headers.js":                {"tweets.js", "tweet.js"},
	} {
		for _, w := range wholes {
			if base == part && !a.Beside(w).Missing {
				return w, true
			}
		}
	}
	return "", false
}

var errNoRecords = errors.New("the list is empty")

// read goes through the list.
func (a *archive) read(ctx context.Context) (err error) {
	f, err := jsonfile.Open(ctx, a.Source)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	name, err := f.SkipAssignment()
	if err != nil {
		return fmt.Errorf("%s: %w", a.Path, err)
	}
	for _, err := range f.Elements() {
		if err != nil {
			return fmt.Errorf("%s: %w", a.Path, err)
		}
		if !a.wraps {
			err = a.one(f, "tweet")
		} else {
			for kind, bad := range f.Members() {
				if err = bad; err != nil {
					break
				}
				if kind == "dmConversation" {
					err = a.conversation(f)
				} else {
					err = a.one(f, kind)
				}
				if err != nil {
					break
				}
			}
		}
		if err != nil {
			return err
		}
	}
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", a.Path, err)
	}
	if err := f.SkipUnread(a.out); err != nil {
		return err
	}
	if a.count == 0 && len(f.Unread()) == 0 {
		return a.out.Skip("file", name, errNoRecords)
	}
	return nil
}

// one hands on the record that stands here.
func (a *archive) one(f *jsonfile.File, kind string) error {
	v, err := f.Value()
	if err != nil {
		return err
	}
	a.count++
	var e timeline.Event
	var why error
	if kind == "tweet" || strings.HasSuffix(kind, "Tweet") && kind != "noteTweet" {
		e, why = a.tweet(kind, v)
	} else {
		e, why = a.record(kind, v)
	}
	if why != nil {
		return a.out.Skip(v.Record, v.Text(), why)
	}
	e.Source.Record = v.Record
	return a.out.Event(e)
}
