package papers

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"daybook/assets/lang"
)

//go:embed lang/*.json
var tongues embed.FS

// The languages of papers, by their codes.
const (
	English = "en"
	Welsh   = "cy"
)

// Translation holds the texts of papers in another language, by the English: those that the
// window has too, and those of papers alone. What they lack is said in English.
type Translation map[string]string

// ErrLanguage means that papers are not written in a language.
var ErrLanguage = errors.New("papers are written in English (en) and in Welsh (cy)")

// In gives the words of papers in a language by its code; none for English, which
// an empty code means too.
func In(code string) (Translation, error) {
	if code == "" || code == English {
		return nil, nil
	}
	shared, err := lang.Words.ReadFile(code + ".json")
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", code, ErrLanguage)
	}
	own, err := tongues.ReadFile("lang/" + code + ".json")
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", code, ErrLanguage)
	}
	all, of := Translation{}, Translation{}
	if err := errors.Join(json.Unmarshal(shared, &all), json.Unmarshal(own, &of)); err != nil {
		return nil, fmt.Errorf("language %q: %w", code, err)
	}
	maps.Copy(all, of)
	return all, nil
}

var numbers = regexp.MustCompile(`\d+`)

// Say gives a text in the language: as it stands, in small letters where the words
// begin with a capital, or with its numbers put into a text that has %d for each.
func (w Translation) Say(text string) string {
	if w == nil || text == "" {
		return text
	}
	if said := w[text]; said != "" {
		return said
	}
	first, n := utf8.DecodeRuneInString(text)
	if said := w[string(unicode.ToUpper(first))+text[n:]]; said != "" {
		first, n := utf8.DecodeRuneInString(said)
		return string(unicode.ToLower(first)) + said[n:]
	}
	said := w[numbers.ReplaceAllString(text, "%d")]
	for _, number := range numbers.FindAllString(text, -1) {
		said = strings.Replace(said, "%d", number, 1)
	}
	if said != "" {
		return said
	}
	return text
}

// In is the paper with its own texts in a language.
func (p Paper) In(w Translation) Paper {
	p.Title, p.For, p.About = w.Say(p.Title), w.Say(p.For), w.Say(p.About)
	p.Sections = slices.Clone(p.Sections)
	for i, s := range p.Sections {
		p.Sections[i].Title = w.Say(s.Title)
		parts := slices.Clone(s.Parts)
		for j, part := range parts {
			parts[j].Title, parts[j].Text = w.Say(part.Title), w.Say(part.Text)
		}
		p.Sections[i].Parts = parts
	}
	return p
}
