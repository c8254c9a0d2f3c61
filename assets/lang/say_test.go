package lang

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

func TestSay(t *testing.T) {
	w := New(map[string]string{"Not known": "Ddim yn hysbys", "Close": "Cau", "Term %d ends": "Daw teler %d i ben"}, map[string]string{
		"%d [event|events]": "%d digwyddiad", "%d files": "%d ffeil", "%c and %c": "%w a %w", "%s, from %t to %t": "%w, o %t hyd %t",
		"%s, by %s": "gan %[2]s, %w", "Message from %s": "Neges gan %s", "a message": "neges",
		"_Mar": "Maw", "_March": "Mawrth", "_Mon": "Llun", "_at": "am"})
	for text, want := range map[string]string{
		"Not known": "Ddim yn hysbys", "not known": "ddim yn hysbys", "close": "cau", "Term 12 ends": "Daw teler 12 i ben",
		"1 event": "1 digwyddiad", "1,204 events": "1,204 digwyddiad", "3 files": "3 ffeil", "3 wolves": "3 wolves", "3 files and 1 event": "3 ffeil a 1 digwyddiad",
		"3 March 2026": "3 Mawrth 2026", "Mon 3 Mar 2026 at 15:04:05 GMT": "Llun 3 Maw 2026 am 15:04:05 GMT", "March": "March", "3 March": "3 Mawrth",
		"3 files, from 3 March 2026 to 4 March 2026": "3 ffeil, o 3 Mawrth 2026 hyd 4 Mawrth 2026",
		"a message, by Dan":                          "gan Dan, neges",
		"Message from March":                         "Neges gan March",
		"message from Close":                         "neges gan Close",
		"1 event. Not known.":                        "1 digwyddiad. Ddim yn hysbys.",
		"Mon 3 Mar 2026 15:04 (1 event; not known)":  "Llun 3 Maw 2026 15:04 (1 digwyddiad; ddim yn hysbys)",
		"Dan, at 2 o'clock":                          "Dan, at 2 o'clock", "Dan: not known": "Dan: ddim yn hysbys", "": "",
	} {
		if got := w.Say(text); got != want {
			t.Errorf("%q is said as %q", text, got)
		}
	}
	for text, want := range map[string]string{"Close": "Close", "Message from Close": "Neges gan Close", "3 March 2026": "3 Mawrth 2026"} {
		if got := w.Made(text); got != want {
			t.Errorf("%q is made %q", text, got)
		}
	}
	w = New(map[string]string{"feeling: %s": "teimlad: %s"}, map[string]string{"%s at night": "%s yn y nos"})
	for text, want := range map[string]string{"feeling: Afraid at night.": "teimlad: Afraid at night.", "Monday at night": "Monday yn y nos"} {
		if got := w.Formed(text, []string{"feeling: %s"}); got != want {
			t.Errorf("%q is formed as %q", text, got)
		}
	}
	if none := (*Translation)(nil); none.Say("Close") != "Close" || none.Made("1 event") != "1 event" || none.Has("Close") {
		t.Error("English is not said as it stands")
	}
}

// TestSentencesKeepTheirValues: what stands in a sentence stands in the Welsh too, and
// nothing else does.
func TestSentencesKeepTheirValues(t *testing.T) {
	_, sentences, err := Read("cy")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(sentences["_about"], "unreviewed") {
		t.Error("it does not say who has read it")
	}
	value := regexp.MustCompile(`%[dstc]`)
	for english, said := range sentences {
		if strings.HasPrefix(english, "_") {
			continue
		}
		want, got := map[int]int{}, map[int]int{}
		for i := range value.FindAllString(english, -1) {
			want[i+1]++
		}
		next := 0
		for _, place := range puts.FindAllStringSubmatch(said, -1) {
			at, err := strconv.Atoi(place[1])
			if err != nil {
				next++
				at = next
			}
			got[at]++
		}
		if said == "" || len(want) != len(got) {
			t.Errorf("%q: %q", english, said)
		}
		for at := range want {
			if got[at] != 1 {
				t.Errorf("%q: value %d stands %d times in %q", english, at, got[at], said)
			}
		}
	}
}

// ofTheSystem are what the system says, and no source of ours.
var ofTheSystem = []string{"no such file or directory", "The system cannot find the file specified.", "Access is denied.", "no space left on device", "not a directory", "is a directory"}

// TestSentencesAreSaid: most words of each longer part of a sentence stand beside each other in the
// program's sources or its data: what is said in other words now has lost its Welsh.
func TestSentencesAreSaid(t *testing.T) {
	_, sentences, err := Read("cy")
	if err != nil {
		t.Fatal(err)
	}
	said := sourceWords(t)
	for english := range sentences {
		if strings.HasPrefix(english, "_") || slices.Contains(ofTheSystem, english) {
			continue
		}
		for _, part := range places.Split(english, -1) {
			words, found := wordsOf(part), 0
			for i := range max(0, len(words)-2) {
				if said[[3]string(words[i:])] {
					found++
				}
			}
			if most := len(words) - 2; most > 2 && found < (most+1)/2 {
				t.Errorf("%q: nothing says %q", english, part)
			}
		}
	}
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
}

// sourceWords are any three words that stand beside each other in what the program
// can say.
func sourceWords(t *testing.T) map[[3]string]bool {
	t.Helper()
	said := map[[3]string]bool{}
	for _, root := range []string{"../../ui", "../../timeline", "../../importers", "../../report", "../../evidence", "../../cmd/daybook-cli", "../dated", "../notice", "../profiles", "../law/EW", "../registers"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".json") {
				return err
			}
			data, err := os.ReadFile(path)
			words := wordsOf(strings.NewReplacer(`\"`, `"`, `\n`, " ").Replace(string(data)))
			for i := range max(0, len(words)-2) {
				said[[3]string(words[i:])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return said
}
