package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// OS is the real file system. Files are for their owner alone (0600), folders
// too (0700); Windows has no such bits, there the folder's own rights rule.
var OS FS = osFS{}

type osFS struct{}

func (osFS) Create(name string) (File, error) {
	return open(name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
}

func (osFS) OpenAppend(name string) (File, error) {
	return open(name, os.O_RDWR|os.O_CREATE|os.O_APPEND)
}

func (osFS) Open(name string) (File, error) { return open(name, os.O_RDONLY) }

func (osFS) OpenRW(name string) (File, error) { return open(name, os.O_RDWR) }

// open exists because a nil *os.File in a File would not be nil.
func open(name string, flag int) (File, error) {
	f, err := os.OpenFile(name, flag, 0o600)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (osFS) Rename(old, new string) error { return rename(old, new) }

func (osFS) Remove(name string) error { return remove(name) }

func (osFS) RemoveAll(name string) error { return removeAll(name) }

func (osFS) MkdirAll(name string) error { return os.MkdirAll(name, 0o700) }

func (osFS) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

func (osFS) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

func (osFS) SyncDir(name string) error { return syncDir(name) }

func (osFS) Free(name string) (uint64, error) {
	n, err := free(name)
	if err != nil {
		return 0, fmt.Errorf("%s: free space: %w", filepath.Base(name), err)
	}
	return n, nil
}

// Lock leaves the file behind when it is let go: to remove it would let two
// programs hold locks on two files of one name.
func (osFS) Lock(name string) (func() error, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil {
		_ = f.Close() // nothing was written; the lock's own error is the one to tell
		return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	return func() error { return errors.Join(unlock(f), f.Close()) }, nil
}
