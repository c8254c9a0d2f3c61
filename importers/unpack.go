package importers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"

	"daybook/evidence"
	"daybook/evidence/disk"
)

// unpack opens the containers among items, level by level, and stores their
// members.
func (a *act) unpack(ctx context.Context, items []evidence.Item) ([]evidence.Item, error) {
	var all []evidence.Item
	for level := items; len(level) > 0; {
		for _, it := range level {
			if err := a.unpackItem(ctx, it); err != nil {
				return all, err
			}
		}
		next, err := a.acknowledged(ctx)
		if err != nil {
			return all, err
		}
		all = append(all, next...)
		level = next
	}
	return all, nil
}

// caseError is an error of the case, which ends everything, as against one of
// a container, which ends that container.
type caseError struct{ error }

// unpackItem stores the members of an item, if it is a container. What is wrong
// with the container is stated; an error is one of the case.
func (a *act) unpackItem(ctx context.Context, it evidence.Item) (err error) {
	if a.plain[it.Number] {
		return nil
	}
	o, err := a.Case.Original(it.Hash)
	if err != nil {
		return a.unreadable(it, err)
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	problem := contained(func() error { return a.unpackOriginal(ctx, it, o) })
	var stop caseError
	switch {
	case errors.As(problem, &stop):
		return stop.error
	case ctx.Err() != nil:
		return ctx.Err()
	case problem != nil:
		a.failItem(it, problem)
	}
	return nil
}

func (a *act) unpackOriginal(ctx context.Context, it evidence.Item, o *evidence.Original) error {
	head, err := readHead(o, 512)
	if err != nil {
		return err
	}
	c, err := openContainer(it.Name, head, o, it.Size, a.Limits)
	if c == nil || err != nil {
		return err
	}
	depth, err := a.depth(it)
	if err != nil {
		return caseError{err}
	}
	if depth > a.Limits.Depth {
		return fmt.Errorf("lies %d containers deep, deeper than %d; it is kept as it is and was not opened", depth, a.Limits.Depth)
	}
	m, err := a.members(it)
	if err != nil {
		return caseError{err}
	}
	err = c.walk(ctx, func(f member, r io.Reader, problem error) error { return m.take(ctx, f, r, problem) })
	a.opened[it.Number] = m.kept > 0
	if err == nil && m.seen == 0 {
		return errors.New("holds no files; it is kept as it is")
	}
	return err
}

// depth is 1 for an item that was added by itself, and one more for each item
// that it lies in.
func (a *act) depth(it evidence.Item) (depth int, err error) {
	for depth = 1; it.Parent != 0; depth++ {
		if it, err = a.Case.Item(it.Parent); err != nil {
			return 0, err
		}
	}
	return depth, nil
}

// members takes the members of one container.
type members struct {
	a    *act
	of   evidence.Item
	have map[string]int // stored by an act that was cut short
	seen int
	kept int
}

func (a *act) members(of evidence.Item) (*members, error) {
	m := &members{a: a, of: of, have: map[string]int{}}
	kids, err := a.Case.Children(of.Number)
	if err != nil {
		return nil, err
	}
	for _, n := range kids {
		it, err := a.Case.Item(n)
		if err != nil {
			return nil, err
		}
		m.have[it.Path]++
	}
	return m, nil
}

// take stores one member.
func (m *members) take(ctx context.Context, f member, r io.Reader, problem error) error {
	m.seen++
	label := m.of.Path + "!" + f.path
	if problem != nil {
		m.a.fail(label, "%w", problem)
		return nil
	}
	if m.have[f.path] > 0 {
		m.have[f.path]--
		m.kept++
		return nil
	}
	source := &disk.Source{R: r}
	err := m.a.put(ctx, source, evidence.Provenance{Name: path.Base(treePath(f.path)), Path: f.path, Size: f.size,
		Modified: f.modified.UTC(), Wall: f.wall && !f.modified.IsZero(), Parent: m.of.Number, How: "member", Note: f.note})
	switch {
	case err == nil:
		m.kept++
		return nil
	case source.Err == nil:
		return caseError{err}
	case errors.Is(source.Err, errLimit):
		return source.Err
	case errors.Is(source.Err, io.ErrUnexpectedEOF):
		source.Err = CutError("what it lies in ends inside it")
	}
	m.a.fail(label, "could not be unpacked: %w", source.Err)
	return nil
}
