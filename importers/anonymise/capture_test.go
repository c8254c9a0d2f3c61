package anonymise

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// An answer that was sent packed and in chunks is undone and written anew, with the
// length that it then has; what cannot be undone keeps nothing of its words.
func TestAnswersAreUndone(t *testing.T) {
	page := "<html><body><p>outside your window</p></body></html>"
	packed := string(gzipOf(t, []byte(page)))
	chunked := fmt.Sprintf("%x\r\n%s\r\n%x;note=1\r\n%s\r\n0\r\n\r\n", 10, packed[:10], len(packed)-10, packed[10:])
	record := func(block string) string {
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://wonder.example/alice\r\nWARC-Block-Digest: sha1:ABCDEFGH\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
	}
	head := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
	whole := record(head+"Transfer-Encoding: chunked\r\n\r\n"+chunked) + record(head+"\r\n"+packed[:len(packed)/2])
	_, out, _ := copied(t, fstest.MapFS{"a.warc": {Data: []byte(whole)}}, ".")
	for _, file := range out {
		got := string(file.Data)
		for _, word := range []string{"outside", "window", "wonder", "alice", "ABCDEFGH", "gzip", "chunked"} {
			if strings.Contains(got, word) {
				t.Errorf("%s survives in %q", word, got)
			}
		}
		if strings.Count(got, "<p>") != 1 || strings.Count(got, "WARC/1.0") != 2 {
			t.Errorf("%q", got)
		}
		for rest := got; strings.HasPrefix(rest, "WARC/1.0"); {
			head, block, _ := strings.Cut(rest, "\r\n\r\n")
			_, length, _ := strings.Cut(head, "Content-Length: ")
			n, err := strconv.Atoi(length)
			if err != nil || len(block) < n+4 || block[n:n+4] != "\r\n\r\n" {
				t.Fatalf("a record of %q bytes: %q", length, block)
			}
			rest = block[n+4:]
		}
	}
}
