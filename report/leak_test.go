package report

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/report/leak"
	"daybook/report/papertest"
	"daybook/timeline"
)

// planted are leaks of every kind that LAW.md 4.8 names. Each stands in the case;
// none may stand in what the other side gets, and each must be found by the leak
// check in a bundle that withholds nothing.
var planted = []struct{ kind, secret, form string }{
	{"address, over the end of a line", "7 Rowan Close, Otley", "7 rowan close"},
	{"telephone number in another form", "+44 7700 900456", "7700 900 456"},
	{"e-mail address in capitals", "new.me@example.net", "new.me@example.net"},
	{"child's name with another accent", "Tomás", "tomas"},
	{"school in the name of a conversation", "Ashfield Primary", "ashfield"},
	{"employer in somebody's display name", "Brightwell Dental", "brightwell"},
	{"plate in the name of an attachment", "KD19 XYZ", "kd19"},
	{"new name in a list of receivers", "Marta Nowak", "nowak"},
	{"date of birth in figures", "4 March 2019", "04/03/2019"},
	{"place in the subject of a letter", "Harrogate", "harrogate"},
	{"password in an incident", "blue-tulip-77", "tulip"},
	{"bank account in exact words", "20-44-91 55128834", "55128834"},
	{"clinic in how it is known", "Oswald's clinic", "oswald"},
	{"address in the name of an exhibit", "Flat 3 Mill Yard", "mill yard"},
	{"town in the path of an exhibit", "Whitby", "whitby"},
	{"name in the title of the case", "Zuzanna", "zuzanna"},
	{"former name of who kept the case", "Halina Kos", "halina"},
	{"name that an export was added under", "Kasia Wrona", "kasia"},
	{"passage of one row", "by the blue door at the back", "blue door"},
	{"private note on a row", "ask my counsellor about this one", "counsellor"},
	{"tag of a person's own", "before the move to grandma", "grandma"},
	{"private note of an incident", "I have not told the police of this yet", "not told"},
	{"witness of an incident", "Mrs Okonkwo", "okonkwo"},
	{"contact of a witness", "07700 900999", "900999"},
	{"earlier version of an incident", "he followed me all the way to the refuge", "refuge"},
	{"words of a row that is left out", "my therapist says I should keep away", "therapist"},
	{"note on an act of adding", "from the laptop at the women's centre", "centre"},
	{"place of a photo in its file", "GPS", ""},
	{"coordinates of a row", "53.90512", "53.905"},
	{"name in the metadata of a photo", "Celina", "celina"},
	{"words that a picture shows", "Lindenhof", "lindenhof"},
	{"words within a document", "Seabrook", "seabrook"},
	{"network address in a letter", "192.0.2.77", "192.0.2.77"},
	{"who wrote a PDF", "Ottoline", "ottoline"},
	{"packet of metadata of a PDF", "Quennell", "quennell"},
	{"note on a page of a PDF", "Thistlewood", "thistlewood"},
	{"file within a PDF", "a file within it", "pemberton"},
	{"who wrote a document", "Aldous", "aldous"},
	{"for whom a document was written", "Fennimore", "fennimore"},
	{"fact that somebody named in a document", "Grimshaw", "grimshaw"},
	{"note in a document", "Hawksworth", "hawksworth"},
	{"words that were struck out of a document", "Inglewood", "inglewood"},
	{"who wrote a document in a zip", "Jessamy", "jessamy"},
	{"words in two runs of a header", "Kirkstall", "kirkstall"},
	{"entities of a document", "Menston", "menston"},
	{"words in RTF", "Ledsham", "ledsham"},
	{"rich text of a table", "Pudsey Moor", "pudsey"},
	{"runs of an OpenDocument", "Rawdon", "rawdon"},
	{"street over two elements of a page", "9 Wetherby Lane", "wetherby"},
	{"packed text of a PNG", "Garforth", "garforth"},
	{"comment of a film", "Osmondthorpe", "osmondthorpe"},
	{"artist of a sound", "Peverell", "peverell"},
	{"name on a contact card", "Auntie Bogna", "bogna"},
	{"number on a contact card", "+44 7700 900888", "900888"},
}

// inPieces are those among them that stand nowhere in one piece, and the file in a zip in
// which each is: a full pack lists what a served one withholds, and has the words there too.
var inPieces = map[string]string{"Kirkstall": "h.docx: word/header1.xml", "Menston": "h.docx: word/document.xml", "Ledsham": "a.rtf", "Pudsey Moor": "t.xlsx: xl/sharedStrings.xml", "Rawdon": "o.odt: content.xml", "Garforth": "p.png", "9 Wetherby Lane": "a.html"}

// exifPhoto is a JPEG with an owner and a place in its EXIF.
func exifPhoto(t testing.TB, owner string) []byte {
	t.Helper()
	var img bytes.Buffer
	if err := jpeg.Encode(&img, image.NewGray(image.Rect(0, 0, 48, 32)), nil); err != nil {
		t.Fatal(err)
	}
	le := binary.LittleEndian
	entry := func(b []byte, tag, kind uint16, n, value uint32) []byte {
		return le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(b, tag), kind), n), value)
	}
	text := owner + "\x00"
	const first = 8 + 2 + 2*12 + 4
	gps := uint32(first + len(text))
	x := append([]byte("II*\x00"), 8, 0, 0, 0)
	x = le.AppendUint16(x, 2)
	x = entry(x, 0x013b, 2, uint32(len(text)), first)
	x = entry(x, 0x8825, 4, 1, gps)
	x = append(le.AppendUint32(x, 0), text...)
	x = le.AppendUint16(x, 2)
	x = append(x, 1, 0, 2, 0, 2, 0, 0, 0, 'N', 0, 0, 0)
	x = entry(x, 2, 5, 3, gps+2+2*12+4)
	x = le.AppendUint32(x, 0)
	for _, n := range []uint32{53, 1, 54, 1, 18, 1} {
		x = le.AppendUint32(x, n)
	}
	segment := append([]byte("Exif\x00\x00"), x...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(segment)+2))...)
	return append(append(out, segment...), img.Bytes()[2:]...)
}

// zipOf is a zip of files: the name of each, and what is in it.
func zipOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		if _, err := io.WriteString(must(z.Create(files[i]))(t), files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tellingPDF is a page of a PDF that shows a scan, and tells more beside: who wrote it,
// notes, a file within it, and in the scan's own file the place where it was made.
func tellingPDF(scan []byte) []byte {
	stream := func(dict, data string) string {
		return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	places := "0000000000 65535 f \n"
	for i, o := range []string{
		"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/Names<</EmbeddedFiles<</Names[(a)<</EF<</F 7 0 R>>>>]>>>>>>", "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 200]>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>/Annots[<</Subtype/Text/Rect[0 0 9 9]/Contents(ask Thistlewood)>>]>>",
		stream("", "q 240 0 0 160 9 9 cm /I Do Q"), stream("/Subtype/Image/Width 48/Height 32/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode", string(scan)),
		stream("/Type/Metadata/Subtype/XML", "<rdf:RDF><dc:creator>Quennell</dc:creator></rdf:RDF>"), stream("/Type/EmbeddedFile", "Pemberton"), "<</Author(Ottoline)>>",
	} {
		places += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 9\n%strailer\n<</Size 9/Root 1 0 R/Info 8 0 R>>\nstartxref\n%d\n%%%%EOF\n", places, at)
	return b.Bytes()
}

// leakyCase is a case with all that is planted.
func leakyCase(t testing.TB) *realCase {
	t.Helper()
	ctx := t.Context()
	c := must(evidence.Create(filepath.Join(t.TempDir(), "x.daybook"), evidence.CreateOptions{
		Title: "What happened to Zuzanna", Zone: "Europe/London", Actor: "Halina Kos", Passphrase: "correct horse battery staple nine lives", KDF: keys.LeastCost(), Weak: true,
	}))(t)
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	batch := must(c.Begin(ctx, "from the laptop at the women's centre"))(t)
	add := func(name, kind string, data []byte) evidence.Item {
		p := must(batch.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: name, Path: "Whitby trip/" + name, Type: kind, Size: -1, How: "file"}))(t)
		return atOnce(t, batch, p)
	}
	chat := add("Flat 3 Mill Yard.txt", "text/plain", []byte("ring 07700 900456 or mail new.me@example.net\n"))
	photo := add("photo.jpg", "image/jpeg", exifPhoto(t, "Celina"))
	shot := add("shot.png", "image/png", tinyPicture(t))
	letter := add("letter.eml", "message/rfc822", []byte("From: dan@example.org\n\nx"))
	office := add("plan.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", zipOf(t, "word/document.xml", "<w:t>Sea</w:t><w:t>brook</w:t> Seabrook"))
	memo := add("memo.pdf", "application/pdf", tellingPDF(exifPhoto(t, "nobody")))
	draft := zipOf(t, "docProps/core.xml", "<p><dc:creator>Aldous</dc:creator></p>", "docProps/app.xml", "<p><Company>Fennimore</Company></p>", "docProps/custom.xml", "<p><property name='Client'>Grimshaw</property></p>",
		"word/comments.xml", "<p><w:comment>Hawksworth</w:comment></p>", "word/document.xml", "<p><w:del><w:delText>Inglewood</w:delText></w:del></p>")
	letterTo := add("draft.docx", office.Type, draft)
	var text bytes.Buffer
	z := zlib.NewWriter(&text)
	if _, err := z.Write([]byte("Garforth")); errors.Join(err, z.Close()) != nil {
		t.Fatal(err)
	}
	png, place := tinyPicture(t), text.Bytes()
	part := append(binary.BigEndian.AppendUint32(nil, uint32(len(place)+5)), "zTXtabc\x00\x00"...)
	part = append(append(part, place...), 0, 0, 0, 0)
	part = binary.BigEndian.AppendUint32(part[:len(part)-4], crc32.ChecksumIEEE(part[4:len(part)-4]))
	odd := add("odd.zip", "application/zip", zipOf(t, "h.docx", string(zipOf(t, "word/header1.xml", "<w:t>Kirk</w:t></w:r><w:r><w:t>stall</w:t>", "word/document.xml", "<w:t>M&#101;nston</w:t>")),
		"a.rtf", `{\rtf1\ansi L\'65d{\b sham}}`, "t.xlsx", string(zipOf(t, "xl/sharedStrings.xml", "<si><r><t>Pud</t></r><r><t>sey Moor</t></r></si>")), "o.odt", string(zipOf(t, "content.xml", "<text:p>Raw<text:span>don</text:span></text:p>")),
		"a.html", "<html><div>9 Wetherby</div>"+strings.Repeat(" ", 20)+"<div>Lane</div>", "p.png", string(slices.Insert(png, 33, part...)), "f.mp4", "\x00\x00\x00\x10ftypmp42\x00\x00\x00\x00\x00\x00\x00\x28moov\x00\x00\x00\x20udta\x00\x00\x00\x18\xa9cmt\x00\x0c\x00\x00Osmondthorpe",
		"s.mp3", "ID3\x03\x00\x00\x00\x00\x00\x13TPE1\x00\x00\x00\x09\x00\x00\x00Peverell"+strings.Repeat("\x00", 99)))
	packed := add("two.zip", "application/zip", zipOf(t, "photo.jpg", string(exifPhoto(t, "nobody")), "x.docx", string(zipOf(t, "docProps/core.xml", "<p><dc:creator>Jessamy</dc:creator></p>"))))
	x := must(timeline.Open(ctx, c))(t)
	w := x.Begin(ctx, batch.Number())
	dan, me := timeline.Party{Name: "Dan (Brightwell Dental)"}, timeline.Party{Name: "Marta Nowak", Owner: true}
	r := w.Read(chat, "chat", 1, map[string]string{"owner": "Kasia Wrona"})
	for i, text := range []string{
		"I know that you live at 7 Rowan\nclose, OTLEY now", "ring 07700-900 456 or mail NEW.ME@EXAMPLE.NET", "Tomas was born 04/03/2019", "I stood by the blue door at the back", "my therapist says I should keep away", "those flowers",
	} {
		e := timeline.Event{Kind: timeline.Message, When: at(t, "2024-03-12 14:0"+string(rune('0'+i))), From: dan, To: []timeline.Party{me}, Thread: "Ashfield Primary parents", Text: text, Source: timeline.Pinpoint{Record: "line " + string(rune('1'+i))}}
		if i == 5 {
			e.Files = []timeline.Attachment{{Name: "KD19XYZ.mp4", Missing: true}, {Name: "shot.png", Item: shot.Number, Hash: shot.Hash}, {Name: "plan.docx", Item: office.Number, Hash: office.Hash}}
			for _, i := range []evidence.Item{memo, letterTo, packed, odd} {
				e.Files = append(e.Files, timeline.Attachment{Name: i.Name, Item: i.Number, Hash: i.Hash})
			}
		}
		event(t, r, e)
	}
	closeReading(t, r)
	r = w.Read(photo, "photo", 1, nil)
	event(t, r, timeline.Event{Kind: timeline.Photo, When: at(t, "2024-03-13 14:00"), Place: timeline.Place{Lat: 53.90512, Lon: -1.69123, Fix: true}, Source: timeline.Pinpoint{Record: "exif"}})
	closeReading(t, r)
	r = w.Read(letter, "mail", 1, nil)
	event(t, r, timeline.Event{Kind: timeline.Email, When: timeline.FromInstant(time.Date(2024, 7, 1, 8, 30, 0, 0, time.UTC), timeline.Second, "Mon, 1 Jul 2024 08:30:00 +0000"), From: timeline.Party{Name: "Dan"}, Text: "x",
		Extra: timeline.FactsOf("subject", "see you in Harrogate", "x-originating-ip", "192.0.2.77"), Source: timeline.Pinpoint{Record: "message"}})
	closeReading(t, r)
	card := add("people.vcf", "text/vcard", []byte("BEGIN:VCARD\nFN:Auntie Bogna\nTEL:+44 7700 900888\nEND:VCARD\n"))
	r = w.Read(card, "contacts", 1, nil)
	event(t, r, timeline.Event{Kind: timeline.Contact, To: []timeline.Party{{Name: "Auntie Bogna", Address: "+44 7700 900888"}}, Thread: "address book", Text: "contact: Auntie Bogna +44 7700 900888", Source: timeline.Pinpoint{Record: "card 1"}})
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	in := timeline.IncidentDraft{Occurred: must(timeline.Typed("2024-03-14 19:30", "", "", c.Zone()))(t), What: "he followed me all the way to the refuge", ExactWords: "pay 20-44-91 5512 8834 or else", HowKnown: "seen from Oswald’s Clinic",
		PrivateNote: "I have not told the police of this yet", Witnesses: []timeline.Witness{{Name: "Mrs Okonkwo", Contact: "07700 900999"}}}
	written := must(x.WriteIncident(ctx, in))(t)
	in.What = "He shouted blue tulip 77, my password."
	must(x.Correct(ctx, written.ID, in, "for safety"))(t)
	k := &realCase{c, x}
	k.leaveOut(t, "therapist", "private")
	k.tag(t, "those flowers", "before the move to grandma", "ask my counsellor about this one")
	k.withholdAll(t)
	return k
}

// withholdAll says what of all that is planted is withheld by word or place.
func (k *realCase) withholdAll(t testing.TB) {
	t.Helper()
	var drafts []timeline.WithholdingDraft
	for _, p := range []struct{ code, secrets string }{
		{"ADDRESS", "7 Rowan Close, Otley|Flat 3 Mill Yard"}, {"PHONE", "+44 7700 900456"}, {"EMAIL", "new.me@example.net"}, {"CHILD", "Tomás"},
		{"EMPLOYER_SCHOOL", "Ashfield Primary|Brightwell Dental"}, {"VEHICLE", "KD19 XYZ"}, {"THIRD_PARTY", "Marta Nowak|Zuzanna|Halina Kos|Kasia Wrona|Celina"}, {"DOB", "4 March 2019"},
		{"LOCATION", "Harrogate|Whitby|Lindenhof|Seabrook|Kirkstall|Menston|Ledsham|Pudsey Moor|Rawdon|Garforth|9 Wetherby Lane"}, {"CREDENTIAL", "blue-tulip-77"}, {"FINANCE", "20-44-91 55128834"}, {"MEDICAL", "Oswald's clinic"},
	} {
		for s := range strings.SplitSeq(p.secrets, "|") {
			drafts = append(drafts, timeline.WithholdingDraft{Code: p.code, Text: s})
		}
	}
	id := k.find(t, "by the blue door")
	drafts = append(drafts, timeline.WithholdingDraft{Code: "LOCATION", Event: id, Text: "by the blue door at the back"},
		timeline.WithholdingDraft{Code: "LOCATION", Item: 3, Areas: []timeline.Area{{X: 0, Y: 0, Width: 48, Height: 32, Wide: 48, High: 32}}})
	must(k.x.Withhold(t.Context(), drafts...))(t)
}

// eyes read a word in a picture that is not painted over.
func eyes(_ context.Context, _ string, data []byte) (string, error) {
	img, err := decodeStill(data)
	if err != nil {
		return "", err
	}
	if r, g, b, _ := img.At(20, 20).RGBA(); r>>8+g>>8+b>>8 < 40 {
		return "", nil
	}
	return "an der LINDENHOF-Strasse", nil
}

// stillOf makes a still without what the file holds beside it, as the worker does.
func stillOf(_ context.Context, r io.Reader, _ Fit) (Still, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return Still{}, err
	}
	img, err := decodeStill(b)
	if err != nil {
		return Still{}, err
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, img, nil)
	return Still{out.Bytes(), img.Bounds().Dx(), img.Bounds().Dy()}, err
}

// checked writes a bundle and reads it again.
func checked(t testing.TB, b *Bundle, secrets []leak.Secret) (dir string, found leak.List) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: stillOf}); err != nil {
		t.Fatal(err)
	}
	return dir, must(leak.Look(t.Context(), os.DirFS(dir), secrets, leak.Options{Read: eyes, Reader: "eyes"}))(t)
}

// TestPlantedLeaks: none of what is planted is in a served pack, whatever it shows;
// each is reported when nothing was withheld.
func TestPlantedLeaks(t *testing.T) {
	if len(planted) < 25 {
		t.Fatalf("only %d leaks are planted", len(planted))
	}
	k := leakyCase(t)
	served := k.planned(t, Served, func(s *Selection) { s.Show, s.Moment = []Detail{ShowDocuments}, Moment{} })
	sought := must(served.Sought(t.Context(), stillOf, nil))(t)
	dir, found := checked(t, served, sought)
	for _, f := range found.Findings {
		t.Errorf("in the served pack: %s %q at %v", f.What, f.Text, f.Places)
	}
	if len(found.Unread) > 0 {
		t.Error(found.Unread)
	}
	if want := []string{"HK/6 memo.pdf, page 1"}; !slices.Equal(served.Told.Silent, want) {
		t.Errorf("of pages that no program reads is told %q, want %q", served.Told.Silent, want)
	}
	tree := readTree(t, dir)
	if pages := strings.Join(wordsOnPages(papertest.Read(t, filepath.Join(dir, filepath.FromSlash(documentFile)))), " "); !strings.Contains(pages, "page 1 of 1 of the file") {
		t.Error("the page of the PDF, which tells nothing, is not in the served pack")
	}
	tree["the plan"] = []byte(dump(t, served))
	for name, data := range tree {
		text := strings.ToLower(string(data))
		for _, p := range planted {
			if p.form != "" && strings.Contains(text, p.form) {
				t.Errorf("%s is in the served pack: %s", p.kind, name)
			}
		}
	}
	full := k.planned(t, Full, func(s *Selection) { s.Moment, s.Private = Moment{}, true })
	_, found = checked(t, full, sought)
	for _, e := range full.Exhibits {
		if e.Item == 3 {
			paintedSeen(t, found, e.File, e.Picture, documentFile)
		}
	}
	for _, p := range planted {
		reported := false
		for _, f := range found.Findings {
			in := func(at leak.Place) bool { return strings.HasSuffix(at.File, inPieces[p.secret]) }
			reported = reported || strings.Contains(f.Text, p.secret) && slices.ContainsFunc(f.Places, in)
		}
		if !reported {
			t.Errorf("%s (%q) is not reported in a bundle that withholds nothing", p.kind, p.secret)
		}
	}
}

// paintedSeen sees that a picture of which a part is to be painted over is named in each of
// the files that show it whole.
func paintedSeen(t *testing.T, found leak.List, files ...string) {
	t.Helper()
	for _, file := range files {
		if !slices.ContainsFunc(found.Findings, func(f leak.Finding) bool {
			return f.What == saySecretPainted && slices.ContainsFunc(f.Places, func(p leak.Place) bool { return p.File == file })
		}) {
			t.Errorf("%q shows what is painted over: %+v", file, found.Findings)
		}
	}
}

// The decision stands in the journal with the sums of the bundle and of the list.
func TestReleaseIsJournaled(t *testing.T) {
	k := newCase(t)
	dir, found := checked(t, k.plan(t, Served), []leak.Secret{{What: "protected word (child)", Text: "Alex"}})
	if len(found.Findings) != 1 {
		t.Fatalf("%+v", found)
	}
	for _, released := range []bool{false, true} {
		if err := Release(t.Context(), k.c, os.DirFS(dir), found, released); err != nil {
			t.Fatal(err)
		}
		var last evidence.Entry
		for e, err := range k.c.Journal(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			last = e
		}
		sum := must(found.Hash())(t)
		want := `"list":"` + sum + `","findings":1,"released":false`
		if released {
			want = strings.Replace(want, "false", "true", 1)
		}
		if last.Action != string(ActionRelease) || !strings.Contains(string(last.Body), want) {
			t.Errorf("%s, want %s", last.Body, want)
		}
	}
	if err := Release(t.Context(), k.c, os.DirFS(t.TempDir()), found, true); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
