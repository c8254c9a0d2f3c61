package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"daybook/assets/profiles"
)

// headPages is among how many pages at the front the index is looked for.
const headPages = 50

// keepHead keeps the words of a page that may be the index.
func (l *linter) keepHead(s *sheet) {
	if s.number > headPages {
		return
	}
	l.heads[s.number-1] = s.words(func(box) bool { return true })
}

// findIndex finds the pages of the index: from the one with its heading on, as
// long as they lead on and no section begins.
func (l *linter) findIndex() {
	begins := map[int]bool{}
	for _, m := range l.doc.marks {
		if m.level == 0 {
			begins[m.to.page] = true
		}
	}
	for i := range min(headPages, len(l.doc.pages)) {
		if !l.headed(i) {
			continue
		}
		l.doc.indexAt = []int{i}
		for j := i + 1; j < len(l.doc.pages) && !begins[j] && l.leadsOn(j); j++ {
			l.doc.indexAt = append(l.doc.indexAt, j)
		}
		if l.leadsOn(i) {
			return
		}
	}
}

// headed tells whether a line of a page is the heading of an index.
func (l *linter) headed(i int) bool {
	words := l.heads[i]
	for j, w := range words {
		switch strings.ToLower(strings.Trim(w.text, ":.")) {
		case "index", "contents":
		default:
			continue
		}
		alone := j == 0 || words[j-1].box.bottom-w.box.bottom > 1 || w.box.bottom-words[j-1].box.bottom > 1 || strings.EqualFold(words[j-1].text, "of")
		if alone && w.box.bottom > footBand {
			return true
		}
	}
	return false
}

// footBand is where the foot of a page stands, which may have a link to the
// index.
const footBand = 25 * mm

// leadsOn tells whether links of a page lead to later pages.
func (l *linter) leadsOn(i int) bool {
	return slices.ContainsFunc(l.doc.pages[i].links, func(k link) bool { return k.to.page > i })
}

// entries are the pages to which the index leads, in its order.
func (l *linter) entries() []int {
	var all []int
	for _, i := range l.doc.indexAt {
		for _, k := range l.doc.pages[i].links {
			if k.to.page >= 0 {
				all = append(all, k.to.page)
			}
		}
	}
	return all
}

func index(l *linter, r profiles.Rule) {
	if len(l.doc.indexAt) == 0 && l.file.Volume && l.file.First != "" {
		return // it is in the first volume
	}
	if len(l.doc.indexAt) == 0 {
		l.note(r, 0, fmt.Sprintf("No index was found on the first %d pages.", min(headPages, len(l.doc.pages))))
		return
	}
	entries := l.entries()
	if len(entries) == 0 {
		l.note(r, l.doc.indexAt[0]+1, "The entries of the index are no links.")
		return
	}
	last := l.doc.indexAt[len(l.doc.indexAt)-1]
	for _, m := range l.doc.marks {
		if m.level == 0 && m.to.page > last && !slices.Contains(entries, m.to.page) {
			l.noteAs(r, "unlisted", m.to.page+1, fmt.Sprintf("No entry of the index leads to “%s”.", cutText(m.title)))
		}
	}
	for _, i := range l.doc.indexAt {
		for _, k := range l.doc.pages[i].links {
			said := l.saidBeside(i, k)
			if said == l.label(i) && slices.Contains(l.doc.indexAt, k.to.page) {
				continue // back to the index itself, beside the page's own number
			}
			if said != "" && k.to.page >= 0 && said != l.label(k.to.page) {
				l.noteAs(r, "number", i+1, fmt.Sprintf("An entry says page %s, and its link leads to page %s.", said, l.label(k.to.page)))
			}
		}
	}
}

// saidBeside is the page number at the end of the line in which a link of the
// index stands; empty when there is none.
func (l *linter) saidBeside(i int, k link) string {
	s := sheet{page: &l.doc.pages[i]}
	line := s.upright(k.box)
	middle := (line.bottom + line.top) / 2
	var right word
	for _, w := range l.heads[i] {
		if w.box.bottom < middle && w.box.top > middle && w.box.right > right.box.right {
			right = w
		}
	}
	if token := strings.Trim(right.text, "().[]"); l.numberForm().MatchString(token) {
		return token
	}
	return ""
}

// linkBack looks whether each document has a link to the index.
func linkBack(l *linter, r profiles.Rule) {
	entries := l.entries()
	slices.Sort(entries)
	entries = slices.Compact(entries)
	for n, from := range entries {
		to := len(l.doc.pages)
		if n+1 < len(entries) {
			to = entries[n+1]
		}
		if slices.Contains(l.doc.indexAt, from) {
			continue
		}
		back := slices.ContainsFunc(l.doc.pages[from:to], func(p page) bool {
			return slices.ContainsFunc(p.links, func(k link) bool { return slices.Contains(l.doc.indexAt, k.to.page) })
		})
		if !back {
			l.note(r, from+1, "No link leads from this document back to the index.")
		}
	}
}

func linksLead(l *linter, r profiles.Rule) {
	for _, m := range l.doc.marks {
		if m.to.page < 0 && m.does == nil {
			l.noteAs(r, "mark", 0, fmt.Sprintf("The bookmark “%s” leads to no page.", cutText(m.title)))
		}
	}
	if l.doc.broken > 0 {
		l.note(r, 0, "Some bookmarks lead in a circle, and are not shown.")
	}
}

func linksLeadPage(l *linter, r profiles.Rule, s *sheet) {
	for _, k := range s.page.links {
		if k.kind == "Link" && k.to.page < 0 && k.action == nil {
			l.noteAs(r, "link", s.number, "A link leads to no page.")
		}
	}
}

func bookmarks(l *linter, r profiles.Rule) {
	if len(l.doc.marks) == 0 {
		l.note(r, 0, "The file has no bookmarks.")
		return
	}
	marked := map[int]bool{}
	for _, m := range l.doc.marks {
		if m.to.page < 0 {
			continue
		}
		marked[m.to.page] = true
		switch label := l.label(m.to.page); {
		case !numbered(m.title, label):
			l.noteAs(r, "number", m.to.page+1, fmt.Sprintf("The bookmark “%s” does not have its page number, %s.", cutText(m.title), label))
		case !strings.ContainsFunc(strings.Replace(withoutPage(m.title), label, "", 1), unicode.IsLetter):
			l.noteAs(r, "words", m.to.page+1, fmt.Sprintf("The bookmark “%s” has no description.", cutText(m.title)))
		}
	}
	for _, to := range l.entries() {
		if !marked[to] {
			l.noteAs(r, "missing", to+1, fmt.Sprintf("The index leads to page %s, and no bookmark does.", l.label(to)))
		}
	}
}

// numbered tells whether a bookmark's title carries a page number: the one at
// its end, when that is said to be one.
func numbered(title, label string) bool {
	list := tokens(title)
	if len(list) == 0 {
		return false
	}
	if n := len(list); n > 1 {
		switch strings.ToLower(list[n-2]) {
		case "p", "pg", "page":
			return list[n-1] == label
		}
	}
	last := list[len(list)-1]
	return contains(list, label) || strings.TrimLeft(last, "pP") == label
}

func withoutPage(title string) string {
	list := tokens(title)
	for i, word := range list {
		switch strings.ToLower(word) {
		case "p", "pg", "page":
			list[i] = ""
		}
	}
	return strings.Join(list, " ")
}

func bookmarkZoom(l *linter, r profiles.Rule) {
	for _, m := range l.doc.marks {
		if m.to.page >= 0 && (m.to.zoom != 0 || m.to.fixed) {
			l.noteAs(r, "zoom", m.to.page+1, fmt.Sprintf("The bookmark “%s” changes the zoom.", cutText(m.title)))
		}
	}
}
