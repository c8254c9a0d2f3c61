package evidence

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/dgraph-io/badger/v4"
)

// CopyLimit is the largest original, sealed, that is kept a second time.
const CopyLimit = 64 << 20

// A copy is cut into a head, which holds the whole age header, and pieces. The
// head is small enough to lie in Badger's tables, where dropping it removes it;
// without it the pieces, which Badger may keep in its value log for ever, can
// be opened by nobody.
const (
	headLen  = 512
	pieceLen = 256 << 10
)

// formerLen is how long the pieces were in the first cases: such copies still heal.
const formerLen = 4 << 20

// piecesAtOnce is how many pieces go into one write. Badger copies each through
// a buffer, which it makes anew for every write: small pieces in large writes
// keep that in the cache of the processor.
const piecesAtOnce = 16

// sessionBytes is how much is written between two openings of the Badger
// folder: one value log. It stays mapped while the folder is open, and what is
// mapped counts as memory of this process.
const sessionBytes = 96 << 20

// copies holds every original up to CopyLimit a second time: the bytes of the
// sealed file, in pieces. The folder is open only while it is used.
type copies struct {
	mu      sync.Mutex // one user at a time
	engine  *engine
	sealer  sealer       // generation 0: the pieces outlive the records
	emptied func() error // called when the folder was found empty, or had to be set aside
	opened  bool
	used    int64 // bytes read and written since it was opened
	buf     []byte
}

// use runs fn with the folder open.
func (p *copies) use(fn func() error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.opened && p.used > sessionBytes {
		if err := p.close(); err != nil {
			return err
		}
	}
	if !p.opened {
		if err := p.engine.start(); err != nil {
			return fmt.Errorf("second copies: %w", err)
		}
		p.opened, p.used = true, 0
		if p.engine.fresh {
			if err := p.emptied(); err != nil {
				return fmt.Errorf("second copies: %w", err)
			}
		}
	}
	return fn()
}

// rest closes the folder until it is used again.
func (p *copies) rest() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.close()
}

func (p *copies) close() error {
	if !p.opened {
		return nil
	}
	p.opened = false
	if err := errors.Join(p.engine.stop(), p.engine.uncache()); err != nil {
		return fmt.Errorf("second copies: close: %w", err)
	}
	return nil
}

func copySpace(file string) string { return "copy " + file }

// pieceKey is the Badger key of a piece; the head is piece 0.
func (p *copies) pieceKey(file string, piece int64) ([]byte, error) {
	space, err := p.sealer.space(copySpace(file))
	if err != nil {
		return nil, err
	}
	return p.sealer.key(space, binary.AppendUvarint(nil, uint64(piece)))
}

// claim is what a piece's stamp says: whose it is, which and how long the
// whole file is. All claims have the same length.
func claim(at placed, piece int64) []byte {
	c := append([]byte(at.File), make([]byte, 0, 16)...)
	c = binary.BigEndian.AppendUint64(c, uint64(at.Sealed))
	return binary.BigEndian.AppendUint64(c, uint64(piece))
}

// pieceSpan gives the place of a piece in the sealed file.
func pieceSpan(sealed, piece int64) (off, size int64) {
	if piece == 0 {
		return 0, min(headLen, sealed)
	}
	return spanOf(sealed, piece, pieceLen)
}

// spanOf gives the place of a piece behind the head, of pieces so long.
func spanOf(sealed, piece, each int64) (off, size int64) {
	off = headLen + (piece-1)*each
	return off, min(each, sealed-off)
}

// pieceCount is the number of pieces of a sealed file, the head included.
func pieceCount(sealed int64) int64 {
	return 1 + (max(0, sealed-headLen)+pieceLen-1)/pieceLen
}

// put copies a sealed file, the head last: where it is, the rest is too.
func (p *copies) put(at placed, r io.ReaderAt) error {
	return p.use(func() error {
		for end := pieceCount(at.Sealed); end > 0; end -= piecesAtOnce {
			if err := p.putPieces(at, r, max(0, end-piecesAtOnce), end); err != nil {
				return fmt.Errorf("second copy: %w", err)
			}
		}
		return nil
	})
}

// putPieces copies the pieces from first on that are before end, the last first.
func (p *copies) putPieces(at placed, r io.ReaderAt, first, end int64) error {
	p.buf = p.buf[:0]
	changes := make([]change, 0, piecesAtOnce)
	for piece := end - 1; piece >= first; piece-- {
		off, size := pieceSpan(at.Sealed, piece)
		said := claim(at, piece)
		value := p.more(stampLen(said) + int(size))
		if _, err := readFullAt(r, value[stampLen(said):], off); err != nil {
			return err
		}
		if err := p.sealer.stamp(value, said); err != nil {
			return err
		}
		key, err := p.pieceKey(at.File, piece)
		if err != nil {
			return err
		}
		changes = append(changes, change{key, value})
	}
	p.used += int64(len(p.buf))
	return p.engine.write(changes)
}

// more gives memory for one piece beside those that are in the buffer. Badger
// has copied all of them when a write returns.
func (p *copies) more(size int) []byte {
	n := len(p.buf)
	p.buf = slices.Grow(p.buf, size)[:n+size] // pieces that it moves away from stay where they are
	return p.buf[n : n+size : n+size]
}

// readFullAt reads len(b) bytes at off: fewer are an error.
func readFullAt(r io.ReaderAt, b []byte, off int64) (int, error) {
	n, err := r.ReadAt(b, off)
	switch {
	case n == len(b):
		return n, nil
	case err == nil || errors.Is(err, io.EOF):
		return n, io.ErrUnexpectedEOF
	}
	return n, err
}

// piece reads one piece: ErrNotFound when it is missing, ErrDamaged when it
// does not open.
func (p *copies) piece(at placed, piece int64) ([]byte, error) {
	key, err := p.pieceKey(at.File, piece)
	if err != nil {
		return nil, err
	}
	var data []byte
	err = p.use(func() error {
		value, err := p.engine.get(key)
		if errors.Is(err, badger.ErrKeyNotFound) {
			return fmt.Errorf("piece %d: %w", piece, ErrNotFound)
		}
		if err != nil {
			return fmt.Errorf("piece %d: %w", piece, err)
		}
		p.used += int64(len(value))
		data, err = p.sealer.unstamp(value, claim(at, piece))
		if err != nil {
			return fmt.Errorf("piece %d: %w: %w", piece, ErrDamaged, err)
		}
		return nil
	})
	return data, err
}

// has tells whether there is a head, and so a copy.
func (p *copies) has(at placed) (bool, error) {
	_, err := p.piece(at, 0)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return false, nil
	}
	return err == nil, err
}

// drop removes the copy of a file so that nobody can open what is left of it.
func (p *copies) drop(file string) error {
	space, err := p.sealer.space(copySpace(file))
	if err != nil {
		return err
	}
	return p.use(func() error { return p.engine.drop(space) })
}

// A copyReader reads a sealed file from its second copy.
type copyReader struct {
	p  *copies
	at placed

	mu   sync.Mutex
	each int64 // how long the pieces are; 0 before one was read
	last int64 // the piece that data is, -1 for none
	data []byte
}

func (p *copies) reader(at placed) *copyReader { return &copyReader{p: p, at: at, last: -1} }

// ReadAt is io.ReaderAt over the bytes of the sealed file.
func (r *copyReader) ReadAt(b []byte, off int64) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for n < len(b) && off < r.at.Sealed {
		start, err := r.turnTo(off)
		if err != nil {
			return n, err
		}
		m := copy(b[n:], r.data[off-start:])
		n, off = n+m, off+int64(m)
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// sync makes the copies that were put safe.
func (p *copies) sync() error {
	return p.use(func() error {
		if err := p.engine.sync(); err != nil {
			return fmt.Errorf("second copies: sync: %w", err)
		}
		return nil
	})
}

// stream reads a sealed file from its second copy, from its beginning.
func (p *copies) stream(at placed) io.Reader {
	return io.NewSectionReader(p.reader(at), 0, at.Sealed)
}

// renew throws all copies away.
func (p *copies) renew() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.close(); err != nil {
		return err
	}
	if err := p.engine.renew(); err != nil {
		return err
	}
	p.opened, p.used = true, 0
	return nil
}

// turnTo reads the piece that holds off and gives where it begins. How long the
// pieces are is seen at the first behind the head.
func (r *copyReader) turnTo(off int64) (start int64, err error) {
	piece, size := int64(0), min(headLen, r.at.Sealed)
	if off >= headLen {
		if r.each == 0 {
			if err := r.measure(); err != nil {
				return 0, err
			}
		}
		piece = 1 + (off-headLen)/r.each
		start, size = spanOf(r.at.Sealed, piece, r.each)
	}
	if piece == r.last {
		return start, nil
	}
	data, err := r.p.piece(r.at, piece)
	if err != nil {
		return 0, err
	}
	if int64(len(data)) != size {
		return 0, fmt.Errorf("piece %d: %w: %d bytes: want %d", piece, ErrDamaged, len(data), size)
	}
	r.data, r.last = data, piece
	return start, nil
}

func (r *copyReader) measure() error {
	first, err := r.p.piece(r.at, 1)
	if err != nil {
		return err
	}
	r.each = pieceLen
	if int64(len(first)) > pieceLen {
		r.each = formerLen
	}
	return nil
}
