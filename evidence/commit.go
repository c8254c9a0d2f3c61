package evidence

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// commit puts settled files into the case and acknowledges them. When it fails
// none of them is an item.
func (c *Case) commit(batch int64, group []*Pending) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ok, why := c.writable(); !ok {
		return errors.Join(fmt.Errorf("%w: %s", ErrReadOnly, why), c.discardAll(group))
	}
	if err := c.placeAll(group); err != nil {
		return errors.Join(c.full(err), c.discardAll(group))
	}
	drafts := make([]Draft, len(group))
	for i, p := range group {
		n := c.records.mark.Items + 1 + int64(i)
		drafts[i] = Draft{ActionAdd, itemSubject{n}, p.detail(batch)}
	}
	entries, err := c.append(context.Background(), drafts...)
	if err != nil {
		if c.log.Broken() {
			return err // the entries may be there all the same: the files stay until the next opening tells
		}
		return errors.Join(err, c.discardAll(group))
	}
	for i, p := range group {
		if p.item, _, err = itemOf(entries[i]); err != nil {
			return err
		}
	}
	c.copier.Load().more()
	return nil
}

// detail is what the journal says of an item.
func (p *Pending) detail(batch int64) addDetail {
	d := addDetail{
		Hash: p.temp.hash, Size: p.temp.at.Size,
		Name: p.from.Name, Path: p.from.Path, Type: p.from.Type, Modified: p.from.Modified, Wall: p.from.Wall,
		Parent: p.from.Parent, Batch: batch, How: p.from.How, Note: p.from.Note,
		File: p.temp.at.File, Sealed: p.temp.at.Sealed, Arrived: p.from.arrived,
	}
	if p.from.Size >= 0 && p.from.Size != d.Size {
		d.Expected = &p.from.Size
	}
	return d
}

// placeAll gives the files of a group their names in the case; a file whose
// original is there already is removed and the item refers to that one.
func (c *Case) placeAll(group []*Pending) error {
	seen := make(map[Hash]placed, len(group))
	folders := map[string]bool{}
	for _, p := range group {
		at, there, err := c.there(seen, p.temp)
		if err != nil {
			return err
		}
		if there {
			if err := c.fs.Remove(p.temp.path); err != nil {
				return err
			}
			p.temp.path, p.temp.at = "", at
			continue
		}
		final := c.originals.path(p.temp.at.File)
		if err := c.fs.Rename(p.temp.path, final); err != nil {
			return err
		}
		p.temp.path = final
		folders[filepath.Dir(final)] = true
		seen[p.temp.hash] = p.temp.at
	}
	for folder := range folders {
		if err := c.fs.SyncDir(folder); err != nil {
			return err
		}
	}
	return nil
}

// there tells whether the case has this original, and a file of the right size
// that holds it. One that is missing or cut is replaced by adding it again.
func (c *Case) there(seen map[Hash]placed, t *temp) (placed, bool, error) {
	if at, ok := seen[t.hash]; ok {
		return at, true, nil
	}
	at, err := c.records.original(t.hash)
	if errors.Is(err, ErrNotFound) || at.Gone {
		return placed{}, false, nil
	}
	if err != nil {
		return placed{}, false, err
	}
	st, err := c.fs.Stat(c.originals.path(at.File))
	return at, err == nil && st.Size() == at.Sealed, nil
}

// discardAll removes the files of a group that did not become items.
func (c *Case) discardAll(group []*Pending) error {
	var all error
	for _, p := range group {
		if p.temp.path == "" {
			continue
		}
		if err := c.fs.Remove(p.temp.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}
