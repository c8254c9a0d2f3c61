package anonymise

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/all"
	"daybook/importers/importertest"
)

// memoryTarget keeps a copy in memory.
type memoryTarget struct{ files fstest.MapFS }

func (m memoryTarget) Create(name string) (io.WriteCloser, error) {
	if !fs.ValidPath(name) || m.files[name] != nil {
		return nil, fmt.Errorf("%s: is there already, or is no name", name)
	}
	f := &fstest.MapFile{}
	m.files[name] = f
	return &memoryWriter{f}, nil
}

type memoryWriter struct{ f *fstest.MapFile }

func (w *memoryWriter) Write(p []byte) (int, error) {
	w.f.Data = append(w.f.Data, p...)
	return len(p), nil
}
func (w *memoryWriter) Close() error { return nil }

// copied copies a tree with a secret that tests know.
func copied(t testing.TB, tree fs.FS, root string) (*scribe, fstest.MapFS, Summary) {
	t.Helper()
	return copiedWithin(t, tree, root, Limits{File: 32 << 20, Container: importers.DefaultLimits})
}

func copiedWithin(t testing.TB, tree fs.FS, root string, limits Limits) (*scribe, fstest.MapFS, Summary) {
	t.Helper()
	s, err := newScribe([]byte("sixteen letters!"))
	if err != nil {
		t.Fatal(err)
	}
	out := memoryTarget{fstest.MapFS{}}
	sum, err := s.copy(context.Background(), tree, root, out, limits)
	if err != nil {
		t.Fatal(err)
	}
	return s, out.files, sum
}

// outcome is what importers make of a tree: events by importer and kind, skips,
// and how it ended.
func outcome(t *testing.T, tree fs.FS, assume importers.Assume) map[string]int {
	t.Helper()
	counts := map[string]int{}
	set := all.Importers(nil)
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, imp := range set {
			info := imp.Info()
			if info.Single || info.Name == "photo" || info.Name == "file" {
				continue
			}
			src, err := sourceOf(tree, name, assume)
			if err != nil {
				return err
			}
			if !imp.Claims(src) {
				continue
			}
			r, err := importertest.Read(context.Background(), imp, tree, name, assume)
			if err != nil {
				return err
			}
			for _, e := range r.Events {
				counts[info.Name+" "+string(e.Kind)]++
			}
			counts[info.Name+" skips"] += len(r.Skips)
			if r.Err != nil {
				counts[info.Name+" error"]++
			}
			break
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func sourceOf(tree fs.FS, name string, assume importers.Assume) (importers.Source, error) {
	data, err := fs.ReadFile(tree, name)
	if err != nil {
		return importers.Source{}, err
	}
	return importers.Source{FS: tree, Path: name, Head: data[:min(len(data), importers.HeadSize)], Size: int64(len(data)), Assume: assume}, nil
}

// Every sample of every format is read the same way without its words: as many
// events of each kind, as many skips.
func TestCopiesAreReadAsTheirOriginals(t *testing.T) {
	known, alike := lines(readLines(t)), []string{}
	for name, sample := range samplesOfAll(t) {
		if strings.HasPrefix(name, "photo/") || strings.HasPrefix(name, "file/") {
			continue // what is a single thing is read by what it is made of
		}
		tree := rooted(t, sample)
		s, out, _ := copied(t, tree, ".")
		assume := sample.Assume
		if assume.Owner != "" {
			assume.Owner = s.text(assume.Owner)
		}
		want, got := outcome(t, tree, sample.Assume), outcome(t, out, assume)
		switch equal := fmt.Sprint(want) == fmt.Sprint(got); {
		case equal && len(want) > 0:
			alike = append(alike, name)
		case known[name]:
			t.Errorf("%s:\n want %v\n got  %v", name, want, got)
		default:
			t.Logf("%s is read otherwise:\n want %v\n got  %v", name, want, got)
		}
	}
	if *writeLists {
		slices.Sort(alike)
		if err := os.WriteFile(readAlike, []byte(strings.Join(alike, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if len(known) < 100 {
		t.Errorf("%d samples only", len(known))
	}
}

// readAlike lists the samples whose copies are read as they are. go test -lists
// writes it; what is not in it, and why, says docs/FORMATS.md of the format.
const readAlike = "testdata/read-alike.txt"

func readLines(t *testing.T) string {
	data, err := os.ReadFile(readAlike)
	if err != nil && !*writeLists {
		t.Fatal(err)
	}
	return string(data)
}

// samplesOfAll gives the samples of every importer, by their names.
func samplesOfAll(t *testing.T) map[string]importertest.Sample {
	t.Helper()
	folders, err := filepath.Glob("../*/testdata")
	if err != nil || len(folders) < 20 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	list := map[string]importertest.Sample{}
	for _, folder := range folders {
		importer := filepath.Base(filepath.Dir(folder))
		golden, err := filepath.Glob(filepath.Join(folder, "*.golden.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		if len(golden) == 0 { // what formats share has no samples
			continue
		}
		for _, sample := range importertest.Samples(t, folder) {
			list[importer+"/"+sample.Name] = sample
		}
	}
	return list
}

// rooted is a sample without what lies beside it.
func rooted(t *testing.T, sample importertest.Sample) fs.FS {
	out := fstest.MapFS{}
	for _, name := range sample.Files(t) {
		data, err := fs.ReadFile(sample.Tree, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}
