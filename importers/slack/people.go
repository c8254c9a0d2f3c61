package slack

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// The limits of the files that only give names.
const (
	maxNames = 64 << 20 // bytes of one
	maxUsers = 200_000
)

// channel is one file while it is read.
type channel struct {
	importers.Source
	ctx    context.Context
	out    importers.Output
	thread string
	people map[string]person // of users.json, once it was looked at
	notes  []string
	n      int
}

type person struct {
	name, shown, email string
	also               string // whom users.json names by the same number too
}

// direct is the name of the folder of a conversation that has no name.
var direct = regexp.MustCompile(`^[DGC][A-Z0-9]{7,}$`)

// name gives the conversation its name: the folder's, or those of its members.
func (c *channel) name() {
	c.thread = path.Base(path.Dir(c.Path))
	if !day.MatchString(path.Base(c.Path)) || c.thread == "." {
		c.thread = strings.TrimSuffix(path.Base(c.Path), path.Ext(c.Path))
		return
	}
	if !direct.MatchString(c.thread) {
		return
	}
	for _, file := range []string{"dms.json", "mpims.json", "groups.json"} {
		err := c.beside(file, func(v jsonfile.Value) error {
			var d struct {
				ID      jsonfile.Scalar   `json:"id"`
				Members []jsonfile.Scalar `json:"members"`
			}
			if v.Decode(&d) == nil && string(d.ID) == c.thread && len(d.Members) > 0 {
				var names []string
				for _, m := range d.Members {
					names = append(names, c.called(string(m)))
				}
				c.thread += " (" + strings.Join(names, ", ") + ")"
				return errFound
			}
			return nil
		})
		if err != nil {
			return
		}
	}
}

var errFound = errors.New("found")

// beside reads a list that lies where the folders of channels lie, value by
// value.
func (c *channel) beside(file string, each func(jsonfile.Value) error) (err error) {
	f, err := c.FS.Open(path.Join(path.Dir(path.Dir(c.Path)), file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		c.notes = append(c.notes, file+" could not be read: "+err.Error())
		return nil
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	list := jsonfile.New(c.ctx, io.LimitReader(f, maxNames))
	for _, bad := range list.Elements() {
		if bad != nil {
			c.notes = append(c.notes, file+" could not be read to its end: "+bad.Error())
			return nil
		}
		v, bad := list.Value()
		if bad != nil {
			c.notes = append(c.notes, file+" could not be read to its end: "+bad.Error())
			return nil
		}
		if stop := each(v); stop != nil {
			return stop
		}
	}
	return nil
}

// lookUp gives what users.json says of an account; it is read at the first need.
func (c *channel) lookUp(id string) person {
	if c.people != nil {
		return c.people[id]
	}
	c.people = map[string]person{}
	err := c.beside("users.json", func(v jsonfile.Value) error {
		var u struct {
			ID       jsonfile.Scalar `json:"id"`
			Name     jsonfile.Scalar `json:"name"`
			RealName jsonfile.Scalar `json:"real_name"`
			Profile  struct {
				Display  jsonfile.Scalar `json:"display_name"`
				RealName jsonfile.Scalar `json:"real_name"`
				Email    jsonfile.Scalar `json:"email"`
			} `json:"profile"`
		}
		if v.Decode(&u) == nil && len(c.people) < maxUsers {
			p := person{name: first(u.RealName, u.Profile.RealName, u.Name), shown: string(u.Profile.Display), email: string(u.Profile.Email)}
			if have, twice := c.people[string(u.ID)]; twice && have.name != p.name {
				p.also = have.name
			}
			c.people[string(u.ID)] = p
		}
		return nil
	})
	if err != nil {
		c.notes = append(c.notes, "users.json could not be read: "+err.Error())
	}
	return c.people[id]
}

func first(names ...jsonfile.Scalar) string {
	for _, n := range names {
		if n != "" {
			return string(n)
		}
	}
	return ""
}

// called is an account's name inside other words.
func (c *channel) called(id string) string {
	if name := c.lookUp(id).name; name != "" {
		return name
	}
	return id
}

// party is an account.
func (c *channel) party(f importers.Facts, id string, p person) timeline.Party {
	if p.name == "" && id != "" {
		p = c.lookUp(id)
	}
	if p.also != "" {
		f.Differ("users.json says that " + id + " is " + p.also + ", and that it is " + p.name)
		p = person{}
	}
	out := account(id, p.name)
	if p.shown != p.name {
		f.Add("shown as", p.shown)
	}
	f.Add("e-mail", p.email)
	if o := c.Assume.Owner; o != "" {
		out.Owner = o == id || o == p.name || o == p.email
	}
	return out
}

func account(id, name string) timeline.Party {
	p := timeline.Party{Name: importers.Shorten(name, importers.MostFact)}
	if id != "" {
		p.Address = "slack:" + importers.Shorten(id, importers.MostFact)
	}
	return p
}
