package photo

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// maxProbe is how much of a file is read for its metadata, by each reader.
const maxProbe = 1 << 20

var (
	errBudget = errors.New("its metadata is larger than is read")
	errCut    = errors.New("the file ends too early")
)

// probe reads a file in pieces within a budget. It never allocates more than
// the file really holds.
type probe struct {
	at   io.ReaderAt
	size int64
	left int64
}

// read gives n bytes from off on; errCut when the file ends before.
func (p *probe) read(off, n int64) ([]byte, error) {
	if off < 0 || n < 0 || off > p.size || n > p.size-off {
		return nil, errCut
	}
	if n > p.left {
		return nil, errBudget
	}
	p.left -= n
	b := make([]byte, n)
	if _, err := p.at.ReadAt(b, off); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

// upTo gives at most n bytes from off on.
func (p *probe) upTo(off, n int64) ([]byte, error) {
	return p.read(off, max(0, min(n, p.size-off)))
}

// section reads on with a budget of its own, for readers that are not ours.
func (p *probe) section() *io.SectionReader {
	return io.NewSectionReader(&metered{p.at, maxProbe}, 0, p.size)
}

// metered is a ReaderAt that stops after so many bytes.
type metered struct {
	at   io.ReaderAt
	left int64
}

func (m *metered) ReadAt(p []byte, off int64) (int, error) {
	if m.left -= int64(len(p)); m.left < 0 {
		return 0, errBudget
	}
	return m.at.ReadAt(p, off)
}

// maxText is how much of one text is kept.
const maxText = 4 << 10

// clean makes text fit to be kept: without the NULs and blanks around it,
// valid UTF-8 (what is not is read as Latin-1), and not endless.
func clean(s string) string {
	s = strings.Trim(s, " \t\r\n\x00")
	if !utf8.ValidString(s) {
		s = latin1([]byte(s))
	}
	s = strings.ReplaceAll(s, "\x00", "")
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "")
	}
	return s
}

func latin1(b []byte) string {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return string(r)
}

func be16(b []byte) int { return int(binary.BigEndian.Uint16(b)) }

func be32(b []byte) int64 { return int64(binary.BigEndian.Uint32(b)) }

func le32(b []byte) int64 { return int64(binary.LittleEndian.Uint32(b)) }
