package signal

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// recipient is somebody, or a group, whom the file names by a number.
type recipient struct {
	ID       jsonfile.Scalar `json:"id"`
	Self     jsontext.Value  `json:"self"`
	Contact  *contact        `json:"contact"`
	Group    *group          `json:"group"`
	CallLink *callLink       `json:"callLink"`
	List     jsontext.Value  `json:"distributionList"`
	Notes    jsontext.Value  `json:"releaseNotes"`
	Rest     jsontext.Value  `json:",embed"`
}

type contact struct {
	ACI          jsonfile.Scalar `json:"aci"`
	PNI          jsonfile.Scalar `json:"pni"`
	E164         jsonfile.Scalar `json:"e164"`
	Username     jsonfile.Scalar `json:"username"`
	ProfileGiven jsonfile.Scalar `json:"profileGivenName"`
	ProfileLast  jsonfile.Scalar `json:"profileFamilyName"`
	SystemGiven  jsonfile.Scalar `json:"systemGivenName"`
	SystemLast   jsonfile.Scalar `json:"systemFamilyName"`
	Nickname     struct {
		Given jsonfile.Scalar `json:"given"`
		Last  jsonfile.Scalar `json:"family"`
	} `json:"nickname"`
	Blocked   bool            `json:"blocked"`
	BlockedAt jsonfile.Scalar `json:"blockedAtTimestamp"`
}

type group struct {
	Snapshot struct {
		Title struct {
			Title jsonfile.Scalar `json:"title"`
		} `json:"title"`
	} `json:"snapshot"`
}

type callLink struct {
	Name jsonfile.Scalar `json:"name"`
}

// person is a recipient as events name them.
type person struct {
	timeline.Party
	group bool
	also  []timeline.Party // others whom the file names by the same number
}

// said is all that the file says of who a number stands for.
func (p person) said() string {
	list := make([]string, 0, 1+len(p.also))
	for _, who := range append([]timeline.Party{p.Party}, p.also...) {
		switch {
		case who.Owner:
			list = append(list, "the owner")
		default:
			list = append(list, strings.TrimSpace(who.Name+" "+who.Address))
		}
	}
	return strings.Join(list, ", and in another frame ")
}

// maxAlso is how many others are kept.
const maxAlso = 10

// meet keeps who a number stands for. Another person of the same number takes the
// place of none: which of them a message means, the file does not tell.
func (x *export) meet(id string, p person) {
	before, met := x.people[id]
	same := before.Address == p.Address && (p.Address != "" || before.Name == p.Name)
	switch {
	case !met || same && before.Owner == p.Owner:
		p.also = before.also
		x.people[id] = p
	case len(before.also) < maxAlso && !slices.Contains(before.also, p.Party):
		before.also = append(before.also, p.Party)
		x.people[id] = before
	}
}

// late keeps who every number of the file stands for, where the file names anybody
// behind its first message, as Signal does not: two persons of one number are in
// dispute from the first message on.
func (x *export) late(ctx context.Context) (err error) {
	if there, err := x.Holds(ctx, `chatItem"`, `recipient"`); !there || err != nil {
		return err
	}
	f, err := jsonfile.Open(ctx, x.Source)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for v, err := range f.Lines() {
		if err != nil {
			return err
		}
		var r recipient
		if v.Decode(&x.frame) == nil && len(x.frame.Recipient) > 0 && json.Unmarshal(x.frame.Recipient, &r, lenient) == nil {
			x.met(&r)
		}
	}
	return nil
}

// met keeps whom a frame is of; known is false for a sort that Signal does not
// have.
func (x *export) met(r *recipient) (p person, known bool) {
	known = true
	switch {
	case r.Self != nil:
		p.Owner = true
	case r.Contact != nil:
		p = r.Contact.person()
		if aci := account(string(r.Contact.ACI)); aci != "" {
			x.byACI[aci] = string(r.ID)
		}
	case r.Group != nil:
		p.Name, p.group = string(r.Group.Snapshot.Title.Title), true
	case r.CallLink != nil:
		p.Name, p.group = string(r.CallLink.Name), true
	case r.Notes != nil:
		p.Name = "Signal"
	default:
		known = r.List != nil
	}
	x.meet(string(r.ID), p)
	return p, known
}

// recipient keeps who a number stands for. That somebody was blocked, and when,
// is an event.
func (x *export) recipient(raw jsontext.Value, record string) error {
	var r recipient
	if err := json.Unmarshal(raw, &r, lenient); err != nil {
		return x.out.Skip(record, x.tell(raw), err)
	}
	told := x.tell(raw) // before its account has its name
	p, known := x.met(&r)
	if !known {
		return x.out.Skip(record, x.tell(r.Rest), errFrame)
	}
	if r.Contact == nil || r.Contact.BlockedAt == "" || r.Contact.BlockedAt == "0" {
		return x.out.Skip(record, told, errName)
	}
	e := newEvent(timeline.System, record)
	e.When = moment(string(r.Contact.BlockedAt))
	e.From, e.To = timeline.Party{Owner: true}, []timeline.Party{p.Party}
	e.Text = "blocked"
	e.Thread = p.Name
	extra(&e, "contact", told)
	x.events++
	return x.out.Event(e)
}

// person gives a contact the name that the owner's address book has, else the one
// that they chose for themself, and their number or account for an address.
func (c *contact) person() person {
	system := full(c.SystemGiven, c.SystemLast)
	profile := full(c.ProfileGiven, c.ProfileLast)
	nickname := full(c.Nickname.Given, c.Nickname.Last)
	var p person
	for _, name := range []string{system, nickname, profile, string(c.Username)} {
		if p.Name == "" {
			p.Name = importers.Shorten(name, importers.MostFact)
		}
	}
	aci := account(string(c.ACI))
	switch {
	case c.E164 != "" && c.E164 != "0":
		p.Address = "+" + importers.Shorten(string(c.E164), importers.MostFact)
	case aci != "":
		p.Address = "signal:" + aci
	case c.PNI != "":
		p.Address = "signal:PNI:" + account(string(c.PNI))
	}
	return p
}

func full(given, last jsonfile.Scalar) string {
	return strings.TrimSpace(string(given) + " " + string(last))
}

// account writes the sixteen bytes of an account as people see them.
func account(encoded string) string {
	b, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(b) != 16 {
		return importers.Shorten(encoded, importers.MostFact)
	}
	h := hex.EncodeToString(b)
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

// party is who a number stands for; where the file does not say it, nobody.
func (x *export) party(e *timeline.Event, role, id string) timeline.Party {
	p, known := x.people[id]
	switch {
	case !known && id != "":
		extra(e, role, "recipient "+id+", whom the file does not name")
	case len(p.also) > 0:
		extra(e, role, "recipient "+id+", which is "+p.said())
		return timeline.Party{}
	}
	return p.Party
}

// called is a name for a number inside other words.
func (x *export) called(id string) string {
	p, known := x.people[id]
	switch {
	case len(p.also) > 0:
		return p.said()
	case p.Owner:
		return "the owner"
	case !known:
		return "recipient " + id
	case p.Address != "":
		return strings.TrimSpace(p.Name + " " + p.Address)
	}
	return p.Name
}
