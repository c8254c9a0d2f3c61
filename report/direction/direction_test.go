package direction

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	gotext "github.com/go-text/typesetting/bidi"
	"golang.org/x/text/unicode/bidi"
	"pgregory.net/rapid"
)

// testdata/bidi-character-test.txt is every hundredth line of Unicode's
// BidiCharacterTest.txt that has no embedding and no override.
func TestLevelsAreUnicodes(t *testing.T) {
	f, err := os.Open("testdata/bidi-character-test.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	tested := 0
	for lines.Scan() {
		if line := lines.Text(); line != "" && line[0] != '#' {
			levelsOfLine(t, line)
			tested++
		}
	}
	if err := lines.Err(); err != nil || tested < 500 {
		t.Fatalf("%d lines tested, %v", tested, err)
	}
}

// levelsOfLine tests a line "code points;direction asked;paragraph level;levels;order".
func levelsOfLine(t *testing.T, line string) {
	fields := strings.Split(line, ";")
	var runes []rune
	for _, code := range strings.Fields(fields[0]) {
		r, err := strconv.ParseInt(code, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		runes = append(runes, rune(r))
	}
	classes := classesOf(runes)
	if asked := fields[1]; asked == "2" && startsRTL(classes) != (fields[2] == "1") {
		t.Errorf("%s: the paragraph's direction is wrong", line)
	}
	base := Level(fields[2][0] - '0')
	levels := levelsOf(runes, classes, base)
	var kept []Level
	var places []int
	for i, want := range strings.Fields(fields[3]) {
		if want == "x" {
			continue
		}
		if end := trailing(classes, i); end {
			levels[i] = base // rule L1, which the line does with its atoms
		}
		if strconv.Itoa(int(levels[i])) != want {
			t.Errorf("%s: level %d of character %d", line, levels[i], i)
			return
		}
		kept, places = append(kept, levels[i]), append(places, i)
	}
	var order []string
	for _, i := range Visual(kept) {
		order = append(order, strconv.Itoa(places[i]))
	}
	if got := strings.Join(order, " "); got != fields[4] {
		t.Errorf("%s: order %s", line, got)
	}
}

func trailing(classes []bidi.Class, i int) bool {
	for _, c := range classes[i:] {
		if c == bidi.B || c == bidi.S {
			return true
		}
		if c != bidi.WS && !isolates(c) && !skipped(c) {
			return false
		}
	}
	return true
}

// Another implementation tells the direction of each character; its levels it
// keeps to itself.
func TestDirectionsAgreeWithGoText(t *testing.T) {
	alphabet := []rune("ab1 2.,-+%()[]<>אב١٢ع\u0301\u2067\u2066\u2068\u2069\u200f\u200e")
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.SampledFrom(alphabet), 1, 40).Draw(t, "runes")
		classes := classesOf(runes)
		base, wanted := Level(0), gotext.LeftToRight
		if startsRTL(classes) {
			base, wanted = 1, gotext.RightToLeft
		}
		levels := levelsOf(runes, classes, base)
		var other gotext.Paragraph
		runs := other.Segment(runes, wanted)
		for i := range runs.NumRuns() {
			run := runs.Run(i)
			for j := run.Start; j < run.End; j++ {
				if skipped(classes[j]) || isolates(classes[j]) || classes[j] == bidi.WS {
					continue
				}
				if (levels[j]%2 == 0) != run.IsLeftToRight() {
					t.Fatalf("%q: character %d has level %d", string(runes), j, levels[j])
				}
			}
		}
	})
}

func TestVisualOrder(t *testing.T) {
	for _, test := range []struct {
		levels []Level
		want   []int
	}{
		{[]Level{0, 0, 0}, []int{0, 1, 2}},
		{[]Level{1, 1, 1}, []int{2, 1, 0}},
		{[]Level{0, 1, 1, 0}, []int{0, 2, 1, 3}},
		{[]Level{1, 2, 2, 1}, []int{3, 1, 2, 0}},
		{[]Level{0, 1, 2, 1, 0}, []int{0, 3, 2, 1, 4}},
	} {
		if got := Visual(test.levels); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.levels, got, test.want)
		}
	}
}
