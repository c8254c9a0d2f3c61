package snapchat

import (
	"errors"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// event makes the event of one record of a list.
func (x *export) event(list string, r jsonfile.Flat) (timeline.Event, error) {
	name := strings.ToLower(list)
	switch {
	case strings.HasSuffix(name, "chat history") || x.file == "chat_history" && r.Has("Media Type"):
		return x.message(list, r)
	case strings.HasSuffix(name, "snap history") || x.file == "snap_history" && r.Has("Media Type"):
		return x.snap(list, r)
	case name == "saved media":
		return x.memory(r)
	case name == "incoming calls", name == "outgoing calls", name == "completed calls", strings.HasSuffix(name, " calls") && r.Has("Result"):
		return x.call(name, r)
	case name == "login history", name == "device history":
		return x.login(list, r)
	case strings.Contains(name, "location history"), strings.HasPrefix(name, "areas you may have visited"), r.Has("Place"):
		return x.place(list, r)
	case r.Has("Username") && r.Has("Display Name"):
		return x.friend(list, r)
	}
	return x.other(list, r)
}

// message is a chat of either generation.
func (x *export) message(list string, r jsonfile.Flat) (timeline.Event, error) {
	e, err := x.sent(list, r)
	if err != nil {
		return e, err
	}
	kind := r.Get("Media Type")
	e.Text = r.Get("Content", "Text")
	if old(list) && !x.paged {
		if text := html.UnescapeString(e.Text); text != e.Text {
			e.Extra.Set("as printed", e.Text)
			e.Text = text
		}
	}
	x.media.attach(&e, r.Get("Media IDs"), kind)
	if strings.HasPrefix(kind, "STATUS") {
		e.Kind = timeline.System
		if kind == "STATUSERASEDMESSAGE" {
			e.Flags = append(e.Flags, timeline.Deleted)
		}
	}
	if kind != "TEXT" {
		e.Extra.Set("media type", kind)
	}
	x.finish(&e, kind)
	e.Extra.Set(timeline.SameKey, importers.SameOf("chat", r.Get("From"), r.Get("To"), second(e.When), kind, e.Text, r.Get("Media IDs")))
	rest(&e, r, "From", "To", "Media Type", "Created", "Content", "Text", "Conversation Title", "IsSender", "Created(microseconds)", "Media IDs", "IsSaved")
	switch r.Get("IsSaved") {
	case "true":
		e.Extra.Set("saved", "yes")
	case "false":
		e.Extra.Set("saved", "no")
	}
	return e, nil
}

// snap is a picture or a video that the export says no more of.
func (x *export) snap(list string, r jsonfile.Flat) (timeline.Event, error) {
	e, err := x.sent(list, r)
	if err != nil {
		return e, err
	}
	kind := r.Get("Media Type")
	e.Extra.Set("type", "snap")
	e.Extra.Set("media type", kind)
	e.Text = r.Get("Content", "Text")
	x.finish(&e, "Snap: "+strings.ToLower(kind))
	e.Extra.Set(timeline.SameKey, importers.SameOf("snap", r.Get("From"), r.Get("To"), second(e.When), kind))
	rest(&e, r, "From", "To", "Media Type", "Created", "Content", "Text", "Conversation Title", "IsSender", "Created(microseconds)")
	return e, nil
}

// finish says in the file's own word what a message is that has no words.
func (x *export) finish(e *timeline.Event, kind string) {
	if e.Text == "" && len(e.Files) == 0 {
		e.Text = kind
		e.Flags = append(e.Flags, timeline.AppText)
	}
}

var errNobody = errors.New("this record names neither a sender nor a recipient")

// sent fills in when, from whom and to whom: by the list in the older
// generation, by IsSender in the newer.
func (x *export) sent(list string, r jsonfile.Flat) (timeline.Event, error) {
	e := timeline.Event{Kind: timeline.Message, Extra: make(timeline.Facts, 0, 4)}
	var err error
	if e.When, err = created(&e, r); err != nil {
		if r.Get("Content", "Text", "Media IDs") == "" {
			return e, err
		}
		e.When = timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: r.Get("Created")}
	}
	from, to := r.Get("From"), r.Get("To")
	switch {
	case from == "" && to == "":
		return e, errNobody
	case r.Get("IsSender") == "true":
		e.From = timeline.Party{Name: x.names[from], Address: from, Owner: true}
		if to := conversationWith(list, r); to != "" {
			e.To = []timeline.Party{x.party(to)}
		}
	case r.Has("IsSender"):
		e.From, e.To = x.party(from), []timeline.Party{x.self()}
	case from == "" || strings.HasPrefix(strings.ToLower(list), "sent "):
		e.From, e.To = x.self(), []timeline.Party{x.party(to)}
	case to == "" && old(list):
		e.From, e.To = x.party(from), []timeline.Party{x.self()}
	default:
		e.Extra.Set("direction", "not stated")
		e.From = x.party(from)
		if to != "" {
			e.To = []timeline.Party{x.party(to)}
		}
	}
	x.dispute(&e, list, r)
	if e.Thread = r.Get("Conversation Title"); e.Thread == "" && old(list) {
		e.Thread = from + to
	} else if e.Thread == "" {
		e.Thread = list
	} else {
		e.Extra.Set("conversation", list)
	}
	return e, nil
}

// dispute takes nobody for the sender where the record says two things of it.
func (x *export) dispute(e *timeline.Event, list string, r jsonfile.Flat) {
	if at := r.Twice("Created"); at != nil {
		importers.FactsOf(e).Flag(timeline.TimesDisagree)
		importers.FactsOf(e).Add("times, as stated", "Created says "+strings.Join(at, "; Created says "))
	}
	from, third := r.Get("From"), ""
	var said []string
	for _, name := range []string{"From", "IsSender"} {
		for _, value := range r.Twice(name) {
			said = append(said, name+" says "+value)
		}
	}
	switch other := conversationWith(list, r); {
	case len(said) > 0:
	case r.Get("IsSender") == "true" && from == other && from != x.owner:
		said = []string{"IsSender says that the owner sent it", "From says " + from + ", whom the conversation is with"}
	case other != "" && x.owner != "" && from != "" && from != other && from != x.owner:
		third = other
		said = []string{"the conversation is with " + other + " alone", "From says " + from}
	case r.Get("IsSender") == "false" && from != "" && from == x.owner:
		said = []string{"IsSender says that the owner did not send it", "From says " + from + ", which is the owner's account"}
	}
	if said == nil {
		return
	}
	var named []timeline.Party
	for _, name := range append(r.Twice("From"), from, third) {
		if name != "" {
			named = append(named, x.party(name))
		}
	}
	importers.FactsOf(e).Dispute(strings.Join(said, "; "), named...)
}

// old tells the lists of the older generation.
func old(list string) bool {
	name := strings.ToLower(list)
	return strings.HasSuffix(name, "chat history") || strings.HasSuffix(name, "snap history")
}

// conversationWith is the username by which a conversation of two is named. A
// group has a title, or an identifier with hyphens for a name.
func conversationWith(list string, r jsonfile.Flat) string {
	if old(list) || r.Get("Conversation Title") != "" || strings.Count(list, "-") >= 4 && len(list) == 36 {
		return ""
	}
	return list
}

func (x *export) party(username string) timeline.Party {
	return timeline.Party{Name: x.names[username], Address: username, Owner: username != "" && username == x.owner}
}

func (x *export) self() timeline.Party {
	return timeline.Party{Name: x.names[x.owner], Address: x.owner, Owner: true}
}

// dates are what the lists call the time of a record.
var dates = []string{"Created", "Creation Timestamp", "Date", "Date & Time", "Start Time", "Time", "Timestamp", "View Date", "Story Date", "Creation Date", "Date Sent", "Report Time", "Acceptance Date", "Login Time", "Last Modified Timestamp"}

var errNoTime = errors.New("this record has no time that can be read")

// created is the time of a message: in milliseconds where both of its times
// agree.
func created(e *timeline.Event, r jsonfile.Flat) (timeline.When, error) {
	w, err := moment(r.Get("Created"))
	fine := r.Get("Created(microseconds)")
	if fine == "" {
		return w, err
	}
	exact, unit, ok := importers.ReadCount(fine)
	if !ok || unit == importers.Seconds {
		return w, err
	}
	switch {
	case err != nil:
		e.When = exact
		importers.FactsOf(e).UnitBySize("Created(microseconds)", unit, importers.Microseconds)
		return exact, nil
	case exact.Instant.Unix() == w.Instant.Unix():
		exact.Raw = w.Raw
		return exact, nil
	}
	e.Flags = append(e.Flags, timeline.TimesDisagree)
	e.Claims = []timeline.Claim{{Label: "Created", When: w, Chosen: true}, {Label: "Created(microseconds)", When: exact}}
	return w, nil
}

// moment reads a time as the lists print it.
func moment(text string) (timeline.When, error) {
	if w, ok := importers.ReadInstant(text); ok {
		return w, nil
	}
	if t, err := time.Parse("Mon Jan 2 15:04:05 UTC 2006", text); err == nil {
		return timeline.FromInstant(t, timeline.Second, text), nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 1e11 && n < 1e14 {
		return timeline.FromInstant(time.UnixMilli(n), timeline.Millisecond, text), nil
	}
	if t, err := time.Parse("2006-01-02", text); err == nil && t.Year() > 2000 {
		return timeline.FromLocal(t, nil, timeline.Day, text), nil
	}
	if text == "" {
		return timeline.When{}, errNoTime
	}
	return timeline.When{}, fmt.Errorf("%w: %q", errNoTime, text)
}

// second is a time as both the JSON and the pages of an export have it.
func second(w timeline.When) string {
	if w.Instant.IsZero() {
		return w.Raw
	}
	return strconv.FormatInt(w.Instant.Unix(), 10)
}

// rest keeps what nothing else of the event shows, under the file's names.
func rest(e *timeline.Event, r jsonfile.Flat, shown ...string) {
	facts := importers.FactsOf(e)
	for name, value := range r.Rest(shown...) {
		if name = strings.ToLower(name); e.Extra.Get(name) == "" {
			facts.Add(name, value)
		}
	}
}

// dated finds the time of a record of any list, and what it is called.
func dated(r jsonfile.Flat) (timeline.When, string, error) {
	i := slices.IndexFunc(dates, func(name string) bool { return r.Get(name) != "" })
	if i < 0 {
		return timeline.When{}, "", errNoTime
	}
	w, err := moment(r.Get(dates[i]))
	return w, dates[i], err
}
