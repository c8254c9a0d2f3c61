package tiktok

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// reader makes the event of one record of a list; e is empty before.
type reader func(x *export, r jsonfile.Flat, e *timeline.Event) error

// listOf tells by a list's name, and by what it stands in, how it is read; nil
// for one that is not.
func listOf(where []string) reader {
	name := where[len(where)-1]
	for _, above := range where[:len(where)-1] {
		if above == "ChatHistory" || above == "GroupChat" || above == "Group Chat" || above == "Group Chat History" {
			return chat(name, where[len(where)-2])
		}
	}
	posts := where[0] == "Video" || where[0] == "Post"
	switch name {
	case "CommentsList":
		return own(timeline.Post, "comment", "comment", "Comment")
	case "VideoList":
		if posts {
			return own(timeline.Post, "post", "Title", "title")
		}
	case "RecentlyDeletedVideoList", "PostList":
		if posts {
			return own(timeline.Post, "post", "Title", "title")
		}
	case "Comments":
		return own(timeline.Post, "comment on a live video", "CommentContent")
	case "Questions":
		return own(timeline.Post, "question on a live video", "QuestionContent")
	case "SearchList":
		return own(timeline.System, "search", "SearchTerm", "searchTerm")
	case "ShareHistoryList":
		return own(timeline.System, "share", "SharedContent", "sharedContent")
	case "LoginHistoryList":
		return (*export).login
	case "FansList":
		return other("follower", true)
	case "Following":
		return other("follows", false)
	case "BlockList":
		return other("blocked account", false)
	}
	return nil
}

// chat makes the events of a chat, whose name says with whom it is.
func chat(name, above string) reader {
	with := strings.TrimSuffix(strings.TrimPrefix(name, "Chat History with "), ":")
	two := with != name && !strings.Contains(strings.ToLower(above), "group")
	return func(x *export, r jsonfile.Flat, e *timeline.Event) error { return x.message(r, e, with, two) }
}

// message is one of a chat with somebody, or of one with several.
func (x *export) message(r jsonfile.Flat, e *timeline.Event, with string, two bool) error {
	text, at, said := r.Get("Content", "content"), date(r), r.Get("From", "from")
	from := username(said)
	e.Kind, e.Thread, e.Text, e.Extra = timeline.Message, with, text, make(timeline.Facts, 0, 2)
	var err error
	if e.When, err = moment(at); err != nil {
		if text == "" {
			return err
		}
		e.When = timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: at}
	}
	e.From = x.party(from)
	switch {
	case two && from != with && from != "" && x.owner != "" && from != x.owner:
		importers.FactsOf(e).Dispute("the chat is between "+x.owner+" and "+with+"; From says "+from, e.From, x.party(with))
	case two && from == with:
		e.To = x.me
	case two:
		e.From.Owner = x.owner == "" && from != "" || e.From.Owner // by a name alone: nobody else is in a chat of two
		if len(x.with) == 0 || x.with[0].Name != with {
			x.with = []timeline.Party{x.party(with)}
		}
		e.To = x.with
	case !e.From.Owner:
		e.To = x.me
	}
	if from != said {
		importers.FactsOf(e).Add("from", said)
	}
	e.Extra.Set(timeline.SameKey, x.texts.SameOf("message", with, said, at, text))
	rest(e, r, "From", "from", "Content", "content")
	return nil
}

// own makes the events of a list of what the account did; words are the names of
// its text.
func own(kind timeline.Kind, what string, words ...string) reader {
	return func(x *export, r jsonfile.Flat, e *timeline.Event) error {
		when, err := moment(date(r))
		*e = timeline.Event{Kind: kind, When: when, From: x.self(), Text: r.Get(words...), Extra: timeline.FactsOf("type", what)}
		e.Extra.Set(timeline.SameKey, same(what, r))
		rest(e, r, words...)
		return err
	}
}

// other makes the events of a list of accounts: those that follow this one, or
// those that it follows or has blocked.
func other(what string, follower bool) reader {
	return func(x *export, r jsonfile.Flat, e *timeline.Event) error {
		when, err := moment(date(r))
		*e = timeline.Event{Kind: timeline.System, When: when, From: x.self(), Text: what, Flags: []timeline.Flag{timeline.AppText}, Extra: timeline.FactsOf("type", what)}
		said := r.Get("UserName", "userName", "Username")
		e.To = []timeline.Party{x.party(username(said))}
		if username(said) != said {
			importers.FactsOf(e).Add("username", said)
		}
		if follower {
			e.From, e.To = e.To[0], []timeline.Party{x.self()}
		}
		e.Extra.Set(timeline.SameKey, same(what, r))
		rest(e, r, "UserName", "userName", "Username")
		return err
	}
}

// login is a use of the account; whoever used it.
func (x *export) login(r jsonfile.Flat, e *timeline.Event) error {
	when, err := moment(date(r))
	*e = timeline.Event{Kind: timeline.Login, When: when, To: []timeline.Party{x.self()}, Extra: timeline.FactsOf("type", "log-in")}
	e.Extra.Set(timeline.SameKey, same("log-in", r))
	rest(e, r)
	return err
}

// username is what stands in the place of one, unless it is a list or an object,
// which no username begins like: that is nobody's name.
func username(said string) string {
	if strings.HasPrefix(said, "[") || strings.HasPrefix(said, "{") {
		return ""
	}
	return said
}

// party is an account. The sign in front keeps a username of digits from being
// taken for the number of a telephone.
func (x *export) party(username string) timeline.Party {
	if username == "" {
		return timeline.Party{}
	}
	if username != x.last.Name {
		var room [64]byte
		address := append(append(room[:0], '@'), username...)
		x.last = timeline.Party{Name: username, Address: x.texts.Of(address), Owner: username == x.owner}
	}
	return x.last
}

func (x *export) self() timeline.Party {
	p := x.party(x.owner)
	p.Owner = true
	return p
}

// dates are what the lists call the time of a record.
var dates = []string{"Date", "date", "CommentTime", "QuestionTime", "DateTime", "CreateDate"}

func date(r jsonfile.Flat) string { return r.Get(dates...) }

var errNoTime = errors.New("this record has no time that can be read")

// moment reads a time, which is UTC whether it says so or not.
func moment(text string) (timeline.When, error) {
	if t, p, zoned, ok := importers.ReadTime(text); ok {
		if zoned {
			w, _ := importers.ReadInstant(text)
			return w, nil
		}
		return timeline.FromInstant(t, p, text), nil
	}
	if w, unit, ok := importers.ReadCount(text); ok && w.Instant.Year() > 2000 && unit != importers.Microseconds {
		return w, nil
	}
	if text == "" || text == "N/A" {
		return timeline.When{}, errNoTime
	}
	return timeline.When{}, fmt.Errorf("%w: %q", errNoTime, text)
}

func same(what string, r jsonfile.Flat) string {
	parts := []string{what}
	for _, f := range r {
		parts = append(parts, f.Value)
	}
	return importers.SameOf(parts...)
}

// rest keeps what nothing else of the event shows.
func rest(e *timeline.Event, r jsonfile.Flat, shown ...string) {
	if _, unit, ok := importers.ReadCount(e.When.Raw); ok {
		importers.FactsOf(e).UnitBySize("date", unit, "")
	}
	for name, value := range r.Rest(shown...) {
		if slices.Contains(dates, name) || value == "N/A" {
			continue
		}
		if name = strings.ToLower(name); e.Extra.Get(name) == "" {
			importers.FactsOf(e).Add(name, value)
		}
	}
}
