package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of splitting a mailbox
// into lines reading it takes, and of undoing its letters with the standard
// library: text and HTML in each, and a picture in every second, 40 KB on average.
func BenchmarkLong(b *testing.B) {
	text := strings.Repeat("I know where you have been, and when; caf=C3=A9 and all.\n", 40)
	html := "<html><head><style>p{margin:0}</style></head><body>" + strings.Repeat("<p>I know where you have been, and when; caf&eacute; and all.</p>\n", 60) + "</body></html>"
	raw := base64.StdEncoding.EncodeToString(make([]byte, 46<<10))
	var picture strings.Builder
	for i := 0; i < len(raw); i += 76 {
		picture.WriteString(raw[i:min(i+76, len(raw))] + "\n")
	}
	importertest.Long{Path: "m.mbox", Record: func(i int) string {
		at := time.Unix(1_700_000_000+int64(i)*600, 0).UTC()
		letter := fmt.Sprintf("From jo@example.com %s\nReceived: from a.example (a.example [192.0.2.1])\n\tby mx.example.org with ESMTPS id %d\n\tfor <kim@example.org>; %s\nFrom: =?utf-8?Q?Jo_Bl=C3=B6ggs?= <jo@example.com>\nTo: Kim <kim@example.org>\nDate: %s\nMessage-ID: <%d@example.com>\nSubject: message %d\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"mixed\"\n\n",
			at.Format(time.ANSIC), i, at.Format(time.RFC1123Z), at.Format(time.RFC1123Z), i, i)
		letter += fmt.Sprintf("--mixed\nContent-Type: multipart/alternative; boundary=\"alt\"\n\n--alt\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n%s\n--alt\nContent-Type: text/html; charset=utf-8\n\n%s\n--alt--\n", text, html)
		if i%2 == 0 {
			letter += fmt.Sprintf("--mixed\nContent-Type: image/jpeg; name=\"p.jpg\"\nContent-Disposition: attachment; filename=\"p.jpg\"\nContent-Transfer-Encoding: base64\n\n%s", picture.String())
		}
		return letter + "--mixed--\n\n"
	}}.Ratio(b, New(), importertest.TextLines(), importertest.Floor{Name: "letters", Read: undone})
}

// undone takes the letters apart with the standard library.
func undone(from io.Reader) error {
	r := bufio.NewReaderSize(from, 64<<10)
	var letter bytes.Buffer
	for {
		line, err := r.ReadSlice('\n')
		if ended := errors.Is(err, io.EOF); ended || err == nil && bytes.HasPrefix(line, []byte("From ")) && letter.Len() > 0 {
			if _, body, ok := bytes.Cut(letter.Bytes(), []byte("\n")); ok {
				if err := undo(body); err != nil {
					return err
				}
			}
			if letter.Reset(); ended {
				return nil
			}
		} else if err != nil {
			return err
		}
		letter.Write(line)
	}
}

func undo(letter []byte) error {
	m, err := netmail.ReadMessage(bytes.NewReader(letter))
	if err != nil {
		return err
	}
	return undoParts(m.Header.Get("Content-Type"), m.Body)
}

func undoParts(contentType string, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(kind, "multipart/") {
		_, err := io.Copy(io.Discard, body)
		return err
	}
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var r io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			r = base64.NewDecoder(base64.StdEncoding, p)
		}
		if err := undoParts(p.Header.Get("Content-Type"), r); err != nil {
			return err
		}
	}
}
