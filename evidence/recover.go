package evidence

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
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

// sentences say the same to a person.
func (d recoverDetail) sentences() []string {
	all := slices.Clone(d.Journal)
	if d.Keys != "" {
		all = append(all, "A copy of the key file could not be used and was made again: "+d.Keys+".")
	}
	if n := len(d.Unfinished); n > 0 {
		all = append(all, fmt.Sprintf("The last use ended while something was being added; %d unfinished files were removed. Nothing that was said to be saved is concerned.", n))
	}
	if n := len(d.Orphans); n > 0 {
		all = append(all, fmt.Sprintf("%d files that belong to no item were moved to lost+found.", n))
	}
	return all
}

// otherJournal says that the journal is not the one the records have followed.
// This is all that shows when an older copy of the folder journal was put back.
func (c *Case) otherJournal() string {
	return fmt.Sprintf("The working store had followed the journal to entry %d, and the journal does not have that entry: "+
		"an older copy of the journal was put back, or entries were removed. Compare the case with a backup or a printed head.", c.forgotten-1)
}

// storeMadeAgain is said and not journaled: the store holds nothing of its own.
const storeMadeAgain = "The working store was damaged or not there, or is of another state; it was made again from the originals and the journal."

// recover tidies up after a use that did not end in order, and journals what
// it did. A case that can only be read is left as it is.
func (c *Case) recover(r journal.Recovery) error {
	if ok, _ := c.writable(); !ok {
		return nil
	}
	if e := c.records.engine; e.fresh && c.log.Head().Count > 0 {
		c.recovered = append(c.recovered, storeMadeAgain)
	}
	d := recoverDetail{Keys: c.ring.Damage(), Journal: journalSentences(r)}
	if c.forgotten > 0 {
		d.Journal = append(d.Journal, c.otherJournal())
	}
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
	c.recovered = append(d.sentences(), c.recovered...)
	_, err := c.record(context.Background(), Draft{ActionRecover, nil, d})
	return err
}

// sweep looks for files that are no original's. Those of a deleted one that
// could not be destroyed at the time are destroyed now.
func (c *Case) sweep(d *recoverDetail) error {
	known, gone, err := c.knownFiles(context.Background())
	if err != nil {
		return err
	}
	return c.originals.strays(known, func(path string) error {
		name := filepath.Base(path)
		if strings.HasSuffix(name, tempSuffix) {
			d.Unfinished = append(d.Unfinished, name)
			return c.fs.Remove(path)
		}
		if gone[name] {
			return c.erase(name)
		}
		_, err := c.setAside(path)
		d.Orphans = append(d.Orphans, name)
		return err
	})
}

// A sealedFile is a file that entries of the journal name.
type sealedFile struct {
	placed
	hash     Hash
	replaced bool // adding the same content later made a new file
}

// sealedFiles gives every sealed file that the journal names, in the order of
// the entries. The journal is asked and not the records: a record that Badger
// lost must not make a stray of an original. An entry that cannot be read is an
// error, for its file would look like one that nobody names.
func (c *Case) sealedFiles(ctx context.Context) ([]sealedFile, error) {
	all, lost, err := c.readableFiles(ctx)
	if err == nil && lost != nil {
		err = fmt.Errorf("journal: %w", lost)
	}
	return all, err
}

// readableFiles is sealedFiles of the entries that can be read; lost says which
// was the first that cannot.
func (c *Case) readableFiles(ctx context.Context) (all []sealedFile, lost, err error) {
	at := map[string]int{} // by file
	last := map[Hash]int{} // the file that the hash has now
	if n := c.log.Head().Count; n < c.log.Acknowledged().Count {
		lost = fmt.Errorf("entry %d: %w", n, journal.ErrMissing)
	}
	for e, err := range c.log.All(ctx) {
		if errors.Is(err, journal.ErrMissing) {
			lost = cmp.Or(lost, err)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		switch Action(e.Action) {
		case ActionAdd:
			it, d, err := itemOf(e)
			if err != nil {
				return nil, nil, err
			}
			i, ok := at[d.File]
			if !ok {
				i = len(all)
				at[d.File] = i
				all = append(all, sealedFile{placed: placed{File: d.File, Size: d.Size, Sealed: d.Sealed}, hash: d.Hash})
			}
			all[i].Items = append(all[i].Items, it.Number)
			if before, ok := last[d.Hash]; ok && before != i {
				all[before].replaced = true
			}
			last[d.Hash] = i
		case ActionDelete:
			var d deleteDetail
			if err := json.Unmarshal(e.Detail, &d); err != nil {
				return nil, nil, fmt.Errorf("entry %d: %w", e.Seq, err)
			}
			if i, ok := last[d.Hash]; ok && d.Erased {
				all[i].Gone = true
			}
		}
	}
	return all, lost, nil
}

// knownFiles splits the sealed files by whether they are to be there.
func (c *Case) knownFiles(ctx context.Context) (known, gone map[string]bool, err error) {
	all, err := c.sealedFiles(ctx)
	if err != nil {
		return nil, nil, err
	}
	known, gone = map[string]bool{}, map[string]bool{}
	for _, s := range all {
		if s.Gone {
			gone[s.File] = true
		} else {
			known[s.File] = true
		}
	}
	return known, gone, nil
}

// journalSentences are the findings of the journal, in words.
func journalSentences(r journal.Recovery) []string {
	var all []string
	for _, f := range r.Findings {
		s := f.String()
		if f.Healed && f.Kind == journal.Damaged {
			s += "; it was made again from what is whole"
		}
		all = append(all, s)
	}
	return all
}
