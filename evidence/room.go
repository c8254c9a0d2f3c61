package evidence

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"daybook/evidence/disk"
)

// reserveSize is the ballast file: given up when the disk is full, so that
// what is under way can still be ended in order.
const reserveSize = 32 << 20

// room watches the free space of the volume that holds the case.
type room struct {
	fs  disk.FS
	dir string
	mu  sync.Mutex // one makes or gives up the reserve

	asking sync.Mutex
	seen   uint64    // free, as it was seen last, less what was asked for since
	at     time.Time // … and when
}

// seenFor is how long a look at the free space holds for small requests.
const seenFor = 50 * time.Millisecond

// need fails with ErrFull when fewer than n bytes are free. The reserve is
// given up first.
func (r *room) need(n uint64, what string) error {
	free, err := r.fs.Free(r.dir)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if free >= n {
		return nil
	}
	if free+reserveSize >= n {
		if err := r.release(); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if free, err = r.fs.Free(r.dir); err == nil && free >= n {
			return nil
		}
	}
	return fmt.Errorf("%s: %w (%s)", what, ErrFull, figures(free, n))
}

// figures tells how much is free and how much of it n is.
func figures(free, n uint64) string {
	return fmt.Sprintf("%d MB are free, %d MB are needed", free>>20, (n+1<<20-1)>>20)
}

// ask is need without touching the reserve: for work that can be refused. Of
// many small requests in a short time it looks at the disk for the first.
func (r *room) ask(n uint64, what string) error {
	r.asking.Lock()
	defer r.asking.Unlock()
	if spare := n + writeMargin; r.seen > spare && time.Since(r.at) < seenFor {
		r.seen -= n
		return nil
	}
	free, err := r.fs.Free(r.dir)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	r.seen, r.at = free, time.Now()
	if free < n {
		return fmt.Errorf("%s: %w (%s)", what, ErrFull, figures(free, n))
	}
	return nil
}

func (r *room) reserve() string { return filepath.Join(r.dir, "reserve") }

func (r *room) release() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.fs.Remove(r.reserve())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// keep makes the reserve when it is missing and there is ample room for it.
// Without room there is none: that is no error, the next opening tries again.
func (r *room) keep() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if st, err := r.fs.Stat(r.reserve()); err == nil && st.Size() == reserveSize {
		return nil
	}
	free, err := r.fs.Free(r.dir)
	if err != nil || free < 4*reserveSize {
		return err
	}
	if err := r.fs.Remove(r.reserve()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reserve: %w", err)
	}
	return r.fill()
}

func (r *room) fill() error {
	anyKey, err := aes.NewCipher(make([]byte, 16))
	if err != nil {
		return fmt.Errorf("reserve: %w", err)
	}
	noise := cipher.NewCTR(anyKey, make([]byte, aes.BlockSize)) // so that no file system compresses it away
	f, err := r.fs.Create(r.reserve())
	if err != nil {
		return fmt.Errorf("reserve: %w", err)
	}
	block := make([]byte, 4<<20)
	for n := 0; n < reserveSize && err == nil; n += len(block) {
		noise.XORKeyStream(block, block)
		_, err = f.Write(block)
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return errors.Join(fmt.Errorf("reserve: %w", err), r.fs.Remove(r.reserve()))
	}
	return nil
}
