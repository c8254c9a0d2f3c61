package journal

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"

	"daybook/evidence/keys"
)

// reader reads frames from either copy.
type reader struct {
	log    *Log
	frames *window
	mirror *window
}

func (l *Log) reader() (*reader, error) {
	frames, err := openWindow(l.fsys, l.path(framesName))
	if err != nil {
		return nil, err
	}
	mirror, err := openWindow(l.fsys, l.path(mirrorName))
	if err != nil {
		return nil, errors.Join(err, frames.close())
	}
	return &reader{l, frames, mirror}, nil
}

func (r *reader) close() error { return errors.Join(r.frames.close(), r.mirror.close()) }

// frame opens the frame at off, from the mirror when the first copy fails.
func (r *reader) frame(off int64) (frame, error) {
	if off < 0 {
		return frame{}, ErrMissing
	}
	first := error(nil)
	for _, w := range []*window{r.frames, r.mirror} {
		if w == nil {
			continue
		}
		f, _, err := w.frame(nil, r.log.ring, off)
		if err == nil || errors.Is(err, keys.ErrClosed) {
			return f, err
		}
		if first == nil {
			first = err
		}
	}
	return frame{}, fmt.Errorf("%w: %w", ErrMissing, first)
}

// entry reads entry number n, whose frame is at off.
func (r *reader) entry(n uint64, off int64) (Entry, error) {
	f, err := r.frame(off)
	if err != nil {
		return Entry{Seq: n}, fmt.Errorf("entry %d: %w", n, err)
	}
	e, _, err := decodeBody(f.body)
	if err == nil && e.Seq != n {
		err = fmt.Errorf("it says that it is number %d", e.Seq)
	}
	if err != nil {
		return Entry{Seq: n}, fmt.Errorf("entry %d: %w", n, err)
	}
	e.Prev = f.prev
	e.Hash = Line{Seq: n, Prev: f.prev, Body: sha256.Sum256(f.body)}.Hash()
	return e, nil
}

// Entry reads one entry.
func (l *Log) Entry(n uint64) (Entry, error) {
	offsets, _ := l.entriesUpTo()
	if n >= uint64(len(offsets)) {
		return Entry{}, fmt.Errorf("entry %d: the journal has %d", n, len(offsets))
	}
	r, err := l.reader()
	if err != nil {
		return Entry{}, err
	}
	e, err := r.entry(n, offsets[n])
	return e, errors.Join(err, r.close())
}

// All gives the entries in order, as many as are acknowledged when it starts.
// An entry that cannot be read comes as an error and its number; the loop may
// go on after it.
func (l *Log) All(ctx context.Context) iter.Seq2[Entry, error] { return l.From(ctx, 0) }

// From is All from entry n on.
func (l *Log) From(ctx context.Context, n uint64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		offsets, _ := l.entriesUpTo()
		r, err := l.reader()
		if err != nil {
			yield(Entry{}, err)
			return
		}
		for ; n < uint64(len(offsets)); n++ {
			if err := ctx.Err(); err != nil {
				yield(Entry{Seq: n}, errors.Join(err, r.close()))
				return
			}
			if !yield(r.entry(n, offsets[n])) {
				_ = r.close() // of files that were only read; there is nobody to tell any more
				return
			}
		}
		if err := r.close(); err != nil {
			yield(Entry{}, err)
		}
	}
}

// WriteChain writes the public skeleton, chain.txt, as the frames give it.
func (l *Log) WriteChain(ctx context.Context, w io.Writer) error {
	for e, err := range l.All(ctx) {
		if err != nil {
			return err
		}
		line := Line{Seq: e.Seq, Prev: e.Prev, Body: sha256.Sum256(e.Body)}
		if _, err := w.Write(line.Append(nil)); err != nil {
			return err
		}
	}
	return nil
}

// Verify reads every file of the journal again and tells what is not as it was
// written. It changes nothing; opening the case again heals what can be healed.
// Nothing is appended meanwhile.
func (l *Log) Verify(ctx context.Context) ([]Finding, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, errClosed
	}
	var odd []Finding
	s, err := look(ctx, l.fsys, l.dir, l.ring, func(e Entry, b body) error {
		if err := checkCanonical(e.Body, b); err != nil {
			odd = append(odd, Finding{Kind: Damaged, File: framesName, First: int64(e.Seq), Last: int64(e.Seq), Text: err.Error()})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	v := s.judge()
	if v.keep.Head != l.state.Head && !v.missing {
		v.add(Missing, framesName, int64(v.keep.Count), int64(l.state.Count), "the files are not those that this program wrote last")
	}
	return append(v.findings, odd...), nil
}
