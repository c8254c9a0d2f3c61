package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestAgree(t *testing.T) {
	const format = "Of %d [entry|entries], %d [is|are] opened [as it is] by %s: [it has|they have] 100%%"
	for _, c := range []struct {
		args []any
		want string
	}{
		{[]any{1, 0, "Jo [a|b]"}, "Of 1 entry, 0 are opened [as it is] by Jo [a|b]: they have 100%"},
		{[]any{uint64(2), int64(1), "Jo"}, "Of 2 entries, 1 is opened [as it is] by Jo: it has 100%"},
	} {
		if got := agree(format, c.args...); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if got := agree("[The page|The pages]: %d", 1); got != "The page: 1" {
		t.Error(got)
	}
	if got := agree("[one|many: %d", 1); got != "[one|many: 1" {
		t.Error(got)
	}
}

// sentenceConstants are the texts of wording.go by name.
func sentenceConstants(t *testing.T) map[string]string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "wording.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, value := range v.Values {
			if lit, ok := value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				all[v.Names[i].Name] = must(strconv.Unquote(lit.Value))(t)
			}
		}
		return true
	})
	return all
}

var (
	verb   = regexp.MustCompile(`%[a-z]`)
	choice = regexp.MustCompile(`\[[^\[\]|]*\|[^\[\]|]*\]`)

	// What is wrong behind the number one, and behind any other.
	wrongOne  = regexp.MustCompile(`\b1 (?:(?:more|other|earlier|such|journal|of the|of these) )*(?:[a-z]*[b-hj-rt-z]s|entries|are|were|have|them|they)\b`)
	wrongMany = regexp.MustCompile(`\b[02] (?:(?:more|other|earlier|such|journal) )*(?:row|page|file|record|entry|person|exhibit|code|incident|order|item|day|hour|minute|year|byte|pixel|movement|is|was|has|it)\b`)
	// A number that names one of several, and is no count.
	numberedOne = regexp.MustCompile(`(?i)\b(?:bundle|page|item|row|version|entry|No\.|person|term) [012]\b`)
)

// Every sentence agrees with its numbers, whether they are 0, 1 or 2.
func TestSentencesAgreeWithTheirNumbers(t *testing.T) {
	n := 0
	for name, format := range sentenceConstants(t) {
		if !strings.Contains(format, "%d") {
			if choice.MatchString(format) {
				t.Errorf("%s chooses between words and has no number: %q", name, format)
			}
			continue
		}
		for _, count := range []int{0, 1, 2} {
			var args []any
			for _, v := range verb.FindAllString(format, -1) {
				if v == "%d" {
					args = append(args, count)
				} else {
					args = append(args, "X")
				}
			}
			got := agree(format, args...)
			said := numberedOne.ReplaceAllString(got, "X")
			wrong := wrongMany
			if count == 1 {
				wrong = wrongOne
			}
			if bad := wrong.FindString(said); bad != "" || strings.Contains(got, "%!") || choice.MatchString(got) {
				t.Errorf("%s with %d: %q in %q", name, count, bad, got)
			}
			n++
		}
	}
	if n < 100 {
		t.Errorf("only %d sentences were said", n)
	}
}

// A sentence that chooses between words goes through agree, and nothing else
// prints it.
func TestChoicesAreMade(t *testing.T) {
	constants := sentenceConstants(t)
	for _, name := range must(filepath.Glob("*.go"))(t) {
		if strings.HasSuffix(name, "_test.go") || name == "wording.go" {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		agreed := map[*ast.Ident]bool{}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if fn, ok := n.Fun.(*ast.Ident); ok && fn.Name == "agree" {
					said := n.Args[0]
					if in, ok := said.(*ast.CallExpr); ok && len(in.Args) == 1 { // in the language of a paper
						said = in.Args[0]
					}
					if id, ok := said.(*ast.Ident); ok {
						agreed[id] = true
					}
				}
			case *ast.Ident:
				if choice.MatchString(constants[n.Name]) && !agreed[n] {
					t.Errorf("%s: %s is printed and nothing chooses its words", name, n.Name)
				}
			}
			return true
		})
	}
}
