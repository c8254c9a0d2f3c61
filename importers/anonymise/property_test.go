package anonymise

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"daybook/importers"
)

// An export is a made export and the words that it says.
type export struct {
	words []string
	file  string
	data  []byte
}

func drawExport(t *rapid.T) export {
	var c export
	word := func() string {
		w := rapid.OneOf(rapid.StringMatching(`[A-Z][a-z]{4,9}`), rapid.StringMatching(`[a-zéöüłšç]{5,12}`), rapid.StringMatching(`[а-яґї]{4,9}`), rapid.StringMatching(`[\x{ac00}-\x{d000}]{4}`)).Draw(t, "word")
		c.words = append(c.words, w)
		return w
	}
	text := func() string {
		sep := rapid.SampledFrom([]string{" ", ", ", "\n", " & ", "/", "_", "'", " 😀 "}).Draw(t, "between")
		return word() + sep + word() + sep + word()
	}
	coded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	quoted := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	form := rapid.SampledFrom([]string{"_chat.txt", "message_1.json", "rows.csv", "sms.xml", "page.html", "a.mbox", "a.ics", "a.vcf"}).Draw(t, "form")
	var b strings.Builder
	for i := range rapid.IntRange(1, 5).Draw(t, "records") {
		switch form {
		case "_chat.txt":
			fmt.Fprintf(&b, "%d/05/2024, 21:05 - %s %s: %s\n", 14+i, word(), word(), strings.ReplaceAll(text(), "\n", " "))
		case "message_1.json":
			fmt.Fprintf(&b, "{\"sender_name\": %s, \"content\": %s, \"timestamp_ms\": 17145000%02d000}\n", quoted(word()), quoted(text()), i)
		case "rows.csv":
			fmt.Fprintf(&b, "\"%s\",2024-05-%02d 21:05,\"%s\"\n", word(), 14+i, text())
		case "sms.xml":
			fmt.Fprintf(&b, "<sms address=\"+447700900123\" date=\"17145000%02d000\" type=\"1\" body=\"%s\"/>\n", i, strings.ReplaceAll(text(), "&", "&amp;"))
		case "page.html":
			fmt.Fprintf(&b, "<html><!-- %s --><div class=\"%s\" title=\"%s\">%s</div><script>%s</script>\n", text(), word(), word(), strings.ReplaceAll(text(), "&", "&amp;"), text())
		case "a.mbox":
			fmt.Fprintf(&b, "From %s Thu Aug  1 13:00:00 2024\nFrom: %s <kim@example.org>\nSubject: =?utf-8?B?%s?=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n%s\n\n", word(), word(), coded(text()), coded(text()))
		case "a.ics":
			fmt.Fprintf(&b, "BEGIN:VEVENT\nSUMMARY;X-%s=1:%s\nEND:VEVENT\n", word(), strings.ReplaceAll(text(), "\n", `\n`))
		case "a.vcf":
			fmt.Fprintf(&b, "BEGIN:VCARD\nFN:%s\nNOTE:%s\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:%s\nEND:VCARD\n", word(), strings.ReplaceAll(text(), "\n", " "), hexed(word()))
		}
	}
	c.data, c.file = []byte(b.String()), form
	switch coding := rapid.IntRange(0, 4).Draw(t, "coding"); {
	case form == "a.mbox":
	case coding == 0:
		c.data = append([]byte("\xff\xfe"), encode16(b.String(), binary.LittleEndian)...)
	case coding == 1:
		c.data = append([]byte("\xfe\xff"), encode16(b.String(), binary.BigEndian)...)
	case coding < 4:
		if data, err := pages[coding-2].NewEncoder().Bytes(c.data); err == nil {
			c.data = data
		}
	}
	name := word() + "/" + form
	switch rapid.SampledFrom([]string{"", ".zip", ".tar", ".tgz", ".gz"}).Draw(t, "container") {
	case ".zip":
		c.file, c.data = word()+".zip", zipOf(t, packed{name, string(c.data)})
	case ".tar":
		c.file, c.data = word()+".tar", tarOf(t, packed{name, string(c.data)})
	case ".tgz":
		c.file, c.data = word()+".tgz", gzipOf(t, tarOf(t, packed{name, string(c.data)}))
	case ".gz":
		c.file, c.data = form+".gz", gzipOf(t, c.data)
	}
	return c
}

// hexed is a word in quoted-printable that writes every byte as a figure.
func hexed(w string) string {
	return strings.ReplaceAll(fmt.Sprintf("=% X", w), " ", "=")
}

var pages = []*charmap.Charmap{charmap.Windows1251, charmap.Windows1252}

// forms are the ways in which a word can stand in bytes.
func forms(w string) (list [][]byte) {
	for _, w := range []string{w, strings.ToLower(w)} {
		list = append(list, []byte(hexed(w)), []byte(w), encode16(w, binary.LittleEndian), encode16(w, binary.BigEndian))
		for _, page := range pages {
			if code, err := page.NewEncoder().Bytes([]byte(w)); err == nil {
				list = append(list, code)
			}
		}
		for before := range 3 {
			code := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", before) + w))
			code = code[(before*8+5)/6:]
			if over := (before + len(w)) % 3; over > 0 {
				code = code[:len(code)-1]
			}
			if len(code) > 5 { // fewer letters stand anywhere
				list = append(list, []byte(code))
			}
		}
	}
	return list
}

// No word of four letters or more that an export says stands anywhere in its
// copy, in UTF-8, in UTF-16 or in base64.
func TestNoWordStands(t *testing.T) {
	may := structural()
	rapid.Check(t, func(r *rapid.T) {
		c := drawExport(r)
		_, out, _ := copied(t, fstest.MapFS{c.file: {Data: c.data}}, ".")
		for name, f := range out {
			all := unpacked(t, name, f.Data)
			for _, w := range c.words {
				if may[strings.ToLower(w)] || kept.name(w) {
					continue
				}
				for i, form := range forms(w) {
					if bytes.Contains(all, form) {
						r.Fatalf("%s survives in %s (form %d)\n%q\n%q", w, c.file, i, c.data, all)
					}
				}
			}
		}
	})
}

// unpacked is what a file says with its name, and what is in it.
func unpacked(t testing.TB, name string, data []byte) []byte {
	all := append([]byte(name+"\n"), data...)
	if pack := packerOf(file{size: int64(len(data)), r: bytes.NewReader(data)}, data, &bytes.Buffer{}); pack != nil {
		for name, text := range members(t, data) {
			all = append(all, unpacked(t, name, []byte(text))...)
		}
	}
	return all
}

var mayStand = sync.OnceValue(structural)

// No input ends a copy, each input has one copy, and no word of it stands in
// the copy but for those of formats.
func FuzzCopy(f *testing.F) {
	for _, seed := range []packed{
		{"_chat.txt", chatText}, {"a.json", `{"sender_name": "Ann", "content": "outside \u00e9 your window"}`}, {"a.csv", "Date,From\n2024-05-04,Ann\n"},
		{"a.xml", `<sms address="+44" body="outside &amp; near"/>`}, {"a.html", "<html><!-- saved from url=(0012)http://outside --><p id=window>near"},
		{"a.mbox", "From ann\nSubject: =?utf-8?q?near?=\nContent-Length: 3\n\nnear\n"}, {"a.zip", string(zipOf(f, packed{"b.txt", chatText}))},
		{"a.tgz", string(gzipOf(f, tarOf(f, packed{"b.txt", chatText})))}, {"a.plist", "bplist00\xd1\x01\x02Sannc"}, {"a.txt", "24. 12. 5. \xec\x98\xa4\xed\x9b\x84 9:05 - Ann: near\xff"},
	} {
		f.Add(seed.name, []byte(seed.text))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if name == "" || strings.ContainsAny(name, "/\\") || name == "." || name == ".." || !utf8.ValidString(name) {
			name = "a.txt"
		}
		limits := Limits{File: 1 << 20, Container: importers.Limits{Members: 50, Bytes: 4 << 20, Ratio: 50, Depth: 2}}
		tree := fstest.MapFS{name: {Data: data}}
		_, first, sum := copiedWithin(t, tree, ".", limits)
		_, again, _ := copiedWithin(t, tree, ".", limits)
		for stand, f := range first {
			if again[stand] == nil || !bytes.Equal(f.Data, again[stand].Data) {
				t.Fatalf("%s is copied otherwise the second time", stand)
			}
			if sum.Rewritten != 1 || sum.Files != 1 || !utf8.Valid(data) {
				continue
			}
			before, after := told{words: map[string]bool{}, numbers: map[string]bool{}}, told{words: map[string]bool{}, numbers: map[string]bool{}}
			before.hear(string(data), false)
			after.hear(string(f.Data), false)
			for w := range after.words {
				if n := utf8.RuneCountInString(w); n > 3 && before.words[w] && !mayStand()[w] {
					t.Fatalf("%q survives:\n%q\n%q", w, data, f.Data)
				}
			}
		}
	})
}
