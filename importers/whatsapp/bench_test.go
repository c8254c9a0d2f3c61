package whatsapp

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// BenchmarkImport reads a million messages and, in the same run, hashes the
// same bytes: the ratio of the two does not depend on the machine.
func BenchmarkImport(b *testing.B) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		b.Fatal(err)
	}
	dir, n := b.TempDir(), 1_000_000
	size := writeChat(b, filepath.Join(dir, "_chat.txt"), n)
	head := readHeadOf(b, filepath.Join(dir, "_chat.txt"))
	b.SetBytes(size)
	var hashing, reading time.Duration
	peak := uint64(0)
	for b.Loop() {
		start := time.Now()
		hashFile(b, filepath.Join(dir, "_chat.txt"))
		hashing += time.Since(start)
		start = time.Now()
		out := &counter{}
		s := importers.Source{FS: os.DirFS(dir), Path: "_chat.txt", Head: head, Size: size, Assume: importers.Assume{Zone: zone, Owner: "Alice Moor"}}
		if err := New().Import(context.Background(), s, out); err != nil {
			b.Fatal(err)
		}
		reading += time.Since(start)
		if out.events != n {
			b.Fatalf("%d events of %d messages", out.events, n)
		}
		peak = max(peak, out.peak)
	}
	b.ReportMetric(float64(reading)/float64(hashing), "x-sha256")
	b.ReportMetric(float64(peak)/(1<<20), "peak-heap-MB")
	b.ReportMetric(float64(n)*float64(b.N)/reading.Seconds(), "messages/s")
}

// counter is an Output that keeps nothing.
type counter struct {
	importers.Output
	events int
	peak   uint64
}

func (c *counter) Event(timeline.Event) error {
	c.events++
	if c.events%100_000 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		c.peak = max(c.peak, m.HeapInuse)
	}
	return nil
}

func (c *counter) Covers(_, _ timeline.When, _ string) error { return nil }

func writeChat(t testing.TB, name string, n int) int64 {
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	at := time.Date(2019, 3, 1, 8, 0, 0, 0, time.UTC)
	names := []string{"Alice Moor", "Sam Reed"}
	words := "I saw you at the window again and you did not look up once all evening long"
	for i := range n {
		at = at.Add(time.Duration(30+i%211) * time.Second)
		text := words[:20+i%(len(words)-20)]
		if i%17 == 0 {
			text += "\nand another line of it"
		}
		if i%50 == 0 {
			text = fmt.Sprintf("IMG-%s-WA%04d.jpg (file attached)", at.Format("20060102"), i%10000)
		}
		fmt.Fprintf(w, "%s - %s: %s\n", at.Format("02/01/2006, 15:04"), names[i%3%2], text)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func readHeadOf(t testing.TB, name string) []byte {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, importers.HeadSize))
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func hashFile(t testing.TB, name string) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.Copy(sha256.New(), f); err != nil {
		t.Fatal(err)
	}
}
