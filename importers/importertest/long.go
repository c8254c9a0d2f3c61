package importertest

import (
	"context"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/importers"
)

// Long is a file of an export that is made while it is read, as long as one
// wants: its head, records with what stands between them, and its tail.
type Long struct {
	Path                string
	Head, Between, Tail string
	Record              func(i int) string
	Beside              fstest.MapFS // the other files of the export
	Assume              importers.Assume
}

const (
	longBlock = 1 << 20  // of records that are made; they are repeated
	longSize  = 16 << 20 // of the file, where DAYBOOK_BENCH_SIZE does not say it
)

// Ratio benchmarks the import of the file beside its floors, as the function of
// that name does, each by its own name, and reports how much memory the process has
// held when the import is done for the first time.
func (l Long) Ratio(b *testing.B, imp importers.Importer, floors ...Floor) {
	b.Helper()
	size := int64(longSize)
	if asked := os.Getenv("DAYBOOK_BENCH_SIZE"); asked != "" {
		var err error
		if size, err = strconv.ParseInt(asked, 10, 64); err != nil {
			b.Fatalf("DAYBOOK_BENCH_SIZE: %v", err)
		}
	}
	file := l.file(size)
	src := importers.Source{FS: file, Path: l.Path, Assume: l.Assume, Size: file.size}
	var err error
	if src.Head, err = io.ReadAll(io.LimitReader(file.reader(), importers.HeadSize)); err != nil {
		b.Fatal(err)
	}
	peak := 0.0
	imported := func() error {
		var out Count
		if err := imp.Import(context.Background(), src, &out); err != nil {
			return err
		}
		if out.Events < file.records {
			b.Fatalf("%d events of %d records; the last is %+v", out.Events, file.records, out.Last)
		}
		if peak == 0 {
			peak = peakMemory()
		}
		return nil
	}
	runs := make([]timed, len(floors))
	for i, f := range floors {
		runs[i] = timed{f.Name, func() error { return f.Read(file.reader()) }}
	}
	ratios(b, int(file.size), imported, runs...)
	b.ReportMetric(peak, "MB-peak")
}

// longFile is the tree of a long file and what lies beside it.
type longFile struct {
	Long
	block   string
	blocks  int64
	last    string // the last record, and the tail
	size    int64
	records int
}

func (l Long) file(size int64) longFile {
	var block strings.Builder
	n := 0
	for ; block.Len() < longBlock; n++ {
		block.WriteString(l.Record(n))
		block.WriteString(l.Between)
	}
	f := longFile{Long: l, block: block.String(), blocks: max(1, size/int64(block.Len()))}
	f.records = int(f.blocks)*n + 1
	f.last = l.Record(f.records) + l.Tail
	f.size = int64(len(l.Head)) + f.blocks*int64(block.Len()) + int64(len(f.last))
	return f
}

func (f longFile) reader() *io.SectionReader { return io.NewSectionReader(f, 0, f.size) }

// ReadAt makes the bytes that stand at an offset.
func (f longFile) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for _, part := range []struct {
		text  string
		times int64
	}{{f.Head, 1}, {f.block, f.blocks}, {f.last, 1}} {
		size := int64(len(part.text)) * part.times
		for off < size && n < len(p) {
			m := copy(p[n:], part.text[off%int64(len(part.text)):])
			n, off = n+m, off+int64(m)
		}
		off = max(0, off-size)
		if n == len(p) {
			return n, nil
		}
	}
	return n, io.EOF
}

func (f longFile) Open(name string) (fs.File, error) {
	if name != f.Path {
		return f.Beside.Open(name)
	}
	return opened{f.reader(), name}, nil
}

// opened is a long file while it is read, in any order.
type opened struct {
	*io.SectionReader
	name string
}

func (o opened) Close() error               { return nil }
func (o opened) Stat() (fs.FileInfo, error) { return made{name: o.name}, nil }
