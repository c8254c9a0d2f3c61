// Package icons holds the pictures of the window in the system's lists. Each
// belongs to a name that the window can have, and tells no more than that.
package icons

import (
	"embed"
	"strings"
)

//go:embed *.svg
var files embed.FS

// Window gives the picture of a name of the window, as SVG; that of notes for a
// name of one's own.
func Window(title string) ([]byte, error) {
	data, err := files.ReadFile(strings.ToLower(title) + ".svg")
	if err != nil {
		return files.ReadFile("notes.svg")
	}
	return data, nil
}
