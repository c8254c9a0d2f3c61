package importers

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

type tarContainer struct {
	r      io.Reader
	packed int64
	limits Limits
}

func (c *tarContainer) walk(ctx context.Context, visit visitor) error {
	in := &blocks{r: &ratio{r: c.r, packed: c.packed, most: c.limits.Bytes, ratio: c.limits.Ratio, subject: "this archive"}}
	t := tar.NewReader(in)
	// What comes out is counted too: a sparse member is made of nothing.
	out := &ratio{r: t, packed: c.packed, most: c.limits.Bytes, ratio: c.limits.Ratio, subject: "this archive"}
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := t.Next()
		switch {
		case err == io.EOF && !in.ended:
			return fmt.Errorf("has no end mark after member %d, so it may be cut off; try to copy it again from where it came", n)
		case err == io.EOF:
			return nil
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return fmt.Errorf("is cut off or damaged after member %d: %w", n, err)
		case n == c.limits.Members:
			return fmt.Errorf("holds more than %d members; those were kept: %w", n, errLimit)
		}
		if err := c.visit(h, out, visit); err != nil {
			return err
		}
	}
}

func (c *tarContainer) visit(h *tar.Header, r io.Reader, visit visitor) error {
	m := member{path: labelName(h.Name), size: c.limits.plausible(h.Size, c.packed), modified: h.ModTime}
	switch h.Typeflag {
	case tar.TypeReg, tar.TypeGNUSparse:
		return visit(m, r, nil)
	case tar.TypeDir, tar.TypeXGlobalHeader:
		return nil
	}
	return visit(m, nil, errors.New("is no ordinary file but a link or a device, so it was not followed"))
}

// blocks notes whether the last thing read was a block of zeros: the end mark
// of a tar, without which its reader ends as if nothing were missing.
type blocks struct {
	r     io.Reader
	ended bool
}

func (b *blocks) Read(p []byte) (n int, err error) {
	const block = 512
	p = p[:min(len(p), block)]
	for n < len(p) && err == nil {
		var m int
		m, err = b.r.Read(p[n:])
		n += m
	}
	if n > 0 {
		b.ended = n == block && bytes.Count(p, []byte{0}) == block
	}
	return n, err
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
	return visit(member{path: labelName(name), size: -1, modified: g.ModTime}, b, nil)
}
