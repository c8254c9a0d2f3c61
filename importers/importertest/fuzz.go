package importertest

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"daybook/importers"
)

// maxSeed is how large a sample is that is fuzzed: the engine is slow with
// larger ones.
const maxSeed = 16 << 10

// Fuzz feeds changed samples to an importer, each under the name of a sample,
// for formats go by names too, and checks the invariants.
func Fuzz(f *testing.F, imp importers.Importer) {
	s := &suite{imp: imp, used: map[string]bool{}}
	var names []string
	for _, seed := range seeds(f, imp) {
		f.Add(seed.name, seed.data)
		if !slices.Contains(names, seed.name) {
			names = append(names, seed.name)
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if !slices.Contains(names, name) { // the engine has changed it: to another sample's
			name = names[len(name)%len(names)]
		}
		tree := fstest.MapFS{name: {Data: data}}
		src, err := source(tree, name, importers.Assume{})
		if err != nil {
			t.Fatal(err)
		}
		imp.Claims(src)
		s.invariants(t, s.read(t, tree, name, importers.Assume{DateOrder: importers.DayFirst}), int64(len(data)))
	})
}

// seed is what fuzzing begins with.
type seed struct {
	name string
	data []byte
}

// seeds are the files of the samples that the importer claims; of a text that is
// too large its beginning. Where all are too large and no text, it is the
// smallest.
func seeds(f *testing.F, imp importers.Importer) (list []seed) {
	var smallest seed
	for _, sample := range Samples(f, "testdata") {
		for _, name := range sample.Files(f) {
			src, err := source(sample.Tree, name, sample.Assume)
			if err != nil {
				f.Fatal(err)
			}
			if !imp.Claims(src) {
				continue
			}
			data, err := fs.ReadFile(sample.Tree, name)
			if err != nil {
				f.Fatal(err)
			}
			switch {
			case len(data) <= maxSeed:
				list = append(list, seed{name, data})
			case utf8.Valid(data):
				list = append(list, seed{name, data[:maxSeed]})
			case smallest.data == nil || len(data) < len(smallest.data):
				smallest = seed{name, data}
			}
		}
	}
	if len(list) == 0 && smallest.data != nil {
		list = append(list, smallest)
	}
	if len(list) == 0 {
		f.Fatalf("%s claims no file of its own samples", imp.Info().Name)
	}
	return list
}
