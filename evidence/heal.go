package evidence

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"
)

// healDetail is the detail of a "heal" entry.
type healDetail struct {
	What   string `json:"what"` // "original", "second copy", "key file"
	Hash   Hash   `json:"sha256,omitzero"`
	File   string `json:"file,omitempty"`
	Cause  string `json:"cause,omitempty"`
	Before string `json:"before,omitempty"` // where the damaged file was put
}

// heal makes the sealed file of an original again from its second copy, the
// very same bytes, and journals it. The damaged file is kept in lost+found. A
// file that turns out whole is left alone.
func (c *Case) heal(ctx context.Context, h Hash, at placed, cause error) error {
	c.healing.Lock()
	defer c.healing.Unlock()
	if c.originals.verifyFile(ctx, at, h) == nil {
		return nil
	}
	final := c.originals.path(at.File)
	tmp := final + tempSuffix
	if err := c.writeCopy(tmp, at, h); err != nil {
		return fmt.Errorf("original %s: heal from the second copy: %w", h, c.full(err))
	}
	before, err := c.setAside(final)
	if err != nil {
		return errors.Join(err, c.fs.Remove(tmp))
	}
	if err := c.fs.Rename(tmp, final); err != nil {
		return err
	}
	if err := c.fs.SyncDir(filepath.Dir(tmp)); err != nil {
		return err
	}
	_, err = c.record(ctx, Draft{ActionHeal, hashSubject{h}, healDetail{
		What: "original", Hash: h, File: at.File, Cause: cause.Error(), Before: before,
	}})
	return err
}

// hashSubject is the subject of entries about an original.
type hashSubject struct {
	Hash Hash `json:"sha256"`
}

// writeCopy writes the second copy of an original to a file of its own, synced
// and verified.
func (c *Case) writeCopy(name string, at placed, h Hash) error {
	if err := c.room.need(uint64(at.Sealed)+writeMargin, "heal"); err != nil {
		return err
	}
	if err := c.originals.makeFolder(at.File); err != nil {
		return err
	}
	if err := c.fs.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := c.fs.Create(name)
	if err != nil {
		return err
	}
	t := &temp{path: name, f: f, hash: h, at: at}
	if _, err := io.Copy(f, c.copies.stream(at)); err != nil {
		return errors.Join(err, t.discard(c))
	}
	return t.settle(c)
}

// setAside moves a file of the truth to lost+found, if there is one, and tells
// its name there.
func (c *Case) setAside(name string) (string, error) {
	lost := filepath.Join(c.dir, "lost+found")
	if err := c.fs.MkdirAll(lost); err != nil {
		return "", fmt.Errorf("lost+found: %w", err)
	}
	to := filepath.Join(lost, filepath.Base(name))
	for n := 2; ; n++ {
		_, err := c.fs.Stat(to)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("lost+found: %w", err)
		}
		to = filepath.Join(lost, filepath.Base(name)+"."+strconv.Itoa(n))
	}
	err := c.fs.Rename(name, to)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("%s: set aside: %w", filepath.Base(name), err)
	}
	return filepath.Base(to), c.fs.SyncDir(lost)
}
