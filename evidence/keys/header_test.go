package keys

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daybook/evidence/disk"
)

var testMAC = bytes.Repeat([]byte{7}, keySize)

// genHeader draws any header that this program could write.
func genHeader(t *rapid.T) header {
	b := func(n int, what string) []byte { return rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, what) }
	h := header{Format: format, Case: hex.EncodeToString(b(caseIDSize, "case")), Identity: b(90, "identity"), Signer: b(72, "signer")}
	for i := range rapid.IntRange(1, maxSlots).Draw(t, "slots") {
		s := slot{ID: fmt.Sprintf("%016x", i*7+1), Sealed: b(wrappedSize, "sealed"), About: b(rapid.IntRange(1, 40).Draw(t, "n"), "about")}
		switch s.Kind = rapid.SampledFrom([]string{kindPassphrase, kindWords, kindRecipient}).Draw(t, "kind"); s.Kind {
		case kindPassphrase:
			c := Cost{
				Time:    rapid.Uint32Range(1, maxTime).Draw(t, "time"),
				Memory:  rapid.Uint32Range(LeastCost().Memory, maxMemory).Draw(t, "memory"),
				Threads: rapid.Uint8Range(1, maxThreads).Draw(t, "threads"),
			}
			s.KDF = &kdf{Name: kdfArgon2id, Cost: &c, Salt: b(saltSize, "salt")}
		case kindWords:
			s.KDF = &kdf{Name: kdfHKDF, Salt: b(saltSize, "salt")}
		}
		h.Slots = append(h.Slots, s)
	}
	return h
}

func TestHeaderRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := genHeader(t)
		raw, err := h.encode(testMAC)
		if err != nil {
			t.Fatal(err)
		}
		f, err := decode(raw)
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		if err := f.verify(testMAC); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(h, f.header, cmp.AllowUnexported(header{}, slot{}, kdf{})); d != "" {
			t.Fatal(d)
		}
		if err := f.verify(bytes.Repeat([]byte{8}, keySize)); err == nil {
			t.Fatal("another key verifies it")
		}
	})
}

// testHeader is a small header with a slot of each kind.
func testHeader() header {
	c := LeastCost()
	fill := func(b byte, n int) []byte { return bytes.Repeat([]byte{b}, n) }
	return header{
		Format: format, Case: strings.Repeat("0f", caseIDSize), Identity: fill(1, 90), Signer: fill(2, 72),
		Slots: []slot{
			{ID: "0000000000000001", Kind: kindPassphrase, KDF: &kdf{kdfArgon2id, &c, fill(3, saltSize)}, Sealed: fill(4, wrappedSize)},
			{ID: "0000000000000002", Kind: kindWords, KDF: &kdf{kdfHKDF, nil, fill(5, saltSize)}, Sealed: fill(6, wrappedSize)},
			{ID: "0000000000000003", Kind: kindRecipient, Sealed: fill(7, 200), About: fill(8, 60)},
		},
	}
}

// TestForgedHeaders changes what a header means and makes its plain sum right
// again, as somebody without the key can.
func TestForgedHeaders(t *testing.T) {
	refused := map[string]func(*header){
		"unknown kind":       func(h *header) { h.Slots[0].Kind = "pin" },
		"duplicate id":       func(h *header) { h.Slots[1].ID = h.Slots[0].ID },
		"no slots":           func(h *header) { h.Slots = nil },
		"17 slots":           func(h *header) { h.Slots = manySlots(17) },
		"cheap memory":       func(h *header) { h.Slots[0].KDF.Memory = LeastCost().Memory - 1 },
		"eats the machine":   func(h *header) { h.Slots[0].KDF.Memory = maxMemory + 1 },
		"no time":            func(h *header) { h.Slots[0].KDF.Time = 0 },
		"much time":          func(h *header) { h.Slots[0].KDF.Time = maxTime + 1 },
		"no threads":         func(h *header) { h.Slots[0].KDF.Threads = 0 },
		"short salt":         func(h *header) { h.Slots[0].KDF.Salt = make([]byte, 15) },
		"fast kdf":           func(h *header) { h.Slots[0].KDF.Name, h.Slots[0].KDF.Cost = kdfHKDF, nil },
		"slow words":         func(h *header) { h.Slots[1].KDF.Cost = h.Slots[0].KDF.Cost },
		"no kdf":             func(h *header) { h.Slots[0].KDF = nil },
		"kdf on recipient":   func(h *header) { h.Slots[2].KDF = h.Slots[1].KDF },
		"long sealed":        func(h *header) { h.Slots[0].Sealed = make([]byte, wrappedSize+1) },
		"upper-case id":      func(h *header) { h.Slots[0].ID = "000000000000000A" },
		"short case":         func(h *header) { h.Case = "00" },
		"another format":     func(h *header) { h.Format = "daybook case 2" },
		"long recipient":     func(h *header) { h.Slots[2].Sealed = make([]byte, maxAgeWrapped+1) },
		"very long label":    func(h *header) { h.Slots[2].About = make([]byte, maxAbout+1) },
		"larger than a file": func(h *header) { h.Identity = make([]byte, maxHeader) },
	}
	for name, forge := range refused {
		h := testHeader()
		forge(&h)
		raw, err := h.encode(testMAC)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decode(raw); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	unverified := map[string]func(*header){
		"slot removed":   func(h *header) { h.Slots = h.Slots[1:] },
		"slots swapped":  func(h *header) { h.Slots[0], h.Slots[1] = h.Slots[1], h.Slots[0] },
		"cost changed":   func(h *header) { h.Slots[0].KDF.Time++ },
		"another signer": func(h *header) { h.Signer[0]++ },
	}
	for name, forge := range unverified {
		h := testHeader()
		mac, err := h.mac(testMAC)
		if err != nil {
			t.Fatal(err)
		}
		forge(&h)
		f, err := decode(resum(t, headerFile{header: h, HMAC: hex.EncodeToString(mac)}))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if f.verify(testMAC) == nil {
			t.Errorf("%s: verifies", name)
		}
	}
}

// resum writes a header with whatever HMAC it has and the right plain sum.
func resum(t *testing.T, f headerFile) []byte {
	t.Helper()
	f.Sum = ""
	raw, err := marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	f.Sum = hex.EncodeToString(sum[:])
	if raw, err = marshal(f); err != nil {
		t.Fatal(err)
	}
	return raw
}

func manySlots(n int) []slot {
	out := make([]slot, n)
	for i := range out {
		out[i] = slot{ID: fmt.Sprintf("%016x", i), Kind: kindRecipient, Sealed: []byte("x")}
	}
	return out
}

func TestEveryBitOfTheHeader(t *testing.T) {
	raw, err := testHeader().encode(testMAC)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 8 * len(raw) {
		raw[i/8] ^= 1 << (i % 8)
		if _, err := decode(raw); err == nil {
			t.Errorf("bit %d of byte %d: not noticed", i%8, i/8)
		}
		raw[i/8] ^= 1 << (i % 8)
	}
	for n := range raw {
		if _, err := decode(raw[:n]); err == nil {
			t.Errorf("cut to %d bytes: not noticed", n)
		}
	}
}

// TestOneCopyDamaged flips bits of either copy on disk, cuts it and removes it:
// the case opens by the other, says which is damaged, and makes it again.
func TestOneCopyDamaged(t *testing.T) {
	dir, _, w, _ := create(t)
	for _, name := range []string{FileName, BackupName} {
		at := filepath.Join(dir, name)
		whole, err := os.ReadFile(at)
		if err != nil {
			t.Fatal(err)
		}
		damages := [][]byte{nil, whole[:len(whole)/2], append(bytes.Clone(whole), '\n'), {}}
		for i := 0; i < len(whole); i += 7 {
			b := bytes.Clone(whole)
			b[i] ^= 1 << (i % 8)
			damages = append(damages, b)
		}
		for i, b := range damages {
			if b == nil {
				err = os.Remove(at)
			} else {
				err = os.WriteFile(at, b, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			r, err := Open(disk.OS, dir, w)
			if err != nil {
				t.Fatalf("%s, damage %d: %v", name, i, err)
			}
			if !strings.HasPrefix(r.Damage(), name+": ") {
				t.Errorf("%s, damage %d: it says %q", name, i, r.Damage())
			}
			if err := r.Heal(); err != nil || r.Damage() != "" {
				t.Errorf("%s, damage %d: heal: %v, %q", name, i, err, r.Damage())
			}
			r.Close()
			if b, err := os.ReadFile(at); err != nil || !bytes.Equal(b, whole) {
				t.Fatalf("%s, damage %d: not healed: %v", name, i, err)
			}
		}
	}
}

func TestBothCopiesDamaged(t *testing.T) {
	dir, _, w, _ := create(t)
	for _, name := range []string{FileName, BackupName} {
		at := filepath.Join(dir, name)
		b, err := os.ReadFile(at)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/2] ^= 1
		if err := os.WriteFile(at, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Open(disk.OS, dir, w)
	wantErr(t, err, ErrDamaged)
	if !strings.Contains(err.Error(), FileName) || !strings.Contains(err.Error(), BackupName) {
		t.Errorf("it does not name the files: %v", err)
	}
}

// TestForgedOnDisk changes case.json as somebody without the key can: the
// second copy governs then, and when both are forged nothing opens.
func TestForgedOnDisk(t *testing.T) {
	dir, r, w, _ := create(t)
	f, err := decode(r.raw)
	if err != nil {
		t.Fatal(err)
	}
	f.Slots = f.Slots[1:]
	forged := resum(t, f)
	if err := os.WriteFile(filepath.Join(dir, FileName), forged, 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, w)
	if !strings.Contains(again.Damage(), "HMAC") || len(again.header.Slots) != 3 {
		t.Errorf("damage %q, %d slots", again.Damage(), len(again.header.Slots))
	}
	if err := os.WriteFile(filepath.Join(dir, BackupName), forged, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(disk.OS, dir, w)
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("both forged: %v", err)
	}
}

// FuzzHeader: what decodes is written back the same, and nothing but the
// original carries a right HMAC.
func FuzzHeader(f *testing.F) {
	original, err := testHeader().encode(testMAC)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(original)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := decode(b)
		if err != nil {
			return
		}
		again, err := marshal(file)
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("written back as %s (%v)", again, err)
		}
		if !bytes.Equal(b, original) && file.verify(testMAC) == nil {
			t.Fatal("a forgery verifies")
		}
	})
}
