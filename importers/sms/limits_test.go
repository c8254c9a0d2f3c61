package sms

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func read(t *testing.T, data string) importertest.Result {
	t.Helper()
	r, err := importertest.Read(context.Background(), New(), fstest.MapFS{"sms.xml": {Data: []byte(data)}}, "sms.xml", importers.Assume{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// long is a file that is made while it is read.
type long struct {
	io.Reader
	size int64
}

func (l long) Open(string) (fs.File, error) { return l, nil }
func (l long) Close() error                 { return nil }
func (l long) Stat() (fs.FileInfo, error)   { return l, nil }
func (l long) Name() string                 { return "sms.xml" }
func (l long) Size() int64                  { return l.size }
func (l long) Mode() fs.FileMode            { return 0o400 }
func (l long) ModTime() time.Time           { return time.Time{} }
func (l long) IsDir() bool                  { return false }
func (l long) Sys() any                     { return nil }
func repeat(s string, n int64) io.Reader    { return io.LimitReader(&cycle{s: s}, n) }
func source(r ...io.Reader) importers.Source {
	return importers.Source{FS: long{Reader: io.MultiReader(r...)}, Path: "sms.xml"}
}

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

// sink is an Output that keeps the last event and counts.
type sink struct {
	last   timeline.Event
	events int
	bytes  int64
}

func (s *sink) Event(e timeline.Event) error                      { s.last = e; s.events++; return nil }
func (s *sink) Skip(string, string, error) error                  { return nil }
func (s *sink) Covers(timeline.When, timeline.When, string) error { return nil }
func (s *sink) Attach(_, name, mediaType string, r io.Reader) (timeline.Attachment, error) {
	n, err := io.Copy(io.Discard, r)
	s.bytes += n
	return timeline.Attachment{Name: name, Type: mediaType}, err
}

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestPartIsNotHeld(t *testing.T) {
	const size = 48 << 20
	src := source(strings.NewReader(`<smses count="1"><mms date="1722517200000" msg_box="1" address="+447700900123"><parts><part ct="video/mp4" cl="v.mp4" data="`),
		repeat("AAAABBBB", size), strings.NewReader(`"/></parts></mms></smses>`))
	var s sink
	var err error
	used := allocated(func() { err = New().Import(context.Background(), src, &s) })
	if err != nil || s.events != 1 || s.bytes != size/4*3 {
		t.Fatal(err, s.events, s.bytes)
	}
	if used > 2<<20 {
		t.Errorf("%d bytes were allocated for a part of %d", used, size)
	}
}

func TestTextIsCut(t *testing.T) {
	const size = 3 << 20
	src := source(strings.NewReader(`<smses count="1"><sms date="1722517200000" type="1" address="+447700900123" body="x`),
		repeat("é", size), strings.NewReader(`"/></smses>`))
	var s sink
	if err := New().Import(context.Background(), src, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.last.Text) < maxText-1 || len(s.last.Text) > maxText || s.last.Extra["body length"] != "3145729" || !has(s.last, timeline.TextCut) {
		t.Errorf("a text of %d bytes is shown in %d, length %q, flags %v", size+1, len(s.last.Text), s.last.Extra["body length"], s.last.Flags)
	}
}

func has(e timeline.Event, f timeline.Flag) bool {
	for _, have := range e.Flags {
		if have == f {
			return true
		}
	}
	return false
}

// Everything that can be made too many or too deep ends with an error that
// names it, and keeps what was read before.
func TestLimits(t *testing.T) {
	first := `<smses count="2"><sms date="1722517200000" type="1" address="+447700900123" body="first"/>`
	for name, test := range map[string]struct{ rest, want string }{
		"depth":      {"<x>" + strings.Repeat("<y>", 2000), "inside one another"},
		"parts":      {"<mms date=\"1722517200000\"><parts>" + strings.Repeat("<part/>", maxParts+1), "parts or addresses"},
		"addresses":  {"<mms date=\"1722517200000\"><addrs>" + strings.Repeat("<addr a=\"\"/>", maxParts+1), "parts or addresses"},
		"attributes": {"<sms" + manyAttributes(maxAttrs+1) + "/>", "attributes"},
		"name":       {"<" + strings.Repeat("n", 1<<20) + "/>", "too long"},
	} {
		r := read(t, first+test.rest)
		if r.Err == nil || !strings.Contains(r.Err.Error(), test.want) {
			t.Errorf("%s: %.200v", name, r.Err)
		}
		if len(r.Events) == 0 || r.Events[0].Text != "first" {
			t.Errorf("%s: what was read before is lost", name)
		}
	}
}

func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a" + strings.Repeat("b", i%50) + string(rune('a'+i/50)) + `=""`)
	}
	return b.String()
}

func TestDocumentTypeIsRefused(t *testing.T) {
	doc := `<!DOCTYPE smses [<!ENTITY a "b">]><smses count="1"><sms date="1722517200000" type="1" body="&a;"/></smses>`
	src := importers.Source{Path: "sms.xml", Head: []byte(doc)}
	if !New().Claims(src) {
		t.Error("a backup with a document type is not claimed, so that nobody would hear of it")
	}
	r := read(t, doc)
	if r.Err == nil || !strings.Contains(r.Err.Error(), "document type") || len(r.Events) > 0 {
		t.Errorf("%v, %d events", r.Err, len(r.Events))
	}
}

func TestClaims(t *testing.T) {
	for head, want := range map[string]bool{
		"\ufeff<?xml version='1.0'?>\n<!-- c --><smses count=\"1\">": true,
		"<calls count='2'>":          true,
		"<calls>\n<call number='1'":  true,
		"<calls><conference/>":       false,
		"<html><smses count='1'>":    false,
		"smses":                      false,
		"":                           false,
		"<?xml version='1.0'?><gpx>": false,
	} {
		if got := New().Claims(importers.Source{Path: "a.xml", Head: []byte(head)}); got != want {
			t.Errorf("%q: claimed %v", head, got)
		}
	}
}

// fixtures finds public samples beside the repository, when they are there.
func fixtures(t *testing.T, folder string) []string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	roots := []string{os.Getenv("DAYBOOK_FIXTURES")}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		roots = append(roots, filepath.Join(dir, "shared", "fixtures"))
	}
	for _, root := range roots {
		if list, err := filepath.Glob(filepath.Join(root, folder)); err == nil && root != "" && len(list) > 0 {
			return list
		}
	}
	return nil
}

func TestPublicSamples(t *testing.T) {
	files := append(fixtures(t, "sms_backup_restore/*/*.xml"), "testdata/v10-types.xml")
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		if !New().Claims(importers.Source{Path: name, Head: data}) {
			t.Errorf("%s is not claimed", name)
		}
		r := read(t, string(data))
		if len(r.Events) == 0 {
			t.Errorf("%s: no event came of it (%v)", name, r.Err)
		}
		if broken := strings.Contains(name, "malformed"); broken != (r.Err != nil) {
			t.Errorf("%s: %v", name, r.Err)
		}
	}
}

func TestStopsInsideAPart(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	src := source(strings.NewReader(`<smses count="1"><mms date="1722517200000"><parts><part ct="video/mp4" data="`),
		repeat("AAAA", 1<<20), calls(cancel), repeat("AAAA", 1<<40))
	var s sink
	if err := New().Import(ctx, src, &s); !errors.Is(err, context.Canceled) || s.events > 0 {
		t.Errorf("%v, %d events", err, s.events)
	}
}

// calls is an empty reader that calls a function when it is reached.
type calls func()

func (c calls) Read([]byte) (int, error) { c(); return 0, io.EOF }
