package signal

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

type body struct {
	Body   jsonfile.Scalar `json:"body"`
	Ranges jsontext.Value  `json:"bodyRanges"`
}

type standard struct {
	Text        body           `json:"text"`
	Attachments []attachment   `json:"attachments"`
	Quote       jsontext.Value `json:"quote"`
	Previews    jsontext.Value `json:"linkPreview"`
	Reactions   []reaction     `json:"reactions"`
	Long        *pointer       `json:"longText"`
	Rest        jsontext.Value `json:",embed"`
}

type reaction struct {
	Emoji  jsonfile.Scalar `json:"emoji"`
	Author jsonfile.Scalar `json:"authorId"`
	Sent   jsonfile.Scalar `json:"sentTimestamp"`
}

// reacted is any message that can be reacted to.
type reacted struct {
	Reactions []reaction     `json:"reactions"`
	Rest      jsontext.Value `json:",embed"`
}

type stickered struct {
	Sticker struct {
		Emoji jsonfile.Scalar `json:"emoji"`
		Data  *pointer        `json:"data"`
		Rest  jsontext.Value  `json:",embed"`
	} `json:"sticker"`
	Reactions []reaction     `json:"reactions"`
	Rest      jsontext.Value `json:",embed"`
}

type adminDeleted struct {
	Admin jsonfile.Scalar `json:"adminId"`
	Rest  jsontext.Value  `json:",embed"`
}

type viewOnce struct {
	Attachment *attachment    `json:"attachment"`
	Reactions  []reaction     `json:"reactions"`
	Rest       jsontext.Value `json:",embed"`
}

type poll struct {
	Question  jsonfile.Scalar `json:"question"`
	Options   jsontext.Value  `json:"options"`
	Reactions []reaction      `json:"reactions"`
	Rest      jsontext.Value  `json:",embed"`
}

type storyReply struct {
	Text struct {
		Text body     `json:"text"`
		Long *pointer `json:"longText"`
	} `json:"textReply"`
	Emoji     jsonfile.Scalar `json:"emoji"`
	Reactions []reaction      `json:"reactions"`
	Rest      jsontext.Value  `json:",embed"`
}

// content reads what an item holds and tells whether it is known.
func (x *export) content(e *timeline.Event, it *item, to person) bool {
	switch {
	case it.Standard != nil:
		x.standard(e, it.Standard)
	case it.Contact != nil:
		extra(e, "contact", x.tell(it.Contact.Rest))
		x.reactions(e, it.Contact.Reactions)
	case it.Sticker != nil:
		extra(e, "sticker", string(it.Sticker.Sticker.Emoji))
		x.rest(e, it.Sticker.Sticker.Rest)
		x.pointer(e, it.Sticker.Sticker.Data, "sticker")
		x.reactions(e, it.Sticker.Reactions)
	case it.Deleted != nil:
		flag(e, timeline.Deleted)
		extra(e, "deleted", "by the one who sent it, for everybody")
	case it.ByAdmin != nil:
		flag(e, timeline.Deleted)
		extra(e, "deleted", "by an administrator of the group: "+x.called(string(it.ByAdmin.Admin)))
	case it.ViewOnce != nil:
		extra(e, "view once", "Signal leaves the picture out of an export")
		if it.ViewOnce.Attachment != nil {
			x.attachment(e, it.ViewOnce.Attachment)
		}
		x.reactions(e, it.ViewOnce.Reactions)
	case it.Poll != nil:
		x.text(e, string(it.Poll.Question))
		extra(e, "poll", x.tell(it.Poll.Options))
		x.rest(e, it.Poll.Rest)
		x.reactions(e, it.Poll.Reactions)
	case it.Story != nil:
		extra(e, "in reply to", "a story")
		x.words(e, it.Story.Text.Text)
		x.pointer(e, it.Story.Text.Long, "the whole text")
		extra(e, "emoji", string(it.Story.Emoji))
		x.reactions(e, it.Story.Reactions)
	case it.Update != nil:
		x.update(e, it.Update, to)
	case len(it.Payment) > 0:
		extra(e, "payment", x.tell(it.Payment))
	case len(it.Badge) > 0:
		extra(e, "gift badge", x.tell(it.Badge))
	default:
		return false
	}
	return true
}

func (x *export) standard(e *timeline.Event, m *standard) {
	x.words(e, m.Text)
	for i := range m.Attachments {
		x.attachment(e, &m.Attachments[i])
	}
	x.pointer(e, m.Long, "the whole text")
	extra(e, "quote", x.tell(m.Quote))
	extra(e, "linkPreview", x.tell(m.Previews))
	x.reactions(e, m.Reactions)
	x.rest(e, m.Rest)
}

// words are a text with the people whom it mentions: Signal writes U+FFFC where
// their names stand.
func (x *export) words(e *timeline.Event, b body) {
	x.text(e, string(b.Body))
	extra(e, "bodyRanges", x.tell(b.Ranges))
}

func (x *export) text(e *timeline.Event, s string) {
	e.Text = importers.Shorten(s, importers.MostText)
	if len(s) > importers.MostText {
		flag(e, timeline.TextCut)
	}
}

func (x *export) reactions(e *timeline.Event, all []reaction) {
	var list []string
	for _, r := range all {
		list = append(list, string(r.Emoji)+" by "+x.called(string(r.Author))+" at "+shownAt(string(r.Sent)))
	}
	extra(e, "reactions", strings.Join(list, "; "))
}

// update is what Signal itself notes in a chat.
type update struct {
	Call      *individualCall `json:"individualCall"`
	GroupCall *groupCall      `json:"groupCall"`
	Rest      jsontext.Value  `json:",embed"`
}

type individualCall struct {
	Type      jsonfile.Scalar `json:"type"`
	Direction jsonfile.Scalar `json:"direction"`
	State     jsonfile.Scalar `json:"state"`
	Started   jsonfile.Scalar `json:"startedCallTimestamp"`
	Rest      jsontext.Value  `json:",embed"`
}

type groupCall struct {
	State   jsonfile.Scalar `json:"state"`
	By      jsonfile.Scalar `json:"startedCallRecipientId"`
	Ringer  jsonfile.Scalar `json:"ringerRecipientId"`
	Started jsonfile.Scalar `json:"startedCallTimestamp"`
	Ended   jsonfile.Scalar `json:"endedCallTimestamp"`
	Rest    jsontext.Value  `json:",embed"`
}

func (x *export) update(e *timeline.Event, u *update, to person) {
	switch {
	case u.Call != nil:
		x.call(e, u.Call, to.Party)
	case u.GroupCall != nil:
		x.groupCall(e, u.GroupCall)
	default:
		e.Kind = timeline.System
		e.Text = importers.Shorten(x.tell(u.Rest), importers.MostText)
	}
}

// call reads a call of two. Who called is its direction's to say, not its
// author's.
func (x *export) call(e *timeline.Event, c *individualCall, other timeline.Party) {
	e.Kind = timeline.Call
	switch c.Direction {
	case "OUTGOING":
		e.From, e.To = timeline.Party{Owner: true}, []timeline.Party{other}
	case "INCOMING":
		e.From, e.To = other, []timeline.Party{{Owner: true}}
	default:
		e.From, e.To = timeline.Party{}, []timeline.Party{other}
	}
	extra(e, "call", words(string(c.Type)))
	extra(e, "direction", words(string(c.Direction)))
	extra(e, "type", words(string(c.State)))
	started(e, string(c.Started))
	x.rest(e, c.Rest)
}

func (x *export) groupCall(e *timeline.Event, c *groupCall) {
	e.Kind = timeline.Call
	if c.By != "" {
		e.From = x.party(e, "started by", string(c.By))
	}
	if c.Ringer != "" {
		extra(e, "rung by", x.called(string(c.Ringer)))
	}
	extra(e, "call", "group call")
	extra(e, "type", words(string(c.State)))
	started(e, string(c.Started))
	if end := moment(string(c.Ended)); !end.Instant.IsZero() && !e.When.Instant.IsZero() {
		extra(e, "ended", shownAt(string(c.Ended)))
		if d := end.Instant.Sub(e.When.Instant); d >= 0 {
			extra(e, "duration", seconds(d))
		}
	}
	x.rest(e, c.Rest)
}

// started sets the time of a call to when it began, where the file says that.
func started(e *timeline.Event, raw string) {
	w := moment(raw)
	if w.Instant.IsZero() {
		return
	}
	if !e.When.Instant.Equal(w.Instant) {
		e.Claims = []timeline.Claim{{Label: "startedCallTimestamp", When: w, Chosen: true}, {Label: "dateSent", When: e.When}}
	}
	e.When = w
}
