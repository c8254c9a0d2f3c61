// Package snapchat reads Snapchat's "My Data": the lists of its JSON files, and
// of its pages where an export holds only those.
//
// Chats come in two generations. The older has the lists "Received Saved Chat
// History" and "Sent Saved Chat History", and its texts are escaped as those of
// a page; the newer has one list for each conversation, named by the other's
// username or by an identifier, and says of each message whether the account
// sent it. "Created(microseconds)" holds milliseconds. All times are UTC.
//
//	chat     {From, "Media Type", Created, Content, "Conversation Title",
//	          IsSender, "Created(microseconds)", IsSaved, "Media IDs"}
//	older    {From | To, "Media Type", Created, Text}
//	snap     {From | To, "Media Type", Created}
//	friend   {Username, "Display Name", "Creation Timestamp", "Last Modified Timestamp", Source}
//
// The other lists are read by their dates: log-ins, devices, calls, changes of
// the account, memories, stories, places. A username is the address of a party;
// its name is the display name of friends.json. Files of chats are found by
// their identifier in chat_media, those without one by their time alone, which
// is said.
package snapchat

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
		Name:    "snapchat",
		Version: 4,
		Title:   "Snapchat My Data",
		HowToGet: "On a computer, open accounts.snapchat.com, log in, and choose My Data. " +
			"Switch on Export your Memories, Export Chat Media and Export JSON Files, choose Request Only Memories: off, take all dates, and submit. " +
			"Snapchat sends an e-mail when it is ready, mostly within a day; the link works for a few days. " +
			"Download every part of it and add all the zip files together, without unpacking them. " +
			"Before you do, save in the app the chats that matter (press and hold each message, Save in Chat): the other person sees that you did.",
		LeavesOut: []string{
			"Chats that nobody saved, once they were opened: Snapchat deletes them.",
			"The pictures and videos of snaps, and the words on them: only who sent one and when, for about 30 days.",
			"Whom a call was with.",
			"When somebody was blocked: the date beside a blocked account is that of its first and last change.",
			"Memories that are listed without a file, when their link has expired.",
		},
		Tried: []string{
			"JSON of 2019 to 2023 (received and sent lists)",
			"JSON of 2023 to 2026 (a list for each conversation, chat media, memories)",
			"pages of 2019 to 2023 (chat_history.html and the like)",
		},
	}
}

// known are the files that hold dated lists, and words of which one stands in
// the beginning of each that is Snapchat's.
var known = map[string][]string{
	"chat_history":            {`"Media Type"`, "Saved Chat History", "Received Chat History"},
	"snap_history":            {`"Media Type"`, "Received Snap History", "Sent Snap History"},
	"friends":                 {`"Display Name"`, "Friend Requests Sent", "Deleted Friends"},
	"account":                 {`"Basic Information"`, "Device History", "Login History"},
	"account_history":         {"Display Name Change", "Download My Data Reports", "Snapchat Linked to Bitmoji"},
	"talk_history":            {"Outgoing Calls", "Incoming Calls"},
	"memories_history":        {"Saved Media"},
	"location_history":        {"Home, School & Work", "Areas you may have visited", "Daily Top Locations"},
	"snap_map_places_history": {"Snap Map Places"},
	"story_history":           {"Your Story Views", "Friend and Public Story Views"},
	"shared_story":            {"Shared Story", "Spotlight History"},
	"in_app_reports":          {"Reported User", "Report Time", "Reported Content"},
	"terms_history":           {"Snap Inc. Terms", "Custom Creative Tools Terms"},
	"connected_apps":          {"Connected Applications"},
	"email_campaign_history":  {"Email Campaign History"},
	"purchase_history":        {"In-App Purchases", "On Demand Geofilters"},
	"search_history":          {"Search Term", "Latitude"},
}

// Claims goes by the name of the file and by what Snapchat calls its lists.
func (importer) Claims(s importers.Source) bool {
	name := strings.ToLower(path.Base(s.Path))
	ext := path.Ext(name)
	if ext != ".json" && ext != ".html" {
		return false
	}
	for _, words := range known[strings.TrimSuffix(name, ext)] {
		if bytes.Contains(s.Head, []byte(words)) && (ext == ".json") == opens(s.Head, '{') {
			return true
		}
	}
	return false
}

// opens tells whether a file begins with a letter, white space and a mark aside.
func opens(head []byte, c byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	return len(head) > 0 && head[0] == c
}

// export is one file of an export while it is read.
type export struct {
	out    importers.Output
	file   string // chat_history
	owner  string // the account's username; empty when the export does not say it
	names  map[string]string
	media  *media
	paged  bool // the file is a page: its texts are escaped no further
	events int
	row    jsonfile.Flat // of the last record
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	base := strings.ToLower(path.Base(s.Path))
	x := &export{out: out, file: strings.TrimSuffix(base, path.Ext(base))}
	if err := x.account(ctx, s); err != nil {
		return err
	}
	x.media = &media{}
	if x.file == "chat_history" || x.file == "memories_history" { // the others name no files
		x.media = newMedia(s)
	}
	if x.paged = path.Ext(base) == ".html"; x.paged {
		return x.page(ctx, s)
	}
	return x.lists(ctx, s)
}

var errNothing = errors.New("the file holds no list with anything in it")

// lists reads every list of a JSON file.
func (x *export) lists(ctx context.Context, s importers.Source) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if f.Kind() != '{' {
		return importers.ErrNotMine
	}
	for name, err := range f.Members() {
		if err != nil {
			return err
		}
		switch f.Kind() {
		case '[':
			err = x.list(f, name)
		case '{':
			err = x.object(f, name)
		}
		if err != nil {
			return err
		}
	}
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	if err := f.SkipUnread(x.out); err != nil {
		return err
	}
	if x.events == 0 && len(f.Unread()) == 0 {
		return x.out.Skip("file", "", errNothing)
	}
	return nil
}

func (x *export) list(f *jsonfile.File, name string) error {
	for v, err := range f.Records(&x.row) {
		if err != nil {
			return err
		}
		if err := x.value(name, v); err != nil {
			return err
		}
	}
	return nil
}

// object reads a part that is one record, and lists inside a part.
func (x *export) object(f *jsonfile.File, name string) error {
	if name == "Basic Information" {
		v, err := f.Decode(&x.row)
		if err != nil {
			return err
		}
		return x.value(name, v)
	}
	for inner, err := range f.Members() {
		if err != nil {
			return err
		}
		if f.Kind() == '[' {
			if err := x.list(f, name+": "+inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// value hands on one record of a list, which was read into x.row.
func (x *export) value(list string, v jsonfile.Value) error {
	x.events++
	r, why := x.row, v.Bad
	if why != nil {
		switch v.Raw.Kind() {
		case '[':
			r, why = pair(v), nil
		case '"', '0', 'n':
			why = errNoTime
		}
	}
	var e timeline.Event
	if why == nil {
		e, why = x.event(list, r)
	}
	if why != nil {
		return x.out.Skip(v.Record, v.Text(), why)
	}
	e.Source.Record = v.Record
	return x.out.Event(e)
}

// pair reads a record that is a row of values without names: a time and what was
// there then.
func pair(v jsonfile.Value) jsonfile.Flat {
	names := []string{"Time", "Value", "Further"}
	var r jsonfile.Flat
	for i, item := range jsonfile.Items(v.Raw) {
		if i < len(names) {
			r = append(r, jsonfile.Field{Name: names[i], Value: jsonfile.Plain(item)})
		}
	}
	return r
}
