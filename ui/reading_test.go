package ui

import (
	"regexp"
	"strings"
	"testing"
)

// Whoever is frightened and tired reads like a child. The grade is that of Kincaid,
// Fishburne, Rogers and Chissom (Research Branch Report 8-75, US Navy, 1975): 0.39
// times words in a sentence, and 11.8 times syllables in a word, less 15.59; a child
// of 9 to 11 is in grade 4 to 6. Syllables are counted by their vowels, which is near
// enough for a whole page.
var (
	aPlace     = regexp.MustCompile(`\{\{[^}]*\}\}`)
	aSentence  = regexp.MustCompile(`[.!?]\s+`)
	aWord      = regexp.MustCompile(`[A-Za-z']+`)
	vowels     = regexp.MustCompile(`[aeiouy]+`)
	silentEnds = regexp.MustCompile(`([^aeiouytdl]ed|[^aeiouyl]e|[^aeiouyszxhcg]es)$`)
)

func syllables(word string) int {
	word = strings.ToLower(word)
	n := len(vowels.FindAllString(word, -1))
	if n > 1 && silentEnds.MatchString(word) {
		n--
	}
	return max(1, n)
}

// grade is the school year in which texts are read without effort. Labels of one or
// two words are no sentences.
func grade(texts []string) float64 {
	var sentences, words, all float64
	for _, text := range texts {
		for _, s := range aSentence.Split(aPlace.ReplaceAllString(text, "N"), -1) {
			found := aWord.FindAllString(s, -1)
			if len(found) < 3 {
				continue
			}
			sentences++
			words += float64(len(found))
			for _, w := range found {
				all += float64(syllables(w))
			}
		}
	}
	return 0.39*words/sentences + 11.8*all/words - 15.59
}

// TestHomeIsEasyToRead: each file of the pages for home is read at 11 years or
// sooner.
func TestHomeIsEasyToRead(t *testing.T) {
	of := map[string][]string{}
	for text, file := range usedWords(t, atHomePages...) {
		of[file] = append(of[file], text)
	}
	const few = 8 // texts that are no page
	looked := 0
	for file, texts := range of {
		if len(texts) < few {
			continue
		}
		looked++
		if g := grade(texts); g > 6 {
			t.Errorf("%s: it takes grade %.1f to read it; write shorter sentences and shorter words", file, g)
		} else {
			t.Logf("%s: grade %.1f", file, g)
		}
	}
	if looked < 15 {
		t.Errorf("only %d files were looked at", looked)
	}
	if g := grade([]string{"Notwithstanding considerable administrative difficulties, institutional representatives subsequently acknowledged responsibility."}); g < 12 {
		t.Errorf("a sentence that nobody reads with ease has grade %.1f", g)
	}
	if g := grade([]string{"He came to my door. He did not say a word."}); g > 3 {
		t.Errorf("a child's sentence has grade %.1f", g)
	}
}
