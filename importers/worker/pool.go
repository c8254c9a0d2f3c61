package worker

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Pool keeps children and gives them tasks. It may be used by several
// goroutines; a task waits while every child is busy. Children are started
// when they are first needed.
type Pool struct {
	ctx  context.Context
	stop context.CancelFunc
	exe  string
	kind Kind
	free chan *process // one for each child; nil: not started, or lost
}

// Start makes a pool of children that run exe with Arg. The children end when
// ctx does, or with Close.
func Start(ctx context.Context, exe string, k Kind) *Pool {
	k = k.filled()
	ctx, stop := context.WithCancel(ctx)
	p := &Pool{ctx: ctx, stop: stop, exe: exe, kind: k, free: make(chan *process, k.Children)}
	for range k.Children {
		p.free <- nil
	}
	return p
}

// Close ends the children and waits for them. A task that is running ends
// with an error.
func (p *Pool) Close() error {
	p.stop()
	for range p.kind.Children {
		if c := <-p.free; c != nil {
			c.end()
		}
	}
	return nil
}

// Do gives one task to a child and waits for its result. An error of the job
// itself comes back as its words; a child that crashed, hung or grew is a
// *GaveUp, and the next task finds a new one.
func (p *Pool) Do(ctx context.Context, t Task) ([]byte, error) {
	c, err := p.take(ctx)
	if err != nil {
		return nil, err
	}
	if c == nil {
		if c, err = p.start(); err != nil {
			p.free <- nil
			return nil, fmt.Errorf("worker: starting %s: %w", p.exe, err)
		}
	}
	result, err := p.do(ctx, c, t)
	if c.lost || c.used > p.kind.Memory/2 {
		c.end()
		c = nil
	}
	p.free <- c
	return result, err
}

func (p *Pool) take(ctx context.Context) (*process, error) {
	if err := p.ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case c := <-p.free:
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.ctx.Done():
		return nil, p.ctx.Err()
	}
}

// do talks to one child under the task's wall limit: when it is over the child
// is killed, which ends whatever the talk waits for.
func (p *Pool) do(ctx context.Context, c *process, t Task) ([]byte, error) {
	wall := t.Wall
	if wall <= 0 {
		wall = p.kind.Wall
	}
	limit, cancel := context.WithTimeoutCause(ctx, wall, errWall)
	defer cancel()
	stop := context.AfterFunc(limit, c.kill)
	result, err := c.talk(t, wall)
	c.lost = !stop() // it may have answered, and is being killed
	var no refused
	if err == nil || errors.As(err, &no) {
		return result, err
	}
	c.lost = true
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case p.ctx.Err() != nil:
		return nil, p.ctx.Err()
	}
	gave := &GaveUp{Name: t.Name}
	var read *readError
	switch {
	case errors.Is(context.Cause(limit), errWall):
		gave.Why, gave.Late = fmt.Sprintf("not finished after %s", wall), true
	case errors.As(err, &read):
		return nil, fmt.Errorf("%s: %w", t.Name, read.err)
	case errors.As(err, new(*panicked)):
		gave.Why = "its reader stopped with a fault"
		gave.Detail = err.Error()
	case errors.Is(err, errFrame):
		gave.Why = "its reader answered nonsense"
	default:
		gave.Why, gave.Detail = c.post()
	}
	return nil, gave
}

var errWall = errors.New("wall limit")

// panicked is what a job's panic left.
type panicked struct{ text string }

func (e *panicked) Error() string { return e.text }

// readError is a file that the parent itself cannot read.
type readError struct{ err error }

func (e *readError) Error() string { return e.err.Error() }

// process is one running child.
type process struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	w     *bufio.Writer
	r     *bufio.Reader
	said  *tail
	buf   []byte
	used  int64 // what it last said it holds
	lost  bool  // killed, crashed or out of step: of no more use
	ended sync.Once
}

func (p *Pool) start() (*process, error) {
	c, err := p.spawn(true)
	if err != nil {
		c, err = p.spawn(false)
	}
	if err != nil {
		return nil, err
	}
	if err := writeFrame(c.w, frameLimits, limits{memory: p.kind.Memory}.bytes()); err != nil {
		c.end()
		return nil, err
	}
	return c, nil
}

// spawn starts a child with an environment of its own: nothing that the
// program was told in a variable reaches it. alone asks the system to take the
// network away from it, which not every system grants.
func (p *Pool) spawn(alone bool) (*process, error) {
	cmd := exec.CommandContext(p.ctx, p.exe, Arg)
	cmd.Env = environment()
	cmd.SysProcAttr = attributes(alone)
	said := &tail{}
	cmd.Stderr = said
	cmd.WaitDelay = time.Second
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{
		cmd: cmd, in: in, said: said,
		w: bufio.NewWriterSize(in, 1<<16),
		r: bufio.NewReaderSize(out, 1<<16),
	}, nil
}

// talk sends a task and answers what the child asks until it is done.
func (c *process) talk(t Task, wall time.Duration) ([]byte, error) {
	head := t.Head
	if int64(len(head)) > t.Size {
		head = head[:t.Size]
	}
	h := task{job: t.Job, ask: t.Ask, size: t.Size, wall: wall}.header()
	if err := writeFrame(c.w, frameTask, h, head); err != nil {
		return nil, err
	}
	for {
		kind, body, err := readFrame(c.r, nil)
		if err != nil {
			return nil, err
		}
		switch {
		case kind == frameNeed && len(body) == 12:
			if err := c.give(t.At, body); err != nil {
				return nil, err
			}
		case (kind == frameDone || kind == frameError) && len(body) >= 8:
			c.used = int64(binary.BigEndian.Uint64(body))
			if kind == frameError {
				return nil, refused(body[8:])
			}
			return body[8:], nil
		case kind == framePanic:
			return nil, &panicked{string(body)}
		default:
			return nil, errFrame
		}
	}
}

// give sends the range that the child needs.
func (c *process) give(at io.ReaderAt, need []byte) error {
	off := int64(binary.BigEndian.Uint64(need))
	n := int(binary.BigEndian.Uint32(need[8:]))
	if off < 0 || n < 0 || n > maxRange {
		return errFrame
	}
	if cap(c.buf) < n {
		c.buf = make([]byte, n)
	}
	got := 0
	if at != nil {
		var err error
		got, err = at.ReadAt(c.buf[:n], off)
		if err != nil && !errors.Is(err, io.EOF) {
			return &readError{err}
		}
	}
	return writeFrame(c.w, frameBytes, c.buf[:got])
}

// kill ends the process at once; what waits for it then sees its pipes end.
func (c *process) kill() { _ = c.cmd.Process.Kill() } // it fails only when the process is gone

// end closes the child's input, kills it and waits until it is gone.
func (c *process) end() {
	c.ended.Do(func() {
		_ = c.in.Close() // the child sees the end of its input; a broken pipe says the same
		c.kill()
		_ = c.cmd.Wait() // a killed child always ends with an error
	})
}

// post says how a child came to its end.
func (c *process) post() (why, detail string) {
	c.end()
	detail = c.said.String()
	first, _, _ := strings.Cut(detail, "\n")
	switch {
	case outOfMemory(detail):
		return "it needs more memory than a reader may use", detail
	case strings.Contains(detail, "SIGXCPU"):
		return "it needs more processor time than a reader may use", detail
	case first != "":
		return "its reader crashed: " + first, detail
	default:
		return "its reader crashed", detail
	}
}

// outOfMemory knows the words of the runtime (the last two under the race
// detector) and of the child's own watch.
func outOfMemory(said string) bool {
	for _, words := range []string{"out of memory", "cannot allocate memory", "address space collisions", "failed to allocate"} {
		if strings.Contains(said, words) {
			return true
		}
	}
	return false
}

// tail keeps the first lines that a child prints, which say why it ended.
type tail struct {
	mu sync.Mutex
	b  bytes.Buffer
}

const tailSize = 4 << 10

// Write keeps what fits and takes the rest.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if room := tailSize - t.b.Len(); room > 0 {
		t.b.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.String()
}
