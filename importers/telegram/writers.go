package telegram

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// writers are the accounts that wrote in a chat of two, whose export does not say
// whose it is: the one that is not the other's is the owner's, where the chat
// leaves no doubt that it is with the other.
type writers struct {
	own    string // the one account that is not the other's
	differ string // why there is none, where what the chat says cannot all be so
	wrote  bool   // the other's account did: that the chat is with it is not in doubt
}

// writer is what a message says of who wrote it.
type writer struct {
	From    jsonfile.Scalar `json:"from"`
	FromID  jsonfile.Scalar `json:"from_id"`
	ActorID jsonfile.Scalar `json:"actor_id"`
}

// met are the accounts that a chat was found to have, while it is surveyed.
type met struct {
	name, kind, id string
	others         []string // accounts that are not the chat's, in their order
	called         string   // what the first of them is called
	wrote          bool     // the chat's own account did
}

// survey finds, before anything is handed on, who wrote in each chat of two: what
// a later message shows must not come too late for an earlier one. Where the
// export says whose it is, nothing more is looked for; where it breaks, the
// reading proper says so.
func survey(ctx context.Context, s importers.Source) (self string, of map[string]writers, err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	v := surveyor{File: f, of: map[string]writers{}}
	err = v.root()
	var cut *jsonfile.Broken
	if errors.As(err, &cut) {
		err = nil
	}
	return v.self, v.agreed(), err
}

// surveyor goes through an export for who wrote.
type surveyor struct {
	*jsonfile.File
	self string
	of   map[string]writers
	w    writer // of the last message
}

func (v *surveyor) root() error {
	var m met
	for name, err := range v.Members() {
		if err != nil {
			return err
		}
		switch name {
		case "personal_information":
			err = v.personal()
		case "chats", "left_chats":
			err = v.chats()
		default:
			err = v.member(&m, name)
		}
		if err != nil || v.self != "" {
			return err
		}
	}
	v.close(&m)
	return nil
}

// personal reads whose account it is.
func (v *surveyor) personal() error {
	value, err := v.Value()
	if err != nil {
		return err
	}
	v.self, _ = accountOf(value) // the reading proper says what is wrong with it
	return nil
}

func (v *surveyor) chats() error {
	for name, err := range v.Members() {
		if err != nil {
			return err
		}
		if name != "list" {
			continue
		}
		for _, err := range v.Elements() {
			if err != nil {
				return err
			}
			var m met
			for name, err := range v.Members() {
				if err == nil {
					err = v.member(&m, name)
				}
				if err != nil {
					return err
				}
			}
			v.close(&m)
		}
	}
	return nil
}

func (v *surveyor) member(m *met, name string) error {
	switch name {
	case "name", "type", "id":
		value, err := v.Value()
		if err != nil {
			return err
		}
		text := jsonfile.Plain(value.Raw)
		switch name {
		case "name":
			m.name = text
		case "type":
			m.kind = text
		default:
			m.id = text
		}
	case "messages":
		if (&chat{kind: m.kind}).ofTwo() && m.id != "" {
			return v.messages(m)
		}
	}
	return nil
}

const maxOthers = 5 // accounts of a chat of two that are told apart

func (v *surveyor) messages(m *met) error {
	for value, err := range v.Records(&v.w) {
		if err != nil {
			return err
		}
		if value.Bad != nil {
			continue
		}
		for i, id := range []string{string(v.w.FromID), string(v.w.ActorID)} {
			switch {
			case id == "user"+m.id:
				m.wrote = true
			case strings.HasPrefix(id, "user") && len(m.others) < maxOthers && !slices.Contains(m.others, id):
				if m.others = append(m.others, importers.Shorten(id, importers.MostFact)); len(m.others) == 1 && i == 0 {
					m.called = string(v.w.From)
				}
			}
		}
	}
	return nil
}

// close keeps what the messages of a chat say of whose it is.
func (v *surveyor) close(m *met) {
	chat := "user" + m.id
	switch {
	case len(m.others) == 0:
		return
	case len(m.others) > 1:
		v.of[chat] = writers{differ: fmt.Sprintf("the chat is one of two, with %s (%s); %s wrote in it", m.name, chat, strings.Join(m.others, " and ")), wrote: m.wrote}
	case !m.wrote && m.name != "" && m.called == m.name:
		v.of[chat] = writers{differ: fmt.Sprintf("the chat is with %s (%s); what %s wrote in it is of the account %s", m.name, chat, m.called, m.others[0])}
	default:
		v.of[chat] = writers{own: m.others[0], wrote: m.wrote}
	}
}

// agreed are the chats, where the owner of all is one account.
func (v *surveyor) agreed() map[string]writers {
	owns := map[string]bool{}
	for _, w := range v.of {
		if w.own != "" {
			owns[w.own] = true
		}
	}
	if len(owns) < 2 {
		return v.of
	}
	list := slices.Sorted(maps.Keys(owns))
	for chat, w := range v.of {
		v.of[chat] = writers{wrote: w.wrote, differ: "by the chats of this export it is that of " + strings.Join(list[:min(len(list), maxOthers)], ", and of ")}
	}
	return v.of
}

// byOther tells what the one wrote whom the chat is with, beyond doubt.
func (c *chat) byOther(from timeline.Party) bool {
	return c.wrote && from.Address == "telegram:"+c.other
}

// differ says of an event that what its chat says of whose it is cannot be so, or
// takes nobody for the sender of a message that names two.
func (x *export) differ(c *chat, e *timeline.Event, v jsonfile.Value) {
	var named []timeline.Party
	var said []string
	for _, member := range []string{"from", "from_id", "actor", "actor_id"} {
		for _, who := range v.Twice(member) {
			said = append(said, member+" says "+who)
			if p := x.party(c, who, ""); !strings.HasSuffix(member, "id") {
				named = append(named, p)
			} else if p = x.party(c, "", who); !p.Owner {
				named = append(named, p)
			}
		}
	}
	switch {
	case said != nil:
		importers.FactsOf(e).Dispute(strings.Join(said, "; "), named...)
	case c.differ != "" && e.Kind != timeline.System && !c.byOther(e.From):
		importers.FactsOf(e).Differ(c.differ)
	}
}
