package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every command says what it is for, shows how it is written, and stands in a
// group; what it shows has only flags that it has.
func TestHelpOfEveryCommand(t *testing.T) {
	root := commands(&terminal{})
	seen := map[string]bool{}
	for _, c := range root.Commands() {
		if c.Name() == "help" {
			continue
		}
		seen[c.Name()] = true
		if c.Short == "" || c.GroupID == "" {
			t.Errorf("%s: %q, in group %q", c.Name(), c.Short, c.GroupID)
		}
		shown := shownOf(c)
		if len(shown) == 0 {
			t.Errorf("%s: help shows no way to write it", c.Name())
		}
		for _, line := range shown {
			if !strings.Contains(line, "daybook-cli "+c.Name()) {
				t.Errorf("%s: shows %q", c.Name(), line)
			}
			for _, word := range strings.Fields(line) {
				if flag, ok := strings.CutPrefix(word, "--"); ok && c.Flags().Lookup(flag) == nil && root.PersistentFlags().Lookup(flag) == nil {
					t.Errorf("%s: shows a flag --%s that it does not have", c.Name(), flag)
				}
			}
		}
	}
	for name := range helps {
		if !seen[name] {
			t.Errorf("help knows a command %s that there is not", name)
		}
	}
}

// TestARoleIsOnePage: the page of each role is one page of A4, in English and in
// Welsh, made alike each time; of a command there is none.
func TestARoleIsOnePage(t *testing.T) {
	dir := t.TempDir()
	written := func(name, role, language string) []byte {
		t.Helper()
		file := filepath.Join(dir, name+role+language+".pdf")
		var out, told bytes.Buffer
		if code := run(t.Context(), []string{"help", role, "--out", file, "--language", language}, strings.NewReader(""), &out, &told); code != 0 {
			t.Fatalf("%s: %d, %s", role, code, &told)
		}
		info, err := exec.CommandContext(t.Context(), "pdfinfo", file).CombinedOutput()
		if err != nil || !strings.Contains(string(info), "Pages:           1\n") || !strings.Contains(string(info), "A4") {
			t.Errorf("%s in %s: %s, %v", role, language, info, err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for _, role := range []string{"reporter", "helper", "officer", "prosecutor"} {
		for _, language := range []string{"en", "cy"} {
			if !bytes.Equal(written("one-", role, language), written("two-", role, language)) {
				t.Errorf("%s in %s: two are not alike", role, language)
			}
		}
	}
	for _, args := range [][]string{{"help", "add", "--out", filepath.Join(dir, "x.pdf")}, {"help", "reporter", "--language", "fr"}} {
		var out, told bytes.Buffer
		if code := run(t.Context(), args, strings.NewReader(""), &out, &told); code != 2 {
			t.Errorf("%v: %d, %s", args, code, &told)
		}
	}
}

// shownOf are the lines of a command's help that can be typed.
func shownOf(c *cobra.Command) []string {
	var lines []string
	for line := range strings.Lines(c.Long + "\n" + c.Example) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "daybook-cli ") {
			lines = append(lines, line)
		}
	}
	return lines
}
