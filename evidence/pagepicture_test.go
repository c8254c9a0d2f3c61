package evidence_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// pictureFiles are the files of pictures that were made for pages.
func pictureFiles(t *testing.T, c *evidence.Case) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(c.Dir(), "store", "pictures", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// keptPictures gives them by the first letter, in order.
func keptPictures(c *evidence.Case, h evidence.Hash) string {
	var s []byte
	for p := range c.PagePictures(h) {
		s = append(s, p[0])
	}
	slices.Sort(s)
	return string(s)
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeFile(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func addBytes(t *testing.T, c *evidence.Case, data []byte) evidence.Item {
	t.Helper()
	it, err := c.Add(t.Context(), bytes.NewReader(data), evidence.Provenance{Name: "IMG.jpg", Size: -1})
	if err != nil {
		t.Fatal(err)
	}
	return it
}

// What was made of an original is given back after an opening, sealed; two are kept,
// the newest of them, within twice the size of the original; one that was changed or
// that is of another original is not given.
func TestPagePictures(t *testing.T) {
	c := newCase(t)
	one, other := addBytes(t, c, content(1, 1000)), addBytes(t, c, content(2, 1000))
	made := func(letter string, size int) []byte { return bytes.Repeat([]byte(letter), size) }
	keep := func(it evidence.Item, letter string, size int) {
		t.Helper()
		if err := c.KeepPagePicture(it.Hash, made(letter, size)); err != nil {
			t.Fatal(err)
		}
	}
	is := func(when, want string) {
		t.Helper()
		if got := keptPictures(c, one.Hash); got != want {
			t.Errorf("%s: %q are kept, want %q", when, got, want)
		}
	}
	is("at first", "")
	keep(one, "a", 900)
	closeCase(t, c)
	c = open(t, c.Dir())
	is("after an opening", "a")
	for p := range c.PagePictures(one.Hash) {
		if !bytes.Equal(p, made("a", 900)) {
			t.Errorf("it came back as %d bytes", len(p))
		}
	}
	keep(one, "b", 900)
	is("of two sizes", "ab")
	keep(one, "c", 900)
	is("of three sizes", "bc")
	keep(one, "d", 1500)
	is("of a large one", "d")
	keep(one, "e", 2001)
	is("of one too large", "d")

	keep(other, "f", 900)
	files := pictureFiles(t, c)
	if len(files) != 2 {
		t.Fatalf("files: %v", files)
	}
	held := [2][]byte{readFile(t, files[0]), readFile(t, files[1])}
	for i, b := range held {
		if bytes.Contains(b, []byte("dddd")) || bytes.Contains(b, []byte("ffff")) {
			t.Errorf("%s can be read", files[i])
		}
		writeFile(t, files[i], held[1-i])
	}
	if got := keptPictures(c, one.Hash) + keptPictures(c, other.Hash); got != "" {
		t.Errorf("%q are given, each in the place of the other", got)
	}
	for i, b := range held {
		b[len(b)/2] ^= 1
		writeFile(t, files[i], b)
	}
	if got := keptPictures(c, one.Hash) + keptPictures(c, other.Hash); got != "" {
		t.Errorf("%q are given although they were changed", got)
	}
	keep(one, "g", 900)
	is("in the place of a damaged one", "g")
	if _, err := c.Check(t.Context(), evidence.CheckOptions{Rebuild: true}, nil); err != nil {
		t.Fatal(err)
	}
	is("after everything was made again", "")
	closeCase(t, c)
}

// A picture goes with its original: not even one that was put aside can be opened any
// more, for the key of the original is a part of its own.
func TestPagePicturesGoWithTheOriginal(t *testing.T) {
	c := newCase(t)
	it := addBytes(t, c, content(3, 1000))
	path, err := c.OriginalPath(it.Number)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.KeepPagePicture(it.Hash, []byte("picture")); err != nil {
		t.Fatal(err)
	}
	files := pictureFiles(t, c)
	if len(files) != 1 || keptPictures(c, it.Hash) != "p" {
		t.Fatalf("files: %v", files)
	}
	aside, sealed := readFile(t, files[0]), readFile(t, path)
	if err := c.Delete(t.Context(), it.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	if left := pictureFiles(t, c); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if err := c.KeepPagePicture(it.Hash, []byte("late")); err != nil || len(pictureFiles(t, c)) > 0 {
		t.Errorf("one was kept of what is deleted: %v", err)
	}
	// all that a disk may give back: the picture, and the original without its header
	for name, b := range map[string][]byte{files[0]: aside, path: append(make([]byte, 512), sealed[min(512, len(sealed)):]...)} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		writeFile(t, name, b)
	}
	if got := keptPictures(c, it.Hash); got != "" {
		t.Errorf("%q is given of an original that was deleted", got)
	}
	closeCase(t, c)
}

// On a disk that is nearly full none is kept, and the case goes on.
func TestPagePicturesLeaveRoom(t *testing.T) {
	fault := disk.NewFault()
	fault.SetCapacity(900 << 20)
	c, err := evidence.Create(filepath.Join(t.TempDir(), "x.daybook"), evidence.CreateOptions{
		Title: "R v Smith", Actor: "Jo", Passphrase: passphrase, KDF: keys.LeastCost(), Weak: true, FS: fault,
	})
	if err != nil {
		t.Fatal(err)
	}
	it := addBytes(t, c, content(4, 1000))
	if err := c.KeepPagePicture(it.Hash, []byte("picture")); !errors.Is(err, evidence.ErrFull) || keptPictures(c, it.Hash) != "" {
		t.Errorf("kept %q, %v", keptPictures(c, it.Hash), err)
	}
	addBytes(t, c, content(5, 1000))
	fault.SetCapacity(4 << 30)
	if err := c.KeepPagePicture(it.Hash, []byte("picture")); err != nil || keptPictures(c, it.Hash) != "p" {
		t.Errorf("with room kept %q, %v", keptPictures(c, it.Hash), err)
	}
	closeCase(t, c)
}
