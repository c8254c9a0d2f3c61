package evidence

import (
	"errors"
	"os"
	"path/filepath"
)

// cachedStart is how much of a value log may stay in memory: Badger looks at
// the beginning of each when it is opened.
const cachedStart = 1 << 20

// uncache lets the system forget what it keeps of the value logs in memory.
// Copies are written to be read when an original is damaged, and would push out
// what is needed: the originals, the records and what other programs use.
func (e *engine) uncache() error {
	if e.light != nil {
		return nil
	}
	list, err := os.ReadDir(e.path)
	for _, f := range list {
		if filepath.Ext(f.Name()) == ".vlog" {
			err = errors.Join(err, uncacheFile(filepath.Join(e.path, f.Name())))
		}
	}
	return err
}

func uncacheFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	forget(f, cachedStart)
	return f.Close()
}
