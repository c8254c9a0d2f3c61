package evidence

import (
	"context"
	"errors"
)

// Close acknowledges what is under way, waits for the second copies and lets
// the folder go. The keys are wiped.
func (c *Case) Close() error {
	for _, b := range c.closing() {
		b.end()
	}
	return c.abandon()
}

// Settle makes the second copies that are not made yet. Close would wait for
// them too, and say nothing meanwhile.
func (c *Case) Settle(ctx context.Context, progress Progress) error {
	return c.copier.Load().settle(ctx, progress)
}

// Lock ends the work at once, as when somebody enters the room: what was added
// is acknowledged, the keys are wiped, and the second copies that are not made
// yet are made after the next opening.
func (c *Case) Lock() error {
	c.copier.Load().abort()
	return c.Close()
}

// closing lets no new batch begin and gives those that are open.
func (c *Case) closing() []*Batch {
	c.batchesMu.Lock()
	defer c.batchesMu.Unlock()
	c.closed = true
	list := make([]*Batch, 0, len(c.batches))
	for b := range c.batches {
		list = append(list, b)
	}
	return list
}

// abandon closes whatever is open.
func (c *Case) abandon() error {
	var all error
	if k := c.copier.Load(); k != nil {
		all = errors.Join(all, k.finish())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopWriting("the case is closed")
	if c.records != nil {
		all = errors.Join(all, c.records.engine.stop())
	}
	if c.log != nil {
		all = errors.Join(all, c.log.Close())
	}
	if c.ring != nil {
		c.ring.Close()
	}
	if c.unlock != nil {
		all = errors.Join(all, c.unlock())
		c.unlock = nil
	}
	return all
}

func (c *Case) register(b *Batch) error {
	c.batchesMu.Lock()
	defer c.batchesMu.Unlock()
	if c.closed {
		return ErrClosed
	}
	c.batches[b] = true
	return nil
}

func (c *Case) unregister(b *Batch) {
	c.batchesMu.Lock()
	defer c.batchesMu.Unlock()
	delete(c.batches, b)
	c.copier.Load().more()
}
