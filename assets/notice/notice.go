// Package notice holds the texts that a person must have had before them, each
// with its version.
package notice

import (
	_ "embed"
	"encoding/json"
)

//go:embed disclosure.json
var disclosure string

// Notice is a text with its version: a later one must be read again.
type Notice struct {
	Version int    `json:"version"`
	Title   string `json:"title"`
	Text    string `json:"text"`
}

// Disclosure says who may come to see what is kept in a case. It is shown when a
// case is made and before its first bundle, and printed on no page that is
// served.
func Disclosure() (Notice, error) {
	var n Notice
	return n, json.Unmarshal([]byte(disclosure), &n)
}
