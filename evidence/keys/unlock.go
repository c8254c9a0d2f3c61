package keys

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"github.com/tyler-smith/go-bip39"
	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Unlock is something that may open a case: a Passphrase, the recovery Words
// or an Identity.
type Unlock interface {
	// unlock gives the master key from a slot of its own kind, errNotThisSlot
	// when the slot is another's, or says what is wrong with the key itself.
	unlock(caseID string, s slot) (master []byte, err error)
	kind() string
}

var errNotThisSlot = errors.New("not this slot")

var (
	_ Unlock = Passphrase("")
	_ Unlock = Words("")
	_ Unlock = Identity("")
)

// Passphrase is what the owner remembers. Two ways of typing the same letters
// (composed or not) are the same passphrase.
type Passphrase string

func (Passphrase) kind() string { return kindPassphrase }

func (p Passphrase) unlock(caseID string, s slot) ([]byte, error) {
	key := p.key(*s.KDF)
	defer clear(key)
	return unwrap(key, caseID, s)
}

func (p Passphrase) key(k kdf) []byte {
	typed := norm.NFC.Bytes([]byte(p))
	defer clear(typed)
	return argon2.IDKey(typed, k.Salt, k.Time, k.Memory, k.Threads, keySize)
}

// Words is the recovery key: 24 words of the BIP-39 list with a checksum, 256
// random bits, to be printed and kept elsewhere.
type Words string

// NewWords draws new recovery words.
func NewWords() (Words, error) {
	entropy, err := bip39.NewEntropy(256)
	if err != nil {
		return "", fmt.Errorf("recovery words: %w", err)
	}
	defer clear(entropy)
	s, err := bip39.NewMnemonic(entropy)
	if err != nil {
		return "", fmt.Errorf("recovery words: %w", err)
	}
	return Words(s), nil
}

// Check tells what is wrong with words as somebody typed them.
func (w Words) Check() error {
	entropy, err := w.entropy()
	clear(entropy)
	return err
}

func (Words) kind() string { return kindWords }

func (w Words) unlock(caseID string, s slot) ([]byte, error) {
	key, err := w.key(*s.KDF)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return unwrap(key, caseID, s)
}

// key needs no slow derivation: nobody guesses 256 bits.
func (w Words) key(k kdf) ([]byte, error) {
	entropy, err := w.entropy()
	if err != nil {
		return nil, err
	}
	defer clear(entropy)
	return hkdf.Key(sha256.New, entropy, k.Salt, "daybook/1/words", keySize)
}

func (w Words) entropy() ([]byte, error) {
	words := strings.Fields(strings.ToLower(string(w)))
	for i, word := range words {
		if _, ok := bip39.GetWordIndex(word); !ok {
			return nil, fmt.Errorf("recovery words: word %d, %q, is not in the list", i+1, word)
		}
	}
	if len(words) != 24 {
		return nil, fmt.Errorf("recovery words: there are %d, want 24", len(words))
	}
	entropy, err := bip39.EntropyFromMnemonic(strings.Join(words, " "))
	if err != nil {
		return nil, errors.New("recovery words: one of them is wrong, or two have changed places")
	}
	return entropy, nil
}

// Identity is the secret age key of a trusted person (AGE-SECRET-KEY-1…), or
// the text of a file that holds some.
type Identity string

func (Identity) kind() string { return kindRecipient }

func (i Identity) unlock(caseID string, s slot) ([]byte, error) {
	ids, err := age.ParseIdentities(strings.NewReader(string(i)))
	if err != nil {
		return nil, fmt.Errorf("age identity: %w", err)
	}
	r, err := age.Decrypt(bytes.NewReader(s.Sealed), ids...)
	if err != nil {
		return nil, errNotThisSlot
	}
	b, err := io.ReadAll(io.LimitReader(r, 2*keySize+1))
	if err != nil || len(b) != 2*keySize {
		return nil, errNotThisSlot
	}
	bound, err := boundHash(caseID, s)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(b[:keySize], bound) {
		return nil, errNotThisSlot
	}
	return b[keySize:], nil
}

func unwrap(key []byte, caseID string, s slot) ([]byte, error) {
	about, err := s.binding(caseID)
	if err != nil {
		return nil, err
	}
	master, err := unseal(nil, key, s.Sealed, about)
	if err != nil {
		return nil, errNotThisSlot
	}
	return master, nil
}

// boundHash is what an age slot carries before the master key, for age has no
// associated data.
func boundHash(caseID string, s slot) ([]byte, error) {
	about, err := s.binding(caseID)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(about)
	return sum[:], nil
}
