package anonymise

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/sqlite"
)

// A packer writes the copy of a container, one member after the other.
type packer interface {
	member(name string, modified time.Time, data []byte) error
	Close() error
}

// packerOf tells by the first bytes how a container is packed anew: as it was.
// It is nil for a file that holds no others.
func packerOf(f file, head []byte, out io.Writer) packer {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipPacker{zip.NewWriter(out)}
	case isTar(head):
		return tarPacker{tar.NewWriter(out)}
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}):
		z := gzip.NewWriter(out)
		if inside, err := gzip.NewReader(io.NewSectionReader(f.r, 0, f.size)); err == nil {
			first := make([]byte, 512)
			n, _ := io.ReadFull(inside, first) // what cannot be read is no tar, and said of the member
			if isTar(first[:n]) {
				return packers{tarPacker{tar.NewWriter(z)}, z}
			}
		}
		return gzipPacker{z}
	}
	return nil
}

func isTar(head []byte) bool { return len(head) >= 512 && bytes.HasPrefix(head[257:], []byte("ustar")) }

type zipPacker struct{ *zip.Writer }

func (p zipPacker) member(name string, modified time.Time, data []byte) error {
	w, err := p.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: modified})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

type tarPacker struct{ *tar.Writer }

func (p tarPacker) member(name string, modified time.Time, data []byte) error {
	if err := p.WriteHeader(&tar.Header{Name: name, ModTime: modified, Size: int64(len(data)), Mode: 0o600, Format: tar.FormatPAX}); err != nil {
		return err
	}
	_, err := p.Write(data)
	return err
}

// gzipPacker packs one file, which has no name of its own in the copy.
type gzipPacker struct{ *gzip.Writer }

func (p gzipPacker) member(_ string, _ time.Time, data []byte) error {
	_, err := p.Write(data)
	return err
}

// packers are a tar and the gzip around it.
type packers struct {
	tarPacker
	around io.Closer
}

func (p packers) Close() error { return errors.Join(p.tarPacker.Close(), p.around.Close()) }

// container packs a container anew: the same members in the same order. What
// cannot be read of it is left out, and said.
func (c *copier) container(ctx context.Context, f file, head []byte, out io.Writer, pack packer) error {
	if f.depth >= c.limits.Container.Depth {
		return c.instead(out, f.stand, head, f.size, fmt.Errorf("lies in more than %d containers", f.depth))
	}
	is, err := importers.EachMember(ctx, path.Base(f.name), f.r, f.size, c.limits.Container, func(m importers.Member) error {
		return c.member(ctx, f, m, pack)
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil && !is {
		err = c.document(ctx, f, pack)
	}
	var failed targetError
	if errors.As(err, &failed) {
		return failed.error
	}
	if err != nil {
		c.leaveOut(f.stand, fmt.Errorf("is not whole in the copy: %w", plain(err)))
	}
	return pack.Close()
}

// targetError is one of the place that the copy is written to.
type targetError struct{ error }

// document packs a document of Office anew, which is a zip too.
func (c *copier) document(ctx context.Context, f file, pack packer) error {
	if f.size > c.limits.File {
		return fmt.Errorf("is larger than %d MB", c.limits.File>>20)
	}
	in, err := zip.NewReader(f.r, f.size)
	if err != nil {
		return err
	}
	for _, m := range in.File {
		r, err := m.Open()
		if err != nil {
			return err
		}
		err = c.member(ctx, f, importers.Member{Path: m.Name, Modified: m.Modified, Reader: r}, pack)
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return nil
}

// member copies one member of a container. It is held in memory: what is larger
// than a file may be is left out.
func (c *copier) member(ctx context.Context, f file, m importers.Member, pack packer) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	stand := safe(c.path(m.Path))
	label := f.stand + "/" + stand
	if m.Problem != nil {
		c.leaveOut(label, errors.New("a member of a container that cannot be read"))
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(m.Reader, c.limits.File+1))
	if err != nil {
		c.leaveOut(label, fmt.Errorf("could not be unpacked whole: %w", plain(err)))
		return nil
	}
	inside := file{name: m.Path, stand: label, size: int64(len(data)), r: bytes.NewReader(data), depth: f.depth + 1}
	if sqlite.Is(data) || hasBeside(m.Path) {
		if inside.tree, err = c.neighbours(ctx, f, m.Path, data); err != nil {
			return err
		}
	}
	var copied bytes.Buffer
	if err := c.file(ctx, inside, &copied); err != nil {
		return err
	}
	if err := pack.member(stand, c.calendar.moved(m.Modified), copied.Bytes()); err != nil {
		return targetError{err}
	}
	return nil
}

// safe is a name that leads nowhere, whatever unpacks the copy.
func safe(name string) string {
	parts := strings.Split(strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"), "/")
	for i, part := range parts {
		if strings.Trim(part, ".") == "" && part != "" {
			parts[i] = strings.Repeat("_", len(part))
		}
	}
	return strings.Join(parts, "/")
}

func hasBeside(name string) bool {
	_, ok := sqlite.Beside(name)
	return ok
}
