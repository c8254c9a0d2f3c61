package importers

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"

	"daybook/evidence"
)

// tree shows items that came together (one act of adding, or one container) as
// a read-only file system over their stored originals. Its names are the
// items' paths made harmless: they lead nowhere but here.
type tree struct {
	original func(evidence.Hash) (*evidence.Original, error)
	files    map[string]evidence.Item
	folders  map[string]map[string]bool // folder path to the names in it

	parts  []*tree              // of the other parts of the same export; see parts.go
	upTo   int64                // the last act whose items are seen in other parts; 0 when all are
	byPart *map[string][]string // files in folders of parts, by what the parts have in common; made at the first need
}

func newTree(c *evidence.Case, items ...evidence.Item) *tree {
	t := &tree{original: c.Original, files: map[string]evidence.Item{}, folders: map[string]map[string]bool{".": {}}, byPart: new(map[string][]string)}
	for _, it := range items {
		t.put(it)
	}
	return t
}

// A treeKey names a tree: one for each item that others lie in, and one for all
// that was added by itself in one act.
type treeKey struct{ batch, parent int64 }

func keyOf(it evidence.Item) treeKey {
	if it.Parent != 0 {
		return treeKey{parent: it.Parent}
	}
	return treeKey{batch: it.Batch}
}

// plant puts items into the trees in which they came.
func (a *act) plant(items []evidence.Item) {
	for _, it := range items {
		t := a.trees[keyOf(it)]
		if t == nil {
			t = newTree(a.Case)
			a.trees[keyOf(it)] = t
		}
		t.put(it)
		a.paths[it.Number] = it.Path
	}
}

// plantBeside makes the trees of items with everything that came beside them.
func (a *act) plantBeside(ctx context.Context, items []evidence.Item) error {
	for _, it := range items {
		a.trees[keyOf(it)] = newTree(a.Case)
		a.paths[it.Number] = it.Path
	}
	for it, err := range a.Case.Items(ctx) {
		if err != nil {
			return err
		}
		if t := a.trees[keyOf(it)]; t != nil && !it.Deleted {
			t.put(it)
		}
	}
	return a.joinParts(ctx, items)
}

// put keeps the first item of a name; a second one is reached as an item only.
func (t *tree) put(it evidence.Item) {
	p := treePath(it.Path)
	if _, taken := t.files[p]; taken || t.folders[p] != nil {
		return
	}
	t.files[p] = it
	*t.byPart = nil
	for p != "." {
		dir := path.Dir(p)
		if t.folders[dir] == nil {
			t.folders[dir] = map[string]bool{}
		}
		t.folders[dir][path.Base(p)] = true
		p = dir
	}
}

// treePath makes a path as it came into a name that io/fs allows.
func treePath(p string) string {
	parts := strings.FieldsFunc(p, func(r rune) bool { return r == '/' || r == '\\' })
	kept := parts[:0]
	for _, part := range parts {
		if part != "." && part != ".." {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return "unnamed"
	}
	return strings.ToValidUTF8(strings.Join(kept, "/"), "\uFFFD")
}

// Open opens a file or lists a folder.
func (t *tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if it, ok := t.find(name); ok {
		o, err := t.original(it.Hash)
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &treeFile{o, info{it.Name, it.Size, instant(it), 0}}, nil
	}
	if names, ok := t.folders[name]; ok {
		return &treeFolder{t: t, path: name, names: sortedNames(names)}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Stat tells about a file without opening it.
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	if it, ok := t.find(name); ok {
		return info{path.Base(name), it.Size, instant(it), 0}, nil
	}
	if _, ok := t.folders[name]; ok {
		return info{path.Base(name), 0, time.Time{}, fs.ModeDir}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// instant is the file time of an item where it is one: a wall clock without its
// zone is none.
func instant(it evidence.Item) time.Time {
	if it.Wall {
		return time.Time{}
	}
	return it.Modified
}

func sortedNames(set map[string]bool) []string {
	names := make([]string, 0, len(set))
	for n := range set {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

type treeFile struct {
	*evidence.Original
	info info
}

func (f *treeFile) Stat() (fs.FileInfo, error) { return f.info, nil }

type treeFolder struct {
	t     *tree
	path  string
	names []string
}

func (f *treeFolder) Stat() (fs.FileInfo, error) { return f.t.Stat(f.path) }
func (f *treeFolder) Close() error               { return nil }
func (f *treeFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.path, Err: fmt.Errorf("is a folder")}
}

func (f *treeFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(f.names) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(f.names) {
		n = len(f.names)
	}
	list := make([]fs.DirEntry, n)
	for i, name := range f.names[:n] {
		i2, err := f.t.Stat(path.Join(f.path, name))
		if err != nil {
			return nil, err
		}
		list[i] = fs.FileInfoToDirEntry(i2)
	}
	f.names = f.names[n:]
	return list, nil
}

type info struct {
	name     string
	size     int64
	modified time.Time
	mode     fs.FileMode
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode | 0o400 }
func (i info) ModTime() time.Time { return i.modified }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }
