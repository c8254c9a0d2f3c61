package journal

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"daybook/evidence/disk"
)

// group is what one Append writes.
type group struct {
	entries []Entry
	frames  []byte
	chain   []byte
	next    state
}

// Append writes the drafts as one group and returns when they are
// acknowledged: one sync of the frames, one of the mirror, one of the head,
// however many they are. After an error none of them is acknowledged; when the
// disk did not say what became of them, everything further fails with
// ErrBroken until the journal is opened again.
func (l *Log) Append(ctx context.Context, drafts ...Draft) ([]Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.writable(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(drafts) == 0 {
		return nil, nil
	}
	g, err := l.prepare(drafts)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	if err := l.write(g); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	l.state = g.next
	return g.entries, nil
}

func (l *Log) writable() error {
	switch {
	case l.closed:
		return errClosed
	case l.readOnly != "":
		return fmt.Errorf("%w: %s", ErrReadOnly, l.readOnly)
	case l.broken != nil:
		return fmt.Errorf("%w: %w", ErrBroken, l.broken)
	}
	return nil
}

// prepare seals the drafts without touching the disk.
func (l *Log) prepare(drafts []Draft) (*group, error) {
	g := &group{entries: make([]Entry, 0, len(drafts)), next: l.state}
	g.next.tree = l.state.tree.clone()
	now := read(l.opt.Clock)
	jump := now.jumpSince(l.state.clock)
	for _, d := range drafts {
		b, err := l.body(d, now, g.next.Count)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.Action, err)
		}
		b.Jump = jump.Milliseconds()
		jump = 0
		if err := l.add(g, b); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Action, err)
		}
	}
	g.next.clock = now
	g.next.turn++
	return g, nil
}

func (l *Log) body(d Draft, now reading, seq uint64) (body, error) {
	subject, err := raw(d.Subject)
	if err != nil {
		return body{}, fmt.Errorf("subject: %w", err)
	}
	detail, err := raw(d.Detail)
	if err != nil {
		return body{}, fmt.Errorf("detail: %w", err)
	}
	var salt [16]byte
	if _, err := rand.Read(salt[:]); err != nil {
		return body{}, err
	}
	actor := d.Actor
	if actor == "" {
		actor = l.opt.Actor
	}
	return body{
		V: bodyVersion, Seq: seq, Group: l.state.Count, Salt: hex.EncodeToString(salt[:]),
		Time: now.wall.Format(time.RFC3339Nano), Mono: now.mono.Milliseconds(), Boot: now.boot,
		Actor: actor, Action: d.Action, Subject: subject, Detail: detail, Device: l.opt.Device, Version: l.opt.Version,
	}, nil
}

// add puts an entry at the end of the group.
func (l *Log) add(g *group, b body) error {
	text, err := b.encode()
	if err != nil {
		return err
	}
	before := len(g.frames)
	if g.frames, err = appendFrame(g.frames, l.ring, g.next.Hash, g.next.end, text); err != nil {
		return err
	}
	e, _, err := decodeBody(text)
	if err != nil {
		return err
	}
	line := Line{Seq: b.Seq, Prev: g.next.Hash, Body: sha256.Sum256(text)}
	start := len(g.chain)
	g.chain = line.Append(g.chain)
	e.Prev, e.Hash = line.Prev, sha256.Sum256(g.chain[start:])
	g.entries = append(g.entries, e)
	n := &g.next
	n.tree.add(g.chain[start:])
	n.offsets = append(n.offsets, n.end)
	n.end += int64(len(g.frames) - before)
	n.chained += int64(len(g.chain) - start)
	n.Head = Head{Count: n.Count + 1, Hash: e.Hash}
	return nil
}

// write brings a group to the disk. The chain line of an entry is written only
// when its frame is safe: chain.txt never knows of more than there was.
func (l *Log) write(g *group) error {
	for _, f := range []disk.File{l.frames, l.mirror} {
		if _, err := f.WriteAt(g.frames, l.state.end); err != nil {
			return l.takeBack(err)
		}
	}
	for _, f := range []disk.File{l.frames, l.mirror} {
		if err := f.Sync(); err != nil {
			return l.breakOff(err)
		}
	}
	if _, err := l.chain.WriteAt(g.chain, l.state.chained); err != nil {
		return l.breakOff(err)
	}
	if err := l.writeHead(mark{turn: g.next.turn, Head: g.next.Head}); err != nil {
		return l.breakOff(err)
	}
	return nil
}

// takeBack undoes a write that did not fit, so that the journal can go on when
// there is room again.
func (l *Log) takeBack(cause error) error {
	for _, f := range []disk.File{l.frames, l.mirror} {
		if err := f.Truncate(l.state.end); err != nil {
			return l.breakOff(errors.Join(cause, err))
		}
	}
	return cause
}

func (l *Log) breakOff(cause error) error {
	l.broken = cause
	return cause
}

// entriesUpTo gives the offsets of what is acknowledged now.
func (l *Log) entriesUpTo() ([]int64, int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clip(l.state.offsets), l.state.end
}
