package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"daybook/report"
	"daybook/report/leak"
)

// Of many files not all are named before a pack is written, and what lists the others
// is not spoken of as if it were there.
func TestManyFilesOfAServedPack(t *testing.T) {
	b := &report.Bundle{Pack: report.Served}
	for n := range mostFiles + 2 {
		b.Exhibits = append(b.Exhibits, report.Exhibit{Label: fmt.Sprintf("AB/%d", n+1), Name: "door.jpg", File: "data/originals/x", Show: report.ShowPicture})
	}
	var said bytes.Buffer
	(&terminal{messages: &said}).warn(b)
	if got := said.String(); strings.Count(got, "as a whole file: AB/") != mostFiles || !strings.Contains(got, "and 2 more files; --json lists all, and so does data/exhibits.csv once the pack is written\n") {
		t.Error(got)
	}
}

// Of a long text that was found, the stretch that stands in the pack is named.
func TestTheStretchThatWasFoundIsNamed(t *testing.T) {
	var out, said strings.Builder
	(&terminal{out: &out, messages: &said}).leaks(leak.List{Findings: []leak.Finding{
		{What: "private note", Text: "I asked Kim and her mother to keep the key for me", Part: "mother to keep the key for", Times: 2, Places: []leak.Place{{File: "a.txt", Line: 3}}},
		{What: "private note", Text: "ask Kim", Times: 1},
	}})
	if want := "private note, “I asked Kim and her mother to keep the key for me”: 2 times, first as “mother to keep the key for”\n  a.txt, line 3\nprivate note, “ask Kim”: once\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
