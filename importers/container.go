package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Limits bound what a container may cost. A container beyond one of them is
// kept, its members up to there are kept, and the reason is stated.
type Limits struct {
	Members int   // in one container
	Bytes   int64 // unpacked, in one container
	Ratio   int64 // unpacked to packed, once RatioFrom bytes have come out
	Depth   int   // items within items
}

// RatioFrom is how much may come out of a member before its ratio counts:
// small files of one letter pack very well.
const RatioFrom = 10 << 20

// DefaultLimits follow the sizes of the largest real exports (some hundred
// thousand small files, tens of gigabytes).
var DefaultLimits = Limits{Members: 200_000, Bytes: 64 << 30, Ratio: 200, Depth: 3}

// A member is one file inside a container, as the container names it.
type member struct {
	path     string // as it came, decoded to UTF-8; a label, never a place on disk
	size     int64  // as the container says; -1 when it does not
	modified time.Time
	wall     bool   // modified is what a clock showed, of a zone that is not said
	note     string // what is to be said of how it was found
	part     bool   // its beginning alone: the container ends inside it
}

// A visitor takes a member: it reads r to its end or leaves it. problem is set,
// and r nil, for a member that cannot be read. Its error ends the container.
type visitor func(m member, r io.Reader, problem error) error

// A container visits every member in its own order.
type container interface {
	walk(ctx context.Context, visit visitor) error
}

type readerAt interface {
	io.Reader
	io.ReaderAt
}

// errLimit marks an error that ends a container, and nothing else.
var errLimit = errors.New("limit")

// openContainer tells by the first bytes whether a file holds other files and
// opens it. A nil container and a nil error: it is no container.
func openContainer(name string, head []byte, r readerAt, size int64, limits Limits) (container, error) {
	switch {
	case isZip(head):
		return openZip(r, size, limits)
	case isGzip(head):
		return &gzContainer{name: name, r: io.NewSectionReader(r, 0, size), packed: size, limits: limits}, nil
	case isTar(head):
		return &tarContainer{r: io.NewSectionReader(r, 0, size), packed: size, limits: limits}, nil
	}
	for magic, kind := range unopened {
		if bytes.HasPrefix(head, []byte(magic)) {
			return nil, fmt.Errorf("is %s, which is not opened here; it is kept as it is, so unpack it and add what is in it", kind)
		}
	}
	return nil, nil
}

// unopened are the archives that are only known by sight.
var unopened = map[string]string{
	"7z\xbc\xaf\x27\x1c": "a 7z archive",
	"Rar!\x1a\x07":       "a RAR archive",
	"\xfd7zXZ\x00":       "a file packed with xz",
	"BZh91AY&SY":         "a file packed with bzip2",
	"\x28\xb5\x2f\xfd":   "a file packed with zstd",
}

// looksLikeContainer tells whether openContainer would have something to say.
func looksLikeContainer(head []byte) bool {
	if isZip(head) || isGzip(head) || isTar(head) {
		return true
	}
	for magic := range unopened {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return false
}

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte(localMagic)) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}) }

func isTar(head []byte) bool {
	return len(head) >= 512 && bytes.HasPrefix(head[257:], []byte("ustar"))
}

// plausible gives a size that a container claims for what is packed into so
// many bytes, or -1 when no honest file has it: room is asked for by it.
func (l Limits) plausible(size, packed int64) int64 {
	if size < 0 || size > l.Bytes || size > RatioFrom && size/max(packed, 1) > l.Ratio {
		return -1
	}
	return size
}

// ratio counts what comes out of a member, or a container, and stops a bomb
// by what really flows, not by what the headers claim.
type ratio struct {
	r       io.Reader
	out     int64
	packed  int64
	most    int64 // of the whole container: beyond it the container ends
	ratio   int64
	subject string
}

func (c *ratio) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.out += int64(n)
	if c.out > c.most {
		return 0, fmt.Errorf("%s unpacks to more than %d bytes, so unpacking stopped there: %w", c.subject, c.most, errLimit)
	}
	if c.out > RatioFrom && c.packed > 0 && c.out/c.packed > c.ratio {
		return 0, fmt.Errorf("%s unpacks to more than %d times its size, as no honest file does, so it was not unpacked", c.subject, c.ratio)
	}
	return n, err
}

// labelName gives a name in UTF-8; what is none is read as code page 437, as
// zips without the UTF-8 mark have it.
func labelName(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	out, err := charmap.CodePage437.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return out
}
