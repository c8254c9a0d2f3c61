package evidence

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"daybook/evidence/keys"
)

// TestFormerCopyIsRead: a copy in the long pieces of the first cases gives the
// sealed file back, whichever place is read first.
func TestFormerCopyIsRead(t *testing.T) {
	ctx := context.Background()
	words, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Create(filepath.Join(t.TempDir(), "case"), CreateOptions{Title: "t", Actor: "Jo", Words: words})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	data := make([]byte, 9<<20)
	rand.NewChaCha8([32]byte{7}).Read(data)
	for _, size := range []int{1000, 300 << 10, len(data)} {
		it, err := c.Add(ctx, bytes.NewReader(data[:size]), Provenance{Name: "a", Size: int64(size)})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Settle(ctx, nil); err != nil {
			t.Fatal(err)
		}
		at, err := c.records.original(it.Hash)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := os.ReadFile(c.originals.path(at.File))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.copies.drop(at.File); err != nil {
			t.Fatal(err)
		}
		putFormer(t, c.copies, at, sealed)
		for _, from := range []int64{0, headLen, int64(len(sealed)) / 2} {
			got := make([]byte, int64(len(sealed))-from)
			if _, err := readFullAt(c.copies.reader(at), got, from); err != nil || !bytes.Equal(got, sealed[from:]) {
				t.Errorf("%d bytes, from %d: %v, equal: %v", size, from, err, bytes.Equal(got, sealed[from:]))
			}
		}
	}
}

func putFormer(t *testing.T, p *copies, at placed, sealed []byte) {
	t.Helper()
	for off, piece := int64(0), int64(0); off < at.Sealed; piece++ {
		size := min(headLen, at.Sealed)
		if piece > 0 {
			off, size = spanOf(at.Sealed, piece, formerLen)
		}
		said := claim(at, piece)
		value := append(make([]byte, stampLen(said)), sealed[off:off+size]...)
		key, err := p.pieceKey(at.File, piece)
		if err == nil {
			err = p.sealer.stamp(value, said)
		}
		if err == nil {
			err = p.use(func() error { return p.engine.write([]change{{key, value}}) })
		}
		if err != nil {
			t.Fatal(err)
		}
		off += size
	}
}
