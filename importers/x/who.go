package x

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/importers/table"
	"daybook/timeline"
)

// The limits of what is read of other files for names.
const (
	maxPosts = 100_000
	maxNames = 200_000
)

// who reads whose archive it is, and the screen names that it gives.
func (a *archive) who(ctx context.Context, kind string) error {
	err := a.each(ctx, "account.js", "account", func(v jsonfile.Value) bool {
		var own struct {
			ID   jsonfile.Scalar `json:"accountId"`
			Name jsonfile.Scalar `json:"username"`
		}
		if v.Decode(&own) == nil {
			a.owner = string(own.ID)
			a.learn(a.owner, string(own.Name))
		}
		return false
	})
	if err == nil && a.owner == "" {
		err = a.author(ctx)
	}
	if err != nil || kind != "dmConversation" && kind != "blocking" && kind != "muting" { // posts bring their names along
		return err
	}
	for _, file := range []string{"tweets.js", "tweet.js"} {
		posts := 0
		err := a.each(ctx, file, "tweet", func(v jsonfile.Value) bool {
			var t struct {
				AnswersID jsonfile.Scalar `json:"in_reply_to_user_id_str"`
				AnswersTo jsonfile.Scalar `json:"in_reply_to_screen_name"`
				Entities  struct {
					Mentions []account `json:"user_mentions"`
				} `json:"entities"`
			}
			if v.Decode(&t) == nil {
				a.learn(string(t.AnswersID), string(t.AnswersTo))
				for _, m := range t.Entities.Mentions {
					a.learn(string(m.ID), string(m.ScreenName))
				}
			}
			posts++
			return posts < maxPosts
		})
		if err != nil || posts > 0 {
			return err
		}
	}
	return nil
}

// author reads whose archive it is in those before 2018.
func (a *archive) author(ctx context.Context) (err error) {
	f, err := jsonfile.Open(ctx, importers.Source{FS: a.FS, Path: path.Join(a.data, "js/user_details.js")})
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var v jsonfile.Value
	if _, err = f.SkipAssignment(); err == nil {
		v, err = f.Value()
	}
	var own struct {
		ID   jsonfile.Scalar `json:"id"`
		Name jsonfile.Scalar `json:"screen_name"`
	}
	if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) || err == nil && v.Decode(&own) != nil {
		return nil // it says nothing
	}
	a.owner = string(own.ID)
	a.learn(a.owner, string(own.Name))
	return err
}

// learn keeps the first screen name of an account: posts stand newest first.
func (a *archive) learn(id, name string) {
	if _, ok := a.names[id]; !ok && id != "" && id != "-1" && name != "" && len(a.names) < maxNames {
		a.names[id] = name
	}
}

// each goes through the records of another file of the archive until one is
// enough. A file that is not there, or is broken, has none, or no more.
func (a *archive) each(ctx context.Context, file, kind string, more func(jsonfile.Value) bool) (err error) {
	file = path.Join(a.data, file)
	f, err := jsonfile.Open(ctx, importers.Source{FS: a.FS, Path: file})
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	err = records(f, kind, more)
	if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
		return nil
	}
	return err
}

func records(f *jsonfile.File, kind string, more func(jsonfile.Value) bool) error {
	if _, err := f.SkipAssignment(); err != nil {
		return err
	}
	for _, err := range f.Elements() {
		if err != nil {
			return err
		}
		for name, err := range f.Members() {
			if err != nil {
				return err
			}
			if name != kind {
				continue
			}
			v, err := f.Value()
			if err != nil || !more(v) {
				return err
			}
		}
	}
	return nil
}

// party is an account: by its number, which no number of a telephone is taken
// for, or by its screen name where the archive gives no number.
func (a *archive) party(id, name string) timeline.Party {
	switch {
	case id != "":
		return timeline.Party{Name: a.names[id], Address: "x:" + id, Owner: id == a.owner}
	case name != "":
		return timeline.Party{Name: name, Address: "@" + name}
	}
	return timeline.Party{}
}

// self is the account whose archive it is: every list is of what it did.
func (a *archive) self() timeline.Party {
	p := a.party(a.owner, "")
	p.Owner = true
	return p
}

// shown is an account as a conversation is called after it.
func shown(p timeline.Party) string {
	if p.Name != "" {
		return p.Name
	}
	return p.Address
}

// openCSV opens tweets.csv.
func openCSV(s importers.Source) (*table.Table, error) { return table.Open(s, csvFits) }
