package journal

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tyler-smith/go-bip39"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

var update = flag.Bool("update", false, "write testdata again")

// What opens the case in testdata/v1, which an earlier build of this program
// wrote and every later one must read.
const (
	v1Passphrase = "known to everybody"
	v1Words      = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon " +
		"abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art"
	v1 = "testdata/v1"
)

func TestWriteV1(t *testing.T) {
	dir := v1
	if !*update {
		dir = t.TempDir() // writing must work, and the files of an earlier build stay
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	ring, err := keys.Create(disk.OS, dir, keys.Options{
		Policy: keys.Policy{Cost: keys.LeastCost(), Weak: true}, Passphrase: v1Passphrase, Words: v1Words,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer ring.Close()
	l, err := Create(disk.OS, dir, ring, options())
	if err != nil {
		t.Fatal(err)
	}
	add(t, l, 0, 1)
	add(t, l, 1, 2)
	closeLog(t, l)
	readV1(t, dir)
}

// TestV1IsRead opens the case of an earlier build.
func TestV1IsRead(t *testing.T) {
	readV1(t, v1)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(v1)); err != nil {
		t.Fatal(err)
	}
	for _, u := range []keys.Unlock{keys.Words(v1Words), keys.Passphrase(v1Passphrase)} {
		ring, err := keys.Open(disk.OS, dir, u)
		if err != nil {
			t.Fatal(err)
		}
		defer ring.Close()
		l, rec := reopen(t, disk.OS, dir, ring)
		if got := subjects(t, l); fmt.Sprint(got) != "[0 1 2]" || len(rec.Findings) > 0 {
			t.Errorf("entries %v, %v", got, rec)
		}
		closeLog(t, l)
	}
	l, err := os.ReadFile(filepath.Join(dir, chainName))
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(v1, chainName))
	if err != nil || !bytes.Equal(l, before) {
		t.Errorf("reading changed chain.txt: %v", err)
	}
}

// readV1 reads a case by docs/FORMAT.md alone, with none of this program's
// code: by each slot, down to the entries and the chain.
func readV1(t *testing.T, dir string) {
	t.Helper()
	var c struct {
		Case  string
		Slots []struct {
			ID, Kind string
			KDF      json.RawMessage
			Sealed   []byte
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	file := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, name))
		must(err)
		return b
	}
	open := func(key, box, bound []byte) []byte {
		t.Helper()
		aead, err := chacha20poly1305.NewX(key)
		must(err)
		plain, err := aead.Open(nil, box[:24], box[24:], bound)
		must(err)
		return plain
	}
	must(json.Unmarshal(file("case.json"), &c))
	var master []byte
	for _, s := range c.Slots {
		var k struct {
			Time    uint32
			Memory  uint32 `json:"memory_kib"`
			Threads uint8
			Salt    []byte
		}
		must(json.Unmarshal(s.KDF, &k))
		var compact bytes.Buffer
		must(json.Compact(&compact, s.KDF))
		binding := fmt.Sprintf(`{"Format":"daybook case 1","Case":"%s","ID":"%s","Kind":"%s","KDF":%s}`, c.Case, s.ID, s.Kind, compact.Bytes())
		var key []byte
		switch s.Kind {
		case "passphrase":
			key = argon2.IDKey([]byte(v1Passphrase), k.Salt, k.Time, k.Memory, k.Threads, 32)
		case "words":
			entropy, err := bip39.EntropyFromMnemonic(v1Words)
			must(err)
			key, err = hkdf.Key(sha256.New, entropy, k.Salt, "daybook/1/words", 32)
			must(err)
		}
		m := open(key, s.Sealed, []byte(binding))
		if master != nil && !bytes.Equal(m, master) {
			t.Fatal("two slots, two master keys")
		}
		master = m
	}
	journalKey, err := hkdf.Key(sha256.New, master, nil, "daybook/1/journal/"+c.Case, 32)
	must(err)
	frames, chain, pos := file("journal/frames"), "", 0
	prev := make([]byte, 32)
	for seq := 0; pos < len(frames); seq++ {
		f := frames[pos:]
		n := int(binary.BigEndian.Uint32(f[4:8]))
		if string(f[:4]) != "dbj1" || !bytes.Equal(f[8:40], prev) {
			t.Fatalf("frame %d: %q", seq, f[:40])
		}
		bound := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(bytes.Clone(prev), uint64(pos)), uint32(n))
		text := open(journalKey, f[40:40+n], bound)
		if !strings.HasPrefix(string(text), fmt.Sprintf(`{"v":1,"seq":%d,"group":`, seq)) || !strings.HasSuffix(string(text), "}\n") {
			t.Fatalf("body %d: %s", seq, text)
		}
		line := fmt.Sprintf("v1 %d %x %x\n", seq, prev, sha256.Sum256(text))
		chain += line
		sum := sha256.Sum256([]byte(line))
		prev, pos = sum[:], pos+40+n
	}
	if chain != string(file("chain.txt")) || !bytes.Equal(frames, file("journal/mirror")) {
		t.Fatalf("chain.txt or the mirror is not what the frames give:\n%s", chain)
	}
	headKey, err := hkdf.Key(sha256.New, master, nil, "daybook/1/head/"+c.Case, 32)
	must(err)
	var best []byte
	for i := range 2 {
		b := file(fmt.Sprintf("journal/head.%d", i))
		h := open(headKey, b[4:], nil)
		if len(b) != 92 || string(b[:4]) != "dbh1" || int(h[7])%2 != i {
			t.Fatalf("head %d: %d bytes, turn %x", i, len(b), h[:8])
		}
		if bytes.Compare(h[:8], best) > 0 {
			best = h
		}
	}
	if best[15] != 3 || !bytes.Equal(best[16:], prev) {
		t.Fatalf("the later head says %x", best)
	}
}
