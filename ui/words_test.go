package ui

import (
	"encoding/json"
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"daybook/assets/help"
	words "daybook/assets/lang"
	"daybook/assets/registers"
	"daybook/ui/model"
)

var update = flag.Bool("update", false, "write the words that ui uses into assets/lang/en.json")

// tables are the types whose literals hold English that is shown later: each
// text in them that has a capital letter or a space is a key.
var tables = []string{"page", "action", "choice", "setting", "paragraph", "step", "stop"}

// usedWords gives every key that the package asks a translation for, or those of
// files whose names begin so, beside what is said on more than one page.
func usedWords(t *testing.T, of ...string) map[string]string {
	t.Helper()
	used := map[string]string{}
	for _, s := range model.Titles() {
		used[s] = "model"
	}
	for _, s := range model.Strengths() {
		used[s] = "model"
	}
	for _, s := range []string{model.PeopleFacet, model.KindFacet, model.SourceFacet, model.MarkFacet, model.NoCode, model.FoldRule} {
		used[s] = "model"
	}
	countries, err := help.Countries()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range countries {
		used[c.Name] = c.ID
		for _, l := range c.Lines {
			used[l.Name], used[l.About] = c.ID, c.ID
		}
	}
	registerWords(t, used)
	reporting, err := help.Reporting()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append([]string{reporting.Title}, reporting.Lines...) {
		used[s] = "help"
	}
	roles, _, err := help.Roles()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range roles {
		used[r.Title] = "roles"
		for _, d := range r.Lines {
			used[d.Text] = "roles"
		}
	}
	modelWords(t, used, of)
	for _, name := range sources(t, "*.go", of) {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "L" && len(n.Args) > 0 {
					note(used, n.Args[0], name)
				}
			case *ast.CompositeLit:
				if inTable(n.Type) {
					inLiteral(used, n, name)
				}
			case *ast.GenDecl:
				inConstants(used, n, name)
			}
			return true
		})
	}
	return used
}

// registerWords notes what the forms of registers ask, which is data.
func registerWords(t *testing.T, used map[string]string) {
	t.Helper()
	all, err := registers.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		texts := []string{r.Title, r.About, r.Why, r.Words, r.Dates.Occurred, r.Dates.Ends, r.Dates.Due, r.Events}
		for _, f := range r.Fields {
			texts = append(texts, f.Label, f.Why)
			for _, c := range f.Choices {
				texts = append(texts, model.ChoiceLabel(c))
			}
		}
		for _, s := range texts {
			if s != "" {
				used[s] = r.Kind
			}
		}
	}
}

// sources gives the files of the program that fit a pattern and whose names begin
// in one of some ways; in any where none is given.
func sources(t *testing.T, pattern string, of []string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(files, func(name string) bool {
		begins := func(b string) bool { return strings.HasPrefix(filepath.Base(name), b) }
		return strings.HasSuffix(name, "_test.go") || len(of) > 0 && !slices.ContainsFunc(of, begins)
	})
}

// labelling are the functions of the model that put a label before what was answered.
var labelling = []string{"add", "answer", "apart", "chosen"}

// modelWords notes what the model says as it stands: whole sentences, what went
// wrong, and the names of choices and facts. Sentences with names or numbers in
// them are not among them.
func modelWords(t *testing.T, used map[string]string, of []string) {
	t.Helper()
	for _, name := range sources(t, "model/*.go", of) {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && len(n.Args) == 2 && slices.Contains(labelling, f.Name) {
					note(used, n.Args[0], name)
				}
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "New" && len(n.Args) == 1 {
					if s := literal(n.Args[0]); s != "" {
						used[model.Sentence(errors.New(s))] = name
					}
				}
			case *ast.CompositeLit:
				namedIn(used, n, name)
			case *ast.BasicLit:
				if s := literal(n); whole(s) {
					used[s] = name
				}
			}
			return true
		})
	}
}

// namedIn notes the name of a fact, the label of an option, or those of a list of
// them.
func namedIn(used map[string]string, lit *ast.CompositeLit, file string) {
	typ := lit.Type
	if list, ok := typ.(*ast.ArrayType); ok {
		for _, e := range lit.Elts {
			if one, ok := e.(*ast.CompositeLit); ok && one.Type == nil {
				namedIn(used, &ast.CompositeLit{Type: list.Elt, Elts: one.Elts}, file)
			}
		}
		return
	}
	name, ok := typ.(*ast.Ident)
	if !ok || name.Name != "Option" && name.Name != "Fact" || len(lit.Elts) != 2 {
		return
	}
	at := map[string]int{"Fact": 0, "Option": 1}[name.Name]
	e := lit.Elts[at]
	if kv, ok := e.(*ast.KeyValueExpr); ok {
		e = kv.Value
	}
	note(used, e, file)
}

// whole tells a sentence that stands for itself.
func whole(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && strings.Contains(s, " ") && !strings.ContainsAny(s, "%{") && (strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?"))
}

// literal is the text of a string literal; empty for anything else.
func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}

func inTable(typ ast.Expr) bool {
	if list, ok := typ.(*ast.ArrayType); ok {
		typ = list.Elt
	}
	name, ok := typ.(*ast.Ident)
	return ok && slices.Contains(tables, name.Name)
}

// inLiteral notes the texts of a literal and of those within it.
func inLiteral(used map[string]string, lit *ast.CompositeLit, file string) {
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		switch e := e.(type) {
		case *ast.CompositeLit:
			inLiteral(used, e, file)
		case *ast.BasicLit:
			note(used, e, file)
		}
	}
}

// inConstants notes the names of groups.
func inConstants(used map[string]string, decl *ast.GenDecl, file string) {
	if decl.Tok != token.CONST || file != "pages.go" {
		return
	}
	for _, s := range decl.Specs {
		for _, v := range s.(*ast.ValueSpec).Values {
			note(used, v, file)
		}
	}
}

func note(used map[string]string, e ast.Expr, file string) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	s, err := strconv.Unquote(lit.Value)
	if err == nil && (s != strings.ToLower(s) || strings.Contains(s, " ")) {
		used[s] = file
	}
}

func readWords(t *testing.T, name string) map[string]string {
	t.Helper()
	data, err := words.Words.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return wordsIn(t, name, data)
}

func wordsIn(t *testing.T, name string, data []byte) (m map[string]string) {
	t.Helper()
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m
}

// TestWordsAreListed: every text that the window shows stands in en.json, and
// nothing else does.
func TestWordsAreListed(t *testing.T) {
	used := usedWords(t)
	if *update {
		writeWords(t, used)
		return
	}
	english := readWords(t, "en.json")
	for s, file := range used {
		if _, ok := english[s]; !ok {
			t.Errorf("%s: %q is not in assets/lang/en.json; go test ./ui -run Words -update adds it", file, s)
		}
	}
	for s, text := range english {
		if _, ok := used[s]; !ok && !strings.HasPrefix(s, "_") {
			t.Errorf("en.json: %q is shown nowhere", s)
		}
		if text != s && !strings.HasPrefix(s, "_") {
			t.Errorf("en.json: %q reads %q: the English is the key", s, text)
		}
	}
}

func writeWords(t *testing.T, used map[string]string) {
	t.Helper()
	m := map[string]string{"_about": "English as the program is written. Every text stands for itself.", "_language": "en"}
	for s := range used {
		m[s] = s
	}
	f, err := os.Create(filepath.Join("..", "assets", "lang", "en.json"))
	if err != nil {
		t.Fatal(err)
	}
	e := json.NewEncoder(f)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestTranslationsFollow: another language translates texts that exist, keeps
// their places for values, and says who has read it.
func TestTranslationsFollow(t *testing.T) {
	english := readWords(t, "en.json")
	files, err := fs.Glob(words.Words, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		other := readWords(t, name)
		if other["_about"] == "" {
			t.Errorf("%s does not say who has read it", name)
		}
		for s, text := range other {
			if _, ok := english[s]; !ok {
				t.Errorf("%s translates %q, which is shown nowhere", name, s)
			}
			if !slices.Equal(places(s), places(text)) && !strings.HasPrefix(s, "_") {
				t.Errorf("%s: %q loses a place for a value: %q", name, s, text)
			}
		}
	}
}

// atHomePages are the files, by the beginnings of their names, whose words somebody
// who keeps a record at home reads.
var atHomePages = []string{"home", "incident", "adding", "question", "owner", "help", "safest", "hide", "notice", "start", "create", "recovery", "open", "unlock",
	"passphrase", "register", "typing", "sample", "settings", "shortcuts", "menu", "pages", "frame", "dialog", "job", "fields", "refusal", "recent", "draft", "tour", "roles", "ownact"}

// TestHomeSpeaksWelsh: every page of the window is in Welsh, from the record that is kept
// at home to the pattern, what the law asks and another's bundle.
func TestHomeSpeaksWelsh(t *testing.T) {
	used := usedWords(t)
	if len(used) < 1400 {
		t.Fatalf("only %d texts are looked at", len(used))
	}
	welsh := readWords(t, "cy.json")
	for s, file := range used {
		if welsh[s] == "" {
			t.Errorf("%s: %q has no Welsh", file, s)
		}
	}
}

// places are the {{.Names}} of a text, in order.
func places(s string) (list []string) {
	for _, part := range strings.Split(s, "{{")[1:] {
		name, _, _ := strings.Cut(part, "}}")
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// TestWelsh: where the system speaks Welsh the window does, and shows in English
// what is not translated yet.
func TestWelsh(t *testing.T) {
	w := window(t, Options{})
	inWelsh(t)
	w.show(helpID)
	if s := w.words(); !strings.Contains(s, "Cymorth a diogelwch") || !strings.Contains(s, "National Stalking Helpline") {
		t.Error(s)
	}
	w.tell(model.ErrLocked)
	wants(t, w, "Ni weithiodd hynny", "Nid oes achos ar agor; datglowch un yn gyntaf")
	for _, ours := range []string{"a name {{.X}} in it", "{{", "Nothing that is listed"} {
		if got := said(ours); got != ours {
			t.Errorf("%q became %q", ours, got)
		}
	}
}
