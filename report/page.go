package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"strings"

	"daybook/evidence/verify"
)

// The pages that open from disk, as they are written here.
var (
	//go:embed page/verify.html
	verifyPage string
	//go:embed page/verify.css
	verifyStyle string
	//go:embed page/verify.js
	verifyScript string
	//go:embed page/timeline.html
	timelinePage string
	//go:embed page/timeline.css
	timelineStyle string
	//go:embed page/search.js
	searchScript string
)

// pageParts is what a page that opens from disk needs in itself: its style and
// its script, and their hashes, which are all that its policy allows to run.
type pageParts struct {
	Style      template.CSS
	StyleHash  string
	Script     template.JS
	ScriptHash string
}

func partsOf(style, script string) pageParts {
	return pageParts{
		Style: template.CSS(style), StyleHash: sourceHash(style),
		Script: template.JS(script), ScriptHash: sourceHash(script),
	}
}

func sourceHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// verifyProgram is the script of VERIFY.html with the words that phrases are made
// of.
func verifyProgram() string {
	strict, rest, _ := strings.Cut(verifyScript, "\n")
	return strict + "\nconst WORDS = '" + strings.Join(verify.Words(), " ") + "'.split(' ');\n" + rest
}

// verifyHTML is VERIFY.html.
func verifyHTML() (string, error) {
	t, err := template.New("verify").Parse(verifyPage)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = t.Execute(&out, struct {
		pageParts
		Signed string
	}{partsOf(verifyStyle, verifyProgram()), commandSigned})
	return out.String(), err
}
