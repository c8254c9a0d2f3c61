package photo

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// epoch1904 is where the times of ISO media files begin.
var epoch1904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)

const xmpUUID = "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac"

// movie reads the boxes of an MP4, MOV, M4A or 3GP file that hold times,
// places and names. The film itself is passed over, however large.
type movie struct {
	p     *probe
	m     *Metadata
	found blocks
	moov  bool
	keys  []string // of the meta box being read
}

func movieBlocks(p *probe, m *Metadata) (blocks, error) {
	v := &movie{p: p, m: m}
	err := p.boxes(0, p.size, v.top)
	if !v.moov && err == nil {
		m.Cut = true
		err = errors.New("it has no index (moov): the recording was not finished, or is cut off")
	}
	return v.found, err
}

func (v *movie) top(b box) error {
	switch b.kind {
	case "moov":
		v.moov = true
		return v.inside(b, 0)
	case "uuid":
		return v.uuid(b)
	case "meta", "udta":
		return v.inside(b, 0)
	}
	return nil
}

// inside reads the boxes of a box that holds others.
func (v *movie) inside(b box, depth int) error {
	if depth == maxBoxDepth {
		return fmt.Errorf("box %q: more than %d levels", b.kind, maxBoxDepth)
	}
	return v.p.boxes(b.off, b.off+b.size, func(c box) error { return v.visit(b.kind, c, depth) })
}

func (v *movie) visit(parent string, b box, depth int) error {
	switch b.kind {
	case "trak", "mdia", "udta":
		return v.inside(b, depth+1)
	case "mvhd", "tkhd", "mdhd":
		return v.header(b)
	case "hdlr":
		return v.handler(parent, b)
	case "meta":
		return v.meta(b, depth)
	case "uuid":
		return v.uuid(b)
	case "XMP_":
		return v.packet(b)
	case "auth", "titl", "dscp", "loci":
		return nil
	}
	if parent == "udta" && len(b.kind) == 4 && b.kind[0] == 0xa9 {
		return v.text(b)
	}
	return nil
}

// header keeps the times of a movie, track or media header.
func (v *movie) header(b box) error {
	h, err := v.p.read(b.off, min(b.size, 92))
	if err != nil {
		return err
	}
	if len(h) < 20 || h[0] == 1 && len(h) < 32 {
		return fmt.Errorf("box %q: %d bytes", b.kind, len(h))
	}
	made, changed := be32(h[4:]), be32(h[8:])
	if h[0] == 1 {
		c := cursor{b: h[4:20]}
		made, changed = c.next(8), c.next(8)
	}
	v.time(b.kind+" creation time", made)
	v.time(b.kind+" modification time", changed)
	switch b.kind {
	case "tkhd":
		v.frame(h)
	case "mvhd":
		v.length(h)
	}
	return nil
}

// length keeps how long the film runs, in seconds.
func (v *movie) length(h []byte) {
	c := cursor{b: h[12:]}
	width := 4
	if h[0] == 1 {
		c, width = cursor{b: h[20:]}, 8
	}
	scale, units := c.next(4), c.next(width)
	if c.short || scale <= 0 || units <= 0 || units/scale > maxSeconds {
		return
	}
	v.m.add(Own, "movie", "duration", strconv.FormatFloat(float64(units)/float64(scale), 'f', 1, 64))
}

// maxSeconds is a length beyond which a film's own word is not taken: a year.
const maxSeconds = 366 * 24 * 3600

// handler keeps what sort of track it is: "vide" or "soun".
func (v *movie) handler(parent string, b box) error {
	h, err := v.p.head(b, 12)
	if err == nil && parent == "mdia" {
		v.m.add(Own, "movie", "track "+string(h[8:12]), "yes")
	}
	return err
}

// frame keeps the size of the largest track.
func (v *movie) frame(h []byte) {
	at := 76
	if h[0] == 1 {
		at = 88
	}
	if len(h) < at+8 {
		return
	}
	if w, ht := int(be32(h[at:])>>16), int(be32(h[at+4:])>>16); w*ht > v.m.Width*v.m.Height {
		v.m.Width, v.m.Height = w, ht
	}
}

// time keeps seconds since 1904; zero is "not set".
func (v *movie) time(name string, s int64) {
	const last = 1 << 38 // beyond every calendar
	if s == 0 || s < 0 || s > last {
		return
	}
	text := epoch1904.AddDate(0, 0, int(s/86400)).Add(time.Duration(s%86400) * time.Second).Format(time.RFC3339)
	if v.m.Get(Own, "movie", name) != text { // the tracks repeat each other
		v.m.add(Own, "movie", name, text)
	}
}

// text keeps a QuickTime text: length, language, words; several may follow
// each other, the first is kept.
func (v *movie) text(b box) error {
	h, err := v.p.read(b.off, min(b.size, maxText))
	if err != nil || len(h) < 4 {
		return err
	}
	n := be16(h)
	if n == 0 || 4+n > len(h) {
		n = len(h) - 4
	}
	v.m.add(Own, "movie", "©"+b.kind[1:], string(h[4:4+n]))
	return nil
}

// meta reads names and values: QuickTime's keys, or the tags of iTunes. It is
// a box with a version in front in MP4 files and without in QuickTime's own.
func (v *movie) meta(b box, depth int) error {
	skip := int64(4)
	if h, err := v.p.upTo(b.off, 8); err != nil || len(h) < 8 {
		return err
	} else if string(h[4:8]) == "hdlr" {
		skip = 0
	}
	v.keys = nil
	return v.p.boxes(b.off+skip, b.off+b.size, func(c box) error {
		switch c.kind {
		case "keys":
			return v.readKeys(c)
		case "ilst":
			return v.p.boxes(c.off, c.off+c.size, v.item)
		}
		return nil
	})
}

func (v *movie) readKeys(b box) error {
	all, err := v.p.read(b.off, b.size)
	if err != nil {
		return err
	}
	c := cursor{b: all}
	c.next(4)
	for n := c.next(4); n > 0 && len(c.b) > 0 && len(v.keys) < maxBoxes; n-- {
		size := c.next(4)
		c.next(4) // the name space
		if size < 8 || size-8 > int64(len(c.b)) {
			return fmt.Errorf("box %q: a key of %d bytes", b.kind, size)
		}
		v.keys = append(v.keys, string(c.b[:size-8]))
		c.b = c.b[size-8:]
	}
	return nil
}

// item keeps one value of an ilst box.
func (v *movie) item(b box) error {
	name := ""
	if i := int(be32([]byte(b.kind))); i >= 1 && i <= len(v.keys) {
		name = v.keys[i-1]
	} else if b.kind[0] == 0xa9 {
		name = "©" + b.kind[1:]
	}
	if name == "" {
		return nil
	}
	return v.p.boxes(b.off, b.off+b.size, func(d box) error {
		if d.kind != "data" || d.size < 8 {
			return nil
		}
		h, err := v.p.read(d.off, min(d.size, maxText))
		if err != nil {
			return err
		}
		switch kind := be32(h) & 0xffffff; kind {
		case 1:
			v.m.add(Own, "movie", name, string(h[8:]))
		case 21, 22:
			c := cursor{b: h[8:]}
			v.m.add(Own, "movie", name, strconv.FormatInt(c.next(min(8, len(c.b))), 10))
		}
		return nil
	})
}

func (v *movie) uuid(b box) error {
	h, err := v.p.upTo(b.off, min(b.size, 16))
	if err != nil || string(h) != xmpUUID {
		return err
	}
	return v.packet(box{"XMP", b.off + 16, b.size - 16})
}

func (v *movie) packet(b box) error {
	h, err := v.p.read(b.off, min(b.size, 64<<10))
	if err != nil {
		return err
	}
	v.found.xmp = append(v.found.xmp, h)
	return nil
}
