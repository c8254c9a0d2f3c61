package evidence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"daybook/evidence/journal"
)

// recoverDetail is the detail of a "recover" entry: what the last use left
// behind when it did not end in order, and what was done with it.
type recoverDetail struct {
	Unfinished []string `json:"unfinished,omitempty"` // files of adds that were never acknowledged: removed
	Orphans    []string `json:"orphans,omitempty"`    // whole files that no entry names: moved to lost+found
	Keys       string   `json:"keys,omitempty"`       // a copy of the key file that was made again
	Journal    []string `json:"journal,omitempty"`    // what the journal did
}

func (d recoverDetail) empty() bool {
	return len(d.Unfinished)+len(d.Orphans)+len(d.Journal) == 0 && d.Keys == ""
}

// recover tidies up after a use that did not end in order, and journals what
// it did. A case that can only be read is left as it is.
func (c *Case) recover(r journal.Recovery) error {
	if ok, _ := c.writable(); !ok {
		return nil
	}
	d := recoverDetail{Keys: c.ring.Damage(), Journal: journalSentences(r)}
	if d.Keys != "" {
		if err := c.ring.Heal(); err != nil {
			return err
		}
	}
	if c.records.engine.torn || len(d.Journal) > 0 {
		if err := c.sweep(&d); err != nil {
			return err
		}
	}
	if d.empty() {
		return nil
	}
	_, err := c.record(context.Background(), Draft{ActionRecover, nil, d})
	return err
}

// sweep looks for files that belong to no original.
func (c *Case) sweep(d *recoverDetail) error {
	return c.strays(func(path string) error {
		name := filepath.Base(path)
		if strings.HasSuffix(name, tempSuffix) {
			d.Unfinished = append(d.Unfinished, name)
			return c.fs.Remove(path)
		}
		_, err := c.setAside(path)
		d.Orphans = append(d.Orphans, name)
		return err
	})
}

// strays gives every file under originals that is not the file of an original.
func (c *Case) strays(each func(path string) error) error {
	known, err := c.files()
	if err != nil {
		return fmt.Errorf("originals: %w", err)
	}
	root := filepath.Join(c.dir, "originals")
	folders, err := c.fs.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if !folder.IsDir() {
			if err := each(filepath.Join(root, folder.Name())); err != nil {
				return err
			}
			continue
		}
		files, err := c.fs.ReadDir(filepath.Join(root, folder.Name()))
		if err != nil {
			return err
		}
		for _, f := range files {
			if known[f.Name()] && f.Name()[:2] == folder.Name() {
				continue
			}
			if err := each(filepath.Join(root, folder.Name(), f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// files gives the names of all sealed files that entries of the journal name
// and none has erased. The journal is asked and not the records: a record that
// Badger lost must not make a stray of an original.
func (c *Case) files() (map[string]bool, error) {
	known := map[string]bool{}
	last := map[Hash]string{}
	for e, err := range c.log.All(context.Background()) {
		if err != nil {
			return nil, err
		}
		switch Action(e.Action) {
		case ActionAdd:
			_, d, err := itemOf(e)
			if err != nil {
				return nil, err
			}
			known[d.File] = true
			last[d.Hash] = d.File
		case ActionDelete:
			var d deleteDetail
			if err := json.Unmarshal(e.Detail, &d); err != nil {
				return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
			}
			if d.Erased {
				delete(known, last[d.Hash])
			}
		}
	}
	return known, nil
}

// journalSentences are the findings of the journal, in words.
func journalSentences(r journal.Recovery) []string {
	var all []string
	for _, f := range r.Findings {
		all = append(all, f.String())
	}
	return all
}
