package evidence

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"daybook/evidence/device"
	"daybook/evidence/disk"
)

// A Device is an add-only device of the case.
type Device struct {
	ID       string
	Name     string
	Enrolled time.Time
	Removed  time.Time // zero: what it adds is taken in
	Taken    int       // files that it added and that are in the case
}

// The subject and the detail of a "device" entry, and what the entry of an item
// says of the device that it was added on.
type (
	deviceSubject struct {
		Device string `json:"device"`
	}
	deviceDetail struct {
		Name    string `json:"name,omitempty"`
		Public  []byte `json:"public,omitempty"` // Ed25519
		Removed bool   `json:"removed,omitempty"`
	}
	arrived struct {
		Device   string   `json:"device"`
		Seq      uint64   `json:"seq"`
		Sum      Hash     `json:"note"` // SHA-256 of the sealed note
		Time     string   `json:"time"` // by the device's clock
		Findings []string `json:"findings,omitempty"`
	}
)

// Enrol makes an add-only device: its key is journaled, and its folder written,
// which must be new or empty. The folder holds no secret of the case.
func (c *Case) Enrol(ctx context.Context, name, dir string) error {
	if name = strings.TrimSpace(name); name == "" {
		return errors.New("device: give it a name, by which the journal tells it from others")
	}
	if err := c.mayHoldDevice(dir); err != nil {
		return fmt.Errorf("device: %w", c.full(err))
	}
	key, err := device.NewKey()
	if err != nil {
		return fmt.Errorf("device: %w", err)
	}
	public := key.Public()
	if _, err := c.record(ctx, Draft{ActionDevice, deviceSubject{device.ID(c.ID(), public)}, deviceDetail{Name: name, Public: public}}); err != nil {
		return fmt.Errorf("device: %w", err)
	}
	if err := device.Create(c.fs, dir, c.ID(), c.ring.Recipient(), key); err != nil {
		return fmt.Errorf("device: %w", c.full(err))
	}
	return nil
}

// RemoveDevice lets nothing more in that a device adds, or has added and that was
// not taken in yet: for one that is lost, or in the wrong hands. What was taken
// in stays.
func (c *Case) RemoveDevice(ctx context.Context, id string) error {
	known, err := c.enrolled(ctx, 0)
	if err != nil {
		return err
	}
	if known.keys()[id] == nil {
		return fmt.Errorf("device %q: there is no such device: %w", id, ErrNotFound)
	}
	_, err = c.record(ctx, Draft{ActionDevice, deviceSubject{id}, deviceDetail{Removed: true}})
	return err
}

// mayHoldDevice refuses a folder that is not empty, and one in the case that is
// not directly in its inbox, which is made.
func (c *Case) mayHoldDevice(dir string) error {
	rel, err := filepath.Rel(c.dir, dir)
	outside := err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator))
	if outside {
		return device.MayCreate(c.fs, dir)
	}
	if filepath.Dir(rel) != inboxFolder {
		return fmt.Errorf("%s: lies inside the case; choose a folder elsewhere, or one in its folder %s", dir, inboxFolder)
	}
	if err := c.fs.MkdirAll(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := c.fs.SyncDir(c.dir); err != nil {
		return err
	}
	return device.MayCreate(c.fs, dir)
}

// Devices lists the add-only devices in the order in which they were enrolled.
func (c *Case) Devices(ctx context.Context) ([]Device, error) {
	known, err := c.enrolled(ctx, 0)
	if err != nil {
		return nil, err
	}
	list := make([]Device, 0, len(known.order))
	for _, id := range known.order {
		d := known.by[id]
		d.Taken = len(d.taken)
		list = append(list, d.Device)
	}
	return list, nil
}

// enrolled are the devices of a case and what was taken in from each.
type enrolled struct {
	caseID string
	by     map[string]*enrolledDevice
	order  []string
}

type enrolledDevice struct {
	Device
	public ed25519.PublicKey
	taken  map[Hash]bool   // notes, by their sums
	seen   map[uint64]Hash // notes by number: taken, or found whole just now
}

// enrolled reads the journal from an entry on.
func (c *Case) enrolled(ctx context.Context, from uint64) (enrolled, error) {
	all := enrolled{caseID: c.ID(), by: map[string]*enrolledDevice{}}
	for e, err := range c.log.From(ctx, from) {
		if err == nil {
			err = all.apply(e)
		}
		if err != nil {
			return all, fmt.Errorf("devices: %w", err)
		}
	}
	return all, nil
}

func (all *enrolled) device(id string) *enrolledDevice {
	d := all.by[id]
	if d == nil {
		d = &enrolledDevice{Device: Device{ID: id}, taken: map[Hash]bool{}, seen: map[uint64]Hash{}}
		all.by[id] = d
	}
	return d
}

func (all *enrolled) apply(e Entry) error {
	switch Action(e.Action) {
	case ActionDevice:
		var s deviceSubject
		var detail deviceDetail
		if err := parts(e, &s, &detail); err != nil {
			return fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		d := all.device(s.Device)
		if detail.Removed {
			d.Removed = e.Time
		}
		if d.public == nil && len(detail.Public) == ed25519.PublicKeySize && device.ID(all.caseID, detail.Public) == s.Device {
			d.Name, d.Enrolled, d.public = detail.Name, e.Time, detail.Public
			all.order = append(all.order, s.Device)
		}
	case ActionAdd:
		var detail struct {
			Arrived *arrived `json:"arrived"`
		}
		if err := json.Unmarshal(e.Detail, &detail); err != nil {
			return fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		if a := detail.Arrived; a != nil {
			d := all.device(a.Device)
			d.taken[a.Sum], d.seen[a.Seq] = true, a.Sum
		}
	}
	return nil
}

// keys are what the notes of the devices are checked with, those that were
// removed left out.
func (all *enrolled) keys() map[string]ed25519.PublicKey {
	keys := map[string]ed25519.PublicKey{}
	for _, id := range all.order {
		if d := all.by[id]; d.Removed.IsZero() {
			keys[id] = d.public
		}
	}
	return keys
}

// AddOn adds files on an add-only device, whose folder is dir, without a key of
// the case. each is told of each file, whether it was added or why not.
func AddOn(ctx context.Context, dir, note string, paths []string, each func(path string, err error)) (err error) {
	d, err := device.Open(disk.OS, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return d.AddAll(ctx, note, paths, each)
}
