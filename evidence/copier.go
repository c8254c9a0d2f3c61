package evidence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// A copier follows the items and makes their second copies, also while more is
// being added: what was just written need not be read from the disk again. What
// it did not get to before the case was closed or killed, it does after the
// next opening.
type copier struct {
	c     *Case
	fresh int64 // items above this were verified as they were added, just now

	wake chan struct{} // there may be more items
	stop chan struct{} // finish what there is, then end
	done chan struct{}
	once sync.Once
	quit context.CancelFunc // end at the next item

	again atomic.Bool // the copies were lost: begin with the first item

	mu    sync.Mutex
	at    int64         // items up to this have their copies
	err   error         // why no more are made
	moved chan struct{} // closed when at or err changes
}

// idleTime is how long the folder of the copies stays open with nothing to do.
const idleTime = time.Second

// settleBytes is how much is copied between two records of the position: as
// much as one value log takes, which is synced then anyway.
const settleBytes = sessionBytes

func startCopier(c *Case) *copier {
	ctx, quit := context.WithCancel(context.Background())
	k := &copier{
		c: c, fresh: c.Len(), quit: quit,
		wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{}), moved: make(chan struct{}),
	}
	k.more()
	go k.run(ctx)
	return k
}

// more tells the copier that items were added.
func (k *copier) more() {
	select {
	case k.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// finish waits until all items there are have their copies, or copying failed.
func (k *copier) finish() error {
	k.once.Do(func() { close(k.stop) })
	<-k.done
	k.quit()
	k.mu.Lock()
	defer k.mu.Unlock()
	if errors.Is(k.err, context.Canceled) {
		return nil // it was told to end
	}
	return k.err
}

// abort ends the copying at the item at hand.
func (k *copier) abort() {
	k.quit()
	k.once.Do(func() { close(k.stop) })
	<-k.done
}

func (k *copier) run(ctx context.Context) {
	defer close(k.done)
	if err := k.begin(); err != nil {
		k.fail(err)
		return
	}
	if ok, _ := k.c.writable(); !ok {
		<-k.stop
		return
	}
	tick := time.NewTimer(idleTime)
	for {
		var err error
		stopped := false
		select {
		case <-k.wake:
			err = k.follow(ctx)
			tick.Reset(idleTime)
		case <-tick.C:
			if k.place() < k.c.Len() {
				err = k.follow(ctx)
				tick.Reset(idleTime)
			} else {
				err = k.c.copies.rest()
			}
		case <-k.stop:
			err = k.follow(ctx)
			stopped = true
		}
		if stopped || err != nil {
			k.fail(errors.Join(err, k.c.copies.rest()))
			return
		}
	}
}

func (k *copier) begin() error {
	if k.c.Len() == 0 {
		return nil
	}
	at, err := k.c.position()
	k.move(min(at, k.c.Len()), err)
	return err
}

func (k *copier) fail(err error) { k.move(k.place(), err) }

func (k *copier) place() int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.at
}

func (k *copier) move(at int64, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.at, k.err = at, err
	close(k.moved)
	k.moved = make(chan struct{})
}

// restart makes the copier begin again, if it had begun.
func (k *copier) restart() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.at == 0 {
		return false
	}
	k.at = 0
	k.again.Store(true)
	return true
}

// settle waits until every item there is has its copy. In a case that cannot be
// written it does not wait.
func (k *copier) settle(ctx context.Context, progress Progress) error {
	k.more()
	for {
		if ok, _ := k.c.writable(); !ok {
			return nil
		}
		k.mu.Lock()
		at, err, moved := k.at, k.err, k.moved
		k.mu.Unlock()
		if progress != nil {
			progress(at, k.c.Len(), "second copies")
		}
		if err != nil || at >= k.c.Len() {
			return err
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// follow copies up to the last item there is.
func (k *copier) follow(ctx context.Context) error {
	var since int64
	for n := k.next(k.place()); n <= k.c.Len(); n = k.next(n) {
		if err := ctx.Err(); err != nil {
			return err
		}
		size, err := k.copy(ctx, n)
		if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
		if !k.again.Load() {
			k.move(n, nil)
		}
		if since += size; since > settleBytes {
			since = 0
			if err := k.c.setPosition(n); err != nil {
				return err
			}
		}
	}
	if since == 0 {
		return nil
	}
	return k.c.setPosition(k.place())
}

// next gives the item after n, or the first when the copies were lost.
func (k *copier) next(n int64) int64 {
	if k.again.Swap(false) {
		return 1
	}
	return n + 1
}

// copy makes the second copy of an item's original, if it is to have one and
// has none. A file that is damaged is not copied; the next check speaks of it.
func (k *copier) copy(ctx context.Context, n int64) (int64, error) {
	it, err := k.c.Item(n)
	if err != nil {
		return 0, err
	}
	at, err := k.c.records.original(it.Hash)
	if err != nil {
		return 0, err
	}
	if at.Gone || at.Sealed > CopyLimit {
		return 0, nil
	}
	first := len(at.Items) == 1 // no other item can have been copied before
	if n <= k.fresh || !first {
		if there, err := k.c.copies.has(at); there || err != nil {
			return 0, err
		}
	}
	if n <= k.fresh {
		if err := k.c.originals.verifyFile(ctx, at, it.Hash); err != nil {
			return 0, ctx.Err()
		}
	}
	return at.Sealed, k.c.copyOriginal(at, it.Hash)
}

// copyOriginal puts the sealed file of an original into the copies, unless it
// was deleted meanwhile.
func (c *Case) copyOriginal(at placed, h Hash) error {
	c.erasing.RLock()
	defer c.erasing.RUnlock()
	now, err := c.records.original(h)
	if err != nil || now.Gone {
		return err
	}
	f, err := c.fs.Open(c.originals.path(at.File))
	if err != nil {
		return err
	}
	err = c.copies.put(at, f)
	return errors.Join(err, f.Close())
}

// A copied record tells up to which item the copies are complete. It is
// written only after those were synced.
type copied struct {
	Item int64 `json:"item"`
}

// positions is the store for that one record.
func (c *Case) positions() *Store { return &Store{c, "\x00copied"} }

func (c *Case) position() (int64, error) {
	if there, err := c.copies.engine.there(); !there {
		return 0, err
	}
	data, err := c.positions().Get(nil)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return 0, nil // copies that are there are seen as the items are gone through
	}
	if err != nil {
		return 0, err
	}
	var pos copied
	err = json.Unmarshal(data, &pos)
	return pos.Item, err
}

// copiesEmptied makes the copier begin again.
func (c *Case) copiesEmptied() error {
	if k := c.copier.Load(); k != nil && k.restart() {
		k.more()
	}
	return c.putPosition(0)
}

func (c *Case) setPosition(item int64) error {
	if err := c.copies.sync(); err != nil {
		return err
	}
	return c.putPosition(item)
}

func (c *Case) putPosition(item int64) error {
	data, err := json.Marshal(copied{item})
	if err != nil {
		return err
	}
	return c.positions().Put(nil, data)
}
