package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnswerFromAFile: an answer may stand in a file, which is no larger than
// such files are.
func TestAnswerFromAFile(t *testing.T) {
	dir := t.TempDir()
	file, large := filepath.Join(dir, "ee.columns.json"), filepath.Join(dir, "large.json")
	for name, words := range map[string]string{file: "{\"date\": \"Date\"}\n", large: strings.Repeat(" ", 65<<10)} {
		if err := os.WriteFile(name, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	given, items, err := answered([]string{"3=@" + file, "4=dmy"})
	if err != nil || given[3] != `{"date": "Date"}` || given[4] != "dmy" || len(items) != 2 {
		t.Error(given, items, err)
	}
	for _, bad := range []string{"3=@" + large, "3=@" + filepath.Join(dir, "none"), "x=dmy", "3"} {
		if _, _, err := answered([]string{bad}); err == nil || !strings.Contains(err.Error(), "--answer") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestAnswersArePrintedForTheShell: what is printed can be typed as it stands.
func TestAnswersArePrintedForTheShell(t *testing.T) {
	for word, want := range map[string]string{
		"12=dmy":                     "12=dmy",
		"3=date=Call date;to=Number": "'3=date=Call date;to=Number'",
		"4=Dan's":                    `'4=Dan'\''s'`,
		"":                           "''",
	} {
		if got := forShell(word); got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
}
