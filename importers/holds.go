package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// Holds looks through the file for words that stand in it one behind the other, as
// fast as a disk gives it. What an importer must know before its first record and
// may stand behind the last, it seeks where this finds that it is there. A word is
// found the sooner the rarer its first letter is.
func (s Source) Holds(ctx context.Context, words ...string) (found bool, err error) {
	file, err := s.Open()
	if err != nil {
		return false, fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	in := UntilDone(ctx, file)
	buf, kept := make([]byte, 128<<10), 0
	for {
		n, err := in.Read(buf[kept:])
		rest := buf[:n+kept]
		for at := 0; at >= 0; {
			if len(words) == 0 {
				return true, nil
			}
			if at = bytes.Index(rest, []byte(words[0])); at >= 0 {
				rest, words = rest[at+len(words[0]):], words[1:]
			}
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("%s: %w", s.Path, err)
		}
		kept = copy(buf, rest[max(0, len(rest)-len(words[0])+1):]) // it may stand across two readings
	}
}
