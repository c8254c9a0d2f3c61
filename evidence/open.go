package evidence

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"daybook/evidence/journal"

	"github.com/dgraph-io/badger/v4"
)

// bootID names the time since this machine was started, as far as the system
// tells. Where it does not, every run has its own: then each end that was not
// in order counts as a loss of power, which is the safe side.
func bootID() string {
	if id, err := os.ReadFile("/proc/sys/kernel/random/boot_id"); err == nil {
		return strings.TrimSpace(string(id))
	}
	return rand.Text()
}

// openStore opens the records, makes them anew when they are not to be
// believed, and lets them catch up with the journal.
func (c *Case) openStore(progress Progress) error {
	plain := newSealer(c.ring, 0)
	c.records = &records{
		engine: c.engine("records", recordOptions()),
		plain:  plain,
	}
	c.copies = &copies{engine: c.engine("copies", copyOptions()), sealer: plain, emptied: c.copiesEmptied}
	c.copies.engine.hardy = true
	if err := c.records.engine.start(); err != nil {
		return err
	}
	if err := c.believe(); err != nil {
		return err
	}
	if err := c.replay(progress); err != nil {
		return c.rebuild(progress)
	}
	return nil
}

// engine gives a Badger folder of the case; one that is not written because
// the volume is full or cannot be written is kept in memory. A case that cannot
// be written because its journal is damaged has its folders.
func (c *Case) engine(name string, opts badger.Options) *engine {
	e := &engine{fs: c.fs, path: filepath.Join(c.dir, "store", name), opts: opts, room: c.room, boot: bootID()}
	if c.stopped.Load() != nil {
		e.light = newShelf()
	}
	return e
}

// believe reads the mark. Records that follow another journal than this are
// made anew.
func (c *Case) believe() error {
	found, err := c.records.load()
	if err != nil {
		return err
	}
	if found {
		same, err := c.sameJournal()
		if same || err != nil {
			return err
		}
		c.forgotten = c.records.mark.Count
	}
	if !found {
		if empty, err := c.records.engine.empty(); empty || err != nil {
			return err
		}
	}
	return c.renewRecords()
}

// sameJournal tells whether the last entry that was worked in is in this
// journal at its place, or was, and is missing now.
func (c *Case) sameJournal() (bool, error) {
	m := c.records.mark
	if m.Count == 0 || c.log.Acknowledged() == (journal.Head{Count: m.Count, Hash: m.Hash}) {
		return true, nil
	}
	if m.Count > c.log.Head().Count {
		return false, nil
	}
	for e, err := range c.log.From(context.Background(), m.Count-1) {
		return err == nil && Hash(e.Hash) == m.Hash, nil
	}
	return false, nil
}

func (c *Case) renewRecords() error {
	if err := c.records.engine.renew(); err != nil {
		return err
	}
	_, err := c.records.load()
	return err
}

// rebuild makes the records from nothing.
func (c *Case) rebuild(progress Progress) error {
	if err := c.renewRecords(); err != nil {
		return err
	}
	return c.replay(progress)
}

// replay works in the entries that the records do not have yet.
func (c *Case) replay(progress Progress) error {
	if err := c.records.follow(c.log, &pace{progress: progress}); err != nil {
		return err
	}
	c.items.Store(c.records.mark.Items)
	return nil
}

// replayGroup is how many entries are worked in between two writes.
const replayGroup = 1000

// follow works in the entries of a journal that the records do not have yet.
// An entry that cannot be read is passed over: the journal says so itself, and
// the case is open for reading only.
func (r *records) follow(log *journal.Log, p *pace) error {
	total := int64(log.Head().Count)
	t := r.begin()
	for e, err := range log.From(context.Background(), t.mark.Count) {
		if err != nil {
			continue
		}
		if err := t.apply(e); err != nil {
			return err
		}
		p.tell(int64(e.Seq)+1, total, "reading the journal")
		if t.mark.Count%replayGroup == 0 {
			if err := t.commit(); err != nil {
				return err
			}
			t = r.begin()
		}
	}
	if err := t.commit(); err != nil {
		return fmt.Errorf("records: %w", err)
	}
	return nil
}

// pace lets progress through ten times a second.
type pace struct {
	progress Progress
	last     time.Time
}

func (p *pace) tell(done, total int64, what string) {
	if p.progress == nil {
		return
	}
	now := time.Now()
	if done < total && now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last = now
	p.progress(done, total, what)
}
