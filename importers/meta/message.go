package meta

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// message is a message as either download writes it.
type message struct {
	Sender    scalar     `json:"sender_name"`
	At        scalar     `json:"timestamp_ms"`
	Content   scalar     `json:"content"`
	Type      scalar     `json:"type"`
	Photos    []media    `json:"photos"`
	Videos    []media    `json:"videos"`
	Audio     []media    `json:"audio_files"`
	Gifs      []media    `json:"gifs"`
	Files     []media    `json:"files"`
	Media     []media    `json:"media"`
	Sticker   *media     `json:"sticker"`
	Share     *share     `json:"share"`
	Reactions []reaction `json:"reactions"`
	Duration  *scalar    `json:"call_duration"`
	Missed    scalar     `json:"missed"`
	Users     []person   `json:"users"`
	Unsent    scalar     `json:"is_unsent"`
	TakenDown scalar     `json:"is_taken_down"`
	Blocked   scalar     `json:"is_geoblocked_for_viewer"`

	// What the encrypted download calls some of them.
	SealedSender *scalar `json:"senderName"`
	SealedAt     scalar  `json:"timestamp"`
	SealedText   scalar  `json:"text"`
	SealedUnsent scalar  `json:"isUnsent"`

	Rest map[string]scalar `json:",embed"`
}

// opened has what the encrypted download says in its place.
func (m *message) opened() *message {
	if m.SealedSender != nil {
		m.Sender = *m.SealedSender
	}
	m.At = cmp.Or(m.At, m.SealedAt)
	m.Content = cmp.Or(m.Content, m.SealedText)
	m.Unsent = cmp.Or(m.Unsent, m.SealedUnsent)
	return m
}

type share struct {
	Link scalar            `json:"link"`
	Text scalar            `json:"share_text"`
	Rest map[string]scalar `json:",embed"`
}

type reaction struct {
	Reaction scalar `json:"reaction"`
	Actor    scalar `json:"actor"`
	At       scalar `json:"timestamp"`
}

type person struct {
	Name scalar `json:"name"`
}

func (m *message) empty() bool { return m.Sender == "" && m.At == "" }

// fill makes an event of a message.
func (r *reader) fill(e *timeline.Event, m *message, c *conversation) {
	when, unit, ok := importers.ReadCount(string(m.At))
	if e.When = when; ok {
		importers.FactsOf(e).UnitBySize("timestamp", unit, importers.Milliseconds)
	}
	from, _ := r.saysOf(e, string(m.Sender))
	e.From = c.party(from)
	e.To = c.others(from)
	text, _ := r.saysOf(e, string(m.Content))
	say(e, text)
	r.enclosed(e, m)
	r.sort(e, m, from)
	r.reacted(e, m.Reactions)
	fact(e, "folder", boxOf(c.box))
	if m.Blocked == "true" {
		fact(e, "is_geoblocked_for_viewer", "true")
	}
	for name, value := range m.Rest {
		if v := string(value); v != "false" {
			fact(e, name, r.saysJSON(e, v))
		}
	}
	sameAs(e, r.same(e, c, string(m.At), from))
}

// boxOf is the folder of a conversation where it says something: that a message
// was filtered, or a request.
func boxOf(box string) string {
	if box == "inbox" || box == "." {
		return ""
	}
	return box
}

// sort tells calls and notices from messages, by what the record has, never by
// its words: those are in the account's language, and anybody can type them.
func (r *reader) sort(e *timeline.Event, m *message, from string) {
	switch m.Type {
	case "Call":
		e.Kind = timeline.Call
	case "Subscribe", "Unsubscribe":
		e.Kind = timeline.System
	}
	if m.Type != "Generic" && m.Type != "text" {
		fact(e, "type", string(m.Type))
	}
	if m.Duration != nil {
		e.Kind = timeline.Call
		fact(e, "duration", string(*m.Duration)+" s")
	}
	if m.Missed == "true" {
		e.Kind = timeline.Call
		fact(e, "missed", "yes")
	}
	if e.Kind == timeline.Call || e.Kind == timeline.System {
		flag(e, timeline.AppText)
	}
	var users []string
	for _, u := range m.Users {
		users = append(users, r.says(string(u.Name)))
	}
	switch m.Type {
	case "Subscribe":
		fact(e, "joined", strings.Join(users, ", "))
	case "Unsubscribe":
		fact(e, "left", strings.Join(users, ", "))
	default:
		fact(e, "users", strings.Join(users, ", "))
	}
	if m.Unsent == "true" {
		flag(e, timeline.Deleted)
		fact(e, "unsent", "yes: taken back by its sender")
		if m.SealedSender != nil && e.Text == "User unsent a message" {
			flag(e, timeline.AppText)
		}
	}
	if m.TakenDown == "true" {
		fact(e, "taken down", "yes: removed by Meta")
	}
	if len(e.Files) > 0 && e.Text == from+" sent an attachment." {
		flag(e, timeline.AppText)
	}
	if strings.HasPrefix(e.Text, "Reacted ") && strings.HasSuffix(e.Text, " to your message ") || e.Text == "Liked a message" {
		fact(e, "note", "the app writes these words for a reaction; a person can type them as well")
	}
}

// enclosed lists files, and what was shared.
func (r *reader) enclosed(e *timeline.Event, m *message) {
	attach := func(sort string, files []media) {
		for _, f := range files {
			r.attach(e, sort, f)
		}
	}
	attach("photo", m.Photos)
	attach("video", m.Videos)
	attach("audio", m.Audio)
	attach("gif", m.Gifs)
	attach("file", m.Files)
	attach("media", m.Media)
	if m.Sticker != nil {
		r.attach(e, "sticker", *m.Sticker)
	}
	if s := m.Share; s != nil {
		link, _ := r.saysOf(e, string(s.Link))
		text, _ := r.saysOf(e, string(s.Text))
		fact(e, "link", link)
		fact(e, "shared text", text)
		for name, value := range s.Rest {
			fact(e, "share "+name, r.saysJSON(e, string(value)))
		}
		if e.Text == "" {
			e.Text = strings.TrimSpace(text + "\n" + link)
		}
	}
}

// reacted lists who reacted how, and when, where the export says so.
func (r *reader) reacted(e *timeline.Event, list []reaction) {
	var all []string
	for _, a := range list {
		sign, _ := r.saysOf(e, string(a.Reaction))
		who, _ := r.saysOf(e, string(a.Actor))
		words := fmt.Sprintf("%s by %s", sign, who)
		if w, ok := moment(string(a.At)); ok {
			words += w.Instant.Format(", 2006-01-02 15:04:05 UTC")
		}
		all = append(all, words)
	}
	fact(e, "reactions", strings.Join(all, "; "))
}

// saysJSON is a further value in words: of brackets, every text in them is
// undone.
func (r *reader) saysJSON(e *timeline.Event, v string) string {
	if !strings.HasPrefix(v, "{") && !strings.HasPrefix(v, "[") {
		text, _ := r.saysOf(e, v)
		return text
	}
	var all []string
	r.leaves(e, "", []byte(v), func(name, value string) { all = append(all, strings.TrimPrefix(name+": "+value, ": ")) })
	return strings.Join(all, "; ")
}

// leaves goes through the values inside brackets, each with its path.
func (r *reader) leaves(e *timeline.Event, name string, raw []byte, see func(name, value string)) {
	v := jsonfile.Raw(raw)
	switch v.Kind() {
	case '{':
		for key, inner := range jsonfile.Fields(v) {
			r.leaves(e, strings.TrimPrefix(name+"."+r.says(key), "."), inner, see)
		}
	case '[':
		for _, inner := range jsonfile.Items(v) {
			r.leaves(e, name, inner, see)
		}
	default:
		if value := r.plain(e, v); value != "" {
			see(name, value)
		}
	}
}

// same is the sum by which copies of one message in overlapping exports are
// known. The folder names the conversation; its title may change.
func (r *reader) same(e *timeline.Event, c *conversation, at, from string) string {
	id := c.folder
	if id == "" {
		id = strings.Join(slices.Sorted(slices.Values(c.names)), "\n")
	}
	b := make([]byte, 0, 512)
	for _, s := range []string{id, at, from, e.Text} {
		b = append(append(strconv.AppendInt(b, int64(len(s)), 10), 0), s...)
	}
	for _, f := range e.Files {
		b = append(append(b, 1), f.Name...)
	}
	return r.texts.SumOf(b)
}
