package cmd_test

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// claims say more than was checked, in English and in Welsh.
var claims = regexp.MustCompile(`(?i)\b(court-?admissible|admissible in court|forensic\w*|guarantee\w*|proves?|legal advice|risk scores?|police[- ]approved|certified authentic|guaranteed authentic|fforensig\w*|gwarant\w*|yn profi|derbyniol mewn llys|cyngor cyfreithiol|sg[oô]r risg|wedi'i gymeradwyo gan yr heddlu)\b`)

// urges ask a person to do what may put them in danger, or is against the law.
var urges = regexp.MustCompile(`(?i)\b(confront (him|her|them)|wait for (him|her|them)|follow (him|her|them) back|set a trap|lure|arrange to meet|hack into|put a tracker|track (him|her|them)|answer (him|her|them) so that|wynebwch|heriwch (ef|hi|nhw)|dilynwch (ef|hi|nhw))\b`)

// mayStand are passages that use such words to say the opposite, or why something is
// left out.
var mayStand = []string{"do not put a tracker or recorder anywhere", "legal advice (privileged)", "cyngor cyfreithiol (braint)", "PRIVILEGE / legal advice", `"legal advice": "cyngor cyfreithiol"`,
	"It gives no legal advice, no risk score and no verdict.", `never "genuine", "forensic", "admissible", "proves". No risk score, no verdict`}

// textEnds are those of the files of which a person reads something.
var textEnds = []string{".go", ".json", ".md", ".txt", ".html", ".js", ".desktop", ".toml"}

// eachText walks the files of texts under a folder.
func eachText(t *testing.T, root string, ends []string, do func(name, text string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == ".git" || e.Name() == "rapid" || e.Name() == "fuzz") {
			return fs.SkipDir
		}
		if e.IsDir() || !slices.Contains(ends, filepath.Ext(name)) {
			return nil
		}
		text, err := os.ReadFile(name)
		if err == nil {
			do(name, string(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// literals are what the source of a program says in quotes, one after another: the texts
// that it prints and shows. Comments and the names of packages reach nobody.
func literals(t *testing.T, name, source string) string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				said, err := strconv.Unquote(n.Value)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, said)
			}
		}
		return true
	})
	return strings.Join(all, " / ")
}

// No text that a person reads, in either language, claims too much or urges a person
// into danger: data, Welsh, pages and their scripts, documents, and what the programs say.
func TestEveryTextClaimsNothingAndUrgesNobody(t *testing.T) {
	of, used := map[string]int{}, map[string]bool{}
	eachText(t, "..", textEnds, func(name, text string) {
		end := filepath.Ext(name)
		if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "/testdata/") {
			return
		}
		of[end]++
		if end == ".go" {
			text = literals(t, name, text)
		}
		text = regexp.MustCompile(`https://[^"\s)]*`).ReplaceAllString(text, "")
		for _, s := range mayStand {
			used[s] = used[s] || strings.Contains(text, s)
			text = strings.ReplaceAll(text, s, "")
		}
		for _, rule := range []*regexp.Regexp{claims, urges} {
			for _, at := range rule.FindAllStringIndex(text, -1) {
				t.Errorf("%s says %q in “%s”", name, text[at[0]:at[1]], text[max(0, at[0]-60):min(len(text), at[1]+60)])
			}
		}
	})
	for _, s := range mayStand {
		if !used[s] {
			t.Errorf("what may stand is said nowhere: %q", s)
		}
	}
	for end, least := range map[string]int{".json": 50, ".go": 400, ".md": 8, ".html": 2, ".js": 2, ".desktop": 1, ".toml": 1} {
		if of[end] < least {
			t.Errorf("only %d files of texts that end on %s were looked at", of[end], end)
		}
	}
}

// passages are the first eight bytes of the SHA-256 of five words in a row of what
// tools for assessing risk ask: the words themselves are their authors', and stand
// nowhere in this repository.
var passages = []string{
	"00a569eff1c313ee", "09118db40d7e3b60", "0c0820264a082543", "0d602a54daab4e60", "1827c83ea6f49532", "1a67aa96876359c0", "1e8069b37d7e2200", "20c8d2da291fcbb5",
	"2162d02e79528766", "2aeb790525a905c3", "2c437c7128a1a8f2", "303bf1b099cec708", "359336f5b08cd46f", "37db96aca02f2059", "39f055fb9e71fe60", "3d0808a5184151d2",
	"3fba703100756fe6", "428bba9138c839fe", "440262f71ef3422a", "47ed42c311f0ccb9", "51aa4b4896cd7d53", "55816c7fcbca363c", "58b9fcc7b89f7611", "5c9eb81504951db2",
	"5d22e1c211038b34", "5ed9fb3a29da1714", "6187c3eda4eac59f", "63c6527b8d2810eb", "647f13e1ed23fdff", "685411f520ae8dc7", "6d868d5a4684cd21", "6faaaa04c219a2a9",
	"74431a1764e2414a", "7c4bf090d333b51e", "7c73249504c91df6", "7eb89fb1553df7b1", "7ef19d7ddc0b5346", "84d542201ed7e06f", "84ec8a722b5a2df0", "8540ac428a19ec5e",
	"8597ee2a0aaae02b", "887067d591ff1c5b", "8decd47285ccd415", "96d9ebea455b12e7", "99b4eaad0ef30716", "9b2375a0e0b3663c", "9f5ed9a4e87fef7c", "a858f203b894a571",
	"a9bf82c582504124", "aa58cd37ad266774", "aba630e9881565cc", "b162021d00edecb5", "c0c487a4f7264c72", "c1507c21489160d7", "c6d13c938e5b8a06", "cac05c59dcaf7a7e",
	"cd6b8cedddb79b08", "d42c18766e405563", "d477ef0dc2808412", "db4a8e78d5a25d64", "dd5ce2ba1efb3864", "dde0d8427326c833", "e1b0583a0f970e54", "e23301a268c34c88",
	"e37c9395cb258157", "e4f8bd276a841870", "e88d3819d247cf74", "e8eaa48a26e6ecb6", "ec01f3142de7a51b", "ec82e131cb5832c7", "ecd60a8132cf1dea", "ee4f9ad70db5e25c",
	"f00823bd38c92c32", "f155f2729e25f332", "f1a8511188169672", "f2e638f394d13d0c", "f867aa8d7abfdcf9", "fb85cd509a01f4ad", "fcfee8d80ddc8630",
}

// No text of a named tool for assessing risk is in the repository.
func TestNoTextOfARiskTool(t *testing.T) {
	known := map[string]bool{}
	for _, p := range passages {
		known[p] = true
	}
	n := 0
	eachText(t, "..", textEnds, func(name, text string) {
		words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for i := 0; i+5 <= len(words); i++ {
			n++
			if known[passage(words[i:i+5])] {
				t.Errorf("%s has words of a tool: %q", name, words[i:i+5])
			}
		}
	})
	if n < 100_000 || len(known) < 10 {
		t.Errorf("%d passages were held against %d", n, len(known))
	}
}

func passage(words []string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, " ")))
	return hex.EncodeToString(sum[:8])
}
