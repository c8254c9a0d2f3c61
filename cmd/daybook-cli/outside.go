package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
)

// outside refuses a place inside the case folder for what can be read without
// the passphrase.
func outside(dir, out string) error {
	in, err := realPath(dir)
	if err != nil {
		return err
	}
	place, err := realPath(out)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(in, place)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return nil // on another disk, or beside it
	}
	return use(fmt.Errorf("%s: lies inside the case, where everything is encrypted, and this can be read by anybody; choose another place", out))
}

// realPath follows links as far as the path is there.
func realPath(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(name)
	absent := errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
	if !absent || filepath.Dir(name) == name {
		return real, err
	}
	above, err := realPath(filepath.Dir(name))
	return filepath.Join(above, filepath.Base(name)), err
}
