package report

import (
	"encoding/csv"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daybook/report/papertest"
	"daybook/timeline"
)

// countShown are the numbers of a list of what the other side can see, by what it is.
func countShown(list []Shown) map[string]int {
	all := map[string]int{}
	for _, s := range list {
		if slices.Contains([]string{sayShowsPictures, sayShowsFilms, sayShowsFrames, sayShowsLevels, sayShowsPDFs, sayShowsPages}, s.What) || strings.HasSuffix(s.What, " as whole files") {
			all[s.What] = s.N
		}
	}
	return all
}

// countHeld counts the same in a pack that was written.
func countHeld(t *testing.T, dir string, tree map[string][]byte) map[string]int {
	t.Helper()
	all := map[string]int{}
	whole := map[string]string{".jpg": sayShowsPictures, ".png": sayShowsPictures, ".mp4": sayFilesFilms, ".mp3": sayFilesSounds, ".txt": sayFilesTexts, ".pdf": sayFilesOthers, ".bin": sayFilesOthers}
	films := map[string]bool{}
	for name := range tree {
		at, file := path.Split(name)
		switch {
		case at == "data/originals/":
			all[fmt.Sprintf(sayShowsWhole, whole[path.Ext(file)])]++
		case at == "data/timeline/pictures/" && strings.Count(file, "-") == 2: // the number of a frame is behind the second
			all[sayShowsFrames]++
			films[file[:6]] = true
		case at == "data/timeline/pictures/":
			all[sayShowsPictures]++
		}
	}
	printed := strings.Join(wordsOnPages(papertest.Read(t, filepath.Join(dir, filepath.FromSlash(documentFile)))), " ")
	for what, n := range map[string]int{
		sayShowsFilms: len(films), sayShowsLevels: strings.Count(string(tree[timelineDir+"exhibits-1.html"]), `<figure class="level">`),
		sayShowsPages: len(regexp.MustCompile(`page \d+ of \d+ of the file`).FindAllString(printed, -1)), sayShowsPDFs: strings.Count(printed, "page 1 of 2 of the file"),
	} {
		if n > 0 {
			all[what] = n
		}
	}
	return all
}

// The names that are counted are those that a reader finds in the pack: those of its rows,
// of who wrote them down and of who added the files, and nothing that stands in the place
// of a name or an address.
func TestNamesAreCountedAsTheyAreRead(t *testing.T) {
	k := newCase(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Text: "Sam", Code: "THIRD_PARTY"}))(t)
	b := k.planned(t, Served, func(*Selection) {})
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for file, columns := range map[string][]string{"chronology.csv": {"From", "To", "About", "Written down by"}, "exhibits.csv": {"Added by"}} {
		table := must(csv.NewReader(strings.NewReader(strings.TrimPrefix(string(readTree(t, dir)["data/"+file]), "\ufeff"))).ReadAll())(t)
		for _, row := range table[1:] {
			for _, c := range columns {
				if name := strings.TrimSuffix(row[slices.Index(table[0], c)], " (owner)"); name != "" && !strings.Contains(name, "withheld") {
					names[name] = true
				}
			}
		}
	}
	if want := (Shown{sayShowsNames, len(names), sayShowsName}); len(names) != 2 || !slices.Contains(b.Told.Shows, want) {
		t.Errorf("the pack names %v, the list says %v", slices.Sorted(maps.Keys(names)), b.Told.Shows)
	}
}
