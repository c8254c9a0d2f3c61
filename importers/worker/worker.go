// Package worker runs the work that can take a process down with it (decoding
// pictures, reading their metadata with foreign libraries) in another process:
// the same program started with --worker, bytes in and plain results out by
// pipe, with limits on memory, time and files. It knows no format: the jobs
// are handed to Main by the program, and asked for by name through a Pool.
//
// The child gets no passphrase, no path and no file: the first bytes of the
// file come with the task, and what else a job needs it asks the parent for,
// range by range. What ends a child ends one task, never the program: the
// parent returns a *GaveUp and starts another.
package worker

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Arg is the first argument of the program that makes it a worker.
const Arg = "--worker"

// Job does one kind of work in the child. ask says what is wanted, in the
// job's own terms; at reads the file, whose size is size. A job that ends with
// an error has looked and says no; whatever else happens to it is the parent's
// *GaveUp.
type Job func(ctx context.Context, ask []byte, at io.ReaderAt, size int64) ([]byte, error)

// Jobs are the jobs of a program by name.
type Jobs map[string]Job

// Kind is a sort of child: how many the parent keeps, and what one of them may
// use. Fields left zero take what DefaultKind says.
type Kind struct {
	Children int           // how many at the same time
	Memory   int64         // bytes that a child may take for itself
	Wall     time.Duration // how long a task may take when it does not say so itself
}

// DefaultKind is two children of 1 GiB and ten seconds.
func DefaultKind() Kind {
	return Kind{Children: 2, Memory: 1 << 30, Wall: 10 * time.Second}
}

func (k Kind) filled() Kind {
	d := DefaultKind()
	if k.Children <= 0 {
		k.Children = d.Children
	}
	if k.Memory <= 0 {
		k.Memory = d.Memory
	}
	if k.Wall <= 0 {
		k.Wall = d.Wall
	}
	return k
}

// Task is one piece of work on one file.
type Task struct {
	Job  string
	Ask  []byte
	Name string        // of the file, for errors alone: it is not sent
	Head []byte        // the first bytes of the file, sent with the task
	At   io.ReaderAt   // the file; nil when Head is all of it
	Size int64         // of the file
	Wall time.Duration // how long it may take; zero: the kind's own limit
}

// GaveUp is the error of a task whose child crashed, hung, grew too large or
// answered nonsense. The file itself is unharmed.
type GaveUp struct {
	Name   string // of the file
	Why    string // one plain sentence without its full stop
	Detail string // what the child left behind: the first lines of its crash
	Late   bool   // it was not finished in its time
}

func (e *GaveUp) Error() string { return fmt.Sprintf("worker: gave up on %s: %s", e.Name, e.Why) }

// refused is the error of a job that looked and said no.
type refused string

func (e refused) Error() string { return string(e) }
