package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

var errGlyphs = errors.New("its table of glyphs is damaged")

// subset returns a TrueType file that holds the outlines of the glyphs given,
// and of those that they are composed of. Glyphs keep their numbers; after
// them come some more: copies of others, and those without outline.
func subset(tables *opentype.Loader, glyphs []font.GID, copies map[font.GID]font.GID, added int) ([]byte, error) {
	raw := map[string][]byte{}
	for _, tag := range [...]string{"head", "hhea", "maxp", "hmtx", "loca", "glyf"} {
		data, err := tables.RawTable(opentype.MustNewTag(tag))
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", tag, err)
		}
		raw[tag] = slices.Clone(data)
	}
	if len(raw["head"]) < 54 || len(raw["hhea"]) < 36 || len(raw["maxp"]) < 6 {
		return nil, errGlyphs
	}
	outlines := outlines{glyf: raw["glyf"], loca: raw["loca"], long: raw["head"][51] != 0}
	kept, err := outlines.closure(glyphs, copies)
	if err != nil {
		return nil, err
	}
	total := outlines.count() + added
	raw["glyf"], raw["loca"] = outlines.keep(kept, total)
	raw["hmtx"] = keepWidths(raw["hmtx"], int(binary.BigEndian.Uint16(raw["hhea"][34:])), kept, total)
	raw["head"][51] = 1
	binary.BigEndian.PutUint16(raw["hhea"][34:], uint16(total))
	binary.BigEndian.PutUint16(raw["maxp"][4:], uint16(total))
	for _, tag := range [...]string{"cvt ", "fpgm", "prep"} { // hints
		if data, err := tables.RawTable(opentype.MustNewTag(tag)); err == nil {
			raw[tag] = data
		}
	}
	var list []opentype.Table
	for _, tag := range [...]string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"} {
		if data, ok := raw[tag]; ok {
			for len(data)%4 != 0 {
				data = append(data[:len(data):len(data)], 0)
			}
			list = append(list, opentype.Table{Tag: opentype.MustNewTag(tag), Content: data})
		}
	}
	return opentype.WriteTTF(list), nil
}

// outlines are the glyf and loca tables of a font.
type outlines struct {
	glyf, loca []byte
	long       bool
}

func (o *outlines) count() int {
	if o.long {
		return len(o.loca)/4 - 1
	}
	return len(o.loca)/2 - 1
}

func (o *outlines) offset(i int) int {
	if o.long {
		return int(binary.BigEndian.Uint32(o.loca[4*i:]))
	}
	return 2 * int(binary.BigEndian.Uint16(o.loca[2*i:]))
}

func (o *outlines) glyph(id int) ([]byte, error) {
	if id < 0 || id >= o.count() {
		return nil, fmt.Errorf("glyph %d: %w", id, errGlyphs)
	}
	start, end := o.offset(id), o.offset(id+1)
	if start > end || end > len(o.glyf) {
		return nil, fmt.Errorf("glyph %d: %w", id, errGlyphs)
	}
	return o.glyf[start:end], nil
}

// closure is where the outline of each glyph stands: with the parts of composite
// glyphs, and the glyph 0.
func (o *outlines) closure(glyphs []font.GID, copies map[font.GID]font.GID) (map[int]int, error) {
	kept := map[int]int{}
	todo := []int{0}
	for _, id := range glyphs {
		if of, ok := copies[id]; ok {
			kept[int(id)] = int(of)
			id = of
		}
		if int(id) < o.count() {
			todo = append(todo, int(id))
		}
	}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, ok := kept[id]; ok {
			continue
		}
		kept[id] = id
		data, err := o.glyph(id)
		if err != nil {
			return nil, err
		}
		todo = append(todo, components(data)...)
	}
	return kept, nil
}

// Flags of a component of a composite glyph.
const (
	wordArguments = 1 << 0
	oneScale      = 1 << 3
	moreFollow    = 1 << 5
	twoScales     = 1 << 6
	matrixScale   = 1 << 7
)

// components lists the glyphs that a composite glyph is made of.
func components(data []byte) []int {
	if len(data) < 10 || int16(binary.BigEndian.Uint16(data)) >= 0 {
		return nil
	}
	var list []int
	for at := 10; at+4 <= len(data); {
		flags := binary.BigEndian.Uint16(data[at:])
		list = append(list, int(binary.BigEndian.Uint16(data[at+2:])))
		if flags&moreFollow == 0 {
			break
		}
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrixScale != 0:
			at += 8
		}
	}
	return list
}

// keep returns the tables for so many glyphs, with outlines of those kept.
func (o *outlines) keep(kept map[int]int, total int) (glyf, loca []byte) {
	loca = make([]byte, 0, 4*(total+1))
	for id := range total {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		of, ok := kept[id]
		if !ok {
			continue
		}
		data, err := o.glyph(of)
		if err != nil {
			continue // closure has read it
		}
		glyf = append(glyf, data...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	return glyf, binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
}

// keepWidths returns the table of widths with a full entry for each glyph:
// nothing for those that are not kept, so that they take no room.
func keepWidths(hmtx []byte, wide int, kept map[int]int, total int) []byte {
	out := make([]byte, 4*total)
	for id, of := range kept {
		if at := 4 * min(of, wide-1); of >= 0 && at >= 0 && at+4 <= len(hmtx) && id < total {
			copy(out[4*id:], hmtx[at:at+2])
		}
		bearing := 4*of + 2
		if of >= wide {
			bearing = 4*wide + 2*(of-wide)
		}
		if bearing+2 <= len(hmtx) && id < total {
			copy(out[4*id+2:], hmtx[bearing:bearing+2])
		}
	}
	return out
}
