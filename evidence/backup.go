package evidence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// backupDetail is the detail of a "backup" entry. Where the backup lies is not
// said: others may come to read the journal.
type backupDetail struct {
	Originals int64 `json:"originals"`
	Bytes     int64 `json:"bytes"`
}

// Backup copies the truth of the case to the folder dir: the key files, the
// journal, and every original as it is sealed, each verified in its new place.
// A folder that holds an earlier backup of this case, or one that was cut
// short, is brought up to date; what was deleted here is destroyed there.
// Opening the copy is restoring it: everything else is made from the truth.
func (c *Case) Backup(ctx context.Context, dir string, progress Progress) error {
	b := backup{c: c, dir: dir, to: newOriginals(c.fs, dir, c.ring), pace: pace{progress: progress}}
	err := b.may()
	if err == nil {
		err = b.run(ctx)
	}
	if err != nil {
		return fmt.Errorf("backup: %s: %w", dir, c.full(err))
	}
	return nil
}

type backup struct {
	c    *Case
	dir  string
	to   *originals
	pace pace
}

// may refuses a folder inside the case and one that holds something else.
func (b *backup) may() error {
	rel, err := filepath.Rel(b.c.dir, b.dir)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return errors.New("the folder lies inside the case; choose one elsewhere, best on another disk")
	}
	data, err := disk.ReadFile(b.c.fs, filepath.Join(b.dir, keys.FileName), 1<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return mustBeEmpty(b.c.fs, b.dir)
	}
	if err != nil {
		return err
	}
	var head struct {
		Case string `json:"case"`
	}
	if json.Unmarshal(data, &head) != nil || head.Case != b.c.ID() {
		return fmt.Errorf("another case is in it: %w", ErrExists)
	}
	return nil
}

// run copies the key files first, so that a backup that is cut short is known
// as one of this case; then the originals; and the journal last, so that what
// it names is there.
func (b *backup) run(ctx context.Context) error {
	if err := b.c.fs.MkdirAll(filepath.Join(b.dir, "originals")); err != nil {
		return err
	}
	for _, name := range []string{keys.FileName, keys.BackupName} {
		if err := b.copyFile(ctx, name); err != nil {
			return err
		}
	}
	done, err := b.copyOriginals(ctx)
	if err != nil {
		return err
	}
	if ok, _ := b.c.writable(); ok {
		if _, err := b.c.record(ctx, Draft{ActionBackup, nil, done}); err != nil {
			return err
		}
	}
	b.c.mu.Lock() // nothing is added while the last ones and the journal are copied
	defer b.c.mu.Unlock()
	if _, err := b.copyOriginals(ctx); err != nil {
		return err
	}
	return b.copyJournal(ctx)
}

func (b *backup) copyOriginals(ctx context.Context) (backupDetail, error) {
	var done backupDetail
	files, err := b.c.sealedFiles(ctx)
	if err != nil {
		return done, err
	}
	for i, s := range files {
		if s.Gone {
			err = b.to.shred(b.to.path(s.File))
		} else {
			err = b.copyOriginal(ctx, s)
			done.Originals++
			done.Bytes += s.Sealed
		}
		if err != nil {
			return done, fmt.Errorf("original %s: %w", s.hash, err)
		}
		b.pace.tell(int64(i)+1, int64(len(files)), "copying originals")
	}
	return done, nil
}

// copyOriginal copies one sealed file; one of the right size is there already,
// for a file gets its name only when it is whole.
func (b *backup) copyOriginal(ctx context.Context, s sealedFile) error {
	final := b.to.path(s.File)
	st, err := b.c.fs.Stat(final)
	if err == nil && st.Size() == s.Sealed {
		return nil
	}
	if err := b.to.makeFolder(s.File); err != nil {
		return err
	}
	if err := b.copyTo(ctx, b.c.originals.path(s.File), final); err != nil {
		return err
	}
	return b.to.verifyFile(ctx, s.placed, s.hash)
}

func (b *backup) copyJournal(ctx context.Context) error {
	if err := b.c.fs.MkdirAll(filepath.Join(b.dir, "journal")); err != nil {
		return err
	}
	list, err := b.c.fs.ReadDir(filepath.Join(b.c.dir, "journal"))
	if err != nil {
		return err
	}
	for _, e := range list { // "frames" comes before "head": what a head names is there
		if err := b.copyFile(ctx, filepath.Join("journal", e.Name())); err != nil {
			return err
		}
	}
	return b.copyFile(ctx, "chain.txt")
}

func (b *backup) copyFile(ctx context.Context, name string) error {
	return b.copyTo(ctx, filepath.Join(b.c.dir, name), filepath.Join(b.dir, name))
}

// copyTo copies a file so that there is the old one or the new one, whole.
func (b *backup) copyTo(ctx context.Context, from, to string) error {
	src, err := b.c.fs.Open(from)
	if err != nil {
		return err
	}
	tmp := to + tempSuffix
	err = b.write(tmp, disk.UntilDone(ctx, src))
	if err = errors.Join(err, src.Close()); err != nil {
		return err
	}
	if err := b.c.fs.Rename(tmp, to); err != nil {
		return err
	}
	return b.c.fs.SyncDir(filepath.Dir(to))
}

func (b *backup) write(name string, r io.Reader) error {
	if err := b.c.fs.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := b.c.fs.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, b.c.fs.Remove(name))
	}
	return nil
}
