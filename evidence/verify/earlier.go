package verify

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Earlier tells whether the journal of an earlier bundle is the beginning of
// the journal in this one.
type Earlier struct {
	Part    bool   `json:"part"`
	Entries uint64 `json:"entries"` // of the earlier journal
	Head    string `json:"head"`    // … and its head
	Why     string `json:"why,omitempty"`

	root [32]byte
}

// checkpointOf gives the checkpoint of an earlier bundle, a folder or the zip of
// one, or a file that holds such a checkpoint by itself.
func checkpointOf(name string) (b []byte, err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return os.ReadFile(name + "/" + checkFile)
	}
	z, err := zip.OpenReader(name)
	if errors.Is(err, zip.ErrFormat) && info.Size() <= 64<<10 {
		return os.ReadFile(name)
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, z.Close()) }()
	top, err := zipTop(&z.Reader)
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(top, checkFile)
}

// meetEarlier begins the comparison: the earlier head must be signed by the same
// key, in the name of the same journal.
func (c *check) meetEarlier() {
	if c.opt.Earlier == nil {
		return
	}
	e := &Earlier{Why: "its head is not signed by the key of this bundle"}
	c.v.Earlier = e
	if c.key == nil {
		return
	}
	n, err := parseNote(c.opt.Earlier, c.key)
	if err != nil {
		e.Why = "its head " + err.Error()
		return
	}
	e.Entries, e.Head, e.root = n.size, n.head, n.root
	e.Why = "it has more entries than this one: look whether the two were given in the right order"
}

// passEarlier compares, when this journal has as many entries as the earlier one
// had, where it ends so far: head and root fix every entry before.
func (c *check) passEarlier(size uint64, head string, t *tree) {
	e := c.v.Earlier
	if e == nil || e.Head == "" || size != e.Entries {
		return
	}
	e.Part, e.Why = head == e.Head && t.root() == e.root, ""
	if !e.Part {
		e.Why = "this journal had other entries up to there: it was written anew since, or is of another case"
	}
}

// compared says in words what came of comparing with the earlier bundle.
func (e *Earlier) compared() string {
	if e.Part {
		return fmt.Sprintf("yes: the earlier journal, %s, is the beginning of this one, unchanged.", count(int(e.Entries), "entry", "entries"))
	}
	return "no: the earlier journal is not the beginning of this one: " + e.Why + "."
}
