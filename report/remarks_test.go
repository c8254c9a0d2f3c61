package report

import "testing"

// TestRemarksAreNoWordsOfTheSource looks at a row among whose words the program has
// something to say: what the source says is black, and what the program says is not.
func TestRemarksAreNoWordsOfTheSource(t *testing.T) {
	row := Row{Text: "I am outside.", Place: "the gate", Notes: []string{"He was alone."}, Remark: "twice", Versions: 1,
		Facts: []Fact{fact(factSubject, quote("Us")), fact("Duration", quote("52 s")), fact(wordOtherTime, quote("mailbox line: 20:14")), fact(factAlso, quote("item 9"))},
		Flags: []string{"written by the app, not by a person"}, Files: []File{{Name: "street.jpg", Label: "MK/1"}}}
	black := map[string]bool{"I am outside.": true, "Us": true, "52 s": true, "the gate": true, "He was alone.": true, "street.jpg": true}
	seen := map[string]bool{}
	for _, r := range row.body(rowText) {
		if r.Text == "\n" || r.Text == " " || r.Link != "" || r.PageOf != "" {
			continue
		}
		seen[r.Text] = true
		if r.Soft == black[r.Text] {
			t.Errorf("%q: grey is %v", r.Text, r.Soft)
		}
	}
	for text := range black {
		if !seen[text] {
			t.Errorf("%q is not in the row", text)
		}
	}
	for _, text := range []string{"mailbox line: 20:14", "item 9", "written by the app, not by a person"} {
		if !seen[text] {
			t.Errorf("%q is not in the row", text)
		}
	}
}

// TestPartsAreSetInOneLine joins what was said in parts: a sentence ends once.
func TestPartsAreSetInOneLine(t *testing.T) {
	for _, c := range []struct {
		want  string
		parts []string
	}{
		{"", []string{"", ""}},
		{"101; log 4", []string{"101", "", "log 4"}},
		{"New locks. The receipt.", []string{"New locks.", "The receipt."}},
		{"Who was it? A man", []string{"Who was it?", "A man"}},
	} {
		if got := join(c.parts...); got != c.want {
			t.Errorf("%q: %q, want %q", c.parts, got, c.want)
		}
	}
}

// TestATextIsCutBetweenWords cuts where a word ends, but for one that is most of it.
func TestATextIsCutBetweenWords(t *testing.T) {
	for _, c := range []struct{ letters, next, want string }{
		{"by whatever means, a", "n", "by whatever means,"},
		{"by whatever means", " ", "by whatever means"},
		{"a verylongwordthatgoes", "o", "a verylongwordthatgoes"},
		{"מה שהיה את", "ה", "מה שהיה"},
	} {
		if got := wholeWords([]rune(c.letters), []rune(c.next)[0]); got != c.want {
			t.Errorf("%q, then %q: %q, want %q", c.letters, c.next, got, c.want)
		}
	}
}
