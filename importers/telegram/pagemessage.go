package telegram

import (
	"fmt"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

func parse(form, s string) (time.Time, error) { return time.Parse(form, s) }

// message reads a message of a page, or what Telegram itself notes there.
func (x *pageReader) message(n *page.Node) error {
	id := strings.TrimPrefix(n.Attr("id"), "message")
	record := fmt.Sprintf("message %s at byte %d", id, n.At)
	if n.Class("service") {
		return x.notice(n, id, record)
	}
	x.records++
	m := pageMessage{pageReader: x, e: timeline.Event{Kind: timeline.Message, Thread: x.title, Source: timeline.Pinpoint{Record: record}, Extra: timeline.Facts{}}}
	m.e.When = importers.Undated("not stated")
	extra(&m.e, "id", id)
	if n.Cut {
		flag(&m.e, timeline.Truncated)
	}
	for part := range n.Own() {
		switch {
		case part.Class("body"):
			m.body(part)
		case !part.Class("userpic_wrap"):
			m.odd(part)
		}
	}
	m.end(n.Class("joined"))
	return x.out.Event(m.e)
}

// notice reads a heading of a day, or what Telegram notes in the chat, which has
// no time but its day's.
func (x *pageReader) notice(n *page.Node, id, record string) error {
	words := n.Words()
	x.sender, x.forward = nil, ""
	if strings.HasPrefix(id, "-") {
		day, err := parse("2 January 2006", words)
		if err != nil {
			x.records++
			x.day, x.flags = importers.Undated(words), nil
			return x.out.Skip(record, words, errHeading)
		}
		x.day, x.flags = x.Assume.Local(day, timeline.Day, words)
		return nil
	}
	x.records++
	if strings.HasPrefix(words, "This message is not supported") {
		return x.out.Skip(record, words, errUnsupported)
	}
	e := timeline.Event{Kind: timeline.System, Thread: x.title, Text: importers.Shorten(words, importers.MostText), When: x.day, Flags: append([]timeline.Flag(nil), x.flags...),
		Source: timeline.Pinpoint{Record: record}, Extra: timeline.Facts{}}
	if n.Cut {
		flag(&e, timeline.Truncated)
	}
	extra(&e, "id", id)
	extra(&e, "links", links(n))
	if picture := n.First("userpic_link"); picture != nil {
		e.Files = append(e.Files, x.Beside(importers.Shorten(picture.Attr("href"), importers.MostFact)))
	}
	e.Extra.Set(timeline.SameKey, x.same(id, &e))
	return x.out.Event(e)
}

// same is equal for one message in two exports as pages.
func (x *pageReader) same(id string, e *timeline.Event) string {
	return importers.SameOf("page", x.title, id, e.When.Raw, e.Text)
}

// pageMessage is a message while its parts are read.
type pageMessage struct {
	*pageReader
	e         timeline.Event
	named     bool // it says who sent it
	clock     string
	forwarded bool
}

// body reads the parts of a message's body, or of what it forwards.
func (m *pageMessage) body(n *page.Node) {
	for part := range n.Own() {
		switch {
		case part.Class("userpic_wrap"):
		case part.Class("date"):
			w, flags := m.when(part.Attr("title"))
			m.e.When, m.e.Flags = w, append(m.e.Flags, flags...)
			m.clock = part.Words()
		case part.Class("from_name") && m.forwarded:
			m.forwardedFrom(part)
		case part.Class("from_name"):
			m.from(strings.TrimSpace(part.Exact()))
		case part.Class("forwarded"):
			m.forwarded = true
			m.body(part)
			extra(&m.e, "forwarded_from", m.forward)
		case part.Class("reply_to"):
			extra(&m.e, "reply to", strings.TrimSpace(part.Words()+" "+href(part)))
		case part.Class("media_wrap"):
			m.media(part)
		case part.Class("text"):
			m.text(part)
		case part.Class("signature"):
			extra(&m.e, "author", part.Words())
		case part.Class("reactions"):
			m.reactions(part)
		default:
			m.odd(part)
		}
	}
}

// from is who sent the message. All accounts that were deleted have one name,
// which is therefore nobody's.
func (m *pageMessage) from(name string) {
	m.named = true
	if name == "Deleted Account" {
		extra(&m.e, "sender", name+" (an account that was deleted; all of them are called so)")
		return
	}
	m.e.From = timeline.Party{Name: importers.Shorten(name, importers.MostFact)}
	m.e.From.Owner = m.Assume.Owner != "" && m.e.From.Name == m.Assume.Owner
}

// text keeps the words with all their white space but that of the page's layout.
func (m *pageMessage) text(n *page.Node) {
	s := strings.TrimPrefix(n.Exact(), "\n")
	if i := strings.LastIndexByte(s, '\n'); i >= 0 && strings.Trim(s[i:], " \n") == "" {
		s = s[:i]
	}
	if m.e.Text != "" {
		s = m.e.Text + "\n" + s
	}
	m.e.Text = importers.Shorten(s, importers.MostText)
	if len(s) > importers.MostText {
		flag(&m.e, timeline.TextCut)
	}
	extra(&m.e, "links", links(n))
}

// forwardedFrom reads whose message was forwarded, and when that was sent.
func (m *pageMessage) forwardedFrom(n *page.Node) {
	name := &page.Node{Tag: n.Tag}
	for _, in := range n.Nodes {
		if in.Class("date") {
			extra(&m.e, "forwarded date", in.Attr("title"))
			continue
		}
		name.Nodes = append(name.Nodes, in)
	}
	m.forward = importers.Shorten(strings.TrimSpace(name.Exact()), importers.MostFact)
}

// reactions are who reacted with what.
func (m *pageMessage) reactions(n *page.Node) {
	var list []string
	for r := range n.All() {
		if !r.Class("reaction") {
			continue
		}
		words := []string{r.First("emoji").Words()}
		for in := range r.All() {
			if in.Attr("title") != "" {
				words = append(words, "by "+in.Attr("title"))
			}
			if in.Class("count") {
				words = append(words, "×"+in.Words())
			}
		}
		list = append(list, strings.Join(words, " "))
	}
	extra(&m.e, "reactions", strings.Join(list, "; "))
}

// odd keeps a part that is not known.
func (m *pageMessage) odd(n *page.Node) {
	extra(&m.e, "part "+n.Attr("class"), strings.TrimSpace(n.Words()+" "+href(n)))
}

// end settles who sent the message and whether its times agree.
func (m *pageMessage) end(joined bool) {
	switch {
	case m.named:
		from := m.e.From
		m.sender = &from
	case joined && m.sender != nil:
		m.e.From = *m.sender
	default:
		m.sender = nil
		flag(&m.e, timeline.Undecoded)
		extra(&m.e, "sender", "the page does not say who sent this")
	}
	if !m.forwarded {
		m.forward = ""
	}
	m.towards()
	w := m.e.When
	switch {
	case m.day.Precision == timeline.Undated:
		extra(&m.e, "day", m.day.Raw)
	case w.Local.IsZero():
	case w.Local.Format(time.DateOnly) != m.day.Local.Format(time.DateOnly):
		flag(&m.e, timeline.TimesDisagree)
		extra(&m.e, "day", m.day.Raw)
	}
	if m.clock != "" && !w.Local.IsZero() && w.Local.Format("15:04") != m.clock {
		flag(&m.e, timeline.TimesDisagree)
		extra(&m.e, "clock", m.clock)
	}
	if m.clock == "" {
		extra(&m.e, "clock", "not stated")
	}
	m.e.Extra.Set(timeline.SameKey, m.same(m.e.Extra.Get("id"), &m.e))
}

// links are where the links of an element lead, but those that show it.
func links(n *page.Node) string {
	var list []string
	for in := range n.All() {
		to := in.Attr("href")
		if in.Tag == "a" && to != "" && to != in.Words() {
			list = append(list, to)
		}
	}
	return strings.Join(list, " ")
}

// href is where the first link of an element leads.
func href(n *page.Node) string {
	for in := range n.All() {
		if to := in.Attr("href"); to != "" {
			return to
		}
	}
	return ""
}
