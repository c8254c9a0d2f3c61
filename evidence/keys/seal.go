package keys

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// SealOverhead is how much longer a sealed value is: 24 bytes of nonce before
// it and 16 bytes of tag behind it.
const SealOverhead = chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

// errSeal means that a sealed value was changed, or was sealed for another
// place, use or case.
var errSeal = errors.New("does not open: changed, or not from this place")

// Sealer encrypts and authenticates for one use, with XChaCha20-Poly1305 and
// a random nonce each time. What about says must be the same when opening: put
// there what the value belongs to.
type Sealer struct {
	ring *Ring
	use  use
}

// Seal appends nonce, ciphertext and tag to dst.
func (s Sealer) Seal(dst, plain, about []byte) ([]byte, error) {
	s.ring.mu.RLock()
	defer s.ring.mu.RUnlock()
	if s.ring.closed {
		return nil, ErrClosed
	}
	return seal(dst, s.ring.secrets.derived[s.use], plain, about)
}

// Open appends the plaintext of box to dst.
func (s Sealer) Open(dst, box, about []byte) ([]byte, error) {
	s.ring.mu.RLock()
	defer s.ring.mu.RUnlock()
	if s.ring.closed {
		return nil, ErrClosed
	}
	return unseal(dst, s.ring.secrets.derived[s.use], box, about)
}

// Namer gives opaque names: the same parts give the same name in this case,
// and without the key nobody can tell from which.
type Namer struct{ ring *Ring }

// Of is the HMAC-SHA256 of the parts, each with its length, so that parts
// cannot run into one another.
func (n Namer) Of(parts ...[]byte) ([32]byte, error) {
	n.ring.mu.RLock()
	defer n.ring.mu.RUnlock()
	if n.ring.closed {
		return [32]byte{}, ErrClosed
	}
	mac := hmac.New(sha256.New, n.ring.secrets.derived[useName])
	var size [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		mac.Write(size[:])
		mac.Write(p)
	}
	return [32]byte(mac.Sum(nil)), nil
}

func seal(dst, key, plain, about []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	var nonce [chacha20poly1305.NonceSizeX]byte
	if _, err := rand.Read(nonce[:]); err != nil {
		return nil, err
	}
	dst = append(dst, nonce[:]...)
	return aead.Seal(dst, nonce[:], plain, about), nil
}

func unseal(dst, key, box, about []byte) ([]byte, error) {
	if len(box) < SealOverhead {
		return nil, errSeal
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	nonce, sealed := box[:chacha20poly1305.NonceSizeX], box[chacha20poly1305.NonceSizeX:]
	plain, err := aead.Open(dst, nonce, sealed, about)
	if err != nil {
		return nil, errSeal
	}
	return plain, nil
}
