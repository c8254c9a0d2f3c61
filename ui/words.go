package ui

import (
	"errors"
	"io/fs"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	words "daybook/assets/lang"
)

// learnWords gives Fyne the program's words. Which language is shown follows
// from the system's; English is what the program is written in.
func learnWords() error {
	files, err := fs.Glob(words.Words, "*.json")
	if err != nil {
		return err
	}
	var all error
	for _, name := range files {
		data, err := words.Words.ReadFile(name)
		if err == nil {
			err = lang.AddTranslations(fyne.NewStaticResource(name, data))
		}
		all = errors.Join(all, err)
	}
	return all
}
