// Package tiktok reads the JSON of TikTok's "Download your data": direct
// messages, comments, posts, log-ins, followers, accounts followed and blocked,
// searches and shares.
//
// The file is one object of sections, of parts, of lists. What they are called
// has changed (Activity and Your Activity, Video and Post, Direct Messages and
// Direct Message, Block and Block List, date and Date), so that a list is known
// by its own name, which has not. An empty list is null, {} or []. Times are UTC
// and do not say so.
//
//	{"Direct Message": {"Direct Messages": {"ChatHistory": {
//	    "Chat History with jo_b:": [{"Date": "2023-06-11 15:33:58", "From": "jo_b", "Content": "…"}]}}}}
//
// An account is its username. The owner's stands in the profile; where it does
// not, it is the one in a chat of two that the chat is not named for.
package tiktok

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "tiktok",
		Version: 5,
		Title:   "TikTok data",
		HowToGet: "In TikTok, open your profile, the three lines at the top right, Settings and privacy, Account, Download your data. " +
			"Choose all data and the file format JSON, and tap Request data. " +
			"It takes up to a few days; then come back to the same page and tap Download within four days. Add the zip file here as it is.",
		LeavesOut: []string{
			"Pictures, videos and voice messages in chats: only their web addresses, or nothing.",
			"Messages that were deleted by either side.",
			"Comments and messages of others on your own videos.",
			"Videos watched, liked and kept as favourites: they are in the file and are not read as events.",
			"The data as text files (TXT), which is kept as it is: ask for JSON.",
		},
		Tried: []string{
			"user_data.json of 2021 to 2024",
			"user_data_tiktok.json of 2024 to 2026",
		},
	}
}

// sections are what the parts of the file are called, in any year.
var sections = []string{"Activity", "Your Activity", "Direct Message", "Direct Messages", "Comment", "App Settings", "Profile", "Profile And Settings",
	"Video", "Post", "Tiktok Live", "TikTok Live", "Ads and data", "Likes and Favorites", "Tiktok Shopping", "TikTok Shop", "Income Plus", "Location Review"}

// Claims goes by the name of the file and the name of a section in its beginning.
func (importer) Claims(s importers.Source) bool {
	name := strings.ToLower(path.Base(s.Path))
	if path.Ext(name) != ".json" || !strings.HasPrefix(name, "user_data") {
		return false
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(s.Head, []byte("\ufeff")), " \t\r\n")
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	first, _, _ := bytes.Cut(bytes.TrimLeft(head[1:], " \t\r\n\""), []byte(`"`))
	for _, name := range sections {
		if string(first) == name {
			return true
		}
	}
	return false
}

// export is a file while it is read.
type export struct {
	out   importers.Output
	owner string // username; empty when the profile does not say it
	row   jsonfile.Flat
	texts importers.Strings // addresses
	me    []timeline.Party  // to whom a message is that the owner was sent
	with  []timeline.Party  // the other one of the chat that is being read
	last  timeline.Party    // whom the record before named
	count int
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x := &export{out: out}
	if err := x.profile(ctx, s); err != nil {
		return err
	}
	x.me = []timeline.Party{x.self()}
	return x.read(ctx, s)
}

var errNothing = errors.New("none of the lists that are read has anything in it")

func (x *export) read(ctx context.Context, s importers.Source) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if f.Kind() != '{' {
		return importers.ErrNotMine
	}
	if err := x.walk(f, nil); err != nil {
		if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		return err
	}
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	if err := f.SkipUnread(x.out); err != nil {
		return err
	}
	if x.count == 0 && len(f.Unread()) == 0 {
		return x.out.Skip("file", "", errNothing)
	}
	return nil
}

// walk goes down to the lists that are read; what it leaves is named with its
// size at the end.
func (x *export) walk(f *jsonfile.File, where []string) error {
	for name, err := range f.Members() {
		if err != nil {
			return err
		}
		here := append(where[:len(where):len(where)], name)
		switch f.Kind() {
		case '{':
			if !settled(here) {
				err = x.walk(f, here)
			}
		case '[':
			if l := listOf(here); l != nil {
				err = x.list(f, l)
			}
		case 'n':
			if listOf(here) != nil { // an empty list
				_, err = f.Skip()
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settled tells the parts in which no list is that is read.
func settled(where []string) bool {
	switch where[0] {
	case "Profile", "Ads and data", "Tiktok Shopping", "TikTok Shop", "Income Plus", "Location Review":
		return true
	}
	name := where[len(where)-1]
	return name == "Settings" || name == "SettingsMap" || name == "ProfileMap"
}

func (x *export) list(f *jsonfile.File, event reader) error {
	var e timeline.Event
	for v, err := range f.Records(&x.row) {
		if err != nil {
			return err
		}
		x.count++
		why := v.Bad
		if e = (timeline.Event{}); why == nil {
			why = event(x, x.row, &e)
		}
		if why != nil {
			err = x.out.Skip(v.Record, v.Text(), why)
		} else {
			e.Source.Record = v.Record
			v.DisputeWho(importers.FactsOf(&e), x.party, "From", "from", "UserName", "userName")
			v.DisputeWhen(importers.FactsOf(&e), dates...)
			err = x.out.Event(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// profile finds the owner's username, wherever in the file the profile stands.
func (x *export) profile(ctx context.Context, s importers.Source) (err error) {
	if there, err := s.Holds(ctx, `ProfileMap"`); !there || err != nil {
		return err
	}
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	err = x.findProfile(f, 0)
	if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
		return nil // it is told when the file is read
	}
	return err
}

func (x *export) findProfile(f *jsonfile.File, depth int) error {
	for name, err := range f.Members() {
		if err != nil {
			return err
		}
		switch {
		case x.owner != "":
			return nil
		case name == "ProfileMap":
			v, err := f.Value()
			if err != nil {
				return err
			}
			if v.Decode(&x.row) == nil {
				x.owner = x.row.Get("userName", "UserName")
			}
		case depth < 2 && strings.HasPrefix(name, "Profile"):
			if err := x.findProfile(f, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
