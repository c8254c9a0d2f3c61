package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// Holds looks through the file for a word, as fast as a disk gives it. What an
// importer must know before its first record and may stand behind the last, it
// seeks where this finds that it is there. A word is found the sooner the rarer its
// first letter is.
func (s Source) Holds(ctx context.Context, word string) (found bool, err error) {
	file, err := s.Open()
	if err != nil {
		return false, fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	in := UntilDone(ctx, file)
	buf, kept := make([]byte, 128<<10), 0
	for {
		n, err := in.Read(buf[kept:])
		if n += kept; bytes.Contains(buf[:n], []byte(word)) {
			return true, nil
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("%s: %w", s.Path, err)
		}
		kept = copy(buf, buf[max(0, n-len(word)+1):n]) // it may stand across two readings
	}
}
