package keys

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"os"
)

// secrets are the keys of an open case, side by side in a page of memory that
// the system is asked to keep out of swap and out of core dumps. It may refuse:
// then they lie in memory like any other bytes. Ciphers and signatures make
// copies of a key while they use it, which nobody can erase; what the page does
// is to leave none of them for as long as the case is open, and none at all
// after wipe.
type secrets struct {
	page    []byte
	master  []byte
	derived [numUses][]byte
	seed    []byte // of the key that signs
}

// newSecrets takes the master key over, clears it where it was, and derives the
// key of each use for this case: HKDF-SHA256.
func newSecrets(master []byte, caseID string) (*secrets, error) {
	s := &secrets{page: newPage(os.Getpagesize())}
	room := s.page
	take := func(n int) []byte {
		b := room[:n:n]
		room = room[n:]
		return b
	}
	s.master, s.seed = take(keySize), take(ed25519.SeedSize)
	copy(s.master, master)
	clear(master)
	for u, name := range uses {
		s.derived[u] = take(keySize)
		k, err := hkdf.Key(sha256.New, s.master, nil, "daybook/1/"+name+"/"+caseID, keySize)
		if err != nil {
			s.wipe()
			return nil, fmt.Errorf("derive the %s key: %w", name, err)
		}
		copy(s.derived[u], k)
		clear(k)
	}
	return s, nil
}

// signer makes the key that signs; whoever asked for it clears it.
func (s *secrets) signer() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(s.seed) }

// wipe clears the keys. It may be called twice.
func (s *secrets) wipe() {
	clear(s.page)
	freePage(s.page)
}
