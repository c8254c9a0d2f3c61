package discord

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// maxKinds is how many kinds of what is only counted are told apart.
const maxKinds = 2000

// action is a line of the log of activity.
type action struct {
	Type jsonfile.Scalar `json:"event_type"`
	Time jsonfile.Scalar `json:"timestamp"`
	User jsonfile.Scalar `json:"user_id"`
	Rest jsontext.Value  `json:",embed"`
}

// tally is what was counted of one kind.
type tally struct {
	name  string
	count int
	size  int64
	at    string // where the first stands
}

func importActivity(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	counted := map[string]*tally{}
	n := 0
	for v, err := range f.Lines() {
		if err != nil {
			return err
		}
		n++
		var a action
		if err := v.Decode(&a); err != nil {
			if err := out.Skip(v.Record, v.Text(), err); err != nil {
				return err
			}
			continue
		}
		if logIn(string(a.Type)) {
			if err := out.Event(login(&a, v.Record)); err != nil {
				return err
			}
			continue
		}
		name := string(a.Type)
		if counted[name] == nil && len(counted) >= maxKinds {
			name = "(further kinds)"
		}
		if counted[name] == nil {
			counted[name] = &tally{name: name, at: v.Record}
		}
		counted[name].count++
		counted[name].size += v.Size
	}
	if err := summed(counted, n, out); err != nil {
		return err
	}
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return nil
}

// summed hands on what was only counted.
func summed(counted map[string]*tally, n int, out importers.Output) error {
	var list []*tally
	for _, t := range counted {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *tally) int { return strings.Compare(a.name, b.name) })
	for _, t := range list {
		reason := fmt.Errorf("activity of this kind is counted and not read as events: %d lines, %d bytes", t.count, t.size)
		if err := out.Skip(fmt.Sprintf("event_type %s, from %s", t.name, t.at), t.name, reason); err != nil {
			return err
		}
	}
	return out.Covers(importers.Undated(""), importers.Undated(""), fmt.Sprintf("%d lines of the log of the owner's own activity", n))
}

// logIn tells what says that the account was used, or tried.
func logIn(kind string) bool {
	for _, part := range []string{"login", "log_in", "session_start", "session_end", "register", "password", "mfa", "user_ip", "account_", "authorize", "token_"} {
		if strings.Contains(kind, part) {
			return true
		}
	}
	return false
}

func login(a *action, record string) timeline.Event {
	e := timeline.Event{Kind: timeline.Login, Thread: "activity", From: timeline.Party{Owner: true}, Source: timeline.Pinpoint{Record: record}}
	f := importers.FactsOf(&e)
	if a.User != "" {
		e.From.Address = "discord:" + importers.Shorten(string(a.User), importers.MostFact)
	}
	e.When = packageTime(strings.Trim(string(a.Time), `"`)) // the package writes the quotes twice
	f.Say(strings.ReplaceAll(string(a.Type), "_", " "))
	jsonfile.Rest(f, a.Rest)
	return e
}
