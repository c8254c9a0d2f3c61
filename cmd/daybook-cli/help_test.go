package main

import (
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
