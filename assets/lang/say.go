package lang

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Translation says texts of ours in another language, by the English. The nil one
// says them in English, and so does any that has no words for a text.
type Translation struct {
	texts map[string]string
	dates map[string]string // names of months and days, long and short
	forms []form            // those with the most words of ours first
}

// New makes a translation of texts that stand for themselves and of sentences in
// which %d holds the place of a number, %t of a date, %c of how many there are of what,
// %s of anything else, and “[is|are]” is either. In the other language %s, %d and %t put in what stood there,
// a date in the language, and %w says it in the language too, for words of ours;
// %[2]s is the second.
func New(texts, sentences map[string]string) *Translation {
	t := &Translation{texts: map[string]string{}, dates: map[string]string{}}
	for english, said := range sentences {
		if name, ok := strings.CutPrefix(english, "_"); ok {
			t.dates[name] = said
		} else if places.MatchString(english) {
			t.forms = append(t.forms, formOf(english, said))
		} else {
			t.texts[english] = said
		}
	}
	maps.Copy(t.texts, texts)
	slices.SortFunc(t.forms, func(a, b form) int {
		return cmp.Or(cmp.Compare(b.ours, a.ours), cmp.Compare(a.english, b.english))
	})
	return t
}

// Has tells that a text stands there as it is.
func (t *Translation) Has(text string) bool { return t != nil && t.texts[text] != "" }

// Say gives a text in the language: as it stands there, as one of the sentences with
// values, as a date, or sentence by sentence. A text that begins with a small letter
// is said with one.
func (t *Translation) Say(text string) string {
	if t == nil || text == "" {
		return text
	}
	if said, ok := t.whole(text); ok {
		return said
	}
	if said, ok := t.made(text); ok {
		return said
	}
	if said, ok := t.counted(text); ok {
		return said
	}
	return t.each(text)
}

// Made gives a text in the language where it is a date or one of the sentences with
// values: what could be a name alone stays as it is.
func (t *Translation) Made(text string) string {
	if t == nil {
		return text
	}
	said, ok := t.made(text)
	if !ok {
		return text
	}
	return said
}

func (t *Translation) made(text string) (said string, ok bool) {
	for _, f := range t.forms {
		values := f.fit(text)
		if values == nil {
			continue
		}
		if said := f.put(t, text, values); said != text {
			return said, true
		}
	}
	return t.date(text)
}

// Form gives a text that was made of a form of ours in the language, with what
// stands in it as it is.
func (t *Translation) Form(english, text string) (said string, ok bool) {
	f := formOf(english, t.Say(english))
	values := f.fit(text)
	if values == nil {
		return text, false
	}
	return f.put(nil, text, values), true
}

// Formed gives a text that is one of ours or was made of one of some forms of ours, with
// what stands in it as it is; any other as Say does. Where somebody's words may stand in
// a form, Say alone could take a part of them for a text of ours.
func (t *Translation) Formed(text string, forms []string) string {
	if t == nil {
		return text
	}
	if said, ok := t.whole(text); ok {
		return said
	}
	for _, form := range forms {
		if said, ok := t.Form(form, text); ok {
			return said
		}
	}
	return t.Say(text)
}

func (t *Translation) whole(text string) (said string, ok bool) {
	if said = t.texts[text]; said != "" {
		return said, true
	}
	if said = t.texts[capital(text)]; said != "" {
		return small(said), true
	}
	if said = t.texts[small(text)]; said != "" {
		return capital(said), true
	}
	return "", false
}

var numbers = regexp.MustCompile(`\d+`)

// counted says a text that has %d for each of its numbers.
func (t *Translation) counted(text string) (said string, ok bool) {
	if said = t.texts[numbers.ReplaceAllString(text, "%d")]; said == "" {
		return "", false
	}
	for _, number := range numbers.FindAllString(text, -1) {
		said = strings.Replace(said, "%d", number, 1)
	}
	return said, true
}

var noted = regexp.MustCompile(`^(.+?) \((.+)\)$`)

// each says a text line by line, sentence by sentence and clause by clause, and what
// stands in brackets behind it.
func (t *Translation) each(text string) string {
	for _, end := range []string{"\n", ". ", "? "} {
		first, rest, more := strings.Cut(text, end)
		if !more || rest == "" {
			continue
		}
		stop := strings.TrimSpace(end)
		return t.Say(first+stop) + end[len(stop):] + t.Say(rest)
	}
	if bare, ok := strings.CutSuffix(text, "."); ok {
		return t.Say(bare) + "."
	}
	if parts := noted.FindStringSubmatch(text); parts != nil {
		return t.Say(parts[1]) + " (" + t.Say(parts[2]) + ")"
	}
	if first, rest, more := strings.Cut(text, "; "); more {
		return t.Say(first) + "; " + t.Say(rest)
	}
	if first, rest, more := strings.Cut(text, ": "); more {
		if said, ok := t.whole(rest); ok {
			return t.Say(first) + ": " + said
		}
	}
	return text
}

const (
	dayNames   = `Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tue|Wed|Thu|Fri|Sat|Sun`
	monthNames = `January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec`
	aDate      = `(?:(?:` + dayNames + `) )?(?:\d{1,2} (?:` + monthNames + `)(?: \d{2,4})?|(?:` + monthNames + `) \d{2,4})(?:,? (?:at )?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: [A-Z]{3,4}| [+-]\d\d:?\d\d)?)?`
)

var (
	wholeDate = regexp.MustCompile(`^` + aDate + `$`)
	dateWords = regexp.MustCompile(`[A-Za-z]+`)
)

// date says a date with the language's months and days.
func (t *Translation) date(text string) (said string, ok bool) {
	if t == nil || !wholeDate.MatchString(text) {
		return "", false
	}
	return dateWords.ReplaceAllStringFunc(text, func(word string) string { return cmp.Or(t.dates[word], word) }), true
}

func capital(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:]
}

func small(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + text[n:]
}
