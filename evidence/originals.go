package evidence

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"sync"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// originals are the sealed files of a case, or of a backup of one: each an age
// file to the case's own recipient, under a random name.
type originals struct {
	fs   disk.FS
	root string
	ring *keys.Ring

	benches sync.Pool // of *bench
	folders sync.Map  // that are known to be there
}

func newOriginals(fsys disk.FS, dir string, ring *keys.Ring) *originals {
	return &originals{fs: fsys, root: filepath.Join(dir, "originals"), ring: ring, benches: sync.Pool{New: newBench}}
}

// path is where a sealed file lies.
func (o *originals) path(file string) string { return filepath.Join(o.root, file[:2], file) }

// makeFolder makes the folder of a sealed file and makes its name safe.
func (o *originals) makeFolder(file string) error {
	name := filepath.Dir(o.path(file))
	if _, known := o.folders.Load(name); known {
		return nil
	}
	_, err := o.fs.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if err = o.fs.MkdirAll(name); err == nil {
			err = o.fs.SyncDir(o.root)
		}
	}
	if err == nil {
		o.folders.Store(name, true)
	}
	return err
}

// open opens a sealed file and the plain bytes in it.
func (o *originals) open(at placed) (disk.File, io.ReaderAt, error) {
	f, err := o.fs.Open(o.path(at.File))
	if err != nil {
		return nil, nil, err
	}
	plain, err := o.openPlain(f, at)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, plain, nil
}

func (o *originals) openPlain(f disk.File, at placed) (io.ReaderAt, error) {
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if st.Size() != at.Sealed {
		return nil, fmt.Errorf("%d bytes long: want %d", st.Size(), at.Sealed)
	}
	return o.unseal(f, at)
}

// unseal gives the plain bytes of a sealed original. Each 64 KiB are
// authenticated when they are read.
func (o *originals) unseal(r io.ReaderAt, at placed) (io.ReaderAt, error) {
	identity, err := o.ring.Identity()
	if err != nil {
		return nil, err
	}
	return openPlain(r, at, identity)
}

// verifyFile verifies the sealed file of an original.
func (o *originals) verifyFile(ctx context.Context, at placed, h Hash) error {
	f, err := o.fs.Open(o.path(at.File))
	if err != nil {
		return err
	}
	return errors.Join(o.verify(ctx, f, at, h), f.Close())
}

// shred overwrites the age header of a sealed file and removes it: without the
// header nobody can open what a disk may keep of the rest. A file that is gone
// is no error.
func (o *originals) shred(name string) error {
	f, err := o.fs.OpenRW(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	st, err := f.Stat()
	if err == nil {
		_, err = f.WriteAt(make([]byte, min(headLen, st.Size())), 0)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := o.fs.Remove(name); err != nil {
		return err
	}
	return o.fs.SyncDir(filepath.Dir(name))
}

// strays gives every file among the originals that is not known.
func (o *originals) strays(known map[string]bool, each func(path string) error) error {
	folders, err := o.fs.ReadDir(o.root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if !folder.IsDir() {
			if err := each(filepath.Join(o.root, folder.Name())); err != nil {
				return err
			}
			continue
		}
		files, err := o.fs.ReadDir(filepath.Join(o.root, folder.Name()))
		if err != nil {
			return err
		}
		for _, f := range files {
			path := filepath.Join(o.root, folder.Name(), f.Name())
			if known[f.Name()] && path == o.path(f.Name()) {
				continue
			}
			if err := each(path); err != nil {
				return err
			}
		}
	}
	return nil
}
