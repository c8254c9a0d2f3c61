package photo

import (
	"errors"
	"fmt"
)

// An ISO base media file (MP4, MOV, HEIC) is a tree of boxes: four bytes of
// size, four of kind, and what they hold. A size of 1 stands for 64 bits that
// follow, a size of 0 for "up to the end".
type box struct {
	kind string
	off  int64 // of what it holds
	size int64 // of what it holds
}

const (
	maxBoxes    = 2000 // of one level
	maxBoxDepth = 8
)

var errStop = errors.New("seen enough")

// boxes visits the boxes between two offsets. A box that announces more than
// there is is visited as far as it goes, and then errCut is returned.
func (p *probe) boxes(off, end int64, visit func(box) error) error {
	for range maxBoxes {
		if end-off < 8 {
			return nil
		}
		b, err := p.read(off, 8)
		if err != nil {
			return err
		}
		size, header := be32(b), int64(8)
		switch size {
		case 0:
			size = end - off
		case 1:
			if b, err := p.read(off+8, 8); err != nil {
				return err
			} else if high := be32(b); high>>31 != 0 {
				return errCut
			} else {
				size, header = high<<32|be32(b[4:]), 16
			}
		}
		if size < header {
			return fmt.Errorf("byte %d: a box of %d bytes", off, size)
		}
		short := size > end-off
		if short {
			size = end - off
		}
		if size < header {
			return errCut
		}
		switch err := visit(box{string(b[4:]), off + header, size - header}); {
		case errors.Is(err, errStop):
			return nil
		case err != nil:
			return err
		case short:
			return errCut
		}
		off += size
	}
	return fmt.Errorf("more than %d boxes", maxBoxes)
}

// head gives the first bytes of what a box holds.
func (p *probe) head(b box, n int64) ([]byte, error) {
	if b.size < n {
		return nil, fmt.Errorf("box %q: %d bytes, want at least %d", b.kind, b.size, n)
	}
	return p.read(b.off, n)
}
