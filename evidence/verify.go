package evidence

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"
)

// An age file, version 1: a header that wraps the file key, a nonce, and the
// plain bytes in chunks, each sealed under its number and whether it is the
// last. Originals are written with the age library and verified by the reader
// here, so that no mistake can be made twice in the same way.
const (
	chunkLen       = 64 << 10
	sealedChunkLen = chunkLen + chacha20poly1305.Overhead
	payloadNonce   = 16
)

// A bench is the memory that one original is verified with.
type bench struct {
	buf []byte // whole sealed chunks
	sum hash.Hash
}

var errChunk = errors.New("does not open: changed since it was sealed")

func newBench() any {
	return &bench{buf: make([]byte, 4*sealedChunkLen), sum: sha256.New()}
}

// verify reads a sealed original through, its end included, and compares size
// and hash with what they are to be.
func (o *originals) verify(ctx context.Context, r io.ReaderAt, at placed, h Hash) error {
	identity, err := o.ring.Identity()
	if err != nil {
		return err
	}
	key, start, err := fileKey(r, at.Sealed, identity)
	if err != nil {
		return err
	}
	b := o.benches.Get().(*bench)
	defer o.benches.Put(b)
	b.sum.Reset()
	size, err := b.open(ctx, io.NewSectionReader(r, start, at.Sealed-start), key)
	if err != nil {
		return err
	}
	var one [1]byte
	if n, _ := r.ReadAt(one[:], at.Sealed); n > 0 {
		return fmt.Errorf("longer than %d bytes", at.Sealed)
	}
	if size != at.Size {
		return fmt.Errorf("%d bytes in it: want %d", size, at.Size)
	}
	if got := Hash(b.sum.Sum(nil)); got != h {
		return fmt.Errorf("its bytes are %s", got)
	}
	return nil
}

// fileKey opens the header and gives the key of the chunks and where they
// begin.
func fileKey(r io.ReaderAt, sealed int64, identity age.Identity) (key []byte, start int64, err error) {
	head := make([]byte, min(headLen, sealed))
	if _, err := readFullAt(r, head, 0); err != nil {
		return nil, 0, err
	}
	header, err := age.ExtractHeader(bytes.NewReader(head))
	if err != nil {
		return nil, 0, err
	}
	rest, ok := bytes.CutPrefix(head, header)
	if !ok || len(rest) < payloadNonce {
		return nil, 0, errors.New("header: not in the form that it was written in")
	}
	secret, err := age.DecryptHeader(header, identity)
	if err != nil {
		return nil, 0, err
	}
	key, err = hkdf.Key(sha256.New, secret, rest[:payloadNonce], "payload", chacha20poly1305.KeySize)
	return key, int64(len(header) + payloadNonce), err
}

// open opens the chunks in r, to its end, and hashes what is in them.
func (b *bench) open(ctx context.Context, r *io.SectionReader, key []byte) (size int64, err error) {
	aead, err := chacha20poly1305.New(key)
	if err != nil {
		return 0, err
	}
	end := r.Size()
	if end < chacha20poly1305.Overhead {
		return 0, io.ErrUnexpectedEOF
	}
	var nonce [chacha20poly1305.NonceSize]byte
	for off := int64(0); off < end; {
		if err := ctx.Err(); err != nil {
			return size, err
		}
		block := b.buf[:min(int64(len(b.buf)), end-off)]
		if _, err := readFullAt(r, block, off); err != nil {
			return size, err
		}
		for len(block) > 0 {
			n := min(len(block), sealedChunkLen)
			if off+int64(n) == end {
				nonce[len(nonce)-1] = 1
			}
			plain, err := aead.Open(block[:0], nonce[:], block[:n], nil)
			if err != nil || len(plain) == 0 && off > 0 {
				return size, fmt.Errorf("chunk %d: %w", off/sealedChunkLen, errChunk)
			}
			b.sum.Write(plain)
			size += int64(len(plain))
			block, off = block[n:], off+int64(n)
			counter := nonce[3 : len(nonce)-1]
			binary.BigEndian.PutUint64(counter, binary.BigEndian.Uint64(counter)+1)
		}
	}
	return size, nil
}
