package model

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"daybook/timeline"
)

// Face is a person as rows and lanes show them: by name, by initials, and by a
// look that is always the same in one case.
type Face struct {
	Name     string
	Initials string
	Own      bool // whose record this is
	Look     int  // colour and shape follow from it; joining and parting others changes nothing about it
}

// cast are the people of a survey.
type cast struct {
	faces []Face // by place in the survey's Persons
	order []int  // places, those with most events first
	zero  Face   // nobody
}

// newCast gives everybody in a survey a face. people are in the order of the
// case.
func newCast(people []timeline.Person, s *timeline.Survey) *cast {
	c := &cast{faces: make([]Face, len(s.Persons))}
	place := make(map[int64]int, len(s.Persons))
	for i, n := range s.Persons {
		place[n] = i
	}
	seen := make([]bool, len(s.Persons))
	looks := handleLooks(people)
	for _, p := range people {
		i, ok := place[p.Number]
		if !ok {
			continue
		}
		f := faceOf(&p)
		if !f.Own {
			f.Look = len(looks)
			for _, l := range p.Handles {
				if look, ok := looks[l.Key]; ok {
					f.Look = min(f.Look, look)
				}
			}
		}
		c.faces[i], seen[i] = f, true
		c.order = append(c.order, i)
	}
	for i := range s.Persons {
		if !seen[i] { // named by what a later reading has replaced
			c.faces[i] = Face{Name: "unnamed", Initials: "?", Look: len(looks)}
			c.order = append(c.order, i)
		}
	}
	return c
}

// handleLooks gives each number, address and name a look, those with most events
// first; a person has the first of theirs. Who is joined to whom does not matter,
// so that a colour stays with those who are not touched by it, and with whom the
// others were joined to.
func handleLooks(people []timeline.Person) map[string]int {
	var links []timeline.Link
	for i := range people {
		for _, l := range people[i].Handles {
			if !l.Owner {
				links = append(links, l)
			}
		}
	}
	slices.SortFunc(links, func(a, b timeline.Link) int { return cmp.Or(b.Events-a.Events, cmp.Compare(a.Key, b.Key)) })
	looks := make(map[string]int, len(links))
	for i, l := range links {
		looks[l.Key] = i
	}
	return looks
}

// faceOf is a person's face but for the look.
func faceOf(p *timeline.Person) Face {
	f := Face{Name: cmp.Or(oneLine(p.Shown()), "unnamed"), Own: p.Owner}
	if p.Name == "" && p.Owner {
		f.Name = "Me"
	}
	f.Initials = initials(f.Name)
	return f
}

// face is that of a place in Persons, counted from 1.
func (c *cast) face(n uint32) (Face, bool) {
	if n == 0 {
		return c.zero, false
	}
	return c.faces[n-1], true
}

// initials are the first letters of the first and last word of a name; the last
// two digits of a number; the first letter of an address.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '.' || r == '_' })
	words = slices.DeleteFunc(words, func(w string) bool { return !strings.ContainsFunc(w, unicode.IsLetter) })
	first := letter(words, 0)
	switch {
	case first == "" && unicode.IsDigit(lastRune(name)):
		digits := strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return r
			}
			return -1
		}, name)
		return digits[max(0, len(digits)-2):]
	case len(words) < 2 || strings.Contains(name, "@"):
		return cmp.Or(first, "?")
	}
	return cmp.Or(first+letter(words, len(words)-1), "?")
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// letter is the first letter of a word, in upper case.
func letter(words []string, n int) string {
	if n >= len(words) {
		return ""
	}
	for _, r := range words[n] {
		if unicode.IsLetter(r) {
			return string(unicode.ToUpper(r))
		}
		if unicode.IsDigit(r) || r == '+' {
			return ""
		}
	}
	return ""
}
