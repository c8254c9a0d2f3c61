package importers

import (
	"bytes"
	"encoding/base64"
	"io"
)

// Base64 decodes base64 as it is found in exports: line breaks, spaces,
// damaged letters and missing padding never stop it. What is not of the
// alphabet is left out and counted, so that the reader of a damaged part gets
// all that there is and is told that it is damaged.
type Base64 struct {
	r      io.Reader
	in     []byte // digits not yet decoded, then what was read
	digits int    // how many digits at the start of in
	out    []byte // decoded and not yet handed on
	space  []byte // what out is a part of
	padded bool   // padding was seen: more digits are odd
	odd    int64
	err    error
}

// NewBase64 gives a reader of what r holds, decoded.
func NewBase64(r io.Reader) *Base64 {
	const chunk = 32 << 10
	return &Base64{r: r, in: make([]byte, chunk+4), space: make([]byte, chunk)}
}

// Reset lets b read another source, with the room that it has.
func (b *Base64) Reset(r io.Reader) {
	*b = Base64{r: r, in: b.in, space: b.space}
}

// Odd is how many letters had no place in base64. It is final at io.EOF.
func (b *Base64) Odd() int64 { return b.odd }

func (b *Base64) Read(p []byte) (int, error) {
	for len(b.out) == 0 {
		if b.err != nil {
			return 0, b.err
		}
		b.more()
	}
	n := copy(p, b.out)
	b.out = b.out[n:]
	return n, nil
}

// more reads and decodes the next chunk.
func (b *Base64) more() {
	n, err := b.r.Read(b.in[b.digits:])
	b.out = b.space[:0]
	rest := b.in[b.digits : b.digits+n]
	for len(rest) > 0 {
		part, padding := rest, bytes.IndexByte(rest, '=')
		if padding >= 0 {
			part = rest[:padding]
		}
		rest = rest[len(part):]
		b.keep(part)
		b.decode(b.digits &^ 3)
		if padding >= 0 {
			b.decode(b.digits)
			b.padded = true
			rest = bytes.TrimLeft(rest, "=")
		}
	}
	if err != nil {
		b.decode(b.digits)
		b.err = err
	}
}

// keep moves the digits of part, which lies in b.in, behind those already
// there.
func (b *Base64) keep(part []byte) {
	w, odd := b.digits, 0
	for _, c := range part {
		k := kinds[c]
		b.in[w] = c
		w += int(k & 1)
		odd += int(k >> 1)
	}
	b.odd += int64(odd)
	if b.padded && w > b.digits {
		b.odd += int64(w - b.digits)
		b.padded = false
	}
	b.digits = w
}

// decode decodes the first n digits and keeps the others.
func (b *Base64) decode(n int) {
	if n%4 == 1 { // six bits alone are no byte
		b.odd++
		b.digits--
		n--
	}
	size := len(b.out)
	b.out = b.out[:size+base64.RawStdEncoding.DecodedLen(n)]
	// Only digits are left, in a possible number: there is nothing to fail.
	got, _ := base64.RawStdEncoding.Decode(b.out[size:], b.in[:n])
	b.out = b.out[:size+got]
	b.digits = copy(b.in, b.in[n:b.digits])
}

// kinds says of each byte: 1 a digit, 2 odd, 0 white space.
var kinds = func() (k [256]byte) {
	for i := range k {
		k[i] = 2
	}
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		k[c] = 1
	}
	for _, c := range " \t\r\n\f\v" {
		k[c] = 0
	}
	return k
}()
