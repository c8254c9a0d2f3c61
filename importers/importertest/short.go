package importertest

import (
	"path"
	"testing"
	"testing/fstest"

	"daybook/importers"
)

// telling are the bytes that mean something to one format or another.
const telling = "\x00\t\n\r \",:;=<>[]{}-0aB\xef\xfe\xff"

// short gives an importer the files of one and two bytes, under a name of each
// kind among its samples: nearly empty is where "nothing, and no error" hides.
func (s *suite) short(t *testing.T, samples []Sample) {
	done := map[string]bool{}
	for _, sample := range samples {
		for _, name := range sample.Files(t) {
			kind := path.Ext(name)
			if done[kind] || !s.claimed(t, sample, name) {
				continue
			}
			done[kind] = true
			for _, data := range shortFiles() {
				tree := fstest.MapFS{name: {Data: data}}
				s.invariants(t, s.read(t, tree, name, importers.Assume{DateOrder: importers.DayFirst}), int64(len(data)))
				if t.Failed() {
					t.Fatalf("%s, holding %q", name, data)
				}
			}
		}
	}
}

func (s *suite) claimed(t *testing.T, sample Sample, name string) bool {
	src, err := source(sample.Tree, name, sample.Assume)
	if err != nil {
		t.Fatal(err)
	}
	return s.imp.Claims(src)
}

func shortFiles() (list [][]byte) {
	for b := range 256 {
		list = append(list, []byte{byte(b)})
	}
	for _, a := range []byte(telling) {
		for _, b := range []byte(telling) {
			list = append(list, []byte{a, b})
		}
	}
	return append(list, []byte("\ufeff"), []byte("\ufeff\n"), []byte("\xff\xfe\n\x00"), []byte("\n\n\n\n"))
}
