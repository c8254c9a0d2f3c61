package googlevoice

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// What a page is dressed in may go.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`^<(\?xml|!DOCTYPE|html|meta|style|br)`), importertest.Indifferent(`^</span>|^</head>|^</div></div>\s*$`),
		importertest.Indifferent(`^<span class="fn">`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestPublicSamples: every message and call of the public pages is an event.
func TestPublicSamples(t *testing.T) {
	want := map[string]int{"Test Person - Text - 2020-02-03T17_37_45Z.html": 2, "Group Conversation - 2020-02-05T17_16_14Z.html": 2, "sampleReceivedCallHTML.html": 1}
	for _, file := range importertest.PublicFiles(t, "googlevoice/takeout_html/*.html") {
		r, err := importertest.Read(context.Background(), New(), os.DirFS(filepath.Dir(file)), filepath.Base(file), importers.Assume{})
		if err != nil || r.Err != nil || len(r.Events) != want[filepath.Base(file)] || len(r.Skips) > 0 {
			t.Errorf("%s: %d events, %d skips, %v, %v", file, len(r.Events), len(r.Skips), err, r.Err)
		}
		for _, e := range r.Events {
			if e.When.Zone != "-06:00" || e.From.Owner == e.To[0].Owner && e.To[0].Owner {
				t.Errorf("%s: %+v", file, e)
			}
		}
	}
}

// conversation is a page of n messages.
func conversation(n int) []byte {
	var b bytes.Buffer
	b.WriteString("<html><head><title>Jo</title></head><body><div class=\"hChatLog hfeed\">\n")
	for i := range n {
		at := time.Unix(1_600_000_000+int64(i)*60, 0).UTC().Format("2006-01-02T15:04:05.000Z07:00")
		fmt.Fprintf(&b, "<div class=\"message\"><abbr class=\"dt\" title=\"%s\">Feb 3, 2020</abbr>:\n<cite class=\"sender vcard\"><a class=\"tel\" href=\"tel:+447700900456\"><span class=\"fn\">Jo</span></a></cite>:\n<q>Message number %d: see you at the corner, don&#39;t be late</q>\n</div> ", at, i)
	}
	b.WriteString("</div></body></html>")
	return b.Bytes()
}

// TestOwnerIsNoName: somebody who calls himself Me is not the owner.
func TestOwnerIsNoName(t *testing.T) {
	data := bytes.ReplaceAll(conversation(1), []byte(">Jo<"), []byte(">Me<"))
	c := importertest.Count{}
	src := importers.Source{FS: fstest.MapFS{"a.html": {Data: data}}, Path: "a.html", Head: data, Size: int64(len(data))}
	if err := New().Import(context.Background(), src, &c); err != nil {
		t.Fatal(err)
	}
	if c.Last.From.Owner || c.Last.From.Name != "Me" || len(c.Last.To) != 1 || c.Last.To[0] != (timeline.Party{Owner: true}) {
		t.Errorf("%+v", c.Last)
	}
}

// BenchmarkTexts prints how many times the library's tokenising it takes.
func BenchmarkTexts(b *testing.B) {
	data := conversation(50_000)
	src := importers.Source{FS: fstest.MapFS{"a.html": {Data: data}}, Path: "a.html", Head: data[:importers.HeadSize], Size: int64(len(data))}
	importertest.Ratio(b, len(data), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error {
		for z := html.NewTokenizer(bytes.NewReader(data)); ; {
			if z.Next() == html.ErrorToken {
				return nil
			}
			z.Token()
		}
	})
}
