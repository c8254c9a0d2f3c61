package telegram

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/net/html"

	"daybook/importers"
	"daybook/importers/importertest"
)

// benchmarkJSON is a chat of about size bytes, laid out as Telegram does.
func benchmarkJSON(size int) []byte {
	var b bytes.Buffer
	b.WriteString("{\n \"name\": \"Dan Cole\",\n \"type\": \"personal_chat\",\n \"id\": 700200,\n \"messages\": [\n")
	for i := 0; b.Len() < size; i++ {
		at := time.Unix(1_700_000_000+int64(i)*61, 0).UTC()
		text := fmt.Sprintf("Message number %d: see you at the \\\"corner\\\", don't be late 😀", i)
		fmt.Fprintf(&b, "  {\n   \"id\": %d,\n   \"type\": \"message\",\n   \"date\": \"%s\",\n   \"date_unixtime\": \"%d\",\n   \"from\": \"Dan Cole\",\n   \"from_id\": \"user7002%02d\",\n   \"reply_to_message_id\": %d,\n   \"text\": \"%s\",\n   \"text_entities\": [\n    {\n     \"type\": \"plain\",\n     \"text\": \"%s\"\n    }\n   ]\n  },\n",
			i+1, at.Format(isoDate), at.Unix(), i%2, i, text, text)
	}
	b.WriteString("  {\"id\": 0, \"type\": \"unsupported\"}\n ]\n}")
	return b.Bytes()
}

func benchmarkPage(size int) []byte {
	var b bytes.Buffer
	b.WriteString("<html><head><title>Exported Data</title></head><body><div class=\"page_wrap\"><div class=\"history\">\n<div class=\"message service\" id=\"message-1\"><div class=\"body details\">\n19 January 2024\n</div></div>")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "\n     <div class=\"message default clearfix\" id=\"message%d\">\n\n      <div class=\"pull_left userpic_wrap\">\n\n       <div class=\"userpic userpic2\" style=\"width: 42px; height: 42px\">\n\n        <div class=\"initials\" style=\"line-height: 42px\">\nD\n        </div>\n\n       </div>\n\n      </div>\n\n      <div class=\"body\">\n\n       <div class=\"pull_right date details\" title=\"19.01.2024 06:52:31 UTC+12:00\">\n06:52\n       </div>\n\n       <div class=\"from_name\">\nDan Cole \n       </div>\n\n       <div class=\"text\">\nMessage number %d: see you at the &quot;corner&quot;,<br>don&apos;t be late\n       </div>\n\n      </div>\n\n     </div>\n", i, i)
	}
	b.WriteString("</div></div></body></html>")
	return b.Bytes()
}

// compare reads a file and, in the same run, takes it apart with the library
// below and does nothing with it: the ratio of the two does not depend on the
// machine.
func compare(b *testing.B, name string, data []byte, floor func([]byte) error) {
	tree := fstest.MapFS{name: {Data: data}}
	b.SetBytes(int64(len(data)))
	var read, tokens time.Duration
	for b.Loop() {
		start := time.Now()
		if err := New().Import(context.Background(), importers.Source{FS: tree, Path: name}, &importertest.Count{}); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if err := floor(data); err != nil {
			b.Fatal(err)
		}
		read, tokens = read+middle.Sub(start), tokens+time.Since(middle)
	}
	b.ReportMetric(float64(read)/float64(tokens), "x-tokens")
}

func BenchmarkJSON(b *testing.B) {
	compare(b, "result.json", benchmarkJSON(32<<20), func(data []byte) error {
		d := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
		for d.PeekKind() != '[' { // to the messages
			if _, err := d.ReadToken(); err != nil {
				return err
			}
		}
		if _, err := d.ReadToken(); err != nil {
			return err
		}
		for d.PeekKind() == '{' {
			var m struct {
				ID                                               int
				Type, Date, DateUnixtime, From, FromID, FileName string
				ReplyToMessageID                                 int
				Text                                             any
				TextEntities                                     []struct{ Type, Text string }
			}
			if err := json.UnmarshalDecode(d, &m, json.MatchCaseInsensitiveNames(true)); err != nil {
				return err
			}
		}
		return nil
	})
}

func BenchmarkPage(b *testing.B) {
	compare(b, "messages.html", benchmarkPage(16<<20), func(data []byte) error {
		z := html.NewTokenizer(bytes.NewReader(data))
		for z.Next() != html.ErrorToken {
			z.Token()
		}
		if z.Err() == io.EOF {
			return nil
		}
		return z.Err()
	})
}
