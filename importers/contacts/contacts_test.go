package contacts

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/contentline"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestNames: a card names its numbers as every other export of them is named, and
// is nobody's message.
func TestNames(t *testing.T) {
	r, err := importertest.Read(context.Background(), New(), os.DirFS("testdata"), "iphone-2025.vcf", importers.Assume{})
	if err != nil || r.Err != nil || len(r.Events) != 2 {
		t.Fatal(err, r.Err, len(r.Events))
	}
	e := r.Events[0]
	h := timeline.NewHandle(e.To[0], "contacts", 1)
	if h.Kind != timeline.PhoneHandle || h.Address != "+447700900456" || e.To[0].Name != "Jo Bell" || e.From != (timeline.Party{}) || e.When.Precision != timeline.Undated {
		t.Errorf("%+v, %+v", h, e)
	}
}

func TestPublicSamples(t *testing.T) {
	for _, file := range importertest.PublicFiles(t, "vcf/*.vcf") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := importertest.Read(context.Background(), New(), os.DirFS(filepath.Dir(file)), filepath.Base(file), importers.Assume{})
		if err != nil || r.Err != nil || len(r.Events) != bytes.Count(data, []byte("BEGIN:VCARD")) || len(r.Skips) != 0 {
			t.Errorf("%s: %d events, %d skips, %v, %v", file, len(r.Events), len(r.Skips), err, r.Err)
		}
	}
}

// BenchmarkCards prints how many times its own splitting into lines it takes: no
// library reads them.
func BenchmarkCards(b *testing.B) {
	var data bytes.Buffer
	for i := range 30_000 {
		fmt.Fprintf(&data, "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Bell;Jo %d;;;\r\nFN:Jo %[1]d Bell\r\nTEL;type=CELL:+44 7700 %06[1]d\r\nEMAIL:jo%[1]d@example.org\r\nEND:VCARD\r\n", i)
	}
	src := importers.Source{FS: fstest.MapFS{"a.vcf": {Data: data.Bytes()}}, Path: "a.vcf", Head: data.Bytes()[:importers.HeadSize]}
	importertest.Ratio(b, data.Len(), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error {
		for r := contentline.NewReader(bytes.NewReader(data.Bytes())); ; {
			if _, err := r.Next(); err != nil {
				return nil
			}
		}
	})
}
