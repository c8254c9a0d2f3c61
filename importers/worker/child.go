package worker

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// Main is the whole of a child: it takes tasks from stdin, one at a time, and
// answers on stdout until stdin ends. It limits the process that calls it and
// does not undo that, so nothing but a program started for it may call it.
// What a library prints goes to standard error, where it breaks no frame.
func Main(ctx context.Context, stdin io.Reader, stdout io.Writer, jobs Jobs) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if f, ok := stdout.(*os.File); ok && f == os.Stdout {
		os.Stdout = os.Stderr
	}
	in := bufio.NewReaderSize(stdin, 1<<16)
	kind, body, err := readFrame(in, nil)
	if err != nil || kind != frameLimits {
		return fmt.Errorf("worker: first frame: %w", errors.Join(err, errFrame))
	}
	limit, err := parseLimits(body)
	if err != nil {
		return fmt.Errorf("worker: limits: %w", err)
	}
	if err := confine(limit.memory); err != nil {
		return fmt.Errorf("worker: limits: %w", err)
	}
	debug.SetGCPercent(400) // tasks are short and their heaps small; the memory limit stands above it
	c := &child{
		jobs:   jobs,
		limit:  limit,
		out:    bufio.NewWriterSize(stdout, 1<<16),
		tasks:  make(chan task, 1),
		ranges: make(chan answer, 1),
	}
	go c.watch(ctx)
	go c.work(ctx)
	return c.serve(ctx, in)
}

type child struct {
	jobs   Jobs
	limit  limits
	out    *bufio.Writer
	tasks  chan task   // to the one goroutine that works
	ranges chan answer // to the job that waits for a range
}

type answer struct {
	bytes []byte
	err   error
}

// serve reads frames; it keeps reading while a job runs, so that a child whose
// parent is gone ends at once, whatever its job does.
func (c *child) serve(ctx context.Context, in io.Reader) error {
	var buf []byte
	for {
		kind, body, err := readFrame(in, buf)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("worker: reading: %w", err)
		}
		switch kind {
		case frameTask:
			t, err := parseTask(body)
			if err != nil {
				return fmt.Errorf("worker: task: %w", err)
			}
			buf = nil // the job owns it until it ends
			c.tasks <- t
		case frameBytes:
			c.ranges <- answer{bytes: body}
		case frameNoRead:
			c.ranges <- answer{err: errors.New(string(body))}
		default:
			return fmt.Errorf("worker: frame %q: %w", kind, errFrame)
		}
	}
}

// work does the tasks one after the other, all from one goroutine: an answer
// is wholly written before the next task begins.
func (c *child) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case t := <-c.tasks:
			c.run(ctx, t)
		}
	}
}

// run does one task and answers it. A panic is reported and ends the process:
// what a library left behind half done must not touch the next file.
func (c *child) run(ctx context.Context, t task) {
	defer func() {
		if p := recover(); p != nil {
			text := fmt.Sprintf("%v\n%s", p, debug.Stack())
			if err := writeFrame(c.out, framePanic, []byte(text)); err != nil {
				fmt.Fprintln(os.Stderr, "worker: answering:", err)
			}
			os.Exit(2)
		}
	}()
	if err := renewCPU(4*t.wall + 2*time.Second); err != nil {
		fmt.Fprintln(os.Stderr, "worker: processor time:", err)
		os.Exit(2)
	}
	result, err := c.do(ctx, t)
	used := binary.BigEndian.AppendUint64(nil, uint64(tidy(c.limit.memory)))
	if err != nil {
		err = writeFrame(c.out, frameError, used, []byte(err.Error()))
	} else {
		err = writeFrame(c.out, frameDone, used, result)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "worker: answering:", err)
		os.Exit(2)
	}
}

func (c *child) do(ctx context.Context, t task) ([]byte, error) {
	job, ok := c.jobs[t.job]
	if !ok {
		return nil, fmt.Errorf("job %q: not known to this program", t.job)
	}
	at := &remote{ctx: ctx, child: c, head: t.head, size: t.size}
	return job(ctx, t.ask, at, t.size)
}

// watch ends the process when it grows past its memory: the system's own limit
// is not there or not obeyed everywhere.
func (c *child) watch(ctx context.Context) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if used := inUse(); used > c.limit.memory {
				fmt.Fprintf(os.Stderr, "worker: out of memory: %d MiB in use\n", used>>20)
				os.Exit(3)
			}
		}
	}
}

// inUse is what the runtime holds of the system's memory.
func inUse() int64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}

// tidy gives memory back after a large task, and says what is still held.
func tidy(memory int64) int64 {
	used := inUse()
	if used > memory/4 {
		debug.FreeOSMemory()
		used = inUse()
	}
	return used
}

// remote reads the parent's file: the head that came with the task, and ranges
// asked for as they are needed. The last ranges are kept.
type remote struct {
	ctx   context.Context
	child *child
	head  []byte
	size  int64
	spans [8]span
	next  int
}

type span struct {
	off   int64
	bytes []byte
}

const pageSize = 4 << 10

// ReadAt fills p from the head, the ranges kept, and the parent.
func (r *remote) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, fmt.Errorf("offset %d: before the file", off)
	}
	n := 0
	for n < len(p) {
		at := off + int64(n)
		if at >= r.size {
			return n, io.EOF
		}
		b, err := r.have(at, len(p)-n)
		if err != nil {
			return n, err
		}
		if len(b) == 0 {
			return n, io.EOF
		}
		n += copy(p[n:], b)
	}
	return n, nil
}

// have gives bytes from off on, at least one unless the file ends there.
func (r *remote) have(off int64, want int) ([]byte, error) {
	if off < int64(len(r.head)) {
		return r.head[off:], nil
	}
	for _, s := range r.spans {
		if off >= s.off && off < s.off+int64(len(s.bytes)) {
			return s.bytes[off-s.off:], nil
		}
	}
	n := min(max(want, pageSize), maxRange)
	b, err := r.fetch(off, n)
	if err != nil {
		return nil, err
	}
	r.spans[r.next] = span{off, b}
	r.next = (r.next + 1) % len(r.spans)
	return b, nil
}

func (r *remote) fetch(off int64, n int) ([]byte, error) {
	need := binary.BigEndian.AppendUint64(nil, uint64(off))
	need = binary.BigEndian.AppendUint32(need, uint32(n))
	if err := writeFrame(r.child.out, frameNeed, need); err != nil {
		return nil, err
	}
	select {
	case <-r.ctx.Done():
		return nil, r.ctx.Err()
	case a := <-r.child.ranges:
		return a.bytes, a.err
	}
}
