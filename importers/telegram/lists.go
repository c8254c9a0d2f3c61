package telegram

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// record is one of an account's lists: a session, a contact, a picture.
type record struct {
	Date        jsonfile.Scalar `json:"date"`
	Unix        jsonfile.Scalar `json:"date_unixtime"`
	Created     jsonfile.Scalar `json:"created"`
	CreatedUnix jsonfile.Scalar `json:"created_unixtime"`
	Active      jsonfile.Scalar `json:"last_active"`
	ActiveUnix  jsonfile.Scalar `json:"last_active_unixtime"`
	UserID      jsonfile.Scalar `json:"user_id"`
	First       jsonfile.Scalar `json:"first_name"`
	Last        jsonfile.Scalar `json:"last_name"`
	Phone       jsonfile.Scalar `json:"phone_number"`
	Photo       jsonfile.Scalar `json:"photo"`
	Media       jsonfile.Scalar `json:"media"`
	Rest        jsontext.Value  `json:",embed"`
}

// begin reads a record and starts its event.
func (x *export) begin(v jsonfile.Value, kind timeline.Kind, thread string) (record, timeline.Event, error) {
	var r record
	err := v.Decode(&r)
	e := timeline.Event{Kind: kind, Thread: thread, Source: timeline.Pinpoint{Record: v.Record}, Extra: timeline.Facts{}}
	return r, e, err
}

// owner is the person whose account it is.
func (x *export) owner() timeline.Party {
	p := timeline.Party{Owner: true}
	if x.self != "" {
		p.Address = "telegram:" + x.self
	}
	return p
}

// session reads a device or a website that is logged in: when it logged in, and
// when it was last used.
func (x *export) session(v jsonfile.Value) error {
	r, e, err := x.begin(v, timeline.Login, "sessions")
	if err != nil {
		return x.out.Skip(v.Record, v.Text(), err)
	}
	e.From = x.owner()
	e.Text = "logged in"
	rest(&e, r.Rest)
	used := e
	used.Extra = timeline.Facts{}
	rest(&used, r.Rest)
	e.When, e.Flags = x.when(string(r.Created), string(r.CreatedUnix))
	if err := x.out.Event(e); err != nil || r.Active == "" && r.ActiveUnix == "" {
		return err
	}
	used.Source.Record += ", last active"
	used.Text = "last used"
	used.When, used.Flags = x.when(string(r.Active), string(r.ActiveUnix))
	return x.out.Event(used)
}

// contact reads an entry of the address book: a name for a number, and for an
// account.
func (x *export) contact(v jsonfile.Value) error {
	r, e, err := x.begin(v, timeline.Contact, "contacts")
	if err != nil {
		return x.out.Skip(v.Record, v.Text(), err)
	}
	e.When, e.Flags = x.when(string(r.Date), string(r.Unix))
	e.Text = "contact"
	name := strings.TrimSpace(string(r.First) + " " + string(r.Last))
	if r.Phone != "" || name != "" {
		e.To = append(e.To, timeline.Party{Name: importers.Shorten(name, importers.MostFact), Address: importers.Shorten(string(r.Phone), importers.MostFact)})
		e.Text = "contact: " + importers.Shorten(strings.TrimSpace(name+" "+string(r.Phone)), importers.MostFact)
	}
	if r.UserID != "" && r.UserID != "0" {
		e.To = append(e.To, timeline.Party{Name: importers.Shorten(name, importers.MostFact), Address: "telegram:user" + importers.Shorten(string(r.UserID), importers.MostFact)})
	}
	rest(&e, r.Rest)
	return x.out.Event(e)
}

// frequent reads an entry of the people most written to, which has no date.
func (x *export) frequent(v jsonfile.Value) error { return x.out.Skip(v.Record, v.Text(), errNoDate) }

// picture reads a picture that the owner showed as their own.
func (x *export) picture(v jsonfile.Value) error { return x.posted(v, "profile pictures") }

// story reads a picture or video that the owner published for a time.
func (x *export) story(v jsonfile.Value) error { return x.posted(v, "stories") }

func (x *export) posted(v jsonfile.Value, thread string) error {
	r, e, err := x.begin(v, timeline.Post, thread)
	if err != nil {
		return x.out.Skip(v.Record, v.Text(), err)
	}
	e.From = x.owner()
	e.When, e.Flags = x.when(string(r.Date), string(r.Unix))
	x.file(&e, string(r.Photo), "", "")
	x.file(&e, string(r.Media), "", "")
	rest(&e, r.Rest)
	return x.out.Event(e)
}
