package all

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"daybook/importers"
	"daybook/importers/importertest"
)

// TestCutExports: of an export that was cut off while it was copied, what stands
// before the cut is read by its own importer where its beginning shows which that
// is, and where the format can tell its end, the outcome says that it is missing.
func TestCutExports(t *testing.T) {
	tellsItsEnd := []string{".json", ".jsonl", ".ndjson", ".html", ".xml", ".gpx", ".kml", ".geojson", ".ics", ".vcf", ".db", ".sqlite"}
	set := Importers(nil)
	for _, owner := range set[:len(set)-1] {
		name := owner.Info().Name
		for _, sample := range importertest.Samples(t, filepath.Join("..", name, "testdata")) {
			file, data := largest(t, owner, sample)
			if data = data[:len(data)*6/10]; len(data) == 0 {
				continue
			}
			tree := importertest.Overlay(sample.Tree, file, data)
			by, r := first(t, set, tree, file, sample.Assume)
			var ask *importers.Ask
			what := name + "/" + sample.Name
			if len(r.Events)+len(r.Skips) == 0 && r.Err == nil {
				t.Errorf("%s, by %s: nothing and no error", what, by)
			}
			if slices.Contains(tellsItsEnd, path.Ext(file)) && !errors.Is(r.Err, io.ErrUnexpectedEOF) && !errors.As(r.Err, &ask) && !besideTheEnd[what] {
				t.Errorf("%s, by %s: %d events, %d skips, and not that it is cut off: %v", what, by, len(r.Events), len(r.Skips), r.Err)
			}
		}
	}
}

// besideTheEnd are the samples of which something else is said.
var besideTheEnd = map[string]bool{
	"bundle/0.1-changed-after-sealing": true, "bundle/0.1-full": true, "bundle/0.1-served": true, // a list that is not the sealed one
	"sms/damaged-middle.xml": true, "sms/document-type.xml": true, // they end before the cut
	"telegram/both-2024":           true,                                                                                                                  // the same is read from the JSON beside it
	"capture/browser-no-time.html": true, "capture/httrack-gmt.html": true, "capture/singlefile-offset.html": true, "capture/singlefile-hides.html": true, // any page: many have no end tags
}

// largest is the main file of a sample: of those that its importer claims.
func largest(t *testing.T, owner importers.Importer, sample importertest.Sample) (file string, data []byte) {
	t.Helper()
	for _, name := range sample.Files(t) {
		src := source(t, sample.Tree, name)
		if src.Size < int64(len(data)) || !owner.Claims(src) {
			continue
		}
		var err error
		if data, err = fs.ReadFile(sample.Tree, name); err != nil {
			t.Fatal(err)
		}
		file = name
	}
	return file, data
}

// first has the first importer read a file that knows it for its own.
func first(t *testing.T, set importers.Set, tree fs.FS, file string, assume importers.Assume) (string, importertest.Result) {
	t.Helper()
	src := source(t, tree, file)
	for _, imp := range set {
		if !imp.Claims(src) {
			continue
		}
		r, err := importertest.Read(t.Context(), imp, tree, file, assume)
		if err != nil {
			t.Fatal(err)
		}
		if !errors.Is(r.Err, importers.ErrNotMine) {
			return imp.Info().Name, r
		}
	}
	return "nobody", importertest.Result{}
}
