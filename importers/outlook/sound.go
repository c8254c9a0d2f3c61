package outlook

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The library that reads compound files follows the chains of sectors that a
// stream is made of, and believes them. Whether they can be believed is looked at
// here, before: a chain that another one runs into gives words of the one stream
// as those of the other, a sender's address for instance.

var (
	errCutOff  = errors.New("it is cut off: it uses more bytes than there are")
	errCrossed = errors.New("two of its parts claim the same bytes")
	errEnds    = errors.New("one of its parts ends before it is complete")
)

// Numbers of sectors that are none.
const (
	lastSector = 0xfffffffa // the greatest number of a sector
	chainEnds  = 0xfffffffe
)

const (
	compoundHeader = 512
	entrySize      = 128 // of the directory
	isStream       = 2
	isRoot         = 5
)

// layout is a compound file by its tables.
type layout struct {
	at     io.ReaderAt
	size   int64
	sector int64    // bytes of one
	next   []uint32 // what follows each sector
}

// sound tells what is wrong with how a compound file is laid out: errCutOff, where
// what there is can be read; anything else where it cannot be believed.
func sound(at io.ReaderAt, size int64) error {
	head := make([]byte, compoundHeader)
	if _, err := at.ReadAt(head, 0); err != nil {
		return errCutOff
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return fmt.Errorf("its sectors are of 2^%d bytes, which no such file has", shift)
	}
	c := layout{at: at, size: size, sector: 1 << shift}
	if err := c.table(head); err != nil {
		return err
	}
	if err := c.streams(head); err != nil {
		return err
	}
	for n, next := range c.next {
		if (next <= lastSector || next == chainEnds) && c.offset(uint32(n))+c.sector > size {
			return errCutOff
		}
	}
	return nil
}

func (c *layout) offset(sector uint32) int64 { return (int64(sector) + 1) * c.sector }

// numbers reads a sector as the numbers in it.
func (c *layout) numbers(sector uint32) ([]uint32, error) {
	data := make([]byte, c.sector)
	if _, err := c.at.ReadAt(data, c.offset(sector)); err != nil {
		return nil, errCutOff
	}
	list := make([]uint32, len(data)/4)
	for i := range list {
		list[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return list, nil
}

// table reads what follows each sector, from the sectors that the header and its
// continuations list.
func (c *layout) table(head []byte) error {
	listed := make([]uint32, 109)
	for i := range listed {
		listed[i] = binary.LittleEndian.Uint32(head[76+4*i:])
	}
	most := int(c.size/c.sector) + 1 // a circle is no longer than the file
	for more := binary.LittleEndian.Uint32(head[68:]); more <= lastSector; {
		list, err := c.numbers(more)
		if err != nil {
			return err
		}
		listed = append(listed, list[:len(list)-1]...)
		if more = list[len(list)-1]; len(listed) > most+109 {
			return errCrossed
		}
	}
	for _, sector := range listed {
		if sector > lastSector {
			continue
		}
		list, err := c.numbers(sector)
		if err != nil {
			return err
		}
		if c.next = append(c.next, list...); len(c.next) > 2*most+int(c.sector) {
			return errCrossed
		}
	}
	return nil
}

// walk is one along sectors, none of which may belong to two chains.
type walk struct {
	next []uint32
	used map[uint32]bool
}

// follow gives the sectors of a chain, so many of them, or all to its end.
func (c *walk) follow(from uint32, n int64) ([]uint32, error) {
	var list []uint32
	for at := from; n < 0 || int64(len(list)) < n; at = c.next[at] {
		switch {
		case at > lastSector && n < 0:
			return list, nil
		case int64(at) >= int64(len(c.next)):
			return list, errEnds
		case c.used[at]:
			return list, errCrossed
		}
		c.used[at] = true
		list = append(list, at)
	}
	return list, nil
}

// streams follows the chain of every stream.
func (c *layout) streams(head []byte) error {
	whole := walk{c.next, map[uint32]bool{}}
	directory, err := whole.follow(binary.LittleEndian.Uint32(head[48:]), -1)
	if err != nil {
		return err
	}
	small := walk{used: map[uint32]bool{}}
	if small.next, err = c.smallTable(&whole, binary.LittleEndian.Uint32(head[60:])); err != nil {
		return err
	}
	least := int64(binary.LittleEndian.Uint32(head[56:])) // of a stream in sectors of its own
	for _, sector := range directory {
		data := make([]byte, c.sector)
		if _, err := c.at.ReadAt(data, c.offset(sector)); err != nil {
			return errCutOff
		}
		for entry := data; len(entry) >= entrySize; entry = entry[entrySize:] {
			from, size := binary.LittleEndian.Uint32(entry[116:]), int64(binary.LittleEndian.Uint32(entry[120:]))
			switch kind := entry[66]; {
			case kind != isStream && kind != isRoot || size == 0:
			case kind == isStream && size < least:
				_, err = small.follow(from, inSectors(size, 64))
			default:
				_, err = whole.follow(from, inSectors(size, c.sector))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// smallTable reads what follows each of the small sectors.
func (c *layout) smallTable(whole *walk, from uint32) ([]uint32, error) {
	held, err := whole.follow(from, -1)
	if err != nil {
		return nil, err
	}
	var next []uint32
	for _, sector := range held {
		list, err := c.numbers(sector)
		if err != nil {
			return nil, err
		}
		next = append(next, list...)
	}
	return next, nil
}

func inSectors(size, of int64) int64 { return (size + of - 1) / of }
