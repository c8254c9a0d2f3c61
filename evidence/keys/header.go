package keys

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

const (
	format        = "daybook case 1"
	maxHeader     = 64 << 10
	maxSlots      = 16
	saltSize      = 16
	caseIDSize    = 16
	slotIDSize    = 8
	wrappedSize   = keySize + SealOverhead
	maxAgeWrapped = 8 << 10
	maxAbout      = 4 << 10
)

// The kinds of slots. A kind that is not here is refused: to skip it would let
// somebody add a way in that nobody sees.
const (
	kindPassphrase = "passphrase"
	kindWords      = "words"
	kindRecipient  = "recipient"
)

// header is case.json without its two sums.
type header struct {
	Format   string `json:"format"`
	Case     string `json:"case"`
	Slots    []slot `json:"slots"`
	Identity []byte `json:"identity"` // sealed: the age identity of the case
	Signer   []byte `json:"signer"`   // sealed: the Ed25519 seed
}

// slot is one way in. Sealed holds the master key.
type slot struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	KDF    *kdf   `json:"kdf,omitempty"`
	Sealed []byte `json:"sealed"`
	About  []byte `json:"about"` // sealed: what the owner calls this slot
}

// kdf says how a slot's key is made from what the person knows.
type kdf struct {
	Name string `json:"name"`
	*Cost
	Salt []byte `json:"salt"`
}

const (
	kdfArgon2id = "argon2id"
	kdfHKDF     = "hkdf-sha256"
)

// headerFile is case.json: the header, its HMAC (nobody without the key can
// change it) and a plain SHA-256 (damage is told from a wrong passphrase).
type headerFile struct {
	header
	HMAC string `json:"hmac"`
	Sum  string `json:"sha256"`
}

// marshal writes the one form that a header has.
func marshal(v any) ([]byte, error) {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}

// encode gives the bytes of case.json.
func (h header) encode(macKey []byte) ([]byte, error) {
	mac, err := h.mac(macKey)
	if err != nil {
		return nil, err
	}
	f := headerFile{header: h, HMAC: hex.EncodeToString(mac)}
	unsummed, err := marshal(f)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(unsummed)
	f.Sum = hex.EncodeToString(sum[:])
	return marshal(f)
}

func (h header) mac(key []byte) ([]byte, error) {
	b, err := marshal(h)
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, key)
	m.Write(b)
	return m.Sum(nil), nil
}

// decode reads case.json and refuses whatever encode does not write, to the
// byte. That the HMAC is right can be told only after unlocking: see verify.
func decode(b []byte) (headerFile, error) {
	var f headerFile
	if len(b) > maxHeader {
		return headerFile{}, fmt.Errorf("longer than %d bytes", maxHeader)
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return headerFile{}, err
	}
	if f.Format != format {
		return headerFile{}, fmt.Errorf("format %q: this program reads %q", f.Format, format)
	}
	if err := f.check(); err != nil {
		return headerFile{}, err
	}
	return f, f.checkBytes(b)
}

// checkBytes compares b with the one form of its content, and with its sum.
func (f headerFile) checkBytes(b []byte) error {
	again, err := marshal(f)
	if err != nil {
		return err
	}
	if !bytes.Equal(again, b) {
		return errors.New("not in the form that this program writes")
	}
	want := f.Sum
	f.Sum = ""
	unsummed, err := marshal(f)
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(unsummed); hex.EncodeToString(sum[:]) != want {
		return errors.New("its SHA-256 is not the one that it states")
	}
	return nil
}

// verify tells whether the header was written by somebody with the key.
func (f headerFile) verify(macKey []byte) error {
	want, err := f.mac(macKey)
	if err != nil {
		return err
	}
	have, err := hex.DecodeString(f.HMAC)
	if err != nil {
		return fmt.Errorf("hmac: %w", err)
	}
	if !hmac.Equal(have, want) {
		return errors.New("its HMAC is wrong: it was changed by somebody without the key")
	}
	return nil
}

func (h header) check() error {
	if err := checkHex("case", h.Case, caseIDSize); err != nil {
		return err
	}
	if len(h.Slots) == 0 || len(h.Slots) > maxSlots {
		return fmt.Errorf("%d slots: want 1 to %d", len(h.Slots), maxSlots)
	}
	seen := map[string]bool{}
	for _, s := range h.Slots {
		if seen[s.ID] {
			return fmt.Errorf("slot %s: there are two of them", s.ID)
		}
		seen[s.ID] = true
		if err := s.check(); err != nil {
			return fmt.Errorf("slot %q: %w", s.ID, err)
		}
	}
	return nil
}

func (s slot) check() error {
	if err := checkHex("id", s.ID, slotIDSize); err != nil {
		return err
	}
	if len(s.About) > maxAbout {
		return fmt.Errorf("label of %d bytes: want at most %d", len(s.About), maxAbout)
	}
	if s.Kind == kindRecipient {
		if s.KDF != nil || len(s.Sealed) > maxAgeWrapped {
			return errors.New("not a recipient slot")
		}
		return nil
	}
	if s.KDF == nil || len(s.KDF.Salt) != saltSize || len(s.Sealed) != wrappedSize {
		return errors.New("salt or sealed key is missing or has the wrong length")
	}
	switch {
	case s.Kind == kindPassphrase && s.KDF.Name == kdfArgon2id && s.KDF.Cost != nil:
		return s.KDF.check()
	case s.Kind == kindWords && s.KDF.Name == kdfHKDF && s.KDF.Cost == nil:
		return nil
	}
	return fmt.Errorf("kind %q with %q is not known", s.Kind, s.KDF.Name)
}

func checkHex(what, s string, size int) error {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != size || hex.EncodeToString(b) != s {
		return fmt.Errorf("%s %q: want %d lower-case hexadecimal digits", what, s, 2*size)
	}
	return nil
}

// binding is what a slot's wrapped key is bound to: the case, the slot and how
// its key is made, so that no parameter can be swapped.
func (s slot) binding(caseID string) ([]byte, error) {
	return json.Marshal(struct {
		Format, Case, ID, Kind string
		KDF                    *kdf
	}{format, caseID, s.ID, s.Kind, s.KDF})
}
