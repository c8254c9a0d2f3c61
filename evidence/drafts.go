package evidence

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"

	"daybook/evidence/disk"
)

const (
	draftsFolder = "drafts"
	draftFormat  = 1
	draftBlock   = 4 << 10 // the length of a sealed draft tells no more than this
	maxDraft     = 4 << 20
)

// draftName is what a draft may be called: nothing that tells anything.
var draftName = regexp.MustCompile(`^[0-9a-f]{16}$`)

// KeepDraft keeps what a person is writing and has not said yet, sealed, in the
// place of what the draft of that name held. When it returns the draft is
// synced. Drafts are neither truth nor index: nothing about them is journaled,
// and no check or backup knows them.
func (c *Case) KeepDraft(name string, text []byte) error {
	switch ok, why := c.writable(); {
	case !ok:
		return fmt.Errorf("draft: %w: %s", ErrReadOnly, why)
	case !draftName.MatchString(name):
		return fmt.Errorf("draft %q: a name is 16 lower-case hexadecimal digits", name)
	case len(text) > maxDraft:
		return fmt.Errorf("draft: %d bytes long: may have %d", len(text), maxDraft)
	}
	plain := binary.AppendUvarint(nil, uint64(len(text)))
	plain = append(plain, text...)
	plain = append(plain, make([]byte, draftBlock-len(plain)%draftBlock)...)
	sealed, err := c.ring.Record().Seal([]byte{draftFormat}, plain, draftPlace(name))
	if err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	c.drafting.Lock()
	defer c.drafting.Unlock()
	if err := c.fs.MkdirAll(c.draftPath("")); err != nil {
		return fmt.Errorf("draft: %w", c.full(err))
	}
	if err := disk.WriteFile(c.fs, c.draftPath(name), sealed); err != nil {
		return fmt.Errorf("draft: %w", c.full(err))
	}
	return nil
}

// Drafts gives every draft by its name. One that cannot be read is told in the
// error; the others are given all the same.
func (c *Case) Drafts() (map[string][]byte, error) {
	c.drafting.Lock()
	defer c.drafting.Unlock()
	list, err := c.fs.ReadDir(c.draftPath(""))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("drafts: %w", err)
	}
	drafts := map[string][]byte{}
	var failed error
	for _, e := range list {
		if !draftName.MatchString(e.Name()) {
			continue // left by a write that was cut short
		}
		text, err := c.draft(e.Name())
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("draft %s: %w", e.Name(), err))
			continue
		}
		drafts[e.Name()] = text
	}
	return drafts, failed
}

func (c *Case) draft(name string) ([]byte, error) {
	sealed, err := disk.ReadFile(c.fs, c.draftPath(name), 2*maxDraft)
	if err != nil {
		return nil, err
	}
	if len(sealed) == 0 || sealed[0] != draftFormat {
		return nil, ErrDamaged
	}
	plain, err := c.ring.Record().Open(nil, sealed[1:], draftPlace(name))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	n, used := binary.Uvarint(plain)
	if used <= 0 || n > uint64(len(plain)-used) {
		return nil, ErrDamaged
	}
	return plain[used:][:n:n], nil
}

// DropDraft removes a draft, for what it held is saved or not wanted. One that
// is not there is no error.
func (c *Case) DropDraft(name string) error {
	if !draftName.MatchString(name) {
		return fmt.Errorf("draft %q: a name is 16 lower-case hexadecimal digits", name)
	}
	c.drafting.Lock()
	defer c.drafting.Unlock()
	if err := c.fs.Remove(c.draftPath(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("draft: %w", err)
	}
	return nil
}

func (c *Case) draftPath(name string) string { return filepath.Join(c.dir, draftsFolder, name) }

// draftPlace is what a sealed draft is tied to.
func draftPlace(name string) []byte { return []byte("daybook draft 1 " + name) }
