package all

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"daybook/importers"
)

// BenchmarkPhotos adds many small photos and fewer large ones in one run, each
// with its own bytes.
func BenchmarkPhotos(b *testing.B) {
	for _, size := range []struct{ photos, bytes int }{{20_000, 2 << 10}, {1_000, 2 << 20}} {
		b.Run(fmt.Sprintf("%d of %d KiB", size.photos, size.bytes>>10), func(b *testing.B) {
			dir := photos(b, size.photos, size.bytes)
			b.SetBytes(int64(size.photos * size.bytes))
			b.ResetTimer()
			for b.Loop() {
				c, x := open(b, "Europe/London")
				run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits}
				rec, err := run.Add(context.Background(), "", dir)
				if err != nil || rec.Events != size.photos {
					b.Fatalf("%d events, %v", rec.Events, err)
				}
			}
		})
	}
}

// photos writes photos that differ, grown to a size, which a JPEG bears behind
// its end.
func photos(b *testing.B, n, size int) string {
	b.Helper()
	sample, err := os.ReadFile("../photo/testdata/trail-camera.jpg")
	if err != nil {
		b.Fatal(err)
	}
	data := make([]byte, max(size, len(sample)+8))
	copy(data, sample)
	dir := b.TempDir()
	for i := range n {
		binary.BigEndian.PutUint64(data[len(data)-8:], uint64(i))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%05d.jpg", i)), data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}
