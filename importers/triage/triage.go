// Package triage lists what of a case is still to be looked at: events without a
// code, pictures that look nearly alike, records that became no event, questions
// without an answer, files that were not read. It counts and lists, weighs nothing,
// and knows no screen.
package triage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"daybook/evidence"
	"daybook/importers"
	"daybook/importers/pictures"
	"daybook/timeline"
)

// List names a list of what is still to be looked at.
type List string

// The lists, in the order in which they are shown.
const (
	Questions List = "questions" // files that wait for an answer
	Unread    List = "unread"    // files that were not read, or not to their end
	Skips     List = "skips"     // records that were seen and became no event
	Alike     List = "alike"     // groups of pictures that look nearly alike
	Unmarked  List = "unmarked"  // events without a code of behaviour
)

// Lists are all of them.
func Lists() []List { return []List{Questions, Unread, Skips, Alike, Unmarked} }

// Count is how long a list is. Beside is how many pictures were not compared yet, of
// Alike: it is not known whether they belong to it.
type Count struct {
	List   List `json:"list"`
	N      int  `json:"n"`
	Beside int  `json:"not_compared,omitempty"`
}

// Counts counts every list.
func Counts(ctx context.Context, c *evidence.Case, x *timeline.Index) ([]Count, error) {
	asked, err := Asked(ctx, c, x)
	if err != nil {
		return nil, err
	}
	unread, err := Files(ctx, c, x)
	if err != nil {
		return nil, err
	}
	skips := 0
	for _, r := range x.Readings() {
		skips += r.Skips
	}
	groups, left, err := pictures.Near(ctx, c, x)
	if err != nil {
		return nil, err
	}
	bare, err := x.Find(ctx, timeline.Filter{Unmarked: true})
	if err != nil {
		return nil, err
	}
	return []Count{{Questions, len(asked), 0}, {Unread, len(unread), 0}, {Skips, skips, 0}, {Alike, len(groups), left}, {Unmarked, bare.Len(), 0}}, nil
}

// Asked are the questions that wait for an answer, by their items.
func Asked(ctx context.Context, c *evidence.Case, x *timeline.Index) ([]timeline.Question, error) {
	all, err := importers.Questions(ctx, c)
	if err != nil {
		return nil, err
	}
	var open []timeline.Question
	for n, q := range all {
		item, err := c.Item(n)
		if err != nil {
			return nil, err
		}
		if _, read := x.Reading(n); !read && !item.Deleted {
			open = append(open, q)
		}
	}
	slices.SortFunc(open, func(a, b timeline.Question) int { return int(a.Item - b.Item) })
	return open, nil
}

// File is a file that was not read, or not to its end.
type File struct {
	Item int64  `json:"item,omitempty"` // 0: it could not even be stored
	Path string `json:"path"`
	Type string `json:"type,omitempty"`
	Why  string `json:"why"`
}

// Why a file was not read, where its reader did not say.
const (
	sayNoReader = "no reader knows this kind of file"
	sayStopped  = "the adding was stopped before it was read"
)

// Files are the files that were not read, or not to their end, but for those that
// wait for an answer.
func Files(ctx context.Context, c *evidence.Case, x *timeline.Index) ([]File, error) {
	at := map[int64]bool{}
	var list []File
	add := func(f File) {
		if !at[f.Item] || f.Item == 0 {
			at[f.Item] = true
			list = append(list, f)
		}
	}
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return nil, err
		}
		var rec timeline.Reconciliation
		if len(b.Reconciliation) == 0 {
			continue
		}
		if err := json.Unmarshal(b.Reconciliation, &rec); err != nil {
			return nil, fmt.Errorf("act of adding %d: its reconciliation: %w", b.Number, err)
		}
		for _, f := range rec.Failed {
			if !readWhole(x, f.Item) {
				add(File{f.Item, f.Path, "", f.Reason})
			}
		}
		for _, u := range rec.Unclaimed {
			if !readWhole(x, u.Item) {
				add(File{u.Item, u.Path, u.Type, sayNoReader})
			}
		}
	}
	for _, r := range x.Readings() { // read anew since
		if r.Broken != "" {
			add(File{Item: r.Item, Why: r.Broken})
		}
	}
	waiting, err := importers.Unread(ctx, c, x)
	if err != nil {
		return nil, err
	}
	for _, i := range waiting {
		add(File{i.Number, i.Path, i.Type, sayStopped})
	}
	return named(c, list)
}

// readWhole tells that an item was read to its end since.
func readWhole(x *timeline.Index, item int64) bool {
	r, read := x.Reading(item)
	return read && r.Broken == ""
}

// named gives the files their paths, without those that were deleted.
func named(c *evidence.Case, list []File) ([]File, error) {
	out := list[:0]
	for _, f := range list {
		if f.Item > 0 {
			item, err := c.Item(f.Item)
			if err != nil {
				return nil, err
			}
			if item.Deleted {
				continue
			}
			f.Path, f.Type = item.Path, item.Type
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b File) int { return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Path, b.Path)) })
	return out, nil
}
