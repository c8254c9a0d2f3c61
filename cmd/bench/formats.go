package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// What is asked of a format, for a file of any size.
const (
	timesWanted    = 2
	heldAllowed    = 300 // MB
	formatSize     = 64 << 20
	longFormatSize = 1 << 30 // where DAYBOOK_LONG is set, for those of longFormats
)

// longFormats are the formats whose files are the longest: JSON of two walks,
// XML, a mailbox and a table.
var longFormats = map[string]bool{"telegram": true, "facebook": true, "sms": true, "mail": true, "linkedin": true}

// formats reads the long files of each format that has benchmarks of them, in a
// process of its own, beside taking the same bytes apart with the library.
func (b *bench) formats(size, long int64, only ...string) error {
	files, err := filepath.Glob("importers/*/bench_test.go")
	if err != nil {
		return err
	}
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file))
		if len(only) > 0 && name != only[0] {
			continue
		}
		if err := b.format(name, file, size, long); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) format(name, file string, size, long int64) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !bytes.Contains(text, []byte("Long(b *testing.B)")) {
		return nil
	}
	if longFormats[name] {
		size = long
	}
	out, err := b.time("format: "+name, fmt.Sprintf("%d MB, with making the test, and its floors", size>>20), []string{"DAYBOOK_BENCH_SIZE=" + strconv.FormatInt(size, 10)},
		"go", "test", "-run", "^$", "-bench", "Long$", "-benchtime", "1x", "-timeout", "30m", "./importers/"+name)
	if err != nil {
		return err
	}
	measured := false
	for line := range strings.Lines(out.stdout) {
		m := metrics(line)
		if m["times-the-floor"] == 0 {
			continue
		}
		measured = true
		decoding := ""
		if t := m["times-decoding"]; t > 0 {
			decoding = fmt.Sprintf(", %.1f times decoding into structs", t)
		}
		fmt.Fprintf(b.out, "  %s: %.1f times tokenising it (wanted: %d)%s; %.0f MB a second of the processor; at most %.0f MB held (allowed: %d)\n",
			form(name, line), m["times-the-floor"], timesWanted, decoding, m["MB/cpu-s"], m["MB-peak"], heldAllowed)
	}
	if !measured {
		return errors.New(name + ": the benchmark of its long file printed no ratio")
	}
	return b.out.Flush()
}

// form names what a benchmark's line is about: BenchmarkLong is the format's own
// file, BenchmarkPageLong its pages.
func form(format, line string) string {
	benchmark, _, _ := strings.Cut(line, "Long")
	if kind := strings.TrimPrefix(benchmark, "Benchmark"); kind != "" {
		return format + ", " + kind
	}
	return format
}

// longFormat is how long the files of longFormats are.
func longFormat() int64 {
	if os.Getenv("DAYBOOK_LONG") != "" {
		return longFormatSize
	}
	return formatSize
}
