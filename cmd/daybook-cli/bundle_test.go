//go:build linux

package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"daybook/evidence/verify"
	"daybook/report/papertest"
)

func (s *sampleRun) bundle() string { return filepath.Join(s.demo, "bundle") }

// links: every row of the chronology leads to its exhibit, and the exhibit back
// to the row.
func (s *sampleRun) links(t *testing.T) {
	if linked := linked(t, s.bundle(), papertest.Read(t, filepath.Join(s.bundle(), "data", "bundle.pdf"))); linked < len(s.truth.Records) {
		t.Errorf("%d rows name an exhibit, of %d records", linked, len(s.truth.Records))
	}
}

// film: the film of the sample is one, of three seconds, of which the bundle shows six
// frames where something is installed that looks into films.
func (s *sampleRun) film(t *testing.T) {
	said, frames := ",3.0 s,as its file says", 0
	if _, err := exec.LookPath("ffprobe"); err == nil {
		said, frames = ",3.0 s,counted by ffmpeg ", 6
	}
	list, err := os.ReadFile(filepath.Join(s.bundle(), "data", "exhibits.csv"))
	if err != nil || !bytes.Contains(list, []byte(said)) {
		t.Errorf("%q is not in the list of exhibits: %v\n%s", said, err, list)
	}
	if made, err := filepath.Glob(filepath.Join(s.bundle(), "data", "timeline", "pictures", "*-*-?.jpg")); err != nil || len(made) != frames {
		t.Errorf("frames of films: %q, %v; want %d", made, err, frames)
	}
}

// linked follows the links of a bundle's document from every row of the chronology to
// its exhibit and back, and counts the rows.
func linked(t *testing.T, bundle string, p papertest.Paper) (linked int) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(bundle, "data", "chronology.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, title := range rows[0] {
		column[title] = i
	}
	label := regexp.MustCompile(`^MK/\d+$`)
	there, back := map[string]bool{}, map[string]bool{}
	diary, rowFrom := map[string]int{}, map[string]bool{} // the page on which the diary has a row; the pages that lead to one
	for _, l := range p.Links {
		if l.Target < 0 {
			t.Errorf("page %d: the link %q leads nowhere", l.Page+1, l.Text)
			continue
		}
		text := strings.Trim(l.Text, ",.")
		switch words := p.At(l.Target, l.Y); {
		case label.MatchString(text):
			if !contains(words, text+",") {
				t.Errorf("page %d: the link %q arrives at %q", l.Page+1, text, words)
			}
			there[p.Beside(l)+" "+text] = true
		case text == "diary":
			if len(words) == 0 {
				t.Errorf("page %d: the link to the diary arrives at nothing", l.Page+1)
			}
			diary[p.Beside(l)] = l.Target
		case contains(words, text):
			rowFrom[fmt.Sprint(text, " on ", l.Page)] = true
			back[p.Under(l.Page, "MK/")+" "+text] = true
		}
	}
	for _, r := range rows[1:] {
		n, exhibit := r[column["No."]], r[column["Exhibit"]]
		if r[column["Left out"]] != "" {
			continue // it has its number alone, and why
		}
		if exhibit == "" {
			at, led := diary[n]
			if !led || !rowFrom[fmt.Sprint(n, " on ", at)] && !rowFrom[fmt.Sprint(n, " on ", at+1)] {
				t.Errorf("row %s and the diary: there %v, to page %d, and not back", n, led, at+1)
			}
			continue
		}
		linked++
		if !there[n+" "+exhibit] || !back[exhibit+" "+n] {
			t.Errorf("row %s and %s: there %v, back %v", n, exhibit, there[n+" "+exhibit], back[exhibit+" "+n])
		}
	}
	return linked
}

func contains(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// blocks gives the commands that VERIFY.txt prints, block by block.
func (s *sampleRun) blocks(t *testing.T) (all []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.bundle(), "VERIFY.txt"))
	if err != nil {
		t.Fatal(err)
	}
	inside := false
	for line := range strings.Lines(string(text)) {
		command, ok := strings.CutPrefix(line, "    ")
		switch {
		case ok && inside:
			all[len(all)-1] += command
		case ok:
			all = append(all, command)
		}
		inside = ok
	}
	if len(all) != 9 {
		t.Fatalf("VERIFY.txt prints %d blocks of commands, want 9", len(all))
	}
	return all
}

// typed runs commands in the bundle as a person would type them, and gives what
// they say beside that a signature is right.
func (s *sampleRun) typed(t *testing.T, script string) (wrong string, signatures int) {
	t.Helper()
	cmd := exec.Command("bash", "-c", script)
	cmd.Dir = s.bundle()
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TMPDIR="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if _, exit := err.(*exec.ExitError); err != nil && !exit {
		t.Fatal(err)
	}
	const right = "Signature Verified Successfully\n"
	return strings.ReplaceAll(string(out), right, ""), strings.Count(string(out), right)
}

// printedCommands pass on the bundle as it is.
func (s *sampleRun) printedCommands(t *testing.T) {
	blocks := s.blocks(t)
	own := blocks[3] // prints the fingerprint
	blocks[3] = ""
	if wrong, signatures := s.typed(t, strings.Join(blocks, "")); wrong != "" || signatures != 2 {
		t.Errorf("%d signatures are right, want 2; the commands say:\n%s", signatures, wrong)
	}
	out, err := exec.Command("daybook-verify", s.bundle()).CombinedOutput()
	if err != nil {
		t.Errorf("daybook-verify: %v\n%s", err, out)
	}
	fingerprint, _ := s.typed(t, own)
	if hex := regexp.MustCompile(`^[0-9a-f]{64}`).FindString(fingerprint); hex == "" || !strings.Contains(string(out), hex[:8]) {
		t.Errorf("the fingerprint is %q; daybook-verify says\n%s", fingerprint, out)
	}
}

// oneByte changes one byte of each file, and each of the three ways to check
// fails and names it. Without DAYBOOK_LONG it is two files of each kind, and
// the journal's own blocks, which take seconds, are typed for the journal.
func (s *sampleRun) oneByte(t *testing.T) {
	blocks := s.blocks(t)
	quick, whole := strings.Join(blocks[:3], ""), strings.Join(blocks, "")
	long := os.Getenv("DAYBOOK_LONG") != ""
	kinds, n := map[string]int{}, 0
	err := fs.WalkDir(os.DirFS(s.bundle()), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		kind := path.Dir(name) + " " + path.Ext(name)
		if kinds[kind]++; path.Dir(name) != "." && path.Dir(name) != "log" && kinds[kind] > 2 && !long {
			return nil
		}
		script := quick
		if long || name == "log/chain.txt" {
			script = whole
		}
		n++
		return s.flipped(name, n, func() { s.named(t, name, script) })
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 25 {
		t.Errorf("only %d files were changed", n)
	}
}

// flipped changes a byte of a file, its first, middle or last, and puts it back.
func (s *sampleRun) flipped(name string, n int, while func()) error {
	file := filepath.Join(s.bundle(), filepath.FromSlash(name))
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	changed := bytes.Clone(data)
	changed[[]int{0, len(data) / 2, len(data) - 1}[n%3]] ^= 0x20
	if err := os.WriteFile(file, changed, 0o600); err != nil {
		return err
	}
	while()
	return os.WriteFile(file, data, 0o600)
}

func (s *sampleRun) named(t *testing.T, name, script string) {
	t.Helper()
	if wrong, _ := s.typed(t, script); !strings.Contains(wrong, name) {
		t.Errorf("%s was changed, and the printed commands say:\n%s", name, wrong)
	}
	v, err := verify.Path(t.Context(), s.bundle(), verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if v.OK() || !strings.Contains(fmt.Sprint(v.Problems), name) {
		t.Errorf("%s was changed, and daybook-verify says %v", name, v.Problems)
	}
}
