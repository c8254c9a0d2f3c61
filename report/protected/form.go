package protected

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"daybook/timeline"
)

// forms are the ways in which a word may be written that do not come down to the
// same letters.
func forms(w Word) []string {
	all := []string{w.Text}
	switch w.As {
	case Number:
		all = append(all, dialled(w.Text)...)
	case Address, House:
		all = append(all, shortened(w.Text, endings[:])...)
		if h, ok := houseOf(w.Text); ok && w.As == House {
			all = append(all, h.numbered()...)
		} else if ok {
			all = append(all, streets(h.street+" "+h.number+" "+h.rest)...)
		}
	case Day:
		all = append(all, dates(w.Text)...)
	case Plain:
		if strings.Trim(w.Text, "0123456789 ()+-./") == "" {
			all = append(all, dialled(w.Text)...)
		}
		all = append(all, shortened(w.Text, saint)...)
		all = append(all, spelled(w.Text)...)
	}
	if w.As == Plain || w.As == Address || w.As == House {
		all = append(all, possessives(w.Text)...)
	}
	return all
}

// mostParts is how many words a name or an address has; what has more is a passage,
// which nobody writes with an ’s inside of it.
const mostParts = 8

// possessives are the words of a name with an ’s behind one of them: Greenbank’s school.
// Behind the last one it needs no form, for what stands behind a word may be anything.
func possessives(text string) (all []string) {
	words := strings.Fields(text)
	if len(words) > mostParts {
		return nil
	}
	for i := range max(0, len(words)-1) {
		words[i] = strings.TrimRight(words[i], ",.;")
		if last, _ := utf8.DecodeLastRuneInString(words[i]); unicode.IsLetter(last) {
			all = append(all, strings.Join(words[:i+1], " ")+"’s "+strings.Join(words[i+1:], " "))
		}
	}
	return all
}

// spelled are an e-mail address with its signs in words: jo at example dot org.
func spelled(text string) (all []string) {
	name, domain, ok := strings.Cut(text, "@")
	if !ok || !strings.Contains(domain, ".") {
		return nil
	}
	dots := func(s string) string { return strings.ReplaceAll(s, ".", " dot ") }
	for _, n := range []string{name, dots(name)} {
		for _, d := range []string{domain, dots(domain)} {
			all = append(all, n+"@"+d, n+" at "+d)
		}
	}
	return all
}

// homeCode is the code of the country in which numbers begin with a 0.
const homeCode = "44"

// dialled are the forms of a telephone number: from home, from abroad, and as
// both are written in one.
func dialled(printed string) []string {
	n := strings.TrimPrefix(timeline.Phone(printed), "+")
	if n == "" {
		return nil
	}
	all := []string{n, "00" + n, "011" + n}
	home, ok := strings.CutPrefix(n, homeCode)
	if !ok {
		return all
	}
	return append(all, home, "0"+home, homeCode+"0"+home, "00"+homeCode+"0"+home)
}

// endings are what streets are called, in full and in short.
var endings = [...][2]string{
	{"street", "st"}, {"road", "rd"}, {"avenue", "ave"}, {"lane", "ln"}, {"close", "cl"}, {"court", "ct"}, {"drive", "dr"}, {"place", "pl"},
	{"square", "sq"}, {"terrace", "terr"}, {"gardens", "gdns"}, {"crescent", "cres"}, {"grove", "gr"}, {"park", "pk"}, saint[0], {"apartment", "apt"},
}

// saint stands in names of schools, churches and places.
var saint = [][2]string{{"saint", "st"}}

// shortened gives some words with each of their endings in its other form.
func shortened(text string, endings [][2]string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,.;\t\n", r) })
	if len(words) < 2 {
		return nil
	}
	var all []string
	for i, w := range words {
		for _, e := range endings {
			other := e[1]
			if w == e[1] {
				other = e[0]
			} else if w != e[0] {
				continue
			}
			changed := append(append([]string{}, words[:i]...), other)
			all = append(all, strings.Join(append(changed, words[i+1:]...), " "))
		}
	}
	return all
}

// dayLayouts are the ways in which a date is typed, days before months.
var dayLayouts = []string{"2/1/2006", "2.1.2006", "2-1-2006", time.DateOnly, "2 January 2006", "2 Jan 2006", "January 2, 2006", "2/1/06"}

// dates are the ways in which a date is written.
func dates(typed string) []string {
	var at time.Time
	var err error
	for _, layout := range dayLayouts {
		if at, err = time.Parse(layout, strings.TrimSpace(typed)); err == nil {
			break
		}
	}
	if err != nil {
		return nil
	}
	all := []string{}
	for _, layout := range []string{"2/1/2006", "02/01/2006", "2/01/2006", "02/1/2006", "2/1/06", "02/01/06", "2/01/06", "02/1/06", time.DateOnly, "20060102", "2 January 2006", "2 Jan 2006", "January 2 2006", "Jan 2 2006"} {
		all = append(all, at.Format(layout))
	}
	return append(all, ordinal(at)...)
}

// ordinal is a date as it is said: the 4th of March 2019.
func ordinal(at time.Time) []string {
	nth := fmt.Sprintf("%dth", at.Day())
	switch at.Day() {
	case 1, 21, 31:
		nth = fmt.Sprintf("%dst", at.Day())
	case 2, 22:
		nth = fmt.Sprintf("%dnd", at.Day())
	case 3, 23:
		nth = fmt.Sprintf("%drd", at.Day())
	}
	return []string{nth + at.Format(" January 2006"), nth + at.Format(" of January 2006"), at.Format("January ") + nth + at.Format(" 2006")}
}
