package jsonfile

import (
	"fmt"

	"daybook/importers"
)

// Part is what a walk left unread under one path.
type Part struct {
	Path  string // "messages[].is_geoblocked_for_viewer"; empty for what came after too many paths
	Count int
	At    int64 // of the first
	Size  int64 // of all
}

// maxParts is how many paths are told apart.
const maxParts = 500

type unread struct {
	parts []Part
	of    map[string]int
}

func (u *unread) add(path string, x extent) {
	if u.of == nil {
		u.of = map[string]int{}
	}
	if path == "" {
		path = "the whole value"
	}
	n, ok := u.of[path]
	if !ok && len(u.parts) >= maxParts {
		path = "further parts"
		n, ok = u.of[path]
	}
	if !ok {
		n = len(u.parts)
		u.of[path] = n
		u.parts = append(u.parts, Part{Path: path, At: x.at})
	}
	u.parts[n].Count++
	u.parts[n].Size += x.size
}

// Unread lists what the walk left, in the order in which it was met.
func (f *File) Unread() []Part { return f.unread.parts }

// SkipUnread hands on a skip for every part that the walk left.
func (f *File) SkipUnread(out importers.Output) error {
	for _, p := range f.unread.parts {
		if err := out.Skip(fmt.Sprintf("part %s, from byte %d", p.Path, p.At), "", p.reason()); err != nil {
			return err
		}
	}
	return nil
}

func (p Part) reason() error {
	if p.Count == 1 {
		return fmt.Errorf("this part of the file is not read as events: %d bytes", p.Size)
	}
	return fmt.Errorf("this part of the file is not read as events: it comes %d times, %d bytes in all", p.Count, p.Size)
}
