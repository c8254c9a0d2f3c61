package main

import (
	"bytes"
	"strings"
	"testing"

	"daybook/report/lint"
)

// A PDF that looks like a volume or a supplement, and was not held as one, is said to,
// with the command; one without a fault is not.
func TestLintSaysHowAVolumeIsHeld(t *testing.T) {
	for _, c := range []struct {
		held lint.File
		v    lint.Verdict
		says string
	}{
		{lint.File{}, lint.Verdict{Profile: "generic", Begins: "L1", Beside: true, Findings: []lint.Finding{{}}}, "lint b.pdf --profile generic --volume --first L1\n"},
		{lint.File{}, lint.Verdict{Profile: "generic", Begins: "345", Findings: []lint.Finding{{}}}, "lint b.pdf --profile generic --first 345\n"},
		{lint.File{}, lint.Verdict{Profile: "generic", Findings: []lint.Finding{{}}}, ""},
		{lint.File{Volume: true}, lint.Verdict{Profile: "generic", Begins: "13", Findings: []lint.Finding{{}}}, "lint b.pdf --profile generic --volume --first 13\n"},
		{lint.File{First: "13"}, lint.Verdict{Profile: "generic", Beside: true, Findings: []lint.Finding{{}}}, "lint b.pdf --profile generic --volume --first 13\n"},
		{lint.File{}, lint.Verdict{Profile: "generic", Beside: true}, ""},
	} {
		var out bytes.Buffer
		(&terminal{out: &out}).printVerdict("b.pdf", c.held, c.v)
		before, got, _ := strings.Cut(out.String(), "hold it as one: ")
		got, _, _ = strings.Cut(got, "\nFault")
		if got != "" && strings.Contains(before, "Fault (") {
			t.Errorf("%+v: it is said after what is then no fault", c.v)
		}
		if got != c.says {
			t.Errorf("%+v: %q, want %q", c.v, got, c.says)
		}
	}
}
