// Package linkedin reads the tables of a LinkedIn export ("Get a copy of your
// data"): messages, invitations, connections, log-ins, posts, comments,
// reactions, endorsements, recommendations and the smaller dated lists, each a
// CSV file of its own, known by the names of its columns.
//
// Times of messages say UTC. Those of invitations and a few other lists are
// wall clocks of a zone that the export does not name: they stay without an
// instant. The person whose export it is has a name in Profile.csv and an
// address nowhere: it is taken from the direction of invitations, or is the one
// that takes part in every message; a display name alone makes nobody the
// owner, for anybody can choose it.
package linkedin

import (
	"context"
	"errors"
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
		Name:    "linkedin",
		Version: 2,
		Title:   "LinkedIn data export",
		HowToGet: "On a computer, open LinkedIn, click Me at the top, then Settings & Privacy, Data privacy, Get a copy of your data. " +
			"Choose the larger data archive and click Request archive. LinkedIn sends an e-mail with a link, mostly within a day, which works for 72 hours. " +
			"Save the zip file and add it here as it is, without unpacking it. " +
			"If somebody else may read your e-mail, change its password first.",
		LeavesOut: []string{
			"Messages that were deleted, or that were sent by somebody whose account is gone (they are called LinkedIn Member).",
			"The files that were attached to messages: only their web addresses are listed.",
			"The time zone of invitations, and the time of day of connections.",
			"Who looked at your profile.",
			"Blocked members.",
		},
		Tried: []string{
			"Basic and Complete exports of 2021 to 2023 (no addresses of recipients)",
			"Complete exports of 2024 to 2026 (drafts, attachments, every cell in quotes)",
		},
	}
}

// list is one kind of file.
type list struct {
	columns []string // all of them stand in its header
	base    string   // how the file is called, where the columns do not tell enough
	event   func(*export, table.Row) (timeline.Event, error)
}

// lists are all kinds that are known, the more telling first.
func lists() []list {
	return []list{
		{[]string{"conversation id", "from", "to", "date", "content"}, "", (*export).message},
		{[]string{"from", "to", "sent at", "direction"}, "", (*export).invitation},
		{[]string{"first name", "last name", "connected on"}, "", (*export).connection},
		{[]string{"login date", "ip address"}, "", login("login date", "log-in")},
		{[]string{"challenge date", "ip address"}, "", login("challenge date", "security challenge")},
		{[]string{"registered at", "registration ip"}, "", login("registered at", "registration of the account")},
		{[]string{"endorsement date", "endorser first name"}, "", (*export).endorsed},
		{[]string{"endorsement date", "endorsee first name"}, "", (*export).endorses},
		{[]string{"first name", "last name", "text", "creation date", "status"}, "recommendations received", (*export).recommended},
		{[]string{"first name", "last name", "text", "creation date", "status"}, "recommendations given", (*export).recommends},
		{[]string{"date", "sharelink", "sharecommentary"}, "", own(timeline.Post, "date", "post", "sharecommentary")},
		{[]string{"date", "link", "message"}, "comments", own(timeline.Post, "date", "comment", "message")},
		{[]string{"date", "type", "link"}, "reactions", own(timeline.System, "date", "reaction")},
		{[]string{"date", "link", "optiontext"}, "votes", own(timeline.System, "date", "vote", "optiontext")},
		{[]string{"time", "search query"}, "", own(timeline.System, "time", "search", "search query")},
		{[]string{"date", "status", "fullname"}, "member follows", (*export).follows},
		{[]string{"organization", "followed on"}, "", own(timeline.System, "followed on", "follows an organisation", "organization")},
		{[]string{"email address", "confirmed", "primary", "updated on"}, "", own(timeline.System, "updated on", "e-mail address of the account", "email address")},
		{[]string{"date/time", "media description", "media link"}, "", own(timeline.Post, "date/time", "uploaded media", "media description")},
	}
}

// which gives the Fits of the list that a file is, and tells by found which it
// was.
func which(file string, found *list) table.Fits {
	all, base := lists(), table.Plain(path.Base(file))
	return func(c table.Columns) bool {
		for _, l := range all {
			if c.Has(l.columns...) && (l.base == "" || strings.HasPrefix(base, l.base)) {
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
	return strings.HasSuffix(strings.ToLower(s.Path), ".csv") && table.Found(s.Head, which(s.Path, &l))
}

// export is one file of an export while it is read.
type export struct {
	owner string // address of the person whose export it is; empty when not known
	named string // their name in Profile.csv

	parties map[[2]string]timeline.Party // by their printed name and address: a list has few
	texts   importers.Strings
	shown   []string // of the last message
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	var l list
	t, err := table.Open(s, which(s.Path, &l))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	x := &export{}
	if x.owner, x.named, err = owner(ctx, s); err != nil {
		return err
	}
	for _, r := range t.Before {
		if err := out.Covers(timeline.When{}, timeline.When{}, r.Record()+", above the list: "+r.Words()); err != nil {
			return err
		}
	}
	return t.Events(ctx, out, func(r table.Row) (timeline.Event, error) { return l.event(x, r) })
}
