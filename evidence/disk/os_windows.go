package disk

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/windows"
)

// patiently tries again for about a second: virus scanners and search indexers
// hold new files open, and Windows then refuses to replace or remove them.
func patiently(do func() error) error {
	var err error
	for wait := 5 * time.Millisecond; wait < time.Second; wait *= 2 {
		err = do()
		if !errors.Is(err, windows.ERROR_ACCESS_DENIED) && !errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
			return err
		}
		time.Sleep(wait)
	}
	return err
}

func rename(old, new string) error {
	return patiently(func() error { return os.Rename(old, new) })
}

func remove(name string) error {
	return patiently(func() error { return os.Remove(name) })
}

// removeAll goes one by one where the volume does not know the call that
// os.RemoveAll makes: some that are not NTFS, and Wine's.
func removeAll(name string) error {
	err := patiently(func() error { return os.RemoveAll(name) })
	if !errors.Is(err, windows.ERROR_INVALID_FUNCTION) {
		return err
	}
	return oneByOne(name)
}

func oneByOne(name string) error {
	list, err := os.ReadDir(name)
	if err != nil {
		return err
	}
	for _, e := range list {
		inner := filepath.Join(name, e.Name())
		if e.IsDir() {
			err = oneByOne(inner)
		} else {
			err = remove(inner)
		}
		if err != nil {
			return err
		}
	}
	return remove(name)
}

// syncDir does nothing: Windows has no such call, and NTFS keeps its folders
// by a journal of its own.
func syncDir(string) error { return nil }

func free(name string) (uint64, error) {
	p, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return 0, err
	}
	var n uint64
	if err := windows.GetDiskFreeSpaceEx(p, &n, nil, nil); err != nil {
		return 0, err
	}
	return n, nil
}

func lock(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrLocked
	}
	return err
}

// unlock has nothing to do: what is closed is let go, and no program that is
// started inherits it.
func unlock(*os.File) error { return nil }
