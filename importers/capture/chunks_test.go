package capture

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http/httputil"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What a server sends in chunks reads as the library reads it, cut anywhere.
func TestChunksAreTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sent bytes.Buffer
		for _, part := range rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 1, 5000), 0, 5).Draw(t, "parts") {
			fmt.Fprintf(&sent, "%x%s\r\n%s\r\n", len(part), rapid.SampledFrom([]string{"", ";a=b"}).Draw(t, "extension"), part)
		}
		sent.WriteString("0\r\n\r\n")
		cut := rapid.IntRange(0, sent.Len()).Draw(t, "cut")
		whole := sent.Bytes()[:cut]
		want, wantErr := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(whole)))
		got, err := io.ReadAll(newChunks(bufio.NewReader(bytes.NewReader(whole))))
		if cut >= sent.Len()-2 && (err != nil || !bytes.Equal(got, want)) {
			t.Fatalf("%q: %d bytes, %v; the library has %d, %v", whole, len(got), err, len(want), wantErr)
		}
		if cut < sent.Len()-4 && (err == nil || !bytes.HasPrefix(want, got) && !bytes.HasPrefix(got, want)) {
			t.Fatalf("cut at %d: %d bytes, %v; the library has %d, %v", cut, len(got), err, len(want), wantErr)
		}
	})
	for sent, says := range map[string]string{"zz\r\nabc": "no length", "-1\r\nabc": "no length", "3\r\nabcd": "does not end", strings.Repeat("1", 5000): "buffer full"} {
		if _, err := io.ReadAll(newChunks(bufio.NewReader(strings.NewReader(sent)))); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%.20q: %v, want %q", sent, err, says)
		}
	}
}
