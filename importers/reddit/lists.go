package reddit

import (
	"errors"
	"fmt"
	"strings"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// chat is a message of Reddit's chats. Whom it went to the list does not say, but
// for the owner of the export, who is in every one of them.
func (x *export) chat(r table.Row) (timeline.Event, error) {
	when, err := said(r.Get("created at"), r.Get("message"))
	e := timeline.Event{Kind: timeline.Message, When: when, From: x.party(r.Get("username")), Text: r.Get("message"), Extra: make(timeline.Facts, 0, 8)}
	if x.owner != "" && !e.From.Owner {
		e.To = []timeline.Party{x.self()}
	}
	x.two(&e, r)
	if e.Thread = r.Get("channel name"); e.Thread == "" {
		e.Thread = r.Get("channel url")
	}
	shown := []string{"message id", "created at", "username", "message", "updated at"}
	if changed, ok := importers.ReadInstant(r.Get("updated at")); ok && !changed.Instant.Equal(when.Instant) && !when.Instant.IsZero() {
		e.Flags = append(e.Flags, timeline.Edited)
		if changed.Instant.Before(when.Instant) {
			e.Flags = append(e.Flags, timeline.TimesDisagree)
		}
		shown = shown[:4]
	}
	e.Extra.Set("id", r.Get("message id"))
	e.Extra.Set(timeline.SameKey, importers.SameOf("chat", r.Get("message id"), r.Get("created at"), r.Get("username")))
	rest(&e, r, shown...)
	return e, err
}

// two holds a message against the conversation of two that it is said to be of,
// which is named by the other one.
func (x *export) two(e *timeline.Event, r table.Row) {
	with := x.party(r.Get("channel name"))
	if r.Get("conversation type") != "direct" || with.Address == "" || x.owner == "" || e.From.Owner || e.From.Address == with.Address {
		return
	}
	importers.FactsOf(e).Dispute("the conversation is with "+with.Name+" alone; username says "+e.From.Name, e.From, with)
}

// message is a private message, or one from or to a subreddit.
func (x *export) message(r table.Row) (timeline.Event, error) {
	when, err := said(r.Get("date"), r.Get("body"))
	e := timeline.Event{Kind: timeline.Message, When: when, From: x.party(r.Get("from")), Text: r.Get("body"), Extra: make(timeline.Facts, 0, 8)}
	if to := r.Get("to"); to != "" {
		e.To = []timeline.Party{x.party(to)}
	}
	if e.Thread = r.Get("thread id"); e.Thread == "" {
		e.Thread = r.Get("subject")
	}
	e.Extra.Set("id", r.Get("id"))
	e.Extra.Set(timeline.SameKey, importers.SameOf("message", r.Get("id"), r.Get("date"), r.Get("from"), r.Get("to")))
	rest(&e, r, "id", "thread id", "date", "from", "to", "body")
	return e, err
}

// own makes the events of a list of what the account wrote or did.
func own(what, words string) func(*export, table.Row) (timeline.Event, error) {
	return func(x *export, r table.Row) (timeline.Event, error) {
		when, err := moment(r.Get("date", "created", "submission time"))
		e := timeline.Event{Kind: timeline.Post, When: when, From: x.self(), Text: r.Get(words), Extra: timeline.FactsOf("type", what)}
		if title := r.Get("title"); title != "" && e.Text == "" {
			e.Text = title
		}
		if sub := r.Get("subreddit"); sub != "" {
			e.Thread = "r/" + strings.TrimPrefix(sub, "r/")
		}
		switch what {
		case "draft":
			e.Flags = append(e.Flags, timeline.Draft)
		case "award given":
			e.Kind = timeline.System
		}
		e.Extra.Set(timeline.SameKey, importers.SameOf(what, r.Get("id", "scheduled post id", "content link"), r.Get("date", "created", "submission time"), r.Get("award")))
		rest(&e, r, "date", "created", "submission time", "body")
		return e, err
	}
}

// announcement is a message of Reddit itself.
func (x *export) announcement(r table.Row) (timeline.Event, error) {
	when, err := moment(r.Get("sent at"))
	e := timeline.Event{Kind: timeline.Message, When: when, From: x.party(r.Get("from username")), To: []timeline.Party{x.self()}, Text: r.Get("body"), Extra: timeline.FactsOf("type", "announcement")}
	e.Extra.Set(timeline.SameKey, importers.SameOf("announcement", r.Get("announcement id")))
	rest(&e, r, "sent at", "from username", "body")
	return e, err
}

// address is an internet address that the account was used from, by whomever.
// The first row has that of the registration in the place of a date.
func (x *export) address(r table.Row) (timeline.Event, error) {
	e := timeline.Event{Kind: timeline.Login, To: []timeline.Party{x.self()}, Extra: timeline.FactsOf("type", "address that was used", "ip", r.Get("ip"))}
	e.Extra.Set(timeline.SameKey, importers.SameOf("address", r.Get("date"), r.Get("ip")))
	var err error
	if strings.EqualFold(r.Get("date"), "registration ip") {
		e.Extra.Set("type", "address of the registration")
		e.When = timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated}
	} else {
		e.When, err = moment(r.Get("date"))
	}
	rest(&e, r, "date", "ip")
	return e, err
}

// party is an account, in the form that Reddit prints; capitals in it mean
// nothing to Reddit, and no username is taken for
// the number of a telephone.
func (x *export) party(name string) timeline.Party {
	name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(name), "/"), "u/")
	switch {
	case name == "":
		return timeline.Party{}
	case strings.HasPrefix(name, "r/") || strings.HasPrefix(name, "#"):
		return timeline.Party{Name: name, Address: name}
	}
	return timeline.Party{Name: name, Address: "u/" + strings.ToLower(name), Owner: strings.EqualFold(name, x.owner)}
}

func (x *export) self() timeline.Party {
	p := x.party(x.owner)
	p.Owner = true
	return p
}

var errNoTime = errors.New("this row has no time that can be read")

func moment(text string) (timeline.When, error) {
	if w, ok := importers.ReadInstant(text); ok {
		return w, nil
	}
	if text == "" {
		return timeline.When{}, errNoTime
	}
	return timeline.When{}, fmt.Errorf("%w: %q", errNoTime, text)
}

// said is the time of something that somebody wrote, which is not lost because
// its time cannot be read.
func said(text, words string) (timeline.When, error) {
	w, err := moment(text)
	if err != nil && words != "" {
		return timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: text}, nil
	}
	return w, err
}

// rest keeps the cells that are not shown elsewhere.
func rest(e *timeline.Event, r table.Row, shown ...string) {
	importers.FactsOf(e).Others(r.Rest(shown...))
}
