package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"time"
)

// ArgOutside is the first argument of the program that makes it another one:
// see Outside.
const ArgOutside = "--worker-outside"

// Outside is a program of the system that works on bytes for us. Where the
// system allows, this program is started first, limits itself as a worker does
// (no file of more than no bytes can be written, no network, so much memory and
// processor time), and then becomes the other one, which has no way back.
type Outside struct {
	Exe    string   // this program, which calls Become when its first argument is ArgOutside
	Path   string   // the other one
	Env    []string // what it is told beside where the system's libraries are
	Memory int64    // bytes that it may take for itself
	Wall   time.Duration
	Answer int // bytes of its answer, at most
}

// ErrAnswer means that a program answered more than it may.
var ErrAnswer = errors.New("it answered more than it may")

// Run gives the program bytes on its standard input and gives what it answers
// on its standard output. Nothing goes through a file. When ctx ends the
// program is killed; one that crashed, hung or grew is a *GaveUp.
func (o Outside) Run(ctx context.Context, name string, in []byte, args ...string) ([]byte, error) {
	answer := &bounded{most: o.Answer}
	err := o.Stream(ctx, name, bytes.NewReader(in), answer, args...)
	if errors.Is(err, ErrAnswer) {
		err = &GaveUp{Name: name, Why: ErrAnswer.Error()}
	}
	if err != nil {
		return nil, err
	}
	return answer.b.Bytes(), nil
}

// Stream is Run for what is too large for memory: in is read as the program
// reads, to its end or until the program has enough, and out gets the answer as it
// comes. An error of out ends the program and is the error of Stream.
func (o Outside) Stream(ctx context.Context, name string, in io.Reader, out io.Writer, args ...string) error {
	err := o.stream(ctx, true, in, out, args)
	if errors.As(err, new(*startError)) { // nothing was read yet
		err = o.stream(ctx, false, in, out, args)
	}
	var gave *GaveUp
	if errors.As(err, &gave) {
		gave.Name = name
	}
	return err
}

// startError is a program that the system did not start.
type startError struct{ err error }

func (e *startError) Error() string { return e.err.Error() }
func (e *startError) Unwrap() error { return e.err }

func (o Outside) stream(ctx context.Context, alone bool, in io.Reader, out io.Writer, args []string) error {
	limit, cancel := context.WithTimeoutCause(ctx, o.Wall, errWall)
	defer cancel()
	cmd := o.command(limit, args)
	cmd.Env = append(environment(), o.Env...)
	cmd.SysProcAttr = attributes(alone)
	cmd.WaitDelay = time.Second
	from, to, said := &source{r: in}, &sink{w: out, full: cancel}, &tail{}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = from, to, said
	if err := cmd.Start(); err != nil {
		return &startError{fmt.Errorf("worker: starting %s: %w", o.Path, err)}
	}
	err := cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case to.err != nil:
		return to.err
	case from.err != nil:
		return from.err
	case errors.Is(context.Cause(limit), errWall):
		return &GaveUp{Why: fmt.Sprintf("not finished after %s", o.Wall), Late: true}
	case err != nil:
		return &GaveUp{Why: fmt.Sprintf("%s ended with %s", o.Path, err), Detail: said.String()}
	}
	return nil
}

// command starts this program as the one outside where the system lets it
// become that one, and otherwise the one outside itself.
func (o Outside) command(ctx context.Context, args []string) *exec.Cmd {
	if !becomes {
		return exec.CommandContext(ctx, o.Path, args...)
	}
	wall := strconv.FormatInt(int64(o.Wall), 10)
	memory := strconv.FormatInt(o.Memory, 10)
	return exec.CommandContext(ctx, o.Exe, append([]string{ArgOutside, memory, wall, o.Path}, args...)...)
}

// Become is the whole of the program when its first argument is ArgOutside:
// args are those behind it. It returns only when it fails.
func Become(args []string) error {
	if len(args) < 3 {
		return errors.New("worker: too few arguments")
	}
	memory, err := strconv.ParseInt(args[0], 10, 64)
	wall, wallErr := strconv.ParseInt(args[1], 10, 64)
	if err = errors.Join(err, wallErr); err != nil {
		return fmt.Errorf("worker: limits: %w", err)
	}
	if err := confine(memory); err != nil {
		return fmt.Errorf("worker: limits: %w", err)
	}
	if err := renewCPU(time.Duration(wall)); err != nil {
		return fmt.Errorf("worker: processor time: %w", err)
	}
	return fmt.Errorf("worker: becoming %s: %w", args[2], become(args[2], args[2:]))
}

// source notes why what the program reads could not be read.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// sink ends the program when its answer is not taken, and notes why.
type sink struct {
	w    io.Writer
	err  error
	full func()
}

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	if err != nil {
		s.err = err
		s.full()
	}
	return n, err
}

// bounded keeps an answer of so many bytes. The buffer is not embedded: its
// ReadFrom would take everything.
type bounded struct {
	b    bytes.Buffer
	most int
}

// Write takes what fits.
func (b *bounded) Write(p []byte) (int, error) {
	if b.b.Len()+len(p) > b.most {
		return 0, ErrAnswer
	}
	return b.b.Write(p)
}
