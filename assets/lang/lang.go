// Package lang holds the words of the window in every language that it knows.
// In en.json each English text stands for itself; the other files translate
// what they can, and what they lack is shown in English. Each says in its entry
// "_about" who has read it.
package lang

import "embed"

// Words are the files, one a language.
//
//go:embed *.json
var Words embed.FS
