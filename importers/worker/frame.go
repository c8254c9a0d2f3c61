package worker

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// A frame is one byte that says what it is, four bytes of length, and that
// many bytes.
const (
	frameLimits = 'L' // to the child, once: what it may use
	frameTask   = 'T' // to the child: work on this
	frameBytes  = 'B' // to the child: the range it asked for; shorter at the end of the file
	frameNoRead = 'X' // to the child: the range could not be read, and why
	frameNeed   = 'N' // to the parent: offset (8) and length (4) of a range
	frameDone   = 'D' // to the parent: memory in use (8) and the result
	frameError  = 'E' // to the parent: memory in use (8) and what the job says
	framePanic  = 'P' // to the parent: what the job panicked with, and where; the child ends
)

const (
	maxFrame = 80 << 20 // the largest result is a picture of a report
	maxRange = 1 << 20  // of one range
	headSize = 5
)

var errFrame = errors.New("not a frame")

func writeFrame(w *bufio.Writer, kind byte, parts ...[]byte) error {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	if n > maxFrame {
		return fmt.Errorf("frame of %d bytes: at most %d can be sent", n, maxFrame)
	}
	head := [headSize]byte{kind}
	binary.BigEndian.PutUint32(head[1:], uint32(n))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return w.Flush()
}

// readFrame reads a frame into buf when it fits. What is larger grows as bytes
// really come, never on the word of the length alone.
func readFrame(r io.Reader, buf []byte) (kind byte, body []byte, err error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := int64(binary.BigEndian.Uint32(head[1:]))
	if n > maxFrame || head[0] < 'A' || head[0] > 'Z' {
		return 0, nil, errFrame
	}
	if n > int64(cap(buf)) && n > maxRange {
		var b bytes.Buffer
		if _, err := io.CopyN(&b, r, n); err != nil {
			return 0, nil, cut(err)
		}
		return head[0], b.Bytes(), nil
	}
	if n > int64(cap(buf)) {
		buf = make([]byte, n)
	}
	buf = buf[:n]
	if _, err := io.ReadFull(r, buf); err != nil {
		return 0, nil, cut(err)
	}
	return head[0], buf, nil
}

// cut turns an end inside a frame into an error that is not a clean end.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// task is what a task frame holds.
type task struct {
	job  string
	ask  []byte
	head []byte
	size int64
	wall time.Duration
}

// header gives the task's fields but its head, which follows them in the frame.
func (t task) header() []byte {
	b := make([]byte, 0, 32+len(t.job)+len(t.ask))
	b = append(b, byte(len(t.job)))
	b = append(b, t.job...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(t.ask)))
	b = append(b, t.ask...)
	b = binary.BigEndian.AppendUint64(b, uint64(t.size))
	return binary.BigEndian.AppendUint64(b, uint64(t.wall))
}

func parseTask(b []byte) (task, error) {
	var t task
	if len(b) < 1 || len(b) < 1+int(b[0])+4 {
		return t, errFrame
	}
	n := int(b[0])
	t.job, b = string(b[1:1+n]), b[1+n:]
	n = int(binary.BigEndian.Uint32(b))
	if b = b[4:]; n > len(b) || len(b)-n < 16 {
		return t, errFrame
	}
	t.ask, b = b[:n], b[n:]
	t.size = int64(binary.BigEndian.Uint64(b))
	t.wall = time.Duration(binary.BigEndian.Uint64(b[8:]))
	t.head = b[16:]
	return t, nil
}

// limits is what a limits frame holds.
type limits struct {
	memory int64
}

func (l limits) bytes() []byte { return binary.BigEndian.AppendUint64(nil, uint64(l.memory)) }

func parseLimits(b []byte) (limits, error) {
	if len(b) != 8 {
		return limits{}, errFrame
	}
	return limits{memory: int64(binary.BigEndian.Uint64(b))}, nil
}
