package model

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// packTable is a table of a pack.
type packTable struct {
	cols []string
	rows [][]string
}

func tableOf(t *testing.T, name string) packTable {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatalf("%s: %d lines, %v", name, len(all), err)
	}
	return packTable{all[0], all[1:]}
}

// count is how many rows have a cell for which something holds.
func (p packTable) count(holds func(col, cell string) bool) (n int) {
	for _, row := range p.rows {
		for i, cell := range row {
			if holds(p.cols[i], cell) {
				n++
				break
			}
		}
	}
	return n
}

// TestTheStepSaysWhatThePackHolds: what the step “Left out” says of a served pack of the
// sample case is what is in the pack that is written then: the rows that are left out for
// each reason, the words that are kept out with the rows that have their mark, the details
// that are not shown, the exhibits without their file, and the files that are there.
func TestTheStepSaysWhatThePackHolds(t *testing.T) {
	d, ctx := practised(t), t.Context()
	words := map[string]string{"lighthouse": "LOCATION", "garden": "ADDRESS"}
	for w, code := range words {
		if err := d.KeepOut(ctx, w, code); err != nil {
			t.Fatal(err)
		}
	}
	h := Handover{Served: true}
	plan, err := d.Plan(ctx, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := plan.Exhibits[slices.IndexFunc(plan.Exhibits, func(e ExhibitLine) bool { return strings.Contains(e.Title, "A photo of our street") })]
	h.Without = map[int64]string{out.Item: Reasons()[0].Value}
	if plan, err = d.Plan(ctx, h, nil); err != nil {
		t.Fatal(err)
	}
	pack := writtenPack(t, d, h)
	events, exhibits := tableOf(t, filepath.Join(pack, "chronology.csv")), tableOf(t, filepath.Join(pack, "exhibits.csv"))
	if want := packedOf(len(events.rows), len(exhibits.rows)); plan.Summary != want {
		t.Errorf("the step says %s, and the pack has %s", plan.Summary, want)
	}
	said := map[string]bool{}
	for _, l := range plan.LeftOut {
		n, want, kind := counted(t, l, events, exhibits)
		if n != want {
			t.Errorf("%s: the pack has %d", l, n)
		}
		said[kind] = true
	}
	for _, kind := range []string{"left", "words", "details", "files"} {
		if !said[kind] {
			t.Errorf("nothing is said of %s in %q", kind, plan.LeftOut)
		}
	}
	if left := events.count(func(col, cell string) bool { return col == "Left out" && cell != "" }); left < 2 {
		t.Errorf("%d rows are left out", left)
	}
	for w := range words {
		if n := events.count(func(_, cell string) bool { return strings.Contains(strings.ToLower(cell), w) }); n > 0 {
			t.Errorf("%s stands in %d rows", w, n)
		}
	}
	originals, err := os.ReadDir(filepath.Join(pack, "originals"))
	if err != nil || len(originals) != len(plan.Files) || len(originals) == 0 {
		t.Errorf("%d files, of which the step names %q: %v", len(originals), plan.Files, err)
	}
	for _, name := range plan.Files {
		label, _, _ := strings.Cut(name, " ")
		if exhibits.count(func(col, cell string) bool { return col == "Exhibit" && cell == label }) != 1 {
			t.Errorf("%s is not among the exhibits", name)
		}
	}
}

func packedOf(rows, exhibits int) string {
	return count(rows, "row") + ", " + count(exhibits, "exhibit")
}

// writtenPack writes a pack, whatever is found in it, and gives its folder of data.
func writtenPack(t *testing.T, d *Desk, h Handover) string {
	t.Helper()
	dir := t.TempDir()
	place, err := d.Place(dir, "b")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.HandOver(t.Context(), h, place, nil)
	var f *Found
	if errors.As(err, &f) {
		h.Released = f.Sum
		_, err = d.HandOver(t.Context(), h, place, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "b", "data")
}

var (
	saidLeft    = regexp.MustCompile(`^(\d+) rows?: (.+)$`)
	saidWords   = regexp.MustCompile(`^Kept out wherever it stands: .+; in its place, in (\d+) rows?, stands (\[.+\])$`)
	saidNoWords = regexp.MustCompile(`^Kept out wherever it stands: .+; it stands in no row$`)
	saidDetails = regexp.MustCompile(`^Not shown in (\d+) rows?: (.+); each of them says so$`)
	saidFiles   = regexp.MustCompile(`^(\d+) exhibits? without the file: (.+)$`)
)

// counted is how much a line of the step says, and how much of it the pack has.
func counted(t *testing.T, line string, events, exhibits packTable) (n, want int, kind string) {
	t.Helper()
	for _, is := range []struct {
		kind  string
		says  *regexp.Regexp
		count func(of string) int
	}{
		{"left", saidLeft, func(of string) int {
			return events.count(func(col, cell string) bool { return col == "Left out" && cell == of })
		}},
		{"words", saidWords, func(mark string) int {
			return events.count(func(_, cell string) bool { return strings.Contains(cell, mark) })
		}},
		{"details", saidDetails, func(what string) int {
			return events.count(func(_, cell string) bool {
				_, list, told := strings.Cut(cell, "Withheld from this pack: ")
				return told && slices.Contains(strings.Split(list, ", "), what)
			})
		}},
		{"files", saidFiles, func(why string) int {
			return exhibits.count(func(col, cell string) bool { return col == "Withheld" && cell == why })
		}},
	} {
		if m := is.says.FindStringSubmatch(line); m != nil {
			want, err := strconv.Atoi(m[1])
			if err != nil {
				t.Fatal(err)
			}
			return is.count(m[2]), want, is.kind
		}
	}
	if saidNoWords.MatchString(line) { // that no word stands anywhere is looked at for all of them
		return 0, 0, ""
	}
	t.Errorf("%q says nothing that was looked for in the pack", line)
	return 0, 0, ""
}
