package evidence

import (
	"bytes"
	"testing"
)

// TestSealBound moves sealed values: one opens under its own key, in its own
// space and store, and nowhere else; a piece is believed for what it claims.
func TestSealBound(t *testing.T) {
	c, err := Create(t.TempDir(), CreateOptions{Words: mustWords(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	s := newSealer(c.ring, 7)
	opaque := func(space, key string) []byte {
		t.Helper()
		prefix, err := s.space(space)
		if err != nil {
			t.Fatal(err)
		}
		k, err := s.key(prefix, []byte(key))
		if err != nil || len(k) != opaqueLen || !bytes.HasPrefix(k, prefix) {
			t.Fatalf("key %x, %v", k, err)
		}
		return k
	}
	own := opaque("a", "k")
	sealed, err := s.seal(own, []byte("k"), []byte("value"))
	if err != nil {
		t.Fatal(err)
	}
	if key, value, err := s.open(own, sealed); err != nil || string(key) != "k" || string(value) != "value" {
		t.Errorf("%q, %q, %v", key, value, err)
	}
	for name, other := range map[string][]byte{"key": opaque("a", "l"), "space": opaque("b", "k")} {
		if _, _, err := s.open(other, sealed); err == nil {
			t.Errorf("a value opens under another %s", name)
		}
	}
	if _, _, err := newSealer(c.ring, 8).open(own, sealed); err == nil {
		t.Error("a value opens in another store")
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, _, err := s.open(own, changed); err == nil {
			t.Errorf("a value opens with byte %d changed", i)
		}
	}
	at := placed{File: "00112233445566778899aabbccddeeff", Sealed: 4711}
	said := claim(at, 3)
	value := append(make([]byte, stampLen(said)), "a piece"...)
	if err := s.stamp(value, said); err != nil {
		t.Fatal(err)
	}
	if piece, err := s.unstamp(value, said); err != nil || string(piece) != "a piece" {
		t.Errorf("%q, %v", piece, err)
	}
	if _, err := s.unstamp(value, claim(at, 4)); err == nil {
		t.Error("a piece is believed to be another")
	}
	for i := range value {
		changed := bytes.Clone(value)
		changed[i] ^= 1
		if _, err := s.unstamp(changed, said); err == nil {
			t.Errorf("a piece is believed with byte %d changed", i)
		}
	}
}
