package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"daybook/timeline/casework"
)

// banned are words that claim more than was checked, or that name somebody as
// guilty or harmed.
var banned = regexp.MustCompile(`(?i)\b(genuine|authentic\w*|forensic\w*|admissib\w*|prove[sn]?|proof|guarante\w*|certif\w*|victim\w*|offend\w*|perpetrator\w*|abuser\w*|suspect\w*|stalker\w*|guilty|tamper-?proof|unforgeable|court-ready|police-approved|legal advice|risk score|100 ?%|secure[ds]?|safe|trustworth\w*|verified|fake)\b`)

// allowed are sentences that use such a word and may: the whole sentence, and
// why.
var allowed = map[string]string{
	"Verified Successfully":     "the words that openssl prints, quoted",
	"legal advice (privileged)": "why a row is left out: the person's, not ours",
}

// address is where a text was read: its words are those of others.
var address = regexp.MustCompile(`https://[^"]*`)

// wordingFiles hold what the bundle says in its own voice.
var wordingFiles = []string{"wording.go", "compose.go", "chronology.go", "row.go", "exhibit.go", "incident.go", "csv.go", "gather.go", "kit.go", "pack.go", "people.go", "absent.go", "container.go", "detail.go", "shows.go", "addresses.go", "timesketch.go", "caseuco.go", "excerpt.go", "withholding.go", "gate.go", "parts.go", "ownwords.go", "continuity.go", "system.go", "schedule.go", "secrets.go", "freeze.go", "changes.go", "statement.go", "receipt.go", "files.go", "register.go", "breach.go", "course.go", "matrix.go", "force.go", "earlier.go", "agree.go", "paperplan.go", "paperfill.go", "paperregister.go", "paperbreaches.go", "paperstatistics.go", "paperreports.go", "copies.go", "papercase.go", "paperlaw.go", "papercounts.go", "paperlang.go", "paperwrite.go", "pattern.go"}

// strings of a Go file that a reader may see: all but the tags of fields.
func literals(t *testing.T, name string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			return n.Tag == nil
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				s, err := strconv.Unquote(n.Value)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, s)
			}
		}
		return true
	})
	return all
}

func TestWordingClaimsNothing(t *testing.T) {
	used := map[string]bool{}
	lint := func(where, text string) {
		for phrase := range allowed {
			if joined := strings.Join(strings.Fields(text), " "); strings.Contains(joined, phrase) {
				used[phrase] = true
				text = strings.ReplaceAll(joined, phrase, "")
			}
		}
		if word := banned.FindString(text); word != "" {
			t.Errorf("%s says %q in %q", where, word, text)
		}
	}
	n := 0
	for _, name := range wordingFiles {
		for _, s := range literals(t, name) {
			lint(name, s)
			n++
		}
	}
	for _, s := range casework.Sentences() {
		lint("casework", s)
	}
	for name, page := range map[string]string{"verify.html": verifyPage, "verify.js": verifyScript, "timeline.html": timelinePage, "search.js": searchScript} {
		lint(name, page)
	}
	for _, name := range []string{"../evidence/verify/verdict.go", "../evidence/verify/main.go", "../evidence/verify/bag.go", "../evidence/verify/seal.go", "../evidence/verify/journal.go", "../evidence/verify/noted.go"} {
		for _, s := range literals(t, name) {
			lint(name, s)
			n++
		}
	}
	for _, name := range slices.Concat(must(filepath.Glob("../assets/law/*/*.json"))(t), must(filepath.Glob("../assets/papers/*.json"))(t)) {
		lint(name, address.ReplaceAllString(string(must(os.ReadFile(name))(t)), ""))
		n++
	}
	lint("docs/VERIFY.md", string(must(os.ReadFile("../docs/VERIFY.md"))(t)))
	if n < 200 {
		t.Errorf("only %d texts were looked at", n)
	}
	for phrase := range allowed {
		if !used[phrase] {
			t.Errorf("%q is allowed and nothing says it: take it off the list", phrase)
		}
	}
}

// Every sentence is said somewhere: one that is not is taken off.
func TestEverySentenceIsSaid(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "wording.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, name := range files {
		if name != "wording.go" && !strings.HasSuffix(name, "_test.go") {
			for _, w := range strings.FieldsFunc(string(must(os.ReadFile(name))(t)), func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				said[w] = true
			}
		}
	}
	for name := range f.Scope.Objects {
		if !said[name] {
			t.Errorf("nothing says %s", name)
		}
	}
}

var word = regexp.MustCompile(`(^|\s)[(“"]?\pL{2,}`)

// Sentences stand in wording.go and nowhere else in this package.
func TestSentencesStandInOneFile(t *testing.T) {
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range names {
		name := f.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || slices.Contains([]string{"wording.go", "kit.go"}, name) {
			continue
		}
		for _, s := range outsideErrors(t, name) {
			if len(word.FindAllString(s, -1)) >= 6 {
				t.Errorf("%s: %q: this is a sentence; it belongs in wording.go", name, s)
			}
		}
	}
}

// outsideErrors are the strings of a file that are not the text of an error.
func outsideErrors(t *testing.T, name string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Errorf", "New"}, s.Sel.Name) {
				return false
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				s, err := strconv.Unquote(n.Value)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, s)
			}
		}
		return true
	})
	return all
}

// A command that is printed on paper must fit there, or it is broken in a place
// where a shell takes it for two.
func TestPrintedCommandsFitOnPaper(t *testing.T) {
	const fits = 80
	for _, b := range newSample(t, Full).bundle.integrity() {
		c, ok := b.(Commands)
		if !ok {
			continue
		}
		for l := range strings.Lines(c.Text) {
			if len(l) > fits {
				t.Errorf("%d characters: %s", len(l), l)
			}
		}
		return
	}
	t.Error("no command is printed")
}
