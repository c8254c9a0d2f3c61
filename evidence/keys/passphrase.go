package keys

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"github.com/tyler-smith/go-bip39"
)

// enoughBits is what a passphrase must be worth. At one guess a second on one
// machine 60 bits hold out against ten thousand machines for a million years;
// eight random letters hold out for months.
const enoughBits = 60

// Accepted says what passes Check, so that nobody has to guess at it.
const Accepted = "six different words of five letters or more are enough, without common ones like summer or dragon"

// NewPassphrase draws six words from the BIP-39 list of 2,048: about 66 bits.
// It draws again when chance has made one that Strength would refuse.
func NewPassphrase() (string, error) {
	list := bip39.GetWordList()
	for {
		words := make([]string, 6)
		for i := range words {
			n, err := rand.Int(rand.Reader, big.NewInt(int64(len(list))))
			if err != nil {
				return "", fmt.Errorf("new passphrase: %w", err)
			}
			words[i] = list[n.Int64()]
		}
		if p := strings.Join(words, " "); Strength(p) >= enoughBits {
			return p, nil
		}
	}
}

// Check refuses a passphrase that can be guessed, with ErrWeak.
func (p Policy) Check(passphrase string) error {
	if passphrase == "" {
		return fmt.Errorf("the passphrase is empty: %w", ErrWeak)
	}
	if !p.Weak && Strength(passphrase) < enoughBits {
		return fmt.Errorf("%w; "+Accepted, ErrWeak)
	}
	return nil
}

// Strength estimates in bits how hard a passphrase is to guess for somebody
// who knows how people make them. It errs on the low side: letters in a row
// count as a word and not as random, common words and repeated parts count
// almost nothing, so do runs such as 1234 and aaaa. It cannot know that a
// phrase is a line of a song.
func Strength(p string) float64 {
	var bits float64
	seen := map[string]bool{}
	for _, part := range parts(strings.ToLower(p)) {
		switch {
		case seen[part]:
			bits++
		case unicode.IsLetter([]rune(part)[0]):
			bits += wordBits(part)
		default:
			bits += signBits(part)
		}
		seen[part] = true
	}
	for i, r := range p {
		if i > 0 && unicode.IsUpper(r) {
			bits += 0.5 // capitals inside; at the start everybody puts one
		}
	}
	return bits
}

// parts cuts where letters, digits and signs meet. Single spaces join words
// and are worth nothing.
func parts(p string) []string {
	var out []string
	class := func(r rune) int {
		switch {
		case unicode.IsLetter(r):
			return 1
		case unicode.IsDigit(r):
			return 2
		case unicode.IsSpace(r):
			return 0
		}
		return 3
	}
	last := 0
	for _, r := range p {
		c := class(r)
		switch {
		case c == 0:
		case c == last:
			out[len(out)-1] += string(r)
		default:
			out = append(out, string(r))
		}
		last = c
	}
	return out
}

// commonWords are the first guesses in any language of the keyboard: glue
// words of English, and what most stolen passwords are made of.
const commonWords = " a an and are as at be but by can do for from has have he her him his how i if in is it its me my no not " +
	"of on or our she so that the their them they this to up us was we what when who will with you your " +
	"password passwort pass secret qwerty qwertz azerty asdf admin login welcome letmein hello love baby angel sunshine " +
	"princess monkey dragon football iloveyou abc abcd god money summer winter spring autumn dog cat mum mom dad "

// wordBits is what a run of letters is worth: at most that of a word from a
// list of 4,096 for its first five letters, and little for each more; a word of
// five letters that has a row in it, as burst has, is still a sixth of enough.
func wordBits(w string) float64 {
	if strings.Contains(commonWords, " "+w+" ") {
		return 3
	}
	n := float64(changes(w))
	if _, listed := bip39.GetWordIndex(w); listed {
		return 11
	}
	if n <= 2 {
		return 4 * n // too short for a word: drawn by a program, as k7X$q2
	}
	return 2.5*min(n, 4) + 2*min(max(n-4, 0), 1) + 1.5*max(n-5, 0)
}

// signBits is what a run of digits or signs is worth.
func signBits(s string) float64 {
	n := float64(changes(s))
	if unicode.IsDigit([]rune(s)[0]) {
		return 3 + 2.5*(n-1) // more than one are mostly a date
	}
	return 4 * n
}

// changes counts the characters that do not continue a run: in 1234 and aaaa
// only the first says something.
func changes(s string) int {
	n := 0
	var last, step rune
	for i, r := range []rune(s) {
		if i == 0 || (r-last != step || step < -1 || step > 1) {
			n++
		}
		if i > 0 {
			step = r - last
		}
		last = r
	}
	return n
}
