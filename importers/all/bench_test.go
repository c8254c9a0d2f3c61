package all

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

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

// BenchmarkClaims asks every importer before the last whose a file is, of the
// kinds that people add most, beside the hashing of the same bytes: what is
// looked at must cost little beside what is kept.
func BenchmarkClaims(b *testing.B) {
	set := Importers(nil)
	noise := make([]byte, importers.HeadSize)
	rand.NewChaCha8([32]byte{1}).Read(noise)
	for name, first := range map[string]string{
		"a.jpg": "\xff\xd8\xff\xe0\x00\x10JFIF\x00",
		"a.png": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
		"a.mp4": "\x00\x00\x00\x18ftypmp42",
		"a.pdf": "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
		"a.bin": "",
	} {
		b.Run(name, func(b *testing.B) {
			head := append([]byte(first), noise...)[:importers.HeadSize]
			s := importers.Source{FS: fstest.MapFS{name: {Data: head}}, Path: name, Head: head, Size: int64(len(head))}
			for b.Loop() {
				for _, imp := range set[:len(set)-1] {
					_ = imp.Claims(s) // who claims it is what the other tests look at
				}
			}
			asked := b.Elapsed()
			start := time.Now()
			for range b.N {
				sha256.Sum256(head)
			}
			b.ReportMetric(float64(asked)/float64(time.Since(start)), "X_sha256")
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
