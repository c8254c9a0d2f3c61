package keys

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"daybook/evidence/disk"
)

// Slot is one way into the case, as its owner sees it.
type Slot struct {
	ID    string
	Kind  string // passphrase, words, recipient
	About string // what the owner calls it; for a trusted person, the recipient when nothing else was said
}

// Slots lists the ways in.
func (r *Ring) Slots() ([]Slot, error) {
	r.slots.Lock()
	defer r.slots.Unlock()
	list := make([]Slot, 0, len(r.header.Slots))
	for _, s := range r.header.Slots {
		about, err := r.label(s)
		if err != nil {
			return nil, fmt.Errorf("slot %s: label: %w", s.ID, err)
		}
		list = append(list, Slot{ID: s.ID, Kind: s.Kind, About: about})
	}
	return list, nil
}

func (r *Ring) label(s slot) (string, error) {
	if len(s.About) == 0 {
		return "", nil
	}
	b, err := Sealer{r, useSecret}.Open(nil, s.About, []byte("slot "+s.ID))
	return string(b), err
}

// AddPassphrase adds a passphrase beside those that there are.
func (r *Ring) AddPassphrase(p string, o Policy) (id string, err error) {
	return r.add(func() (slot, error) { return r.passphraseSlot(p, o) })
}

// AddWords adds recovery words beside those that there are.
func (r *Ring) AddWords(w Words) (id string, err error) {
	return r.add(func() (slot, error) { return wrapWords(r.id, r.secrets.master, w) })
}

// AddRecipient lets the holder of an age identity open the case. The label is
// for the owner; it is kept sealed.
func (r *Ring) AddRecipient(recipient, label string) (id string, err error) {
	return r.add(func() (slot, error) { return r.recipientSlot(recipient, label) })
}

func (r *Ring) add(make func() (slot, error)) (string, error) {
	var id string
	err := r.change(func(h *header) error {
		s, err := make()
		if err != nil {
			return err
		}
		id = s.ID
		h.Slots = append(h.Slots, s)
		return nil
	})
	return id, err
}

// RemoveSlot takes a way in away, and never the last.
func (r *Ring) RemoveSlot(id string) error {
	return r.change(func(h *header) error {
		i := slices.IndexFunc(h.Slots, func(s slot) bool { return s.ID == id })
		if i < 0 {
			return fmt.Errorf("slot %q: there is no such slot", id)
		}
		h.Slots = slices.Delete(h.Slots, i, i+1)
		return nil
	})
}

// ChangePassphrase puts a new passphrase in the place of the one that old
// opens, and leaves every other slot alone.
func (r *Ring) ChangePassphrase(old, new string, o Policy) error {
	return r.change(func(h *header) error {
		for i, s := range h.Slots {
			if s.Kind != kindPassphrase {
				continue
			}
			master, err := Passphrase(old).unlock(h.Case, s)
			if errors.Is(err, errNotThisSlot) {
				continue
			}
			if err != nil {
				return err
			}
			clear(master)
			h.Slots[i], err = r.passphraseSlot(new, o)
			return err
		}
		return fmt.Errorf("the old passphrase: %w", ErrWrongKey)
	})
}

// PanicLock takes every passphrase away, so that nobody can be made to open
// the case with one. It does so only when recovery words or a trusted person
// remain. Old bytes of the key file may survive on the disk and in backups.
func (r *Ring) PanicLock() error {
	return r.change(func(h *header) error {
		h.Slots = slices.DeleteFunc(h.Slots, func(s slot) bool { return s.Kind == kindPassphrase })
		return nil
	})
}

func (r *Ring) passphraseSlot(p string, o Policy) (slot, error) {
	if err := o.Check(p); err != nil {
		return slot{}, err
	}
	return wrapPassphrase(r.id, r.secrets.master, Passphrase(p), o.cost())
}

func (r *Ring) recipientSlot(recipient, label string) (slot, error) {
	s, err := wrapRecipient(r.id, r.secrets.master, recipient)
	if err != nil || label == "" {
		return s, err
	}
	s.About, err = seal(nil, r.secrets.derived[useSecret], []byte(label), []byte("slot "+s.ID))
	return s, err
}

// change edits a copy of the header and keeps it only when it is written.
func (r *Ring) change(edit func(*header) error) error {
	r.slots.Lock()
	defer r.slots.Unlock()
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.closed {
		return ErrClosed
	}
	h := r.header
	h.Slots = slices.Clone(h.Slots)
	if err := edit(&h); err != nil {
		return err
	}
	if len(h.Slots) == 0 {
		return ErrLastSlot
	}
	if err := h.check(); err != nil {
		return err
	}
	return r.save(h)
}

// save writes the second copy and then the one that governs, so that until the
// very end the old keys open the case, and afterwards only the new.
func (r *Ring) save(h header) error {
	raw, err := h.encode(r.secrets.derived[useHeader])
	if err != nil {
		return err
	}
	if len(raw) > maxHeader {
		return fmt.Errorf("%s: would be longer than %d bytes", FileName, maxHeader)
	}
	if err := disk.WriteFile(r.fsys, filepath.Join(r.dir, BackupName), raw); err != nil {
		return fmt.Errorf("%s: %w", BackupName, err)
	}
	err = disk.WriteFile(r.fsys, filepath.Join(r.dir, FileName), raw)
	if err == nil {
		r.header, r.raw, r.damage, r.stale = h, raw, nil, nil
		return nil
	}
	return r.afterFailure(h, raw, fmt.Errorf("%s: %w", FileName, err))
}

// afterFailure finds out which state governs now: the renaming may have
// happened although making it safe failed.
func (r *Ring) afterFailure(h header, raw []byte, cause error) error {
	have, err := disk.ReadFile(r.fsys, filepath.Join(r.dir, FileName), maxHeader)
	if err == nil && bytes.Equal(have, r.raw) {
		return cause
	}
	if err == nil && bytes.Equal(have, raw) {
		r.header, r.raw = h, raw
	}
	return fmt.Errorf("%w: %w", ErrUncertain, cause)
}
