package importers

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"golang.org/x/text/encoding/charmap"
)

// Limits bound what a container may cost. A container beyond one of them is
// kept, its members up to there are kept, and the reason is stated.
type Limits struct {
	Members int   // in one container
	Bytes   int64 // unpacked, in one container
	Ratio   int64 // unpacked to packed, once RatioFrom bytes have come out
	Depth   int   // containers within containers
}

// RatioFrom is how much may come out of a member before its ratio counts:
// small files of one letter pack very well.
const RatioFrom = 10 << 20

// DefaultLimits follow the sizes of the largest real exports (some hundred
// thousand small files, tens of gigabytes).
var DefaultLimits = Limits{Members: 200_000, Bytes: 64 << 30, Ratio: 200, Depth: 3}

// A member is one file inside a container, as the container names it.
type member struct {
	path     string // as it came, decoded to UTF-8; a label, never a place on disk
	size     int64  // as the container says; -1 when it does not
	modified time.Time
}

// opened visits every member in the order of the container. visit reads r or
// leaves it; problem is set, and r nil, for a member that cannot be read.
type visitor func(m member, r io.Reader, problem error) error

type container interface {
	walk(ctx context.Context, visit visitor) error
}

type readerAt interface {
	io.Reader
	io.ReaderAt
}

// errLimit marks an error that ends a container, and nothing else.
var errLimit = errors.New("limit")

// openContainer tells by the first bytes whether a file holds other files and
// opens it. A nil container and a nil error: it is no container.
func openContainer(name string, head []byte, r readerAt, size int64, limits Limits) (container, error) {
	switch {
	case isZip(head):
		return openZip(r, size, limits)
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}):
		return &gzContainer{name: name, r: io.NewSectionReader(r, 0, size), packed: size, limits: limits}, nil
	case isTar(head):
		return &tarContainer{r: io.NewSectionReader(r, 0, size), packed: size, limits: limits}, nil
	}
	return nil, nil
}

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

func isTar(head []byte) bool {
	return len(head) >= 512 && bytes.HasPrefix(head[257:], []byte("ustar"))
}

// ratio counts what comes out of a member, or a container, and stops a bomb
// by what really flows, not by what the headers claim.
type ratio struct {
	r       io.Reader
	out     int64
	packed  int64
	most    int64
	ratio   int64
	subject string
}

func (c *ratio) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.out += int64(n)
	if c.out > c.most {
		return 0, fmt.Errorf("%s unpacks to more than %d bytes, so unpacking stopped there: %w", c.subject, c.most, errLimit)
	}
	if c.out > RatioFrom && c.packed > 0 && c.out/c.packed > c.ratio {
		return 0, fmt.Errorf("%s unpacks to more than %d times its size, as no honest file does, so unpacking stopped: %w", c.subject, c.ratio, errLimit)
	}
	return n, err
}

type zipContainer struct {
	zip    *zip.Reader
	limits Limits
}

// openZip opens a zip, unless it is a document that only happens to be one
// (Office, OpenDocument, EPUB): those are one file to the person who has them.
func openZip(r readerAt, size int64, limits Limits) (container, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("this zip is cut off or damaged (%w); it is kept as it is, so try to copy it again from where it came", err)
	}
	if len(z.File) > 0 && z.File[0].Name == "mimetype" {
		return nil, nil
	}
	for _, f := range z.File {
		if f.Name == "[Content_Types].xml" {
			return nil, nil
		}
	}
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	return &zipContainer{z, limits}, nil
}

func (c *zipContainer) walk(ctx context.Context, visit visitor) error {
	offsets := map[int64]string{}
	var total int64
	for i, f := range c.zip.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i == c.limits.Members {
			return fmt.Errorf("holds %d members; the first %d were kept: %w", len(c.zip.File), i, errLimit)
		}
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 {
			continue
		}
		m := member{path: zipName(f), size: int64(f.UncompressedSize64), modified: f.Modified}
		r, err := c.open(f, offsets)
		if err != nil {
			if err := visit(m, nil, err); err != nil {
				return err
			}
			continue
		}
		counted := &ratio{r: r, packed: int64(f.CompressedSize64), most: c.limits.Bytes - total, ratio: c.limits.Ratio, subject: "the member " + m.path}
		err = visit(m, counted, nil)
		total += counted.out
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return nil
}

// open refuses what cannot be an honest member: links, encrypted data, and
// two members that share the same bytes (how a small zip claims a huge size).
func (c *zipContainer) open(f *zip.File, offsets map[int64]string) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, errors.New("is encrypted with a password; unpack the zip with it and add the files")
	}
	if !f.Mode().IsRegular() {
		return nil, fmt.Errorf("is no ordinary file (%s), so it was not followed", f.Mode().Type())
	}
	off, err := f.DataOffset()
	if err != nil {
		return nil, fmt.Errorf("its header cannot be read: %w", err)
	}
	if f.CompressedSize64 > 0 {
		if other, ok := offsets[off]; ok {
			return nil, fmt.Errorf("shares its bytes with %s, as no honest zip does", other)
		}
		offsets[off] = zipName(f)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("cannot be opened: %w", err)
	}
	return r, nil
}

// zipName gives a member's name in UTF-8; names without the UTF-8 mark are
// read as code page 437 where they are not UTF-8 anyway.
func zipName(f *zip.File) string {
	if utf8.ValidString(f.Name) {
		return f.Name
	}
	return legacyName(f.Name)
}

func legacyName(s string) string {
	out, err := charmap.CodePage437.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return out
}

type tarContainer struct {
	r      io.Reader
	packed int64
	limits Limits
}

func (c *tarContainer) walk(ctx context.Context, visit visitor) error {
	counted := &ratio{r: c.r, packed: c.packed, most: c.limits.Bytes, ratio: c.limits.Ratio, subject: "this archive"}
	t := tar.NewReader(counted)
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return fmt.Errorf("is cut off or damaged after member %d: %w", n, err)
		}
		if n == c.limits.Members {
			return fmt.Errorf("holds more than %d members; those were kept: %w", n, errLimit)
		}
		name := h.Name
		if !utf8.ValidString(name) {
			name = legacyName(name)
		}
		m := member{path: name, size: h.Size, modified: h.ModTime}
		switch h.Typeflag {
		case tar.TypeReg, tar.TypeGNUSparse:
			err = visit(m, t, nil)
		case tar.TypeDir, tar.TypeXGlobalHeader:
			err = nil
		default:
			err = visit(m, nil, errors.New("is no ordinary file, so it was not followed"))
		}
		if err != nil {
			return err
		}
	}
}

// gzContainer is one compressed file, or a whole tar.
type gzContainer struct {
	name   string
	r      io.Reader
	packed int64
	limits Limits
}

func (c *gzContainer) walk(ctx context.Context, visit visitor) error {
	g, err := gzip.NewReader(bufio.NewReaderSize(c.r, 64<<10))
	if err != nil {
		return fmt.Errorf("cannot be unpacked: %w", err)
	}
	counted := &ratio{r: g, packed: c.packed, most: c.limits.Bytes, ratio: c.limits.Ratio, subject: "this file"}
	b := bufio.NewReaderSize(counted, 1024)
	head, err := b.Peek(512)
	if err == nil && isTar(head) {
		return (&tarContainer{r: b, packed: c.packed, limits: c.limits}).walk(ctx, visit)
	}
	name := g.Name
	if name == "" {
		name = strings.TrimSuffix(strings.TrimSuffix(path.Base(c.name), ".gz"), ".tgz")
	}
	if !utf8.ValidString(name) {
		name = legacyName(name)
	}
	return visit(member{path: name, size: -1, modified: g.ModTime}, b, nil)
}
