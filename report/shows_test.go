package report

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daybook/report/papertest"
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
