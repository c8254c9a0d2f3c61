package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"daybook/evidence"
)

// What stands in the way of writing is one sentence with what to do; what is not
// about the place that was named stays as it is.
func TestBlocked(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "served"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	at := func(path string, err error) error {
		return fmt.Errorf("document: %w", &fs.PathError{Op: "open", Path: path, Err: err})
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, "<nil>"},
		{at(dir+"/served", fs.ErrPermission), dir + "/served: you may not write here; choose a folder of your own, or a stick"},
		{at(dir, fs.ErrPermission), dir + ": you may not write here; choose a folder of your own, or a stick"},
		{at(dir+"/.served.daybook-unfinished/data", fs.ErrPermission), dir + ": you may not write here; choose a folder of your own, or a stick"},
		{at(dir+"/served/more/deep", syscall.ENOTDIR), dir + "/served: a file of this name is in the way; choose another name or place"},
		{&os.LinkError{Op: "rename", Old: dir + "/.served.daybook-unfinished", New: dir + "/served", Err: fs.ErrExist}, dir + "/served: a file of this name is there already; choose another name"},
		{at(dir+"/served/data/bundle.pdf", syscall.ENOSPC), dir + "/served: the disk is full, and what was begun there is not to be used; free some space, or choose another disk"},
		{fmt.Errorf("backup: %w", evidence.ErrFull), dir + "/served: the disk is full, and what was begun there is not to be used; free some space, or choose another disk"},
		{at("/y/case.daybook/case.json", errors.New("permission denied")), "document: open /y/case.daybook/case.json: permission denied"},
		{errors.New("something else"), "something else"},
	} {
		got := blocked(filepath.Join(dir, "served"), c.err)
		if text := fmt.Sprint(got); text != c.want {
			t.Errorf("%v: %q, want %q", c.err, text, c.want)
		}
	}
}
