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
	timesWanted    = 2   // of those floors of which it is wanted
	heldAllowed    = 300 // MB
	formatSize     = 64 << 20
	longFormatSize = 1 << 30 // where DAYBOOK_LONG is set, for those of longFormats
)

// floors are what the imports are held against, by the names under which the
// benchmarks report them. Twice is wanted of the fastest library that takes a
// format's bytes apart. Of tables, lines, letters and pages none is named: their
// floors say how an import changes.
var floors = []struct {
	name, of string
	wanted   bool
}{
	{"decoding", "decoding its records (jsontext and UnmarshalDecode)", true},
	{"elements", "its XML tokens alone (encoding/xml, RawToken)", true},
	{"tokens", "its JSON tokens alone (jsontext)", false},
	{"row-events", "its rows as bare events (encoding/csv)", false},
	{"rows", "its rows alone (encoding/csv)", false},
	{"letters", "undoing its letters (net/mail, mime)", false},
	{"page-tokens", "the tokens of its pages (golang.org/x/net/html)", false},
	{"lines", "finding its lines", false},
}

// longFormats are the formats whose files are the longest: JSON of two walks,
// XML, a mailbox and a table.
var longFormats = map[string]bool{"telegram": true, "facebook": true, "sms": true, "mail": true, "linkedin": true}

// formats reads the long files of each format that has benchmarks of them, in a
// process of its own, beside their floors.
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
		var against []string
		for _, f := range floors {
			if t := m["times-"+f.name]; t > 0 {
				against = append(against, fmt.Sprintf("%.1f times %s%s", t, f.of, wanted(f.wanted)))
			}
		}
		if len(against) == 0 {
			continue
		}
		measured = true
		fmt.Fprintf(b.out, "  %s: %s; %.0f MB a second of the processor; at most %.0f MB held (allowed: %d)\n",
			form(name, line), strings.Join(against, ", "), m["MB/cpu-s"], m["MB-peak"], heldAllowed)
	}
	if !measured {
		return errors.New(name + ": the benchmark of its long file printed no ratio")
	}
	return b.out.Flush()
}

func wanted(is bool) string {
	if !is {
		return ""
	}
	return fmt.Sprintf(" (wanted: %d)", timesWanted)
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
