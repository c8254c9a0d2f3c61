package lang

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// form is a sentence of ours with places for values.
type form struct {
	english, said string
	ours          int    // letters of it that are ours
	sure          string // the longest part that every text of it has
	pattern       func() *regexp.Regexp
}

var (
	places = regexp.MustCompile(`%[dstc]|\[[^|\]]*\|[^|\]]*\]`)
	puts   = regexp.MustCompile(`%(?:\[(\d)\])?([dstw])`)
)

func formOf(english, said string) form {
	f := form{english: english, said: said}
	for i, part := range places.Split(english, -1) {
		f.ours += strings.Count(part, "") - 1
		if i == 0 && part != "" {
			_, n := utf8.DecodeRuneInString(part)
			part = part[n:] // which may be large or small
		}
		if len(part) > len(f.sure) {
			f.sure = part
		}
	}
	f.pattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(patternOf(english)) })
	return f
}

// patternOf is what every text of a form matches: its values are the groups.
func patternOf(english string) string {
	var out strings.Builder
	out.WriteString("(?s)^")
	at := 0
	for _, place := range places.FindAllStringIndex(english, -1) {
		out.WriteString(literally(english[at:place[0]], at == 0))
		switch value := english[place[0]:place[1]]; value {
		case "%d":
			out.WriteString(`(\d[\d,]*)`)
		case "%t":
			out.WriteString("(" + aDate + ")")
		case "%s":
			out.WriteString("(.+?)")
		case "%c":
			out.WriteString(`(\d[\d,]* [^.,;:()]+?)`)
		default:
			one, many, _ := strings.Cut(value[1:len(value)-1], "|")
			out.WriteString("(?:" + regexp.QuoteMeta(one) + "|" + regexp.QuoteMeta(many) + ")")
		}
		at = place[1]
	}
	out.WriteString(literally(english[at:], at == 0) + "$")
	return out.String()
}

// literally is a part of a form; the first letter of the whole may be large or small.
func literally(part string, first bool) string {
	if !first || part == "" {
		return regexp.QuoteMeta(part)
	}
	_, n := utf8.DecodeRuneInString(part)
	return "(?i:" + regexp.QuoteMeta(part[:n]) + ")" + regexp.QuoteMeta(part[n:])
}

// fit gives the values of a text of this form; nil where it is none.
func (f form) fit(text string) []string {
	if !strings.Contains(text, f.sure) {
		return nil
	}
	return f.pattern().FindStringSubmatch(text)
}

// put is the form in the other language, with values in their places.
func (f form) put(t *Translation, text string, values []string) string {
	next := 0
	said := puts.ReplaceAllStringFunc(f.said, func(place string) string {
		parts := puts.FindStringSubmatch(place)
		at, err := strconv.Atoi(parts[1])
		if err != nil {
			next++
			at = next
		}
		if at >= len(values) {
			return place
		}
		switch parts[2] {
		case "w":
			return t.Say(values[at])
		case "t":
			if date, ok := t.date(values[at]); ok {
				return date
			}
		}
		return values[at]
	})
	first, _ := utf8.DecodeRuneInString(text)
	if was, _ := utf8.DecodeRuneInString(f.english); unicode.IsLower(first) && unicode.IsUpper(was) {
		return small(said)
	} else if unicode.IsUpper(first) && unicode.IsLower(was) {
		return capital(said)
	}
	return said
}
