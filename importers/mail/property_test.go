package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"daybook/importers/importertest"
	"daybook/timeline"
)

// letter is a message as a person knows it: what a file must give back.
type letter struct {
	From, To timeline.Party
	Sent     time.Time
	Subject  string
	Text     string
	Files    []file
}

type file struct {
	Name, Type string
	Data       string // its SHA-256, once read
}

func letters(t *rapid.T) []letter {
	words := rapid.OneOf(
		rapid.SampledFrom([]string{"", "see you", "مرحبا يا ليلى", "😀 ok", "a\n\nb", "From now on", "--x", "=?no?", "café = 5"}),
		rapid.StringOf(rapid.RuneFrom([]rune("ab -=?.<>\"é日😀ليلى\n"))),
	)
	line := words.Filter(func(s string) bool {
		return !strings.Contains(s, "\n") && strings.TrimSpace(s) == s && !strings.Contains(s, "=?")
	})
	name := line.Filter(func(s string) bool { return !strings.ContainsAny(s, "\"<>") })
	party := rapid.Custom(func(t *rapid.T) timeline.Party {
		return timeline.Party{Name: name.Draw(t, "name"), Address: rapid.StringMatching(`[a-z.]{1,8}@[a-z]{1,8}\.(com|org)`).Draw(t, "address")}
	})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) letter {
		return letter{
			From:    party.Draw(t, "from"),
			To:      party.Draw(t, "to"),
			Sent:    time.Unix(rapid.Int64Range(100_000_000, 3_000_000_000).Draw(t, "sent"), 0).In(time.FixedZone("", rapid.IntRange(-12*4, 14*4).Draw(t, "zone")*900)),
			Subject: line.Draw(t, "subject"),
			Text:    strings.Trim(words.Draw(t, "text"), "\n"),
			Files: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) file {
				return file{
					Name: rapid.StringMatching(`[A-Za-z0-9_ é😀ل]{0,10}[a-z]\.(jpg|pdf)`).Filter(func(s string) bool { return s[0] != ' ' }).Draw(t, "name"),
					Type: rapid.SampledFrom([]string{"image/jpeg", "application/pdf", "application/octet-stream"}).Draw(t, "type"),
					Data: string(rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "data")),
				}
			}), 0, 3).Draw(t, "files"),
		}
	}), 1, 4).Draw(t, "letters")
}

// write writes a letter by the standard library, in one of the forms that mail
// programs choose from.
func write(t *rapid.T, l letter) []byte {
	var b bytes.Buffer
	word := rapid.SampledFrom([]mime.WordEncoder{mime.BEncoding, mime.QEncoding}).Draw(t, "words")
	fmt.Fprintf(&b, "From: %s\nTo: %s\nDate: %s\nSubject: %s\nMIME-Version: 1.0\n",
		address8(word, l.From), address8(word, l.To), l.Sent.Format(time.RFC1123Z), word.Encode("utf-8", l.Subject))
	if len(l.Files) == 0 && rapid.Bool().Draw(t, "single") {
		h, body := textPart(t, l.Text)
		for name, v := range h {
			fmt.Fprintf(&b, "%s: %s\n", name, v[0])
		}
		b.WriteString("\n")
		b.Write(body)
		return b.Bytes()
	}
	var parts bytes.Buffer
	m := multipart.NewWriter(&parts)
	h, body := textPart(t, l.Text)
	add(t, m, h, body)
	for _, f := range l.Files {
		h, body := filePart(t, f)
		add(t, m, h, body)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=%q\n\n%s", m.Boundary(), parts.Bytes())
	return b.Bytes()
}

func address8(word mime.WordEncoder, p timeline.Party) string {
	if p.Name == "" {
		return p.Address
	}
	return word.Encode("utf-8", p.Name) + " <" + p.Address + ">"
}

func add(t *rapid.T, m *multipart.Writer, h textproto.MIMEHeader, body []byte) {
	w, err := m.CreatePart(h)
	if err == nil {
		_, err = w.Write(body)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func textPart(t *rapid.T, text string) (textproto.MIMEHeader, []byte) {
	h := textproto.MIMEHeader{"Content-Type": {"text/plain; charset=utf-8"}}
	data := []byte(text)
	if latin, err := charmap.ISO8859_15.NewEncoder().Bytes(data); err == nil && rapid.Bool().Draw(t, "latin") {
		h.Set("Content-Type", "text/plain; charset=ISO-8859-15")
		data = latin
	}
	return h, transferred(t, h, data, rapid.SampledFrom([]string{"8bit", "quoted-printable", "base64"}).Draw(t, "encoding"))
}

func filePart(t *rapid.T, f file) (textproto.MIMEHeader, []byte) {
	h := textproto.MIMEHeader{}
	switch rapid.IntRange(0, 2).Draw(t, "name as") {
	case 0: // RFC 2231, by the standard library
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
		h.Set("Content-Type", f.Type)
	case 1: // an encoded word in quotes
		h.Set("Content-Disposition", "attachment")
		h.Set("Content-Type", f.Type+`; name="`+mime.QEncoding.Encode("utf-8", f.Name)+`"`)
	default: // raw, unquoted where it can be
		h.Set("Content-Disposition", `attachment; filename="`+f.Name+`"`)
		h.Set("Content-Type", f.Type)
	}
	return h, transferred(t, h, []byte(f.Data), rapid.SampledFrom([]string{"quoted-printable", "base64"}).Draw(t, "encoding"))
}

func transferred(t *rapid.T, h textproto.MIMEHeader, data []byte, encoding string) []byte {
	h.Set("Content-Transfer-Encoding", encoding)
	switch encoding {
	case "base64":
		text := base64.StdEncoding.EncodeToString(data)
		var lines strings.Builder
		for len(text) > 76 {
			lines.WriteString(text[:76] + "\r\n")
			text = text[76:]
		}
		return []byte(lines.String() + text)
	case "quoted-printable":
		var b bytes.Buffer
		w := quotedprintable.NewWriter(&b)
		w.Binary = !strings.HasPrefix(h.Get("Content-Type"), "text/")
		_, err := w.Write(data)
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	return data
}

// mbox writes messages behind each other, quoted as mboxrd.
func mbox(messages [][]byte) string {
	var b strings.Builder
	for _, m := range messages {
		b.WriteString("From someone@example.org Thu Aug  1 13:00:00 2024\n")
		for _, line := range strings.SplitAfter(string(m), "\n") {
			if strings.HasPrefix(strings.TrimLeft(line, ">"), "From ") {
				b.WriteString(">")
			}
			b.WriteString(line)
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func back(e timeline.Event, attached []importertest.Attached) letter {
	l := letter{From: e.From, To: e.To[0], Sent: e.When.Instant, Subject: e.Extra.Get("subject"), Text: e.Text}
	for _, a := range attached {
		if a.Record == e.Source.Record {
			l.Files = append(l.Files, file{a.Name, a.Type, a.SHA256})
		}
	}
	return l
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := letters(t)
		var raw [][]byte
		for i := range want {
			raw = append(raw, write(t, want[i]))
			for j, f := range want[i].Files {
				sum := sha256.Sum256([]byte(f.Data))
				want[i].Files[j].Data = hex.EncodeToString(sum[:])
			}
			if len(want[i].Files) == 0 {
				want[i].Files = nil
			}
		}
		name, data := "all.mbox", mbox(raw)
		if len(raw) == 1 && rapid.Bool().Draw(t, "alone") {
			name, data = "one.eml", string(raw[0])
		}
		if rapid.Bool().Draw(t, "crlf") {
			data = strings.ReplaceAll(strings.ReplaceAll(data, "\r\n", "\n"), "\n", "\r\n")
		}
		r := readRapid(t, name, data)
		if r.Err != nil || len(r.Events) != len(want) {
			t.Fatalf("%d of %d events, %v\n%s", len(r.Events), len(want), r.Err, data)
		}
		for i, e := range r.Events {
			got := back(e, r.Attached)
			sent := want[i].Sent
			want[i].Sent = sent.UTC()
			want[i].Text = strings.TrimSpace(want[i].Text)
			got.Text = strings.TrimSpace(got.Text)
			if d := cmp.Diff(want[i], got); d != "" {
				t.Fatalf("%s\n%s", d, data)
			}
			if len(e.Flags) > 0 || e.When.Zone != sent.Format("-07:00") {
				t.Fatalf("flags %v, zone %s for %s\n%s", e.Flags, e.When.Zone, sent, data)
			}
		}
	})
}
