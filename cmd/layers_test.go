// Package cmd_test checks the house: which package may import which.
package cmd_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// layers is the map of docs/DESIGN.md: a package may import those of lower
// rank, those of its own folder, and nothing above.
var layers = []struct {
	folder string
	rank   int
}{
	{"assets", 0},
	{"evidence/verify", 0}, // knows nothing of Daybook, the case included
	{"evidence", 1},
	{"timeline", 2},
	{"importers", 3},
	{"report", 3},
	{"ui/model", 4},
	{"ui", 5},
	{"cmd", 6},
}

// keepers are libraries that only some folders may know.
var keepers = []struct {
	library string
	folders []string
}{
	{"fyne.io/", []string{"ui", "cmd/daybook"}},
	{"github.com/dgraph-io/badger", []string{"evidence"}},
	{"github.com/ncruces/go-sqlite3", []string{"importers/sqlite"}},
	{"github.com/jung-kurt/gofpdf", []string{"report"}},
	{"github.com/pdfcpu/", []string{"report"}},
	{"net/http", nil},
	{"log", []string{"ui", "cmd"}},
	{"log/slog", []string{"ui", "cmd"}},
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "daybook/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 8 {
		t.Fatalf("go list found %d packages only", len(list))
	}
	return list
}

// layer is the deepest folder of the table that holds a package.
func layer(p string) (folder string, rank int, ok bool) {
	p = strings.TrimPrefix(p, "daybook/")
	for _, l := range layers {
		if (p == l.folder || strings.HasPrefix(p, l.folder+"/")) && len(l.folder) > len(folder) {
			folder, rank, ok = l.folder, l.rank, true
		}
	}
	return folder, rank, ok
}

func TestImportsPointDown(t *testing.T) {
	for _, p := range packages(t) {
		folder, rank, ok := layer(p.ImportPath)
		if !ok {
			t.Errorf("%s is in no folder of the map", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			if !strings.HasPrefix(i, "daybook/") {
				continue
			}
			if f, r, _ := layer(i); f != folder && r >= rank {
				t.Errorf("%s imports %s: imports point down only", p.ImportPath, i)
			}
		}
	}
}

// shared are the folders of importers that are no format: what formats read
// their files with. googlephotos is both: photo asks it what lies beside a
// picture.
var shared = map[string]bool{"worker": true, "contentline": true, "googlephotos": true, "jsonfile": true, "meta": true, "page": true, "sqlite": true, "table": true, "xmlfile": true}

// verifier checks what it is handed as an fs.FS, and imports nothing of Daybook:
// another person's bundle is a format, and is read by the same checks that a
// stranger makes.
const verifier = "daybook/evidence/verify"

// TestImportersSeeNothing: a format knows the contract and the timeline's
// nouns; not the case, the disk, the network, or another format.
func TestImportersSeeNothing(t *testing.T) {
	for _, p := range packages(t) {
		if path.Dir(p.ImportPath) != "daybook/importers" {
			continue
		}
		switch path.Base(p.ImportPath) {
		case "all", "facsimile", "importertest", "pictures", "recording", "triage", "worker": // no formats
			continue
		}
		for _, i := range p.Imports {
			other := path.Dir(i) == "daybook/importers" && !shared[path.Base(i)]
			inside := strings.HasPrefix(i, "daybook/evidence/") && i != verifier
			if other || inside || i == "os" || i == "net" {
				t.Errorf("%s imports %s: a format sees its source alone", p.ImportPath, i)
			}
		}
	}
}

func TestLibrariesHaveTheirKeepers(t *testing.T) {
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			for _, k := range keepers {
				known := i == k.library || strings.HasPrefix(i, strings.TrimSuffix(k.library, "/")+"/")
				if known && k.library == "log" && i != "log" {
					known = false
				}
				if known && !within(p.ImportPath, k.folders) {
					t.Errorf("%s imports %s: only %v may", p.ImportPath, i, k.folders)
				}
			}
		}
	}
}

func within(p string, folders []string) bool {
	for _, f := range folders {
		if p == "daybook/"+f || strings.HasPrefix(p, "daybook/"+f+"/") {
			return true
		}
	}
	return false
}

// TestTheWindowHasOneGoroutine: work leaves the window's goroutine in ui/job.go,
// in one statement, and comes back there; nowhere else.
func TestTheWindowHasOneGoroutine(t *testing.T) {
	files, err := filepath.Glob("../ui/*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	statements := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			what := ""
			switch n := n.(type) {
			case *ast.GoStmt:
				what = "a go statement"
				statements++
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "fyne" && (n.Sel.Name == "Do" || n.Sel.Name == "DoAndWait") {
					what = "fyne." + n.Sel.Name
				}
			}
			if what != "" && filepath.Base(name) != "job.go" {
				t.Errorf("%s: %s stands outside ui/job.go", set.Position(n.Pos()), what)
			}
			return true
		})
	}
	if statements != 1 {
		t.Errorf("ui has %d go statements", statements)
	}
}
