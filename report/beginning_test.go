package report

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// A text is shown whole and said to be, or cut behind so many lines or bytes, and
// then the figures are those of what is shown and of the file.
func TestHowMuchOfATextIsShown(t *testing.T) {
	e := Exhibit{File: "data/originals/0007-ab.txt"}
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Repeat(rapid.SampledFrom([]string{"a", "é", "😡", "word "}).Draw(t, "letter"), rapid.SampledFrom([]int{0, 1, 30, 9000}).Draw(t, "long"))
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		n := rapid.IntRange(1, 30).Draw(t, "lines")
		file := strings.Repeat(line+end, n-1) + "last"
		if rapid.Bool().Draw(t, "ends") {
			file += end
		}
		part := Excerpt{Lines: rapid.IntRange(1, 30).Draw(t, "shown")}
		x, err := begins(strings.NewReader(file), part)
		if err != nil {
			t.Fatal(err)
		}
		whole := n <= part.Lines && len(file) <= excerptBytes
		if said := x.said(e, part); whole != (said == sayTextWhole) {
			t.Fatalf("%d lines, %d bytes: %q", n, len(file), said)
		}
		plain := strings.ReplaceAll(file, "\r\n", "\n")
		if !strings.HasPrefix(plain, x.text) || !utf8.ValidString(x.text) || strings.ContainsRune(x.text, utf8.RuneError) {
			t.Fatalf("what is shown is not the beginning: %.60q", x.text)
		}
		if whole {
			if x.text != strings.TrimSuffix(plain, "\n") {
				t.Fatal("the whole is not there")
			}
			return
		}
		want := fmt.Sprintf("Lines 1 to %d of the %d in the file are shown here, as they are: %d of its %d bytes. The whole is the file %s.", strings.Count(x.text, "\n")+1, n, x.bytes, len(file), e.File)
		if got := x.said(e, part); got != want || x.bytes >= int64(len(file)) {
			t.Fatalf("%q, want %q", got, want)
		}
	})
	x, err := begins(strings.NewReader("one\ntwo\n"), Excerpt{Lines: 1})
	if said := x.said(Exhibit{}, Excerpt{Lines: 1}); err != nil || !strings.HasSuffix(said, "4 of its 8 bytes. The file is not in this pack.") {
		t.Errorf("%q, %v", said, err)
	}
}
