package importers

import (
	"context"
	"io"
	"time"
)

// A Member is one file inside a container, as EachMember shows it.
type Member struct {
	Path     string // as the container names it; a label, never a place on disk
	Modified time.Time
	Reader   io.Reader // nil where it cannot be read
	Problem  error     // why
}

// EachMember opens a file that holds others (zip, tar, gz) with the same limits
// as an adding does and visits its members in their order. It tells false, and
// visits none, for a file that is no container.
func EachMember(ctx context.Context, name string, r interface {
	io.Reader
	io.ReaderAt
}, size int64, limits Limits, visit func(Member) error) (bool, error) {
	head := make([]byte, min(size, 512))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return false, err
	}
	c, err := openContainer(name, head, r, size, limits)
	if c == nil || err != nil {
		return err != nil, err
	}
	return true, c.walk(ctx, func(m member, r io.Reader, problem error) error {
		return visit(Member{m.path, m.modified, r, problem})
	})
}
