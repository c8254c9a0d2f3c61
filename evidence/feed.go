package evidence

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
)

// blockLen is how much is read, hashed and sealed at a time.
const blockLen = 256 << 10

// blockCount is how many blocks a batch has. They are more than the files in
// flight: each of these may hold one that its source is slow to fill, and the
// others go on.
const blockCount = inFlight + 16

// newBlocks gives the blocks of a batch; memory is taken when one is first used.
func newBlocks() chan []byte {
	blocks := make(chan []byte, blockCount)
	for range blockCount {
		blocks <- nil
	}
	return blocks
}

// A feed carries a file, block by block, from where it is read to where it is
// sealed, so that the next file can be read while this one is sealed. How far
// the reading may be ahead is bounded by the blocks of the batch.
type feed struct {
	blocks chan []byte   // those that are free
	filled chan []byte   // in their order; closed at the end of the file
	held   []byte        // the one that next gave last
	err    error         // why the reading ended early, when filled is closed
	gone   chan struct{} // closed when no more are wanted
}

func newFeed(blocks chan []byte) *feed {
	return &feed{blocks: blocks, filled: make(chan []byte, blockCount), gone: make(chan struct{})}
}

// read reads r to its end and tells whether it came there. A file has one block
// at least, and all but the last are full.
func (f *feed) read(ctx context.Context, r io.Reader) bool {
	defer close(f.filled)
	for {
		var block []byte
		select {
		case block = <-f.blocks:
		case <-f.gone:
			return false
		case <-ctx.Done():
			f.err = ctx.Err()
			return false
		}
		block, err := readBlock(r, block)
		if err != nil && err != io.EOF {
			f.err = err
			f.blocks <- block
			return false
		}
		f.filled <- block
		if err == io.EOF {
			return true
		}
	}
}

// next gives the next block, or io.EOF after the last one of a file that was
// read to its end. The block before it is used no more.
func (f *feed) next() ([]byte, error) {
	if f.held != nil {
		f.blocks <- f.held
	}
	f.held = <-f.filled
	switch {
	case f.held != nil:
		return f.held, nil
	case f.err != nil:
		return nil, f.err
	}
	return nil, io.EOF
}

// end takes back all there are, and ends the reading if it goes on still.
func (f *feed) end() {
	close(f.gone)
	if f.held != nil {
		f.blocks <- f.held
	}
	for block := range f.filled {
		f.blocks <- block
	}
}

// readBlock fills a block from r; io.EOF says that r ended in order, with it. A
// source that panics has failed: the items behind it must not wait for it for
// ever.
func readBlock(r io.Reader, block []byte) (_ []byte, err error) {
	if block == nil {
		block = make([]byte, blockLen)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read: panic: %v\n%s", p, debug.Stack())
		}
	}()
	n, err := fill(r, block[:blockLen])
	if err != nil && err != io.EOF {
		err = fmt.Errorf("read: %w", err)
	}
	return block[:n], err
}

// fill reads until b is full. Unlike io.ReadFull it keeps a source that ends
// in order (io.EOF) apart from one that was cut off (io.ErrUnexpectedEOF).
func fill(r io.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var m int
		m, err = r.Read(b[n:])
		n += m
	}
	if n == len(b) {
		return n, nil
	}
	return n, err
}
