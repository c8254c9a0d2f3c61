package evidence

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// A group of items is acknowledged together: one sync of the journal is for
// all of them. It ends at so many bytes or items, or so long after its first.
const (
	groupBytes = 32 << 20
	groupItems = 256
	groupTime  = 200 * time.Millisecond
)

// inFlight is how many originals may be on their way to the disk at a time:
// their syncs then go to the disk together.
const inFlight = 32

// A Batch is one act of adding: some files, with one reconciliation. Its
// methods may be called by several goroutines; the order of the calls of Add
// is the order of the items.
type Batch struct {
	c      *Case
	number int64

	mu     sync.Mutex    // orders the calls of Add
	ended  bool          // by Finish, or because the case was closed
	queue  chan *Pending // in the order of the items
	slots  chan struct{} // a place for each original in flight
	blocks chan []byte   // what originals are read into
	folder folderPicker
	done   chan struct{} // the committing goroutine has ended
}

// A Pending is an item that was read and is not acknowledged yet.
type Pending struct {
	from    Provenance
	temp    *temp
	settled chan struct{} // the file is written, a large one also synced and verified, or err is set
	flush   bool          // not an item: whoever waits wants what is before it
	done    chan struct{} // acknowledged, or err is set
	item    Item
	err     error
}

// Begin starts an act of adding. It is journaled at once.
func (c *Case) Begin(ctx context.Context, note string) (*Batch, error) {
	n, err := c.beginBatch(ctx, note)
	if err != nil {
		return nil, err
	}
	b := &Batch{
		c: c, number: n,
		queue:  make(chan *Pending, groupItems),
		slots:  make(chan struct{}, inFlight),
		blocks: newBlocks(),
		done:   make(chan struct{}),
	}
	if err := c.register(b); err != nil {
		return nil, err
	}
	go b.run()
	return b, nil
}

// Number is the number of the batch: 1, 2, 3 …
func (b *Batch) Number() int64 { return b.number }

// Add reads r to its end and returns: by then what it read is being hashed and
// sealed. The item is in the case when Pending.Item says so. A large file is
// synced and verified as soon as it is written, small ones together when their
// group is full: a file system puts many files on the disk with one sync of its
// own journal, if they come at once.
func (b *Batch) Add(ctx context.Context, r io.Reader, from Provenance) (*Pending, error) {
	select {
	case b.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p, err := b.enqueue(ctx, &Pending{from: from})
	if err != nil {
		<-b.slots
		return nil, err
	}
	f := newFeed(b.blocks)
	go func() { // the next can be read meanwhile
		if err := b.seal(ctx, p, f); err != nil {
			p.err = fmt.Errorf("%s: %w", from.Name, err)
		}
		close(p.settled)
		<-b.slots
	}()
	if f.read(ctx, r) {
		return p, nil
	}
	<-p.settled
	return nil, p.err
}

// seal seals what comes in f, and settles it if it is large.
func (b *Batch) seal(ctx context.Context, p *Pending, f *feed) (err error) {
	defer f.end()
	if p.temp, err = b.c.sealTemp(ctx, b.folder.next(), f, p.from); err != nil {
		return err
	}
	if p.temp.at.Size < blockLen {
		return nil
	}
	return p.temp.settle(b.c)
}

// enqueue gives p its place in the order.
func (b *Batch) enqueue(ctx context.Context, p *Pending) (*Pending, error) {
	p.settled, p.done = make(chan struct{}), make(chan struct{})
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return nil, fmt.Errorf("batch %d: %w", b.number, ErrClosed)
	}
	select {
	case b.queue <- p:
		return p, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Hash is the SHA-256 of what was read; it waits until that is worked out, and
// is zero when the file failed.
func (p *Pending) Hash() Hash {
	<-p.settled
	if p.temp == nil {
		return Hash{}
	}
	return p.temp.hash
}

// Acknowledged tells, without waiting, whether the item is in the case.
func (p *Pending) Acknowledged() bool {
	select {
	case <-p.done:
		return p.err == nil
	default:
		return false
	}
}

// Item waits until the item is acknowledged: from then on it is in the case
// whatever happens to this program or this machine.
func (p *Pending) Item(ctx context.Context) (Item, error) {
	select {
	case <-p.done:
		return p.item, p.err
	case <-ctx.Done():
		return Item{}, ctx.Err()
	}
}

// Flush waits until everything added so far is acknowledged or has failed;
// each Pending tells its own outcome.
func (b *Batch) Flush(ctx context.Context) error {
	p := &Pending{flush: true}
	if _, err := b.enqueue(ctx, p); err != nil {
		return err
	}
	close(p.settled)
	_, err := p.Item(ctx)
	return err
}

// Finish acknowledges what was added and journals the reconciliation, which is
// kept as JSON. A batch that is never finished stays in the case as cut short.
func (b *Batch) Finish(ctx context.Context, reconciliation any) error {
	if err := b.Flush(ctx); err != nil {
		return err
	}
	b.end()
	_, err := b.c.record(ctx, Draft{ActionFinish, batchSubject{b.number}, reconciliation})
	return err
}

// end takes no more items and waits for the last group.
func (b *Batch) end() {
	b.mu.Lock()
	if !b.ended {
		b.ended = true
		close(b.queue)
	}
	b.mu.Unlock()
	<-b.done
	b.c.unregister(b)
}

// Add is a batch of one.
func (c *Case) Add(ctx context.Context, r io.Reader, from Provenance) (Item, error) {
	b, err := c.Begin(ctx, from.Note)
	if err != nil {
		return Item{}, err
	}
	p, err := b.Add(ctx, r, from)
	if err != nil {
		b.end()
		return Item{}, err
	}
	if err := b.Finish(ctx, nil); err != nil {
		b.end()
		return Item{}, err
	}
	return p.Item(ctx)
}

// run gathers groups and commits them, in order, until the queue is closed.
func (b *Batch) run() {
	defer close(b.done)
	g := group{b: b, timer: time.NewTimer(groupTime)}
	for {
		select {
		case p, more := <-b.queue:
			if !more {
				g.commit()
				return
			}
			g.take(p)
		case <-g.timer.C:
			g.commit()
		}
	}
}

// A group is what the next sync of the journal will acknowledge.
type group struct {
	b     *Batch
	items []*Pending
	bytes int64
	timer *time.Timer
}

// take waits for p to be settled and puts it into the group. Meanwhile what is
// in the group already does not wait longer than groupTime.
func (g *group) take(p *Pending) {
	for waiting := true; waiting; {
		select {
		case <-p.settled:
			waiting = false
		case <-g.timer.C:
			g.commit()
		}
	}
	switch {
	case p.flush:
		g.commit()
		close(p.done)
	case p.err != nil:
		close(p.done)
	default:
		if len(g.items) == 0 {
			g.timer.Reset(groupTime)
		}
		g.items = append(g.items, p)
		if g.bytes += p.temp.at.Sealed; g.bytes >= groupBytes || len(g.items) >= groupItems {
			g.commit()
		}
	}
}

// commit acknowledges the group.
func (g *group) commit() {
	if len(g.items) == 0 {
		return
	}
	g.b.folder.turn()
	whole := g.settle()
	var err error
	if len(whole) > 0 {
		err = g.b.c.commit(g.b.number, whole)
	}
	for _, p := range g.items {
		if p.err == nil {
			p.err = err
		}
		close(p.done)
	}
	g.items, g.bytes = nil, 0
}

// settle syncs and verifies what was not yet, all at once, and gives what is
// whole.
func (g *group) settle() []*Pending {
	var all sync.WaitGroup
	slots := make(chan struct{}, inFlight)
	for _, p := range g.items {
		if p.temp.f == nil {
			continue
		}
		slots <- struct{}{}
		all.Go(func() {
			if err := p.temp.settle(g.b.c); err != nil {
				p.err = fmt.Errorf("%s: %w", p.from.Name, err)
			}
			<-slots
		})
	}
	all.Wait()
	return slices.DeleteFunc(slices.Clone(g.items), func(p *Pending) bool { return p.err != nil })
}
