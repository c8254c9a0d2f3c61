// Package disk is the one seam between a case and the file system. The truth
// of a case (keys, originals, journal) is read and written through an FS and
// in no other way, so that a test can take the power away, fail a chosen call
// or fill the disk, and see what is left.
//
// It holds the real file system (OS), a double that misbehaves on request
// (Fault), and the one safe way to replace a small file (WriteFile). It does
// not know what a case is. Badger maps its own files into memory and does not
// come through here: nothing that only Badger holds is true.
package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
)

// ErrLocked means that somebody else holds the lock: another window of this
// program, or the same folder opened from another machine.
var ErrLocked = errors.New("in use by another program")

// ErrTooLong means that a file has more bytes than a file of its kind may have.
var ErrTooLong = errors.New("longer than it may be")

// File is an open file. Bytes are safe from a power loss only after Sync has
// returned without an error; an error from Sync may mean that they are gone,
// and a second Sync that succeeds proves nothing about them.
type File interface {
	io.Reader
	io.ReaderAt
	io.Writer
	io.WriterAt
	io.Seeker
	io.Closer
	Sync() error
	Truncate(size int64) error
	Stat() (fs.FileInfo, error)
	Name() string
}

// FS is what a case asks of a file system. Names are paths of the host system.
// A name that was created, renamed or removed is safe from a power loss only
// after SyncDir of the folder that holds it.
type FS interface {
	// Create makes a new file for reading and writing, for its owner alone.
	// A file of that name is an error (fs.ErrExist).
	Create(name string) (File, error)
	// OpenAppend opens a file, new or not, whose writes all go to its end.
	OpenAppend(name string) (File, error)
	// Open opens a file for reading.
	Open(name string) (File, error)
	// OpenRW opens a file that exists for reading and writing in place.
	OpenRW(name string) (File, error)
	// Rename gives a file a new name and replaces a file of that name.
	Rename(old, new string) error
	Remove(name string) error
	RemoveAll(name string) error
	// MkdirAll makes a folder, and those above it, for their owner alone.
	MkdirAll(name string) error
	ReadDir(name string) ([]fs.DirEntry, error)
	Stat(name string) (fs.FileInfo, error)
	// SyncDir makes the names in a folder safe. Where the system has no such
	// call it does nothing.
	SyncDir(name string) error
	// Free tells how many bytes this user may still write on the volume that
	// holds name, which exists.
	Free(name string) (uint64, error)
	// Lock takes the lock that the file name stands for, or fails with
	// ErrLocked. It holds between processes and ends with the process.
	Lock(name string) (unlock func() error, err error)
}

// WriteFile puts data under name so that after a power loss there is either
// the old file whole or the new one whole: a temporary file is written, synced
// and renamed, and the folder is synced. An error after the renaming leaves
// the new file in place without the promise that it stays.
func WriteFile(fsys FS, name string, data []byte) error {
	tmp := name + ".tmp"
	if err := fsys.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: clear what an earlier write left: %w", filepath.Base(tmp), err)
	}
	if err := writeTemp(fsys, tmp, data); err != nil {
		return err
	}
	if err := fsys.Rename(tmp, name); err != nil {
		return discard(fsys, tmp, err)
	}
	if err := fsys.SyncDir(filepath.Dir(name)); err != nil {
		return fmt.Errorf("%s: make its name safe: %w", filepath.Base(name), err)
	}
	return nil
}

func writeTemp(fsys FS, tmp string, data []byte) error {
	f, err := fsys.Create(tmp)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return discard(fsys, tmp, fmt.Errorf("%s: %w", filepath.Base(tmp), err))
	}
	return nil
}

// discard removes a temporary file after cause; a file that stays is named.
func discard(fsys FS, tmp string, cause error) error {
	err := fsys.Remove(tmp)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return cause
	}
	return errors.Join(cause, err)
}

// ReadFile reads a whole file of at most limit bytes; a longer one is an
// error, so that a damaged or hostile file cannot fill the memory.
func ReadFile(fsys FS, name string, limit int64) ([]byte, error) {
	var b bytes.Buffer
	if err := ReadInto(&b, fsys, name, limit); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// ReadInto is ReadFile into a buffer, behind what that holds.
func ReadInto(b *bytes.Buffer, fsys FS, name string, limit int64) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	err = readAll(b, f, limit)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	return nil
}

// readAll takes as much memory as the file has bytes, once.
func readAll(b *bytes.Buffer, f File, limit int64) error {
	st, err := f.Stat()
	if err != nil {
		return err
	}
	b.Grow(int(min(st.Size(), limit)) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(f, limit+1))
	if err == nil && n > limit {
		err = fmt.Errorf("%w: more than %d bytes", ErrTooLong, limit)
	}
	return err
}
