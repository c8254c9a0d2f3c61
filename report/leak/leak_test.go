package leak

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"daybook/report/pdf"
	"daybook/report/protected"
)

func zipped(t *testing.T, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarred(t *testing.T, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(text)), Mode: 0o600})
	_, writeErr := w.Write([]byte(text))
	if err := errors.Join(err, writeErr, w.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wide is a text in UTF-16.
func wide(s string) string {
	return "\xff\xfe" + strings.Join(strings.Split(s, ""), "\x00") + "\x00"
}

// backwards is a page of a PDF on which each letter is set by itself, the last first.
func backwards(text string) []byte {
	var page strings.Builder
	for i, r := range slices.Backward([]rune(text)) {
		fmt.Fprintf(&page, "BT /F 14 Tf 1 0 0 1 %d 700 Tm (%c) Tj ET\n", 72+9*i, r)
	}
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>\nendobj\n"+
		"3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length %d>>\nstream\n%sendstream\nendobj\n"+
		"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\ntrailer\n<</Root 1 0 R>>\n", page.Len(), page.String())
}

func document(t *testing.T, title, heading, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	d, err := pdf.New(&b, pdf.Options{Title: title, Lang: "en-GB", Created: time.Unix(0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	d.Heading(1, heading, "one")
	d.PageBreak()
	d.Paragraph(pdf.Body, pdf.Run{Text: strings.Repeat("many words before it ", 4) + text})
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scan is a page of a PDF that is a picture alone.
func scan(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	d, err := pdf.New(&b, pdf.Options{Title: "t", Lang: "en-GB", Created: time.Unix(0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	var img bytes.Buffer
	if err := jpeg.Encode(&img, image.NewGray(image.Rect(0, 0, 80, 80)), nil); err != nil {
		t.Fatal(err)
	}
	d.Image(pdf.Picture{Data: img.Bytes(), Alt: "scan"})
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drawnPage is a page of 600 by 600 points with a picture of so many each way that is no
// JPEG.
func drawnPage(edge int) []byte {
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 600]>>\nendobj\n"+
		"3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length 28>>\nstream\nq %3[1]d 0 0 %3[1]d 0 0 cm /I Do Q\nendstream\nendobj\n"+
		"5 0 obj\n<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\nstream\nx\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n", edge)
}

// A page is drawn and read where a picture on it that is no file by itself is more than
// a seal; what cannot be drawn is named with the page.
func TestPagesAreDrawn(t *testing.T) {
	for edge, want := range map[int]string{100: "[]", 300: "[a.pdf, page 1: letters that it shows and does not tell, as a scan does, were not read: install it]"} {
		o := Options{Reader: "eyes", Read: func(context.Context, string, []byte) (string, error) { return "", nil },
			Page: func(context.Context, io.Reader, int, float64) (image.Image, error) {
				return nil, errors.New("install it")
			}}
		l, err := Look(t.Context(), fstest.MapFS{"a.pdf": {Data: drawnPage(edge)}}, []Secret{{Text: "Nowhere"}}, o)
		if err != nil || fmt.Sprint(l.Unread) != want {
			t.Errorf("%d points: %q, %v", edge, l.Unread, err)
		}
	}
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestEveryPlace: a secret is found wherever it stands, and its place is named.
func TestEveryPlace(t *testing.T) {
	const secret = "12 High Street"
	spread := "one\ntwo\n12 HIGH\nStreet\n"
	for name, c := range map[string]struct {
		file  string
		data  []byte
		place string
	}{
		"name":          {"data/12-high-street.txt", nil, "data/12-high-street.txt, in the name"},
		"text":          {"a.txt", []byte(spread), "a.txt, line 3"},
		"table":         {"a.csv", []byte("\ufeffNo,Text\n1,\"12 High\nStreet\"\n"), "a.csv, line 2"},
		"lines of JSON": {"a.jsonl", []byte("{\"a\":1}\n{\"a\":[\"12\\u00a0High\\nStreet\"]}\n"), "a.jsonl, line 2"},
		"name in JSON":  {"a.json", []byte("{\n\"12 high street\": 1}"), "a.json, line 2"},
		"broken JSON":   {"a.json", []byte("{ 12 high street"), "a.json, line 1"},
		"page":          {"a.html", []byte("<p>x\n<p>12 <b>Hi</b>gh&nbsp;Street</p>"), "a.html, line 2"},
		"blocks":        {"a.html", []byte("<div>12</div>\n" + strings.Repeat(" ", 40) + "<table><td>High<td>Street</table>"), "a.html, in its text as one reads it"},
		"scan":          {"a.pdf", scan(t), "a.pdf, page 1, in a picture, as read by eyes"},
		"scan, no JPEG": {"a.pdf", drawnPage(300), "a.pdf, page 1, in the page as it is drawn, as read by eyes"},
		"attribute":     {"a.html", []byte("<img alt='12 High Street'>"), "a.html, line 1, in an attribute"},
		"comment":       {"a.html", []byte("\n<!-- 12 High Street -->"), "a.html, line 2, in a comment"},
		"script":        {"a.html", []byte("<script>x='12 H\\u0069gh\\nStreet'</script>"), "a.html, line 1, in a script or style"},
		"data":          {"a.js", []byte("rows([\n\"12 H\\u0069gh Street\"])"), "a.js, line 2"},
		"pages":         {"a.pdf", document(t, "t", "h", "12 High Street"), "a.pdf, page 2"},
		"bookmark":      {"a.pdf", document(t, "t", "12 High Street", "x"), "a.pdf, in a bookmark"},
		"metadata":      {"a.pdf", document(t, "12 High Street", "h", "x"), "a.pdf, in the metadata"},
		"zip":           {"a.docx", zipped(t, "word/document.xml", spread), "a.docx: word/document.xml, line 3"},
		"runs":          {"a.docx", zipped(t, "word/header1.xml", "<w:r><w:t>12 Hi</w:t></w:r>\n<w:r><w:t>gh Street</w:t></w:r>"), "a.docx: word/header1.xml, in its text as one reads it"},
		"entities":      {"a.docx", zipped(t, "word/document.xml", "<w:t>12&#160;H&#105;gh<w:softHyphen/>&#32;Street</w:t>"), "a.docx: word/document.xml, in its text as one reads it"},
		"cells":         {"a.docx", zipped(t, "word/document.xml", "<w:tc><w:t>live at12</w:t></w:tc><w:tc>"+strings.Repeat(" ", 40)+"<w:t>12</w:t></w:tc><w:tab/><w:br/><w:t>High Street</w:t>"), "a.docx: word/document.xml, in its text as one reads it"},
		"alternative":   {"a.docx", zipped(t, "word/document.xml", "<wp:docPr descr='12 H&#105;gh Street'/>"), "a.docx: word/document.xml, in an attribute"},
		"UTF-16 runs":   {"a.docx", zipped(t, "word/document.xml", wide("<w:t>12 Hi</w:t><w:t>gh Street</w:t>")), "a.docx: word/document.xml, in its text as one reads it"},
		"rich text":     {"a.xlsx", zipped(t, "xl/sharedStrings.xml", "<si><r><t>12 H</t></r><r><t>igh Street</t></r></si>"), "a.xlsx: xl/sharedStrings.xml, in its text as one reads it"},
		"open document": {"a.odt", zipped(t, "content.xml", "<text:p>12<text:s/>Hi<text:span>gh Street</text:span></text:p>"), "a.odt: content.xml, in its text as one reads it"},
		"RTF":           {"a.rtf", []byte("{\\rtf1\\ansi {\\b 12 H\\'69g}h\\par\r\nStr\\-\\u101?et}"), "a.rtf, in its text as one reads it"},
		"letters":       {"a.pdf", backwards(secret), "a.pdf, page 1, in the page as one sees it"},
		"name in zip":   {"a.zip", zipped(t, "12 High Street.txt", ""), "a.zip, in the name of a file in it"},
		"zip in zip":    {"a.zip", zipped(t, "b.zip", string(zipped(t, "c.txt", spread))), "a.zip: b.zip: c.txt, line 3"},
		"tar":           {"a.tgz", tarred(t, "c.txt", spread), "a.tgz: a: c.txt, line 3"},
		"letter":        {"a.eml", []byte("From: a@b.c\nSubject: =?utf-8?Q?12_High_Street?=\n\nx"), "a.eml, in the head of the letter"},
		"packed letter": {"a.eml", []byte("From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString([]byte(spread)) + "\n--x--\n"), "a.eml: a part of the letter, line 3"},
		"UTF-16":       {"a.dat", []byte("\x00\x01\xff1\x002\x00 \x00H\x00i\x00g\x00h\x00 \x00S\x00t\x00r\x00e\x00e\x00t\x00\x01\x02"), "a.dat, line 1"},
		"picture":      {"a.png", picture(t), "a.png, in the picture, as read by eyes"},
		"picture text": {"a.png", append(picture(t), "12 High Street"...), "a.png, line "},
	} {
		t.Run(name, func(t *testing.T) {
			page := func(context.Context, io.Reader, int, float64) (image.Image, error) {
				return image.NewGray(image.Rect(0, 0, 8, 8)), nil
			}
			o := Options{Reader: "eyes", Page: page, Read: func(context.Context, string, []byte) (string, error) {
				if name == "picture" || strings.HasPrefix(name, "scan") {
					return "at 12 High Street", nil
				}
				return "", nil
			}}
			l, err := Look(t.Context(), fstest.MapFS{c.file: {Data: c.data}}, []Secret{{What: "protected word (address)", Text: secret, As: protected.Plain}, {What: "other", Text: "Nowhere", As: protected.Plain}}, o)
			if err != nil {
				t.Fatal(err)
			}
			if len(l.Findings) != 1 || l.Findings[0].Text != secret {
				t.Fatalf("%+v", l)
			}
			var places []string
			for _, p := range l.Findings[0].Places {
				places = append(places, p.String())
			}
			if !slices.ContainsFunc(places, func(p string) bool { return p == c.place || name == "picture text" && strings.HasPrefix(p, c.place) }) {
				t.Errorf("%q, want %q", places, c.place)
			}
			if l.Looked != 2 || l.Files != 1 || len(l.Unread) > 0 {
				t.Errorf("%+v", l)
			}
		})
	}
}

// What a document's file tells beside what one reads in it is listed without a word that
// is looked for; the program's own papers tell nothing.
func TestDocumentsTellMoreThanTheirWords(t *testing.T) {
	draft := "<w:document><w:body><w:ins w:author='Ida'><w:r><w:t>new</w:t></w:r></w:ins><w:del w:author='Ida'><w:r><w:delText>my old</w:delText></w:r><w:r><w:delText> street</w:delText></w:r></w:del></w:body></w:document>"
	for name, c := range map[string]struct {
		file string
		data []byte
		want []string
	}{
		"who wrote it": {"a.docx", zipped(t, "docProps/core.xml", "<cp:coreProperties><dc:creator>Maya</dc:creator><dc:title/><cp:lastModifiedBy>Tom</cp:lastModifiedBy><dcterms:created>2024</dcterms:created></cp:coreProperties>"), []string{"creator: Maya", "lastmodifiedby: Tom"}},
		"for whom":     {"a.docx", zipped(t, "docProps/app.xml", "<Properties><Application>Word</Application><Company>Acme</Company></Properties>"), []string{"company: Acme"}},
		"named facts":  {"a.docx", zipped(t, "docProps/custom.xml", "<Properties><property name='Client'><vt:lpwstr>Ola</vt:lpwstr></property></Properties>"), []string{"Client: Ola"}},
		"changes":      {"a.docx", zipped(t, "word/document.xml", draft), []string{"author: Ida", "del: my old street"}},
		"notes":        {"a.docx", zipped(t, "word/comments.xml", "<w:comments><w:comment w:author='Ida'><w:p><w:t>ask</w:t></w:p> <w:p><w:t>her</w:t></w:p></w:comment></w:comments>"), []string{"author: Ida", "comment: ask her"}},
		"a table":      {"a.xlsx", zipped(t, "xl/comments1.xml", "<comments><authors><author>Ida</author></authors><commentList><comment authorId='0'><text><t>hm</t></text></comment></commentList></comments>"), []string{"author: Ida", "comment: hm"}},
		"slides":       {"a.pptx", zipped(t, "ppt/commentAuthors.xml", "<p:cmAuthorLst><p:cmAuthor name='Ida'/></p:cmAuthorLst>"), []string{"name: Ida"}},
		"open office":  {"a.odt", zipped(t, "meta.xml", "<office:meta><meta:initial-creator>Maya</meta:initial-creator><meta:generator>x</meta:generator></office:meta>"), []string{"initial-creator: Maya"}},
		"within a zip": {"a.zip", zipped(t, "b.docx", string(zipped(t, "docProps/core.xml", "<dc:creator>Maya</dc:creator>"))), []string{"creator: Maya"}},
		"words alone":  {"a.docx", zipped(t, "word/document.xml", "<w:document><w:t>title</w:t></w:document>"), nil},
		"own paper":    {"a.pdf", document(t, "Evidence bundle", "h", "x"), nil},
		"PDF": {"a.pdf", []byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R/Names<</EmbeddedFiles<</Names[(x)<</EF<</F 5 0 R>>>>]>>>>>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 9 9]>>\nendobj\n" +
			"3 0 obj\n<</Type/Page/Parent 2 0 R/Annots[<</Subtype/Text/Rect[0 0 1 1]/T(Ida)/Contents(ask her)/M(D:2024)>><</Subtype/Link/Rect[0 0 1 1]/Contents(no note)>>]>>\nendobj\n" +
			"4 0 obj\n<</Length 91>>\nstream\n<rdf:RDF><rdf:Description pdf:Keywords='Ola'><dc:creator>Tom</dc:creator></rdf:Description>   \nendstream\nendobj\n" +
			"5 0 obj\n<</Type/EmbeddedFile/Length 5>>\nstream\nhello\nendstream\nendobj\n6 0 obj\n<</Author(Maya)/Producer(Word)>>\nendobj\ntrailer\n<</Root 1 0 R/Info 6 0 R>>\n"),
			[]string{"a file within it: text/plain; charset=utf-8", "author: Maya", "creator: Tom", "keywords: Ola", "note: Ida", "note: ask her"}},
	} {
		l, err := Look(t.Context(), fstest.MapFS{c.file: {Data: c.data}}, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range l.Findings {
			if f.What != whatBeside || len(f.Places) == 0 || !strings.HasPrefix(f.Places[0].File, c.file) {
				t.Errorf("%s: %+v", name, f)
			}
			got = append(got, f.Text)
		}
		if !slices.Equal(got, c.want) || len(l.Unread) > 0 {
			t.Errorf("%s: %q, want %q; %v", name, got, c.want, l.Unread)
		}
	}
	if held, _, err := In(t.Context(), "a.docx", bytes.NewReader(zipped(t, "docProps/core.xml", "<dc:creator>Maya</dc:creator>")), protected.New([]protected.Word{{Text: "Ola"}})); held != (Held{}) || err != nil {
		t.Errorf("what a document tells is no word that is withheld: %v", err)
	}
}

// TestLongSecret: a stretch of a long text is found, a word of it is not.
func TestLongSecret(t *testing.T) {
	note := "I moved to my aunt last week and nobody is to know where that is or how long I stay"
	for text, n := range map[string]int{
		"he wrote: nobody is to know where that is or how": 1,
		"I moved":            0,
		note:                 1,
		"long I stay is how": 0,
	} {
		l, err := Look(t.Context(), fstest.MapFS{"a.txt": {Data: []byte(text)}}, []Secret{{What: "private note", Text: note}}, Options{})
		if err != nil || len(l.Findings) != n || n == 1 && !strings.Contains(note, l.Findings[0].Part) {
			t.Errorf("%q: %+v, %v", text, l.Findings, err)
		}
	}
	l, err := Look(t.Context(), fstest.MapFS{"a.txt": {Data: []byte(note)}}, []Secret{{What: "private note", Text: note, Said: Stretches(note)[:2]}}, Options{})
	if err != nil || len(l.Findings) != 1 || l.Findings[0].Part != "week and nobody is to know" {
		t.Errorf("but for what is said: %+v, %v", l.Findings, err)
	}
}

// TestWhatCannotBeRead is named: locked and damaged files, and pictures when
// nothing reads them.
func TestWhatCannotBeRead(t *testing.T) {
	files := fstest.MapFS{
		"a.zip": {Data: []byte("PK\x03\x04 cut off")}, "b.pdf": {Data: []byte("%PDF-1.7\nnothing")}, "c.gz": {Data: []byte("\x1f\x8b\x08 cut")},
		"d.png": {Data: picture(t)}, "e.mp4": {Data: []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")}, "f.mp3": {Data: []byte("ID3\x03\x00\x00\x00\x00\x00\x00")},
		"g.ogg": {Data: []byte("OggS\x00\x02 a sound")}, "i.bin": {Data: []byte("DHAV\x01\x02\xff")}, "h.mts": {Data: []byte("\x00\x01\x02\xff a film")},
	}
	l, err := Look(t.Context(), files, nil, Options{NoReader: "install it"})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(l.Unread, "\n")
	for _, want := range []string{"a.zip: it is packed", "b.pdf: ", "c.gz: ", "words in pictures: install it", "e.mp4: a film or a sound", "f.mp3: a film", "g.ogg: a film", "h.mts: a film", "i.bin: what kind of file"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not named in %q", want, text)
		}
	}
	if l.Pictures != 0 || len(l.Findings) != 0 {
		t.Errorf("%+v", l)
	}
}

// TestListIsOne: the same files give the same list, and another list has another
// sum.
func TestListIsOne(t *testing.T) {
	files := fstest.MapFS{"a.pdf": {Data: document(t, "Tom", "Tom", "Tom and Ann")}, "b.html": {Data: []byte("<p title=Tom>Tom<p>Ann")}, "Tom.txt": {Data: []byte("Tom\nTom\n")}}
	sum := func(secrets ...Secret) string {
		t.Helper()
		l, err := Look(t.Context(), files, secrets, Options{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := l.Hash()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	tom, ann := Secret{What: "name", Text: "Tom", As: protected.Plain}, Secret{What: "name", Text: "Ann", As: protected.Plain}
	if sum(tom, ann) != sum(ann, tom) || sum(tom, ann) == sum(tom) {
		t.Error("the sum of a list is not its own")
	}
}

func TestCancelled(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Look(ctx, fstest.MapFS{"a.txt": {Data: []byte("x")}}, nil, Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// FuzzContent: no file makes it fail, and what stands in it as it is is found.
func FuzzContent(f *testing.F) {
	f.Add("a.mp4", []byte(boxOf("ftyp", "mp42\x00\x00\x00\x00mp42")+boxOf("moov", boxOf("udta", boxOf("meta", boxOf("hdlr", "x"), boxOf("ilst", boxOf("data", "x")))))))
	for _, s := range []string{"ID3\x03\x00\x00\x00\x00\x01\x00TPE1", "\x89PNG\r\n\x1a\n\x00\x00\x00\x09zTXta\x00", "{\\rtf1\\u-1\\'zz", "<p>", "{\"a\":", "PK\x03\x04", "%PDF-1.4", "\x1f\x8b", "From: x\n\n", "\xff\xd8\xff", "II*\x00", "\\u12"} {
		f.Add("a.html", []byte(s))
	}
	f.Add("a.eml", []byte("Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--x--"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		l := newLook(t.Context(), []Secret{{What: "s", Text: "Ilkley Moor", As: protected.Plain}}, Options{})
		if err := l.content(Place{File: name}, bytes.NewReader(data), 0); err != nil {
			t.Error(err)
		}
	})
}

// A longer word that begins with a protected word is listed, with where it stands,
// and is no finding; nor is one listed that the program itself prints, and none of
// a short word or of a number.
func TestLongerWords(t *testing.T) {
	secrets := []Secret{
		{What: "protected word (child)", Text: "Tomasz", Code: "CHILD"}, {What: "protected word (child)", Text: "Ann", Code: "CHILD"}, {What: "private note", Text: "Evening"},
		{What: "protected word (place)", Text: "Reading", Code: "LOCATION"}, {What: "protected word (number)", Text: "1204", As: protected.Number, Code: "PHONE"},
		{What: "protected word (child)", Text: "Zoe Hart", Code: "CHILD"}, {What: "protected word (number)", Text: "0113 496", As: protected.Number, Code: "PHONE"},
	}
	l, err := Look(t.Context(), fstest.MapFS{
		"a.html": {Data: []byte("<p>Tomaszek and TOMASZEK, Annabel, Evenings, 12045, 01134967, ZoeHarts bike</p>")}, "b.jsonl": {Data: []byte("{\"text\":\"Tomaszkowi\"}\n{\"text\":\"Tomaszek\"}")},
		"own.html": {Data: []byte("<p>Two readings of one clock</p>")},
	}, secrets, Options{Own: Own{Sentences: []string{"Two readings of one clock"}}})
	if err != nil || len(l.Findings) != 0 || len(l.Longer) != 3 || l.Longer[2].Word != "ZoeHarts" {
		t.Fatalf("%+v, %v", l, err)
	}
	x := l.Longer[0]
	if x.Word != "Tomaszek" || x.Begins != "Tomasz" || x.Code != "CHILD" || x.Times != 3 || len(x.Places) != 2 || x.Places[1].String() != "b.jsonl, line 2" {
		t.Errorf("%+v", x)
	}
}

// A name in which 0 and 1 stand for letters that they look like is listed as it is
// written, and counted once; letters and figures of a key are no name.
func TestAWordWithFiguresForLetters(t *testing.T) {
	secrets := []Secret{{What: "protected word (child)", Text: "Zofia", Code: "CHILD"}, {What: "protected word (child)", Text: "Isla Lowe", Code: "CHILD"}, {What: "protected word (child)", Text: "Solo", Code: "CHILD"}}
	l, err := Look(t.Context(), fstest.MapFS{"a.txt": {Data: []byte("Z0fia, Zof1a, Z0F1A and Z0fia; Is1a L0we; 50l0, s0l02 and Sofia at 10:01")}}, secrets, Options{})
	var got []string
	for _, x := range l.Longer {
		got = append(got, fmt.Sprint(x.Word, " ", x.Begins, " ", x.Times))
	}
	if want := []string{"Is1a L0we Isla Lowe 1", "Z0F1A Zofia 1", "Z0fia Zofia 2", "Zof1a Zofia 1"}; err != nil || len(l.Findings) != 0 || !slices.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

// However its lines end and whatever stands in it unseen, a longer word is one, as
// somebody types it.
func TestALongerWordStandsInOneLine(t *testing.T) {
	secrets := []Secret{{What: "protected word (address)", Text: "17 Yew Tree Close", As: protected.Address, Code: "ADDRESS"}}
	l, err := Look(t.Context(), fstest.MapFS{
		"a.txt": {Data: []byte("at 17\nYew\tTree\r\nClosed, 17 Yew Tree Closed")}, "b.txt": {Data: []byte("17 Yew\u200b Tree\x1b Closed")},
	}, secrets, Options{})
	if err != nil || len(l.Longer) != 1 || l.Longer[0].Word != "17 Yew Tree Closed" || l.Longer[0].Times != 3 {
		t.Errorf("%+v, %v", l, err)
	}
}

// The street of a protected address, alone or with the number of the house in words, is to
// be looked at and no finding; with the number it is one, however that is written.
func TestTheStreetOfAnAddressIsNamed(t *testing.T) {
	secrets := []Secret{{What: "protected word (address)", Text: "14 Rosemary Lane", As: protected.House, Code: "ADDRESS"}, {What: "place", Text: "3 Ash Way", As: protected.Address}}
	l, err := Look(t.Context(), fstest.MapFS{"a.txt": {Data: []byte("I like Rosemary Lane; fourteen ROSEMARY Ln, and rosemary lane\nAsh Way\n114 Rosemary Lane")}}, secrets, Options{})
	var got []string
	for _, x := range l.Longer {
		got = append(got, fmt.Sprint(x.Word, " of ", x.Begins, " ", x.Times, " ", x.Street, " ", x.Code))
	}
	if want := []string{"fourteen ROSEMARY Ln of 14 Rosemary Lane 1 true ADDRESS", "Rosemary Lane of 14 Rosemary Lane 3 true ADDRESS"}; err != nil || len(l.Findings) != 0 || !slices.Equal(got, want) {
		t.Errorf("%q and %v, %v, want %q", got, l.Findings, err, want)
	}
}

// Letters of a key that are a short word by chance are no leak; an address that
// somebody put beside them is one.
func TestKeysAreLettersByChance(t *testing.T) {
	secrets := []Secret{{What: "witness", Text: "Kim"}, {What: "address", Text: "14 Larch Grove"}}
	for _, name := range []string{"log/signer.pem", "log/checkpoint"} {
		for text, want := range map[string]int{"MCowBQYDK2VwAyEA/Kim+1pT0Q8wZsFh2A==\n": 0, "MCowBQYDK2VwAyEA\n14 Larch Grove\n": 1} {
			found, err := Look(t.Context(), fstest.MapFS{name: {Data: []byte("-----BEGIN PUBLIC KEY-----\n" + text)}}, secrets, Options{})
			if err != nil || len(found.Findings) != want {
				t.Errorf("%s, %q: %+v, %v", name, text, found.Findings, err)
			}
		}
	}
	for page, want := range map[string]int{"<img src='data:image/png;base64,iV/Kim+0'>": 0, "<img alt='iV/Kim+0'>": 1, "<a href='data:image/png,Kim'>": 1} {
		if found, err := Look(t.Context(), fstest.MapFS{"a.html": {Data: []byte(page)}}, secrets, Options{}); err != nil || len(found.Findings) != want {
			t.Errorf("%s: %+v, %v", page, found.Findings, err)
		}
	}
	if found, err := Look(t.Context(), fstest.MapFS{"data/notes.txt": {Data: []byte("saw /Kim+ there")}}, secrets, Options{}); err != nil || len(found.Findings) != 1 {
		t.Errorf("in a text: %+v, %v", found.Findings, err)
	}
}
