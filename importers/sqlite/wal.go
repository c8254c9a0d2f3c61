package sqlite

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The write-ahead log: "SQLite Database File Format", section 4.
const (
	logHeader   = 32
	frameHeader = 24
	logMagic    = 0x377f0682 // the last bit says that sums are big-endian
	logVersion  = 3007000
)

// log is what the committed part of a write-ahead log holds.
type log struct {
	over   map[int64]int64 // where the last committed form of a page stands, by its number from 0
	pages  int64           // of the database after the last commit
	frames int             // committed
	behind int64           // bytes after the last commit
}

var errLog = errors.New("the write-ahead log has no whole header")

// readLog goes through a log as SQLite does: up to the first frame whose salt
// or sum is wrong, and back to the last that ends a commit.
func readLog(ctx context.Context, r io.ReaderAt, size, pageSize int64) (*log, error) {
	var h [logHeader]byte
	if n, err := r.ReadAt(h[:], 0); n < logHeader {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, errLog
	}
	word := binary.BigEndian.Uint32
	sum := checksum{order: binary.LittleEndian}
	if word(h[:])&1 == 1 {
		sum.order = binary.BigEndian
	}
	sum.add(h[:24])
	switch {
	case word(h[:])&^1 != logMagic || word(h[4:]) != logVersion || !sum.is(h[24:]):
		return nil, errLog
	case int64(word(h[8:])) != pageSize:
		return nil, fmt.Errorf("the write-ahead log has pages of %d bytes, the database of %d", word(h[8:]), pageSize)
	}
	l := &log{over: map[int64]int64{}, behind: size - logHeader}
	frame := make([]byte, frameHeader+pageSize)
	open := map[int64]int64{} // of the commit that has not ended
	for at := int64(logHeader); at+int64(len(frame)) <= size; at += int64(len(frame)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if n, err := r.ReadAt(frame, at); n < len(frame) {
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			break
		}
		sum.add(frame[:8])
		sum.add(frame[frameHeader:])
		page, commit := int64(word(frame)), int64(word(frame[4:]))
		if page == 0 || string(frame[8:16]) != string(h[16:24]) || !sum.is(frame[16:]) {
			break
		}
		open[page-1] = at + frameHeader
		if commit == 0 {
			continue
		}
		for page, at := range open {
			l.over[page] = at
		}
		clear(open)
		l.pages, l.frames = commit, int((at-logHeader)/int64(len(frame)))+1
		l.behind = size - at - int64(len(frame))
	}
	return l, nil
}

// checksum is the running sum of a log.
type checksum struct {
	order  binary.ByteOrder
	s0, s1 uint32
}

func (c *checksum) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		c.s0 += c.order.Uint32(b) + c.s1
		c.s1 += c.order.Uint32(b[4:]) + c.s0
	}
}

func (c *checksum) is(b []byte) bool {
	return c.s0 == binary.BigEndian.Uint32(b) && c.s1 == binary.BigEndian.Uint32(b[4:])
}
