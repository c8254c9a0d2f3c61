//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daybook/cmd/internal/canary"
)

// calls reads the trace: no command, and no worker that it started, reached for
// a network; whatever was written lies in the case, the bundle, or a file that
// was asked for.
func (s *sampleRun) calls(t *testing.T) {
	if s.trace == "" { // the confinement has shown it: each command would have been killed, or failed
		return
	}
	trace, err := os.ReadFile(s.trace)
	if err != nil {
		t.Fatal(err)
	}
	written, children := 0, map[string]bool{}
	for line := range strings.Lines(string(trace)) {
		c, ok := canary.ParseCall(line)
		if !ok {
			continue
		}
		children[c.Process] = true
		switch {
		case c.Network():
			t.Errorf("reached for a network: %s", line)
		case c.Writes():
			written++
			if len(c.Outside(os.DevNull, s.demo, filepath.Join(s.root, "own.daybook"), filepath.Join(s.root, "backup.daybook"), filepath.Join(s.root, "letter.mbox"))) > 0 {
				t.Errorf("wrote outside of what it was told: %s", line)
			}
		}
	}
	if written < 100 || len(children) < 20 {
		t.Errorf("the trace shows %d writes by %d threads: too few to be true", written, len(children))
	}
}

// nothingReadable searches every file that the commands left, the exports and
// what was asked for apart, for what the sample case is made of.
func (s *sampleRun) nothingReadable(t *testing.T) {
	words := s.canaries()
	if len(words) < 300 {
		t.Fatalf("only %d words to search for", len(words))
	}
	n := canary.New(words)
	dirs := []string{filepath.Join(s.demo, "sample.daybook"), filepath.Join(s.root, "own.daybook"), filepath.Join(s.root, "backup.daybook")}
	if s.trace != "" {
		dirs = append(dirs, s.empty)
	}
	all := 0
	for _, dir := range dirs {
		found, files, err := n.Below(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Error(f)
		}
		all += files
	}
	if all < 100 {
		t.Errorf("only %d files were searched", all)
	}
}

// canaries are the words, names, numbers and file names of the sample case,
// long enough that none comes about by chance, and the secrets.
func (s *sampleRun) canaries() []string {
	var texts []string
	for _, r := range s.truth.Records {
		texts = append(texts, r.Text, r.From, r.File)
		for _, f := range r.Files {
			texts = append(texts, f.Name)
		}
	}
	for _, i := range s.truth.Incidents {
		texts = append(texts, i.Text, i.Who, i.Place, i.Words, i.Felt, i.Changed, i.Witness, i.Reported, i.HowKnown)
	}
	for _, o := range s.truth.Entries {
		texts = append(texts, o.Text)
	}
	texts = append(texts, "Sample case (fictional)", "Grey hatchback idling by the allotments.", "see you at the weekend", "Compare with the conductor's statement.",
		"trainstation", "Europe/London", "FOLLOW")
	return append(canary.Words(append(texts, s.secrets...)...), canary.Pairs(strings.Fields(s.recovery))...)
}
