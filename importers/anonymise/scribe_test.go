package anonymise

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// A stand-in has the letters of the word's script, its capitals and its length
// in bytes; the same word always has the same one.
func TestStandInsKeepTheShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[A-Za-z]{3,12}|[а-яА-Я]{3,12}|[α-ωΑ-Ω]{3,8}|[ء-ي]{3,8}|[一-龥]{3,8}|[À-ÖØ-öø-ÿ]{3,8}`), 1, 8).Draw(t, "words")
		text := strings.Join(words, ", ")
		s, err := newScribe([]byte("sixteen letters!"))
		if err != nil {
			t.Fatal(err)
		}
		if s.text(text) != text {
			t.Fatalf("%q is not as it was while it is learned", text)
		}
		s.learned()
		stand := s.text(text)
		if again := s.text(text); again != stand {
			t.Fatalf("%q, and then %q", stand, again)
		}
		if len(stand) != len(text) || utf8.RuneCountInString(stand) != utf8.RuneCountInString(text) {
			t.Fatalf("%q became %q", text, stand)
		}
		was, is := []rune(text), []rune(stand)
		for i := range was {
			if unicode.IsUpper(was[i]) != unicode.IsUpper(is[i]) || isLetter(was[i]) != isLetter(is[i]) || scriptOf(was[i]) != scriptOf(is[i]) && isLetter(was[i]) {
				t.Fatalf("%q became %q", text, stand)
			}
		}
	})
}

// A time of day and its words, the order of a date and the day of the week stay;
// the date moves by whole weeks, everywhere by as many.
func TestDatesMoveTogether(t *testing.T) {
	s, err := newScribe([]byte("sixteen letters!"))
	if err != nil {
		t.Fatal(err)
	}
	s.calendar.weeks, s.learning = -52, false
	for in, want := range map[string]string{
		"[31/12/2024, 9:14:05 PM]":        "[02/01/2024, 9:14:05 PM]",
		"2024-12-31T21:14:05Z":            "2024-01-02T21:14:05Z",
		"Tue, 31 Dec 2024 21:14:05 +0000": "Tue, 02 Jan 2024 21:14:05 +0000",
		"Dec 31, 2024, 9:14 p.m.":         "Jan 02, 2024, 9:14 p.m.",
		"2024. 12. 31. 오후 9:14":           "2024. 01. 02. 오후 9:14",
		"IMG_20241231_211405.jpg":         "IMG_20240102_211405.jpg",
		"٣١/١٢/٢٠٢٤":                      "٠٢/٠١/٢٠٢٤",
		"31. Dezember 2024":               "02. Januar 2024",
	} {
		if got := s.text(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	if got, ok := s.time("timestamp_ms", "1735679645123"); !ok || got != "1704230045123" {
		t.Errorf("a time in milliseconds became %s", got)
	}
}

// A number is itself with and without its country, and with spaces in it.
func TestTelephoneNumbersStayLinked(t *testing.T) {
	s, err := newScribe([]byte("sixteen letters!"))
	if err != nil {
		t.Fatal(err)
	}
	s.learning = false
	whole, home, spaced := s.text("+447700900001"), s.text("07700900001"), s.text("07700 900001")
	if whole == "+447700900001" || home[2:] != whole[4:] || strings.ReplaceAll(spaced, " ", "") != home {
		t.Errorf("%s, %s, %s", whole, home, spaced)
	}
}

// What a card says in quoted-printable is written anew by whatever name it goes.
func TestCardsByAnotherName(t *testing.T) {
	for _, name := range []string{"a.vcf", "a.txt", "a"} {
		_, out, _ := copied(t, fstest.MapFS{name: {Data: []byte("BEGIN:VCARD\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=41=6C=69=\n=63=65\nEND:VCARD\n")}}, ".")
		for stand, f := range out {
			if text := string(f.Data); !strings.Contains(text, "BEGIN:VCARD") || strings.Contains(text, "=41") || strings.Contains(text, "=6C") || strings.Contains(text, "Alice") {
				t.Errorf("%s as %s: %q", name, stand, text)
			}
		}
	}
}

// The name of a file tells nobody's: words that formats use are names of people
// too.
func TestNamesOfFiles(t *testing.T) {
	s, err := newScribe([]byte("sixteen letters!"))
	if err != nil {
		t.Fatal(err)
	}
	s.learning = false
	for name, keeps := range map[string]string{
		"WhatsApp Chat with Bill.txt": "WhatsApp Chat with ",
		"WhatsApp Chat - Page.zip":    "WhatsApp Chat - ",
		"Bill Page.txt":               "",
		"Photos of Mark/letter.txt":   "",
		"messages/inbox/rich_page_12": "messages/inbox/",
		"long_name_for_a_mark.json":   "",
	} {
		got := s.path(name)
		if !strings.HasPrefix(got, keeps) {
			t.Errorf("%s became %s", name, got)
		}
		for _, word := range []string{"Bill", "Page", "Mark", "rich", "page", "mark", "letter", "long"} {
			if strings.Contains(name, word) && strings.Contains(got, word) {
				t.Errorf("%s became %s", name, got)
			}
		}
	}
	for _, name := range []string{"your_facebook_activity/messages/inbox", "Takeout/Google Photos/Photos from 2024", "message_12.json", "msgstore.db-wal", "your_off_facebook_activity.json"} {
		if got := s.path(name); got != name && !strings.Contains(name, "2024") {
			t.Errorf("%s became %s", name, got)
		}
	}
}

// Four digits are enough for a secret.
func TestShortNumbersAmongWords(t *testing.T) {
	s, err := newScribe([]byte("sixteen letters!"))
	if err != nil {
		t.Fatal(err)
	}
	s.learning = false
	for text, secret := range map[string]string{"my pin 4821": "4821", "sort 20-30-40": "20-30-40", "0770,0900 \"111\"": "0770,0900"} {
		if got := s.text(text); strings.Contains(got, secret) {
			t.Errorf("%q became %q", text, got)
		}
	}
	for _, stays := range []string{"2024", "4821"} {
		if got := s.text(stays); got != stays {
			t.Errorf("%q became %q", stays, got)
		}
	}
}

// TestPlacesWithOneDecimal: how exact a place is does not keep it, and what only
// looks like one stays.
func TestPlacesWithOneDecimal(t *testing.T) {
	s, err := newScribe([]byte("sixteen letters!"))
	if err != nil {
		t.Fatal(err)
	}
	s.learning = false
	for _, place := range []string{"51.5, -0.1", "51.5,-0.1", "51.5 -0.1", "51.5; 0.1", "51.5°, -0.1°", "51.5°N, 0.1°W", "I was at 51.5, -0.1 today"} {
		got := s.text(place)
		if strings.Contains(got, "51.5") || strings.Contains(got, "0.1") || strings.Count(got, ".") != 2 {
			t.Errorf("%q became %q", place, got)
		}
	}
	for _, stays := range []string{"13.5.2024, 10.30", "version 1.5", "10.30, 13.5.2024"} {
		if got := s.text(stays); strings.HasPrefix(got, "10.30") != strings.HasPrefix(stays, "10.30") || strings.HasSuffix(got, "10.30") != strings.HasSuffix(stays, "10.30") || strings.HasSuffix(got, "1.5") != strings.HasSuffix(stays, "1.5") {
			t.Errorf("%q became %q", stays, got)
		}
	}
	for _, text := range []string{`{"lat":51.5,"lon":-0.1}`, `{"coordinates":[51.5,-0.1]}`, `{"latitude":"51.5","longitude":"-0.1"}`} {
		if got := s.json(text); strings.Contains(got, "51.5") || strings.Contains(got, "0.1") {
			t.Errorf("%s became %s", text, got)
		}
	}
	if got := s.json(`{"duration":51.5}`); got != `{"duration":51.5}` {
		t.Error(got)
	}
}

// Files whose names have the same stand-in are all in the copy.
func TestNamesThatFallTogether(t *testing.T) {
	tree := fstest.MapFS{}
	for c := 'a'; c <= 'z'; c++ {
		tree[string(c)+".txt"] = &fstest.MapFile{Data: []byte("words of nobody\n")}
	}
	if _, out, sum := copied(t, tree, "."); len(out) != len(tree) || len(sum.LeftOut) > 0 {
		t.Errorf("%d of %d files, left out: %v", len(out), len(tree), sum.LeftOut)
	}
}

// One sign of a machine makes a chat no picture.
func TestATextWithAZero(t *testing.T) {
	_, out, sum := copied(t, fstest.MapFS{"WhatsApp Chat with Dan.txt": {Data: []byte("12/03/2024, 21:14 - Dan: where are\x00 you\n")}}, ".")
	if sum.Rewritten != 1 || len(out) != 1 {
		t.Errorf("%+v", sum)
	}
}
