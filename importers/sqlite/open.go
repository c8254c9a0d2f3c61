package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"daybook/importers"
)

// The names of what SQLite keeps beside a database while it is in use.
const (
	logName     = "-wal"
	indexName   = "-shm"
	journalName = "-journal"
)

// opened is a database in the states that its files show.
type opened struct {
	now    *DB // with what the log holds
	before *DB // the file alone; nil where there is no log with anything in it
	files  []io.Closer
	notes  []string // what a reader must know of the files beside it
	damage []error  // what is wrong with the files as a whole
}

func open(ctx context.Context, s importers.Source) (o *opened, err error) {
	o = &opened{}
	defer func() {
		if err != nil {
			err = errors.Join(err, o.close())
			o = nil
		}
	}()
	at := s.At()
	o.files = append(o.files, at)
	file := cache(at)
	h, err := readHeader(file)
	if err != nil {
		return o, err
	}
	size := s.Size
	if said := h.pages * h.pageSize; said > size {
		o.damage = append(o.damage, importers.CutError(fmt.Sprintf("the file is cut off: it says that it has %d bytes, and %d are here", said, size)))
		size = said
	}
	plain := pages{file: file, pageSize: h.pageSize, size: size}
	l, r, err := o.log(ctx, s, h.pageSize)
	if err != nil {
		return o, err
	}
	if err := o.journal(s); err != nil {
		return o, err
	}
	now := plain
	if l != nil && l.frames > 0 {
		now.log, now.over, now.size = r, l.over, l.pages*h.pageSize
		if o.before, err = openDB(ctx, &plain); err != nil {
			if ctx.Err() != nil {
				return o, err
			}
			o.notes = append(o.notes, fmt.Sprintf("without its write-ahead log the file cannot be read (%v): what the log overwrote is not known", err))
		}
	}
	if o.now, err = openDB(ctx, &now); err != nil {
		err = errors.Join(append(o.damage, err)...) // that it is cut off may be why
	}
	return o, err
}

func (o *opened) close() (err error) {
	for _, db := range []*DB{o.now, o.before} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	for _, f := range o.files {
		err = errors.Join(err, f.Close())
	}
	return err
}

// beside opens a file that SQLite keeps beside the database; nil where it is
// not here, or is empty.
func (o *opened) beside(s importers.Source, name string) (*importers.At, int64, error) {
	info, err := fs.Stat(s.FS, s.Path+name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, nil
	case err != nil:
		return nil, 0, fmt.Errorf("%s%s: %w", s.Path, name, err)
	case info.Size() == 0 || info.IsDir():
		return nil, 0, nil
	}
	at := importers.Source{FS: s.FS, Path: s.Path + name}.At()
	o.files = append(o.files, at)
	return at, info.Size(), nil
}

// log reads the write-ahead log beside the database.
func (o *opened) log(ctx context.Context, s importers.Source, pageSize int64) (*log, io.ReaderAt, error) {
	at, size, err := o.beside(s, logName)
	if at == nil || err != nil {
		return nil, nil, err
	}
	r := cache(at)
	l, err := readLog(ctx, r, size, pageSize)
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case err != nil:
		o.damage = append(o.damage, fmt.Errorf("%s%s was not read, and the newest records may be in it: %w", s.Path, logName, err))
		return nil, nil, nil
	case l.frames == 0:
		o.notes = append(o.notes, "the write-ahead log beside it holds nothing that was committed")
	case l.behind > 0:
		o.notes = append(o.notes, fmt.Sprintf("the last %d bytes of the write-ahead log were never committed, or are left over from before, and were not read", l.behind))
	}
	return l, r, nil
}

// journal says so when a change was under way that was never ended.
func (o *opened) journal(s importers.Source) error {
	at, _, err := o.beside(s, journalName)
	if at == nil || err != nil {
		return err
	}
	var head [8]byte
	if _, err := at.ReadAt(head[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s%s: %w", s.Path, journalName, err)
	}
	if head == [8]byte{} { // how SQLite marks that the change has ended
		return nil
	}
	o.notes = append(o.notes, "a rollback journal lies beside it: a change was under way that may be half done here; it was not undone")
	return nil
}

// Other reads another database of the same tree, such as that of an app's
// contacts; it is not there in many exports, and then nothing is read. What of
// it cannot be read is skipped with words, like a place of this one.
func (v *View) Other(path string, read func(*View)) error {
	info, err := fs.Stat(v.Source.FS, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := importers.Source{FS: v.Source.FS, Path: path, Size: info.Size()}
	o, err := open(v.Ctx, s)
	if err != nil {
		return v.damaged(path, failed(s, err))
	}
	other := *v
	other.DB, other.Source, other.before, other.changes = o.now, s, false, nil
	read(&other)
	return errors.Join(other.stopped, o.close())
}
