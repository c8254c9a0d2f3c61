package evidence_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daybook/evidence"
)

// TestDraftsStay: a draft is there after the case was closed, as it was kept
// last, and is not to be read on the disk; a dropped one is gone.
func TestDraftsStay(t *testing.T) {
	c := newCase(t)
	const one, two = "0123456789abcdef", "00000000000000aa"
	text := "He stood at the marigold fence"
	for _, step := range []error{c.KeepDraft(one, []byte("He st")), c.KeepDraft(one, []byte(text)), c.KeepDraft(two, bytes.Repeat([]byte("x"), 4094)), c.DropDraft("ffffffffffffffff")} {
		if step != nil {
			t.Fatal(step)
		}
	}
	dir := c.Dir()
	sealed, err := os.ReadFile(filepath.Join(dir, "drafts", one))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("marigold")) || len(sealed) != 1+40+4096 {
		t.Errorf("%d bytes on disk", len(sealed))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = open(t, dir)
	t.Cleanup(func() { closeCase(t, c) })
	got, err := c.Drafts()
	if err != nil || len(got) != 2 || string(got[one]) != text || len(got[two]) != 4094 {
		t.Fatalf("%d drafts, %q, %v", len(got), got[one], err)
	}
	if err := c.DropDraft(one); err != nil {
		t.Fatal(err)
	}
	if got, err := c.Drafts(); err != nil || len(got) != 1 {
		t.Errorf("after one was dropped: %d, %v", len(got), err)
	}
	for _, name := range []string{"", "../case.json", strings.ToUpper(one)} {
		if c.KeepDraft(name, nil) == nil || c.DropDraft(name) == nil {
			t.Errorf("%q was taken as a name", name)
		}
	}
}

// TestDraftMovedOrChanged: a draft opens under its own name only, and a damaged
// one hides no other.
func TestDraftMovedOrChanged(t *testing.T) {
	c := newCase(t)
	defer closeCase(t, c)
	const one, two, three = "0123456789abcdef", "00000000000000aa", "00000000000000bb"
	if err := errors.Join(c.KeepDraft(one, []byte("first")), c.KeepDraft(two, []byte("second"))); err != nil {
		t.Fatal(err)
	}
	drafts := filepath.Join(c.Dir(), "drafts")
	if err := os.Rename(filepath.Join(drafts, two), filepath.Join(drafts, three)); err != nil {
		t.Fatal(err)
	}
	got, err := c.Drafts()
	if !errors.Is(err, evidence.ErrDamaged) || !strings.Contains(err.Error(), three) || len(got) != 1 || string(got[one]) != "first" {
		t.Errorf("%v, %v", got, err)
	}
}
