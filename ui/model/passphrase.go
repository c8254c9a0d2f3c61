package model

import (
	"context"
	"errors"

	"daybook/evidence/keys"
)

// NewPassphrase is what a person fills in to take another passphrase.
type NewPassphrase struct{ New, Again string }

// Check says what is missing in the form, as one sentence.
func (f NewPassphrase) Check(weak bool) error { return checkPassphrase(f.New, f.Again, weak) }

// checkPassphrase says what is wrong with a passphrase and its second typing; an
// error is a *Lack.
func checkPassphrase(p, again string, weak bool) error {
	switch {
	case p == "":
		return &Lack{Field: PassphraseField, err: errors.New("choose a passphrase; the button beside the field makes a good one")}
	case p != again:
		return &Lack{Field: AgainField, err: errors.New("the two passphrases differ; type the same one twice")}
	case !weak && !strong(p):
		return &Lack{Field: PassphraseField, err: errors.New(Strength(p))}
	}
	return nil
}

// NewPassphrase puts a passphrase in the place of every old one of the open case.
func (d *Desk) NewPassphrase(ctx context.Context, f NewPassphrase) error {
	c, _, err := d.held()
	if err != nil {
		return err
	}
	if err := f.Check(d.Weak); err != nil {
		return err
	}
	return c.SetPassphrase(ctx, f.New, keys.Policy{Weak: d.Weak, Cost: d.Cost})
}
