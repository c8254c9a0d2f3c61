// Package protected finds words that must not be told, however they are written,
// and takes them out of texts: in capitals or small letters, with accents or
// without, with other spaces, hyphens or a line's end between their parts, in
// letters of another alphabet that look the same, with letters for the digits of a
// number, from the end where a text turns the direction of writing round, and telephone
// numbers as they are dialled at home and from abroad. It finds whole words alone.
//
// It knows letters and digits. It does not know what a word means, who protects
// it, what a case is, or how a file is laid out.
package protected

import (
	"cmp"
	"slices"
	"strings"
)

// Word is a word or a passage that must not be told.
type Word struct {
	Text string
	Mark string // what stands in its place: with letters, so that what is on both sides of it does not come together to a word
	As   Form
}

// Form is how a word may also be written, beside the forms that all words have.
type Form int

// The forms.
const (
	Plain   Form = iota
	Number       // a telephone number: with and without the code of its country
	Address      // of a street: Street as St, Road as Rd, the number of the house before or behind it
	House        // an address with its number in every way, of which there are hundreds: for words that a person gave
	Day          // a date: 4 March 2019 as 04/03/19, 2019-03-04
)

// Hit is where a word stands.
type Hit struct {
	From, To int64 // bytes
	Word     int   // its place among the words
}

// Words are words that are looked for together, in one pass over a text. They do
// not change and may be used by several goroutines at once. None are found by
// a nil *Words.
type Words struct {
	words   []Word
	tree    tree
	longest int // letters of the longest form
	folds   *folds
	posing  *Words // those of them in which letters may stand for digits; nil: none
	posable []int  // of such words, how many letters of each may stand for digits; nil: it is the words as they are
}

// New prepares words. One that has neither a letter nor a digit is never found.
func New(words []Word) *Words {
	w := &Words{words: slices.Clone(words)}
	if w.grow(); w.longest == 0 {
		return nil
	}
	w.posing = &Words{words: w.words, posable: make([]int, len(words))}
	if w.posing.grow(); w.posing.longest == 0 {
		w.posing = nil
	}
	return w
}

// grow makes the tree of the words.
func (w *Words) grow() {
	w.tree.init()
	for i, word := range w.words {
		for _, form := range forms(word) {
			letters := squeeze(form)
			if w.posable != nil {
				if !figured(word, letters) {
					continue
				}
				w.posable[i] = posable(squeeze(word.Text))
				pose(letters, small)
			}
			w.tree.add(letters, i, 0)
			w.longest = max(w.longest, len(letters))
		}
		if w.posable != nil {
			continue
		}
		for _, f := range flats(word) {
			letters := squeeze(f.text)
			w.tree.add(letters, i, f.parts)
			w.longest = max(w.longest, len(letters))
		}
	}
	w.tree.link()
	w.folds = alphabets()
}

// Len is how many words there are.
func (w *Words) Len() int {
	if w == nil {
		return 0
	}
	return len(w.words)
}

// Word gives a word by its place.
func (w *Words) Word(i int) Word { return w.words[i] }

// Clean gives a text with each word, and whatever of several words lies over one
// another, replaced by the mark of the longest of them.
func (w *Words) Clean(s string) string {
	return w.Replace(s, func(of Word) string { return of.Mark })
}

// mostPasses is how often a text is gone over in which the direction of writing is turned
// round: what is taken out of it may have kept apart letters that are then seen as a word.
const mostPasses = 4

// Replace is Clean with what stands in the place of a word.
func (w *Words) Replace(s string, with func(Word) string) string {
	for range mostPasses {
		if s = w.replace(s, with); !strings.ContainsFunc(s, turns) || !w.In(s) {
			break
		}
	}
	return s
}

func (w *Words) replace(s string, with func(Word) string) string {
	hits := w.Find(s)
	if len(hits) == 0 {
		return s
	}
	var b strings.Builder
	var done int64
	for i := 0; i < len(hits); {
		longest, end := hits[i], hits[i].To
		from := hits[i].From
		for i++; i < len(hits) && hits[i].From < end; i++ {
			end = max(end, hits[i].To)
			if hits[i].To-hits[i].From > longest.To-longest.From {
				longest = hits[i]
			}
		}
		before := s[done:from]
		if w.words[longest.Word].As == Number {
			before = withoutPlus(before, s[from:end])
		}
		b.WriteString(before)
		b.WriteString(with(w.words[longest.Word]))
		done = end
	}
	b.WriteString(s[done:])
	return b.String()
}

// withoutPlus is what stands before a number, without the sign of its country code,
// which is a part of the number for whoever reads it.
func withoutPlus(before, number string) string {
	for _, plus := range []string{"+", "＋"} {
		if rest, ok := strings.CutSuffix(before, plus); ok {
			if strings.Contains(number, ")") {
				rest = strings.TrimSuffix(rest, "(")
			}
			return rest
		}
	}
	return before
}

// In tells that a text holds one of the words.
func (w *Words) In(s string) bool {
	found := false
	w.find(s, func(Hit) bool { found = true; return false }, nil)
	return found
}

// Find gives where words stand in a text, by their beginning; an address with its flat.
func (w *Words) Find(s string) []Hit {
	var hits []Hit
	w.find(s, func(h Hit) bool { hits = append(hits, h); return true }, nil)
	w.withFlats(s, hits)
	slices.SortStableFunc(hits, func(a, b Hit) int { return int(a.From - b.From) })
	return hits
}

// Longer gives the longer words of a text that begin with one of the words and are
// none of them: a Tomaszek where a Tomasz is looked for.
func (w *Words) Longer(s string) (hits []Hit) {
	whole := map[int64]int64{}
	w.find(s, func(h Hit) bool { whole[h.From] = max(whole[h.From], h.To); return true }, func(h Hit) { hits = append(hits, h) })
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return whole[h.From] == h.To })
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return slices.CompactFunc(hits, func(a, b Hit) bool { return a.From == b.From && a.To == b.To }) // it begins like two forms of one word
}
