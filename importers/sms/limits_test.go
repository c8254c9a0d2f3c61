package sms

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

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

func source(parts ...io.Reader) importers.Source { return importertest.Made("sms.xml", parts...) }

func TestPartIsNotHeld(t *testing.T) {
	const size = 48 << 20
	src := source(strings.NewReader(`<smses count="1"><mms date="1722517200000" msg_box="1" address="+447700900123"><parts><part ct="video/mp4" cl="v.mp4" data="`),
		importertest.Repeat("AAAABBBB", size), strings.NewReader(`"/></parts></mms></smses>`))
	var s importertest.Count
	var err error
	used := importertest.Allocated(func() { err = New().Import(context.Background(), src, &s) })
	if err != nil || s.Events != 1 || s.Bytes != size/4*3 {
		t.Fatal(err, s.Events, s.Bytes)
	}
	if used > 2<<20 {
		t.Errorf("%d bytes were allocated for a part of %d", used, size)
	}
}

func TestTextIsCut(t *testing.T) {
	const size = 3 << 20
	src := source(strings.NewReader(`<smses count="1"><sms date="1722517200000" type="1" address="+447700900123" body="x`),
		importertest.Repeat("é", size), strings.NewReader(`"/></smses>`))
	var s importertest.Count
	if err := New().Import(context.Background(), src, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Last.Text) < maxText-1 || len(s.Last.Text) > maxText || s.Last.Extra.Get("body length") != "3145729" || !has(s.Last, timeline.TextCut) {
		t.Errorf("a text of %d bytes is shown in %d, length %q, flags %v", size+1, len(s.Last.Text), s.Last.Extra.Get("body length"), s.Last.Flags)
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

func TestPublicSamples(t *testing.T) {
	files := append(importertest.PublicFiles(t, "sms_backup_restore/*/*.xml"), "testdata/v10-types.xml")
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
		importertest.Repeat("AAAA", 1<<20), importertest.Calls(cancel), importertest.Repeat("AAAA", 1<<40))
	var s importertest.Count
	if err := New().Import(ctx, src, &s); !errors.Is(err, context.Canceled) || s.Events > 0 {
		t.Errorf("%v, %d events", err, s.Events)
	}
}
