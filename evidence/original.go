package evidence

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
)

// An Original reads the bytes of an original as they came. Every 64 KiB are
// authenticated before they are given out. When the sealed file is damaged or
// missing, reading goes on from the second copy, and the file is healed from
// it if the case can be written. ReadAt may be called by several goroutines.
type Original struct {
	c    *Case
	hash Hash
	at   placed

	mu     sync.RWMutex
	plain  io.ReaderAt
	source io.Closer // nil when reading from the second copy
	closed bool

	pos int64
	buf *bufio.Reader
}

// Original opens an original for reading.
func (c *Case) Original(h Hash) (*Original, error) {
	at, err := c.records.original(h)
	if err != nil {
		return nil, err
	}
	if at.Gone {
		return nil, fmt.Errorf("original %s: %w", h, ErrDeleted)
	}
	o := &Original{c: c, hash: h, at: at}
	if err := o.openFile(); err != nil {
		if err := o.fallBack(err); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o *Original) openFile() error {
	f, plain, err := o.c.originals.open(o.at)
	if err != nil {
		return err
	}
	o.source, o.plain = f, plain
	return nil
}

// fallBack turns to the second copy because of cause. The file is healed when
// it may be written; healed or not, reading goes on.
func (o *Original) fallBack(cause error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return cause
	}
	if o.plain != nil && o.source == nil {
		return fmt.Errorf("original %s: second copy: %w: %w", o.hash, ErrDamaged, cause)
	}
	if o.source != nil {
		cause = errors.Join(cause, o.source.Close())
		o.source, o.plain = nil, nil
	}
	if writable, _ := o.c.writable(); writable {
		err := o.c.heal(context.Background(), o.hash, o.at, cause)
		if err == nil && o.openFile() == nil {
			return nil
		}
	}
	plain, err := o.c.originals.unseal(o.c.copies.reader(o.at), o.at)
	if err != nil {
		return fmt.Errorf("original %s: %w: %w (second copy: %w)", o.hash, ErrDamaged, cause, err)
	}
	o.plain = plain
	return nil
}

// Size is the number of bytes.
func (o *Original) Size() int64 { return o.at.Size }

// ReadAt is io.ReaderAt.
func (o *Original) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, fmt.Errorf("original %s: offset %d", o.hash, off)
	}
	if off >= o.at.Size {
		return 0, io.EOF
	}
	short := int64(len(p)) > o.at.Size-off
	if short {
		p = p[:o.at.Size-off]
	}
	n, err := o.read(p, off)
	if err != nil {
		if err = o.fallBack(err); err == nil {
			n, err = o.read(p, off)
		}
	}
	if err == nil && short {
		err = io.EOF
	}
	return n, err
}

// read fills p, which lies within the original.
func (o *Original) read(p []byte, off int64) (int, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if o.closed {
		return 0, fmt.Errorf("original %s: %w", o.hash, fs.ErrClosed)
	}
	n, err := o.plain.ReadAt(p, off)
	if n == len(p) {
		err = nil
	}
	return n, err
}

// readAhead is how much is read at once where little is asked for.
const readAhead = 256 << 10

// Read is io.Reader.
func (o *Original) Read(p []byte) (int, error) {
	if o.buf == nil && len(p) >= readAhead { // who reads in large steps needs no buffer
		return cursor{o}.Read(p)
	}
	if o.buf == nil {
		o.buf = bufio.NewReaderSize(cursor{o}, int(min(o.at.Size, readAhead)))
	}
	return o.buf.Read(p)
}

// cursor reads on from an original's position, in large steps.
type cursor struct{ o *Original }

func (c cursor) Read(p []byte) (int, error) {
	n, err := c.o.ReadAt(p, c.o.pos)
	c.o.pos += int64(n)
	return n, err
}

// Seek is io.Seeker.
func (o *Original) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += o.pos
		if o.buf != nil {
			offset -= int64(o.buf.Buffered())
		}
	case io.SeekEnd:
		offset += o.at.Size
	default:
		return 0, fmt.Errorf("original %s: seek from %d", o.hash, whence)
	}
	if offset < 0 {
		return 0, fmt.Errorf("original %s: seek to %d", o.hash, offset)
	}
	o.pos, o.buf = offset, nil
	return offset, nil
}

// Close ends the reading.
func (o *Original) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	if o.source == nil {
		return nil
	}
	err := o.source.Close()
	o.source = nil
	return err
}
