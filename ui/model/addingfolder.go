package model

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Folder is a folder of this computer, to choose from.
type Folder struct {
	Path    string
	Above   string // the folder that holds it; empty at the top
	Entries []FolderEntry
	Note    string // why it is empty, or not whole
}

// FolderEntry is a file or a folder in it.
type FolderEntry struct {
	Path   string
	Name   string
	Folder bool
	When   string // a file was changed
}

// mostEntries is how many entries of a folder are shown.
const mostEntries = 2000

// OpenFolder lists a folder: folders first, then files, the latest first, for
// what somebody wants to add was mostly saved just now. Hidden ones are left
// out.
func OpenFolder(dir string) (Folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return Folder{}, fmt.Errorf("folder: %w", err)
	}
	list, err := os.ReadDir(abs)
	if err != nil {
		return Folder{}, fmt.Errorf("%s cannot be opened: %w", filepath.Base(abs), err)
	}
	f := Folder{Path: abs}
	if above := filepath.Dir(abs); above != abs {
		f.Above = above
	}
	type entry struct {
		FolderEntry
		changed int64
	}
	var all []entry
	for _, e := range list {
		info, err := e.Info()
		if err != nil || strings.HasPrefix(e.Name(), ".") || !e.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		one := entry{FolderEntry{Path: filepath.Join(abs, e.Name()), Name: oneLine(e.Name()), Folder: e.IsDir()}, info.ModTime().Unix()}
		if !e.IsDir() {
			one.When = info.ModTime().Format("2 Jan 2006 15:04")
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b entry) int {
		switch {
		case a.Folder != b.Folder:
			if a.Folder {
				return -1
			}
			return 1
		case a.Folder:
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		}
		return int(b.changed - a.changed)
	})
	if len(all) > mostEntries {
		f.Note = fmt.Sprintf("Only the first %s of %s are shown. Add the whole folder, or drop the files on the window.", thousands(mostEntries), thousands(len(all)))
		all = all[:mostEntries]
	}
	if len(all) == 0 {
		f.Note = "There is nothing in this folder."
	}
	for _, e := range all {
		f.Entries = append(f.Entries, e.FolderEntry)
	}
	return f, nil
}

// Chosen says how many are chosen, by path and whether it is a folder.
func Chosen(list map[string]bool) string {
	folders := 0
	for _, folder := range list {
		if folder {
			folders++
		}
	}
	var parts []string
	if folders > 0 {
		parts = append(parts, count(folders, "folder"))
	}
	if n := len(list) - folders; n > 0 {
		parts = append(parts, count(n, "file"))
	}
	return strings.Join(parts, " and ") + " chosen."
}

// Holds says what lies in a folder.
func Holds(f Folder) string {
	folders := 0
	for _, e := range f.Entries {
		if e.Folder {
			folders++
		}
	}
	return "In this folder: " + count(folders, "folder") + ", " + count(len(f.Entries)-folders, "file") + "."
}

// mostWaiting is how many files are counted before they are added.
const mostWaiting = 100_000

// Waiting says how many files wait to be added, with those in folders. What
// cannot be looked into is named when it is added.
func Waiting(ctx context.Context, paths []string) string {
	files, folders := 0, 0
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil && info.IsDir() {
			folders++
		}
		// What stops the walk is the count, or the person.
		_ = filepath.WalkDir(p, func(_ string, e fs.DirEntry, err error) error {
			switch {
			case ctx.Err() != nil || files >= mostWaiting:
				return fs.SkipAll
			case err == nil && !e.IsDir():
				files++
			}
			return nil
		})
	}
	said := count(files, "file")
	if files >= mostWaiting {
		said = "More than " + said
	}
	if folders > 0 {
		said += ", with what is in " + count(folders, "folder")
	}
	return said
}

// More says how many of a list are not shown yet.
func More(n int) string { return thousands(n) }

// Places are the folders in which what people want to add mostly lies.
func Places() []FolderEntry {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	var out []FolderEntry
	for _, name := range []string{"Downloads", "Pictures", "Documents", "Desktop"} {
		p := filepath.Join(home, name)
		if st, err := os.Stat(p); err == nil && st.IsDir() {
			out = append(out, FolderEntry{Path: p, Name: name, Folder: true})
		}
	}
	return append(out, FolderEntry{Path: home, Name: "Home", Folder: true})
}

// Clip is what lay on the clipboard: a picture, or files.
type Clip struct {
	Picture Pasted
	Paths   []string
}

// ClipOf is what a clipboard held: a list of files, or a picture.
func ClipOf(mediaType string, data []byte) Clip {
	if mediaType == "text/uri-list" {
		return Clip{Paths: ClipPaths(string(data))}
	}
	return Clip{Picture: Pasted{mediaType, data}}
}

// ClipPaths gives the files that a text names, where it is a list of files as
// file managers put it on the clipboard; nil for any other text.
func ClipPaths(text string) []string {
	var paths []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line == "copy" || line == "cut" || line == "x-special/nautilus-clipboard" || strings.HasPrefix(line, "#") {
			continue
		}
		p := line
		if u, err := url.Parse(line); err == nil && u.Scheme == "file" {
			p = u.Path
			if len(p) > 2 && p[2] == ':' {
				p = p[1:] // /C:/Users on Windows
			}
			p = filepath.FromSlash(p)
		}
		if !filepath.IsAbs(p) {
			return nil
		}
		if _, err := os.Stat(p); err != nil {
			return nil
		}
		paths = append(paths, p)
	}
	return paths
}
