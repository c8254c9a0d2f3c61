package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// rowsAskedFor is how many things were asked for by name (LAW.md, section 7).
const rowsAskedFor = 57

// Each thing that was asked for by name has a row in one of the tables.
func TestEveryRowHasItsCheck(t *testing.T) {
	tables, err := filepath.Glob("casework*_test.go")
	if err != nil || len(tables) < 4 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	row, number := regexp.MustCompile(`(?m)^\s*\{"([0-9]+(?: and [0-9]+)*)", "`), regexp.MustCompile(`[0-9]+`)
	checked := map[string]bool{}
	for _, name := range tables {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range row.FindAllSubmatch(text, -1) {
			for _, n := range number.FindAllString(string(m[1]), -1) {
				checked[n] = true
			}
		}
	}
	for n := range rowsAskedFor {
		if n := strconv.Itoa(n + 1); !checked[n] {
			t.Errorf("row %s has no check", n)
		}
	}
}
