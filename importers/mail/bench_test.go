package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
)

// benchmarkMailbox is a mailbox of n messages: text and HTML in each, and a
// picture in every second, 40 KB a message on average.
func benchmarkMailbox(n int) []byte {
	var b bytes.Buffer
	text := strings.Repeat("I know where you have been, and when; caf=C3=A9 and all.\n", 40)
	html := "<html><head><style>p{margin:0}</style></head><body>" + strings.Repeat("<p>I know where you have been, and when; caf&eacute; and all.</p>\n", 60) + "</body></html>"
	raw := base64.StdEncoding.EncodeToString(make([]byte, 46<<10))
	var picture strings.Builder
	for i := 0; i < len(raw); i += 76 {
		picture.WriteString(raw[i:min(i+76, len(raw))] + "\n")
	}
	for i := range n {
		at := time.Unix(1_700_000_000+int64(i)*600, 0).UTC()
		fmt.Fprintf(&b, "From jo@example.com %s\nReceived: from a.example (a.example [192.0.2.1])\n\tby mx.example.org with ESMTPS id %d\n\tfor <kim@example.org>; %s\nFrom: =?utf-8?Q?Jo_Bl=C3=B6ggs?= <jo@example.com>\nTo: Kim <kim@example.org>\nDate: %s\nMessage-ID: <%d@example.com>\nSubject: message %d\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"mixed\"\n\n",
			at.Format(time.ANSIC), i, at.Format(time.RFC1123Z), at.Format(time.RFC1123Z), i, i)
		fmt.Fprintf(&b, "--mixed\nContent-Type: multipart/alternative; boundary=\"alt\"\n\n--alt\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n%s\n--alt\nContent-Type: text/html; charset=utf-8\n\n%s\n--alt--\n", text, html)
		if i%2 == 0 {
			fmt.Fprintf(&b, "--mixed\nContent-Type: image/jpeg; name=\"p.jpg\"\nContent-Disposition: attachment; filename=\"p.jpg\"\nContent-Transfer-Encoding: base64\n\n%s", picture.String())
		}
		b.WriteString("--mixed--\n\n")
	}
	return b.Bytes()
}

func BenchmarkMailbox(b *testing.B) {
	const messages = 1000
	data := benchmarkMailbox(messages)
	tree := fstest.MapFS{"m.mbox": {Data: data}}
	b.Run("import", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			var s importertest.Count
			if err := New().Import(context.Background(), importers.Source{FS: tree, Path: "m.mbox"}, &s); err != nil || s.Events != messages {
				b.Fatal(err, s.Events)
			}
		}
		b.ReportMetric(float64(messages*b.N)/b.Elapsed().Seconds(), "messages/s")
	})
	b.Run("sha256", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			sha256.Sum256(data)
		}
	})
}
