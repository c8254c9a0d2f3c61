package signal

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"io/fs"
	"path"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// maxFiles is how many files of an export are looked through.
const maxFiles = 1_000_000

type attachment struct {
	Pointer    *pointer        `json:"pointer"`
	Flag       jsonfile.Scalar `json:"flag"`
	Downloaded bool            `json:"wasDownloaded"`
	Rest       jsontext.Value  `json:",embed"`
}

type pointer struct {
	Type    jsonfile.Scalar `json:"contentType"`
	Name    jsonfile.Scalar `json:"fileName"`
	Caption jsonfile.Scalar `json:"caption"`
	Locator struct {
		Hash jsonfile.Scalar `json:"plaintextHash"`
		Size jsonfile.Scalar `json:"size"`
		Rest jsontext.Value  `json:",embed"`
	} `json:"locatorInfo"`
	Rest jsontext.Value `json:",embed"`
}

// attachment lists a file that a message has.
func (x *export) attachment(e *timeline.Event, a *attachment) {
	if a.Pointer == nil {
		e.Files = append(e.Files, timeline.Attachment{Name: "attachment", Missing: true, Note: "the export says nothing of the file"})
		return
	}
	note := ""
	if a.Flag != "" && a.Flag != "NONE" {
		note = words(string(a.Flag))
	}
	x.pointer(e, a.Pointer, note)
	last := &e.Files[len(e.Files)-1]
	if last.Missing && !a.Downloaded {
		last.Note = "was never downloaded to the device"
	}
	x.rest(e, a.Rest)
}

// pointer lists the file that a pointer leads to, if it is there.
func (x *export) pointer(e *timeline.Event, p *pointer, note string) {
	if p == nil {
		return
	}
	a := timeline.Attachment{Name: importers.Shorten(string(p.Name), importers.MostFact), Type: importers.Shorten(string(p.Type), importers.MostFact), Note: note}
	found := x.files.find(string(p.Locator.Hash), string(p.Locator.Size))
	switch {
	case found != "":
		a.Path = found
	case x.files.err != nil:
		a.Missing, a.Note = true, "the export's files could not be looked through: "+x.files.err.Error()
	default:
		a.Missing, a.Note = true, "not in the export"
	}
	if a.Name == "" {
		a.Name = path.Base(found)
	}
	if a.Name == "" || a.Name == "." {
		a.Name = "attachment"
	}
	e.Files = append(e.Files, a)
	extra(e, "caption", string(p.Caption))
	x.rest(e, p.Rest)
}

// store are the files beside the messages, found by what is in them. Each is
// read at most once, and only when a message names one of its size.
type store struct {
	ctx    context.Context
	fs     fs.FS
	dir    string
	listed bool
	bySize map[int64][]string
	byHash map[string]string
	err    error
}

func newStore(ctx context.Context, s importers.Source) *store {
	return &store{ctx: ctx, fs: s.FS, dir: path.Join(path.Dir(s.Path), "files"), bySize: map[int64][]string{}, byHash: map[string]string{}}
}

// find gives the path of the file with a hash, or nothing.
func (s *store) find(encoded, size string) string {
	hash, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(hash) != sha256.Size {
		return ""
	}
	s.list()
	if p := s.byHash[string(hash)]; p != "" {
		return p
	}
	if n, err := strconv.ParseInt(size, 10, 64); err == nil {
		s.hashAll(n)
	} else {
		for n := range s.bySize {
			s.hashAll(n)
		}
	}
	return s.byHash[string(hash)]
}

// list finds out which files there are.
func (s *store) list() {
	if s.listed {
		return
	}
	s.listed = true
	count := 0
	err := fs.WalkDir(s.fs, s.dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if p == s.dir {
				return fs.SkipAll // there are none
			}
			return err
		}
		if count++; count > maxFiles {
			return fs.SkipAll
		}
		if d.IsDir() {
			return s.ctx.Err()
		}
		info, err := d.Info()
		if err == nil && info.Mode().IsRegular() {
			s.bySize[info.Size()] = append(s.bySize[info.Size()], p)
		}
		return err
	})
	if err != nil {
		s.err = err
	}
}

// hashAll hashes the files of a size.
func (s *store) hashAll(size int64) {
	for _, p := range s.bySize[size] {
		hash, err := s.hash(p)
		if err != nil {
			s.err = err
			continue
		}
		if s.byHash[hash] == "" {
			s.byHash[hash] = p
		}
	}
	delete(s.bySize, size)
}

func (s *store) hash(p string) (hash string, err error) {
	f, err := s.fs.Open(p)
	if err != nil {
		return "", err
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	h := sha256.New()
	if _, err := io.Copy(h, importers.UntilDone(s.ctx, f)); err != nil {
		return "", err
	}
	return string(h.Sum(nil)), nil
}
