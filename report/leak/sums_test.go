package leak

import (
	"strings"
	"testing"
	"testing/fstest"

	"daybook/report/protected"
)

// A short name stands by chance in digits of sums and IDs. Beside them, in digits of another
// form and where it is looked for itself it is found.
func TestSumsAreLettersByChance(t *testing.T) {
	const (
		sum    = "1bea6068d4f1a09c3e5b7726c8e90f4411d2ab3487feed0912bea83cbd5e7f60"
		id     = "6b0c9d1e-8bea-4bea-9bea-3bea60689d1e"
		token  = "5cea9f3c-0d1e-4a2b-8c3d-77cea0129e4f"
		groups = "1bea6068 04032019 2a3bea90 15bea260\n9bea1f33 c0d1e2f3 4bea5660 7bea8990"
	)
	for name, c := range map[string]struct {
		text string
		want int // times
	}{
		"a sum":                     {sum, 0},
		"an ID":                     {"kb:hash-" + id + " event-" + strings.ReplaceAll(id, "-", ""), 0},
		"groups":                    {groups, 0},
		"the beginning of a sum":    {"begins with 1bea6068 2bea9f3c.", 0},
		"the name of a file":        {"pictures/000003-2bea9f3c.png", 0},
		"beside":                    {sum + " Bea\n" + id + "-bea " + groups + " bea 000003-2bea9f3c-bea", 4},
		"a sum with more behind it": {sum + "0", 2},
		"in capitals":               {strings.ToUpper(sum), 2},
		"another length":            {sum[:40], 1},
		"one group":                 {"see 1bea6068 there", 1},
		"no name of a file":         {"abcdef-2bea9f3c 12-2bea9f3c", 2},
		"words of hex":              {"dead beef bea fade", 1},
		"a day":                     {"04032019 1bea6068", 1},
		"a number":                  {"000044-77009001 23 and 00447700 90012312", 1},
		"what is looked for":        {"key " + token + " " + strings.ReplaceAll(token, "-", ""), 2},
	} {
		secrets := []Secret{{What: "a", Text: "Bea"}, {What: "b", Text: "4 March 2019", As: protected.Day}, {What: "c", Text: "07700 900123", As: protected.Number}, {What: "d", Text: token}}
		for file, data := range map[string]string{"a.txt": c.text, "a.csv": strings.ReplaceAll(c.text, "\n", " "), "a.json": `"` + strings.ReplaceAll(c.text, "\n", `\n`) + `"`, "a.html": "<p>" + c.text} {
			l, err := Look(t.Context(), fstest.MapFS{file: {Data: []byte(data)}}, secrets, Options{})
			if err != nil {
				t.Fatal(err)
			}
			times := 0
			for _, f := range l.Findings {
				times += f.Times
			}
			if times != c.want {
				t.Errorf("%s, %s: found %d times, want %d: %+v", name, file, times, c.want, l.Findings)
			}
		}
	}
}
