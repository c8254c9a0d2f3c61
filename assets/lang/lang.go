// Package lang holds the words of the window in every language that it knows.
// In en.json each English text stands for itself; the other files translate
// what they can, and what they lack is shown in English. Each says in its entry
// "_about" who has read it. The folder sentences has those that are made with
// numbers, times and names in them.
package lang

import (
	"embed"
	"encoding/json"
	"errors"
)

// Words are the files, one a language.
//
//go:embed *.json
var Words embed.FS

//go:embed sentences/*.json
var made embed.FS

// Read gives the texts of a language that stand for themselves, and its sentences
// with values in them, each by the English.
func Read(code string) (texts, sentences map[string]string, err error) {
	whole, err := Words.ReadFile(code + ".json")
	if err != nil {
		return nil, nil, err
	}
	parts, err := made.ReadFile("sentences/" + code + ".json")
	if err != nil {
		return nil, nil, err
	}
	return texts, sentences, errors.Join(json.Unmarshal(whole, &texts), json.Unmarshal(parts, &sentences))
}
