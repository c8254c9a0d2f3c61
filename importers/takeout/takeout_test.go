package takeout

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// How a page looks, and what says that there is nothing, may go.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`^body \{|^</style>|^<html>|^</div></body>`),
		importertest.Indifferent(`"(gaia_id|chat_id)": "\d+"`), importertest.Indifferent(`"type": "(TEXT|LINK|LINE_BREAK)"`), importertest.Indifferent(`"favicon_url": ""`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestClock: whatever Google prints of a time, in either language, with and
// without its zone, reads as that time.
func TestClock(t *testing.T) {
	forms := []string{
		"Monday, January 2, 2006 at 3:04:05\u202fPM UTC", "Monday, 2 January 2006 at 15:04:05 UTC", "Jan 2, 2006, 3:04:05 PM UTC", "2 Jan 2006, 15:04:05 UTC",
		"02.01.2006, 15:04:05 UTC", "2006/01/02 15:04:05 UTC", "Jan 2, 2006, 3:04:05\u00a0AM", "2 Jan 2006, 15:04:05",
	}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(700_000_000, 4_000_000_000).Draw(t, "at"), 0).UTC()
		form := rapid.SampledFrom(forms[:6]).Draw(t, "form")
		c, ok := readClock(at.Format(form), "")
		if !ok || !c.local.Equal(at) || c.zone != time.UTC {
			t.Fatal(at.Format(form), c, ok)
		}
	})
	for _, no := range []string{"", "the other day", "Jan 2, 2006", "Feb 30, 2006, 1:00:00 AM", "2 Jan 2006, 25:00:00", "13:00:00 PM, Jan 2, 2006", "Jan 2, 2006, 1:00:00 AM GMT and more"} {
		if c, ok := readClock(no, ""); ok {
			t.Errorf("%q is read as %v", no, c)
		}
	}
	for name, want := range map[string]int{"BST": 3600, "GMT+05:30": 19800, "GMT-3": -10800, "MESZ": 7200} {
		if z := zoneOf(name); z == nil {
			t.Error(name)
		} else if _, got := time.Now().In(z).Zone(); got != want {
			t.Error(name, got)
		}
	}
	if zoneOf("IST") != nil {
		t.Error("IST is three zones")
	}
}

// TestOwner: who is the owner goes by the address that the account's own file
// says, not by a name.
func TestOwner(t *testing.T) {
	r, err := importertest.Read(context.Background(), New(), os.DirFS("testdata/chat-2025"), "Takeout/Google Chat/Groups/DM aBcDeFgHiJk/messages.json", importers.Assume{})
	if err != nil || r.Err != nil {
		t.Fatal(err, r.Err)
	}
	for _, e := range r.Events {
		if want := e.From.Address == "anna@example.com"; e.From.Owner != want {
			t.Errorf("%+v", e.From)
		}
	}
}

// TestAsks: a page whose dates read in two orders is not read before a person
// has said which.
func TestAsks(t *testing.T) {
	r, err := importertest.Read(context.Background(), New(), os.DirFS("testdata/activity-html-asks"), "MyActivity.html", importers.Assume{})
	ask := (*importers.Ask)(nil)
	if err != nil || !errors.As(r.Err, &ask) || len(ask.Choices) != 2 {
		t.Fatal(err, r.Err)
	}
}

func TestPublicSamples(t *testing.T) {
	for _, file := range importertest.PublicFiles(t, "google_takeout_myactivity/MyActivity.html") {
		r, err := importertest.Read(context.Background(), New(), os.DirFS(filepath.Dir(file)), filepath.Base(file), importers.Assume{})
		if err != nil || r.Err != nil || len(r.Events) != 3 || len(r.Skips) != 0 {
			t.Fatal(err, r.Err, len(r.Events), len(r.Skips))
		}
		if e := r.Events[0]; e.When.Local != time.Date(2018, 1, 31, 22, 54, 50, 0, time.UTC) || e.When.Basis != timeline.UnknownZone {
			t.Errorf("%+v", e.When)
		}
	}
}

// BenchmarkChat prints how many times the library's tokenising it takes.
func BenchmarkChat(b *testing.B) {
	var data bytes.Buffer
	data.WriteString(`{"messages": [`)
	for i := range 50_000 {
		if i > 0 {
			data.WriteByte(',')
		}
		at := time.Unix(1_600_000_000+int64(i)*60, 0).UTC()
		fmt.Fprintf(&data, "\n    {\n      \"creator\": {\n        \"name\": \"Jo Bell\",\n        \"email\": \"jo@example.org\",\n        \"user_type\": \"Human\"\n      },\n      \"created_date\": \"%s\",\n      \"text\": \"message %d: see you at the corner\",\n      \"topic_id\": \"t%[2]d\",\n      \"message_id\": \"g/t%[2]d/m%[2]d\"\n    }", at.Format("Monday, January 2, 2006 at 3:04:05 PM UTC"), i)
	}
	data.WriteString("]}")
	ratio(b, "messages.json", data.Bytes(), func() error {
		for d := jsontext.NewDecoder(bytes.NewReader(data.Bytes())); ; {
			if _, err := d.ReadToken(); err != nil {
				return nil
			}
		}
	})
}

// BenchmarkActivityPage does so for a page.
func BenchmarkActivityPage(b *testing.B) {
	var data bytes.Buffer
	data.WriteString(`<html><body><div class="mdl-grid">`)
	for i := range 30_000 {
		fmt.Fprintf(&data, "<div class=\"outer-cell mdl-cell\"><div class=\"mdl-grid\"><div class=\"header-cell mdl-cell\"><p class=\"mdl-typography--title\">Search<br></p></div><div class=\"content-cell mdl-cell\">Visited&nbsp;<a href=\"https://example.org/%d\">https://example.org/%[1]d</a><br>Jan 31, 2018, 10:54:%02d PM GMT</div><div class=\"content-cell mdl-cell\"></div><div class=\"content-cell mdl-cell\"><b>Products:</b><br>&emsp;Search<br></div></div></div>\n", i, i%60)
	}
	data.WriteString("</div></body></html>")
	ratio(b, "MyActivity.html", data.Bytes(), func() error {
		for z := html.NewTokenizer(bytes.NewReader(data.Bytes())); ; {
			if z.Next() == html.ErrorToken {
				return nil
			}
			z.Token()
		}
	})
}

func ratio(b *testing.B, name string, data []byte, floor func() error) {
	src := importers.Source{FS: fstest.MapFS{name: {Data: data}}, Path: name, Head: data[:importers.HeadSize], Size: int64(len(data))}
	importertest.Ratio(b, len(data), func() error { return New().Import(context.Background(), src, &importertest.Count{}) }, floor)
}
