//go:build linux

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/evidence/keys"
)

// A small run of everything: each line stands in the table, its figures are
// figures, and every part has its ratio to a floor or a rival. How long
// anything takes is not asked.
func TestEveryLineIsPrinted(t *testing.T) {
	bin := t.TempDir()
	t.Chdir("../..")
	if out, err := exec.Command("go", "build", "-o", bin, "./cmd/daybook-cli", "./cmd/daybook-verify").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	refusesCasesOfTests(t, filepath.Join(bin, "daybook-cli"))
	var out bytes.Buffer
	err := run(&out, options{pictures: 8, beside: 100, transcript: 100, photos: 3, photoSize: 20_000, messages: 300, letters: 20, files: 20, format: 1 << 20, formatLong: 1 << 20, only: []string{"sms"}, cli: filepath.Join(bin, "daybook-cli"), dir: t.TempDir()})
	if err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	table := out.String()
	for _, line := range []string{
		"photos: sha256, openssl", "photos: copy and sync", "photos: daybook-cli add", "EXIF: go test -bench",
		"small files: copy and sync", "small files: daybook-cli add",
		"mailbox: sha256, openssl", "mailbox: daybook-cli add",
		"chat: sha256, openssl", "chat: daybook-cli add", "chat: open, first screen of everything", "chat: open, search one word",
		"bundle: daybook-cli bundle", "album: daybook-cli add", "album: first bundle", "album: daybook-cli prepare", "album: bundle in the window", "album: daybook-cli bundle", "transcript: daybook-cli bundle", "bundle: sha256 of its files", "bundle: daybook-verify", "HTML timeline: go test -bench", "window: go test -bench", "format: sms",
	} {
		if f := figuresOf(t, table, line); len(f) < 3 || f[2] <= 0 {
			t.Errorf("%s: its figures are %v, want seconds, seconds and megabytes", line, f)
		}
	}
	for _, rate := range []string{"files a second", "letters a second", "pages a second", "ratio to the floor"} {
		if f := figuresOf(t, table, "  "+rate); len(f) != 1 || f[0] <= 0 {
			t.Errorf("%s: %v", rate, f)
		}
	}
	format := regexp.MustCompile(`  sms: (\d+\.\d) times its XML tokens alone \(encoding/xml, RawToken\) \(wanted: 2\); (\d+) MB a second of the processor; at most (\d+) MB held \(allowed: 300\)`).FindStringSubmatch(table)
	if format == nil {
		t.Errorf("the formats are not measured:\n%s", table)
	}
	for _, f := range format[min(1, len(format)):] {
		if n, err := strconv.ParseFloat(f, 64); err != nil || n <= 0 {
			t.Errorf("a format's figures are %q", format)
		}
	}
	window := regexp.MustCompile(`usable after (\d+\.\d) s \(allowed: 3\)\n.*answered after (\d+) ms.*\n  at most (\d+) MB held after 100 pages, (\d+) MB`).FindStringSubmatch(table)
	for _, f := range window[min(1, len(window)):] {
		if n, err := strconv.ParseFloat(f, 64); err != nil || n <= 0 {
			t.Errorf("the window's figures are %q", window)
		}
	}
	if window == nil {
		t.Errorf("the window is not measured:\n%s", table)
	}
	pages := regexp.MustCompile(`(?m)^  (\d+) pages \(wanted: 2000 or more\), at most (\d+) MB held \(allowed: 500\)`).FindStringSubmatch(table)
	if pages == nil {
		t.Fatalf("the pages of the bundle are not counted:\n%s", table)
	}
	if n, err := strconv.Atoi(pages[1]); err != nil || n < 10 {
		t.Errorf("%s pages for 300 messages", pages[1])
	}
}

// refusesCasesOfTests: to guess at the passphrase of a case that a test made
// costs next to nothing, and no program that was built opens such a case.
func refusesCasesOfTests(t *testing.T, cli string) {
	dir := filepath.Join(t.TempDir(), "cheap.daybook")
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: "t", Zone: "UTC", Actor: "t", Passphrase: "tin whistle", Weak: true, KDF: keys.LeastCost()})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(cli, "check", dir)
	cmd.Env = append(os.Environ(), "DAYBOOK_PASSPHRASE=tin whistle")
	if out, err := cmd.CombinedOutput(); err == nil || !bytes.Contains(out, []byte("argon2id memory of 1024 KiB")) {
		t.Errorf("a case of a test, opened by a program: %v, %s", err, out)
	}
}

// A ratio is that of two runs; one that has no second is not printed.
func TestRatioAndRate(t *testing.T) {
	var out bytes.Buffer
	b := newBench(&out, t.TempDir(), "")
	b.ratio("to the floor", 3, 2)
	b.ratio("to nothing", 3, 0)
	b.rate("files", 10, figures{wall: 4})
	if err := b.out.Flush(); err != nil {
		t.Fatal(err)
	}
	if f := figuresOf(t, out.String(), "  ratio to the floor"); len(f) != 1 || f[0] != 1.5 {
		t.Errorf("3 s to 2 s: %v", f)
	}
	if f := figuresOf(t, out.String(), "  files a second"); len(f) != 1 || f[0] != 2.5 && f[0] != 2 {
		t.Errorf("10 in 4 s: %v", f)
	}
	if strings.Contains(out.String(), "nothing") {
		t.Errorf("a ratio to nothing is printed:\n%s", &out)
	}
}

// A benchmark's figures are taken by their units.
func TestMetrics(t *testing.T) {
	m := metrics("goos: linux\nBenchmarkWindow-2   \t 1\t477 ns/op\t 340.9 MB-peak\t 12 ms-start\nPASS\n")
	if len(m) != 3 || m["MB-peak"] != 340.9 || m["ms-start"] != 12 {
		t.Errorf("%v", m)
	}
}

// figuresOf are the numbers of the table's line that begins so.
func figuresOf(t *testing.T, table, begins string) (all []float64) {
	t.Helper()
	for line := range strings.Lines(table) {
		rest, ok := strings.CutPrefix(line, begins+"  ")
		if !ok {
			continue
		}
		for _, word := range strings.Fields(rest) {
			n, err := strconv.ParseFloat(word, 64)
			if err != nil {
				break
			}
			all = append(all, n)
		}
		return all
	}
	t.Errorf("no line begins with %q:\n%s", begins, table)
	return nil
}
