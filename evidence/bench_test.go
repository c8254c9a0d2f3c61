package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daybook/evidence"
)

// BenchmarkAdd adds photos and small files. Beside the speed it reports how it
// stands to what bounds it, measured in the same run: hashing alone, and
// writing and syncing the same files without sealing, reading back or journal.
func BenchmarkAdd(b *testing.B) {
	for _, v := range []struct {
		name        string
		files, size int
	}{
		{"photos", 200, 2 << 20},
		{"small", 4000, 20 << 10},
	} {
		b.Run(v.name, func(b *testing.B) {
			data := make([][]byte, 16)
			for i := range data {
				data[i] = content(uint64(i), v.size)
			}
			source := func(n, i int) []byte {
				d := data[i%len(data)]
				copy(d, fmt.Sprintf("%d of %d", i, n)) // every file another
				return d
			}
			total := int64(v.files) * int64(v.size)
			b.SetBytes(total)
			hashed := elapsed(func() {
				for i := range v.files {
					sha256.Sum256(source(0, i))
				}
			})
			dir := b.TempDir()
			written := elapsed(func() {
				for i := range v.files {
					writeSynced(b, filepath.Join(dir, fmt.Sprint(i)), source(0, i))
				}
			})
			var adding time.Duration
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				c := newCase(b)
				b.StartTimer()
				adding += elapsed(func() { addAll(b, c, v.files, func(i int) []byte { return source(n+1, i) }) })
				closeCase(b, c)
			}
			each := adding / time.Duration(b.N)
			b.ReportMetric(float64(v.files)/each.Seconds(), "files/s")
			b.ReportMetric(float64(total)/1e6/each.Seconds(), "added-MB/s")
			b.ReportMetric(float64(each)/float64(hashed), "x-sha256")
			b.ReportMetric(float64(each)/float64(written), "x-write+fsync")
		})
	}
}

func addAll(b *testing.B, c *evidence.Case, files int, source func(i int) []byte) {
	ctx := context.Background()
	batch, err := c.Begin(ctx, "")
	if err != nil {
		b.Fatal(err)
	}
	for i := range files {
		d := source(i)
		if _, err := batch.Add(ctx, bytes.NewReader(d), evidence.Provenance{Name: "f", Size: int64(len(d))}); err != nil {
			b.Fatal(err)
		}
	}
	if err := batch.Finish(ctx, nil); err != nil {
		b.Fatal(err)
	}
}

func writeSynced(b *testing.B, name string, data []byte) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		b.Fatal(err)
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
}

func elapsed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// BenchmarkRebuild makes the records of 10,000 items again from the journal.
func BenchmarkRebuild(b *testing.B) {
	tpl := manyItems(b, 10_000)
	for b.Loop() {
		if err := os.RemoveAll(filepath.Join(tpl.dir, "store")); err != nil {
			b.Fatal(err)
		}
		c, err := tpl.open(tpl.dir, nil)
		if err != nil {
			b.Fatal(err)
		}
		if c.Len() != 10_000 {
			b.Fatalf("%d items", c.Len())
		}
		b.StopTimer() // the second copies come after
		closeCase(b, c)
		b.StartTimer()
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "items/s")
}

// BenchmarkOpen opens and closes a case of 10,000 items.
func BenchmarkOpen(b *testing.B) {
	tpl := manyItems(b, 10_000)
	for b.Loop() {
		c, err := tpl.open(tpl.dir, nil)
		if err != nil {
			b.Fatal(err)
		}
		closeCase(b, c)
	}
}

func manyItems(b *testing.B, n int) template {
	tpl := newTemplate(b)
	c, err := tpl.open(tpl.dir, nil)
	if err != nil {
		b.Fatal(err)
	}
	addAll(b, c, n, func(i int) []byte { return fmt.Appendf(nil, "file %d", i) })
	closeCase(b, c)
	return tpl
}
