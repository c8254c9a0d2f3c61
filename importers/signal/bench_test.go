package signal

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json"

	"daybook/importers"
	"daybook/importers/importertest"
)

// BenchmarkFrames reads an export and, in the same run, only decodes its lines
// with the library below: the ratio of the two does not depend on the machine.
func BenchmarkFrames(b *testing.B) {
	var data bytes.Buffer
	data.WriteString(`{"version":"1","backupTimeMs":"1771945200000"}` + "\n" + `{"recipient":{"id":"1","self":{}}}` + "\n" + `{"recipient":{"id":"2","contact":{"e164":"447700900222","systemGivenName":"Dan"}}}` + "\n" + `{"chat":{"id":"1","recipientId":"2"}}` + "\n")
	for i := 0; data.Len() < 16<<20; i++ {
		fmt.Fprintf(&data, `{"chatItem":{"chatId":"1","authorId":"2","dateSent":"%d","incoming":{"dateReceived":"%d","dateServerSent":"%d","read":true,"sealedSender":true},"standardMessage":{"text":{"body":"Message number %d: see you at the \"corner\", don't be late 😀"}}}}`+"\n",
			1_700_000_000_000+i*61_000, 1_700_000_001_000+i*61_000, 1_700_000_000_500+i*61_000, i)
	}
	tree := fstest.MapFS{"main.jsonl": {Data: data.Bytes()}}
	src := importers.Source{FS: tree, Path: "main.jsonl", Head: data.Bytes()[:importers.HeadSize]}
	b.SetBytes(int64(data.Len()))
	var read, tokens time.Duration
	for b.Loop() {
		start := time.Now()
		if err := New().Import(context.Background(), src, &importertest.Count{}); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		for line := range bytes.Lines(data.Bytes()) {
			var v struct {
				ChatItem struct {
					ChatID, AuthorID, DateSent string
					Incoming                   struct{ DateReceived, DateServerSent string }
					StandardMessage            struct{ Text struct{ Body string } }
				}
			}
			if err := json.Unmarshal(line, &v, json.MatchCaseInsensitiveNames(true)); err != nil {
				b.Fatal(err)
			}
		}
		read, tokens = read+middle.Sub(start), tokens+time.Since(middle)
	}
	b.ReportMetric(float64(read)/float64(tokens), "x-decode")
}
