package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/all"
	"daybook/timeline"
)

// The test binary is the program when this is set: the window under test is
// the real one.
const asProgram = "DAYBOOK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

const passphrase = "tin whistle in the kitchen"

// chatCase makes a case that holds a short chat.
func chatCase(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	words, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "notes.daybook")
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: "Marigold", Zone: "Europe/London", Actor: "Maya",
		Passphrase: passphrase, Words: words, Weak: true, KDF: keys.LeastCost()})
	if err != nil {
		t.Fatal(err)
	}
	chat := filepath.Join(t.TempDir(), "chat.txt")
	if err := os.WriteFile(chat, []byte("24/12/2024, 21:05 - Dan Reed: the lantern is lit\n25/12/2024, 09:15 - Maya: please leave\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x, err := timeline.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	run := importers.Run{Case: c, Index: x, Set: all.Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
	if _, err := run.Add(ctx, "", chat); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// screen is an X display of its own with the program on it.
type screen struct {
	t    *testing.T
	env  []string
	dir  string
	home string
	said *bytes.Buffer

	display string
	window  string    // its number
	program *exec.Cmd // the program
}

func newScreen(t *testing.T, args ...string) *screen {
	t.Helper()
	s := &screen{t: t, dir: t.TempDir(), said: &bytes.Buffer{}}
	home := t.TempDir()
	s.home = home
	settings := filepath.Join(home, ".config", "fyne")
	for _, d := range []string{settings, filepath.Join(home, ".cache")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	// A blinking cursor would make two pictures of one screen differ.
	if err := os.WriteFile(filepath.Join(settings, "settings.json"), []byte(`{"no_animations":true}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s.display = s.xvfb()
	s.env = append(os.Environ(), asProgram+"=1", "DISPLAY="+s.display, "WAYLAND_DISPLAY=", "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"),
		"XDG_CACHE_HOME="+filepath.Join(home, ".cache"), "XDG_RUNTIME_DIR="+home, "LANG=en_GB.UTF-8", "TZ=UTC", "FYNE_SCALE=1", "FYNE_THEME=light")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env, cmd.Stderr = s.env, os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.program = cmd
	t.Cleanup(func() { stop(cmd) })
	ready := make(chan error, 1)
	go func() {
		var line string
		_, err := fmt.Fscan(out, &line)
		if err == nil && line != "READY" {
			err = fmt.Errorf("the program said %q", line)
		}
		ready <- err
	}()
	select {
	case err := <-ready:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(3 * time.Minute):
		t.Fatal("the window did not come up")
	}
	id := s.tool("xdotool", "search", "--sync", "--onlyvisible", "--pid", fmt.Sprint(cmd.Process.Pid))
	s.window = strings.Fields(id)[0]
	s.tool("xdotool", "windowfocus", s.window)
	return s
}

func stop(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// xvfb starts a display that chooses its own number.
func (s *screen) xvfb() string {
	s.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1320x840x24", "-nolisten", "tcp", "-dpi", "96", "-noreset")
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("Xvfb: %v; make tools installs it", err)
	}
	s.t.Cleanup(func() { stop(cmd) })
	if err := w.Close(); err != nil {
		s.t.Fatal(err)
	}
	var number int
	if _, err := fmt.Fscan(r, &number); err != nil {
		s.t.Fatalf("Xvfb: %v", err)
	}
	return fmt.Sprintf(":%d", number)
}

func (s *screen) tool(name string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = s.env
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("%s %v: %v", name, args, err)
	}
	return string(out)
}

func (s *screen) typed(text string) {
	s.t.Helper()
	s.tool("xdotool", "type", "--delay", "30", "--", text)
	s.tool("xdotool", "key", "Return")
}

// shows waits until the screen shows the words, read by OCR off a picture of
// it, as a person would.
func (s *screen) shows(words ...string) {
	s.t.Helper()
	picture := filepath.Join(s.dir, "screen.png")
	var text string
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		s.tool("import", "-window", "root", "-resize", "200%", picture)
		// Read as one block and as scattered words: neither finds everything.
		text = oneLine(s.tool("tesseract", picture, "-", "--psm", "6")) + " " + oneLine(s.tool("tesseract", picture, "-", "--psm", "11"))
		if containsAll(text, words) {
			s.keep(picture, words[0])
			return
		}
	}
	s.keep(picture, "not "+words[0])
	s.t.Fatalf("the screen does not show %q:\n%s", words, text)
}

// hides waits until none of the words is on the screen.
func (s *screen) hides(words ...string) {
	s.t.Helper()
	picture := filepath.Join(s.dir, "hidden.png")
	var text string
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		s.tool("import", "-window", "root", "-resize", "200%", picture)
		text = oneLine(s.tool("tesseract", picture, "-", "--psm", "11"))
		if !containsAny(text, words) {
			s.keep(picture, "hidden")
			return
		}
	}
	s.t.Fatalf("the screen still shows one of %q:\n%s", words, text)
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// ended waits until the program has ended, and in order.
func (s *screen) ended() {
	s.t.Helper()
	gone := make(chan error, 1)
	go func() { gone <- s.program.Wait() }()
	select {
	case err := <-gone:
		if err != nil {
			s.t.Errorf("the program ended with %v", err)
		}
	case <-time.After(time.Minute):
		s.t.Fatal("the program does not end")
	}
}

// leavesOnly checks what the program left in the home folder: files whose names
// begin so, and no folder that was not there before.
func (s *screen) leavesOnly(names ...string) {
	s.t.Helper()
	err := filepath.WalkDir(s.home, func(path string, e os.DirEntry, err error) error {
		name := filepath.Base(path)
		known := e.IsDir() && (path == s.home || name == ".config" || name == "fyne" && strings.Contains(path, ".config") || name == ".cache")
		for _, n := range names {
			known = known || strings.HasPrefix(name, n)
		}
		if !known {
			s.t.Errorf("left behind: %s", path)
		}
		return err
	})
	if err != nil {
		s.t.Error(err)
	}
}

// keep copies the picture where a person asked for pictures.
func (s *screen) keep(picture, name string) {
	dir := os.Getenv("DAYBOOK_PICTURES")
	if dir == "" {
		return
	}
	data, err := os.ReadFile(picture)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".png"), data, 0o600)
	}
	if err != nil {
		s.t.Error(err)
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// TestWindow: the real window on a real display refuses a wrong passphrase in
// a sentence, unlocks with the right one, and shows and searches the case.
func TestWindow(t *testing.T) {
	s := newScreen(t, "-text", "125", chatCase(t)) // large text, which OCR reads well
	s.shows("Unlock", "Passphrase")
	s.typed("tin flute in the attic")
	s.shows("That did not work")
	s.tool("xdotool", "key", "Return")
	s.shows("Unlock")
	s.typed(passphrase)
	s.shows("Marigold", "See the timeline")
	s.tool("xdotool", "key", "ctrl+4")
	s.shows("Dan Reed", "the lantern is lit", "please leave")
	s.typed("lantern")
	s.shows("1 of 2 events", "the lantern is lit")
}

// TestLockAndHide: Ctrl+L locks and the passphrase unlocks again; three taps of
// Shift, while a field has the keys, put a sheet of notes in the place of
// everything; Ctrl+O leads back to a locked case.
func TestLockAndHide(t *testing.T) {
	s := newScreen(t, "-text", "150", chatCase(t))
	s.shows("Unlock", "Passphrase")
	s.typed(passphrase)
	s.shows("Marigold")
	s.tool("xdotool", "key", "ctrl+l")
	s.shows("Unlock", "Passphrase")
	s.typed(passphrase)
	s.shows("Marigold")
	s.tool("xdotool", "key", "ctrl+4")
	s.shows("the lantern is lit")
	for range 3 {
		s.tool("xdotool", "keydown", "shift", "sleep", "0.06", "keyup", "shift", "sleep", "0.1")
	}
	s.hides("Marigold", "lantern", "Timeline", "Lock", "Help")
	s.tool("xdotool", "key", "ctrl+o")
	s.shows("Unlock", "Passphrase")
	s.tool("xdotool", "key", "ctrl+q")
	s.ended()
	s.leavesOnly("settings.json", "font_index")
}
