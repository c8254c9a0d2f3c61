package importers

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strings"

	"daybook/evidence"
)

// An export that is too large for one archive comes in several, and what one of
// them names often lies in another. Archives are parts of one export when their
// names differ in the part alone, in a way that is known of the services that
// make them, or that says so ("-part-2"): two chats named chat-1.zip and
// chat-2.zip are none. Parts that were unpacked into folders are known by the
// folders' names, when they were added together.
//
// What is not in the tree that a file came in is looked for in those of the
// other parts, by its path, when a file is opened by name or an event lists it.
// Nothing else sees them: each part keeps its own list of files, and what claims
// a file is asked about its own part only.
//
// When a part arrives in a later act, what was read before it and names files
// that were missing is read once more, in that act, with the answers that it was
// read with. The journal keeps the reading of before; events keep their names,
// and their marks. A reading that is made again from the case sees the parts
// that there were when it was made.

var partNames = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(takeout-\d{8}t\d{6}z(?:-\d+)?)-\d{3}$`),                                                  // Google
	regexp.MustCompile(`(?i)^((?:facebook|instagram)-.*\d{1,4}[-_]\d{1,2}[-_]\d{1,4})-[a-z0-9]{8}(?:[-_ ]?\d{1,3})?$`), // Meta
	regexp.MustCompile(`(?i)^(mydata~\d{6,})(?:-\d{1,3})?$`),                                                           // Snapchat
	regexp.MustCompile(`(?i)^(.{3,}?)[-_. ]+(?:part|teil|partie|parte|deel)[-_. ]*\d{1,3}$`),
}

// partStem is what the names of an export's parts have in common. ok is false
// for a name that is not of a part.
func partStem(name string) (stem string, ok bool) {
	for _, ext := range []string{".zip", ".gz", ".tgz", ".tar"} {
		if strings.EqualFold(path.Ext(name), ext) {
			name = name[:len(name)-len(ext)]
		}
	}
	for _, re := range partNames {
		if m := re.FindStringSubmatch(name); m != nil {
			return strings.ToLower(m[1]), true
		}
	}
	return "", false
}

// telling tells a stem that no other export has: one with a date or an id.
func telling(stem string) bool {
	digits := 0
	for _, c := range []byte(stem) {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return digits >= 6
}

// find gives the file of a name: of the tree itself, or of another part.
func (t *tree) find(name string) (evidence.Item, bool) {
	if it, ok := t.files[name]; ok {
		return it, true
	}
	for _, other := range t.parts {
		if it, ok := other.files[name]; ok && t.there(it) {
			return it, true
		}
	}
	if key, ok := unpacked(name); ok {
		for _, p := range t.folderParts(key) {
			if it := t.files[p]; t.there(it) {
				return it, true
			}
		}
	}
	return evidence.Item{}, false
}

// there tells whether an item was in the case when what is read was read.
func (t *tree) there(it evidence.Item) bool { return t.upTo == 0 || it.Batch <= t.upTo }

// unpacked is a path in which the folder of a part has the name of all parts.
func unpacked(name string) (key string, ok bool) {
	folders := strings.Split(path.Dir(name), "/")
	for i, f := range folders {
		if stem, is := partStem(f); is {
			folders[i], ok = "\x00"+stem, true
		}
	}
	return path.Join(append(folders, path.Base(name))...), ok
}

// folderParts lists the files that lie at one place of parts that were unpacked.
func (t *tree) folderParts(key string) []string {
	if *t.byPart == nil {
		m := map[string][]string{}
		for p := range t.files {
			if k, ok := unpacked(p); ok {
				m[k] = append(m[k], p)
			}
		}
		for _, list := range m {
			slices.Sort(list)
		}
		*t.byPart = m
	}
	return (*t.byPart)[key]
}

// joinParts lets the trees of this act's archives see the other parts of their
// exports, and finds what is to be read once more because a part has arrived.
func (a *act) joinParts(ctx context.Context, items []evidence.Item) error {
	a.reread = nil
	wanted, err := a.stems(items)
	if err != nil || len(wanted) == 0 {
		return err
	}
	boxes := map[int64]evidence.Item{}
	groups := map[string][]evidence.Item{}
	var named []evidence.Item // members of parts whose records name missing files
	for it, err := range a.Case.Items(ctx) {
		if err != nil {
			return err
		}
		if stem, ok := partStem(it.Name); ok && wanted[stem] && !it.Deleted {
			boxes[it.Number] = it
			groups[stem] = append(groups[stem], it)
			continue
		}
		if _, in := boxes[it.Parent]; !in || it.Deleted {
			continue
		}
		a.plant([]evidence.Item{it})
		if r, ok := a.Index.Reading(it.Number); ok && r.Missing > 0 {
			named = append(named, it)
		}
	}
	for stem, group := range groups {
		a.joinGroup(stem, group)
	}
	return a.late(named, boxes, groups)
}

// stems are those of the archives that items are, or lie in.
func (a *act) stems(items []evidence.Item) (map[string]bool, error) {
	wanted, seen := map[string]bool{}, map[int64]bool{0: true}
	for _, it := range items {
		box := it.Parent
		if a.opened[it.Number] {
			box = it.Number
		}
		if seen[box] {
			continue
		}
		seen[box] = true
		in, err := a.Case.Item(box)
		if err != nil {
			return nil, err
		}
		if stem, ok := partStem(in.Name); ok {
			wanted[stem] = true
		}
	}
	return wanted, nil
}

// joinGroup lets every part see the others, in the order in which they came.
func (a *act) joinGroup(stem string, group []evidence.Item) {
	for _, it := range group {
		t := a.trees[treeKey{parent: it.Number}]
		if t == nil {
			continue
		}
		t.parts = nil
		for _, other := range group {
			o := a.trees[treeKey{parent: other.Number}]
			if o != nil && o != t && together(stem, it, other) {
				t.parts = append(t.parts, o)
			}
		}
	}
}

// together tells whether two archives with the stem of parts are parts of one
// export: the stem says it, or they lie in one folder.
func together(stem string, a, b evidence.Item) bool {
	return telling(stem) || a.Batch == b.Batch && a.Parent == b.Parent && path.Dir(a.Path) == path.Dir(b.Path)
}

// late notes what was read before a part of its export arrived.
func (a *act) late(named []evidence.Item, boxes map[int64]evidence.Item, groups map[string][]evidence.Item) error {
	if a.batch == nil {
		return nil
	}
	for _, it := range named {
		stem, _ := partStem(boxes[it.Parent].Name)
		r, _ := a.Index.Reading(it.Number)
		if !arrived(stem, boxes[it.Parent], groups[stem], r.Batch) {
			continue
		}
		inside, err := a.Case.Children(it.Number)
		if err != nil {
			return err
		}
		if len(inside) == 0 { // else what it attached would be attached twice
			a.reread = append(a.reread, it)
		}
	}
	return nil
}

// arrived tells whether a part of an export came after an act, and not for the
// second time.
func arrived(stem string, in evidence.Item, group []evidence.Item, act int64) bool {
	return slices.ContainsFunc(group, func(box evidence.Item) bool {
		had := slices.ContainsFunc(group, func(b evidence.Item) bool { return b.Batch <= act && b.Hash == box.Hash })
		return box.Batch > act && !had && together(stem, in, box)
	})
}

// readLate reads once more what a part was missing for.
func (a *act) readLate(ctx context.Context) error {
	items := a.reread
	a.reread = nil
	assume, given := a.Assume, a.given
	defer func() { a.Assume, a.given = assume, given }()
	a.given = nil
	for _, it := range items {
		if err := ctx.Err(); err != nil {
			return err
		}
		info, ok := a.Index.Reading(it.Number)
		if !ok {
			continue
		}
		if err := a.repeatNow(ctx, it, info); err != nil {
			return err
		}
	}
	return nil
}
