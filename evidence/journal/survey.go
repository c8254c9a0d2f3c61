package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// survey is what a journal folder holds, found by reading all of it once and
// writing nothing. Both opening and verifying start from it.
type survey struct {
	fsys disk.FS
	dir  string
	ring *keys.Ring
	each func(Entry, body) error // called for each entry in turn, may be nil

	frames, mirror, chain *window

	heads    [2]mark
	headErr  [2]error
	acked    Head // by the best head
	headless bool // no head can be read

	state             // where the walk has come to
	whole      *state // where it first found a gap; nil when there was none
	ackedState *state // where it passed what the head says; nil when it did not
	oneGroup   bool   // the frames after that were written together
	gaps       []span // entries that neither copy gives
	badFrames  []patch
	badMirror  []patch
	forked     []span // acknowledged entries for which a copy has a frame of another history

	badChain   int64 // first line of chain.txt that is wrong, -1 for none
	chainGood  int64 // how many bytes before it are right
	chainShort bool  // it is wrong because the file ends there
	chainExtra int64 // lines beyond the last whole frame that go on from it
}

// span is a run of entries.
type span struct{ first, last uint64 }

// patch is a frame that only the other copy has whole.
type patch struct {
	seq       uint64
	off, size int64
}

// look reads the journal in the folder dir.
func look(ctx context.Context, fsys disk.FS, dir string, ring *keys.Ring, each func(Entry, body) error) (*survey, error) {
	s := &survey{fsys: fsys, dir: dir, ring: ring, each: each, badChain: -1, oneGroup: true}
	if err := s.readHeads(); err != nil {
		return nil, err
	}
	if err := s.openFiles(); err != nil {
		return nil, errors.Join(err, s.close())
	}
	err := s.walk(ctx)
	if err == nil && s.whole == nil {
		err = s.chainRest()
	}
	if err := errors.Join(err, s.close()); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *survey) openFiles() (err error) {
	for _, f := range []struct {
		w    **window
		name string
	}{{&s.frames, framesName}, {&s.mirror, mirrorName}, {&s.chain, chainName}} {
		if *f.w, err = openWindow(s.fsys, filepath.Join(s.dir, filepath.FromSlash(f.name))); err != nil {
			return err
		}
	}
	return nil
}

func (s *survey) close() error {
	var all error
	for _, w := range []*window{s.frames, s.mirror, s.chain} {
		if w != nil {
			all = errors.Join(all, w.close())
		}
	}
	return all
}

// readHeads takes the head of the later turn. A head that is not there or does
// not open is remembered; a head that cannot be read is an error, for the
// other might be older than it.
func (s *survey) readHeads() error {
	s.headless = true
	for i := range s.heads {
		data, err := disk.ReadFile(s.fsys, filepath.Join(s.dir, filepath.FromSlash(headName(i))), 1<<10)
		if err == nil {
			s.heads[i], err = decodeHead(data, s.ring, i)
		} else if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, disk.ErrTooLong) {
			return err
		}
		if errors.Is(err, keys.ErrClosed) {
			return err
		}
		s.headErr[i] = err
		if err == nil && (s.headless || s.heads[i].turn > s.turn) {
			s.headless, s.turn, s.acked = false, s.heads[i].turn, s.heads[i].Head
		}
	}
	return nil
}

// walk goes from frame to frame, takes each from the copy that has it whole,
// and stops where neither has one any more.
func (s *survey) walk(ctx context.Context) error {
	var plain []byte
	for {
		if s.Count%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		s.pass()
		f, err := s.next(plain[:0])
		if errors.Is(err, errFrame) || errors.Is(err, errShort) {
			found, err := s.resync(ctx)
			if err != nil {
				return err
			}
			if !found {
				return nil
			}
			continue
		}
		if err != nil {
			return err
		}
		if err := s.take(f); err != nil {
			return err
		}
		plain = f.body
	}
}

// pass remembers the place where the acknowledged entries end.
func (s *survey) pass() {
	if s.ackedState == nil && !s.headless && s.Head == s.acked {
		s.ackedState = s.snapshot()
	}
}

func (s *survey) snapshot() *state {
	at := s.state
	at.tree = s.tree.clone()
	at.offsets = at.offsets[:len(at.offsets):len(at.offsets)]
	return &at
}

// next opens the frame at the end of what is known, and compares the copies.
func (s *survey) next(dst []byte) (frame, error) {
	f, raw, err := s.follows(s.frames, dst)
	if err == nil {
		other, merr := s.mirror.at(s.end, len(raw))
		if merr == nil && bytes.Equal(raw, other) {
			return f, nil
		}
		s.badMirror = append(s.badMirror, patch{s.Count, s.end, f.size})
		_, _, merr = s.follows(s.mirror, nil)
		s.noteFork(merr)
		return f, nil
	}
	if errors.Is(err, keys.ErrClosed) {
		return frame{}, err
	}
	m, _, merr := s.follows(s.mirror, dst)
	if merr == nil {
		s.badFrames = append(s.badFrames, patch{s.Count, s.end, m.size})
		if errors.Is(err, errFork) {
			s.noteFork(err)
		}
		return m, nil
	}
	return frame{}, worse(err, merr)
}

// errFork is a frame of this case and this place that follows another entry.
var errFork = fmt.Errorf("%w that follows the entry before", errFrame)

// follows opens the next frame in one copy.
func (s *survey) follows(w *window, dst []byte) (frame, []byte, error) {
	f, raw, err := w.frame(dst, s.ring, s.end)
	if err == nil && f.prev != s.Hash {
		err = errFork
	}
	return f, raw, err
}

// noteFork remembers an acknowledged entry whose two copies differ and are both
// authentic: to heal one from the other would destroy a history.
func (s *survey) noteFork(err error) {
	if (err == nil || errors.Is(err, errFork)) && s.Count < s.acked.Count {
		s.forked = append(s.forked, span{s.Count, s.Count})
	}
}

// worse prefers the error of a disk that does not answer to that of bytes that
// are wrong: on the former nothing may be concluded.
func worse(a, b error) error {
	if errors.Is(a, errFrame) || errors.Is(a, errShort) {
		return b
	}
	return a
}

// take counts a frame in.
func (s *survey) take(f frame) error {
	line := Line{Seq: s.Count, Prev: f.prev, Body: sha256.Sum256(f.body)}
	var buf [maxLine]byte
	text := line.Append(buf[:0])
	if err := s.compareChain(text); err != nil {
		return err
	}
	hash := sha256.Sum256(text)
	if s.each != nil || s.beyond() {
		if err := s.open(f, hash); err != nil {
			return err
		}
	}
	s.offsets = append(s.offsets, s.end)
	s.end += f.size
	s.count(text, hash)
	return nil
}

// count moves on by one chain line.
func (s *survey) count(text []byte, hash [32]byte) {
	s.tree.add(text)
	s.chained += int64(len(text))
	s.Head = Head{Count: s.Count + 1, Hash: hash}
}

func (s *survey) compareChain(text []byte) error {
	if s.badChain >= 0 {
		return nil
	}
	have, err := s.chain.at(s.chained, len(text))
	if err != nil && !errors.Is(err, errShort) {
		return fmt.Errorf("%s: %w", chainName, err)
	}
	if err != nil || !bytes.Equal(have, text) {
		s.badChain, s.chainGood, s.chainShort = int64(s.Count), s.chained, err != nil
	}
	return nil
}

// beyond tells that the walk is past what a head acknowledges.
func (s *survey) beyond() bool { return s.ackedState != nil && s.Count >= s.acked.Count }

// open reads a body where somebody wants it, and the group of each frame after
// the acknowledged ones.
func (s *survey) open(f frame, hash [32]byte) error {
	e, b, err := decodeBody(bytes.Clone(f.body))
	if err == nil && e.Seq != s.Count {
		err = fmt.Errorf("it says that it is number %d", e.Seq)
	}
	if err != nil {
		return fmt.Errorf("entry %d: %w", s.Count, err)
	}
	e.Prev, e.Hash = f.prev, hash
	if s.beyond() && s.whole == nil && b.Group != s.acked.Count {
		s.oneGroup = false
	}
	if s.each == nil {
		return nil
	}
	return s.each(e, b)
}

// chainRest counts the lines of chain.txt beyond the last whole frame that go
// on from it rightly: entries of which nothing else is left.
func (s *survey) chainRest() error {
	if s.badChain >= 0 {
		return nil
	}
	off, prev, seq := s.chained, s.Hash, s.Count
	for {
		line, size, err := s.chainLine(off)
		if err != nil {
			return err
		}
		if size == 0 || line.Seq != seq || line.Prev != prev {
			return nil
		}
		s.chainExtra++
		off, prev, seq = off+size, line.Hash(), seq+1
	}
}

// chainLine reads the line of chain.txt at off; its size is 0 when there is no
// such line.
func (s *survey) chainLine(off int64) (Line, int64, error) {
	b, err := s.chain.at(off, int(max(min(int64(maxLine), s.chain.size-off), 0)))
	if err != nil && !errors.Is(err, errShort) {
		return Line{}, 0, fmt.Errorf("%s: %w", chainName, err)
	}
	end := bytes.IndexByte(b, '\n') + 1
	line, err := ParseLine(b[:end])
	if err != nil {
		return Line{}, 0, nil
	}
	return line, int64(end), nil
}
