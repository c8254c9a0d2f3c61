// Package keys holds what opens a case: the file case.json with its slots, the
// one random master key that every slot wraps, and everything derived from it.
//
// A slot is a way in: a passphrase, the printed recovery words, or the age
// recipient of a trusted person. Each wraps the same master key, so that a new
// passphrase rewraps 32 bytes and re-encrypts nothing. Whoever has copied the
// old case.json and knows the old passphrase keeps the master key for ever;
// only a new case helps against that.
//
// # What can be read without a key
//
// From case.json and case.bak: that this is a Daybook case, its random
// identifier, how many slots there are and of which kind, what guessing a
// passphrase costs, and the sizes of sealed values. No title, no name, no
// date, no label of a slot, no public key. From the rest of the folder, by its
// nature: the number, sizes and file times of sealed originals, the number and
// sizes of journal frames, and chain.txt, whose salted hashes tell nothing but
// how many entries there are.
//
// # What this package does not do
//
// While the case is open its keys lie in one page of memory that the system is
// asked to keep out of swap and core dumps; Close wipes it. That reduces what
// can be found in the memory of the machine, and does not remove it: the package
// cannot erase what it does not hold, such as a passphrase typed into a window,
// the copies that ciphers and the age library make of a key, a hibernation file,
// and what an SSD or a backup keeps of an old case.json.
package keys

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"filippo.io/age"

	"daybook/evidence/disk"
)

var (
	// ErrWrongKey means that the case is whole and this key does not open it.
	ErrWrongKey = errors.New("the passphrase or key does not fit; the case is whole")
	// ErrDamaged means that neither copy of the key file can be used.
	ErrDamaged = errors.New("the key file of the case is damaged")
	// ErrExists means that there is a case in this folder already.
	ErrExists = errors.New("there is a case here already")
	// ErrLastSlot means that nothing would open the case afterwards.
	ErrLastSlot = errors.New("nothing else would open the case")
	// ErrWeak means that a passphrase could be guessed.
	ErrWeak = errors.New("this passphrase can be guessed")
	// ErrUncertain means that a change of slots may or may not be in place.
	ErrUncertain = errors.New("it is not certain that the change was kept: try the new key first, then the old")
	// ErrClosed means that the case was locked and its keys wiped.
	ErrClosed = errors.New("the case is locked")
)

// use names one purpose of a derived key.
type use int

const (
	useHeader use = iota
	useRecord
	useName
	useJournal
	useHead
	useSecret
	numUses
)

// uses is the whole of the key derivation: one line for each key that exists.
// A ciphertext moved to another use or another case does not open.
var uses = [numUses]string{
	useHeader:  "header",  // HMAC over case.json
	useRecord:  "record",  // seals what the working store holds
	useName:    "name",    // HMAC that hides the names in the working store
	useJournal: "journal", // seals journal frames
	useHead:    "head",    // seals the last acknowledged position
	useSecret:  "secret",  // seals the age identity, the signing seed, slot labels
}

const keySize = 32

// Ring is an unlocked case: its keys in memory. Its methods may be called by
// several goroutines at once. After Close everything fails with ErrClosed.
type Ring struct {
	fsys disk.FS
	dir  string

	mu       sync.RWMutex // guards the keys against being wiped while in use
	closed   bool
	secrets  *secrets
	identity *age.X25519Identity

	id        string
	recipient *age.X25519Recipient
	public    ed25519.PublicKey

	slots  sync.Mutex // guards what follows: one change of slots at a time
	header header
	raw    []byte // the bytes of the header that governs
	damage []string
	stale  []string // files that do not hold raw
}

// ID is the random identifier of the case: 32 hexadecimal digits.
func (r *Ring) ID() string { return r.id }

// Record seals what the working store holds.
func (r *Ring) Record() Sealer { return Sealer{r, useRecord} }

// Name hides the names under which the working store holds things.
func (r *Ring) Name() Namer { return Namer{r} }

// Journal seals journal frames.
func (r *Ring) Journal() Sealer { return Sealer{r, useJournal} }

// Head seals the last acknowledged position of the journal.
func (r *Ring) Head() Sealer { return Sealer{r, useHead} }

// Recipient is whom originals are encrypted to: the case itself.
func (r *Ring) Recipient() *age.X25519Recipient { return r.recipient }

// Identity decrypts originals.
func (r *Ring) Identity() (*age.X25519Identity, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.closed {
		return nil, ErrClosed
	}
	return r.identity, nil
}

// Sign signs with the case's own key.
func (r *Ring) Sign(message []byte) ([]byte, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.closed {
		return nil, ErrClosed
	}
	signer := r.secrets.signer()
	defer clear(signer)
	return ed25519.Sign(signer, message), nil
}

// SignerPublic is the key that Sign can be checked with.
func (r *Ring) SignerPublic() ed25519.PublicKey { return r.public }

// Close wipes the keys. It may be called twice.
func (r *Ring) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	r.secrets.wipe()
	r.identity = nil
}

// Fingerprint is the SHA-256 of a public key in DER form, in hexadecimal: what
// openssl and sha256sum give for the same key.
func Fingerprint(pub ed25519.PublicKey) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		return "", fmt.Errorf("fingerprint: %w", err)
	}
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:]), nil
}
