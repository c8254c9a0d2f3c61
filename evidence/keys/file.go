package keys

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"daybook/evidence/disk"
)

// The key file and its second copy. The first governs; the second is for the
// day that the first is damaged.
const (
	FileName   = "case.json"
	BackupName = "case.bak"
)

// Policy says how a new passphrase slot is made.
type Policy struct {
	Cost Cost // zero: DefaultCost
	Weak bool // accept a passphrase that can be guessed (tests, the sample case)
}

func (p Policy) cost() Cost {
	if p.Cost == (Cost{}) {
		return DefaultCost()
	}
	return p.Cost
}

// Options says what opens a new case. One way at least is needed.
type Options struct {
	Policy
	Passphrase string
	Words      Words
	Recipients []string // age recipients of trusted people
}

// Create makes the keys of a new case and writes them to the folder dir, which
// exists. ErrExists when there is a key file in it.
func Create(fsys disk.FS, dir string, o Options) (*Ring, error) {
	for _, name := range []string{FileName, BackupName} {
		_, err := fsys.Stat(filepath.Join(dir, name))
		if err == nil {
			return nil, fmt.Errorf("%s: %w", dir, ErrExists)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	master := random(keySize)
	h := header{Format: format, Case: hex.EncodeToString(random(caseIDSize))}
	secrets, err := newSecrets(master, h.Case)
	if err != nil {
		return nil, err
	}
	r := &Ring{fsys: fsys, dir: dir, secrets: secrets, id: h.Case}
	if err := r.create(h, o); err != nil {
		r.Close()
		return nil, errors.Join(err, clearCreated(fsys, dir))
	}
	return r, nil
}

// clearCreated takes back what a Create that failed has written, so that the
// next one does not find half a case.
func clearCreated(fsys disk.FS, dir string) error {
	var all error
	for _, name := range []string{FileName, BackupName} {
		if err := fsys.Remove(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

func (r *Ring) create(h header, o Options) error {
	if err := h.makeSecrets(r.secrets.derived[useSecret]); err != nil {
		return err
	}
	if err := r.openSecrets(h); err != nil {
		return err
	}
	slots, err := r.newSlots(o)
	if err != nil {
		return err
	}
	h.Slots = slots
	return r.save(h)
}

func (r *Ring) newSlots(o Options) ([]slot, error) {
	var slots []slot
	if o.Passphrase != "" {
		s, err := r.passphraseSlot(o.Passphrase, o.Policy)
		if err != nil {
			return nil, err
		}
		slots = append(slots, s)
	}
	if o.Words != "" {
		s, err := wrapWords(r.id, r.secrets.master, o.Words)
		if err != nil {
			return nil, err
		}
		slots = append(slots, s)
	}
	for _, to := range o.Recipients {
		s, err := r.recipientSlot(to, to)
		if err != nil {
			return nil, err
		}
		slots = append(slots, s)
	}
	if len(slots) == 0 {
		return nil, fmt.Errorf("a new case needs a passphrase, recovery words or a trusted person: %w", ErrLastSlot)
	}
	return slots, nil
}

// makeSecrets draws the age identity and the signing seed, and seals them.
func (h *header) makeSecrets(key []byte) error {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return fmt.Errorf("age identity: %w", err)
	}
	if h.Identity, err = seal(nil, key, []byte(id.String()), []byte("identity")); err != nil {
		return err
	}
	seed := random(ed25519.SeedSize)
	defer clear(seed)
	h.Signer, err = seal(nil, key, seed, []byte("signer"))
	return err
}

func (r *Ring) openSecrets(h header) error {
	key := r.secrets.derived[useSecret]
	text, err := unseal(nil, key, h.Identity, []byte("identity"))
	if err != nil {
		return fmt.Errorf("age identity: %w", err)
	}
	defer clear(text)
	if r.identity, err = age.ParseX25519Identity(string(text)); err != nil {
		return fmt.Errorf("age identity: %w", err)
	}
	seed, err := unseal(nil, key, h.Signer, []byte("signer"))
	if err != nil {
		return fmt.Errorf("signing seed: %w", err)
	}
	defer clear(seed)
	if len(seed) != ed25519.SeedSize {
		return fmt.Errorf("signing seed: %d bytes: want %d", len(seed), ed25519.SeedSize)
	}
	r.recipient = r.identity.Recipient()
	copy(r.secrets.seed, seed)
	signer := r.secrets.signer()
	defer clear(signer)
	r.public = bytes.Clone(signer[ed25519.SeedSize:])
	return nil
}

// Open unlocks the case in the folder dir. It writes nothing: when one copy of
// the key file cannot be used, Damage says so and Heal makes it again.
func Open(fsys disk.FS, dir string, u Unlock) (*Ring, error) {
	copies := make([]copyOfHeader, 0, 2)
	for _, name := range []string{FileName, BackupName} {
		copies = append(copies, readCopy(fsys, dir, name))
	}
	if errors.Is(copies[0].err, fs.ErrNotExist) && errors.Is(copies[1].err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no case here: %w", dir, fs.ErrNotExist)
	}
	for i := range copies {
		c := &copies[i]
		if c.err != nil {
			continue
		}
		r, err := c.open(fsys, dir, u)
		if err == nil {
			r.notice(copies)
			return r, nil
		}
		if !errors.Is(err, ErrDamaged) {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		c.err = err
	}
	return nil, fmt.Errorf("%w: %w", ErrDamaged, errors.Join(copies[0].describe(), copies[1].describe()))
}

// copyOfHeader is case.json or case.bak as found.
type copyOfHeader struct {
	name string
	raw  []byte
	file headerFile
	err  error
}

func readCopy(fsys disk.FS, dir, name string) copyOfHeader {
	c := copyOfHeader{name: name}
	if c.raw, c.err = disk.ReadFile(fsys, filepath.Join(dir, name), maxHeader); c.err != nil {
		return c
	}
	c.file, c.err = decode(c.raw)
	return c
}

func (c copyOfHeader) describe() error { return fmt.Errorf("%s: %w", c.name, c.err) }

// open tries each slot of the key's kind, and then trusts nothing that the
// HMAC does not cover.
func (c copyOfHeader) open(fsys disk.FS, dir string, u Unlock) (*Ring, error) {
	h := c.file.header
	master, err := h.unlock(u)
	if err != nil {
		return nil, err
	}
	secrets, err := newSecrets(master, h.Case)
	if err != nil {
		return nil, err
	}
	r := &Ring{fsys: fsys, dir: dir, secrets: secrets, id: h.Case, header: h, raw: c.raw}
	err = c.file.verify(secrets.derived[useHeader])
	if err == nil {
		err = r.openSecrets(h)
	}
	if err != nil {
		r.Close()
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return r, nil
}

func (h header) unlock(u Unlock) ([]byte, error) {
	tried := false
	for _, s := range h.Slots {
		if s.Kind != u.kind() {
			continue
		}
		tried = true
		master, err := u.unlock(h.Case, s)
		if err == nil {
			return master, nil
		}
		if !errors.Is(err, errNotThisSlot) {
			return nil, err
		}
	}
	if !tried {
		return nil, fmt.Errorf("%w: the case has no slot of the kind %q", ErrWrongKey, u.kind())
	}
	return nil, ErrWrongKey
}

// notice keeps what has to be said about the copies that do not govern.
func (r *Ring) notice(copies []copyOfHeader) {
	for _, c := range copies {
		switch {
		case errors.Is(c.err, fs.ErrNotExist):
			r.damage = append(r.damage, c.name+": is missing")
		case c.err != nil:
			r.damage = append(r.damage, c.describe().Error())
		case !bytes.Equal(c.raw, r.raw):
			r.damage = append(r.damage, c.name+": is of another state: a change of keys was interrupted, or an old copy was put back")
		default:
			continue
		}
		r.stale = append(r.stale, c.name)
	}
}

// Damage says in plain words what is wrong with a copy of the key file; it is
// empty when both are whole and equal.
func (r *Ring) Damage() string {
	r.slots.Lock()
	defer r.slots.Unlock()
	return strings.Join(r.damage, "; ")
}

// Check reads both copies of the key file again; Damage then tells what is
// wrong with them now.
func (r *Ring) Check() {
	r.slots.Lock()
	defer r.slots.Unlock()
	r.damage, r.stale = nil, nil
	r.notice([]copyOfHeader{readCopy(r.fsys, r.dir, FileName), readCopy(r.fsys, r.dir, BackupName)})
}

// Heal makes the copy that cannot be used again from the one that governs.
func (r *Ring) Heal() error {
	r.slots.Lock()
	defer r.slots.Unlock()
	for _, name := range r.stale {
		if err := disk.WriteFile(r.fsys, filepath.Join(r.dir, name), r.raw); err != nil {
			return fmt.Errorf("%s: make it again: %w", name, err)
		}
	}
	r.damage, r.stale = nil, nil
	return nil
}
