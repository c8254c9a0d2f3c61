package capture

import (
	"bufio"
	"bytes"
	"io"
)

// parts reads one part after the other: io.EOF where a boundary stands, next
// when another part follows it.
type parts struct {
	r        *bufio.Reader
	boundary []byte
	have     []byte // read and not handed on
	ending   []byte // the line end that belongs to a boundary, should one follow
	midline  bool
	done     bool
	next     bool
	closed   bool // the boundary behind the last part stands
}

func (p *parts) Read(b []byte) (int, error) {
	for len(p.have) == 0 {
		if p.done {
			return 0, io.EOF
		}
		if err := p.line(); err != nil {
			return 0, err
		}
	}
	n := copy(b, p.have)
	p.have = p.have[n:]
	return n, nil
}

// line takes the next line, or as much of it as the buffer holds.
func (p *parts) line() error {
	line, err := p.r.ReadSlice('\n')
	if err != nil && err != bufio.ErrBufferFull && err != io.EOF {
		return err
	}
	if !p.midline && p.isBoundary(line) {
		p.done, p.ending = true, nil
		p.closed = bytes.HasPrefix(line[len(p.boundary):], []byte("--"))
		p.next = !p.closed
		return nil
	}
	p.midline = err == bufio.ErrBufferFull
	text := bytes.TrimRight(line, "\r\n")
	p.have = append(append([]byte(nil), p.ending...), text...)
	p.ending = append([]byte(nil), line[len(text):]...)
	if err == io.EOF {
		p.have = append(p.have, p.ending...)
		p.done, p.ending = true, nil
	}
	return nil
}

func (p *parts) isBoundary(line []byte) bool {
	return len(p.boundary) > 2 && bytes.HasPrefix(line, p.boundary)
}

// quoted undoes quoted-printable line by line. What has no meaning in it stands
// as it came.
type quoted struct {
	r    *bufio.Reader
	have []byte
	tail []byte // of a line longer than the buffer: an escape that is not whole
	err  error
}

func (q *quoted) Read(b []byte) (int, error) {
	for len(q.have) == 0 {
		if q.err != nil {
			return 0, q.err
		}
		line, err := q.r.ReadSlice('\n')
		whole := err == nil || err == io.EOF
		if !whole && err != bufio.ErrBufferFull || err == io.EOF {
			q.err = err
		}
		q.decode(append(q.tail, line...), whole)
	}
	n := copy(b, q.have)
	q.have = q.have[n:]
	return n, nil
}

func (q *quoted) decode(line []byte, whole bool) {
	q.tail = nil
	out := make([]byte, 0, len(line))
	if i := bytes.LastIndexByte(line, '='); whole && i >= 0 && len(bytes.TrimSpace(line[i+1:])) == 0 {
		line = line[:i]
	}
	for i := 0; i < len(line); i++ {
		if line[i] != '=' {
			out = append(out, line[i])
			continue
		}
		if i+2 >= len(line) && !whole {
			q.tail = bytes.Clone(line[i:])
			break
		}
		if i+2 < len(line) && nibble(line[i+1]) >= 0 && nibble(line[i+2]) >= 0 {
			out = append(out, byte(nibble(line[i+1])<<4|nibble(line[i+2])))
			i += 2
			continue
		}
		out = append(out, '=')
	}
	q.have = out
}

func nibble(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
