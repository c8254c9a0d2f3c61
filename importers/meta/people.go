package meta

import (
	"io/fs"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// owner is the account's owner as the export's profile names them.
type owner struct{ name, account string }

// profiles are where an export keeps its owner's profile, from its root.
var profiles = []string{
	"personal_information/profile_information/profile_information.json", // Facebook, 2023 on
	"profile_information/profile_information.json",                      // Facebook, to 2023
	"personal_information/personal_information/personal_information.json",
	"personal_information/personal_information.json", // Instagram, 2021 on
	"account_information/personal_information.json",
}

const maxProfile = 1 << 20

// owner reads the profile that lies in the same export; nothing where none does.
func (r *reader) owner() owner {
	for dir := path.Dir(r.source.Path); ; dir = path.Dir(dir) {
		for _, p := range profiles {
			if o := r.profile(path.Join(dir, p)); o.name != "" {
				return o
			}
		}
		if dir == "." || dir == "/" {
			return owner{}
		}
	}
}

// profile reads one: profile_v2.name.full_name, or what personal_information
// calls Name and Username.
func (r *reader) profile(name string) owner {
	if st, err := fs.Stat(r.source.FS, name); err != nil || st.IsDir() || st.Size() > maxProfile {
		return owner{}
	}
	f, err := jsonfile.Open(r.ctx, importers.Source{FS: r.source.FS, Path: name})
	if err != nil {
		return owner{}
	}
	v, err := f.Value()
	var doc struct {
		V2 profileOf `json:"profile_v2"`
		V1 profileOf `json:"profile"`
		IG []struct {
			Map map[string]struct {
				Value scalar `json:"value"`
			} `json:"string_map_data"`
		} `json:"profile_user"`
	}
	if err == nil {
		err = v.Decode(&doc)
	}
	if closing := f.Close(); err != nil || closing != nil {
		return owner{}
	}
	o := owner{name: meant(doc.V2.Name.Full)}
	if o.name == "" {
		o.name = meant(doc.V1.Name.Full)
	}
	for _, user := range doc.IG {
		o = owner{name: meant(user.Map["Name"].Value), account: meant(user.Map["Username"].Value)}
	}
	if o.name == "" {
		o.name = o.account
	}
	return o
}

type profileOf struct {
	Name struct {
		Full scalar `json:"full_name"`
	} `json:"name"`
}

func meant(s scalar) string {
	text, _ := undo(string(s))
	return strings.TrimSpace(text)
}

// maxTo is how many recipients an event lists; a larger group is told by its
// thread.
const maxTo = 60

// maxKnown is how many senders of one conversation are told apart.
const maxKnown = 100_000

// company is who is in a conversation.
type company struct {
	names []string
	owner string // the name of the owner among them; empty when it is not known, or not theirs alone
	to    map[string][]timeline.Party
}

// companyOf finds the owner among the participants. A name is anybody's to
// choose, so that the profile counts only in a conversation of two with
// different names; the answer of a person counts everywhere.
func companyOf(names []string, profile owner, answer string) company {
	c := company{names: names}
	count := func(name string) (n int) {
		for _, have := range names {
			if have == name {
				n++
			}
		}
		return n
	}
	switch {
	case answer != "" && count(answer) == 1, answer != "" && len(names) == 0:
		c.owner = answer
	case len(names) == 2 && count(profile.name) == 1 && profile.name != "":
		c.owner = profile.name
	}
	return c
}

func (c company) party(name string) timeline.Party {
	return timeline.Party{Name: name, Owner: name != "" && name == c.owner}
}

// others are those to whom somebody writes.
func (c *company) others(from string) (to []timeline.Party) {
	if to, ok := c.to[from]; ok {
		return to
	}
	if len(c.names) > maxTo || len(c.to) > maxKnown {
		return nil
	}
	left := false
	for _, name := range c.names {
		if name == from && !left {
			left = true
			continue
		}
		to = append(to, c.party(name))
	}
	if c.to == nil {
		c.to = map[string][]timeline.Party{}
	}
	c.to[from] = to
	return to
}
