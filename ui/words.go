package ui

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	words "daybook/assets/lang"
	"daybook/assets/papers"
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

// english are the texts that can be translated.
var english = sync.OnceValue(func() map[string]string {
	m, err := wordsOf("en.json")
	if err != nil {
		return nil // learnWords tells it
	}
	return m
})

// said gives a sentence of the model in the language shown. Only a text of the
// list is looked up: Fyne would read any other as a template, and names that
// stand in a sentence are not ours. A sentence that holds names or numbers stays
// English.
func said(s string) string {
	if _, ok := english()[s]; ok {
		return lang.L(s)
	}
	return s
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
