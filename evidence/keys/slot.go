package keys

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"

	"filippo.io/age"
)

// wrapPassphrase makes a slot that the passphrase opens.
func wrapPassphrase(caseID string, master []byte, p Passphrase, c Cost) (slot, error) {
	if err := c.check(); err != nil {
		return slot{}, err
	}
	s := newSlot(kindPassphrase)
	s.KDF = &kdf{Name: kdfArgon2id, Cost: &c, Salt: random(saltSize)}
	key := p.key(*s.KDF)
	defer clear(key)
	return s.wrap(key, caseID, master)
}

// wrapWords makes a slot that the recovery words open.
func wrapWords(caseID string, master []byte, w Words) (slot, error) {
	s := newSlot(kindWords)
	s.KDF = &kdf{Name: kdfHKDF, Salt: random(saltSize)}
	key, err := w.key(*s.KDF)
	if err != nil {
		return slot{}, err
	}
	defer clear(key)
	return s.wrap(key, caseID, master)
}

// wrapRecipient makes a slot that the holder of an age identity opens.
func wrapRecipient(caseID string, master []byte, recipient string) (slot, error) {
	rs, err := age.ParseRecipients(strings.NewReader(recipient))
	if err != nil {
		return slot{}, fmt.Errorf("age recipient: %w", err)
	}
	if len(rs) != 1 {
		return slot{}, fmt.Errorf("age recipient: there are %d, want one for each slot", len(rs))
	}
	s := newSlot(kindRecipient)
	bound, err := boundHash(caseID, s)
	if err != nil {
		return slot{}, err
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, rs...)
	if err != nil {
		return slot{}, fmt.Errorf("age recipient: %w", err)
	}
	if _, err := w.Write(append(bound, master...)); err != nil {
		return slot{}, fmt.Errorf("age recipient: %w", err)
	}
	if err := w.Close(); err != nil {
		return slot{}, fmt.Errorf("age recipient: %w", err)
	}
	s.Sealed = out.Bytes()
	return s, nil
}

func newSlot(kind string) slot {
	return slot{ID: hex.EncodeToString(random(slotIDSize)), Kind: kind}
}

func (s slot) wrap(key []byte, caseID string, master []byte) (slot, error) {
	about, err := s.binding(caseID)
	if err != nil {
		return slot{}, err
	}
	s.Sealed, err = seal(nil, key, master, about)
	return s, err
}

// random gives n bytes from the system. It cannot fail: crypto/rand ends the
// process rather than return something guessable.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // documented never to return an error
	return b
}
