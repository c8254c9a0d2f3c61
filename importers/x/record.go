package x

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// record makes the event of a record that is neither a post nor a message: by
// its date, and by what it is called. Those that have no date by their nature
// are undated.
func (a *archive) record(kind string, v jsonfile.Value) (timeline.Event, error) {
	e := timeline.Event{Kind: timeline.System, From: a.self(), Extra: timeline.Facts{}}
	facts, err := flatten(v)
	if err != nil {
		return e, err
	}
	e.Text, e.Flags = words(kind), []timeline.Flag{timeline.AppText}
	e.Extra.Set(timeline.SameKey, sameFacts(kind, facts))
	date := ""
	for _, name := range []string{"createdAt", "changedAt", "approvedAt", "timeStamp", "protectedAt", "updatedAt", "lastSeenAt"} {
		if date == "" && facts.Get(name) != "" {
			date = name
		}
	}
	shown := []string{date}
	switch kind {
	case "blocking", "muting", "like":
		e.When = timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated}
		if id := facts.Get("accountId"); id != "" {
			e.To = []timeline.Party{a.party(id, "")}
		}
		if text := facts.Get("fullText"); text != "" {
			e.Text, e.Flags = text, nil
		}
		e.Extra.Set("type", words(kind))
		shown = append(shown, "accountId", "fullText")
	default:
		if e.When, err = moment(facts.Get(date)); err != nil {
			return e, err
		}
	}
	switch kind {
	case "ipAudit", "deviceToken": // whoever it was
		e.Kind, e.From, e.To, e.Text, e.Flags = timeline.Login, timeline.Party{}, []timeline.Party{a.self()}, "", nil
		e.Extra.Set("type", words(kind))
	case "noteTweet":
		e.Kind, e.Text, e.Flags = timeline.Post, facts.Get("text"), nil
		e.Extra.Set("type", "long post")
		shown = append(shown, "text")
	case "grokChatItem":
		e.Kind, e.Text, e.Flags = timeline.Message, facts.Get("message"), nil
		e.To = []timeline.Party{{Name: "Grok", Address: "Grok"}}
		if facts.Get("name") != "User" && facts.Get("sender") != "User" {
			e.From, e.To = e.To[0], []timeline.Party{a.self()}
		}
		shown = append(shown, "message")
	}
	for name, value := range facts.Rest(shown...) {
		set(&e, name, value)
	}
	return e, nil
}

// words are what a record is called in plain words.
func words(kind string) string {
	switch kind {
	case "ipAudit":
		return "log-in"
	case "deviceToken":
		return "device"
	case "blocking":
		return "Blocked account"
	case "muting":
		return "Muted account"
	case "like":
		return "Liked post"
	case "account":
		return "Account made"
	case "connectedApplication":
		return "App connected to the account"
	case "screenNameChange":
		return "Screen name changed"
	case "emailAddressChange":
		return "E-mail address changed"
	case "accountSuspension":
		return "Account suspension"
	case "protectedHistory":
		return "Posts protected or opened"
	}
	return kind
}

// flatten gives the plain values of a record, those of objects inside it too.
func flatten(v jsonfile.Value) (jsonfile.Flat, error) {
	var outer jsonfile.Flat
	if err := v.Decode(&outer); err != nil {
		return nil, err
	}
	return inner(nil, v.Raw, 0), nil
}

func inner(facts jsonfile.Flat, raw jsontext.Value, depth int) jsonfile.Flat {
	const deepest = 4
	for name, value := range jsonfile.Fields(raw) {
		if value.Kind() == '{' && depth < deepest {
			facts = inner(facts, value, depth+1)
		} else {
			facts = append(facts, jsonfile.Field{Name: name, Value: jsonfile.Plain(value)})
		}
	}
	return facts
}

func sameFacts(kind string, facts jsonfile.Flat) string {
	parts := []string{kind}
	for _, f := range facts {
		parts = append(parts, f.Name, f.Value)
	}
	return importers.SameOf(parts...)
}

func set(e *timeline.Event, name, value string) {
	if value != "" && !empty(value) && e.Extra.Get(name) == "" {
		importers.FactsOf(e).Add(name, value)
	}
}

// empty tells a list or an object with nothing in it.
func empty(value string) bool {
	return len(value) < 8 && strings.Trim(value, "[]{} \r\n\t") == ""
}

func first(values ...jsonfile.Scalar) string {
	for _, v := range values {
		if v != "" {
			return string(v)
		}
	}
	return ""
}

func list(values []jsonfile.Scalar) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(" ")
		}
		b.WriteString(string(v))
	}
	return b.String()
}
