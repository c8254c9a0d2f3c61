package verify

import (
	_ "embed"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// wordList is the English list of BIP-39, 2,048 words in order: a word stands
// for eleven bits.
//
//go:embed words.txt
var wordList string

// Words are the words that a phrase is made of, in order.
func Words() []string { return strings.Fields(wordList) }

// phraseWords is how many words a phrase has: 132 bits of a journal's head.
const phraseWords = 12

// phraseDigits is how many hexadecimal digits of the head these bits are.
const phraseDigits = phraseWords * 11 / 4

// Noted is a state of the journal that somebody noted, looked up in it.
type Noted struct {
	Found bool `json:"found"`
	// Entry is the last one that the journal had in that state.
	Entry uint64 `json:"entry"`
	Last  uint64 `json:"last"` // entry of the journal in this bundle
}

// parseNoted reads what somebody noted of a journal's head, its phrase of twelve
// words, its 64 digits or the text of its QR code, and gives as many digits of the head as that fixes.
func parseNoted(s string) (digits string, err error) {
	_, scanned, _ := strings.Cut(s, "head ") // as the QR code says it; head is one of the words too
	for _, whole := range []string{s, scanned} {
		if digits = plainHex(whole); isSum(digits) {
			return digits, nil
		}
	}
	given := strings.Fields(strings.ToLower(s))
	if len(given) != phraseWords {
		return "", fmt.Errorf("phrase: there are %s; want the %d that were noted, or the 64 digits of the head", count(len(given), "word", "words"), phraseWords)
	}
	list, bits := Words(), new(big.Int)
	for _, w := range given {
		i, known := slices.BinarySearch(list, w)
		if !known {
			return "", fmt.Errorf("phrase: %q is in no phrase; look at the paper again", w)
		}
		bits.Or(bits.Lsh(bits, 11), big.NewInt(int64(i)))
	}
	return fmt.Sprintf("%0*x", phraseDigits, bits), nil
}

// lookUp asks of a state of the journal, after an entry, whether it is the one
// that was noted.
func (c *check) lookUp(entry uint64, head string) {
	n := c.v.Noted
	if n == nil {
		return
	}
	n.Last = entry
	if !n.Found && strings.HasPrefix(head, c.noted) {
		n.Found, n.Entry = true, entry
	}
}

// compared says in words what came of comparing with what was noted.
func (n *Noted) compared(keyNamed bool) string {
	if n.Found {
		s := fmt.Sprintf("yes: the journal in this bundle contains the state you noted, after entry %d of %d.\n          ", n.Entry, n.Last)
		if keyNamed {
			return s + "This covers the journal; its first entry names the key that signed the rows and the pages."
		}
		return s + "This covers the journal alone: who signed the rows and the pages is told by the fingerprint, which you have to compare."
	}
	return "no: the journal in this bundle does not contain the state you noted. Look at the words again; if they are right,\n" +
		"          they were noted later than this bundle was made, or of another case, or the journal was written anew since."
}
