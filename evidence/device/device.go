// Package device holds the folder of an add-only device: a machine that can add
// evidence to a case and can read nothing back.
//
// The folder has the public recipient of the case and an Ed25519 key of its own,
// and no secret of the case. Each file that is added becomes two files in it: an
// age file with its bytes, and a note beside it, an age file too, that says what
// the file is and is signed by the device. Notes are numbered, and each names
// the one before by its hash, so that one that is gone is missed. Whoever opens
// the case reads notes and files (Read), keeps them, and takes them away.
//
// Whoever holds the folder can add in the device's name: a note says on which
// device a file was added, not by whom. The package does not know what an item
// or a journal is; it tells a case what arrived and how far it can be believed.
package device

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"filippo.io/age"

	"daybook/evidence/disk"
)

var (
	// ErrNoDevice: the folder is not that of an add-only device.
	ErrNoDevice = errors.New("this is not the folder of an add-only device; daybook-cli device makes one")
	// ErrExists: there is something in the folder already.
	ErrExists = errors.New("something is in this folder already; choose a new or empty folder for the device")
	// ErrFull: the disk has too little room.
	ErrFull = errors.New("the disk is too full; free some space and add the file again")
)

// The files of a device's folder, beside notes and files.
const (
	fileName = "device.json"
	headName = "head"
	lockName = "lock"
	format   = "daybook device 1"
	maxFile  = 4 << 10 // bytes of device.json
)

// config is device.json.
type config struct {
	Format    string `json:"format"`
	Case      string `json:"case"`
	Recipient string `json:"recipient"` // of the case: whatever is added is encrypted to it
	Device    string `json:"device"`
	Seed      []byte `json:"seed"` // of the device's own key
}

// A Key is a new device's own: its public half goes into the case, the rest into
// the device's folder.
type Key struct{ private ed25519.PrivateKey }

// NewKey draws a key.
func NewKey() (Key, error) {
	_, private, err := ed25519.GenerateKey(nil)
	return Key{private}, err
}

// Public is what the device's notes can be checked with.
func (k Key) Public() ed25519.PublicKey { return k.private.Public().(ed25519.PublicKey) }

// ID names a device by its case and its key: the first 16 hexadecimal digits of
// the SHA-256 of the two.
func ID(caseID string, public ed25519.PublicKey) string {
	sum := sha256.Sum256(append([]byte(caseID), public...))
	return hex.EncodeToString(sum[:8])
}

// MayCreate tells whether a folder is fit for a new device: empty, or not there.
func MayCreate(fsys disk.FS, dir string) error {
	list, err := fsys.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if len(list) > 0 {
		return fmt.Errorf("%s: %w", dir, ErrExists)
	}
	return nil
}

// Create writes the folder of a new device of a case.
func Create(fsys disk.FS, dir, caseID string, to *age.X25519Recipient, k Key) error {
	if err := MayCreate(fsys, dir); err != nil {
		return err
	}
	c := config{Format: format, Case: caseID, Recipient: to.String(), Device: ID(caseID, k.Public()), Seed: k.private.Seed()}
	raw, err := c.encode()
	if err != nil {
		return err
	}
	if err := fsys.MkdirAll(dir); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if err := fsys.SyncDir(filepath.Dir(dir)); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{headName, head{}.encode()}, {fileName, raw}} {
		if err := disk.WriteFile(fsys, filepath.Join(dir, f.name), f.data); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
	}
	return nil
}

func (c config) encode() ([]byte, error) {
	raw, err := json.MarshalIndent(c, "", " ")
	return append(raw, '\n'), err
}

// A Device adds to a case that it cannot read. One goroutine uses it.
type Device struct {
	fs     disk.FS
	dir    string
	conf   config
	to     *age.X25519Recipient
	key    ed25519.PrivateKey
	head   head
	unlock func() error
}

// Open opens the folder of a device for adding.
func Open(fsys disk.FS, dir string) (*Device, error) {
	raw, err := disk.ReadFile(fsys, filepath.Join(dir, fileName), maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", dir, ErrNoDevice)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	d := &Device{fs: fsys, dir: dir}
	if err := d.read(raw); err != nil {
		return nil, fmt.Errorf("%s: %s is damaged (%w): make the device anew with daybook-cli device, and keep this folder: what was added with it can still be taken in", dir, fileName, err)
	}
	if d.unlock, err = fsys.Lock(filepath.Join(dir, lockName)); err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	if d.head, err = latest(fsys, dir); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, err), d.unlock())
	}
	return d, nil
}

// read takes what device.json says, in the one form that it is written in.
func (d *Device) read(raw []byte) (err error) {
	if err := json.Unmarshal(raw, &d.conf); err != nil {
		return err
	}
	again, err := d.conf.encode()
	if err != nil {
		return err
	}
	switch {
	case d.conf.Format != format:
		return fmt.Errorf("format %q: want %q", d.conf.Format, format)
	case !bytes.Equal(raw, again) || len(d.conf.Seed) != ed25519.SeedSize:
		return errors.New("not in the form that this program writes")
	}
	d.key = ed25519.NewKeyFromSeed(d.conf.Seed)
	if id := ID(d.conf.Case, d.key.Public().(ed25519.PublicKey)); id != d.conf.Device {
		return fmt.Errorf("its key is that of device %s", id)
	}
	d.to, err = age.ParseX25519Recipient(d.conf.Recipient)
	return err
}

// ID names the device.
func (d *Device) ID() string { return d.conf.Device }

// Close lets the folder go. Everything added is safe already.
func (d *Device) Close() error { return d.unlock() }
