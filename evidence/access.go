package evidence

import (
	"context"
	"fmt"

	"daybook/evidence/keys"
)

// keysDetail is the detail of a "keys" entry: what changed in the ways in.
type keysDetail struct {
	Change string `json:"change"` // "passphrase", "add", "remove", "panic lock"
	Slot   string `json:"slot,omitempty"`
	Kind   string `json:"kind,omitempty"`
	About  string `json:"about,omitempty"`
}

// Access lists the ways into the case.
func (c *Case) Access() ([]keys.Slot, error) { return c.ring.Slots() }

// ChangePassphrase puts a new passphrase in the place of an old one. Nothing is
// encrypted anew: who has a copy of the old case.json and knows the old
// passphrase can still open it.
func (c *Case) ChangePassphrase(ctx context.Context, old, new string, p keys.Policy) error {
	return c.changeKeys(ctx, keysDetail{Change: "passphrase"}, func(*keysDetail) error {
		return c.ring.ChangePassphrase(old, new, p)
	})
}

// SetPassphrase gives the case a new passphrase in the place of every old one,
// for a person who came in by another way and has lost it.
func (c *Case) SetPassphrase(ctx context.Context, passphrase string, p keys.Policy) error {
	return c.changeKeys(ctx, keysDetail{Change: "passphrase"}, func(d *keysDetail) error {
		before, err := c.ring.Slots()
		if err != nil {
			return err
		}
		if d.Slot, err = c.ring.AddPassphrase(passphrase, p); err != nil {
			return err
		}
		for _, s := range before {
			if s.Kind != "passphrase" {
				continue
			}
			if err := c.ring.RemoveSlot(s.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// AddWords lets new recovery words open the case, beside what opens it now.
func (c *Case) AddWords(ctx context.Context, w keys.Words) error {
	return c.changeKeys(ctx, keysDetail{Change: "add", Kind: "words"}, func(d *keysDetail) (err error) {
		d.Slot, err = c.ring.AddWords(w)
		return err
	})
}

// AddRecipient lets the holder of an age identity open the case.
func (c *Case) AddRecipient(ctx context.Context, recipient, about string) error {
	return c.changeKeys(ctx, keysDetail{Change: "add", Kind: "recipient", About: about}, func(d *keysDetail) (err error) {
		d.Slot, err = c.ring.AddRecipient(recipient, about)
		return err
	})
}

// RemoveAccess takes a way in away, and never the last.
func (c *Case) RemoveAccess(ctx context.Context, slot string) error {
	return c.changeKeys(ctx, keysDetail{Change: "remove", Slot: slot}, func(*keysDetail) error {
		return c.ring.RemoveSlot(slot)
	})
}

// PanicLock takes every passphrase away; recovery words or a trusted person
// must remain.
func (c *Case) PanicLock(ctx context.Context) error {
	return c.changeKeys(ctx, keysDetail{Change: "panic lock"}, func(*keysDetail) error { return c.ring.PanicLock() })
}

// changeKeys makes the change and then journals it: a change that is not in
// the journal is better than one that the journal claims and did not happen.
func (c *Case) changeKeys(ctx context.Context, d keysDetail, change func(*keysDetail) error) error {
	if ok, why := c.writable(); !ok {
		return fmt.Errorf("%w: %s", ErrReadOnly, why)
	}
	if err := change(&d); err != nil {
		return c.full(err)
	}
	_, err := c.record(ctx, Draft{ActionKeys, nil, d})
	return err
}
