package anonymise

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"math"
	"path"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/sqlite"
)

// memory is a database of a zip with what lies beside it, as a file system.
type memory map[string][]byte

// neighbours reads what lies in a zip beside a database.
func (c *copier) neighbours(ctx context.Context, f file, name string, data []byte) (memory, error) {
	found := memory{name: data}
	base := name
	if database, ok := sqlite.Beside(name); ok {
		base = database
	}
	_, err := importers.EachMember(ctx, path.Base(f.name), f.r, f.size, c.limits.Container, func(m importers.Member) error {
		if m.Path == name || m.Reader == nil || m.Path != base && !(strings.HasPrefix(m.Path, base+"-") && hasBeside(m.Path)) {
			return nil
		}
		beside, err := io.ReadAll(io.LimitReader(m.Reader, c.limits.File))
		found[m.Path] = beside
		return err
	})
	return found, err
}

// Open opens a file.
func (m memory) Open(name string) (fs.File, error) {
	data, ok := m[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &memoryFile{bytes.NewReader(data), path.Base(name)}, nil
}

type memoryFile struct {
	*bytes.Reader
	name string
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memoryFile) Close() error               { return nil }
func (f *memoryFile) Name() string               { return f.name }
func (f *memoryFile) Mode() fs.FileMode          { return 0o400 }
func (f *memoryFile) ModTime() time.Time         { return time.Time{} }
func (f *memoryFile) IsDir() bool                { return false }
func (f *memoryFile) Sys() any                   { return nil }

// whole writes a whole number of a database.
func (s *scribe) whole(column string, v int64) any {
	text := strconv.FormatInt(v, 10)
	stand, moved := s.time(column, text)
	if !moved {
		digits := strings.TrimPrefix(text, "-")
		if len(digits) <= keptWhole {
			return v
		}
		stand = text[:len(text)-len(digits)] + s.digits(digits)
	}
	n, err := strconv.ParseInt(stand, 10, 64)
	if err != nil { // beyond what a number can be
		n, _ = strconv.ParseInt(stand[:len(stand)-1], 10, 64) // one digit fewer always can
	}
	return n
}

// float writes a number with a fraction of a database.
func (s *scribe) float(column string, v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return v
	}
	text := strconv.FormatFloat(v, 'f', -1, 64)
	stand, moved := s.time(column, text)
	if !moved {
		stand = s.text(text)
	}
	n, err := strconv.ParseFloat(stand, 64)
	if err != nil { // what was read as something else
		return 0.0
	}
	return n
}
