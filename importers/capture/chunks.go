package capture

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// chunks undoes the chunked coding of HTTP (RFC 9112, section 7.1). The
// standard library's own reader would bring its network code into the program.
type chunks struct {
	r    *bufio.Reader
	left int64 // of the chunk that is being read
	err  error
}

func newChunks(r *bufio.Reader) *chunks { return &chunks{r: r} }

func (c *chunks) Read(p []byte) (int, error) {
	for c.left == 0 && c.err == nil {
		c.left, c.err = c.next()
	}
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	if c.left -= int64(n); err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if c.left == 0 && err == nil {
		err = c.end()
	}
	c.err = err
	return n, nil
}

// next reads the line that a chunk begins with; io.EOF at the last one.
func (c *chunks) next() (int64, error) {
	line, err := c.r.ReadSlice('\n')
	if err == io.EOF {
		return 0, io.ErrUnexpectedEOF
	}
	if err != nil {
		return 0, err
	}
	size, _, _ := strings.Cut(string(line), ";")
	n, err := strconv.ParseInt(strings.TrimSpace(size), 16, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("a chunk of the page begins with %.20q, which is no length", line)
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

var errNoEnd = errors.New("a chunk of the page does not end where it says")

// end passes over the line end behind a chunk.
func (c *chunks) end() error {
	b, err := c.r.ReadByte()
	if err == nil && b == '\r' {
		b, err = c.r.ReadByte()
	}
	switch {
	case err == io.EOF:
		return io.ErrUnexpectedEOF
	case err != nil:
		return err
	case b != '\n':
		return errNoEnd
	}
	return nil
}
