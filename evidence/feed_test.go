package evidence_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"daybook/evidence"
)

// TestBlocksComeBack adds more files than there are blocks to read them into,
// others from a source that breaks off or would fill the disk: a block that did not come back
// would be missing in the end, and the adding stand still.
func TestBlocksComeBack(t *testing.T) {
	ctx := context.Background()
	c := newCase(t)
	defer closeCase(t, c)
	b, err := c.Begin(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	cut := errors.New("the cable came out")
	sizes := []int{0, 1, 256<<10 - 1, 256 << 10, 600_000}
	want := map[int64][]byte{}
	for i := range 120 {
		data := content(uint64(i), sizes[i%len(sizes)])
		from := evidence.Provenance{Name: "f", Size: int64(len(data))}
		if _, err := b.Add(ctx, io.MultiReader(bytes.NewReader(data), iotest.ErrReader(cut)), from); !errors.Is(err, cut) {
			t.Fatalf("a source that breaks off: %v", err)
		}
		endless := readerFunc(func(p []byte) (int, error) { return len(p), nil })
		if _, err := b.Add(ctx, endless, evidence.Provenance{Name: "f", Size: 1 << 50}); !errors.Is(err, evidence.ErrFull) {
			t.Fatalf("more than the disk holds: %v", err)
		}
		if _, err := b.Add(ctx, bytes.NewReader(data), from); err != nil {
			t.Fatal(err)
		}
		want[int64(i+1)] = data
	}
	if _, err := b.Add(ctx, strings.NewReader("last"), evidence.Provenance{Name: "f", Size: 4}); err != nil {
		t.Fatal(err)
	}
	want[int64(len(want)+1)] = []byte("last")
	if err := b.Finish(ctx, nil); err != nil {
		t.Fatal(err)
	}
	for n, data := range want {
		it, err := c.Item(n)
		if err != nil || !bytes.Equal(read(t, c, it.Hash), data) {
			t.Errorf("item %d: %d bytes: %v", n, it.Size, err)
		}
	}
}
