package linkedin

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// own makes the events of a list of what the account did. words is the column
// with its text, if it has one.
func own(kind timeline.Kind, date, what string, words ...string) func(*export, table.Row) (timeline.Event, error) {
	return func(x *export, r table.Row) (timeline.Event, error) {
		when, err := moment(r.Get(date))
		e := timeline.Event{Kind: kind, When: when, From: x.self(), Extra: timeline.FactsOf("type", what)}
		if len(words) > 0 {
			e.Text = undouble(r.Get(words...), &e)
		}
		e.Extra.Set(timeline.SameKey, importers.SameOf(what, r.Words()))
		rest(&e, r, append(words, date)...)
		return e, err
	}
}

// login makes the events of a list of uses of the account. Who used it is what
// such a list cannot know.
func login(date, what string) func(*export, table.Row) (timeline.Event, error) {
	return func(x *export, r table.Row) (timeline.Event, error) {
		when, err := moment(r.Get(date))
		e := timeline.Event{Kind: timeline.Login, When: when, To: []timeline.Party{x.self()}, Extra: timeline.FactsOf("type", what)}
		e.Extra.Set(timeline.SameKey, importers.SameOf(what, r.Words()))
		rest(&e, r, date)
		return e, err
	}
}

// connection is a contact; the day is that of the connection, whoever asked.
func (x *export) connection(r table.Row) (timeline.Event, error) {
	when, err := moment(r.Get("connected on"))
	other := x.party(name(r, "first name", "last name"), r.Get("url"))
	if other.Name == "" && other.Address == "" {
		other.Address = r.Get("email address")
	}
	e := timeline.Event{Kind: timeline.System, When: when, From: x.self(), Text: "Connected on LinkedIn", Flags: []timeline.Flag{timeline.AppText}, Extra: timeline.FactsOf("type", "connection")}
	if other != (timeline.Party{}) {
		e.To = []timeline.Party{other}
	} else {
		e.Extra.Set("name", "not in the export: the member has hidden or closed the profile")
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf("connection", other.Name, other.Address, r.Get("connected on")))
	rest(&e, r, "first name", "last name", "url", "connected on")
	return e, err
}

// invitation is a request to connect, with its note.
func (x *export) invitation(r table.Row) (timeline.Event, error) {
	when := spoken(r.Get("sent at"))
	e := timeline.Event{Kind: timeline.Message, When: when, Extra: timeline.FactsOf("type", "invitation to connect")}
	e.From = x.party(r.Get("from"), r.Get("inviterprofileurl"))
	to := x.party(r.Get("to"), r.Get("inviteeprofileurl"))
	switch direction(r) {
	case incoming:
		to.Owner, e.From.Owner = true, false
		e.Extra.Set("direction", "received")
	case outgoing:
		to.Owner, e.From.Owner = false, true
		e.Extra.Set("direction", "sent")
	default:
		e.Extra.Set("direction", r.Get("direction"))
	}
	e.To = []timeline.Party{to}
	if e.Text = undouble(r.Get("message"), &e); e.Text == "" {
		e.Text, e.Flags = "Invitation to connect", append(e.Flags, timeline.AppText)
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf("invitation", r.Get("from"), r.Get("to"), r.Get("sent at"), r.Get("message")))
	rest(&e, r, "from", "to", "sent at", "message", "direction", "inviterprofileurl", "inviteeprofileurl")
	return e, nil
}

const (
	incoming = "INCOMING"
	outgoing = "OUTGOING"
)

func direction(r table.Row) string { return strings.ToUpper(strings.TrimSpace(r.Get("direction"))) }

// endorsed is a skill that somebody confirmed to the person whose export it is.
func (x *export) endorsed(r table.Row) (timeline.Event, error) {
	return x.between(r, timeline.System, "endorsement date", "skill endorsed", "skill name",
		x.party(name(r, "endorser first name", "endorser last name"), r.Get("endorser public url")), x.self(),
		"endorser first name", "endorser last name", "endorser public url")
}

func (x *export) endorses(r table.Row) (timeline.Event, error) {
	return x.between(r, timeline.System, "endorsement date", "skill endorsed", "skill name",
		x.self(), x.party(name(r, "endorsee first name", "endorsee last name"), r.Get("endorsee public url")),
		"endorsee first name", "endorsee last name", "endorsee public url")
}

func (x *export) recommended(r table.Row) (timeline.Event, error) {
	return x.between(r, timeline.Message, "creation date", "recommendation", "text",
		x.party(name(r, "first name", "last name"), ""), x.self(), "first name", "last name")
}

func (x *export) recommends(r table.Row) (timeline.Event, error) {
	return x.between(r, timeline.Message, "creation date", "recommendation", "text",
		x.self(), x.party(name(r, "first name", "last name"), ""), "first name", "last name")
}

func (x *export) between(r table.Row, kind timeline.Kind, date, what, words string, from, to timeline.Party, shown ...string) (timeline.Event, error) {
	when, err := moment(r.Get(date))
	e := timeline.Event{Kind: kind, When: when, From: from, To: []timeline.Party{to}, Extra: timeline.FactsOf("type", what)}
	e.Text = undouble(r.Get(words), &e)
	e.Extra.Set(timeline.SameKey, importers.SameOf(what, r.Words()))
	rest(&e, r, append(shown, date, words)...)
	return e, err
}

// follows is a member that the account follows.
func (x *export) follows(r table.Row) (timeline.Event, error) {
	return x.between(r, timeline.System, "date", "follows a member", "status", x.self(), x.party(r.Get("fullname"), ""), "fullname")
}

func name(r table.Row, first, last string) string {
	return strings.TrimSpace(undouble(r.Get(first), nil) + " " + undouble(r.Get(last), nil))
}

// rest keeps the cells that are not shown elsewhere.
func rest(e *timeline.Event, r table.Row, shown ...string) {
	importers.FactsOf(e).Others(r.Rest(shown...))
}

var errNoTime = errors.New("this row has no time that can be read")

// moment reads a time as one of the lists prints it: with its zone (messages,
// log-ins), as a wall clock whose zone is not said (invitations, posts), or as a
// day (connections).
func moment(text string) (timeline.When, error) {
	if w, ok := importers.ReadInstant(text); ok {
		return w, nil
	}
	if t, p, _, ok := importers.ReadTime(text); ok {
		return timeline.FromLocal(t, nil, p, text), nil
	}
	plain := strings.ToUpper(strings.Join(strings.Fields(text), " ")) // Fields knows U+202F
	for _, form := range forms {
		if t, err := time.Parse(form.layout, plain); err == nil && t.Year() >= 1990 {
			if form.utc {
				return timeline.FromInstant(t, form.precision, text), nil
			}
			return timeline.FromLocal(t, nil, form.precision, text), nil
		}
	}
	if text == "" {
		return timeline.When{}, errNoTime
	}
	return timeline.When{}, fmt.Errorf("%w: %q", errNoTime, text)
}

// spoken is the time of something that somebody wrote, which is not lost because
// its time cannot be read.
func spoken(text string) timeline.When {
	if w, err := moment(text); err == nil {
		return w
	}
	return timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: text}
}

// forms are the other times that the lists print. The numbers with slashes are
// month first in every country.
var forms = [...]struct {
	layout    string
	precision timeline.Precision
	utc       bool
}{
	{"1/2/06, 3:04 PM", timeline.Minute, false},
	{"1/2/2006, 3:04 PM", timeline.Minute, false},
	{"1/2/06 3:04 PM", timeline.Minute, false},
	{"1/2/06, 15:04", timeline.Minute, false},
	{"2 Jan 2006", timeline.Day, false},
	{"2006-01-02", timeline.Day, false},
	{"01/02/2006", timeline.Day, false},
	{"Mon Jan 2 15:04:05 UTC 2006", timeline.Second, true},
}
