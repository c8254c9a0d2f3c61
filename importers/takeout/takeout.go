// Package takeout reads what a Google account's Takeout holds of messages and of
// what the account was used for:
//
//	Google Chat/Groups/DM x/messages.json     {"messages": [{"creator": {…}, "created_date": "…", "text": "…"}]}
//	Hangouts/Hangouts.json                    {"conversations": [{"conversation": {…}, "events": [{…}]}]}
//	My Activity/Search/MyActivity.json        [{"header": "Search", "title": "Searched for …", "time": "…Z"}]
//	My Activity/Search/MyActivity.html        div.outer-cell, its last line the time
//	Chrome/History.json                       {"Browser History": [{"url": "…", "time_usec": …}]}
//	Access Log Activity/Activities - ….csv    Gaia ID, Activity Timestamp, IP Address, …
//
// Other parts of a Takeout are formats of their own: importers/googlevoice,
// googlelocation and googlephotos, and its mailboxes importers/mail.
//
// Names of files and folders are in the account's language, so that a file is
// known by what it begins with. The owner of a chat is the account of
// Users/User …/user_info.json; where that is not in the export nobody is. In
// Hangouts it is the participant that a conversation's own state names.
package takeout

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
		Name:    "takeout",
		Version: 4,
		Title:   "Google account (Takeout: Chat, Hangouts, My Activity, Chrome, access log)",
		HowToGet: "On a computer, open takeout.google.com and sign in. Tap Deselect all, then tick Google Chat, My Activity (with Multiple formats set to JSON), Chrome and Access log activity, and whatever else you need. " +
			"Tap Next step and Create export. Google sends an e-mail with a link, which works for seven days. " +
			"Download every part and add all zip files here in one go, without unpacking them.",
		LeavesOut: []string{
			"Chat messages of conversations whose history was off, and the words of those that were deleted.",
			"Earlier versions of an edited chat message, in most exports.",
			"Activity that was deleted, by hand or by the setting that deletes what is older than some months.",
			"Which person used the account, or a device that was signed in.",
			"Lists without dates: devices that say no time, settings, subscriptions.",
		},
		Tried: []string{
			"Google Chat of 2021 to 2026",
			"Hangouts of 2014 to 2022",
			"My Activity as JSON and as HTML, 2017 to 2026",
			"Chrome history of 2018 to 2026",
			"Access log activity of 2021 to 2026",
		},
	}
}

// read reads a file of one sort.
type read func(x *export, ctx context.Context) error

func (importer) Claims(s importers.Source) bool { return sort(s) != nil }

// sort tells which sort of file a source is; nil for one of another format.
func sort(s importers.Source) read {
	head := bytes.TrimLeft(bytes.TrimPrefix(s.Head, []byte("\ufeff")), " \t\r\n")
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".html", ".htm":
		if bytes.Contains(head, []byte(`class="outer-cell`)) && bytes.Contains(head, []byte(`content-cell`)) {
			return (*export).page
		}
	case ".csv":
		if table.Found(s.Head, accounts) {
			return (*export).access
		}
	case ".json":
		return ofJSON(head)
	}
	return nil
}

func ofJSON(head []byte) read {
	switch {
	case len(head) == 0:
	case head[0] == '[':
		if first := head[:min(len(head), 4<<10)]; has(first, "header") && has(first, "title") && has(first, "time") {
			return (*export).activity
		}
	case begins(head, "messages"):
		if has(head, "creator") && (has(head, "created_date") || has(head, "deleted_date") || has(head, "topic_id")) {
			return (*export).chat
		}
	case begins(head, "conversations"), begins(head, "conversation_state"):
		if has(head, "conversation_id") {
			return (*export).hangouts
		}
	case has(head, "time_usec") && (begins(head, "Browser History") || begins(head, "Browser_History") || begins(head, "Typed Url") || begins(head, "Session")):
		return (*export).browser
	}
	return nil
}

func has(head []byte, name string) bool { return bytes.Contains(head, []byte(`"`+name+`"`)) }

// begins tells an object whose first member has a name.
func begins(head []byte, name string) bool {
	return head[0] == '{' && bytes.HasPrefix(bytes.TrimLeft(head[1:], " \t\r\n"), []byte(`"`+name+`"`))
}

// export is a file while it is read.
type export struct {
	importers.Source
	out   importers.Output
	count int
	texts importers.Strings
	parts []string // of the last record, by which its copies are known
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	read := sort(s)
	if read == nil {
		return importers.ErrNotMine
	}
	return read(&export{Source: s, out: out}, ctx)
}

var errNothing = errors.New("this list is empty")

// walk opens a JSON file, has it read, and names what was left.
func (x *export) walk(ctx context.Context, body func(*jsonfile.File) error) (err error) {
	f, err := jsonfile.Open(ctx, x.Source)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err = body(f); err == nil {
		err = f.End()
	}
	if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
		return fmt.Errorf("%s: %w", x.Path, err)
	}
	if err != nil {
		return err
	}
	if err := f.SkipUnread(x.out); err != nil {
		return err
	}
	if x.count == 0 && len(f.Unread()) == 0 {
		return x.out.Skip("file", "", errNothing)
	}
	return nil
}

// list reads each element of the list that stands here into the Go value, and
// makes an event of it.
func (x *export) list(f *jsonfile.File, into any, event func() (timeline.Event, error)) error {
	for v, err := range f.Records(into) {
		if err != nil {
			return err
		}
		x.count++
		why := v.Bad
		var e timeline.Event
		if why == nil {
			e, why = event()
		}
		if why != nil {
			err = x.out.Skip(v.Record, v.Text(), why)
		} else {
			e.Source.Record = v.Record
			dispute(&e, v)
			err = x.out.Event(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dispute takes nobody for the sender of a record that names two, and flags one
// with two times.
func dispute(e *timeline.Event, v jsonfile.Value) {
	f := importers.FactsOf(e)
	v.DisputeWho(f, func(said string) timeline.Party {
		raw := jsonfile.Raw(said)
		if p := person(raw, passOver); p != (timeline.Party{}) {
			return p
		}
		var id hangoutsID
		if (jsonfile.Value{Raw: raw, Size: int64(len(raw))}).Decode(&id) != nil {
			return timeline.Party{}
		}
		return timeline.Party{Address: account(id.number())}
	}, "creator", "sender_id")
	v.DisputeWhen(f, "created_date", "timestamp", "time", "time_usec")
}

var errNoTime = errors.New("this record has no time that can be read")

// owner is the person whose account it is.
func owner() timeline.Party { return timeline.Party{Owner: true} }
