package importertest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"

	"daybook/importers"
	"daybook/timeline"
)

// Result is everything an importer handed on from one source.
type Result struct {
	Events   []timeline.Event
	Skips    []timeline.Skip
	Covers   []Coverage
	Attached []Attached
	Err      error
}

// Coverage is what Output.Covers was given.
type Coverage struct {
	First, Last timeline.When
	Note        string
}

// Attached is what Output.Attach was given, its bytes as their hash and size.
type Attached struct {
	Record, Name, Type, SHA256 string
	Size                       int64
}

// collector is an Output that keeps what it gets and can stop the importer.
type collector struct {
	Result
	left int   // calls until stop is returned; negative: never
	stop error // what a stopped call returns
}

func (c *collector) spend() error {
	if c.left == 0 {
		return c.stop
	}
	c.left--
	return nil
}

func (c *collector) Event(e timeline.Event) error {
	if err := c.spend(); err != nil {
		return err
	}
	c.Events = append(c.Events, e)
	return nil
}

func (c *collector) Skip(record, text string, reason error) error {
	if err := c.spend(); err != nil {
		return err
	}
	c.Skips = append(c.Skips, timeline.Skip{Record: record, Text: text, Reason: fmt.Sprint(reason)})
	return nil
}

func (c *collector) Covers(first, last timeline.When, note string) error {
	c.Result.Covers = append(c.Result.Covers, Coverage{first, last, note})
	return nil
}

func (c *collector) Attach(record, name, mediaType string, r io.Reader) (timeline.Attachment, error) {
	if err := c.spend(); err != nil {
		return timeline.Attachment{}, err
	}
	h := sha256.New()
	n, err := io.Copy(h, r)
	a := timeline.Attachment{Name: name, Type: mediaType}
	if err != nil {
		a.Note = "could not be read to its end"
	}
	c.Attached = append(c.Attached, Attached{record, name, mediaType, hex.EncodeToString(h.Sum(nil)), n})
	return a, nil
}

// Read runs an importer over one file of a tree, as the run would.
func Read(ctx context.Context, imp importers.Importer, tree fs.FS, path string, assume importers.Assume) (Result, error) {
	s, err := source(tree, path, assume)
	if err != nil {
		return Result{}, err
	}
	c := collector{left: -1}
	c.Err = imp.Import(ctx, s, &c)
	return c.Result, nil
}

func source(tree fs.FS, path string, assume importers.Assume) (importers.Source, error) {
	f, err := tree.Open(path)
	if err != nil {
		return importers.Source{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return importers.Source{}, err
	}
	head, err := io.ReadAll(io.LimitReader(f, importers.HeadSize))
	if err != nil {
		return importers.Source{}, err
	}
	return importers.Source{FS: tree, Path: path, Head: head, Size: info.Size(), Assume: assume}, nil
}

// Lines writes a result as JSON lines: what golden files hold.
func (r Result) Lines(path string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	line := func(kind string, v any) {
		if err := enc.Encode(map[string]any{kind: v}); err != nil {
			fmt.Fprintf(&b, "%q cannot be written: %v\n", kind, err)
		}
	}
	line("source", path)
	for _, e := range r.Events {
		line("event", e)
	}
	for _, s := range r.Skips {
		line("skip", s)
	}
	for _, c := range r.Covers {
		line("covers", c)
	}
	for _, a := range r.Attached {
		line("attached", a)
	}
	if r.Err != nil {
		line("error", r.Err.Error())
	}
	return b.Bytes()
}
