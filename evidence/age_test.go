package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"math/rand/v2"
	"testing"

	"filippo.io/age"
)

// bytesAt is bytes as a file.
type bytesAt []byte

func (b bytesAt) ReadAt(p []byte, off int64) (int, error) { return bytes.NewReader(b).ReadAt(p, off) }

func sealWithAge(t testing.TB, plain []byte, to age.Recipient) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openWithAge(sealed []byte, id age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), id)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// openHere is the reader that verifies, as a function.
func openHere(sealed []byte, id age.Identity) (Hash, int64, error) {
	key, start, err := fileKey(bytesAt(sealed), int64(len(sealed)), id)
	if err != nil {
		return Hash{}, 0, err
	}
	b := newBench().(*bench)
	size, err := b.open(context.Background(), io.NewSectionReader(bytesAt(sealed), start, int64(len(sealed))-start), key)
	return Hash(b.sum.Sum(nil)), size, err
}

// FuzzVerify holds the reader that verifies against the age library: on a
// sealed file that was changed anywhere, cut or added to, both say the same.
func FuzzVerify(f *testing.F) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		f.Fatal(err)
	}
	for _, size := range []int{0, 1, chunkLen - 1, chunkLen, chunkLen + 1, 4 * chunkLen, 5*chunkLen + 7} {
		f.Add(uint32(size), uint32(0), byte(0), int16(0))
		f.Add(uint32(size), uint32(190), byte(1), int16(0))
		f.Add(uint32(size), uint32(90), byte(1), int16(0))
		f.Add(uint32(size), uint32(0), byte(0), int16(-1))
		f.Add(uint32(size), uint32(0), byte(0), int16(1))
		f.Add(uint32(size), uint32(0), byte(0), int16(-16))
	}
	f.Fuzz(func(t *testing.T, size, at uint32, with byte, longer int16) {
		plain := make([]byte, size%(6*chunkLen))
		rand.NewChaCha8([32]byte{byte(size)}).Read(plain)
		sealed := sealWithAge(t, plain, id.Recipient())
		sealed[int(at)%len(sealed)] ^= with
		if longer >= 0 {
			sealed = append(sealed, make([]byte, longer)...)
		} else {
			sealed = sealed[:max(0, len(sealed)+int(longer))]
		}
		want, wantErr := openWithAge(sealed, id)
		got, n, gotErr := openHere(sealed, id)
		if (wantErr == nil) != (gotErr == nil) {
			t.Fatalf("age says %v, here %v", wantErr, gotErr)
		}
		if gotErr == nil && (n != int64(len(want)) || got != sha256.Sum256(want)) {
			t.Fatalf("age gives %d other bytes than here %d", len(want), n)
		}
	})
}

// FuzzPlain reads pieces of a sealed file, changed or not: every byte that is
// given out is the one that was sealed.
func FuzzPlain(f *testing.F) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		f.Fatal(err)
	}
	for _, size := range []int{0, 1, chunkLen, chunkLen + 1, 3 * chunkLen} {
		f.Add(uint32(size), uint32(0), uint32(1<<20), uint32(0), byte(0))
		f.Add(uint32(size), uint32(size/2), uint32(70_000), uint32(300), byte(1))
		f.Add(uint32(size), uint32(chunkLen-1), uint32(2), uint32(70_000), byte(4))
	}
	f.Fuzz(func(t *testing.T, size, off, n, at uint32, with byte) {
		plain := make([]byte, size%(4*chunkLen))
		rand.NewChaCha8([32]byte{byte(size)}).Read(plain)
		sealed := sealWithAge(t, plain, id.Recipient())
		sealed[int(at)%len(sealed)] ^= with
		r, err := openPlain(bytesAt(sealed), placed{Size: int64(len(plain)), Sealed: int64(len(sealed))}, id)
		if err != nil {
			if with == 0 {
				t.Fatal(err)
			}
			return
		}
		b := make([]byte, n%(5*chunkLen))
		got, err := r.ReadAt(b, int64(off))
		want := plain[min(int(off), len(plain)):]
		want = want[:min(len(want), len(b))]
		if with == 0 && (got != len(want) || (err != nil) != (got < len(b))) {
			t.Fatalf("%d bytes at %d of %d: %d, %v", len(b), off, len(plain), got, err)
		}
		if got > len(want) || !bytes.Equal(b[:got], want[:got]) {
			t.Fatalf("%d bytes at %d of %d: other bytes", got, off, len(plain))
		}
	})
}

// TestStockAge opens originals with nothing but the age library and the case's
// identity: they can be read when this program is gone.
func TestStockAge(t *testing.T) {
	c, err := Create(t.TempDir(), CreateOptions{Words: mustWords(t)})
	if err != nil {
		t.Fatal(err)
	}
	id, err := c.ring.Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 1, chunkLen, blockLen, blockLen + 1, 3*blockLen + 5} {
		plain := bytes.Repeat([]byte{byte(size)}, size)
		it, err := c.Add(context.Background(), bytes.NewReader(plain), Provenance{Name: "x", Size: -1})
		if err != nil {
			t.Fatal(err)
		}
		at, err := c.records.original(it.Hash)
		if err != nil {
			t.Fatal(err)
		}
		f, err := c.fs.Open(c.originals.path(at.File))
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := openWithAge(sealed, id); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes: age gives %d, %v", size, len(got), err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}
