package disk

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// node is a file apart from its names: what of it is safe, and what was done
// to it since.
type node struct {
	size    int64 // as a program sees it
	safe    []byte
	pending []edit
}

// edit is a write, or, with nil data, a cut or extension to off.
type edit struct {
	off  int64
	data []byte
}

func (e edit) apply(to []byte) []byte {
	end := e.off + int64(len(e.data))
	if e.data == nil && end < int64(len(to)) {
		return to[:end]
	}
	if grow := end - int64(len(to)); grow > 0 {
		to = append(to, make([]byte, grow)...)
	}
	copy(to[e.off:], e.data)
	return to
}

// sync makes everything safe.
func (n *node) sync() {
	for _, e := range n.pending {
		n.safe = e.apply(n.safe)
	}
	n.pending = nil
}

// lose keeps what luck keeps of the edits; the last write kept may be torn.
func (n *node) lose(l *luck) {
	for i, e := range n.pending {
		if !l.kept() {
			continue
		}
		if last := i == len(n.pending)-1; last && l.digit > 1 && len(e.data) > 0 {
			e.data = e.data[:l.IntN(len(e.data)+1)]
		}
		n.safe = e.apply(n.safe)
	}
	n.pending, n.size = nil, int64(len(n.safe))
}

// nameChange is a change of a folder that is not synced.
type nameChange struct {
	change change
	old    string // renamed: the name before
	name   string
	node   *node
}

type change int

const (
	created change = iota
	renamed
	removed
	madeFolder
)

// in tells whether syncing the folder makes the change safe.
func (c nameChange) in(folder string) bool {
	return filepath.Dir(c.name) == folder || c.change == renamed && filepath.Dir(c.old) == folder
}

func (d *Fault) apply(c nameChange) {
	switch c.change {
	case created:
		d.safe[c.name] = c.node
	case renamed:
		if d.safe[c.old] == c.node {
			delete(d.safe, c.old)
		}
		d.safe[c.name] = c.node
	case removed:
		if d.safe[c.name] == c.node {
			delete(d.safe, c.name)
		}
	case madeFolder: // what is not lost is there
	}
}

func (d *Fault) syncNames(folder string) {
	var left []nameChange
	for _, c := range d.unsafe {
		if c.in(folder) {
			d.apply(c)
			continue
		}
		left = append(left, c)
	}
	d.unsafe = left
}

// lose decides what is left and makes the real folders be it.
func (d *Fault) lose(l *luck) error {
	lost := d.loseNames(l)
	var all error
	for _, folder := range lost {
		d.forget(folder)
		all = errors.Join(all, os.RemoveAll(folder))
	}
	for name := range d.live {
		if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	d.live = map[string]*node{}
	done := map[*node]bool{}
	for _, name := range sortedNames(d.safe) {
		n := d.safe[name]
		if !done[n] {
			n.lose(l)
			done[n] = true
		}
		d.live[name] = n
		all = errors.Join(all, os.WriteFile(name, n.safe, 0o600))
	}
	return all
}

// loseNames keeps what luck keeps of the changed names, and gives the folders
// that are lost with everything in them.
func (d *Fault) loseNames(l *luck) (lost []string) {
	for _, c := range d.unsafe {
		switch {
		case l.kept():
			d.apply(c)
		case c.change == madeFolder:
			lost = append(lost, c.name)
		}
	}
	d.unsafe = nil
	return lost
}

// adopt takes in a file that was there before: all of it is safe.
func (d *Fault) adopt(name string) {
	if d.live[name] != nil {
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return // a folder, or nothing: the call that follows will say so
	}
	n := &node{safe: data, size: int64(len(data))}
	d.live[name], d.safe[name] = n, n
}

// forget drops every name in a folder, and the folder's own.
func (d *Fault) forget(folder string) {
	inside := func(name string) bool {
		return name == folder || strings.HasPrefix(name, folder+string(filepath.Separator))
	}
	for _, names := range []map[string]*node{d.live, d.safe} {
		for name := range names {
			if inside(name) {
				delete(names, name)
			}
		}
	}
	var left []nameChange
	for _, c := range d.unsafe {
		if !inside(c.name) {
			left = append(left, c)
		}
	}
	d.unsafe = left
}

// renameFolder moves a folder and makes everything in it safe.
func (d *Fault) renameFolder(old, new string) error {
	if err := os.Rename(old, new); err != nil {
		return err
	}
	prefix := old + string(filepath.Separator)
	moved := map[string]*node{}
	for name, n := range d.live {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			n.sync()
			moved[filepath.Join(new, rest)] = n
		}
	}
	d.forget(old)
	maps.Copy(d.live, moved)
	maps.Copy(d.safe, moved)
	return nil
}

// sortedNames makes a power loss depend on its seed alone.
func sortedNames(names map[string]*node) []string {
	return slices.Sorted(maps.Keys(names))
}
