// Package anonymise copies an export of any format without its words: the same
// structure, with a stand-in for every name, text and number that tells of
// anybody, so that a person can send a sample of a format that fails.
//
// The same word has the same stand-in everywhere in a copy, so that people and
// conversations stay linked; dates and times are all moved by one number of
// weeks. Both hang on a secret that is written nowhere. What is kept is what
// formats use (kept.go): names of fields, values that a format knows, what apps
// write themselves. Pictures, sound and what is not known are left out, and a
// line stands in their place.
//
// It knows no importer and no disk: it reads a file system and writes to a
// Target. A copy still shows how much was written, how long each word is and at
// what time of day.
package anonymise

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"daybook/importers"
)

// A Target takes the files of a copy, each once.
type Target interface {
	// Create makes a file; its folders are made too. name is slash-separated.
	Create(name string) (io.WriteCloser, error)
}

// Limits bound what a copy costs.
type Limits struct {
	File      int64 // bytes of one file that is read as a whole
	Container importers.Limits
}

// DefaultLimits are those of the program.
var DefaultLimits = Limits{File: 256 << 20, Container: importers.DefaultLimits}

// A Summary is what was done.
type Summary struct {
	Files     int      // that were seen, members of zips too
	Rewritten int      // whose words have stand-ins
	Replaced  int      // pictures, sound and the like, with a line in their place
	LeftOut   []Notice // what could not be copied
	Notes     []Notice // what a copy of a file does not have
}

// A Notice is about one file, by its name in the copy.
type Notice struct{ Path, Reason string }

// Copy copies a file, or a folder with all that is in it, to a target. It goes
// over everything twice: to learn which words there are, and to write.
func Copy(ctx context.Context, in fs.FS, root string, to Target, limits Limits) (Summary, error) {
	secret := make([]byte, SecretSize)
	if _, err := io.ReadFull(rand.Reader, secret); err != nil {
		return Summary{}, fmt.Errorf("secret: %w", err)
	}
	s, err := newScribe(secret)
	if err != nil {
		return Summary{}, err
	}
	return s.copy(ctx, in, root, to, limits)
}

func (s *scribe) copy(ctx context.Context, in fs.FS, root string, to Target, limits Limits) (Summary, error) {
	learn := copier{scribe: s, in: in, limits: limits, to: nowhere{}, used: map[string]bool{}}
	if err := learn.walk(ctx, root); err != nil {
		return Summary{}, err
	}
	s.learned()
	write := copier{scribe: s, in: in, limits: limits, to: to, used: map[string]bool{}}
	err := write.walk(ctx, root)
	return write.Summary, err
}

// nowhere takes what is written while words are learned.
type nowhere struct{}

func (nowhere) Create(string) (io.WriteCloser, error) { return nowhere{}, nil }
func (nowhere) Write(p []byte) (int, error)           { return len(p), nil }
func (nowhere) Close() error                          { return nil }

// A copier goes over an export once.
type copier struct {
	*scribe
	Summary
	in     fs.FS
	to     Target
	limits Limits
	used   map[string]bool // names in the copy
}

func (c *copier) walk(ctx context.Context, root string) error {
	above := path.Dir(root)
	return fs.WalkDir(c.in, root, func(name string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		short := name
		if above != "." {
			short = name[len(above)+1:]
		}
		stand := c.path(short)
		switch {
		case err != nil:
			c.leaveOut(stand, plain(err))
			return nil
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			c.leaveOut(stand, errors.New("is no ordinary file but a link or a device, so it was not followed"))
			return nil
		}
		return c.take(ctx, name, stand)
	})
}

// plain is an error without the name of the file, which the copy hides.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (c *copier) leaveOut(stand string, why error) {
	c.LeftOut = append(c.LeftOut, Notice{stand, why.Error()})
}

// take copies one file of the folder.
func (c *copier) take(ctx context.Context, name, stand string) (err error) {
	stand = c.free(stand)
	f, err := c.in.Open(name)
	if err != nil {
		c.leaveOut(stand, plain(err))
		return nil
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		c.leaveOut(stand, plain(err))
		return nil
	}
	at, ok := f.(reader)
	if !ok {
		return fmt.Errorf("%s: can only be read from front to back", stand)
	}
	out, err := c.to.Create(stand)
	if err != nil {
		return err
	}
	err = c.file(ctx, file{name: name, stand: stand, size: info.Size(), r: at, tree: c.in}, out)
	return errors.Join(err, out.Close())
}

// free gives a name that no other file of the copy has: stand-ins of short words
// can be the same.
func (c *copier) free(stand string) string {
	name, ext := stand, path.Ext(stand)
	for n := 2; c.used[name]; n++ {
		name = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(stand, ext), n, ext)
	}
	c.used[name] = true
	return name
}

// reader is what an open file can do.
type reader interface {
	io.Reader
	io.ReaderAt
}
