package x

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New(),
		importertest.Indifferent(`"(mediaUrls|messages|user_mentions|geo)" : (\[ \]|\{ \})`), // a list that is empty
		importertest.Indifferent(`^  "id(_str)?" :`),                                         // the same twice
		importertest.Indifferent(`^\} \]$`))                                                  // the end of a file that is not read, for another holds the same
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestPublicSample: the archive of a test account gives its two posts.
func TestPublicSample(t *testing.T) {
	for _, file := range importertest.PublicFiles(t, "x_twitter/*.zip") {
		z, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		r, err := importertest.Read(context.Background(), New(), z, "data/js/tweets/2016_05.js", importers.Assume{})
		if err != nil || r.Err != nil || len(r.Events) != 2 || len(r.Skips) != 0 {
			t.Fatal(err, r.Err, len(r.Events), r.Skips)
		}
		e := r.Events[1]
		if e.Text != "I am a test account. Beep boop." || e.From.Name != "camlistore_test" || !e.From.Owner || len(e.Flags) > 0 {
			t.Errorf("%+v", e)
		}
		if want := time.Date(2016, 5, 3, 5, 19, 40, 0, time.UTC); !e.When.Instant.Equal(want) {
			t.Error(e.When)
		}
	}
}

// TestNumbersAreNoTelephones: an account of seven digits or more is not taken
// for the number of a telephone, and one without a name keeps its number.
func TestNumbersAreNoTelephones(t *testing.T) {
	a := &archive{owner: "447700900123", names: map[string]string{"447700900123": "anna"}}
	if p := a.party("07700900123", ""); p.Address != "x:07700900123" || p.Name != "" || p.Owner {
		t.Error(p)
	}
	if p := a.self(); !p.Owner || p.Name != "anna" {
		t.Error(p)
	}
	if p := (&archive{names: map[string]string{}}).party("", ""); p.Owner {
		t.Error("nobody is the owner of an archive that does not say who is", p)
	}
}

// BenchmarkMessages prints how many times the library's tokenising it takes.
func BenchmarkMessages(b *testing.B) {
	var data bytes.Buffer
	data.WriteString("window.YTD.direct_messages.part0 = [ {\n  \"dmConversation\" : {\n    \"conversationId\" : \"1-2\",\n    \"messages\" : [ ")
	for i := range 50_000 {
		if i > 0 {
			data.WriteString(", ")
		}
		at := time.Unix(1_600_000_000+int64(i)*60, 0).UTC()
		id := (at.UnixMilli() - 1288834974657) << 22
		fmt.Fprintf(&data, "{\n      \"messageCreate\" : {\n        \"recipientId\" : \"1\",\n        \"reactions\" : [ ],\n        \"urls\" : [ ],\n        \"text\" : \"message %d: see you at the corner, don't be late\",\n        \"mediaUrls\" : [ ],\n        \"senderId\" : \"2\",\n        \"id\" : \"%d\",\n        \"createdAt\" : \"%s\"\n      }\n    }", i, id, at.Format("2006-01-02T15:04:05.000Z"))
	}
	data.WriteString(" ]\n  }\n} ]")
	src := importers.Source{FS: fstest.MapFS{"data/direct-messages.js": {Data: data.Bytes()}}, Path: "data/direct-messages.js", Head: data.Bytes()[:importers.HeadSize]}
	importertest.Ratio(b, data.Len(), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error {
		_, list, _ := strings.Cut(data.String(), "=")
		for d := jsontext.NewDecoder(strings.NewReader(list)); ; {
			if _, err := d.ReadToken(); err != nil {
				return nil
			}
		}
	})
}
