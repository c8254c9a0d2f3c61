package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"daybook/evidence"
	"daybook/evidence/journal"
	"daybook/evidence/keys"
)

// state is what a person notes of a case, to compare with later.
type state struct {
	Phrase      string `json:"phrase"`
	Fingerprint string `json:"fingerprint"`
}

func stateOf(c *evidence.Case) (state, error) {
	print, err := keys.Fingerprint(c.SignerPublic())
	return state{c.Phrase(), print}, err
}

// String says what each part is for.
func (s state) String() string {
	return fmt.Sprintf("The record so far, in short: %s\n  Note these words: check --phrase tells later whether the record still holds this state.\n"+
		"Key that signs for this case: %s\n  Give this to whoever gets a bundle, by another way: it shows that the bundle is yours.", s.Phrase, s.Fingerprint)
}

// wordsInPhrase is how many words a phrase has.
const wordsInPhrase = 12

// noted reads a phrase, or the whole hash from a checkpoint or its QR code, as
// somebody typed it. A phrase may begin with the word "head" too.
func noted(s string) (string, error) {
	words := strings.Fields(strings.ToLower(s))
	if len(words) == 2 && words[0] == "head" {
		words = words[1:]
	}
	if _, err := hex.DecodeString(strings.Join(words, "")); err == nil && len(words) == 1 && len(words[0]) == 64 {
		return words[0], nil
	}
	if s != "" && len(words) != wordsInPhrase {
		return "", fmt.Errorf("--phrase: there are %d words, want the %d that were printed, or the 64 digits of the head", len(words), wordsInPhrase)
	}
	return strings.Join(words, " "), nil
}

// entryOf finds the entry after which the record had this phrase or hash.
func entryOf(ctx context.Context, c *evidence.Case, phrase string) (entry uint64, found bool, err error) {
	for e, err := range c.Journal(ctx) {
		if ctx.Err() != nil {
			return 0, false, ctx.Err()
		}
		if err == nil && (journal.Phrase(e.Hash) == phrase || hex.EncodeToString(e.Hash[:]) == phrase) {
			return e.Seq, true, nil
		}
	}
	return 0, false, nil
}
