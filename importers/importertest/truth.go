package importertest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daybook/timeline"
)

// truth holds what came of an adversarial sample against what its author knows to
// be so, NAME.truth.txt: what is tried, behind number signs, and then one line for
// each event in the order of the sample's files, and for each skip after them.
//
//	# The header of a message stands in another's text; the clocks go back between them.
//	2025-10-26T00:30:00Z | Dan <+447700900123> > Maya* | forged-header | You said 26/10
//	2025-10-26T01:10:00 local | - | clock-twice | The gate
//	skip | the line names no day
//
// It is written by hand from the bytes of the sample, never from what the importer
// made of them: a golden file tells that a result changed, this one whether it is
// right. A star marks the owner, a dash that nobody is named or nothing flagged;
// a text is its beginning, a skip what its reason says somewhere. Behind the flags
// stands that a bundle is not as it was sealed.
func (s *suite) truth(t *testing.T, sample Sample, all []Result) {
	words, err := os.ReadFile(sample.truth)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var tried, want []string
	for line := range strings.Lines(string(words)) {
		line = strings.TrimSpace(line)
		switch about, is := strings.CutPrefix(line, "#"); {
		case is:
			tried = append(tried, about)
		case line != "":
			want = append(want, line)
		}
	}
	if len(tried) == 0 || len(want) == 0 {
		t.Errorf("%s says nothing of what is tried, or of what is so", sample.truth)
	}
	var got []string
	for _, r := range all {
		for _, e := range r.Events {
			got = append(got, told(e))
		}
	}
	for _, r := range all {
		for _, k := range r.Skips {
			got = append(got, "skip | "+k.Reason)
		}
	}
	for i := range min(len(want), len(got)) {
		if agrees(want[i], got[i]) {
			got[i] = want[i]
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s is not what came out (-so +came):\n%s", sample.truth, d)
	}
}

// truths checks that a sample of the importer tries to deceive, and that each truth
// is that of a sample.
func (s *suite) truths(t *testing.T, samples []Sample) {
	list, err := filepath.Glob(filepath.Join("testdata", "*.truth.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Errorf("%s has no adversarial sample: nothing in testdata has a NAME.truth.txt beside it", s.imp.Info().Name)
	}
	for _, name := range list {
		if !slices.ContainsFunc(samples, func(of Sample) bool { return of.truth == name }) {
			t.Errorf("%s is the truth of no sample", name)
		}
	}
}

// agrees tells whether a line of a truth holds of what came out.
func agrees(want, got string) bool {
	if reason, is := strings.CutPrefix(want, "skip | "); is {
		said, skipped := strings.CutPrefix(got, "skip | ")
		return skipped && strings.Contains(said, reason)
	}
	so, came := strings.SplitN(want, " | ", 4), strings.SplitN(got, " | ", 4)
	if len(so) != 4 || len(came) != 4 {
		return false
	}
	if so[3] == "-" {
		so[3], came[3] = "", strings.TrimPrefix(came[3], "-")
	}
	same := so[0] == came[0] && so[1] == came[1] && so[2] == came[2]
	return same && strings.HasPrefix(came[3], so[3]) && (so[3] == "") == (came[3] == "")
}

// told is an event as a line of a truth.
func told(e timeline.Event) string {
	who := partyTold(e.From)
	if len(e.To) > 0 {
		to := make([]string, len(e.To))
		for i, p := range e.To {
			to[i] = partyTold(p)
		}
		who += " > " + strings.Join(to, ", ")
	}
	flags := "-"
	if len(e.Flags) > 0 {
		flags = strings.Trim(fmt.Sprint(e.Flags), "[]")
	}
	if e.Extra.Has(timeline.NotAsSealed) {
		flags += ", " + timeline.NotAsSealed
	}
	return strings.Join([]string{whenTold(e.When), who, flags, strings.Join(strings.Fields(e.Text), " ")}, " | ")
}

func partyTold(p timeline.Party) string {
	var words []string
	if p.Name != "" {
		words = append(words, p.Name)
	}
	if p.Address != "" {
		words = append(words, "<"+p.Address+">")
	}
	if len(words) == 0 {
		words = append(words, "-")
	}
	if p.Owner {
		words[len(words)-1] += "*"
	}
	return strings.Join(words, " ")
}

func whenTold(w timeline.When) string {
	if w.Precision == timeline.Undated {
		return "undated"
	}
	at := w.Instant.Format(time.RFC3339Nano)
	if w.Instant.IsZero() {
		at = w.Local.Format("2006-01-02T15:04:05.999999999") + " local"
	}
	switch w.Precision {
	case timeline.Millisecond, timeline.Second, timeline.Minute:
		return at
	}
	return at + " " + string(w.Precision)
}
