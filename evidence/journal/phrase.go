package journal

import (
	"strings"

	"github.com/tyler-smith/go-bip39"
)

// Phrase gives the first 132 bits of a hash as twelve words to read aloud and
// to write down. Against outsiders that is plenty; whoever owns the journal
// could look for two of one phrase, so paper for a court has the whole hash.
func Phrase(hash [32]byte) string { return words(hash, 12) }

// ShortPhrase gives the first 66 bits as six words: to see at a glance that
// two people look at the same journal, not to prove it.
func ShortPhrase(hash [32]byte) string { return words(hash, 6) }

// words takes eleven bits for each word of the BIP-39 list.
func words(hash [32]byte, n int) string {
	list := bip39.GetWordList()
	out := make([]string, n)
	for i := range out {
		index := 0
		for bit := 11 * i; bit < 11*(i+1); bit++ {
			index = index<<1 | int(hash[bit/8]>>(7-bit%8)&1)
		}
		out[i] = list[index]
	}
	return strings.Join(out, " ")
}
