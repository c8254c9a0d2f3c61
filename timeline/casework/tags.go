package casework

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"daybook/assets/law"
)

// Tags are the words beside the codes by which patterns, papers and packs go, and which
// somebody may mark an event with; other words are a person's own.
func (l Law) Tags() []law.Tag {
	var all []law.Tag
	for _, p := range l.Packs {
		for _, t := range p.Tags {
			if !slices.ContainsFunc(all, func(k law.Tag) bool { return k.Tag == t.Tag }) {
				all = append(all, t)
			}
		}
	}
	return all
}

// TagsOf are the tags by which a pattern finds its events.
func TagsOf(pattern string) []string {
	switch pattern {
	case "private":
		return []string{tagPrivate}
	case "reach":
		return []string{tagByProxy, tagChild}
	}
	return nil
}

// OwnTag says of a tag of somebody's own that looks like one that patterns go by that it
// is none, for it would count nowhere, and nobody would know why; empty of any other.
func OwnTag(tags []law.Tag, given string) string {
	meant, ok := Meant(tags, given)
	if !ok {
		return ""
	}
	return fmt.Sprintf(sayOwnTag, given, meant.Label, meant.Tag)
}

const sayOwnTag = "“%s” is a tag of your own, and counts in no pattern. If you meant “%s” (%s), undo the mark and choose that instead."

// Meant is the tag that somebody may have meant by a word that is none: one of another
// case or spacing, misspelt, or with most of its words.
func Meant(tags []law.Tag, given string) (law.Tag, bool) {
	words := tagWords(given)
	for _, t := range tags {
		if t.Tag == given {
			return law.Tag{}, false
		}
	}
	for _, t := range tags {
		known, shared := tagWords(t.Tag), 0
		for _, w := range words {
			if slices.ContainsFunc(known, func(k string) bool { return stem(k) == stem(w) }) {
				shared++
			}
		}
		if shared == len(words) && 2*shared > len(known) {
			return t, true
		}
	}
	return law.Tag{}, false
}

func tagWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// stem is the beginning of a word, by which forms and slips of it are known.
func stem(w string) string { return string([]rune(w)[:min(4, utf8.RuneCountInString(w))]) }
