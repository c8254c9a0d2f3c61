package importertest

import (
	"context"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"testing"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// Made is a source whose file is made of the parts while it is read: as long as
// a test wants, and never held.
func Made(name string, parts ...io.Reader) importers.Source {
	return importers.Source{FS: made{io.MultiReader(parts...), name}, Path: name}
}

// Again is a tree of one file, which is made anew each time that it is opened.
func Again(name string, parts func() []io.Reader) importers.Source {
	return importers.Source{FS: again{name, parts}, Path: name}
}

type again struct {
	name  string
	parts func() []io.Reader
}

func (a again) Open(name string) (fs.File, error) { return Made(a.name, a.parts()...).FS.Open(name) }

type made struct {
	io.Reader
	name string
}

func (m made) Open(name string) (fs.File, error) {
	if name != m.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return m, nil
}
func (m made) Close() error               { return nil }
func (m made) Stat() (fs.FileInfo, error) { return m, nil }
func (m made) Name() string               { return path.Base(m.name) }
func (m made) Size() int64                { return 0 }
func (m made) Mode() fs.FileMode          { return 0o400 }
func (m made) ModTime() time.Time         { return time.Time{} }
func (m made) IsDir() bool                { return false }
func (m made) Sys() any                   { return nil }

// Repeat gives s over and over, n bytes of it.
func Repeat(s string, n int64) io.Reader { return io.LimitReader(&cycle{s: s}, n) }

type cycle struct {
	s  string
	at int
}

func (c *cycle) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		m := copy(p[n:], c.s[c.at:])
		n += m
		c.at = (c.at + m) % len(c.s)
	}
	return n, nil
}

// Calls is an empty part that calls a function when a reader reaches it.
type Calls func()

// Read calls the function.
func (c Calls) Read([]byte) (int, error) { c(); return 0, io.EOF }

// Count is an Output that keeps the last event and counts the rest.
type Count struct {
	Last   timeline.Event
	Events int
	Bytes  int64 // of the files inside
}

// Event counts it.
func (c *Count) Event(e timeline.Event) error { c.Last = e; c.Events++; return nil }

// Skip takes it.
func (c *Count) Skip(string, string, error) error { return nil }

// Covers takes it.
func (c *Count) Covers(timeline.When, timeline.When, string) error { return nil }

// Attach reads the file to its end and counts its bytes.
func (c *Count) Attach(_, name, mediaType string, r io.Reader) (timeline.Attachment, error) {
	n, err := io.Copy(io.Discard, r)
	c.Bytes += n
	return timeline.Attachment{Name: name, Type: mediaType}, err
}

// Allocated is how many bytes f allocates, in all.
func Allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Flat checks that what an importer holds when it comes to the end of a source
// does not grow with the source: head, then a record over and over, then tail.
func Flat(t *testing.T, imp importers.Importer, name, head, record, tail string) {
	t.Helper()
	live := func(size int) int64 {
		var m runtime.MemStats
		records := max(1, size/len(record))
		src := Again(name, func() []io.Reader {
			return []io.Reader{strings.NewReader(head), Repeat(record, int64(records)*int64(len(record))), strings.NewReader(tail), Calls(func() {
				runtime.GC()
				runtime.ReadMemStats(&m)
			})}
		})
		src.Head = []byte(head + record)
		var out Count
		if err := imp.Import(context.Background(), src, &out); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if out.Events < records {
			t.Errorf("%s: %d events of %d records", name, out.Events, records)
		}
		return int64(m.HeapAlloc)
	}
	const small, large = 512 << 10, 6 << 20
	if few, many := live(small), live(large); many-few > (large-small)/4 {
		t.Errorf("%s: %d bytes are held at the end of %d, and %d at the end of %d", name, few, small, many, large)
	}
}
