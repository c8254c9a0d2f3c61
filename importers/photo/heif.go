package photo

import (
	"errors"
	"fmt"
)

const maxItems = 10_000

// heif collects what the meta box of a HEIC or AVIF picture says.
type heif struct {
	p     *probe
	m     *Metadata
	exif  int64 // number of the item that holds EXIF
	found bool
	at    map[int64]section
}

// heifBlocks finds the EXIF item and the size of the picture.
func heifBlocks(p *probe, m *Metadata) (found blocks, err error) {
	h := heif{p: p, m: m, at: map[int64]section{}}
	err = p.boxes(0, p.size, func(b box) error {
		if b.kind != "meta" {
			return nil
		}
		if err := p.boxes(b.off+4, b.off+b.size, h.visit); err != nil {
			return err
		}
		return errStop
	})
	at, ok := h.at[h.exif]
	if !h.found || !ok {
		return found, err
	}
	b, readErr := p.read(at.off, 4)
	if readErr != nil {
		return found, errors.Join(err, fmt.Errorf("EXIF item: %w", readErr))
	}
	skip := 4 + be32(b)
	if skip > at.size {
		return found, errors.Join(err, fmt.Errorf("EXIF item: begins %d bytes into its %d", skip, at.size))
	}
	found.exif = &section{at.off + skip, at.size - skip}
	return found, err
}

func (h *heif) visit(b box) error {
	switch b.kind {
	case "iinf":
		return h.items(b)
	case "iloc":
		return h.locations(b)
	case "iprp":
		return h.p.boxes(b.off, b.off+b.size, func(b box) error {
			if b.kind != "ipco" {
				return nil
			}
			return h.p.boxes(b.off, b.off+b.size, h.property)
		})
	}
	return nil
}

// items looks for the one that is EXIF.
func (h *heif) items(b box) error {
	v, err := h.p.head(b, 4)
	if err != nil {
		return err
	}
	skip := int64(6)
	if v[0] != 0 {
		skip = 8
	}
	return h.p.boxes(b.off+skip, b.off+b.size, func(e box) error {
		if e.kind != "infe" {
			return nil
		}
		v, err := h.p.read(e.off, min(e.size, 14))
		if err != nil || len(v) < 12 {
			return err
		}
		id, kind := int64(be16(v[4:])), v[8:12]
		if v[0] >= 3 {
			if len(v) < 14 {
				return nil
			}
			id, kind = be32(v[4:]), v[10:14]
		}
		if v[0] >= 2 && string(kind) == "Exif" {
			h.exif, h.found = id, true
		}
		return nil
	})
}

// property keeps the largest picture: tiles and thumbnails are smaller.
func (h *heif) property(b box) error {
	if b.kind != "ispe" {
		return nil
	}
	v, err := h.p.head(b, 12)
	if err != nil {
		return err
	}
	if w, ht := be32(v[4:]), be32(v[8:]); w*ht > int64(h.m.Width)*int64(h.m.Height) {
		h.m.Width, h.m.Height = int(w), int(ht)
	}
	return nil
}

// locations reads where the items lie: the first extent of those that lie in
// the file itself.
func (h *heif) locations(b box) error {
	all, err := h.p.read(b.off, b.size)
	if err != nil {
		return err
	}
	c := cursor{b: all}
	version := c.next(1)
	c.next(3)
	sizes := c.next(2)
	offSize, lenSize, baseSize, indexSize := int(sizes>>12), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
	idSize := 2
	if version >= 2 {
		idSize = 4
	}
	if version == 0 {
		indexSize = 0
	}
	n := c.next(idSize)
	for i := int64(0); i < n && i < maxItems && !c.short; i++ {
		id, method := c.next(idSize), int64(0)
		if version >= 1 {
			method = c.next(2) & 15
		}
		c.next(2)
		base, extents := c.next(baseSize), c.next(2)
		for e := int64(0); e < extents && !c.short; e++ {
			c.next(indexSize)
			off, size := c.next(offSize), c.next(lenSize)
			if e == 0 && method == 0 && !c.short {
				h.at[id] = section{base + off, size}
			}
		}
	}
	if c.short {
		return errCut
	}
	return nil
}

// cursor reads big-endian numbers of any width.
type cursor struct {
	b     []byte
	short bool
}

func (c *cursor) next(n int) int64 {
	if n > len(c.b) {
		c.short = true
		return 0
	}
	var v int64
	for _, x := range c.b[:n] {
		v = v<<8 | int64(x)
	}
	c.b = c.b[n:]
	return v
}
