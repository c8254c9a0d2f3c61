package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

const (
	demoNote   = "ABOUT THIS FOLDER.txt"
	demoCase   = "sample.daybook"
	demoExport = "exports"
	demoBundle = "bundle"
)

const demoText = `This folder holds Daybook's sample case. Everybody in it is invented.

The next demo makes these three anew. What anything was added to is kept under
another name, and so is anything else in this folder:

exports/         what six months look like as phones export them
sample.daybook/  the case, encrypted; its passphrase is: %s
bundle/          what would be handed over; VERIFY.txt in it says how to check it
`

// noteDemo says in the folder what it is; when demo is done, also in what state
// it left each part, for the next one to tell whether anything was added.
func noteDemo(dir string, done bool) error {
	note := fmt.Sprintf(demoText, demoPassphrase)
	if done {
		note += "\nAs demo left them:\n"
		for _, name := range []string{demoExport, demoCase, demoBundle} {
			state, err := demoState(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			note += stateLine(name, state)
		}
	}
	return os.WriteFile(filepath.Join(dir, demoNote), []byte(note), 0o600)
}

func stateLine(name, state string) string { return fmt.Sprintf("%-15s %s\n", name, state) }

// demoState is a sum over a folder: the names and the bytes of all its files. Of
// a case these are the files that change when somebody says or writes anything.
func demoState(dir string) (string, error) {
	sum := sha256.New()
	isCase := filepath.Base(dir) == demoCase
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		within, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		top, _, _ := strings.Cut(within, string(filepath.Separator))
		if isCase && !slices.Contains([]string{".", "case.json", "chain.txt", "drafts", "inbox"}, top) {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		fmt.Fprintf(sum, "%q %v\n", within, e.Type())
		if !e.Type().IsRegular() {
			return nil
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		_, err = io.Copy(sum, f)
		return errors.Join(err, f.Close())
	})
	return fmt.Sprintf("%x", sum.Sum(nil)), err
}

// clearDemo takes an earlier demo away, and nothing else: a part to which
// anything was added is kept under the name that it gives.
func clearDemo(dir string) (kept []string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	note, err := os.ReadFile(filepath.Join(dir, demoNote))
	if err != nil {
		return nil, fmt.Errorf("%s: is there already and is no sample case; name another folder", dir)
	}
	if err := demoClosed(filepath.Join(dir, demoCase)); err != nil {
		return nil, err
	}
	for _, name := range []string{demoExport, demoCase, demoBundle} {
		part := filepath.Join(dir, name)
		if _, err := os.Lstat(part); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		state, err := demoState(part)
		if err != nil {
			return kept, err
		}
		if bytes.Contains(note, []byte(stateLine(name, state))) {
			err = disk.OS.RemoveAll(part)
		} else if part, err = putAside(part); err == nil {
			kept = append(kept, part)
		}
		if err != nil {
			return kept, err
		}
	}
	return kept, os.Remove(filepath.Join(dir, demoNote))
}

// demoClosed refuses to touch a sample case that is open elsewhere.
func demoClosed(dir string) error {
	c, err := evidence.Open(dir, keys.Passphrase(demoPassphrase), evidence.OpenOptions{})
	if errors.Is(err, evidence.ErrInUse) {
		return fmt.Errorf("%s: %w, or name another folder", dir, err)
	}
	if err != nil {
		return nil // not one that demo left: it is kept
	}
	return c.Close()
}

// putAside gives a folder a name that is free.
func putAside(part string) (string, error) {
	ext := filepath.Ext(part)
	for n := 1; ; n++ {
		to := fmt.Sprintf("%s-kept-%d%s", strings.TrimSuffix(part, ext), n, ext)
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			return to, os.Rename(part, to)
		} else if err != nil {
			return "", err
		}
	}
}
