package main

import (
	"strings"
	"testing"
)

func TestNotedIsTakenAsItIsTyped(t *testing.T) {
	hash := strings.Repeat("0a", 32)
	phrase := "head spot pupil unusual canal joke blur pact equal absorb rare donate" // a phrase may begin so
	for typed, want := range map[string]string{
		hash: hash, "head " + hash: hash, " HEAD  " + strings.ToUpper(hash) + "\n": hash,
		phrase: phrase, strings.ToUpper(strings.ReplaceAll(phrase, " ", "\n ")): phrase, "": "",
	} {
		if got, err := noted(typed); err != nil || got != want {
			t.Errorf("%q is taken as %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"head", "head spot", hash[:63], phrase + " more"} {
		if got, err := noted(typed); err == nil {
			t.Errorf("%q is taken as %q", typed, got)
		}
	}
}
