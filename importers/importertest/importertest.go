// Package importertest is the suite that every importer passes. An importer's
// own test is two lines:
//
//	func TestImporter(t *testing.T) { importertest.Run(t, New()) }
//	func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }
//
// Its samples lie in testdata: a file, or a folder that is a whole export,
// named producer-property ("ios-us-12h"). What must come out lies beside each
// as NAME.golden.jsonl (written by go test -update), and the answers a person
// gave, if any, as NAME.assume.json. Of one that tries to deceive, who and when is so
// is told by hand in NAME.truth.txt.
//
// Beside the suite stand what several importers' own tests need: a source as
// long as one wants (Made, Repeat, Count, Allocated, Flat), samples that a builder
// makes (Built), and the public samples of a machine that has them (Public).
package importertest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"daybook/importers"
	"daybook/timeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Option widens the suite for one importer.
type Option func(*suite)

// Indifferent names lines and records, by a regular expression, whose loss need
// not change the result: a prologue, a closing tag. One that is not needed, as
// the loss of all that it matches shows, fails the test.
func Indifferent(expr string) Option {
	return func(s *suite) { s.indifferent = append(s.indifferent, regexp.MustCompile(expr)) }
}

// Sources says which files of the samples are the importer's, by a regular
// expression over their path; without it those that it claims.
func Sources(expr string) Option {
	return func(s *suite) { s.only = regexp.MustCompile(expr) }
}

type suite struct {
	imp         importers.Importer
	indifferent []*regexp.Regexp
	used        map[string]bool
	only        *regexp.Regexp
}

// Run puts an importer through the whole suite.
func Run(t *testing.T, imp importers.Importer, options ...Option) {
	s := &suite{imp: imp, used: map[string]bool{}}
	for _, o := range options {
		o(s)
	}
	t.Run("info", s.info)
	samples := Samples(t, "testdata")
	claimed := 0
	for _, sample := range samples {
		t.Run(sample.Name, func(t *testing.T) { claimed += s.sample(t, sample) })
	}
	if claimed == 0 {
		t.Errorf("%s claims no file of its own samples", imp.Info().Name)
	}
	s.truths(t, samples)
	t.Run("short", func(t *testing.T) { s.short(t, samples) })
	for _, re := range s.indifferent {
		if !s.used[re.String()] {
			t.Errorf("no loss of what Indifferent(%q) matches goes unseen: take it out", re)
		}
	}
}

func (s *suite) info(t *testing.T) {
	info := s.imp.Info()
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if info.Name != filepath.Base(wd) {
		t.Errorf("Info.Name is %q, the folder is %q", info.Name, filepath.Base(wd))
	}
	if info.Version < 1 || info.Title == "" || info.HowToGet == "" || len(info.Tried) == 0 {
		t.Errorf("Info lacks a version, a title, how to get the export or what was tried: %+v", info)
	}
}

// Sample is one entry of testdata.
type Sample struct {
	Name   string
	Tree   fs.FS
	Assume importers.Assume
	golden string
	truth  string
}

// Samples lists what lies in a testdata folder. None is a failure.
func Samples(t testing.TB, dir string) []Sample {
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []Sample
	for _, e := range entries {
		name := e.Name()
		if name == "fuzz" || name == "rapid" || beside(name) {
			continue
		}
		list = append(list, Sample{
			Name:   name,
			Tree:   tree(t, filepath.Join(dir, name), e.IsDir()),
			Assume: assume(t, filepath.Join(dir, name+".assume.json")),
			golden: filepath.Join(dir, name+".golden.jsonl"),
			truth:  filepath.Join(dir, name+".truth.txt"),
		})
	}
	if len(list) == 0 {
		t.Fatalf("%s holds no samples", dir)
	}
	return list
}

// beside tells the files of testdata that say something of a sample.
func beside(name string) bool {
	return strings.HasSuffix(name, ".golden.jsonl") || strings.HasSuffix(name, ".assume.json") || strings.HasSuffix(name, ".truth.txt")
}

func tree(t testing.TB, path string, folder bool) fs.FS {
	if folder {
		return os.DirFS(path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{filepath.Base(path): {Data: data}}
}

func assume(t testing.TB, path string) importers.Assume {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return importers.Assume{}
	}
	if err != nil {
		t.Fatal(err)
	}
	var a struct {
		Zone, DateOrder, Owner string
		Columns                json.RawMessage
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	out := importers.Assume{DateOrder: importers.DateOrder(a.DateOrder), Owner: a.Owner, Columns: string(a.Columns)}
	if a.Zone != "" {
		if out.Zone, err = time.LoadLocation(a.Zone); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	return out
}

// Files lists the regular files of a sample in order.
func (s Sample) Files(t testing.TB) []string {
	var files []string
	err := fs.WalkDir(s.Tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sample runs every check over the files of a sample that the importer claims
// and tells how many there were.
func (s *suite) sample(t *testing.T, sample Sample) int {
	var golden bytes.Buffer
	var all []Result
	claimed := 0
	for _, path := range sample.Files(t) {
		src, err := source(sample.Tree, path, sample.Assume)
		if err != nil {
			t.Fatal(err)
		}
		if s.only != nil && !s.only.MatchString(path) || !s.imp.Claims(src) {
			continue
		}
		claimed++
		r := s.read(t, sample.Tree, path, sample.Assume)
		golden.Write(r.Lines(path))
		all = append(all, r)
		s.invariants(t, r, src.Size)
		s.repeats(t, sample, path, r)
		s.stops(t, src, r)
		data, err := fs.ReadFile(sample.Tree, path)
		if err != nil {
			t.Fatal(err)
		}
		s.cuts(t, sample, path, data)
		if utf8.Valid(data) {
			s.drops(t, sample, path, data, r)
			s.elements(t, sample, path, data, r)
		}
	}
	Golden(t, sample.golden, golden.Bytes())
	s.truth(t, sample, all)
	return claimed
}

func (s *suite) read(t testing.TB, tree fs.FS, path string, a importers.Assume) Result {
	r, err := Read(context.Background(), s.imp, tree, path, a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Golden compares with a file line by line, or writes it with go test -update.
func Golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it; read it before you commit it)", err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, d)
	}
}

// invariants hold for every result, of whatever bytes.
func (s *suite) invariants(t testing.TB, r Result, size int64) {
	t.Helper()
	seen := map[string]bool{}
	for _, e := range r.Events {
		rec := e.Source.Record
		if rec == "" || seen[rec] {
			t.Errorf("record %q is empty or comes twice", rec)
		}
		seen[rec] = true
		if e.Kind == "" {
			t.Errorf("%s: an event without a kind", rec)
		}
		checkWhen(t, rec, e.When)
		for _, c := range e.Claims {
			checkWhen(t, rec+", "+c.Label, c.When)
		}
		if !utf8.ValidString(e.Text) {
			t.Errorf("%s: text is not UTF-8", rec)
		}
	}
	for _, k := range r.Skips {
		if k.Record == "" || k.Reason == "" || k.Reason == "<nil>" {
			t.Errorf("a skip without its record or its reason: %+v", k)
		}
	}
	if ask := (*importers.Ask)(nil); errors.As(r.Err, &ask) || errors.Is(r.Err, importers.ErrNotMine) {
		if len(r.Events)+len(r.Skips)+len(r.Attached) > 0 {
			t.Errorf("%v, after %d events and %d skips were handed on", r.Err, len(r.Events), len(r.Skips))
		}
		return
	}
	if len(r.Events)+len(r.Skips) == 0 && r.Err == nil && size > 0 {
		t.Errorf("nothing came of %d bytes, and no error", size)
	}
}

func checkWhen(t testing.TB, where string, w timeline.When) {
	t.Helper()
	if w.Precision == "" || w.Basis == "" {
		t.Errorf("%s: a time without precision or basis: %+v", where, w)
	}
	if w.Precision == timeline.Undated {
		if !w.Instant.IsZero() || !w.Local.IsZero() {
			t.Errorf("%s: undated, with a time: %+v", where, w)
		}
		return
	}
	if w.Raw == "" {
		t.Errorf("%s: a time without the words of the source: %+v", where, w)
	}
	if _, ok := w.Order(); !ok {
		t.Errorf("%s: a time without a value that is not called undated: %+v", where, w)
	}
	if w.Basis == timeline.UnknownZone && !w.Instant.IsZero() {
		t.Errorf("%s: an instant although the zone is unknown: %+v", where, w)
	}
	if !w.Instant.IsZero() && w.Instant.Location() != time.UTC || !w.Local.IsZero() && w.Local.Location() != time.UTC {
		t.Errorf("%s: Instant and Local must be carried in time.UTC: %+v", where, w)
	}
}

func (s *suite) repeats(t *testing.T, sample Sample, path string, first Result) {
	second := s.read(t, sample.Tree, path, sample.Assume)
	if d := cmp.Diff(string(first.Lines(path)), string(second.Lines(path))); d != "" {
		t.Errorf("two runs differ:\n%s", d)
	}
}

var errStop = errors.New("the run was told to stop")

// stops checks that an importer gives back the error of its Output at once,
// and that of its context.
func (s *suite) stops(t *testing.T, src importers.Source, whole Result) {
	calls := len(whole.Events) + len(whole.Skips) + len(whole.Attached)
	for _, n := range []int{0, calls / 2, calls - 1} {
		if n < 0 || n >= calls {
			continue
		}
		c := collector{left: n, stop: errStop}
		if err := s.imp.Import(context.Background(), src, &c); !errors.Is(err, errStop) {
			t.Errorf("stopped after %d records, it returned %v", n, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c := collector{left: -1}
	err := s.imp.Import(ctx, src, &c)
	if !errors.Is(err, context.Canceled) && calls > 1 {
		t.Errorf("with its context ended, it returned %v after %d events", err, len(c.Events))
	}
}

// cuts checks that a file cut anywhere never gives nothing without an error.
func (s *suite) cuts(t *testing.T, sample Sample, path string, data []byte) {
	const lengths = 400
	for i := range lengths {
		n := 1 + i*len(data)/lengths
		if n > len(data) {
			break
		}
		s.check(t, sample, path, data[:n])
	}
}

func (s *suite) check(t testing.TB, sample Sample, path string, data []byte) Result {
	t.Helper()
	r := s.read(t, Overlay(sample.Tree, path, data), path, sample.Assume)
	s.invariants(t, r, int64(len(data)))
	return r
}

// drops checks that the loss or the blanking of any line shows in the result.
func (s *suite) drops(t *testing.T, sample Sample, path string, data []byte, whole Result) {
	lines := bytes.SplitAfter(data, []byte("\n"))
	want := string(whole.Lines(path))
	step := max(1, len(lines)/150)
	for i := 0; i < len(lines); i += step {
		if len(bytes.TrimSpace(lines[i])) == 0 {
			continue
		}
		without := append(append([]byte{}, bytes.Join(lines[:i], nil)...), bytes.Join(lines[i+1:], nil)...)
		if len(without) == 0 {
			continue
		}
		if r := s.check(t, sample, path, without); string(r.Lines(path)) == want && !s.mayGo(lines[i]) {
			t.Errorf("%s: nothing shows that line %d is gone: %.120q", path, i+1, lines[i])
		}
	}
}

func (s *suite) mayGo(line []byte) bool {
	for _, re := range s.indifferent {
		if re.Match(line) {
			s.used[re.String()] = true
			return true
		}
	}
	return false
}

// Overlay is a tree in which one file holds other bytes.
func Overlay(base fs.FS, path string, data []byte) fs.FS {
	return overlayFS{base, path, fstest.MapFS{path: {Data: data}}}
}

type overlayFS struct {
	base fs.FS
	path string
	over fs.FS
}

func (o overlayFS) Open(name string) (fs.File, error) {
	if name == o.path {
		return o.over.Open(name)
	}
	return o.base.Open(name)
}

func (o overlayFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.base, name) }
