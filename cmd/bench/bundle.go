package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// What is asked of a long bundle.
const (
	pagesWanted = 2000
	peakAllowed = 500 // MB
)

// bundle writes a bundle out of three months and a half of the long chat, beside
// the floor of reading it once, and counts its pages with a program of others.
func (b *bench) bundle() error {
	out := b.path("bundle")
	ours, err := b.time("bundle: daybook-cli bundle", "three months and a half of the long chat", nil, b.cli, "bundle", b.path("chat.daybook"), "--out", out, "--from", "2016-03-01", "--to", "2016-06-15")
	if err != nil {
		return err
	}
	floor, err := b.time("bundle: sha256 of its files", "floor", nil, "sh", "-c", "cd "+out+" && sha256sum --quiet -c manifest-sha256.txt")
	if err != nil {
		return err
	}
	if _, err := b.time("bundle: daybook-verify", "", nil, filepath.Join(filepath.Dir(b.cli), "daybook-verify"), out); err != nil {
		return err
	}
	pages, err := pageCount(filepath.Join(out, "data", "bundle.pdf"))
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "  %d pages (wanted: %d or more), at most %.0f MB held (allowed: %d)\n", pages, pagesWanted, ours.peakMB, peakAllowed)
	b.rate("pages", pages, ours)
	b.ratio("to the floor", ours.wall, floor.wall)
	return nil
}

// pageCount asks qpdf how many pages a document has.
func pageCount(file string) (int, error) {
	out, err := exec.Command("qpdf", "--show-npages", file).Output()
	if err != nil {
		return 0, fmt.Errorf("%s: its pages: %w", file, err)
	}
	return strconv.Atoi(strings.TrimSpace(string(out)))
}
