package recording

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"daybook/importers/worker"
	"daybook/timeline"
)

// unfit is why a recording cannot be looked into, or not wholly: it is to blame
// itself, and looking again will end the same way.
type unfit string

func (u unfit) Error() string { return string(u) }

// Look looks into a recording. What the recording is to blame for stands in its note;
// an error is anything else.
func (e *Engine) Look(ctx context.Context, name string, r io.ReaderAt, size int64) (timeline.Recording, error) {
	rec := timeline.Recording{Engine: e.Name}
	from := &noted{r: r}
	err := e.into(ctx, name, from, size, &rec)
	if ctx.Err() != nil {
		return rec, ctx.Err()
	}
	if lost := from.error(); lost != nil {
		return rec, lost
	}
	var gave *worker.GaveUp
	var no unfit
	switch {
	case errors.As(err, &no):
		rec.Note = string(no)
	case errors.As(err, &gave) && gave.Late:
		rec.Note = fmt.Sprintf("it takes longer than the %.0f minutes that the program gives it", engineWall.Minutes())
	case errors.As(err, &gave):
		rec.Note = "ffmpeg could not read it"
	default:
		return rec, err
	}
	return rec, nil
}

// into fills in what can be said of a recording.
func (e *Engine) into(ctx context.Context, name string, r io.ReaderAt, size int64, rec *timeline.Recording) error {
	in, err := inputOf(r, size)
	if err != nil {
		return err
	}
	p, err := e.look(ctx, name, in)
	if err != nil {
		return err
	}
	rec.Length, rec.Film, rec.Sound = p.length, p.video >= 0, p.sound >= 0
	if rec.Film {
		rec.Frames, err = e.stills(ctx, name, in, p)
	} else {
		var heard time.Duration
		if rec.Level, heard, err = e.level(ctx, name, in, p); err == nil {
			rec.Length = heard
		}
	}
	return err
}

// noted reads an original and keeps why it could not be read.
type noted struct {
	r io.ReaderAt

	mu  sync.Mutex
	err error
}

// ReadAt reads.
func (n *noted) ReadAt(p []byte, off int64) (int, error) {
	got, err := n.r.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.err = err
	}
	return got, err
}

func (n *noted) error() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.err
}
