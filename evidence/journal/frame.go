package journal

import (
	"encoding/binary"
	"errors"
	"fmt"

	"daybook/evidence/keys"
)

// A frame is
//
//	"dbj1" | length of the sealed body, 4 bytes big endian | previous hash, 32 bytes | sealed body
//
// and the sealed body is bound to the previous hash, the position of the frame
// in the file and the length, so that no frame can be moved, swapped or
// shortened.
const (
	frameMagic  = "dbj1"
	frameHeader = len(frameMagic) + 4 + 32
	maxFrame    = frameHeader + maxBody + keys.SealOverhead
)

var errFrame = errors.New("not a frame")

// frame is one frame as found.
type frame struct {
	prev [32]byte
	body []byte
	size int64 // of the whole frame
}

// frameBinding is the associated data of a frame at off.
func frameBinding(prev [32]byte, off int64, sealed int) []byte {
	b := make([]byte, 0, 32+8+4)
	b = append(b, prev[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(off))
	return binary.BigEndian.AppendUint32(b, uint32(sealed))
}

// appendFrame seals body as the frame at off and appends it to dst.
func appendFrame(dst []byte, ring *keys.Ring, prev [32]byte, off int64, body []byte) ([]byte, error) {
	sealed := len(body) + keys.SealOverhead
	dst = append(dst, frameMagic...)
	dst = binary.BigEndian.AppendUint32(dst, uint32(sealed))
	dst = append(dst, prev[:]...)
	return ring.Journal().Seal(dst, body, frameBinding(prev, off, sealed))
}

// frameSize reads a frame's header and gives the length of the whole frame.
func frameSize(header []byte) (int64, error) {
	if len(header) < frameHeader || string(header[:len(frameMagic)]) != frameMagic {
		return 0, errFrame
	}
	sealed := binary.BigEndian.Uint32(header[len(frameMagic):])
	if sealed < keys.SealOverhead || sealed > maxBody+keys.SealOverhead {
		return 0, errFrame
	}
	return int64(frameHeader) + int64(sealed), nil
}

// openFrame opens the whole frame raw that stands at off. The body is put into
// dst.
func openFrame(dst, raw []byte, ring *keys.Ring, off int64) (frame, error) {
	size, err := frameSize(raw)
	if err != nil {
		return frame{}, err
	}
	if size != int64(len(raw)) {
		return frame{}, errFrame
	}
	f := frame{prev: [32]byte(raw[frameHeader-32 : frameHeader]), size: size}
	sealed := raw[frameHeader:]
	f.body, err = ring.Journal().Open(dst, sealed, frameBinding(f.prev, off, len(sealed)))
	if errors.Is(err, keys.ErrClosed) {
		return frame{}, err
	}
	if err != nil {
		return frame{}, fmt.Errorf("%w: %w", errFrame, err)
	}
	return f, nil
}
