package lint

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"daybook/assets/profiles"
)

const mm = 72 / 25.4

// pageNumber looks for the number of a page at its head or foot.
func pageNumber(l *linter, r profiles.Rule, s *sheet) {
	want := l.expected(s.number - 1)
	edge, height := r.Numbers["edge_mm"]*mm, s.height()
	near := func(b box) bool { return b.top < edge || b.bottom > height-edge }
	best, words := 0.0, s.words(near)
	for _, w := range words {
		for _, token := range tokens(w.text) {
			if contains(want, token) && w.size > best {
				best, l.printed[s.number-1], l.numberAt = w.size, token, w.box
			}
		}
	}
	other := ""
	if best == 0 {
		other = l.otherNumber(words)
	}
	l.resume(s.number-1, other)
	switch {
	case best == 0 && other != "":
		l.noteAs(r, counting(other, s.number), s.number, fmt.Sprintf("The page shows %s where its number is %s.", other, strings.Join(want, " or ")))
	case best == 0:
		l.noteAs(r, "none", s.number, "The page shows no number at its head or foot.")
	case best < r.Numbers["points"]-0.01:
		l.noteAs(r, "small", s.number, fmt.Sprintf("The number of the page is printed in %.3g points; that is too small to read at a glance.", best))
	}
}

// aNumber is what stands alone at the head or foot of a page and can be its number.
var aNumber = regexp.MustCompile(`^[-–—\s]*(?i:page|p\.|tudalen|t\.)?\s*([A-Z]{0,2}[0-9]{1,6}[A-Z]{0,9})(?:\s*(?:of|o|/)\s*[0-9]+)?[-–—\s]*$`)

// otherNumber is what a page shows in place of its number: what stands where the pages
// before have theirs, and else the largest that stands alone. A figure of the text, as
// that of a label or a date, is no number of a page.
func (l *linter) otherNumber(words []word) (number string) {
	var at word
	for _, w := range words {
		m := aNumber.FindStringSubmatch(w.text)
		if m == nil || number != "" && !l.likelier(w, at) {
			continue
		}
		number, at = m[1], w
	}
	return number
}

// likelier tells whether a is rather the number of a page than b.
func (l *linter) likelier(a, b word) bool {
	if l.numberAt == (box{}) {
		return a.size > b.size
	}
	return l.numberAt.from(a.box) < l.numberAt.from(b.box)
}

// counting is the same for pages that are counted alike, as A1, A2 and A3 for the
// pages 7, 8 and 9: what is said of the first holds for all.
func counting(shown string, page int) string {
	letters := strings.TrimRight(shown, "0123456789")
	n, _ := strconv.Atoi(shown[len(letters):]) // at most six digits
	return fmt.Sprint(letters, n-page)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// tokens cuts a word at what is neither a letter nor a digit.
func tokens(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r < 0x80 && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

var (
	plainNumber   = regexp.MustCompile(`^[0-9]{1,6}$`)
	letterNumber  = regexp.MustCompile(`^([0-9]{1,6})([A-Z]{1,9})$`)
	sectionNumber = regexp.MustCompile(`^([A-Z]{1,2})([0-9]{1,6})$`)
)

func (l *linter) numberForm() *regexp.Regexp {
	if l.profile.Numbering == profiles.BySection {
		return sectionNumber
	}
	if letterNumber.MatchString(l.file.First) {
		return letterNumber
	}
	return plainNumber
}

// expected are the numbers that a page may have: by section, the next of the
// section, or the first of the next one.
func (l *linter) expected(i int) []string {
	if l.profile.Numbering != profiles.BySection {
		return []string{l.counted(i)}
	}
	if i == 0 {
		return []string{cmp.Or(l.file.First, "A1")}
	}
	m := sectionNumber.FindStringSubmatch(l.printed[i-1])
	if m == nil {
		return []string{"A" + strconv.Itoa(i+1)}
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return nil
	}
	return []string{m[1] + strconv.Itoa(n+1), nextLetter(m[1]) + "1"}
}

// counted is the number of a page that is counted through the file: on from that
// of the first, which may have a letter (344A, 344B …).
func (l *linter) counted(i int) string {
	first := cmp.Or(l.file.First, "1")
	if n, err := strconv.Atoi(first); err == nil {
		return strconv.Itoa(n + i)
	}
	m := letterNumber.FindStringSubmatch(first)
	if m == nil {
		return first
	}
	at := len(m[2])*26 - 26 + int(m[2][0]-'A') + i
	return m[1] + strings.Repeat(string(rune('A'+at%26)), 1+at/26)
}

// resume goes on from what a page shows in place of its number, so that one
// wrong page makes one finding.
func (l *linter) resume(i int, other string) {
	if l.printed[i] != "" || l.profile.Numbering != profiles.BySection {
		return
	}
	if l.printed[i] = other; !sectionNumber.MatchString(other) {
		l.printed[i] = l.expected(i)[0]
	}
}

// nextLetter is that of the next section: B after A, AA after Z.
func nextLetter(s string) string {
	b := []byte(s)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < 'Z' {
			b[i]++
			return string(b)
		}
		b[i] = 'A'
	}
	return "A" + string(b)
}

// begins is the number that a reader shows for the first page, where nothing was said
// of it and it is one that goes on from another file; empty where it is not.
func (l *linter) begins() string {
	if l.file.First != "" || l.doc == nil || len(l.doc.labels) == 0 || contains(l.expected(0), l.doc.labels[0]) {
		return ""
	}
	for _, form := range []*regexp.Regexp{plainNumber, letterNumber, sectionNumber} {
		if form.MatchString(l.doc.labels[0]) {
			return l.doc.labels[0]
		}
	}
	return ""
}

// label is the number by which a page is named.
func (l *linter) label(i int) string {
	switch {
	case l.profile.Numbering != profiles.BySection:
		return l.counted(i)
	case l.printed[i] != "":
		return l.printed[i]
	case l.doc.labels != nil:
		return l.doc.labels[i]
	}
	return strconv.Itoa(i + 1)
}

// pageLabels holds what a reader shows against what the pages show.
func pageLabels(l *linter, r profiles.Rule) {
	if l.doc.labels == nil {
		if l.profile.Numbering == profiles.BySection {
			l.note(r, 0, "A reader counts the pages 1, 2, 3 …, and the pages show other numbers.")
		}
		return
	}
	for i, got := range l.doc.labels {
		if want := l.label(i); got != want {
			l.noteAs(r, "other", i+1, fmt.Sprintf("A reader calls the page “%s”; its number is %s.", got, want))
		}
	}
}
