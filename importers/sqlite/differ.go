package sqlite

import (
	"fmt"
	"iter"
	"reflect"
	"strings"
)

// What a write-ahead log did to a record.
const (
	added   = "added"
	changed = "changed"
	removed = "removed"
)

// changes are the records of a table that the log wrote, by their rowid.
type changes map[int64]string

func (c changes) kind(id int64) string { return c[id] }

func (c changes) count(kind string) (n int) {
	for _, k := range c {
		if k == kind {
			n++
		}
	}
	return n
}

// compare finds the records in which the two states of a database differ.
func (v *View) compare(o *opened, records []Table) error {
	for _, t := range records {
		c, err := differ(o.now, o.before, t)
		if err != nil {
			return err
		}
		v.changes[strings.ToLower(t.Name)] = c
	}
	return nil
}

// differ walks through a table in both states side by side. Where one of them
// cannot be read any further the rest is taken to be the same: the gap is named
// when the table is read.
func differ(now, before *DB, t Table) (changes, error) {
	next, stop := iter.Pull2(now.Scan(t.Name, t.Columns...))
	defer stop()
	old, halt := iter.Pull2(before.Scan(t.Name, t.Columns...))
	defer halt()
	c := changes{}
	a, errA, okA := next()
	b, errB, okB := old()
	for (okA || okB) && errA == nil && errB == nil {
		switch {
		case !okB || okA && a.ID < b.ID:
			c[a.ID] = added
			a, errA, okA = next()
		case !okA || b.ID < a.ID:
			c[b.ID] = removed
			b, errB, okB = old()
		default:
			if !reflect.DeepEqual(a.cells, b.cells) {
				c[a.ID] = changed
			}
			a, errA, okA = next()
			b, errB, okB = old()
		}
	}
	return c, now.ctx.Err()
}

// overwritten tells that the state before the log shows what the other does not.
func (v *View) overwritten() bool {
	for _, c := range v.changes {
		if c.count(changed)+c.count(removed) > 0 {
			return true
		}
	}
	return false
}

// differences says in words what the log did; empty where there is none.
func (v *View) differences(records []Table) string {
	if len(v.changes) == 0 {
		return ""
	}
	var list []string
	for _, t := range records {
		if c := v.changes[strings.ToLower(t.Name)]; len(c) > 0 {
			list = append(list, fmt.Sprintf("%s: %d only in the log, %d changed by it, %d only in the database without it",
				t.Name, c.count(added), c.count(changed), c.count(removed)))
		}
	}
	if len(list) == 0 {
		list = []string{"the records are the same"}
	}
	return "read with its write-ahead log and without (" + strings.Join(list, "; ") + ")"
}
