//go:build linux || darwin

package report

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"daybook/report/papertest"
)

// Every row leads to its exhibit, and every exhibit back to each of its rows;
// the page beside a row is that of its line in a transcript;
// every link in the document arrives at what it says.
func TestRowsLeadToExhibitsAndBack(t *testing.T) {
	s := newSample(t, Full)
	for i := range 120 {
		s.row(Row{Kind: "message", From: "Alex", Text: fmt.Sprintf("again %d", i), Item: 1 + int64(i%2), Record: fmt.Sprintf("line %d", i+3)}, 15, i%60)
	}
	s.again()
	p := papertest.Read(t, filepath.Join(s.write(t), "data", "bundle.pdf"))
	there, back, lines := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, l := range p.Links {
		if l.Target < 0 {
			t.Errorf("page %d: the link %q leads nowhere", l.Page+1, l.Text)
			continue
		}
		words := p.At(l.Target, l.Y)
		switch label := strings.Trim(l.Text, ",."); {
		case regexp.MustCompile(`^ABC/\d+$`).MatchString(label):
			if !slices.Contains(words, label+",") {
				t.Errorf("page %d: the link %q arrives at %q", l.Page+1, l.Text, words)
			}
			there[p.Beside(l)+" "+label] = true
		case regexp.MustCompile(`^\d+$`).MatchString(label):
			n, _ := strconv.Atoi(label)
			if row := p.Beside(l); l.Target+1 == n && slices.Contains(words, row) {
				lines[row] = true
			}
			if l.Target+1 == n && !slices.Contains(words, label) {
				continue // the number of a page
			}
			if !slices.Contains(words, label) {
				t.Errorf("page %d: the link to row %s arrives at %q", l.Page+1, label, words)
			}
			back[p.Under(l.Page, "ABC/")+" "+label] = true
		}
	}
	for _, r := range s.rows {
		if r.Item == 0 || r.LeftOut != "" {
			continue
		}
		n := strconv.Itoa(r.Number)
		if !there[n+" "+r.Label] || !back[r.Label+" "+n] {
			t.Errorf("row %s and %s: there %v, back %v", n, r.Label, there[n+" "+r.Label], back[r.Label+" "+n])
		}
		if e, _ := s.bundle.exhibit(r.Item); e.Show == ShowTranscript && !lines[n] {
			t.Errorf("row %s: the page beside it is not that of its line in the transcript of %s", n, r.Label)
		}
	}
	for _, m := range p.Marks {
		if !regexp.MustCompile(`^.+ \(p\. \d+\)$`).MatchString(m) {
			t.Errorf("bookmark %q does not end with its page", m)
		}
	}
	if len(p.Marks) < 12 {
		t.Errorf("only %d bookmarks", len(p.Marks))
	}
	for i, words := range p.Words {
		if last := words[len(words)-1].Text; last != strconv.Itoa(i+1) {
			t.Errorf("page %d says that it is %q", i+1, last)
		}
	}
}

// The longest word of a behaviour fits its column: no word is broken.
func TestBehaviourWordsAreWhole(t *testing.T) {
	s := newSample(t, Full)
	s.rows[0].Codes = []string{"MONITOR", "INTERFERE"}
	s.again()
	words := slices.Concat(papertest.Read(t, filepath.Join(s.write(t), "data", "bundle.pdf")).Words...)
	for _, word := range []string{"communications", "interfering"} {
		if !slices.ContainsFunc(words, func(w papertest.Word) bool { return strings.Trim(w.Text, ",") == word }) {
			t.Errorf("%q is broken, or is not printed", word)
		}
	}
}

// What a telephone writes in its own names stands in words.
func TestFurtherFactsAreWords(t *testing.T) {
	for raw, want := range map[string]string{"read=1": "Read on the telephone: yes", "read=7": "Read on the telephone: 7", "sub_id=2": "SIM card, by the telephone's own number: 2", "other=x": "other: x"} {
		name, value, _ := strings.Cut(raw, "=")
		if got := joinFacts([]Fact{further(name, value)}); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}
