package importers

import (
	"archive/zip"
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
)

// cutZip is a zip whose list of members, at its end, is missing or damaged. Its
// members are found one after the other by the headers before them, up to the
// first that is not whole; of one in which the zip ends, its beginning is given.
type cutZip struct {
	r      io.ReaderAt
	size   int64
	limits Limits
	cause  error
}

const (
	localMagic  = "PK\x03\x04"
	localSize   = 30
	cutZipNote  = "found in a zip whose list of members is missing; its check sum is right"
	cutPartNote = "the beginning of a file alone: the zip that it was in is cut off inside it"
	hasTrailer  = 1 << 3 // the sizes follow the data
	isEncrypted = 1 << 0
)

// A localHeader is what stands before a member.
type localHeader struct {
	flags, method uint16
	crc           uint32
	packed, size  int64
	large         bool // sizes have eight bytes
	member        member
}

func openCutZip(r io.ReaderAt, size int64, limits Limits, cause error) (container, error) {
	first, err := readLocal(bufio.NewReader(io.NewSectionReader(r, 0, size)))
	if err == nil && isDocument(first.member.path, 0) {
		return nil, nil
	}
	return &cutZip{r, size, limits, cause}, nil
}

func (c *cutZip) walk(ctx context.Context, visit visitor) error {
	counted := &counter{r: io.NewSectionReader(c.r, 0, c.size)}
	b := bufio.NewReaderSize(counted, 64<<10)
	left := c.limits.Bytes
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := readLocal(b)
		if err == nil && n == c.limits.Members {
			err = fmt.Errorf("holds more than %d members: %w", n, errLimit)
		}
		var out int64
		if err == nil {
			out, err = c.visit(ctx, b, counted.n-int64(b.Buffered()), h, left, visit)
		}
		if stop := (stopped{}); errors.As(err, &stop) {
			return stop.error
		}
		if err != nil {
			return c.ends(n, err)
		}
		left -= out
	}
}

// ends says how far the zip could be read.
func (c *cutZip) ends(n int, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("it ends there")
	}
	read := "none of its files could be read:"
	switch {
	case n == 1:
		read = "the first of its files was read, and then"
	case n > 1:
		read = fmt.Sprintf("the first %d of its files were read, and then", n)
	}
	return fmt.Errorf("this zip is cut off or damaged (%w): %s %w; it is kept as it is, so try to copy it again from where it came", c.cause, read, err)
}

// stopped is an error of the visitor, as against one of the zip.
type stopped struct{ error }

// readLocal reads the header of the next member.
func readLocal(b *bufio.Reader) (localHeader, error) {
	var raw [localSize]byte
	if _, err := io.ReadFull(b, raw[:]); err != nil {
		return localHeader{}, err
	}
	if string(raw[:4]) != localMagic {
		return localHeader{}, errors.New("no other member follows")
	}
	le := binary.LittleEndian
	h := localHeader{flags: le.Uint16(raw[6:]), method: le.Uint16(raw[8:]), crc: le.Uint32(raw[14:]),
		packed: int64(le.Uint32(raw[18:])), size: int64(le.Uint32(raw[22:]))}
	rest := make([]byte, int(le.Uint16(raw[26:]))+int(le.Uint16(raw[28:])))
	if _, err := io.ReadFull(b, rest); err != nil {
		return localHeader{}, err
	}
	name, extra := rest[:le.Uint16(raw[26:])], rest[le.Uint16(raw[26:]):]
	h.member = member{path: labelName(string(name)), note: cutZipNote, modified: dosTime(le.Uint16(raw[12:]), le.Uint16(raw[10:])), wall: true}
	h.fields(extra)
	return h, nil
}

// fields takes the large sizes and the time in UTC from the extra fields.
func (h *localHeader) fields(extra []byte) {
	le := binary.LittleEndian
	for len(extra) >= 4 {
		tag, n := le.Uint16(extra), min(int(le.Uint16(extra[2:])), len(extra)-4)
		field := extra[4 : 4+n]
		switch {
		case tag == 1 && n >= 16:
			h.size, h.packed, h.large = int64(le.Uint64(field)), int64(le.Uint64(field[8:])), true
		case tag == 0x5455 && n >= 5 && field[0]&1 != 0:
			h.member.modified, h.member.wall = time.Unix(int64(int32(le.Uint32(field[1:]))), 0).UTC(), false
		case tag == 0x000a && n >= 8+24 && le.Uint16(field[4:]) == 1:
			const epoch = 11_644_473_600 // seconds from 1601 to 1970
			ticks := le.Uint64(field[8:])
			h.member.modified, h.member.wall = time.Unix(int64(ticks/1e7)-epoch, int64(ticks%1e7)*100).UTC(), false
		}
		extra = extra[4+n:]
	}
}

func dosTime(date, clock uint16) time.Time {
	if date == 0 {
		return time.Time{}
	}
	return time.Date(int(date>>9)+1980, time.Month(date>>5&15), int(date&31), int(clock>>11), int(clock>>5&63), int(clock&31)*2, 0, time.UTC)
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// visit visits the member whose data begin at a byte, where b stands. Afterwards b
// stands at what follows it.
func (c *cutZip) visit(ctx context.Context, b *bufio.Reader, at int64, h localHeader, left int64, visit visitor) (int64, error) {
	data, packed, err := h.open(b)
	if err != nil {
		return 0, fmt.Errorf("%s %w", h.member.path, err)
	}
	whole := c.counted(h, &checked{r: data, b: b, h: h, sum: crc32.NewIEEE()}, left)
	if part, err := c.endsIn(ctx, at, h, left); err != nil {
		return 0, err
	} else if part {
		h.member.size, h.member.note, h.member.part = -1, cutPartNote, true
		if err := visit(h.member, c.counted(h, &UntilBroken{R: data}, left), nil); err != nil {
			return 0, stopped{err}
		}
		return 0, io.ErrUnexpectedEOF
	}
	if !strings.HasSuffix(h.member.path, "/") {
		h.member.size = -1
		if err := visit(h.member, whole, nil); err != nil {
			return 0, stopped{err}
		}
	}
	if _, err := io.Copy(io.Discard, whole); err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, packed) // what the data did not need
	return whole.out, err
}

// counted reads a member within the limits.
func (c *cutZip) counted(h localHeader, r io.Reader, left int64) *ratio {
	return &ratio{r: r, packed: cmp.Or(h.packed, c.size), most: left, ratio: c.limits.Ratio, subject: "the member " + h.member.path}
}

// endsIn tells whether the zip ends inside a member of which there is something.
// Where the sizes follow the data, only reading it shows that.
func (c *cutZip) endsIn(ctx context.Context, at int64, h localHeader, left int64) (bool, error) {
	if h.flags&hasTrailer == 0 && at+h.packed <= c.size {
		return false, nil
	}
	b := bufio.NewReader(UntilDone(ctx, io.NewSectionReader(c.r, at, c.size-at)))
	data, _, err := h.open(b)
	if err != nil {
		return false, err
	}
	n, err := io.Copy(io.Discard, c.counted(h, &checked{r: data, b: b, h: h, sum: crc32.NewIEEE()}, left))
	return n > 0 && errors.Is(err, io.ErrUnexpectedEOF), ctx.Err()
}

// open gives the unpacked bytes of a member, and the packed ones as far as it is
// known where they end.
func (h localHeader) open(b *bufio.Reader) (data, packed io.Reader, err error) {
	packed = io.LimitReader(b, h.packed)
	trailed := h.flags&hasTrailer != 0
	switch {
	case h.flags&isEncrypted != 0:
		return nil, nil, errEncrypted
	case h.method == zip.Store && !trailed:
		return packed, packed, nil
	case h.method == zip.Deflate && !trailed:
		return flate.NewReader(bufio.NewReader(packed)), packed, nil
	case h.method == zip.Deflate: // it knows its own end and reads no further
		return flate.NewReader(b), strings.NewReader(""), nil
	}
	return nil, nil, errors.New("is packed in a way whose end cannot be told without the list")
}

// checked compares a member at its end with what is said of it.
type checked struct {
	r    io.Reader
	b    *bufio.Reader
	h    localHeader
	sum  hash.Hash32
	out  int64
	done error
}

func (c *checked) Read(p []byte) (int, error) {
	if c.done != nil {
		return 0, c.done
	}
	n, err := c.r.Read(p)
	c.sum.Write(p[:n])
	c.out += int64(n)
	if err == io.EOF {
		err = c.end()
	}
	c.done = err
	return n, err
}

// end reads the sizes behind the data, if they stand there, and compares.
func (c *checked) end() error {
	h := &c.h
	if h.flags&hasTrailer != 0 {
		if err := h.trailer(c.b); err != nil {
			return err
		}
	}
	if c.out != h.size || c.sum.Sum32() != h.crc {
		if c.out < h.size {
			return io.ErrUnexpectedEOF
		}
		return zip.ErrChecksum
	}
	return io.EOF
}

func (h *localHeader) trailer(b *bufio.Reader) error {
	le := binary.LittleEndian
	if magic, err := b.Peek(4); err == nil && string(magic) == "PK\x07\x08" {
		if _, err := b.Discard(4); err != nil {
			return err
		}
	}
	raw := make([]byte, 12)
	if h.large {
		raw = make([]byte, 20)
	}
	if _, err := io.ReadFull(b, raw); err != nil {
		return io.ErrUnexpectedEOF
	}
	h.crc, h.size = le.Uint32(raw), int64(le.Uint32(raw[8:]))
	if h.large {
		h.size = int64(le.Uint64(raw[12:]))
	}
	return nil
}
