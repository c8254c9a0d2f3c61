package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
)

// Line is one line of chain.txt: what strangers see of an entry.
type Line struct {
	Seq  uint64
	Prev [32]byte // SHA-256 of the line before with its LF, zeros for the first
	Body [32]byte // SHA-256 of the body
}

const lineVersion = "v1 "

// maxLine is the longest line there is: a sequence number has 20 digits.
const maxLine = len(lineVersion) + 20 + 1 + 64 + 1 + 64 + 1

var errLine = errors.New("not a line of a chain")

// Append writes the line with its LF behind dst.
func (l Line) Append(dst []byte) []byte {
	dst = append(dst, lineVersion...)
	dst = strconv.AppendUint(dst, l.Seq, 10)
	dst = append(dst, ' ')
	dst = hex.AppendEncode(dst, l.Prev[:])
	dst = append(dst, ' ')
	dst = hex.AppendEncode(dst, l.Body[:])
	return append(dst, '\n')
}

// Hash is the SHA-256 of the line with its LF: the Prev of the next line.
func (l Line) Hash() [32]byte {
	var buf [maxLine]byte
	return sha256.Sum256(l.Append(buf[:0]))
}

// ParseLine reads a line with its LF and refuses whatever Append would not
// write.
func ParseLine(b []byte) (Line, error) {
	var l Line
	const hashes = 1 + 64 + 1 + 64 + 1
	digits := len(b) - len(lineVersion) - hashes
	if digits < 1 || len(b) > maxLine {
		return Line{}, errLine
	}
	var err error
	if l.Seq, err = strconv.ParseUint(string(b[len(lineVersion):len(lineVersion)+digits]), 10, 64); err != nil {
		return Line{}, errLine
	}
	rest := b[len(lineVersion)+digits:]
	if _, err := hex.Decode(l.Prev[:], rest[1:65]); err != nil {
		return Line{}, errLine
	}
	if _, err := hex.Decode(l.Body[:], rest[66:130]); err != nil {
		return Line{}, errLine
	}
	var buf [maxLine]byte
	if string(l.Append(buf[:0])) != string(b) {
		return Line{}, errLine
	}
	return l, nil
}
