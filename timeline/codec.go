package timeline

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"
)

// The stored form of values: varints, length-prefixed strings, no padding. A
// reader never allocates more than the bytes it was given can hold.

var errCutRecord = errors.New("record is cut off")

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendInstant(b []byte, t, base time.Time) []byte {
	var from int64
	if !base.IsZero() {
		from = base.Unix()
	}
	b = binary.AppendVarint(b, t.Unix()-from)
	return binary.AppendUvarint(b, uint64(t.Nanosecond()))
}

// reader takes fields off a record. After the first error every method gives
// zero values, and err tells what was wrong.
type reader struct {
	s   string
	err error
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.s = ""
}

func (r *reader) byte() byte {
	if len(r.s) == 0 {
		r.fail(errCutRecord)
		return 0
	}
	c := r.s[0]
	r.s = r.s[1:]
	return c
}

func (r *reader) uvarint() uint64 {
	var v uint64
	for i := 0; i < len(r.s) && i < binary.MaxVarintLen64; i++ {
		c := r.s[i]
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.s = r.s[i+1:]
			return v
		}
	}
	r.fail(errCutRecord)
	return 0
}

func (r *reader) varint() int64 {
	u := r.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

// count reads the length of a list whose elements take at least size bytes
// each.
func (r *reader) count(size int) int {
	n := r.uvarint()
	if n > uint64(len(r.s)/size) {
		r.fail(errCutRecord)
		return 0
	}
	return int(n)
}

func (r *reader) string() string { return r.bytes(r.count(1)) }

func (r *reader) bytes(n int) string {
	if n < 0 || n > len(r.s) {
		r.fail(errCutRecord)
		return ""
	}
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func (r *reader) float() float64 {
	b := r.bytes(8)
	if len(b) < 8 {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64([]byte(b)))
}

func (r *reader) instant(base time.Time) time.Time {
	sec, ns := r.varint(), r.uvarint()
	if !base.IsZero() {
		sec += base.Unix()
	}
	if ns >= uint64(time.Second) {
		r.fail(fmt.Errorf("%d nanoseconds in a time", ns))
		return time.Time{}
	}
	return time.Unix(sec, int64(ns)).UTC()
}

// end tells whether the record was read whole and without an error.
func (r *reader) end() error {
	if r.err == nil && len(r.s) > 0 {
		return fmt.Errorf("%d bytes after the end of the record", len(r.s))
	}
	return r.err
}
