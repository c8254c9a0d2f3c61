package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"daybook/report"
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
