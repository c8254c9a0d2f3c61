package evidence

import (
	"encoding/hex"
	"fmt"
)

// Hash is the SHA-256 of an original's bytes as they came. It names the
// original everywhere: in the journal, in a bundle, on an exhibit's cover.
type Hash [32]byte

// ParseHash reads 64 lower-case hexadecimal digits and nothing else: whatever
// String does not write is refused.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if len(s) != 2*len(h) {
		return Hash{}, fmt.Errorf("hash %q: want 64 hexadecimal digits, have %d characters", s, len(s))
	}
	if _, err := hex.Decode(h[:], []byte(s)); err != nil {
		return Hash{}, fmt.Errorf("hash %q: %w", s, err)
	}
	if h.String() != s {
		return Hash{}, fmt.Errorf("hash %q: want lower-case digits", s)
	}
	return h, nil
}

// String gives 64 lower-case hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero tells that no hash was set.
func (h Hash) IsZero() bool { return h == Hash{} }

// MarshalText writes what String gives; an unset hash is empty text.
func (h Hash) MarshalText() ([]byte, error) {
	if h.IsZero() {
		return nil, nil
	}
	return []byte(h.String()), nil
}

// UnmarshalText is the inverse of MarshalText.
func (h *Hash) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*h = Hash{}
		return nil
	}
	p, err := ParseHash(string(b))
	if err != nil {
		return err
	}
	*h = p
	return nil
}
