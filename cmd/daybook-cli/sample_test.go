//go:build linux

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"daybook/assets/sample"
	"daybook/cmd/internal/canary"
)

// sampleRun is the whole road of the sample case, walked by the real program
// with nothing of this machine's to write to but what it was told.
type sampleRun struct {
	root     string // everything lies below
	empty    string // HOME, TMPDIR and the rest, which stay empty
	demo     string // exports, sample.daybook, bundle
	trace    string // file of strace, empty where tracing is forbidden
	truth    *sample.Truth
	secrets  []string // passphrases and recovery words
	recovery string
	path     string // where programs are found; empty: as everywhere
}

const ownPassphrase = "seventeen lanterns above Greyfriars harbour"

// TestSampleCase walks the road once and looks at what it left from all sides.
func TestSampleCase(t *testing.T) {
	s := walk(t)
	t.Run("calls", s.calls)
	t.Run("nothing readable", s.nothingReadable)
	t.Run("json", s.json)
	t.Run("pattern", s.pattern)
	t.Run("links", s.links)
	t.Run("film", s.film)
	t.Run("printed commands", s.printedCommands)
	t.Run("one byte", s.oneByte)
}

func walk(t *testing.T) *sampleRun {
	t.Helper()
	s := begun(t)
	root := s.root
	s.do(t, demoPassphrase, "demo", "--out", s.demo)
	form := s.write(t, "form.json", `{"occurred":"2025-11-24 08:15","what_happened":"Grey hatchback idling by the allotments.","who_did_it":"Dan Reed","exact_words":"see you at the weekend"}`)
	c := filepath.Join(s.demo, "sample.daybook")
	s.do(t, demoPassphrase, "incident", c, "--file", form)
	event := s.events(t, "--search", "platform", "--limit", "1")[0]["id"].(string)
	s.do(t, demoPassphrase, "mark", c, event, "--code", "FOLLOW", "--tag", "trainstation", "--note", "Compare with the conductor's statement.")
	s.do(t, demoPassphrase, "export", c, "2", "--out", filepath.Join(root, "letter.mbox"))
	if got := s.list(t, "prepare", c)[0]; got["pictures"].(float64) == 0 || got["made"].(float64) != 0 || got["not_drawn"].(float64) != 0 {
		t.Errorf("prepared after a bundle: %v", got)
	}
	s.do(t, demoPassphrase, "check", c, "--rebuild")
	if _, err := exec.LookPath("tesseract"); err == nil { // its own calls stand in the trace, and what it reads is searched for
		s.do(t, demoPassphrase, "read", c)
	}
	s.do(t, demoPassphrase, "alike", c)
	s.do(t, demoPassphrase, "backup", c, "--out", filepath.Join(root, "backup"))
	own := s.do(t, ownPassphrase, "init", filepath.Join(root, "own"), "--title", sample.Title, "--zone", sample.Zone, "--actor", sample.Owner, "--json")
	var made struct{ Recovery string }
	if err := json.Unmarshal(own, &made); err != nil {
		t.Fatal(err)
	}
	s.recovery = made.Recovery
	return s
}

// begun is a run of which nothing has been done yet.
func begun(t *testing.T) *sampleRun {
	t.Helper()
	root := t.TempDir()
	s := &sampleRun{root: root, empty: filepath.Join(root, "empty"), demo: filepath.Join(root, "demo"), secrets: []string{demoPassphrase, ownPassphrase}}
	if err := os.Mkdir(s.empty, 0o700); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.truth, err = sample.Write(filepath.Join(root, "again")); err != nil {
		t.Fatal(err)
	}
	if exec.Command("strace", "-f", "-o", os.DevNull, "true").Run() == nil {
		s.trace = filepath.Join(root, "trace")
	} else {
		t.Log("strace may not trace here: sockets are still forbidden by the system, and HOME and TMPDIR cannot be written to")
		s.empty = filepath.Join(os.DevNull, "nowhere")
	}
	return s
}

func (s *sampleRun) write(t *testing.T, name, text string) string {
	t.Helper()
	name = filepath.Join(s.root, name)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// events gives lines of the timeline as JSON.
func (s *sampleRun) events(t *testing.T, args ...string) []map[string]any {
	return s.list(t, append([]string{"timeline", filepath.Join(s.demo, "sample.daybook")}, args...)...)
}

// list runs a command with --json and decodes its lines.
func (s *sampleRun) list(t *testing.T, args ...string) []map[string]any {
	t.Helper()
	return decoded(t, s.do(t, demoPassphrase, append(args, "--json")...))
}

// decoded gives the objects of a list, one a line.
func decoded(t *testing.T, lines []byte) (all []map[string]any) {
	t.Helper()
	for line := range bytes.Lines(lines) {
		var one map[string]any
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, one)
	}
	return all
}

// do runs one command that must succeed.
func (s *sampleRun) do(t *testing.T, passphrase string, args ...string) []byte {
	t.Helper()
	out, messages, code := s.try(t, passphrase, args...)
	if code != 0 {
		t.Fatalf("%s: exit code %d\n%s", strings.Join(args, " "), code, messages)
	}
	return out
}

// try runs one command: traced where that is possible, and always so that the
// system kills it when it asks for a socket.
func (s *sampleRun) try(t *testing.T, passphrase string, args ...string) (out []byte, messages string, code int) {
	t.Helper()
	line := append([]string{"without-socket", "daybook-cli"}, args...)
	if s.trace != "" {
		line = append(canary.Strace(s.trace), line...)
	}
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = []string{"DAYBOOK_PASSPHRASE=" + passphrase, "PATH=" + cmp.Or(s.path, os.Getenv("PATH")), "HOME=" + s.empty, "TMPDIR=" + s.empty,
		"XDG_CONFIG_HOME=" + s.empty, "XDG_CACHE_HOME=" + s.empty, "XDG_DATA_HOME=" + s.empty, "XDG_STATE_HOME=" + s.empty, "XDG_RUNTIME_DIR=" + s.empty}
	cmd.Dir = s.root
	var o, m bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &m
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatalf("%s: %v", strings.Join(args, " "), err)
	}
	return o.Bytes(), m.String(), cmd.ProcessState.ExitCode()
}

// pattern: a block has a new number after it, and a cost the receipt that shows it.
func (s *sampleRun) pattern(t *testing.T) {
	c := filepath.Join(s.demo, "sample.daybook")
	fresh := s.list(t, "pattern", c, "--by", "new-handle")
	if len(fresh) != 1 || !strings.Contains(fresh[0]["key"].(string), "+447700900662") || !strings.HasPrefix(fresh[0]["note"].(string), "likely Dan R: reasons for: ") {
		t.Errorf("after the block: %v", fresh)
	}
	costs := s.list(t, "pattern", c, "--by", "cost")
	if len(costs) != 4 || costs[0]["note"] != "GBP 140.00" {
		t.Fatalf("costs: %v", costs)
	}
	change := s.list(t, "register", c, "change")[0]
	receipt := s.list(t, "items", c)[int(change["items"].([]any)[0].(float64))-1]
	if change["event"] != costs[0]["events"].([]any)[0] || receipt["name"] != "store-receipt-0914.pdf" {
		t.Errorf("%v is shown by %v", change, receipt)
	}
}
