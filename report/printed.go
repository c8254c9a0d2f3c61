package report

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"

	"daybook/report/leak"
	"daybook/timeline/casework"
)

// wordingSource is wording.go itself: the list of the program's own sentences is
// the file that has them, and cannot fall behind it.
//
//go:embed wording.go
var wordingSource string

// Own is what every bundle holds alike, and a word of which tells nothing of a
// case: files, scripts and styles of pages, and the program's own sentences.
func Own() (leak.Own, error) {
	page, err := verifyHTML()
	if err != nil {
		return leak.Own{}, err
	}
	own := leak.Own{Files: map[string]string{"VERIFY.html": page, "bagit.txt": bagText}, Scripts: []string{timelineStyle, searchScript}}
	file, err := parser.ParseFile(token.NewFileSet(), "wording.go", wordingSource, parser.SkipObjectResolution)
	if err != nil {
		return leak.Own{}, fmt.Errorf("the program's own sentences: %w", err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, _ := strconv.Unquote(lit.Value) // it was parsed: it is quoted
			own.Sentences = append(own.Sentences, fixedParts(s)...)
		}
		return true
	})
	for _, s := range casework.Sentences() {
		own.Sentences = append(own.Sentences, fixedParts(s)...)
	}
	return own, nil
}

// fixedParts are the parts of a sentence between what of a case is filled in that
// are long enough to be told from the words of a source.
func fixedParts(sentence string) (out []string) {
	for _, part := range filledIn.Split(sentence, -1) {
		if len(strings.Fields(part)) >= leastPart {
			out = append(out, part)
		}
	}
	return out
}

// filledIn is where a sentence has something of a case.
var filledIn = regexp.MustCompile(`%[a-z]|\[[^\[\]|]*\|[^\[\]|]*\]`)

// leastPart is how many words of a sentence are told from those of a source.
const leastPart = 4
