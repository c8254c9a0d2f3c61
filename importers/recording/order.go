package recording

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// A file of the MP4 family is boxes: what it shows is in mdat, and moov is the index
// that says where in the file each frame is.
type box struct {
	kind          string
	at, head, end int64
}

const (
	mostBoxes = 100_000
	mostIndex = 64 << 20
)

const errNoIndex = unfit("its index is missing, as in a recording that was cut off")

// inOrder gives a file of the MP4 family in an order in which it can be read from its
// beginning to its end: with its index before what that tells of. Frames and sounds
// are given as they are; the places that the index names are moved with them.
func inOrder(r io.ReaderAt, size int64) (io.Reader, error) {
	var first, index box // the first mdat, and moov
	boxes := 0
	for at := int64(0); at+8 <= size; boxes++ {
		b, err := boxAt(r, at, size)
		if err != nil {
			return nil, err
		}
		if boxes == mostBoxes {
			return nil, unfit("it has more parts than the program looks at")
		}
		switch {
		case b.kind == "mdat" && first.end == 0:
			first = b
		case b.kind == "moov":
			index = b
		}
		if index.end != 0 {
			break
		}
		at = b.end
	}
	switch {
	case index.end == 0:
		return nil, errNoIndex
	case first.end == 0:
		return io.NewSectionReader(r, 0, size), nil
	case index.end-index.at > mostIndex:
		return nil, unfit("its index is larger than the program reads")
	}
	moov := make([]byte, index.end-index.at)
	if _, err := r.ReadAt(moov, index.at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err := move(moov, index.head-index.at, first.at, index.at); err != nil {
		return nil, err
	}
	return io.MultiReader(io.NewSectionReader(r, 0, first.at), bytes.NewReader(moov),
		io.NewSectionReader(r, first.at, index.at-first.at), io.NewSectionReader(r, index.end, size-index.end)), nil
}

// boxAt reads the head of a box. One that goes on behind the end of the file ends
// there.
func boxAt(r io.ReaderAt, at, size int64) (box, error) {
	head := make([]byte, 16)
	n, err := r.ReadAt(head, at)
	if err != nil && !errors.Is(err, io.EOF) {
		return box{}, err
	}
	b := box{kind: string(head[4:8]), at: at, head: at + 8}
	switch long := int64(binary.BigEndian.Uint32(head)); {
	case long == 0:
		b.end = size
	case long == 1 && n == 16:
		b.head, b.end = at+16, at
		if far := binary.BigEndian.Uint64(head[8:]); far <= math.MaxInt64 {
			b.end = at + min(int64(far), size-at)
		}
	default:
		b.end = min(at+long, size)
	}
	if b.end < b.head {
		return b, unfit(fmt.Sprintf("its parts do not follow one another: that at byte %d is shorter than its own head", at))
	}
	return b, nil
}

// move changes an index, which begins with a head of so many bytes, as its own move
// from one place to an earlier one changes where everything between the two is.
func move(moov []byte, head, to, from int64) error {
	return inside(moov, head, 0, func(table []byte, wide int) error {
		by := int64(len(moov))
		for p := 8; p+wide <= len(table); p += wide {
			at := place(table[p:], wide)
			if at < to || at >= from {
				continue
			}
			if wide == 4 && at+by > math.MaxUint32 {
				return unfit("its index cannot be moved")
			}
			if wide == 4 {
				binary.BigEndian.PutUint32(table[p:], uint32(at+by))
			} else {
				binary.BigEndian.PutUint64(table[p:], uint64(at+by))
			}
		}
		return nil
	})
}

func place(b []byte, wide int) int64 {
	if wide == 4 {
		return int64(binary.BigEndian.Uint32(b))
	}
	return int64(min(binary.BigEndian.Uint64(b), math.MaxInt64))
}

// inside finds the tables of places within a box whose bytes are given.
func inside(b []byte, head int64, depth int, found func(table []byte, wide int) error) error {
	r := bytes.NewReader(b)
	for at := head; at+8 <= int64(len(b)); {
		in, err := boxAt(r, at, int64(len(b)))
		if err != nil {
			return err
		}
		body := b[in.head:in.end]
		switch in.kind {
		case "trak", "mdia", "minf", "stbl":
			if depth < 8 {
				err = inside(body, 0, depth+1, found)
			}
		case "stco":
			err = found(body, 4)
		case "co64":
			err = found(body, 8)
		case "cmov":
			err = unfit("its index is packed, in a way that is not read")
		}
		if err != nil {
			return err
		}
		at = in.end
	}
	return nil
}
