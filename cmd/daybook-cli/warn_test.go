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
	for n := range mostTexts + 2 {
		b.Exhibits = append(b.Exhibits, report.Exhibit{Label: fmt.Sprintf("AB/%d", n+1), File: "data/originals/x"})
	}
	var said bytes.Buffer
	(&terminal{messages: &said}).warn(b)
	if got := said.String(); strings.Count(got, "as a whole file: AB/") != mostTexts || !strings.Contains(got, "and 2 more texts and other files; once the pack is written, its data/exhibits.csv lists all\n") {
		t.Error(got)
	}
}
