package journal

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"daybook/evidence/disk"
)

// TestCheckpointByOthers checks a checkpoint with the note and tlog packages,
// and the head by hashing the last line of the chain.
func TestCheckpointByOthers(t *testing.T) {
	dir, ring, l := newJournal(t, disk.OS)
	for n := range 9 {
		text, err := l.Checkpoint("manifest-sha256 " + strings.Repeat("ab", 32))
		if err != nil {
			t.Fatal(err)
		}
		verifier, err := note.NewVerifier(l.VerifierKey())
		if err != nil {
			t.Fatal(err)
		}
		opened, err := note.Open(text, note.VerifierList(verifier))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		var chain bytes.Buffer
		if err := l.WriteChain(context.Background(), &chain); err != nil {
			t.Fatal(err)
		}
		lines := bytes.SplitAfter(chain.Bytes(), []byte("\n"))
		lines = lines[:len(lines)-1]
		want := Checkpoint{Origin: l.Origin(), Size: uint64(n), Extra: []string{"manifest-sha256 " + strings.Repeat("ab", 32)}}
		want.Root = treeHash(t, lines)
		if n > 0 {
			want.Head = sha256.Sum256(lines[n-1])
		}
		body, err := want.text()
		if err != nil || opened.Text != string(body) {
			t.Errorf("%d entries: %q, want %q (%v)", n, opened.Text, body, err)
		}
		got, err := OpenCheckpoint(text, ring.SignerPublic())
		if err != nil || got.Root != want.Root || got.Head != want.Head || got.Size != want.Size || got.Origin != want.Origin {
			t.Errorf("%d entries: %+v, %v", n, got, err)
		}
		add(t, l, n, 1)
	}
	closeLog(t, l)
	l, _ = reopen(t, disk.OS, dir, ring)
	after, err := l.Checkpoint()
	if err != nil {
		t.Fatal(err)
	}
	if c, err := OpenCheckpoint(after, ring.SignerPublic()); err != nil || c.Size != 9 || c.Head != l.Head().Hash {
		t.Errorf("after opening again: %+v %v", c, err)
	}
}

// treeHash is the Merkle root by the tlog package.
func treeHash(t *testing.T, lines [][]byte) [32]byte {
	t.Helper()
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, n := range at {
			out[i] = stored[n]
		}
		return out, nil
	})
	for n, line := range lines {
		hs, err := tlog.StoredHashes(int64(n), line, read)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hs...)
	}
	h, err := tlog.TreeHash(int64(len(lines)), read)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestTreeIsThatOfTheLog(t *testing.T) {
	var tr tree
	var lines [][]byte
	for n := range 70 {
		root, err := tr.root()
		if err != nil || [32]byte(root) != treeHash(t, lines) {
			t.Fatalf("%d lines: %v %v", n, root, err)
		}
		lines = append(lines, []byte{byte(n)})
		tr.add(lines[n])
	}
}

func TestCheckpointRefusesStrangeLines(t *testing.T) {
	_, _, l := newJournal(t, disk.OS)
	for _, extra := range []string{"", "two\nlines", "bad\xff", "tab\t"} {
		if _, err := l.Checkpoint(extra); err == nil {
			t.Errorf("extra line %q was signed", extra)
		}
	}
}

// fixedKey makes the fuzz targets the same in every process.
func fixedKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize))
}

func sign(c Checkpoint) []byte {
	key := fixedKey()
	text, err := c.text()
	if err != nil {
		return nil
	}
	return appendSignature(text, c.Origin, key.Public().(ed25519.PublicKey), ed25519.Sign(key, text))
}

func testCheckpoint() Checkpoint {
	return Checkpoint{Origin: "daybook/00ff", Size: 12, Root: [32]byte{1, 2}, Head: [32]byte{3, 4}, Extra: []string{"manifest-sha256 00", "another line"}}
}

func TestCheckpointRoundTrip(t *testing.T) {
	pub := fixedKey().Public().(ed25519.PublicKey)
	rapid.Check(t, func(t *rapid.T) {
		c := Checkpoint{
			Origin: rapid.StringMatching(`daybook/[0-9a-f]{32}`).Draw(t, "origin"), Size: rapid.Uint64().Draw(t, "size"),
			Root:  [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "root")),
			Head:  [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "head")),
			Extra: rapid.SliceOfN(rapid.StringMatching(`[a-z0-9 é-]{1,80}`), 0, 3).Draw(t, "extra"),
		}
		got, err := OpenCheckpoint(sign(c), pub)
		if err != nil || got.Size != c.Size || got.Root != c.Root || got.Head != c.Head || strings.Join(got.Extra, "\n") != strings.Join(c.Extra, "\n") {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}

func TestEveryBitOfACheckpoint(t *testing.T) {
	pub := fixedKey().Public().(ed25519.PublicKey)
	text := sign(testCheckpoint())
	if _, err := OpenCheckpoint(text, pub); err != nil {
		t.Fatal(err)
	}
	for i := range 8 * len(text) {
		text[i/8] ^= 1 << (i % 8)
		if _, err := OpenCheckpoint(text, pub); err == nil {
			t.Errorf("bit %d of byte %d: accepted", i%8, i/8)
		}
		text[i/8] ^= 1 << (i % 8)
	}
	other := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	if _, err := OpenCheckpoint(text, other); err == nil {
		t.Error("another key opens it")
	}
}

// FuzzCheckpoint: nothing opens but what was signed, to the byte.
func FuzzCheckpoint(f *testing.F) {
	pub := fixedKey().Public().(ed25519.PublicKey)
	original := sign(testCheckpoint())
	f.Add(original)
	f.Add([]byte("a\n1\n" + base64.StdEncoding.EncodeToString(make([]byte, 32)) + "\nhead 00\n\n— a AAAA\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := OpenCheckpoint(b, pub); err == nil && !bytes.Equal(b, original) {
			t.Fatalf("a forgery opens:\n%s", b)
		}
	})
}

func TestPhrase(t *testing.T) {
	var zero [32]byte
	if got := ShortPhrase(zero); got != "abandon abandon abandon abandon abandon abandon" {
		t.Errorf("%q", got)
	}
	// 0x800… is the bit pattern of word 1024, then zeros; the twelfth word
	// takes bits 121 to 131.
	h := [32]byte{0x80}
	h[16] = 0xf0
	if got := Phrase(h); got != "length abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon acid" {
		t.Errorf("%q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "a"))
		b := a
		bit := rapid.IntRange(0, 131).Draw(t, "bit")
		b[bit/8] ^= 0x80 >> (bit % 8)
		if Phrase(a) == Phrase(b) || !strings.HasPrefix(Phrase(a), ShortPhrase(a)) || len(strings.Fields(Phrase(a))) != 12 {
			t.Fatalf("%q %q", Phrase(a), Phrase(b))
		}
	})
}
