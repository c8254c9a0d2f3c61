package evidence

import (
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"io"
	"sync"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"
)

// plainAt reads the plain bytes of a sealed file at any place. Each chunk is
// authenticated, with its place and whether it is the last, before a byte of it
// is given out. It keeps the chunk that it opened last.
type plainAt struct {
	r      io.ReaderAt
	start  int64 // of the chunks in r
	end    int64
	chunks int64
	aead   cipher.AEAD

	mu    sync.Mutex
	buf   []byte
	plain []byte // what is in the chunk at, in buf
	at    int64  // -1: none
}

// openPlain opens the header of a sealed file; at tells how large it is and
// what is in it.
func openPlain(r io.ReaderAt, at placed, identity age.Identity) (*plainAt, error) {
	key, start, err := fileKey(r, at.Sealed, identity)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.New(key)
	if err != nil {
		return nil, err
	}
	payload := at.Sealed - start
	chunks := (payload + sealedChunkLen - 1) / sealedChunkLen
	if size := payload - chunks*chacha20poly1305.Overhead; size != at.Size {
		return nil, fmt.Errorf("%d bytes in it: want %d", size, at.Size)
	}
	return &plainAt{r: r, start: start, end: at.Sealed, chunks: chunks, aead: aead, at: -1}, nil
}

// ReadAt is io.ReaderAt for places within the plain bytes.
func (p *plainAt) ReadAt(b []byte, off int64) (n int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n < len(b) {
		chunk := off / chunkLen
		if chunk >= p.chunks {
			return n, io.EOF
		}
		if err := p.open(chunk); err != nil {
			return n, err
		}
		m := copy(b[n:], p.plain[min(off-chunk*chunkLen, int64(len(p.plain))):])
		if m == 0 {
			return n, io.EOF
		}
		n, off = n+m, off+int64(m)
	}
	return n, nil
}

// open opens a chunk in place.
func (p *plainAt) open(chunk int64) error {
	if chunk == p.at {
		return nil
	}
	p.at = -1
	off := p.start + chunk*sealedChunkLen
	size := min(sealedChunkLen, p.end-off)
	if int64(cap(p.buf)) < size {
		p.buf = make([]byte, size)
	}
	sealed := p.buf[:size]
	if _, err := readFullAt(p.r, sealed, off); err != nil {
		return err
	}
	var nonce [chacha20poly1305.NonceSize]byte
	binary.BigEndian.PutUint64(nonce[3:], uint64(chunk))
	if chunk == p.chunks-1 {
		nonce[len(nonce)-1] = 1
	}
	plain, err := p.aead.Open(sealed[:0], nonce[:], sealed, nil)
	if err != nil {
		return fmt.Errorf("chunk %d: %w", chunk, errChunk)
	}
	p.plain, p.at = plain, chunk
	return nil
}
