package evidence

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// fileSums gives a line for each of Badger's files: its name, size and SHA-256.
// Of value logs the size alone is taken: they are long, what is read from them
// has its own seal, and only their length can make Badger stumble.
func fileSums(dir string) (string, error) {
	list, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, e := range list {
		if e.IsDir() || e.Name() == "LOCK" {
			continue
		}
		size, sum, err := fileSum(filepath.Join(dir, e.Name()), filepath.Ext(e.Name()) != ".vlog")
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&all, "%s %d %x\n", e.Name(), size, sum)
	}
	return all.String(), nil
}

func fileSum(name string, whole bool) (size int64, sum []byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, nil, err
	}
	h := sha256.New()
	if whole {
		size, err = io.Copy(h, f)
	} else {
		var st os.FileInfo
		if st, err = f.Stat(); err == nil {
			size = st.Size()
		}
	}
	return size, h.Sum(nil), errors.Join(err, f.Close())
}
