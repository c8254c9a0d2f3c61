package imazing

import (
	"context"
	"strings"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// shown are the columns that an event shows otherwise than as facts.
var shown = []string{"chat session", "message date", "type", "sender id", "sender name", "text", "attachment"}

// message makes the event of a row of a chat.
func (x *export) message(r table.Row) timeline.Event {
	e := timeline.Event{Kind: timeline.Message, Thread: r.Get("chat session"), Source: timeline.Pinpoint{Record: r.Record()}, Flags: r.Flags()}
	f := importers.FactsOf(&e)
	f.Say(r.Get("text"))
	x.date(f, r.Get("message date"))
	sender := timeline.Party{Name: r.Get("sender name"), Address: address(r.Get("sender id"))}
	kind := r.Get("type")
	way := strings.ToLower(kind)
	switch {
	case x.disputed(r, way):
		f.Dispute("this row is "+way+" and by "+r.Get("sender id")+", of whom there are incoming rows and outgoing ones", sender)
	case way == "outgoing":
		sender.Owner = true
		e.From = sender
	case way == "incoming":
		e.From, e.To = sender, []timeline.Party{{Owner: true}}
		if sender == (timeline.Party{}) {
			f.Add("sender", "not stated")
		}
	case way == "notification":
		e.Kind, e.From = timeline.System, sender
		f.Flag(timeline.AppText)
	default:
		f.Add("direction", "not stated: "+kind)
		e.To = []timeline.Party{sender}
	}
	if forged(e.Text) {
		f.Flag(timeline.ForgedHeader)
	}
	if r.Get("edited date") != "" {
		f.Flag(timeline.Edited)
	}
	if strings.Contains(strings.ToLower(r.Get("status")), "fail") {
		f.Flag(timeline.Failed)
	}
	for name, value := range r.Rest(shown...) {
		f.Add(name, value)
	}
	f.Extra.Set(timeline.SameKey, importers.SameOf("chat", e.Thread, r.Get("message date"), kind, sender.Address, r.Get("text"), r.Get("attachment")))
	return e
}

// way is a direction in which a sender has rows.
type way uint8

const (
	in way = 1 << iota
	out
)

// maxSenders is how many senders of a file are told apart.
const maxSenders = 100_000

// look learns who has rows in both directions: one of them is then not so.
func (x *export) look(ctx context.Context) error {
	x.ways = map[string]way{}
	return table.Look(ctx, x.FS, x.Path, either, func(r table.Row) bool {
		switch id := r.Get("sender id"); {
		case id == "":
		case strings.EqualFold(r.Get("type"), "incoming"):
			x.ways[strings.Clone(id)] |= in
		case strings.EqualFold(r.Get("type"), "outgoing"):
			x.ways[strings.Clone(id)] |= out
		}
		return len(x.ways) < maxSenders
	})
}

// disputed tells that a row may be another's than its direction says. The one
// whom a chat is named by wrote what came in.
func (x *export) disputed(r table.Row, way string) bool {
	if x.ways[r.Get("sender id")] != in|out {
		return false
	}
	return way == "outgoing" || way == "incoming" && r.Get("sender name") != r.Get("chat session")
}

// address is a sender's: WhatsApp writes a number as though it were an e-mail
// address.
func address(id string) string {
	user, server, _ := strings.Cut(id, "@")
	switch server {
	case "s.whatsapp.net":
		return "+" + user
	case "lid", "g.us":
		return server + ":" + user
	}
	return id
}

// forged tells a text with a line that looks like a row of the file: a time and
// a comma.
func forged(text string) bool {
	for line := range strings.Lines(text) {
		if before, _, ok := strings.Cut(line, ","); ok {
			if _, _, _, ok := importers.ReadTime(before); ok {
				return true
			}
		}
	}
	return false
}

// date sets the time of an event: a wall clock without a zone.
func (x *export) date(f importers.Facts, printed string) {
	t, p, zoned, ok := importers.ReadTime(printed)
	switch {
	case !ok:
		f.When = importers.Undated(printed)
	case zoned:
		f.When = timeline.FromOffset(t, p, printed)
	default:
		var flags []timeline.Flag
		f.When, flags = x.Assume.Local(t, p, printed)
		f.Flag(flags...)
	}
}

// attach lists the file of a row. iMazing puts the time and the sender in front
// of its name.
func (x *export) attach(r table.Row) {
	name := r.Get("attachment")
	if name == "" {
		return
	}
	a := x.Beside(name)
	if a.Missing {
		stamp := strings.NewReplacer(":", " ", "T", " ").Replace(r.Get("message date"))
		for _, sender := range []string{r.Get("sender name"), r.Get("sender id"), r.Get("chat session")} {
			if other := x.Beside(stamp + " - " + sender + " - " + name); sender != "" && a.Missing && !other.Missing {
				a = other
			}
		}
	}
	a.Name = name
	if kind := r.Get("attachment type"); strings.Contains(kind, "/") {
		a.Type = kind
	}
	x.event.Files = append(x.event.Files, a)
}

// call makes the event of a row of the list of calls.
func (x *export) call(r table.Row) timeline.Event {
	e := timeline.Event{Kind: timeline.Call, Thread: r.Get("number", "contact"), Source: timeline.Pinpoint{Record: r.Record()}, Flags: r.Flags()}
	f := importers.FactsOf(&e)
	x.date(f, r.Get("date"))
	other, owner := timeline.Party{Name: r.Get("contact"), Address: r.Get("number")}, timeline.Party{Owner: true}
	kind := r.Get("call type")
	switch k := strings.ToLower(kind); {
	case strings.Contains(k, "outgoing") || strings.Contains(k, "dialled") || strings.Contains(k, "cancelled"):
		e.From, e.To = owner, []timeline.Party{other}
	case strings.Contains(k, "incoming") || strings.Contains(k, "missed") || strings.Contains(k, "received"):
		e.From, e.To = other, []timeline.Party{owner}
	default:
		e.To = []timeline.Party{other}
	}
	if other == (timeline.Party{}) {
		f.Add("presentation", "number withheld or not known")
	}
	f.Add("type", kind)
	for name, value := range r.Rest("call type", "date", "number", "contact") {
		f.Add(name, value)
	}
	f.Extra.Set(timeline.SameKey, importers.SameOf("call", other.Address, other.Name, r.Get("date"), kind, r.Get("duration")))
	return e
}
