// Package fonts holds the typefaces that documents are set in, so that a page
// looks the same on every machine and no letter depends on what is installed.
// It knows no layout: report/pdf chooses between them.
//
// Noto and Nanum are under the SIL Open Font License (LICENSE-Noto.txt,
// LICENSE-Nanum.txt), Droid Sans Fallback under the Apache License
// (LICENSE-Droid.txt).
package fonts

import (
	"embed"
	"fmt"
	"io"
)

//go:embed *.ttf LICENSE-*.txt
var files embed.FS

// A File is an open font. Reading does not copy the font into memory.
type File interface {
	io.Reader
	io.ReaderAt
	io.Seeker
}

// Open opens a font by its name without ".ttf": "NotoSans-Regular".
func Open(name string) (File, error) {
	opened, err := files.Open(name + ".ttf")
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	file, ok := opened.(File)
	if !ok {
		return nil, fmt.Errorf("font %s: cannot be read at any place", name)
	}
	return file, nil
}

// Names lists the fonts, in alphabetical order.
func Names() ([]string, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("fonts: %w", err)
	}
	var names []string
	for _, e := range entries {
		if name := e.Name(); len(name) > 4 && name[len(name)-4:] == ".ttf" {
			names = append(names, name[:len(name)-4])
		}
	}
	return names, nil
}

// Licence returns the licence text of a family: "Noto", "Nanum" or "Droid".
func Licence(family string) (string, error) {
	text, err := files.ReadFile("LICENSE-" + family + ".txt")
	if err != nil {
		return "", fmt.Errorf("licence of %s: %w", family, err)
	}
	return string(text), nil
}
