// Package reddit reads the tables of a Reddit data request: chats, private
// messages, comments, posts, the addresses that the account was used from, and
// the smaller dated lists, each a CSV file of its own, known by its columns.
//
// Times say UTC. An account is its username. The owner's stands in
// statistics.csv ("account name"); where that is not there, it is the one that
// takes part in every private message, if there is one alone. Comments and posts
// are the owner's by what the lists are.
package reddit

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "reddit",
		Version: 2,
		Title:   "Reddit data request",
		HowToGet: "On a computer, log in to Reddit and open reddit.com/settings/data-request. " +
			"Choose GDPR (or CCPA), choose “I want my full history”, and submit. " +
			"Reddit sends a message with a link within 30 days; the link works for a few days. Add the zip file here as it is.",
		LeavesOut: []string{
			"What others wrote in answer to you: only your own posts and comments are in it.",
			"Whom a chat message was sent to, and the pictures in chats.",
			"Comments and posts that were deleted.",
			"When you voted, saved, hid, or blocked: those lists have no dates and are kept as files.",
		},
		Tried: []string{
			"data requests of 2021 (no chats)",
			"data requests of 2023 to 2026 (chat_history.csv, messages_archive.csv)",
		},
	}
}

// list is one kind of file.
type list struct {
	columns []string // all of them stand in its header
	event   func(*export, table.Row) (timeline.Event, error)
}

// lists are all kinds that are read, the more telling first.
func lists() []list {
	return []list{
		{[]string{"message id", "created at", "username", "message", "channel url"}, (*export).chat},
		{[]string{"id", "thread id", "date", "from", "to"}, (*export).message},
		{[]string{"id", "permalink", "date", "subreddit", "link", "parent"}, own("comment", "body")},
		{[]string{"id", "permalink", "date", "subreddit", "url"}, own("post", "body")},
		{[]string{"scheduled post id", "subreddit", "title", "submission time"}, own("scheduled post", "body")},
		{[]string{"id", "title", "body", "kind", "created"}, own("draft", "body")},
		{[]string{"announcement id", "sent at", "from username", "subject", "body"}, (*export).announcement},
		{[]string{"content link", "award", "amount", "date"}, own("award given", "award")},
	}
}

// which gives the Fits of the list that a file is, and tells by found which it
// was. A list of addresses has too few columns to be known by them alone.
func which(file string, found *list) table.Fits {
	all := lists()
	if strings.EqualFold(path.Base(file), "ip_logs.csv") {
		all = append(all, list{[]string{"date", "ip"}, (*export).address})
	}
	return func(c table.Columns) bool {
		for _, l := range all {
			if c.Has(l.columns...) {
				*found = l
				return true
			}
		}
		return false
	}
}

// Claims tells a list by its columns.
func (importer) Claims(s importers.Source) bool {
	var l list
	return strings.EqualFold(path.Ext(s.Path), ".csv") && table.Found(s.Head, which(s.Path, &l))
}

// export is one file of an export while it is read.
type export struct {
	owner string // username; empty when the export does not say it
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if whole, ok := wholeOf(s); ok {
		return out.Skip("file", "", fmt.Errorf("the same rows stand in %s, with their words", whole))
	}
	var l list
	t, err := table.Open(s, which(s.Path, &l))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	x := &export{}
	if err := x.who(ctx, s); err != nil {
		return err
	}
	for _, r := range t.Before {
		if err := out.Skip(r.Record(), r.Words(), errAbove); err != nil {
			return err
		}
	}
	return t.Events(ctx, out, func(r table.Row) (timeline.Event, error) { return l.event(x, r) })
}

// wholeOf finds the file that holds the same rows with their words, beside one
// of headers.
func wholeOf(s importers.Source) (string, bool) {
	for part, whole := range map[string]string{"message_headers.csv": "messages.csv", "messages_archive_headers.csv": "messages_archive.csv",
		"comment_headers.csv": "comments.csv", "post_headers.csv": "posts.csv"} {
		if path.Base(s.Path) == part && !s.Beside(whole).Missing {
			return whole, true
		}
	}
	return "", false
}

var errAbove = errors.New("this row stands above the list")

// who finds the owner's username.
func (x *export) who(ctx context.Context, s importers.Source) error {
	err := table.Look(ctx, s.FS, path.Join(path.Dir(s.Path), "statistics.csv"), table.Named("statistic", "value"), func(r table.Row) bool {
		if strings.EqualFold(r.Get("statistic"), "account name") {
			x.owner = r.Get("value")
		}
		return x.owner == ""
	})
	if err != nil || x.owner != "" {
		return err
	}
	var in map[string]bool
	others := map[string]bool{}
	err = table.Look(ctx, s.FS, path.Join(path.Dir(s.Path), "messages.csv"), table.Named("thread id", "from", "to"), func(r table.Row) bool {
		from, to := r.Get("from"), r.Get("to")
		if from == "" || to == "" {
			return true
		}
		others[from], others[to] = true, true
		if in == nil {
			in = map[string]bool{from: true, to: true}
		}
		for name := range in {
			if name != from && name != to {
				delete(in, name)
			}
		}
		return len(in) > 0
	})
	if len(in) == 1 && len(others) > 2 {
		for x.owner = range in {
		}
	}
	return err
}
