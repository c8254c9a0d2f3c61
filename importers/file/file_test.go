package file

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf16"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) {
	importertest.Built(t, sampleFiles(t))
	importertest.Run(t, New())
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

func sampleFiles(t *testing.T) map[string][]byte {
	return map[string][]byte{
		"order.pdf":             pdfBytes("/CreationDate (D:20240105140322+01'00') /ModDate (D:20240106090000Z) /Title (Non-molestation order \\(draft\\)) /Producer <FEFF0054006500730074>"),
		"pdf-made-later.pdf":    pdfBytes("/CreationDate (D:20240105140322Z) /ModDate (D:20231201090000Z)"),
		"pdf-encrypted.pdf":     pdfBytes("/CreationDate (\x8a\x01\x02) /Encrypt 5 0 R"),
		"letter.rtf":            []byte("{\\rtf1\\ansi 14 Orc{\\b hard} Mews}"),
		"letter.docx":           docx(t),
		"letter.odt":            odt(t),
		"letter-1999.doc":       doc(),
		"page-singlefile.html":  []byte("<!DOCTYPE html><html>\n<!--\n Page saved with SingleFile \n url: https://example.org/post/1 \n saved date: Fri Nov 15 2024 10:00:00 GMT+0000 (Greenwich Mean Time)\n-->\n<head><title>A post &amp; more</title>\n<meta property=\"article:published_time\" content=\"2024-11-14T21:15:00+01:00\">\n<script>var x = \"not words\"</script></head>\n<body><p>I know where you live</p><div>and where you work</div></body></html>\n"),
		"page-saved.html":       []byte("<!DOCTYPE html>\n<!-- saved from url=(0023)https://example.org/a/b -->\n<html><head><title>Saved</title></head>\n<body>Words</body></html>\n"),
		"page-hides.html":       []byte("<!DOCTYPE html><html><style>.x{display:none}</style><body><p class=x>She asked me to come.</p><p>I will <i style=\"opacity:0\">not </i>wait.</p><p hidden>Sorry.</body></html>\n"),
		"page.mhtml":            []byte("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/p\r\nSubject: =?utf-8?Q?A=20page=20=E2=80=93=20saved?=\r\nDate: Fri, 5 Jan 2024 14:03:22 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----X----\"\r\n\r\n\r\n------X----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/p\r\n\r\n<html><body><p>caf=C3=A9 at nine</p></body></html>\r\n------X------\r\n"),
		"page-bad-header.mhtml": []byte("From: <Saved by Blink>\nSubject: A page\nX-Snapshot-Title: =?utf-8?Q?on two\nlines\nDate: Mon, 5 Sep 2016 22:30:04 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=\"--X\"\nSnapshot-Content-Location: https://example.org/p\n\n----X\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+aGVsbG88L3A+\n----X--\n"),
		"note 2024-01-05.txt":   []byte("She stood outside again.\nI took no photograph.\n"),
		"note-windows.txt":      []byte("Caf\xe9, nine o\x92clock\r\n"),
		"note-utf16.txt":        wideText("Zoë was there\r\n"),
		"unknown.bin":           {0, 1, 2, 3, 0xff, 0xfe, 0xfd, 0, 0, 9},
	}
}

func pdfBytes(info string) []byte {
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n<< " + info + " >>\nendobj\ntrailer\n<< /Root 1 0 R /Info 2 0 R >>\nstartxref\n9\n%%EOF\n")
}

func zipBytes(t *testing.T, parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		h := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if parts[i] == "mimetype" {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func docx(t *testing.T) []byte {
	return zipBytes(t,
		"[Content_Types].xml", "<Types/>",
		"word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Dear officer,</w:t></w:r></w:p><w:p><w:r><w:t>it happened </w:t></w:r><w:r><w:t>again.</w:t></w:r></w:p></w:body></w:document>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc" xmlns:dcterms="dt"><dc:title>Statement</dc:title><dc:creator>A. Person</dc:creator><cp:lastModifiedBy>B. Person</cp:lastModifiedBy><dcterms:created>2024-01-05T14:03:22Z</dcterms:created><dcterms:modified>2024-01-07T08:00:00Z</dcterms:modified></cp:coreProperties>`)
}

func odt(t *testing.T) []byte {
	return zipBytes(t,
		"mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><text:p>First <text:span>words</text:span></text:p></office:body></office:document-content>`,
		"meta.xml", `<office:document-meta xmlns:office="o" xmlns:meta="m" xmlns:dc="dc"><office:meta><meta:creation-date>2024-01-05T14:03:22.250</meta:creation-date><dc:date>2024-01-05T14:10:00</dc:date><meta:initial-creator>A. Person</meta:initial-creator></office:meta></office:document-meta>`)
}

// doc is the summary of an old Word file behind an OLE header.
func doc() []byte {
	le := binary.LittleEndian
	var values []byte
	var index []byte
	put := func(id uint32, v []byte) {
		index = le.AppendUint32(index, id)
		index = le.AppendUint32(index, uint32(8+8*3+len(values)))
		values = append(values, v...)
	}
	stamp := func(t time.Time) []byte {
		return le.AppendUint64(le.AppendUint32(nil, 64), uint64(t.Unix()+11_644_473_600)*10_000_000)
	}
	put(4, append(le.AppendUint32(le.AppendUint32(nil, 30), 8), "A. Pers\x00"...))
	put(12, stamp(time.Date(1999, 5, 1, 10, 0, 0, 0, time.UTC)))
	put(13, stamp(time.Date(1999, 5, 2, 11, 0, 0, 0, time.UTC)))
	section := le.AppendUint32(nil, uint32(8+len(index)+len(values)))
	section = append(append(le.AppendUint32(section, 3), index...), values...)
	b := append([]byte(oleMagic), make([]byte, 504)...)
	b = append(b, 0xfe, 0xff, 0, 0)
	b = append(b, make([]byte, 20)...)
	b = le.AppendUint32(b, 1)
	b = append(b, summaryID...)
	b = le.AppendUint32(b, 48)
	return append(b, section...)
}

func wideText(s string) []byte {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

type oneEvent struct {
	importers.Output
	e timeline.Event
	n int
}

func (o *oneEvent) Event(e timeline.Event) error { o.e, o.n = e, o.n+1; return nil }

func read(t testing.TB, name string, data []byte, modified time.Time) timeline.Event {
	t.Helper()
	s := importers.Source{
		FS: fstest.MapFS{name: {Data: data}}, Path: name, Size: int64(len(data)),
		Head: data[:min(len(data), importers.HeadSize)], Modified: modified,
	}
	var out oneEvent
	err := New().Import(context.Background(), s, &out)
	if out.n != 1 || err != nil && !strings.Contains(out.e.Extra.Get("notes"), err.Error()) {
		t.Fatalf("%s: %d events, %v", name, out.n, err)
	}
	if has(out.e, timeline.Truncated) && err == nil {
		t.Errorf("%s: %v, %d bytes, and it was read to its end", name, out.e.Flags, len(data))
	}
	return out.e
}

func has(e timeline.Event, f timeline.Flag) bool {
	for _, x := range e.Flags {
		if x == f {
			return true
		}
	}
	return false
}

func TestWhatPlacesAFile(t *testing.T) {
	disk := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name     string
		data     string
		modified time.Time
		want     string // of Order; empty: undated
		flags    string
	}{
		{"a.bin", "\x00\x01", time.Time{}, "", "[]"},
		{"a.bin", "\x00\x01", disk, "2024-03-01 12:00:00", "[weak-time]"},
		{"empty.txt", "", disk, "2024-03-01 12:00:00", "[weak-time]"},
		{"empty.txt", "", time.Time{}, "", "[]"},
		{"letter 05.01.2024.txt", "x", disk, "2024-03-01 12:00:00", "[weak-time]"}, // day or month first: not told
		{"letter 25.01.2024.txt", "x", disk, "2024-01-25 00:00:00", "[weak-time]"},
		{"letter 2024-13-05.txt", "x", disk, "2024-03-01 12:00:00", "[weak-time]"},
		{"scan_20240105_1403.txt", "x", disk, "2024-01-05 14:03:00", "[weak-time]"},
		{"a.pdf", string(pdfBytes("/CreationDate (D:20240105140322+01'00')")), disk, "2024-01-05 13:03:22", "[]"},
		{"a.pdf", string(pdfBytes("/CreationDate (D:202401051403)")), disk, "2024-01-05 14:03:00", "[]"},
		{"a.pdf", string(pdfBytes("/CreationDate (D:20240405140322Z)")), disk, "2024-04-05 14:03:22", "[times-disagree]"},
		{"a.pdf", string(pdfBytes("/CreationDate (D:19700101000000Z)")), disk, "2024-03-01 12:00:00", "[times-disagree weak-time]"},
		// the clock of a place up to 14 hours away may have written it, but no other
		{"a.pdf", string(pdfBytes("/CreationDate (D:20240301220000)")), disk, "2024-03-01 22:00:00", "[]"},
		{"a.pdf", string(pdfBytes("/CreationDate (D:20240302040000)")), disk, "2024-03-02 04:00:00", "[times-disagree]"},
		// a changed PDF repeats its dictionary at the end
		{"a.pdf", string(pdfBytes("/CreationDate (D:20240101000000Z)")) + string(pdfBytes("/CreationDate (D:20240105140322Z)")), disk, "2024-01-05 14:03:22", "[]"},
		{"a.pdf", "%PDF-1.7\n", disk, "2024-03-01 12:00:00", "[truncated weak-time]"},
		{"a.pdf", string(pdfBytes("")) + `<x xmp:CreateDate="2024-01-05T14:03:22+01:00"/>` + "%%EOF", disk, "2024-01-05 13:03:22", "[]"},
	} {
		e := read(t, c.name, []byte(c.data), c.modified)
		got := ""
		if at, ok := e.When.Order(); ok {
			got = at.Format("2006-01-02 15:04:05")
		}
		flags := fmt.Sprint(e.Flags)
		if got != c.want || flags != c.flags {
			t.Errorf("%s %.40q: %q %s, want %q %s", c.name, c.data, got, flags, c.want, c.flags)
		}
		if c.data == "" && !strings.Contains(e.Extra.Get("notes"), "empty file") {
			t.Errorf("%s: it does not say that it is empty: %v", c.name, e.Extra)
		}
	}
}

func TestTextIsCut(t *testing.T) {
	long := strings.Repeat("Zoë. ", 30_000)
	e := read(t, "a.txt", []byte(long), time.Time{})
	if !has(e, timeline.TextCut) || len(e.Text) > maxText || !strings.HasPrefix(long, e.Text) {
		t.Errorf("flags %v, %d bytes", e.Flags, len(e.Text))
	}
	if e = read(t, "a.txt", []byte("\xef\xbb\xbfshort\r\nlines\r\n"), time.Time{}); has(e, timeline.TextCut) || e.Text != "short\nlines" {
		t.Errorf("text that lost its carriage returns alone: %q with flags %v", e.Text, e.Flags)
	}
	hides := "<!DOCTYPE html><p>Seen.<p hidden>" + strings.Repeat("unseen words ", 500)
	if e = read(t, "a.html", []byte(hides), time.Time{}); !has(e, timeline.TextCut) || len(e.Extra.Get(timeline.NotShown)) > maxText {
		t.Errorf("words that a page hides: flags %v, %d bytes", e.Flags, len(e.Extra.Get(timeline.NotShown)))
	}
	if e = read(t, "a.txt", []byte("short"), time.Time{}); has(e, timeline.TextCut) || e.Text != "short" {
		t.Errorf("flags %v, %q", e.Flags, e.Text)
	}
}

// TestHostile: files made to be expensive are kept and said to be odd.
func TestHostile(t *testing.T) {
	bomb := zipBytes(t, "docProps/core.xml", "<a>"+strings.Repeat("<b>", 1_000_000))
	many := []byte("PK\x03\x04" + strings.Repeat("\x00", 100) + "PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\x7f\x00\x00\x00\x00\x00\x00")
	deepPDF := "%PDF-1.7\n/CreationDate " + strings.Repeat("(", 1_000_000)
	for name, data := range map[string][]byte{
		"deep.docx": bomb, "many.docx": many, "deep.pdf": []byte(deepPDF),
		"ole.doc":  []byte(oleMagic + strings.Repeat(summaryID+"\xff\xff\xff\xff", 1000)),
		"tags.htm": []byte("<html>" + strings.Repeat("<div>", 1_000_000)),
		"a.mhtml":  []byte("MIME-Version: 1.0\r\nSnapshot-Content-Location: x\r\nContent-Type: multipart/related\r\n\r\n"),
	} {
		e := read(t, name, data, time.Time{})
		want := map[string]string{
			"deep.docx": "more than 200 levels", "many.docx": "65535 entries", "deep.pdf": "no end mark",
			"ole.doc": "the end is missing", "a.mhtml": "no boundary",
		}[name]
		if !strings.Contains(e.Extra.Get("notes"), want) {
			t.Errorf("%s: %q, want %q", name, e.Extra.Get("notes"), want)
		}
	}
}

type brokenFS struct{}

func (brokenFS) Open(string) (fs.File, error) { return nil, errors.New("the stored copy is damaged") }

func TestAFileThatCannotBeReadIsAnError(t *testing.T) {
	s := importers.Source{FS: brokenFS{}, Path: "a.pdf", Head: []byte("%PDF-1.7"), Size: 100_000}
	var out oneEvent
	if err := New().Import(context.Background(), s, &out); err == nil || !strings.Contains(err.Error(), "damaged") || out.n != 0 {
		t.Errorf("%v after %d events", err, out.n)
	}
}
