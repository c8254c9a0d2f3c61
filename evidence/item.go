package evidence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"
)

// An Item is one original in the case. The same original can be several items:
// each adding is one.
type Item struct {
	Number   int64     `json:"item"` // 1, 2, 3 …: never reused
	Hash     Hash      `json:"sha256"`
	Size     int64     `json:"size"`
	Name     string    `json:"name"`              // base name as it came
	Path     string    `json:"path"`              // slash path as it came
	Type     string    `json:"type,omitempty"`    // media type by content
	Modified time.Time `json:"modified,omitzero"` // file system time as it came
	Wall     bool      `json:"wall,omitempty"`    // Modified is what a clock showed, in a zone that is not known: its digits alone count
	Parent   int64     `json:"parent,omitempty"`  // item that contains it, 0 = none
	Batch    int64     `json:"batch"`             // act of adding
	How      string    `json:"how,omitempty"`     // "file", "member", "attachment", "clipboard", "add-only device" …
	By       string    `json:"by,omitempty"`      // who added it, as they named themself
	Note     string    `json:"note,omitempty"`    // in their words
	Added    time.Time `json:"added"`             // time of its journal entry
	Seq      uint64    `json:"seq"`               // number of its journal entry
	Deleted  bool      `json:"deleted,omitempty"` // only the tombstone is left
}

// Provenance is what is known of a file when it is added.
type Provenance struct {
	Name, Path, Type string
	Size             int64 // -1: not known before it is read
	Modified         time.Time
	Wall             bool // see Item.Wall
	Parent           int64
	How, Note        string

	arrived *arrived // of what was added on an add-only device
}

// addDetail is the detail of an "add" entry: the item without what the entry
// itself says, and where its original lies.
type addDetail struct {
	Hash     Hash      `json:"sha256"`
	Size     int64     `json:"size"`
	Name     string    `json:"name"`
	Path     string    `json:"path,omitempty"`
	Type     string    `json:"type,omitempty"`
	Modified time.Time `json:"modified,omitzero"`
	Wall     bool      `json:"wall,omitempty"`
	Parent   int64     `json:"parent,omitempty"`
	Batch    int64     `json:"batch"`
	How      string    `json:"how,omitempty"`
	Note     string    `json:"note,omitempty"`
	File     string    `json:"file"`                    // random name of the sealed file
	Sealed   int64     `json:"sealed"`                  // its size
	Expected *int64    `json:"expected_size,omitempty"` // said before it was read, when that was wrong
	Arrived  *arrived  `json:"arrived,omitempty"`       // from an add-only device
}

// itemOf makes the item of an "add" entry.
func itemOf(e Entry) (Item, addDetail, error) {
	var s itemSubject
	var d addDetail
	if err := json.Unmarshal(e.Subject, &s); err != nil {
		return Item{}, d, fmt.Errorf("entry %d: subject: %w", e.Seq, err)
	}
	if err := json.Unmarshal(e.Detail, &d); err != nil {
		return Item{}, d, fmt.Errorf("entry %d: detail: %w", e.Seq, err)
	}
	return Item{
		Number: s.Item, Hash: d.Hash, Size: d.Size, Name: d.Name, Path: d.Path,
		Type: d.Type, Modified: d.Modified, Wall: d.Wall, Parent: d.Parent, Batch: d.Batch,
		How: d.How, By: e.Actor, Note: d.Note, Added: e.Time, Seq: e.Seq,
	}, d, nil
}

// Len is the number of items ever added, deleted ones included; their numbers
// are 1 to Len.
func (c *Case) Len() int64 { return c.items.Load() }

// Item gives the item with a number.
func (c *Case) Item(n int64) (Item, error) {
	if n < 1 || n > c.Len() {
		return Item{}, fmt.Errorf("item %d: %w", n, ErrNotFound)
	}
	return c.records.item(n)
}

// Items yields the items by number, deleted ones included.
func (c *Case) Items(ctx context.Context) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for n := int64(1); n <= c.Len(); n++ {
			if err := ctx.Err(); err != nil {
				yield(Item{}, err)
				return
			}
			if !yield(c.Item(n)) {
				return
			}
		}
	}
}

// Children gives the numbers of the items that a container item holds.
func (c *Case) Children(n int64) ([]int64, error) { return c.records.members(n) }

// ItemsByHash gives the numbers of the items that are this original.
func (c *Case) ItemsByHash(h Hash) ([]int64, error) {
	o, err := c.records.original(h)
	if err != nil {
		return nil, err
	}
	return o.Items, nil
}

// Copies gives the numbers of the items that are the same bytes as one, and that one
// among them: a photograph lies in the camera's folder, and came in a chat too.
func (c *Case) Copies(n int64) ([]int64, error) {
	it, err := c.Item(n)
	if err != nil {
		return nil, err
	}
	same, err := c.ItemsByHash(it.Hash)
	if err != nil && !errors.Is(err, ErrNotFound) { // it was deleted, and nothing else is it
		return nil, err
	}
	if !slices.Contains(same, n) {
		same = append(slices.Clip(same), n)
	}
	return same, nil
}
