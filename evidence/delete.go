package evidence

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// SmallPictures is the store in which small pictures of originals are kept, by
// their hash. They are made again from the originals at any time, and go with
// them.
const SmallPictures = "thumbs"

// Delete takes an item out of the case. Its entry stays in the journal, with a
// second one that says when, by whom and why it was deleted. When no other item
// is the same original, the key that opens that original is destroyed: its
// header is overwritten, the file removed, its second copy dropped. Copies may
// remain in backups, in what a disk keeps of overwritten blocks, and where the
// file came from.
func (c *Case) Delete(ctx context.Context, item int64, reason string) error {
	c.erasing.Lock()
	defer c.erasing.Unlock()
	if err := c.dropPictures(item); err != nil {
		return fmt.Errorf("item %d: its pictures: %w", item, err)
	}
	at, erase, err := c.entomb(ctx, item, reason)
	if err != nil {
		return fmt.Errorf("item %d: %w", item, err)
	}
	if !erase {
		return nil
	}
	if err := c.erase(at.File); err != nil {
		return fmt.Errorf("item %d is deleted, but its file could not be destroyed yet; the next check tries again: %w", item, err)
	}
	return nil
}

// dropPictures takes the pictures away that were made of an item. They go first: a
// deletion that is cut short then leaves none behind.
func (c *Case) dropPictures(item int64) error {
	it, err := c.Item(item)
	if err != nil {
		return err
	}
	if readOnly, _ := c.ReadOnly(); readOnly {
		return nil // the journal says why nothing is deleted
	}
	return errors.Join(c.Store(SmallPictures).Delete(it.Hash[:]), c.dropPagePictures(it.Hash))
}

// entomb journals the deletion and tells whether the original is to go.
func (c *Case) entomb(ctx context.Context, item int64, reason string) (placed, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	it, err := c.Item(item)
	if err != nil {
		return placed{}, false, err
	}
	if it.Deleted {
		return placed{}, false, ErrDeleted
	}
	at, err := c.records.original(it.Hash)
	if err != nil {
		return placed{}, false, err
	}
	erase := len(at.Items) == 1 && at.Items[0] == item
	_, err = c.append(ctx, Draft{ActionDelete, itemSubject{item}, deleteDetail{Hash: it.Hash, Reason: reason, Erased: erase}})
	return at, erase, err
}

// erase destroys every trace of a sealed file that this program has made. It
// can be called again when it failed half way.
func (c *Case) erase(file string) error {
	err := c.originals.shred(c.originals.path(file))
	lost := filepath.Join(c.dir, "lost+found")
	list, lerr := c.fs.ReadDir(lost)
	if lerr != nil && !errors.Is(lerr, fs.ErrNotExist) {
		err = errors.Join(err, lerr)
	}
	for _, e := range list {
		if strings.HasPrefix(e.Name(), file) {
			err = errors.Join(err, c.originals.shred(filepath.Join(lost, e.Name())))
		}
	}
	return errors.Join(err, c.copies.drop(file), c.copies.engine.dropAside())
}
