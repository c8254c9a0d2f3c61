package model

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestFolderToChooseFrom: folders by name, then files, the latest first; what
// is hidden or no file is left out.
func TestFolderToChooseFrom(t *testing.T) {
	dir := t.TempDir()
	old := file(t, dir, "old.txt", "12345")
	file(t, dir, "b/in.txt", "x")
	file(t, dir, "A/in.txt", "x")
	file(t, dir, ".hidden", "x")
	file(t, dir, "evil\u202egpj.exe", "x")
	if err := errors.Join(os.Chtimes(old, time.Time{}, time.Date(2024, 3, 1, 12, 0, 0, 0, time.Local)), os.Symlink(old, filepath.Join(dir, "link.txt"))); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range f.Entries {
		names = append(names, e.Name)
	}
	if !slices.Equal(names, []string{"A", "b", "evil[U+202E]gpj.exe", "old.txt"}) || f.Above != filepath.Dir(dir) || f.Note != "" {
		t.Errorf("%q, above %s, %q", names, f.Above, f.Note)
	}
	if e := f.Entries[3]; e.When != "1 Mar 2024 12:00" || e.Path != old || e.Folder {
		t.Errorf("%+v", e)
	}
	if !f.Entries[0].Folder {
		t.Error("a folder is not told")
	}
	empty, err := OpenFolder(t.TempDir())
	if err != nil || empty.Note != "There is nothing in this folder." {
		t.Errorf("%q, %v", empty.Note, err)
	}
	if _, err := OpenFolder(filepath.Join(dir, "gone")); err == nil {
		t.Error("a folder that is not there was opened")
	}
	if top, err := OpenFolder("/"); err != nil || top.Above != "" && top.Above != filepath.Dir(top.Path) {
		t.Errorf("above the top: %q, %v", top.Above, err)
	}
}

// TestFilesOnTheClipboard: what file managers put there is a list of files, and
// any other text is none.
func TestFilesOnTheClipboard(t *testing.T) {
	dir := t.TempDir()
	one, two := file(t, dir, "ä 1%.jpg", "x"), file(t, dir, "two.zip", "x")
	uri := (&url.URL{Scheme: "file", Path: one}).String()
	for text, want := range map[string][]string{
		uri:                     {one},
		uri + "\r\n" + two:      {one, two},
		"copy\n" + uri:          {one},
		"# a comment\r\n" + uri: {one},
		"":                      nil,
		"some words":            nil,
		uri + "\nand words":     nil,
		"https://example.com":   nil,
		filepath.Join(dir, "x"): nil,
	} {
		if got := ClipPaths(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
	if c := ClipOf("text/uri-list", []byte(uri)); !slices.Equal(c.Paths, []string{one}) || c.Picture.Data != nil {
		t.Errorf("%+v", c)
	}
	if c := ClipOf("image/png", []byte("png")); c.Paths != nil || string(c.Picture.Data) != "png" || c.Picture.Type != "image/png" {
		t.Errorf("%+v", c)
	}
}

func TestManyFilesAreSaidToBeMore(t *testing.T) {
	dir := t.TempDir()
	for i := range mostEntries + 1 {
		file(t, dir, fmt.Sprint(i), "")
	}
	f, err := OpenFolder(dir)
	if err != nil || len(f.Entries) != mostEntries || f.Note != "Only the first 2,000 of 2,001 are shown. Add the whole folder, or drop the files on the window." {
		t.Errorf("%d, %q, %v", len(f.Entries), f.Note, err)
	}
}
