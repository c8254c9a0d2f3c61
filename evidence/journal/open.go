package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// Create makes an empty journal in the case folder dir.
func Create(fsys disk.FS, dir string, ring *keys.Ring, o Options) (*Log, error) {
	l := newLog(fsys, dir, ring, o)
	for _, name := range []string{folder, chainName} {
		_, err := fsys.Stat(l.path(name))
		if err == nil {
			return nil, fmt.Errorf("%s: %w", name, ErrExists)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	if err := l.create(); err != nil {
		return nil, errors.Join(err, l.closeFiles())
	}
	return l, nil
}

func newLog(fsys disk.FS, dir string, ring *keys.Ring, o Options) *Log {
	if o.Clock == nil {
		o.Clock = systemClock()
	}
	return &Log{fsys: fsys, dir: dir, ring: ring, opt: o}
}

func (l *Log) create() error {
	if err := l.fsys.MkdirAll(l.path(folder)); err != nil {
		return err
	}
	if err := l.openFiles(); err != nil {
		return err
	}
	for _, f := range []disk.File{l.frames, l.mirror, l.chain} {
		if err := f.Sync(); err != nil {
			return err
		}
	}
	for turn := range uint64(2) {
		if err := l.writeHead(mark{turn: turn}); err != nil {
			return err
		}
	}
	l.state.turn = 1
	return l.syncNames()
}

// openFiles opens every file for writing and makes those that are missing.
func (l *Log) openFiles() error {
	for _, f := range []struct {
		file *disk.File
		name string
	}{{&l.frames, framesName}, {&l.mirror, mirrorName}, {&l.chain, chainName}, {&l.heads[0], headName(0)}, {&l.heads[1], headName(1)}} {
		var err error
		*f.file, err = l.fsys.OpenRW(l.path(f.name))
		if errors.Is(err, fs.ErrNotExist) {
			*f.file, err = l.fsys.Create(l.path(f.name))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

func (l *Log) syncNames() error {
	for _, name := range []string{folder, "."} {
		if err := l.fsys.SyncDir(l.path(name)); err != nil {
			return err
		}
	}
	return nil
}

// Open reads the whole journal of the case folder dir, makes again what is
// damaged in one copy, keeps and cuts off what was never acknowledged, and
// tells all of it. When something acknowledged is missing, or a repair cannot
// be written, it changes nothing more and the journal is open for reading
// only. An error means that the disk does not answer or the case is locked.
func Open(ctx context.Context, fsys disk.FS, dir string, ring *keys.Ring, o Options) (*Log, Recovery, error) {
	l := newLog(fsys, dir, ring, o)
	s, err := look(ctx, fsys, dir, ring, nil)
	if err != nil {
		return nil, Recovery{}, fmt.Errorf("journal: %w", err)
	}
	if s.nothingThere() {
		return nil, Recovery{}, fmt.Errorf("journal: there is none in %s: %w", dir, fs.ErrNotExist)
	}
	v := s.judge()
	l.state, l.acked = v.keep, s.acked
	l.state.turn = s.turn
	rec := Recovery{}
	if l.missing = v.missing; v.missing {
		l.readOnly = "entries that were acknowledged are missing"
	} else if err := l.openFiles(); err != nil {
		l.readOnly = "it cannot be opened for writing: " + errors.Join(err, l.closeFiles()).Error()
	} else if err := l.repair(s, &v); err != nil {
		l.readOnly = "a repair could not be written: " + errors.Join(err, l.closeFiles()).Error()
	}
	rec.Findings, rec.ReadOnly = v.findings, l.readOnly
	if err := l.readClock(); err != nil {
		return nil, Recovery{}, errors.Join(err, l.Close())
	}
	return l, rec, nil
}

func (s *survey) nothingThere() bool {
	return !s.frames.exists() && !s.mirror.exists() && !s.chain.exists() &&
		errors.Is(s.headErr[0], fs.ErrNotExist) && errors.Is(s.headErr[1], fs.ErrNotExist)
}

// readClock takes the clocks of the last entry, so that the next can tell a
// jump.
func (l *Log) readClock() error {
	if l.state.Count == 0 || l.state.offsets[l.state.Count-1] < 0 {
		return nil
	}
	e, err := l.Entry(l.state.Count - 1)
	if err != nil {
		return err
	}
	l.state.clock = reading{wall: e.Time, boot: e.Boot, mono: e.Mono}
	return nil
}
