package signal

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// frame is one line of the export: exactly one of its members is there.
type frame struct {
	Version   jsonfile.Scalar `json:"version"`
	Made      jsonfile.Scalar `json:"backupTimeMs"`
	App       jsonfile.Scalar `json:"currentAppVersion"`
	Account   jsontext.Value  `json:"account"`
	Recipient jsontext.Value  `json:"recipient"`
	Chat      jsontext.Value  `json:"chat"`
	Item      *item           `json:"chatItem"`
	AdHoc     *adHocCall      `json:"adHocCall"`
	Pack      jsontext.Value  `json:"stickerPack"`
	Profile   jsontext.Value  `json:"notificationProfile"`
	Folder    jsontext.Value  `json:"chatFolder"`
	Rest      jsontext.Value  `json:",embed"`
}

type chat struct {
	ID        jsonfile.Scalar `json:"id"`
	Recipient jsonfile.Scalar `json:"recipientId"`
}

type adHocCall struct {
	Recipient jsonfile.Scalar `json:"recipientId"`
	State     jsonfile.Scalar `json:"state"`
	At        jsonfile.Scalar `json:"callTimestamp"`
	Call      jsonfile.Scalar `json:"callId"`
	Rest      jsontext.Value  `json:",embed"`
}

var (
	errFrame   = errors.New("this is no kind of frame that is known of Signal")
	errName    = errors.New("who this is, used for the names of messages; it has no date")
	errSetting = errors.New("a setting of the app, which has no time")
	errEmpty   = errors.New("the export holds no messages")
)

// export is a main.jsonl while it is read.
type export struct {
	importers.Source
	out    importers.Output
	people map[string]person
	byACI  map[string]string // recipients by their account
	chats  map[string]string // recipients by chat
	files  *store
	events int
	header frame
	frame  frame // the last one
}

func importFrames(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	x := &export{Source: s, out: out, people: map[string]person{}, byACI: map[string]string{}, chats: map[string]string{}, files: newStore(ctx, s)}
	if err := x.late(ctx); err != nil {
		return err
	}
	for v, err := range f.Lines() {
		if err != nil {
			return err
		}
		if err := x.line(v); err != nil {
			return err
		}
	}
	if x.events == 0 {
		if err := out.Skip("the whole file", "", errEmpty); err != nil {
			return err
		}
	}
	note := fmt.Sprintf("%d recipients and %d chats, which give the names; the app was %s (backup version %s); disappearing messages are never in an export",
		len(x.people), len(x.chats), x.header.App, x.header.Version)
	if err := out.Covers(importers.Undated("not stated"), moment(string(x.header.Made)), note); err != nil {
		return err
	}
	return ended(s, f)
}

// line reads one frame.
func (x *export) line(v jsonfile.Value) error {
	f := &x.frame
	if err := v.Decode(f); err != nil {
		return x.out.Skip(v.Record, withoutSecrets(v), err)
	}
	switch {
	case f.Item != nil:
		return x.item(f.Item, v.Record)
	case len(f.Recipient) > 0:
		return x.recipient(f.Recipient, v.Record)
	case len(f.Chat) > 0:
		return x.chat(f.Chat, v.Record)
	case f.AdHoc != nil:
		return x.adHoc(f.AdHoc, v.Record)
	case len(f.Account) > 0: // who the owner is stands in the recipient "self"; the rest is keys and settings
		return x.out.Skip(v.Record, x.owned(f.Account), errSetting)
	case f.Version != "" || f.Made != "":
		x.header = *f
		return nil
	}
	for _, setting := range []jsontext.Value{f.Pack, f.Profile, f.Folder} {
		if len(setting) > 0 {
			return x.out.Skip(v.Record, x.tell(setting), errSetting)
		}
	}
	return x.out.Skip(v.Record, x.tell(f.Rest), errFrame)
}

// chat keeps whom a chat is with.
func (x *export) chat(raw jsontext.Value, record string) error {
	var c chat
	if err := json.Unmarshal(raw, &c, lenient); err != nil {
		return x.out.Skip(record, "", err)
	}
	x.chats[string(c.ID)] = string(c.Recipient)
	return x.out.Skip(record, x.tell(raw), errName)
}

// lenient is how values inside a frame are read, as jsonfile reads the frame.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// owned is what the account frame says of the owner.
func (x *export) owned(account jsontext.Value) string {
	var list []string
	for name, v := range jsonfile.Fields(account) {
		switch name {
		case "username", "givenName", "familyName":
			list = append(list, name+" "+jsonfile.Plain(v))
		}
	}
	return "account: " + strings.Join(list, ", ")
}

// withoutSecrets is what is shown of a line that cannot be read: nothing where it
// may hold a key or the account's PIN.
func withoutSecrets(v jsonfile.Value) string {
	words := v.Text()
	for name := range secrets {
		if strings.Contains(words, `"`+name+`"`) {
			return ""
		}
	}
	return words
}

// adHoc reads a call by a link.
func (x *export) adHoc(c *adHocCall, record string) error {
	e := newEvent(timeline.Call, record)
	e.When = moment(string(c.At))
	p := x.people[string(c.Recipient)]
	e.Thread = p.Name
	extra(&e, "type", "call by a link")
	extra(&e, "state", words(string(c.State)))
	extra(&e, "callId", string(c.Call))
	x.rest(&e, c.Rest)
	x.events++
	return x.out.Event(e)
}
