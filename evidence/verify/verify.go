// Package verify checks a Daybook bundle, a folder or the zip of one, with
// nothing but the standard library. It holds the checks and their verdict; it
// knows the bundle's format (docs/VERIFY.md) and nothing of cases, events or
// the rest of Daybook, so that somebody who trusts none of it can read these
// few files and check the checker.
package verify

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The files of a bundle that the checks know by name.
const (
	bagFile      = "bagit.txt"
	infoFile     = "bag-info.txt"
	payloadList  = "manifest-sha256.txt"
	tagList      = "tagmanifest-sha256.txt"
	sealFile     = "log/seal.txt"
	sealSigFile  = "log/seal.sig"
	signerFile   = "log/signer.pem"
	signerText   = "log/signer.txt"
	chainFile    = "log/chain.txt"
	checkFile    = "log/checkpoint"
	entriesDir   = "log/entries/"
	payloadDir   = "data/"
	originalsDir = "data/originals/"
)

// Options says what to compare with and whom to tell.
type Options struct {
	// Fingerprint is the signer's fingerprint as it came by another way than
	// in the bundle: 64 hexadecimal digits, spaces allowed; empty when the
	// reader has none.
	Fingerprint string
	// Phrase is what somebody noted of the journal earlier: the twelve words of
	// its head, or the head's 64 hexadecimal digits; empty when there is nothing.
	Phrase string
	// Earlier is the checkpoint of a bundle that was given before; nil when
	// there is none.
	Earlier []byte
	// Progress is told the bytes checked so far; it may be nil.
	Progress func(done, total int64, file string)
}

// parse reads what the reader brings: the fingerprint, and the first digits of
// the head that was noted.
func (o Options) parse() (print, noted string, err error) {
	if o.Fingerprint != "" {
		if print = plainHex(o.Fingerprint); !isSum(print) {
			return "", "", fmt.Errorf("fingerprint %q: want 64 hexadecimal digits", o.Fingerprint)
		}
	}
	if o.Phrase != "" {
		noted, err = parseNoted(o.Phrase)
	}
	return print, noted, err
}

// Problem is one thing that is wrong, with the file it is wrong in.
type Problem struct {
	File string `json:"file"`
	What string `json:"what"`
}

func (p Problem) String() string { return p.File + ": " + p.What }

// Verdict is the outcome in three parts: unchanged, complete, dated. None of
// them says that the content is true.
type Verdict struct {
	Problems []Problem `json:"problems"`

	// Unchanged: the files are those that the key signed.
	Files       int    `json:"files"`
	Bytes       int64  `json:"bytes"`
	Fingerprint string `json:"fingerprint"`
	Compared    bool   `json:"fingerprint_compared"`
	OtherKey    bool   `json:"fingerprint_differs,omitempty"` // from the one that was given: mistyped, or not the bundle that was meant

	// Complete: the journal's skeleton is whole; so many of its entries are
	// opened in this bundle.
	Entries   uint64 `json:"entries"`
	Opened    uint64 `json:"opened"`
	Withheld  uint64 `json:"withheld"`
	Head      string `json:"head"`
	Originals int    `json:"originals"`
	// Closed are the originals whose entry is not opened in this bundle, so
	// that nothing here tells when they were added.
	Closed []string `json:"originals_without_entry"`
	// KeyNamed tells that the journal's first entry is opened and names the key
	// that signed; the entry of an older case names none.
	KeyNamed bool `json:"key_named_by_journal"`
	// Noted is what came of looking up the state of the journal that the reader
	// noted; nil when there is none.
	Noted *Noted `json:"noted,omitempty"`
	// Earlier is what came of comparing with a bundle that was given before.
	Earlier *Earlier `json:"earlier,omitempty"`

	// Dated: what the bundle says of itself.
	Made string `json:"made"`
}

// OK tells that nothing was found wrong, and that the state that was noted and
// the earlier journal, if any, are in this one.
func (v *Verdict) OK() bool {
	return v.whole() && (v.Noted == nil || v.Noted.Found) && (v.Earlier == nil || v.Earlier.Part)
}

// whole tells that the bundle is as it was sealed.
func (v *Verdict) whole() bool { return len(v.Problems) == 0 }

func (v *Verdict) add(file, format string, a ...any) {
	p := Problem{file, fmt.Sprintf(format, a...)}
	if !slices.Contains(v.Problems, p) {
		v.Problems = append(v.Problems, p)
	}
}

// Bundle checks the bundle whose top folder is fsys. The error is for what
// could not be checked at all: a bundle that is not as it should be is no
// error but a verdict with problems.
func Bundle(ctx context.Context, fsys fs.FS, o Options) (*Verdict, error) {
	print, noted, err := o.parse()
	if err != nil {
		return nil, err
	}
	c := &check{ctx: ctx, fs: fsys, opt: o, print: print, noted: noted, v: &Verdict{Problems: []Problem{}, Closed: []string{}}}
	if noted != "" {
		c.v.Noted = &Noted{}
	}
	for _, step := range []func() error{
		c.find, c.bag, c.tags, c.payload, c.extra, c.signer, c.seal, c.info, c.journal, c.custody,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(c.v.Problems, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	return c.v, nil
}

// check is one run over one bundle.
type check struct {
	ctx context.Context
	fs  fs.FS
	opt Options
	v   *Verdict

	print string // the fingerprint that the reader brings
	noted string // the first digits of the head that the reader noted

	files  map[string]int64  // every plain file and its size
	sums   map[string]string // what the lists say, by file
	got    map[string]string // the sums that the files have
	bad    map[string]bool   // files whose sum is not what a list says
	empty  map[string]bool   // folders with no file in them
	total  int64
	done   int64
	key    []byte             // the signer's public key; nil when it could not be read
	sealed bool               // the seal is the signer's
	opened map[string][]int64 // items by the hash that an opened entry gives them
}

// find lists what is there. Anything that is neither a folder nor a plain file
// is a problem by itself: a link may lead out of the bundle.
func (c *check) find() error {
	c.files, c.sums, c.got, c.bad = map[string]int64{}, map[string]string{}, map[string]string{}, map[string]bool{}
	c.opened, c.empty = map[string][]int64{}, map[string]bool{}
	err := fs.WalkDir(c.fs, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." {
				c.empty[name] = true
			}
			return nil
		}
		for up := path.Dir(name); up != "."; up = path.Dir(up) {
			delete(c.empty, up)
		}
		if !d.Type().IsRegular() {
			c.v.add(name, "is not a plain file")
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		c.files[name] = info.Size()
		c.total += info.Size()
		return nil
	})
	c.v.Files, c.v.Bytes = len(c.files), c.total
	return err
}

// read gives a small file whole; what is missing was or will be named by the
// lists, and is named here once.
func (c *check) read(name string, limit int64) ([]byte, bool) {
	size, ok := c.files[name]
	if !ok {
		c.v.add(name, "is missing")
		return nil, false
	}
	if size > limit {
		c.v.add(name, "is larger than this file can be (%d bytes)", size)
		return nil, false
	}
	b, err := fs.ReadFile(c.fs, name)
	if err != nil {
		c.v.add(name, "cannot be read: %v", err)
		return nil, false
	}
	return b, true
}

func (c *check) progress(n int, file string) {
	c.done += int64(n)
	if c.opt.Progress != nil {
		c.opt.Progress(c.done, c.total, file)
	}
}

// meter stops a copy when the run is cancelled and tells how far it is.
type meter struct {
	c    *check
	r    io.Reader
	name string
}

func (m meter) Read(p []byte) (int, error) {
	if err := m.c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	m.c.progress(n, m.name)
	return n, err
}
