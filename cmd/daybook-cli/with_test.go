package main

import (
	"testing"

	"daybook/timeline"
)

// TestWith: what nobody is said to have sent has no arrow.
func TestWith(t *testing.T) {
	dan, owner := timeline.Party{Name: "Dan"}, timeline.Party{Owner: true}
	for want, e := range map[string]timeline.Event{
		"Dan → the phone's owner":       {Kind: timeline.Call, From: dan, To: []timeline.Party{owner}},
		"not named → the phone's owner": {Kind: timeline.Call, To: []timeline.Party{owner}},
		"with Dan":                      {Kind: timeline.Call, To: []timeline.Party{dan}},
		"with the phone's owner, Dan":   {Kind: timeline.Message, To: []timeline.Party{owner, dan}},
	} {
		if got := parties(e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
