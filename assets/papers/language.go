package papers

import (
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"daybook/assets/lang"
)

//go:embed lang/*.json
var tongues embed.FS

// The languages of papers, by their codes.
const (
	English = "en"
	Welsh   = "cy"
)

// Translation says the texts of papers in another language: those that the window
// has too, and those of papers alone. What it lacks is said in English.
type Translation = *lang.Translation

// ErrLanguage means that papers are not written in a language.
var ErrLanguage = errors.New("papers are written in English (en) and in Welsh (cy)")

// In gives the words of papers in a language by its code; none for English, which
// an empty code means too.
func In(code string) (Translation, error) {
	if code == "" || code == English {
		return nil, nil
	}
	texts, sentences, err := lang.Read(code)
	own, errOwn := tongues.ReadFile("lang/" + code + ".json")
	if err := cmp.Or(err, errOwn); errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, fmt.Errorf("language %q: %w", code, ErrLanguage)
	} else if err != nil {
		return nil, fmt.Errorf("language %q: %w", code, err)
	}
	of := map[string]string{}
	if err := json.Unmarshal(own, &of); err != nil {
		return nil, fmt.Errorf("language %q: %w", code, err)
	}
	maps.Copy(texts, of)
	return lang.New(texts, sentences), nil
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
