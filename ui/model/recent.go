package model

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"daybook/evidence"
	"daybook/report"
)

// Recent is one act of adding, in ready strings.
type Recent struct {
	When string
	Note string // what the person said about it; may be empty
	What string // which bundle it was, or how many files: "12 files"
}

// recents is how many acts of adding the first page shows.
const recents = 3

// Recent lists what was added last, the latest first.
func (d *Desk) Recent(ctx context.Context, now time.Time) ([]Recent, error) {
	c, _, err := d.held()
	if err != nil {
		return nil, err
	}
	var last []evidence.BatchInfo
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return nil, err
		}
		if b.Items == 0 {
			continue
		}
		if last = append(last, b); len(last) > recents {
			last = last[1:]
		}
	}
	var list []Recent
	for i := len(last) - 1; i >= 0; i-- {
		b := last[i]
		size, err := cameIn(b)
		if err != nil {
			return nil, err
		}
		r := Recent{When: since(b.Started.In(c.Zone()), now.In(c.Zone())), Note: oneLine(b.Note), What: count(size, "file")}
		made, err := bundleIn(c, b)
		switch {
		case err != nil:
			return nil, err
		case made != "":
			r.Note, r.What = "", made
		}
		list = append(list, r)
	}
	return list, nil
}

// cameIn is how many files a person added in an act of adding, as its outcome counts
// them: not those that came inside others.
func cameIn(b evidence.BatchInfo) (int, error) {
	var rec struct {
		Files int `json:"files"`
	}
	if len(b.Reconciliation) > 0 {
		if err := json.Unmarshal(b.Reconciliation, &rec); err != nil {
			return 0, fmt.Errorf("act of adding %d: %w", b.Number, err)
		}
	}
	return cmp.Or(rec.Files, int(b.Items)), nil
}

// bundleIn says which bundle was made, where what was added is what the case keeps
// of one; empty for anything else.
func bundleIn(c *evidence.Case, b evidence.BatchInfo) (string, error) {
	if b.Items != 1 {
		return "", nil
	}
	item, err := c.Item(b.First)
	if err != nil {
		return "", err
	}
	f, ok, err := report.FrozenIn(c, item)
	switch {
	case !ok:
		return "", err
	case f.Continues != 0:
		return fmt.Sprintf("A bundle was made: number %d, %s, goes on from number %d to page %s", f.Bundle, f.Pack, f.Continues, f.Last.Label), nil
	}
	return fmt.Sprintf("A bundle was made: number %d, %s, %s", f.Bundle, f.Pack, count(f.Last.Pages, "page")), nil
}

// since says when something was, as near as a person would.
func since(t, now time.Time) string {
	clock := t.Format("15:04")
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	switch days := int(day(now).Sub(day(t)).Hours() / 24); {
	case days == 0:
		return "Today, " + clock
	case days == 1:
		return "Yesterday, " + clock
	case days > 1 && days < 7:
		return t.Format("Monday") + ", " + clock
	}
	return t.Format("2 January 2006")
}
