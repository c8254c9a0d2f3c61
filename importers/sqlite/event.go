package sqlite

import (
	"cmp"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// Fact sets a further fact of an event; an empty one is none.
func Fact(e *timeline.Event, name, value string) {
	if value == "" {
		return
	}
	if e.Extra == nil {
		e.Extra = make(timeline.Facts, 0, 8)
	}
	e.Extra.Set(name, value)
}

// Flag adds a flag to an event once.
func Flag(e *timeline.Event, f timeline.Flag) {
	if !slices.Contains(e.Flags, f) {
		e.Flags = append(e.Flags, f)
	}
}

// Moment is a time in words, for a fact beside the event's own time; empty for
// none.
func Moment(w timeline.When) string {
	if w.Instant.IsZero() {
		return ""
	}
	return w.Instant.Format(time.DateTime) + " UTC"
}

// Short is the beginning of a text, to name it elsewhere.
func Short(text string) string {
	const most = 80
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// File finds a file that a record names in the tree that the database came in,
// under the first of the paths that is there. They are taken from the folder of
// the database.
func (v *View) File(name, mediaType string, paths ...string) timeline.Attachment {
	a := timeline.Attachment{Name: name, Type: mediaType}
	for _, p := range paths {
		p = path.Join(path.Dir(v.Source.Path), p)
		if !fs.ValidPath(p) || strings.HasPrefix(p, "..") {
			continue
		}
		if st, err := fs.Stat(v.Source.FS, p); err == nil && !st.IsDir() {
			a.Path = p
			return a
		}
	}
	a.Missing, a.Note = true, "not in what was added"
	return a
}

// Links are the pairs of a table that joins two others.
type Links []link

type link struct{ from, to int64 }

// Links reads a table of pairs.
func (v *View) Links(table, from, to string) Links {
	var l Links
	for row := range v.Rows(table, from, to) {
		l = append(l, link{row.Int(from), row.Int(to)})
	}
	l.sort()
	return l
}

// Keys links what a column of a table names to the keys of its rows.
func (v *View) Keys(table, column string) Links {
	var l Links
	for row := range v.Rows(table, column) {
		l = append(l, link{row.Int(column), row.ID})
	}
	l.sort()
	return l
}

func (l Links) sort() {
	if by := func(a, b link) int { return cmp.Compare(a.from, b.from) }; !slices.IsSortedFunc(l, by) {
		slices.SortStableFunc(l, by)
	}
}

// Of gives what a row is linked to, in the order of the table.
func (l Links) Of(from int64) (list []int64) {
	i, _ := slices.BinarySearchFunc(l, from, func(a link, from int64) int { return cmp.Compare(a.from, from) })
	for ; i < len(l) && l[i].from == from; i++ {
		list = append(list, l[i].to)
	}
	return list
}

// All gives every row that is linked, in the order of their keys, with what it
// is linked to.
func (l Links) All() iter.Seq2[int64, []int64] {
	return func(yield func(int64, []int64) bool) {
		for i := 0; i < len(l); {
			list := l.Of(l[i].from)
			if !yield(l[i].from, list) {
				return
			}
			i += len(list)
		}
	}
}
