package jsonfile

import (
	"bytes"

	"daybook/importers"
)

// rows is what was learned of the records that are read into a Flat or into
// Leaves: as of a struct, what stood before each value in the record before.
type rows struct {
	opened bool // objects inside a record are
	top    level
	before []place
	once   bool // no two values of the record before have one name
	known  bool // once was worked out for the places that stand in before
	levels int
}

// level is an object whose members are read: the record itself, or one inside.
type level struct {
	up    *level
	path  string // what its members' names begin with
	depth int
	inner map[string]*level
}

// place is that of one value of a record.
type place struct {
	text     []byte // from the end of the value before
	from, to *level // in which that was, and in which this is; none behind the last
	name     string
}

const (
	maxLevels = 500    // objects that are told apart
	maxPlaces = 10_000 // values of a record that are remembered
)

// row reads an object of plain values.
func (r *record) row(i int, of *rows, row Flat) (Flat, int) {
	at, name, next := &of.top, "", 0
	for i++; ; {
		if len(row) == maxPlaces {
			return row, refused
		}
		if len(row) == len(of.before) {
			of.before = append(of.before, place{})
		}
		p := &of.before[len(row)]
		if next = i + len(p.text); p.fits(r.b, i, at) && (p.to == nil || !of.opens(r.b, next, p.to)) {
			at, name = p.to, p.name
		} else {
			from := at
			if at, name, next = r.find(i, of, at, len(row) == 0); next == refused {
				return row, refused
			}
			p.learn(r.b[i:next], from, at, name)
			of.known = false
		}
		if i = next; at == nil {
			if !of.known {
				of.once, of.known = row.distinct(), true
			}
			return row, i
		}
		var value string
		if value, i = r.cell(i, of); i == refused {
			return row, refused
		}
		row = append(row, Field{name, value})
	}
}

// fits tells whether what stands here is what stood here in the record before.
func (p *place) fits(b []byte, i int, at *level) bool {
	next := i + len(p.text)
	return p.from == at && bytes.HasPrefix(b[i:], p.text) && (p.to == nil || next < len(b) && means[b[next]] != blank)
}

func (p *place) learn(text []byte, from, to *level, name string) {
	if len(text) > maxBlanks {
		p.from = nil
		return
	}
	p.text, p.from, p.to, p.name = append(p.text[:0], text...), from, to, name
}

// find goes from the end of a value to the next one, in and out of objects.
func (r *record) find(i int, of *rows, at *level, first bool) (*level, string, int) {
	b := r.b
	for {
		i = overBlanks(b, i)
		switch {
		case i >= len(b):
			return nil, "", refused
		case b[i] == '}':
			if i, at, first = i+1, at.up, false; at == nil {
				return nil, "", i
			}
			continue
		case !first && b[i] != ',':
			return nil, "", refused
		case !first:
			i = overBlanks(b, i+1)
		}
		from := i
		if i = overName(b, i); i == refused || i == len(b) {
			return nil, "", refused
		}
		name := at.named(Plain(b[from : from+quoted(b[from:])]))
		if !of.opens(b, i, at) {
			return at, name, i
		}
		if at, i, first = at.inside(name, of), i+1, true; at == nil {
			return nil, "", refused
		}
	}
}

// opens tells an object that is opened: one that has members.
func (of *rows) opens(b []byte, i int, at *level) bool {
	if !of.opened || b[i] != '{' || at.depth+1 >= deepest {
		return false
	}
	i = overBlanks(b, i+1)
	return i >= len(b) || b[i] != '}'
}

// named is the name of a member with those of the objects that it is in.
func (l *level) named(name string) string {
	if l.path == "" {
		return name
	}
	return l.path + " " + name
}

func (l *level) inside(path string, of *rows) *level {
	if in := l.inner[path]; in != nil {
		return in
	}
	if of.levels++; of.levels > maxLevels {
		return nil
	}
	if l.inner == nil {
		l.inner = map[string]*level{}
	}
	in := &level{up: l, path: path, depth: l.depth + 1}
	l.inner[path] = in
	return in
}

// cell reads one value of a row.
func (r *record) cell(i int, of *rows) (string, int) {
	if !of.opened || r.b[i] != '{' && r.b[i] != '[' {
		return r.plain(i, 1)
	}
	end := overAny(r.b, i, deepest)
	if end == refused {
		return "", refused
	}
	switch r.room, _ = appendLine(r.room[:0], r.b[i:end]); {
	case len(r.room) == 0:
		return r.strings.Of(r.b[i:end]), end
	case len(r.room) > importers.MostFact:
		return importers.Shorten(string(r.room), importers.MostFact), end
	}
	return r.strings.Of(r.room), end
}
