package ui

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	words "daybook/assets/lang"
	"daybook/assets/papers"
	"daybook/ui/model"
)

// learnWords gives Fyne the program's words. Which language is shown follows
// from the system's; what a language lacks it has in English.
func learnWords() error {
	files, err := fs.Glob(words.Words, "*.json")
	if err != nil {
		return err
	}
	english, err := wordsOf("en.json")
	if err != nil {
		return err
	}
	for _, name := range files {
		whole := maps.Clone(english)
		own, err := wordsOf(name)
		if err != nil {
			return err
		}
		maps.Copy(whole, own)
		data, err := json.Marshal(whole)
		if err == nil {
			err = lang.AddTranslations(fyne.NewStaticResource(name, data))
		}
		if err != nil {
			return fmt.Errorf("words of the window, %s: %w", name, err)
		}
	}
	return nil
}

// welsh are the words of the window, of papers and of the sentences that the program
// makes.
var welsh = sync.OnceValue(func() papers.Translation {
	w, err := papers.In(papers.Welsh)
	if err != nil {
		return nil // learnWords tells it
	}
	return w
})

// said gives a text of the model in the language shown. What somebody wrote never
// goes this way: it could be taken for a text of ours.
func said(s string) string {
	if speaksWelsh() {
		return welsh().Say(s)
	}
	return s
}

// made gives a sentence of the model that may be a name or a path alone, which stays
// as it is.
func made(s string) string {
	if speaksWelsh() {
		return welsh().Made(s)
	}
	return s
}

// told gives an error as a sentence in the language shown: what was being done, and
// what is wrong.
func told(err error) string {
	whole := model.Sentence(err)
	if s := said(whole); s != whole {
		return s
	}
	return strings.Join(allSaid(strings.Split(whole, ": ")), ": ")
}

// byWhen is who did something, as they are called, and when, in the language shown.
func byWhen(text string) string {
	for i := range text {
		if at, ok := strings.CutPrefix(text[i:], ", "); ok && said(at) != at {
			return text[:i] + ", " + said(at)
		}
	}
	return text
}

// saidEach gives a list of the model whose parts are ours.
func saidEach(list string) string {
	return together(strings.Split(list, ", "))
}

// together gives texts of the model as a list in one line.
func together(texts []string) string { return strings.Join(allSaid(texts), ", ") }

// allSaid gives each of some texts of the model.
func allSaid(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = said(s)
	}
	return out
}

// inOurs are facts whose texts are sentences of ours, names or paths.
func inOurs(facts []model.Fact) []model.Fact {
	out := slices.Clone(facts)
	for i := range out {
		if out[i].Text == model.TheOwner {
			out[i].Text = said(model.TheOwner)
			continue
		}
		out[i].Text = made(out[i].Text)
	}
	return out
}

// speaksWelsh tells that the window does: each file of words names its language.
func speaksWelsh() bool { return lang.L("_language") == papers.Welsh }

func wordsOf(name string) (m map[string]string, err error) {
	data, err := words.Words.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return nil, fmt.Errorf("words of the window, %s: %w", name, err)
	}
	return m, nil
}
