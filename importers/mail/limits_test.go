package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func readRapid(t *rapid.T, name, data string) importertest.Result {
	r, err := importertest.Read(context.Background(), New(), fstest.MapFS{name: {Data: []byte(data)}}, name, importers.Assume{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func source(parts ...io.Reader) importers.Source { return importertest.Made("m.mbox", parts...) }

const head = "From: jo@example.com\nDate: Thu, 1 Aug 2024 14:00:00 +0100\nSubject: s\n"

func has(e timeline.Event, f timeline.Flag) bool {
	for _, have := range e.Flags {
		if have == f {
			return true
		}
	}
	return false
}

func TestAttachmentIsNotHeld(t *testing.T) {
	const size = 48 << 20
	line := strings.Repeat("AAAA", 19) + "\n"
	for encoding, want := range map[string]int64{"base64": size / int64(len(line)) * 57, "quoted-printable": size - 1, "8bit": size - 1} {
		src := source(strings.NewReader(head+"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: video/mp4\nContent-Transfer-Encoding: "+encoding+"\n\n"),
			importertest.Repeat(line, size/int64(len(line))*int64(len(line))), strings.NewReader("--b--\n"))
		if encoding != "base64" {
			want = size/int64(len(line))*int64(len(line)) - 1
		}
		var s importertest.Count
		var err error
		used := importertest.Allocated(func() { err = New().Import(context.Background(), src, &s) })
		if err != nil || s.Events != 1 || s.Bytes != want || len(s.Last.Flags) > 0 {
			t.Errorf("%s: %v, %d events, %d bytes (want %d), %v", encoding, err, s.Events, s.Bytes, want, s.Last.Flags)
		}
		if used > 2<<20 {
			t.Errorf("%s: %d bytes were allocated for an attachment of %d", encoding, used, size)
		}
	}
}

func TestMailboxIsNotHeld(t *testing.T) {
	one := "From jo@example.com Thu Aug  1 13:00:05 2024\n" + head + "\n" + strings.Repeat("a line of text\n", 200) + "\n"
	var s importertest.Count
	err := New().Import(context.Background(), source(importertest.Repeat(one, int64(len(one))*3000)), &s)
	if err != nil || s.Events != 3000 {
		t.Fatal(err, s.Events)
	}
	if !strings.HasPrefix(s.Last.Source.Record, "message 3000 at byte ") {
		t.Error(s.Last.Source.Record)
	}
}

// Messages built to be too much end in an event that says so.
func TestLimits(t *testing.T) {
	deep := func(n int) io.Reader {
		var b bytes.Buffer
		b.WriteString(head)
		for i := range n {
			fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
		}
		b.WriteString("\nthe innermost words\n")
		return &b
	}
	for name, test := range map[string]struct {
		r    io.Reader
		flag timeline.Flag
		note string
	}{
		"1,000,000 parts":   {io.MultiReader(strings.NewReader(head+"Content-Type: multipart/mixed; boundary=b\n\n"), importertest.Repeat("--b\n\nx\n", 7_000_000)), timeline.Truncated, "more than 20000 parts"},
		"texts of 30 MB":    {io.MultiReader(strings.NewReader(head+"Content-Type: multipart/mixed; boundary=b\n\n"), importertest.Repeat("--b\n\n"+strings.Repeat("words\n", 100_000), 30<<20)), timeline.TextCut, "longer than is shown"},
		"depth 2,000":       {deep(2000), timeline.Undecoded, "more than 100 levels deep"},
		"header of 20 MB":   {io.MultiReader(strings.NewReader(head+"X-Long: "), importertest.Repeat("words ", 20<<20), strings.NewReader("\n\ntext\n")), timeline.TextCut, ""},
		"a million headers": {io.MultiReader(strings.NewReader(head), importertest.Repeat("A: b\n", 5_000_000), strings.NewReader("\ntext\n")), timeline.TextCut, ""},
		"text of 12 MB":     {io.MultiReader(strings.NewReader(head+"\n"), importertest.Repeat("word é\n", 12<<20)), timeline.TextCut, "longer than is shown"},
		"HTML of 12 MB":     {io.MultiReader(strings.NewReader(head+"Content-Type: text/html\n\n"), importertest.Repeat("<div><b>word</b>", 12<<20)), timeline.TextCut, "longer than is shown"},
		"a line of 5 MB":    {io.MultiReader(strings.NewReader(head+"\n"), importertest.Repeat("-", 5<<20)), timeline.TextCut, "longer than is shown"},
		"addresses":         {io.MultiReader(strings.NewReader(head+"To: "), importertest.Repeat("a@b, ", 500_000), strings.NewReader("\n\ntext\n")), timeline.TextCut, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var s importertest.Count
			var err error
			used := importertest.Allocated(func() { err = New().Import(context.Background(), source(test.r), &s) })
			if err != nil || s.Events != 1 || s.Last.From.Address != "jo@example.com" {
				t.Fatalf("%v, %d events, from %q", err, s.Events, s.Last.From.Address)
			}
			if !has(s.Last, test.flag) || !strings.Contains(s.Last.Extra.Get("notes"), test.note) {
				t.Errorf("flags %v, notes %.300q", s.Last.Flags, s.Last.Extra.Get("notes"))
			}
			if len(s.Last.Text) > maxText || used > 256<<20 {
				t.Errorf("a text of %d bytes is shown, %d bytes were allocated", len(s.Last.Text), used)
			}
		})
	}
}

func TestStopsInsideAnAttachment(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	src := source(strings.NewReader(head+"Content-Type: video/mp4\nContent-Transfer-Encoding: base64\n\n"),
		importertest.Repeat("AAAA\n", 1<<20), importertest.Calls(cancel), importertest.Repeat("AAAA\n", 1<<40))
	var s importertest.Count
	if err := New().Import(ctx, src, &s); !errors.Is(err, context.Canceled) || s.Events > 0 {
		t.Errorf("%v, %d events", err, s.Events)
	}
}

func TestClaims(t *testing.T) {
	for _, c := range []struct {
		path, head string
		want       bool
	}{
		{"a.eml", head + "\ntext", true},
		{"a", strings.ReplaceAll(head, "\n", "\r\n"), true},
		{"a.eml", "\ufeff\r\n" + head, true},
		{"a.mbox", "From - Thu Aug 01 14:00:05 2024\nX-Mozilla-Status: 0001\n", true},
		{"a.txt", "From - Thu Aug 01 14:00:05 2024\nwe met in the park.\n", false},
		{"a.mht", head, false},
		{"a.eml", "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.com\nSubject: s\nDate: d\n\n", false},
		{"a.txt", "Subject: only one\n\n", false},
		{"a.txt", "12/05/2020, 10:00 - Bob: From: x\nDate: y\n", false},
		{"a.vcf", "BEGIN:VCARD\nFN:Jo\nEND:VCARD\n", false},
		{"a", "", false},
	} {
		if got := New().Claims(importers.Source{Path: c.path, Head: []byte(c.head)}); got != c.want {
			t.Errorf("%s, %q: claimed %v", c.path, c.head, got)
		}
	}
}

// A letter cannot make itself the letter of somebody else.
func TestForgedMessage(t *testing.T) {
	forged := "From kim@example.org Thu Aug  1 15:00:00 2024\nFrom: Kim <kim@example.org>\nDate: Thu, 1 Aug 2024 15:00:00 +0100\n\nI forgive you\n"
	one := read(t, "one.eml", head+"\nmy words\n\n"+forged)
	if len(one.Events) != 1 || one.Events[0].From.Address != "jo@example.com" || !has(one.Events[0], timeline.ForgedHeader) || !strings.Contains(one.Events[0].Text, "I forgive you") {
		t.Errorf("in a single message: %+v", one.Events)
	}
	saved := read(t, "saved.eml", "From jo@example.com Thu Aug  1 13:00:05 2024\n"+head+"\nmy words\n\n"+forged)
	if len(saved.Events) != 1 || !has(saved.Events[0], timeline.ForgedHeader) || len(saved.Events[0].Claims) != 2 {
		t.Errorf("in a single message with the line of a mailbox: %+v", saved.Events)
	}
	quoted := strings.ReplaceAll(forged, "From kim", ">From kim")
	many := read(t, "m.mbox", "From jo@example.com Thu Aug  1 13:00:05 2024\n"+head+"\nmy words\n\n"+quoted)
	if len(many.Events) != 1 || !has(many.Events[0], timeline.ForgedHeader) {
		t.Errorf("quoted in a mailbox: %+v", many.Events)
	}
}

// What is read again and again, or joined piece by piece, must not cost more
// than its length: each of these is a megabyte.
func TestHeaderCostsItsLength(t *testing.T) {
	const size = 1 << 20
	for name, line := range map[string]string{
		"folds":         "Subject: x" + strings.Repeat("\n a", size/3),
		"open words":    "Subject: " + strings.Repeat("=?a?q?", size/6),
		"words":         "Subject: " + strings.Repeat("=?utf-8?q?a?= ", size/14),
		"damaged words": "Subject: " + strings.Repeat("=?utf-8?b?!?= ", size/14),
		"pieces":        "Content-Type: text/plain; " + strings.Repeat("name*1=a; ", size/10),
		"comments":      "To: " + strings.Repeat("(", size),
		"quotes":        "To: " + strings.Repeat(`"\`, size/2),
		"separators":    "\n" + strings.Repeat(">From "+strings.Repeat("Mon ", 80)+"\n", size/330),
		"boundaries":    "Content-Type: multipart/mixed; boundary=a\n\n" + strings.Repeat("--b\n", size/4),
		"open tags":     "Content-Type: text/html\n\n" + strings.Repeat("<a href=x ", size/10),
		"attributes":    "Content-Type: text/html\n\n<p " + strings.Repeat("a=b ", size/4) + ">",
	} {
		t.Run(name, func(t *testing.T) {
			var s importertest.Count
			var err error
			used := importertest.Allocated(func() {
				err = New().Import(context.Background(), source(strings.NewReader("From jo@example.com Thu Aug  1 13:00:05 2024\n"+head+line+"\n\ntext\n")), &s)
			})
			if err != nil || s.Events != 1 {
				t.Fatalf("%v, %d events", err, s.Events)
			}
			if used > 128*size {
				t.Errorf("%d bytes were allocated", used)
			}
		})
	}
}

// One boundary may begin with another; a delimiter belongs to the one that is
// written on it, and ends whatever is open inside.
func TestBoundaries(t *testing.T) {
	for name, b := range map[string][2]string{"inner longer": {"ab", "ab--x"}, "outer longer": {"ab--x", "ab"}, "same": {"b", "b"}} {
		outer, inner := b[0], b[1]
		body := "--" + outer + "\nContent-Type: multipart/mixed; boundary=\"" + inner + "\"\n\n--" + inner + "\n\nfirst\n--" + inner + "--\n" +
			"--" + outer + "\n\nsecond\n--" + outer + "--\n"
		r := read(t, "m.eml", head+"Content-Type: multipart/mixed; boundary=\""+outer+"\"\n\n"+body)
		if len(r.Events) != 1 || r.Events[0].Text != "first\n\nsecond" {
			t.Errorf("%s: %+v", name, r.Events)
		}
	}
}
