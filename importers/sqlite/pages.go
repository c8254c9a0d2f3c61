package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"daybook/importers"
)

const (
	magic      = "SQLite format 3\x00"
	headerSize = 100
)

// Is tells a database by its first bytes.
func Is(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }

// header is what the first page says of the file. See the "SQLite Database File
// Format", section 1.3.
type header struct {
	pageSize int64
	pages    int64 // 0: the header does not say
}

var errHeader = errors.New("its first bytes are not those of a SQLite database")

func readHeader(r io.ReaderAt) (header, error) {
	var b [headerSize]byte
	if n, err := r.ReadAt(b[:], 0); n < headerSize {
		if err == nil || errors.Is(err, io.EOF) {
			err = importers.ErrNotMine
		}
		return header{}, fmt.Errorf("the header of %d bytes is not whole: %w", headerSize, err)
	}
	h := header{pageSize: int64(binary.BigEndian.Uint16(b[16:]))}
	if h.pageSize == 1 {
		h.pageSize = 64 << 10
	}
	if !Is(b[:]) || h.pageSize < 512 || h.pageSize&(h.pageSize-1) != 0 {
		return header{}, fmt.Errorf("%w: %w", importers.ErrNotMine, errHeader)
	}
	if binary.BigEndian.Uint32(b[24:]) == binary.BigEndian.Uint32(b[92:]) { // else the number of pages is of another time
		h.pages = int64(binary.BigEndian.Uint32(b[28:]))
	}
	return h, nil
}

// pages are the bytes of one state of a database: those of its file, with the
// pages of the log laid over them, and without the mark that a log is in use.
type pages struct {
	file     io.ReaderAt
	log      io.ReaderAt
	pageSize int64
	size     int64
	over     map[int64]int64 // where in the log a page stands, by its number from 0
	failed   error           // why a page could not be read
}

// ReadAt is that of io.ReaderAt. What lies past the end of a file that is cut
// off reads as zeros, which the engine takes for a damaged page.
func (p *pages) ReadAt(b []byte, off int64) (n int, err error) {
	for n < len(b) && off < p.size {
		page := off / p.pageSize
		part := b[n:min(int64(len(b)), int64(n)+(page+1)*p.pageSize-off)]
		if err := p.read(part, page, off); err != nil {
			p.failed = err
			return n, err
		}
		n, off = n+len(part), off+int64(len(part))
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// read fills a part of one page.
func (p *pages) read(b []byte, page, off int64) error {
	r, at := p.file, off
	if frame, ok := p.over[page]; ok {
		r, at = p.log, frame+off-page*p.pageSize
	}
	n, err := r.ReadAt(b, at)
	if n < len(b) && err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	clear(b[n:])
	if page == 0 {
		for _, version := range []int64{18, 19} { // 2 stands for a log, 1 for none
			if i := version - off; i >= 0 && i < int64(len(b)) && b[i] == 2 {
				b[i] = 1
			}
		}
	}
	return nil
}

const (
	blockSize = 64 << 10 // what the store opens at a time
	blocks    = 128
)

// cached keeps the blocks of a stored original that were read last: each is
// decrypted whole, and a database is read here and there.
type cached struct {
	r     io.ReaderAt
	at    map[int64][]byte
	order []int64 // the oldest first
}

func cache(r io.ReaderAt) *cached { return &cached{r: r, at: map[int64][]byte{}} }

func (c *cached) ReadAt(b []byte, off int64) (n int, err error) {
	for n < len(b) {
		block, err := c.block(off / blockSize)
		if err != nil {
			return n, err
		}
		from := off % blockSize
		if from >= int64(len(block)) {
			return n, io.EOF
		}
		m := copy(b[n:], block[from:])
		n, off = n+m, off+int64(m)
	}
	return n, nil
}

func (c *cached) block(i int64) ([]byte, error) {
	if b, ok := c.at[i]; ok {
		return b, nil
	}
	var b []byte
	if len(c.order) == blocks {
		b = c.at[c.order[0]]
		delete(c.at, c.order[0])
		c.order = append(c.order[:0], c.order[1:]...)
	}
	if cap(b) < blockSize {
		b = make([]byte, blockSize)
	}
	n, err := c.r.ReadAt(b[:blockSize], i*blockSize)
	if n == 0 && err != nil {
		return nil, err
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	c.at[i] = b[:n]
	c.order = append(c.order, i)
	return c.at[i], nil
}
