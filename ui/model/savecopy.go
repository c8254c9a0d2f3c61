package model

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"daybook/evidence"
)

// CopyPlace looks at the folder in which somebody wants a copy of an original,
// and says what to think of before; nothing where nothing is.
func (d *Desk) CopyPlace(folder string) (note string, err error) {
	in, err := os.Stat(folder)
	switch {
	case err != nil:
		return "", fmt.Errorf("the folder cannot be used: %w", err)
	case !in.IsDir():
		return "", fmt.Errorf("%s is a file; choose a folder", oneLine(folder))
	}
	if c, _, err := d.held(); err == nil { // the page of a role is of no case
		inside, err := insideOf(c.Dir(), folder)
		if err != nil {
			return "", err
		}
		if inside {
			return "", errors.New("this folder is inside the case, where everything is encrypted, and a copy can be read by anybody: choose another one")
		}
	}
	if cloud := Cloud(folder); cloud != "" {
		return "This folder is copied to other computers by " + cloud + ". Whoever can look there can see the copy.", nil
	}
	return "", nil
}

// SaveCopy writes the original of an item into a folder, byte for byte, under
// its own name, and gives where. It writes over nothing; half a copy is taken
// away again.
func (d *Desk) SaveCopy(ctx context.Context, item int64, folder string, progress evidence.Progress) (string, error) {
	c, _, err := d.held()
	if err != nil {
		return "", err
	}
	if _, err := d.CopyPlace(folder); err != nil {
		return "", err
	}
	it, err := c.Item(item)
	if err != nil {
		return "", err
	}
	f, err := newFile(folder, copyName(it))
	if err != nil {
		return "", err
	}
	err = c.Export(ctx, item, &countedWriter{f, 0, it.Size, progress})
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// mostCopies is how many copies of one name lie in one folder.
const mostCopies = 100

// newFile makes a file that was not there, with a number behind its name where
// one of the name is.
func newFile(folder, name string) (*os.File, error) {
	ending := path.Ext(name)
	stem := strings.TrimSuffix(name, ending)
	for n := 1; n <= mostCopies; n++ {
		as := name
		if n > 1 {
			as = fmt.Sprintf("%s (%d)%s", stem, n, ending)
		}
		f, err := os.OpenFile(filepath.Join(folder, as), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, fmt.Errorf("%s: this folder has many files of this name already; choose another folder", name)
}

// longestStem is how many letters of a file's own name a copy keeps.
const longestStem = 80

// copyName is an original's own name as every system can have it.
func copyName(it evidence.Item) string {
	name := it.Name
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:*?"<>|`, r) || !unicode.IsPrint(r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	ending := path.Ext(name)
	stem := strings.Trim(strings.TrimSuffix(name, ending), ". ")
	if letters := []rune(stem); len(letters) > longestStem {
		stem = string(letters[:longestStem])
	}
	if len([]rune(ending)) > 12 || strings.Trim(ending, ". ") == "" {
		ending = ""
	}
	if stem == "" || reserved(stem) {
		stem = fmt.Sprintf("item %d %s", it.Number, stem)
	}
	return strings.TrimSpace(stem) + strings.TrimRight(ending, " ")
}

// reserved tells the names that Windows keeps for its own devices.
func reserved(stem string) bool {
	first, _, _ := strings.Cut(strings.ToUpper(stem), ".")
	switch first = strings.TrimSpace(first); first {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(first) == 4 && (strings.HasPrefix(first, "COM") || strings.HasPrefix(first, "LPT")) && first[3] >= '0' && first[3] <= '9'
}

// countedWriter tells how much was written.
type countedWriter struct {
	w        io.Writer
	n, size  int64
	progress evidence.Progress
}

func (c *countedWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	if c.progress != nil {
		c.progress(c.n>>10, c.size>>10, "kilobytes written")
	}
	return n, err
}
