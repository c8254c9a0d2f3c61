package outlook

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

// entry is a stream or a folder of a compound file that a test makes.
type entry struct {
	name   string
	data   []byte
	folder []entry
	isDir  bool
}

const (
	sector = 512
	ends   = 0xfffffffe
	free   = 0xffffffff
)

// compoundFile lays out a compound file of version 3: directory, small streams,
// large streams, and the tables that chain them.
type compoundFile struct {
	dir     []byte
	fat     []uint32
	mini    []byte
	miniFAT []uint32
	body    []byte
}

func (c *compoundFile) sectors(data []byte) uint32 {
	if len(data) == 0 {
		return ends
	}
	first := uint32(len(c.fat))
	n := (len(data) + sector - 1) / sector
	for i := range n {
		next := first + uint32(i) + 1
		if i == n-1 {
			next = ends
		}
		c.fat = append(c.fat, next)
	}
	c.body = append(c.body, data...)
	c.body = append(c.body, make([]byte, n*sector-len(data))...)
	return first
}

func (c *compoundFile) small(data []byte) uint32 {
	if len(data) == 0 {
		return ends
	}
	first := uint32(len(c.miniFAT))
	n := (len(data) + 63) / 64
	for i := range n {
		next := first + uint32(i) + 1
		if i == n-1 {
			next = ends
		}
		c.miniFAT = append(c.miniFAT, next)
	}
	c.mini = append(c.mini, data...)
	c.mini = append(c.mini, make([]byte, n*64-len(data))...)
	return first
}

// add adds entries beside one another and gives the number of the first.
func (c *compoundFile) add(entries []entry) uint32 {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b entry) int {
		if len(a.name) != len(b.name) {
			return len(a.name) - len(b.name)
		}
		return strings.Compare(a.name, b.name)
	})
	next := uint32(free)
	for _, e := range slices.Backward(entries) {
		child, start := uint32(free), uint32(0)
		kind := byte(2)
		if e.isDir {
			kind, child = 1, c.add(e.folder)
		} else if len(e.data) < 4096 {
			start = c.small(e.data)
		} else {
			start = c.sectors(e.data)
		}
		n := uint32(len(c.dir) / 128)
		c.dir = append(c.dir, dirEntry(e.name, kind, next, child, start, len(e.data))...)
		next = n
	}
	return next
}

func dirEntry(name string, kind byte, right, child, start uint32, size int) []byte {
	b := make([]byte, 128)
	u := utf16Of(name)
	copy(b, u)
	le := binary.LittleEndian
	le.PutUint16(b[64:], uint16(len(u)+2))
	b[66], b[67] = kind, 1
	le.PutUint32(b[68:], free)
	le.PutUint32(b[72:], right)
	le.PutUint32(b[76:], child)
	le.PutUint32(b[116:], start)
	le.PutUint64(b[120:], uint64(size))
	return b
}

func words32(list []uint32) []byte {
	var b []byte
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	for len(b)%sector != 0 {
		b = binary.LittleEndian.AppendUint32(b, free)
	}
	return b
}

// compoundOf makes the file.
func compoundOf(entries []entry) []byte {
	c := &compoundFile{dir: make([]byte, 128)}
	child := c.add(entries)
	miniStart := c.sectors(c.mini)
	copy(c.dir, dirEntry("Root Entry", 5, free, child, miniStart, len(c.mini)))
	for len(c.dir)%sector != 0 {
		c.dir = append(c.dir, dirEntry("", 0, free, free, 0, 0)...)
	}
	dirStart := c.sectors(c.dir)
	miniTable := words32(c.miniFAT)
	miniTableStart := c.sectors(miniTable)
	tables := (len(c.fat)+127)/128 + 1
	first := len(c.fat)
	for range tables {
		c.fat = append(c.fat, 0xfffffffd)
	}
	table := words32(c.fat)
	var b bytes.Buffer
	head := make([]byte, sector)
	le := binary.LittleEndian
	copy(head, compound)
	le.PutUint16(head[24:], 0x3e)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xfffe)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], uint32(len(table)/sector))
	le.PutUint32(head[48:], dirStart)
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], miniTableStart)
	le.PutUint32(head[64:], uint32(len(miniTable)/sector))
	le.PutUint32(head[68:], ends)
	for i := range 109 {
		at := uint32(free)
		if i < len(table)/sector {
			at = uint32(first + i)
		}
		le.PutUint32(head[76+4*i:], at)
	}
	b.Write(head)
	b.Write(c.body)
	b.Write(table)
	return b.Bytes()
}
