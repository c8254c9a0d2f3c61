// Package shelftest keeps what tests begin with: each thing is built once, and each
// test works in a copy of its own. It does not know what the things are.
package shelftest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Shelf holds what was built, until the tests of a package are through.
type Shelf struct{ dir string }

// Run runs the tests of a package and clears the shelf.
func (s *Shelf) Run(m *testing.M) (code int) {
	dir, err := os.MkdirTemp("", "cases")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}()
	s.dir = dir
	return m.Run()
}

// Copy is a folder with a copy of what build puts in one, which it does if no test
// has had it yet.
func (s *Shelf) Copy(t testing.TB, name string, build func(dir string) error) string {
	t.Helper()
	whole := filepath.Join(s.dir, name)
	if _, err := os.Stat(whole); err != nil {
		made := t.TempDir()
		if err := build(made); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(whole, os.DirFS(made)); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
		t.Fatal(err)
	}
	return dir
}
