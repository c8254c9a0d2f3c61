package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"daybook/evidence"
	"daybook/evidence/disk"
)

// blocked says in one sentence why nothing could be written to out, and what to
// do; an error that is not about that place stays as it is.
func blocked(out string, err error) error {
	place, ok := placeOf(err)
	if ok && !concerns(out, place) {
		return err
	}
	for ok && !there(place) && filepath.Dir(place) != place {
		place = filepath.Dir(place) // what is there is what is in the way
	}
	switch {
	case err == nil:
		return nil
	case disk.IsFull(err) || errors.Is(err, evidence.ErrFull):
		return fmt.Errorf("%s: the disk is full, and what was begun there is not to be used; free some space, or choose another disk", out)
	case !ok:
		return err
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: you may not write here; choose a folder of your own, or a stick", place)
	case disk.IsReadOnly(err):
		return fmt.Errorf("%s: this disk can only be read; choose another one", place)
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: a file of this name is there already; choose another name", place)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s: a file of this name is in the way; choose another name or place", place)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file or folder; look at how it is written", out)
	}
	return err
}

func there(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// placeOf is the file or folder of which an error speaks.
func placeOf(err error) (place string, ok bool) {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Path, true
	case errors.As(err, &l):
		return l.New, true
	}
	return "", false
}

// concerns tells that a path is what is written: out, something in it or in the
// folder beside it in which it is made, or what it lies in.
func concerns(out, place string) bool {
	in := func(folder, name string) bool {
		rel, err := filepath.Rel(folder, name)
		return err == nil && filepath.IsLocal(rel)
	}
	if absolute, err := filepath.Abs(out); err == nil && filepath.IsAbs(place) {
		out = absolute
	}
	making := filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".daybook-unfinished")
	return in(out, place) || in(place, out) || in(making, place)
}
