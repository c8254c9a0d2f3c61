package journal

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"daybook/evidence/disk"
)

// repair makes the files be what the verdict keeps. Each step may be broken
// off and done again by the next opening: bytes that go are kept first, and
// chain.txt loses lines before the journal does, so that it never knows of
// more than there was.
func (l *Log) repair(s *survey, v *verdict) error {
	if len(v.findings) == 0 {
		return nil
	}
	for _, step := range []func(*survey, *verdict) error{l.keepTail, l.healFrames, l.healChain, l.cutFrames, l.healHeads} {
		if err := step(s, v); err != nil {
			return err
		}
	}
	for i := range v.findings {
		v.findings[i].Healed = true
	}
	return l.syncNames()
}

// keepTail copies what both copies have after the end to files of its own.
func (l *Log) keepTail(s *survey, v *verdict) error {
	for _, c := range []struct {
		file disk.File
		size int64
		name string
	}{{l.frames, s.frames.size, "frames"}, {l.mirror, s.mirror.size, "mirror"}} {
		if c.size <= v.keep.end {
			continue
		}
		kept, err := l.keepFile(c.file, v.keep.end, c.size, fmt.Sprintf("%s/unacknowledged.%d.%s", folder, v.keep.Count, c.name))
		if err != nil {
			return fmt.Errorf("keep what was not acknowledged: %w", err)
		}
		for i := range v.findings {
			if f := &v.findings[i]; f.Text == tailText && f.Kept == "" {
				f.Kept = kept
			}
		}
	}
	return nil
}

// keepFile copies a piece of a file to the first free name like name.
func (l *Log) keepFile(f disk.File, from, to int64, name string) (string, error) {
	out, err := l.fsys.Create(l.path(name))
	for n := 2; errors.Is(err, fs.ErrExist) && n < 1000; n++ {
		out, err = l.fsys.Create(l.path(fmt.Sprintf("%s.%d", name, n)))
	}
	if err != nil {
		return "", err
	}
	_, err = io.Copy(out, io.NewSectionReader(f, from, to-from))
	if err == nil {
		err = out.Sync()
	}
	return name, errors.Join(err, out.Close())
}

// healFrames makes each copy again where only the other is whole.
func (l *Log) healFrames(s *survey, v *verdict) error {
	if err := copyPatches(l.frames, l.mirror, s.badFrames, v.keep.Count); err != nil {
		return fmt.Errorf("%s: %w", framesName, err)
	}
	if err := copyPatches(l.mirror, l.frames, s.badMirror, v.keep.Count); err != nil {
		return fmt.Errorf("%s: %w", mirrorName, err)
	}
	return nil
}

func copyPatches(to, from disk.File, ps []patch, end uint64) error {
	done := false
	for _, p := range ps {
		if p.seq >= end {
			continue
		}
		b := make([]byte, p.size)
		if _, err := from.ReadAt(b, p.off); err != nil {
			return err
		}
		if _, err := to.WriteAt(b, p.off); err != nil {
			return err
		}
		done = true
	}
	if !done {
		return nil
	}
	return to.Sync()
}

// healChain writes chain.txt again from the first line that is wrong.
func (l *Log) healChain(s *survey, v *verdict) error {
	at, first := v.keep.chained, v.keep.Count
	if s.badChain >= 0 && uint64(s.badChain) < first {
		at, first = s.chainGood, uint64(s.badChain)
	}
	if err := cut(l.chain, at); err != nil {
		return fmt.Errorf("%s: %w", chainName, err)
	}
	if first == v.keep.Count {
		return nil
	}
	w := io.NewOffsetWriter(l.chain, at)
	if err := l.writeLines(w, first, v.keep.Count); err != nil {
		return fmt.Errorf("%s: %w", chainName, err)
	}
	return l.chain.Sync()
}

// writeLines makes chain lines from the frames.
func (l *Log) writeLines(w io.Writer, first, end uint64) error {
	const batch = 64 << 10
	var out []byte
	r := reader{log: l, frames: &window{file: l.frames, size: l.state.end}}
	for n := first; n < end; n++ {
		f, err := r.frame(l.state.offsets[n])
		if err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
		out = Line{Seq: n, Prev: f.prev, Body: sha256.Sum256(f.body)}.Append(out)
		if len(out) < batch && n+1 < end {
			continue
		}
		if _, err := w.Write(out); err != nil {
			return err
		}
		out = out[:0]
	}
	return nil
}

func (l *Log) cutFrames(_ *survey, v *verdict) error {
	for _, c := range []struct {
		file disk.File
		name string
	}{{l.frames, framesName}, {l.mirror, mirrorName}} {
		if err := cut(c.file, v.keep.end); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

// cut makes a file end at size, if it is longer.
func cut(f disk.File, size int64) error {
	info, err := f.Stat()
	if err != nil || info.Size() <= size {
		return err
	}
	if err := f.Truncate(size); err != nil {
		return err
	}
	return f.Sync()
}

// healHeads writes the heads again that cannot be used or that are behind. The
// next turn is never that of the best head, so that one stays until the other
// is safe.
func (l *Log) healHeads(s *survey, v *verdict) error {
	turns := 0
	switch {
	case s.headless:
		turns = 2
	case s.headDamaged() || s.acked != v.keep.Head:
		turns = 1
	}
	for range turns {
		m := mark{turn: l.state.turn + 1, Head: v.keep.Head}
		if err := cut(l.heads[m.slot()], int64(headSize)); err != nil {
			return fmt.Errorf("%s: %w", headName(m.slot()), err)
		}
		if err := l.writeHead(m); err != nil {
			return fmt.Errorf("%s: %w", headName(m.slot()), err)
		}
		l.state.turn = m.turn
	}
	return nil
}

func (l *Log) writeHead(m mark) error {
	b, err := m.encode(l.ring)
	if err != nil {
		return err
	}
	f := l.heads[m.slot()]
	if _, err := f.WriteAt(b, 0); err != nil {
		return err
	}
	return f.Sync()
}
