//go:build linux

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"daybook/importers/worker"
)

// The test binary is the program when this is set: the window under test is
// the real one, with eyes beside it.
const asProgram = "DAYBOOK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && (os.Args[1] == worker.Arg || os.Args[1] == worker.ArgOutside) { // which is started with next to no environment
		main()
		return
	}
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	// Whoever started it may be killed: nothing of a test goes on without it.
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		fmt.Fprintln(os.Stderr, "end with the test:", err)
		os.Exit(1)
	}
	go eyes()
	main()
}

// patience is how long is waited for anything, on a machine that does much else.
const patience = 2 * time.Minute

// screen is an X display of its own with the program on it, and a home folder
// that nothing else writes to.
type screen struct {
	t       testing.TB
	dir     string // of what the test itself makes
	home    string
	temp    string // the program's TMPDIR
	env     []string
	display string

	before []string // what runs the program: strace, or nothing
	cmd    *exec.Cmd
	ask    io.WriteCloser
	told   *json.Decoder
	stderr bytes.Buffer // to be read once the program has ended

	pid    int
	window string // its number
}

func newScreen(t testing.TB) *screen {
	t.Helper()
	s := &screen{t: t, dir: t.TempDir(), home: t.TempDir(), temp: t.TempDir()}
	settings := filepath.Join(s.home, ".config", "fyne")
	for _, d := range []string{settings, filepath.Join(s.home, ".cache")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	// A blinking cursor would make two pictures of one screen differ.
	if err := os.WriteFile(filepath.Join(settings, "settings.json"), []byte(`{"no_animations":true}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s.display = s.xvfb()
	s.env = append(os.Environ(), asProgram+"=1", "DISPLAY="+s.display, "WAYLAND_DISPLAY=", "HOME="+s.home, "TMPDIR="+s.temp,
		"XDG_CONFIG_HOME="+filepath.Join(s.home, ".config"), "XDG_CACHE_HOME="+filepath.Join(s.home, ".cache"),
		"XDG_DATA_HOME="+filepath.Join(s.home, ".local"), "XDG_STATE_HOME="+filepath.Join(s.home, ".state"), "XDG_RUNTIME_DIR="+s.home,
		"DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(s.home, "bus"), "DBUS_SYSTEM_BUS_ADDRESS=unix:path="+filepath.Join(s.home, "bus"), // there is none
		"LANG=en_GB.UTF-8", "TZ=UTC", "FYNE_SCALE=1", "FYNE_THEME=light", "GORACE=halt_on_error=1")
	return s
}

// tied makes a command end with the test, however that ends: its whole group is
// killed by stop, and it is killed by the system when the test is gone.
func tied(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func stop(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
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
	tied(cmd)
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

// start starts the program and waits for its window.
func (s *screen) start(args ...string) {
	s.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		s.t.Fatal(err)
	}
	line := append(append(slices.Clone(s.before), exe), args...)
	cmd := exec.Command(line[0], line[1:]...)
	s.stderr.Reset()
	cmd.Env, cmd.Stderr = s.env, &s.stderr
	tied(cmd)
	if s.ask, err = cmd.StdinPipe(); err != nil {
		s.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.cmd = cmd
	s.t.Cleanup(func() {
		stop(cmd)
		if s.t.Failed() && s.cmd == cmd {
			s.t.Logf("the program said: %s", s.stderr.String())
		}
	})
	said := bufio.NewReader(out)
	s.told = json.NewDecoder(said)
	s.within("the window did not come up", func() error {
		if line, err := said.ReadString('\n'); err != nil || line != "READY\n" {
			return fmt.Errorf("the program said %q: %w", line, err)
		}
		return nil
	})
	s.pid = s.glance().PID
	s.window = strings.Fields(s.tool("xdotool", "search", "--sync", "--onlyvisible", "--pid", strconv.Itoa(s.pid)))[0]
	s.tool("xdotool", "windowfocus", "--sync", s.window)
}

// within does something that the program has to do its part in.
func (s *screen) within(or string, do func() error) {
	s.t.Helper()
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		if err != nil {
			s.t.Fatal(err)
		}
	case <-time.After(patience):
		s.t.Fatal(or)
	}
}

// glance asks the program what it shows.
func (s *screen) glance() (g glimpse) {
	s.t.Helper()
	s.within("the program does not say what it shows", func() error {
		if _, err := fmt.Fprintln(s.ask); err != nil {
			return fmt.Errorf("the program is gone: %w", err)
		}
		if err := s.told.Decode(&g); err != nil {
			return fmt.Errorf("the program is gone: %w", err)
		}
		return nil
	})
	return g
}

// until looks again and again; it gives what was seen when that was enough.
func (s *screen) until(what string, enough func(glimpse) bool) glimpse {
	s.t.Helper()
	var g glimpse
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if g = s.glance(); enough(g) {
			s.keep(what)
			return g
		}
	}
	s.keep("not " + what)
	s.t.Fatalf("%s: not so, the screen shows\n%s", what, g.text())
	return g
}

// shows waits until the screen shows all the words.
func (s *screen) shows(words ...string) glimpse {
	s.t.Helper()
	return s.until(fmt.Sprintf("shows %q", words), func(g glimpse) bool {
		text := g.text()
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
}

// hides waits until the screen shows none of the words.
func (s *screen) hides(words ...string) {
	s.t.Helper()
	s.until(fmt.Sprintf("hides %q", words), func(g glimpse) bool { return !containsAny(g.text(), words) })
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// read reads the pixels, as a person would.
func (s *screen) read() string {
	s.t.Helper()
	picture := filepath.Join(s.dir, "screen.png")
	s.tool("import", "-window", "root", "-resize", "200%", picture)
	return strings.Join(strings.Fields(s.tool("tesseract", picture, "-", "--psm", "11")), " ")
}

// reads waits until the pixels say all the words.
func (s *screen) reads(words ...string) {
	s.t.Helper()
	var text string
	for end := time.Now().Add(patience); time.Now().Before(end); {
		text = s.read()
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			return
		}
	}
	s.t.Fatalf("%q cannot be read on the screen:\n%s", words, text)
}

// readsNone waits until the pixels say none of the words.
func (s *screen) readsNone(words ...string) {
	s.t.Helper()
	var text string
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if text = s.read(); !containsAny(text, words) {
			return
		}
	}
	s.t.Fatalf("one of %q can still be read on the screen:\n%s", words, text)
}

// clicks clicks on a text with the mouse, once it stands still; the wheel
// brings it up when it is further down.
func (s *screen) clicks(text string) { s.t.Helper(); s.clicksWith(text) }

// clicksWith does so while keys are held down.
func (s *screen) clicksWith(text string, held ...string) {
	s.t.Helper()
	var last run
	looks := 0
	s.until("click "+text, func(g glimpse) bool {
		r, ok := g.find(text)
		still := ok && r == last
		last = r
		if looks++; !ok && looks%25 == 0 {
			s.mouse(1085, 400, "click", "5") // in the margin: fields take the wheel for themselves
		}
		return still
	})
	var line []string
	for _, k := range held {
		line = append(line, "keydown", k)
	}
	line = append(line, "click", "1")
	for _, k := range held {
		line = append(line, "keyup", k)
	}
	s.mouse(last.X, last.Y, line...)
}

// mouse goes to a place of the window and does something there.
func (s *screen) mouse(x, y int, do ...string) {
	s.t.Helper()
	s.tool("xdotool", append([]string{"mousemove", "--window", s.window, strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.1"}, do...)...)
}

func (s *screen) key(names ...string) {
	s.t.Helper()
	s.tool("xdotool", append([]string{"key", "--delay", "40"}, names...)...)
}

func (s *screen) writes(text string) {
	s.t.Helper()
	s.tool("xdotool", "type", "--delay", "20", "--", text)
}

func (s *screen) tool(name string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = s.env
	tied(cmd)
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("%s %v: %v", name, args, err)
	}
	return string(out)
}

// kill kills the program as a cut of the power would.
func (s *screen) kill() {
	s.t.Helper()
	if err := syscall.Kill(s.pid, syscall.SIGKILL); err != nil {
		s.t.Fatal(err)
	}
	s.within("the killed program does not end", func() error { _ = s.cmd.Wait(); return nil })
}

// ended waits until the program has ended, and in order.
func (s *screen) ended() {
	s.t.Helper()
	s.within("the program does not end", func() error {
		if err := s.cmd.Wait(); err != nil {
			return fmt.Errorf("the program ended with %w", err)
		}
		return nil
	})
}

// leavesOnly checks what the program left in its home and its temporary folder:
// files whose names begin so, and no folder that was not there before.
func (s *screen) leavesOnly(names ...string) {
	s.t.Helper()
	ours := []string{s.home, filepath.Join(s.home, ".config"), filepath.Join(s.home, ".config", "fyne"), filepath.Join(s.home, ".cache"), s.temp}
	for _, root := range []string{s.home, s.temp} {
		err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
			known := slices.Contains(ours, path)
			if !e.IsDir() {
				known = slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(e.Name(), n) })
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
}

// keep keeps a picture where a person asked for pictures.
func (s *screen) keep(name string) {
	s.t.Helper()
	if dir := os.Getenv("DAYBOOK_PICTURES"); dir != "" {
		name = strings.Map(func(r rune) rune {
			if strings.ContainsRune(`/"[] `, r) {
				return '-'
			}
			return r
		}, name)
		s.tool("import", "-window", "root", filepath.Join(dir, fmt.Sprintf("%d%s.png", time.Now().UnixMilli(), name)))
	}
}
