package protected

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestForms: a word is found however it is written, and where it is a whole one.
func TestForms(t *testing.T) {
	w := New([]Word{
		{"12 High Street, Leeds", "[address]", House}, {"+44 7700 900123", "[number]", Number}, {"Tomás", "[child]", Plain},
		{"AB12 CDE", "[plate]", Plain}, {"Highfield Primary", "[school]", Plain}, {"Highfield", "[place]", Plain},
		{"4 March 2019", "[birth]", Day}, {"jo@example.org", "[mail]", Plain}, {"高田", "[name]", Plain}, {"рыба", "[word]", Plain},
		{"020 7946 0958", "[line]", Plain}, {"St Anne's", "[church]", Plain}, {"Saint Mark", "[school]", Plain}, {"Alba", "[other]", Plain},
		{"14 Yew Row", "[house]", House}, {"No. 7, Elm Road", "[elm]", House}, {"3 Ash Way", "[way]", Address}, {"Flat 2, 9 Oak Row, Ayr", "[oak]", House},
	})
	for _, c := range []struct{ in, out string }{
		{"at 12 High Street, Leeds.", "at [address]."},
		{"12 HIGH STREET LEEDS", "[address]"},
		{"12 High\r\n  Street,\nLeeds!", "[address]!"},
		{"12-high-st-leeds.jpg", "[address].jpg"},
		{"/q?a=12%20High%20Street%2C%20Leeds&x", "/q?a=[address]&x"},
		{"?q=12%2520HIGH%252520Street%252C%20Leeds", "?q=[address]"},
		{"?q=Tom%C3%A1s+Tom%c3%a1s%2BTom%25C3%25A1s&Tom%E1s", "?q=[child]+[child]%2B[child]&[child]"},
		{"St+Anne%E2%80%99s", "[church]"},
		{`{"name":"Tom\u00e1s"}`, `{"name":"[child]"}`},
		{`C:\uTomas \u12`, `C:\u[child] \u12`},
		{"100%Tomas, 50 %c3 Tomas%", "100%[child], 50 %c3 [child]%"},
		{"100%alba", "100%[other]"},
		{"112 High Street, Leeds", "112 High Street, Leeds"},
		{"call 07700 900123 now", "call [number] now"},
		{"+44 (0)7700-900-123", "[number]"},
		{"00447700900123,", "[number],"},
		{"tel:+447700900123", "tel:[number]"},
		{"7700.900.123", "[number]"},
		{"1807700900123", "1807700900123"},
		{"077009001234", "077009001234"},
		{"TOMAS and Tomás's and To\u0301mas", "[child] and [child]'s and [child]"},
		{"Тоmas with Cyrillic", "[child] with Cyrillic"},
		{"T\u200bomás", "[child]"},
		{"Ｔｏｍａｓ", "[child]"},
		{"Tomáss", "Tomáss"},
		{"ab12cde AB-12-CDE", "[plate] [plate]"},
		{"HighfieldPrimary2024.pdf", "[school]2024.pdf"},
		{"HighfieldRoad", "[place]Road"},
		{"Highfields", "Highfields"},
		{"born 04/03/2019, 2019-03-04, 4th of March 2019", "born [birth], [birth], [birth]"},
		{"JO@EXAMPLE.ORG", "[mail]"},
		{"これは高田です", "これは[name]です"},
		{"РЫБА", "[word]"},
		{"Highfield's Primary, HIGHFIELD’S primary", "[school], [school]"},
		{"12 High Street's door", "12 High Street's door"},
		{"12 High Street’s, Leeds", "[address]"},
		{"Highfield is Primary", "[place] is Primary"},
		{"Saint Anne's, st. mark", "[church], [school]"},
		{"call +44 20 7946 0958", "call +[line]"},
		{"\u202esámoT", "\u202e[child]"}, // seen as Tomás
		{"To\u202esám\u202c is here", "[child]\u202c is here"},
		{"\u202esámoT\nTomás, sámoT", "\u202e[child]\n[child], sámoT"},
		{"\u202edleifhgiH ta sámoT\u202c, 4", "\u202e[place] ta [child]\u202c, 4"},
		{"\u202eabyr sámo\u2067T\u2069\u202c", "\u202eabyr [child]\u2069\u202c"},
		{"\u202eyramirP \u202aHighfield\u202c!", "\u202e[school]\u202c!"},
		{"\u202e321009 00770\u202c", "\u202e[number]\u202c"},
		{"\u202dабыр", "\u202d[word]"},
		{"sámoT\u202e", "sámoT\u202e"},
		{"ring O77OO 9OOl23 or +44 77OO 9OO I23", "ring [number] or [number]"},
		{"o2O 7946 o958", "[line]"},
		{"AB l2 CDE, abI2cde", "[plate], [plate]"},
		{"OTTOO 9OOl23, AB lZ CDE, lO77OO9OOl23", "OTTOO 9OOl23, AB lZ CDE, l[number]"},
		{"AB is CDE", "AB is CDE"},
		{"jo (at) example.org, jo [AT] example [dot] org, jo at example dot org", "[mail], [mail], [mail]"},
		{"jo dot example, jo at example", "jo dot example, jo at example"},
		{"High Street 12, Leeds; HIGH ST. 12 LEEDS", "[address]; [address]"},
		{"High Street, Leeds 12", "High Street, Leeds 12"},
		{"yew row no 14 is Yew Row number 14 is Yew Row, house no. 14 is Yew Row rhif 14", "[house] is [house] is [house] is [house]"},
		{"14a Yew Row is No. 14 Yew Row is 14/2 Yew Row is 14-12 YEW ROW", "[house] is No. [house] is [house] is [house]"},
		{"142 Yew Row is 114 Yew Row is 14 2 Yew Row is fourteen Yew Row", "142 Yew Row is 114 Yew Row is 14 2 Yew Row is fourteen Yew Row"},
		{"Flat 2, 14-12 Yew Row is apt 3b 14 Yew Row is Unit 5,\n14 Yew Row", "[house] is [house] is [house]"},
		{"at 2/14 Yew Row is Fflat 3, 14 Yew Row; FLAT B 14 Yew Row, flat 9", "at [house] is [house]; [house]"},
		{"a flat, 14 Yew Row, room for 2, flat 2 Tomás, 3/4/14 Yew Row flat out", "a flat, [house], room for 2, flat 2 [child], 3/4/[house] flat out"},
		{"9 Oak Row, Ayr or flat 2, 9 Oak Row, Ayr", "[oak] or [oak]"},
		{"3 Ash Way is Ash Way 3 is 3b Ash Way is Ash Way no 3", "[way] is [way] is 3b Ash Way is Ash Way no 3"},
		{"12b High St., Leeds is 12/3 high street leeds", "[address] is [address]"},
		{"7 Elm Road is 7c Elm Rd is Elm Road no 7 is Elm Road 7", "[elm] is [elm] is [elm] is [elm]"},
		{"ᴛᴏᴍᴀs and ᴛᴏᴍᴀꜱ and 🅣🅞🅜🅐🅢 and 🅃🄾🄼🄰🅂", "[child] and [child] and [child] and [child]"},
		{"TOMAS🇬🇧 🇬🇧Tomas🅱", "[child]🇬🇧 🇬🇧[child]🅱"},
		{"ᎢᎾᎷᎪᏚ, ᎢᏫᎷᎪᏚ", "ᎢᎾᎷᎪᏚ, ᎢᏫᎷᎪᏚ"},
		{"Ꭺlba", "[other]"},
		{"Highfield" + strings.Repeat(" ", widest+1) + "Primary", "[place]" + strings.Repeat(" ", widest+1) + "Primary"},
	} {
		if got := w.Clean(c.in); got != c.out {
			t.Errorf("%q:\n got %q\nwant %q", c.in, got, c.out)
		}
	}
}

// TestCleanLeavesNone: whatever stands around words, and over one another, none
// is left, and what is no word stays.
func TestCleanLeavesNone(t *testing.T) {
	w := New([]Word{{"ana bel", "[out]", Plain}, {"bel ana", "[out]", Plain}, {"bel", "[out]", Plain}, {"07700900123", "[out]", Plain}})
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"ana", "bel", "ANA", "Bel", " ", "\n", "-", "07700", "900123", "O77OO", "9OOl23", "🅱el", "ʙᴇʟ", "+44", "x", "é", "\u200d", "\u202e", "\u202d", "\u202c", "leb", "321009", "00770", "%20", "\xff", "%C3%A9", "%25", "%EB", "\\u0065"})).Draw(t, "parts")
		text := strings.Join(parts, "")
		clean := w.Clean(text)
		if w.In(clean) {
			t.Fatalf("%q is left as %q", text, clean)
		}
		if !w.In(text) && clean != text {
			t.Fatalf("%q became %q", text, clean)
		}
	})
}

// TestReadAsFind: a stream holds what its text holds, whatever it is cut into.
func TestReadAsFind(t *testing.T) {
	w := New([]Word{{"high street", "#", Plain}, {"tomás", "#", Plain}, {"900123", "#", Plain}})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"high", "street", "Street", " ", "\x00", "tomás", "Toma\u0301s", "\u202e", "\u202c", "teerts", "hgih", "900", "123", "9OO", "l23", "%2C", "tom%C3%A1s", "tom%E1s", "%", "25", "tom\\u00e1s", "\n", strings.Repeat("z", 70<<10)})).Draw(t, "parts"), "")
		var read []Hit
		if err := w.Read(strings.NewReader(text), func(h Hit) bool { read = append(read, h); return true }); err != nil {
			t.Fatal(err)
		}
		found := map[Hit]bool{}
		for _, h := range w.Find(text) {
			found[h] = true
		}
		if len(read) != len(found) {
			t.Fatalf("read %v, found %v", read, found)
		}
		for _, h := range read {
			if !found[h] {
				t.Fatalf("read %v, found %v", read, found)
			}
		}
	})
}

// TestOtherTexts: texts that are no UTF-8, or two bytes a letter, are read too.
func TestOtherTexts(t *testing.T) {
	w := New([]Word{{"Tomás", "#", Plain}})
	for _, text := range []string{"by Tom\xe1s.", "T\x00o\x00m\x00a\x00s\x00"} {
		if !w.In(text) {
			t.Errorf("%q: not found", text)
		}
	}
	for text, want := range map[string]bool{"by Tom\xe1s\xff\xdb": true, "\xffTom\xe1s": true, "Tomas\x00canon": true, "Atomas": false, "T\x00o\x00m\x00a\x00s\x00s\x00": false} {
		if w.In(text) != want {
			t.Errorf("%q: found is not %t", text, want)
		}
	}
	if w := New([]Word{{"…", "#", Plain}}); w.In("…") || w.Clean("…") != "…" || w.Len() != 0 {
		t.Error("a word without a letter is found")
	}
}

// FuzzClean: no text makes it fail, and what is left holds no word.
func FuzzClean(f *testing.F) {
	w := New([]Word{{"high street", "[out]", Plain}, {"tomás", "[out]", Plain}, {"07700900123", "[out]", Number}})
	for _, s := range []string{"", "High\nStreet", "%2", "%zz", "\xff\xfe", "tom%c3%a1s", "a07700 900123b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if clean := w.Clean(s); w.In(clean) {
			t.Errorf("%q is left as %q", s, clean)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	words := []Word{{"07700 900123", "#", Number}}
	for _, s := range strings.Fields("Highfield Tomás Leeds AB12CDE jo@example.org Greenbank Ward Priya Oakley") {
		words = append(words, Word{s, "#", Plain})
	}
	w := New(words)
	text := strings.Repeat("I saw you at the station again, do not think that I did not see you. ", 4)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		w.Clean(text)
	}
}

// TestShortDates: a short date in figures is one only where its parts stand
// apart. Times of day and numbers of the same figures stay.
func TestShortDates(t *testing.T) {
	w := New([]Word{{Text: "4 March 2019", As: Day}})
	for text, want := range map[string]bool{
		"04/03/19": true, "4.3.19": true, "4.03-19,": true, "on 4 3 19": true, "04032019": true, "2019-03-04": true, "20190304": true,
		"13:43:19": false, "04:03:19": false, "2026-11-26T04:03:19Z": false, "4319 bytes": false, "040319": false, "hash 4319abcd": false,
	} {
		if got := w.In(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}

// Longer words are given whole, those that are looked for are not, and what only
// has a word inside of it is no longer one.
func TestLonger(t *testing.T) {
	w := New([]Word{{Text: "Tomasz"}, {Text: "Tomaszek"}, {Text: "Oak Road"}})
	for in, want := range map[string]string{
		"Tomaszowi, TOMASZA and Tomasz": "Tomaszowi|TOMASZA", "Tomaszek": "", "das Tomas": "", "xtomaszowi": "", "at Oak Roadside.": "Oak Roadside",
		"To\u0301maszów!": "To\u0301maszów", "Tomasz2": "", "ends as Tomaszu": "Tomaszu",
	} {
		var got []string
		for _, h := range w.Longer(in) {
			got = append(got, in[h.From:h.To])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if hits := (*Words)(nil).Longer("Tomaszek"); hits != nil {
		t.Errorf("%v", hits)
	}
}

// The street of an address, and its number in words, are named and not the house.
func TestStreets(t *testing.T) {
	w := New([]Word{{"14 Rosemary Lane, Leeds", "", House}})
	s := New(func() (words []Word) {
		for _, street := range Streets("14 Rosemary Lane, Leeds") {
			words = append(words, Word{Text: street})
		}
		return words
	}())
	for text, want := range map[string]int{"fourteen Rosemary Lane": 22, "in ROSEMARY LN.": 11, "Rosemary Lane, fourteen": 13, "Rosemary Close": 0} {
		longest := int64(0)
		for _, h := range s.Find(text) {
			longest = max(longest, h.To-h.From)
		}
		if longest != int64(want) || w.In(text) {
			t.Errorf("%q: %d letters are the street, want %d", text, longest, want)
		}
	}
	for _, none := range []string{"Rosemary Lane", "14", "25 m", "", ", ,", "14 "} {
		if got := Streets(none); len(got) != 0 {
			t.Errorf("%q has the streets %q", none, got)
		}
	}
	if got := []string{inWords("7"), inWords("020"), inWords("42"), inWords("100"), inWords("0")}; strings.Join(got, ",") != "seven,twenty,forty two,," {
		t.Errorf("in words: %q", got)
	}
}
