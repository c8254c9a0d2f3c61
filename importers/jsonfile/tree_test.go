package jsonfile

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daybook/importers"
)

// drawn writes a tree out: names, kinds and the words of what holds nothing else.
func drawn(t Tree) string {
	var texts importers.Strings
	s := fmt.Sprintf("%q:%c:%q", t[0].Name, t[0].Kind, t[0].Plain(&texts))
	for in := range t.Inside() {
		s += " (" + drawn(in) + ")"
	}
	return s
}

// TestTree: a record that is taken apart in one go is what is found in it bit by
// bit, whatever stood in the one before.
func TestTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := walk("")
		var tree Tree
		for _, text := range rapid.SliceOfN(object(2), 1, 4).Draw(t, "records") {
			text = strings.TrimSpace(text)
			if end := f.quick([]byte(text), 0, &tree); end == refused {
				continue
			}
			if got, want := drawn(tree), drawn(Tree{nodeOf("", Raw(text))}); got != want {
				t.Fatalf("%s:\n%s, want\n%s", text, got, want)
			}
		}
	})
}

// TestTreeIsUsed: the names of the record before are those of their own places
// alone, and what is beyond the bound is found all the same.
func TestTreeIsUsed(t *testing.T) {
	many := "[" + strings.Repeat(`{"a":1},`, maxNodes) + `{"last":[2]}]`
	f := walk(`[{"a\\b": {"c": "é\n"}}, {"a\b": [1, "x", {}]}, {"ab": null, "c": ["\u00e9"]}, 7, ` + many + `, {"x": "\x0b"}]`)
	want := []string{
		`"":{:"{\"a\\\\b\": {\"c\": \"é\\n\"}}" ("a\\b":{:"{\"c\": \"é\\n\"}" ("c":":"é\n"))`,
		`"":{:"{\"a\\b\": [1, \"x\", {}]}" ("a\b":[:"[1, \"x\", {}]" ("":0:"1") ("":":"x") ("":{:"{}"))`,
		`"":{:"{\"ab\": null, \"c\": [\"\\u00e9\"]}" ("ab":n:"") ("c":[:"[\"\\u00e9\"]" ("":":"é"))`,
		`"":0:"7"`,
	}
	var tree Tree
	n := 0
	for v, err := range f.Records(&tree) {
		switch {
		case err != nil:
			t.Fatal(err)
		case n < len(want) && drawn(tree) != want[n]:
			t.Errorf("record %d: %s, want %s", n, drawn(tree), want[n])
		case n == 4:
			if got := drawn(tree); len(tree) != 1 || !strings.HasSuffix(got, `("":{:"{\"last\":[2]}" ("last":[:"[2]" ("":0:"2")))`) || strings.Count(got, `("a":0:"1")`) != maxNodes {
				t.Errorf("%d nodes, ending in %s", len(tree), got[len(got)-100:])
			}
		case n == 5 && (v.Bad != nil || drawn(tree) != `"":{:"{\"x\": \"\\u000b\"}" ("x":":"\v")`):
			t.Errorf("%v, %s", v.Bad, drawn(tree))
		}
		n++
	}
	if n != 6 {
		t.Errorf("%d records", n)
	}
}
