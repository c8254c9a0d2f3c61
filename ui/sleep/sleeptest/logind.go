//go:build linux

// Package sleeptest is a logind for tests: it tells one program of sleep, over a
// message bus of their own.
package sleeptest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	login   = "org.freedesktop.login1"
	manager = login + ".Manager"
	place   = dbus.ObjectPath("/org/freedesktop/login1")
)

// patience is how long is waited for the program, on a machine that does much else.
const patience = 2 * time.Minute

// Logind tells of sleep.
type Logind struct {
	Address string // of the bus, for DBUS_SYSTEM_BUS_ADDRESS

	t     testing.TB
	bus   *dbus.Conn
	end   func()
	holds chan held // asked for and not yet looked at
}

// held is one hold: the other end of what the program has open.
type held struct {
	ours, theirs *os.File
	said         string
}

// New starts a bus with a logind on it, which ends with the test. One that
// refuses lets nobody hold a sleep.
func New(t testing.TB, refuses bool) *Logind {
	t.Helper()
	l := &Logind{t: t, holds: make(chan held, 8)}
	l.daemon()
	var err error
	if l.bus, err = dbus.Connect(l.Address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.bus.Close() })
	if err := l.bus.ExportMethodTable(map[string]any{"Inhibit": func(what, who, why, mode string) (dbus.UnixFD, *dbus.Error) {
		h := held{said: strings.Join([]string{what, who, why, mode}, ", ")}
		defer func() { l.holds <- h }()
		if refuses {
			return 0, dbus.NewError("org.freedesktop.DBus.Error.AccessDenied", nil)
		}
		var err error
		if h.ours, h.theirs, err = os.Pipe(); err != nil {
			return 0, dbus.MakeFailedError(err)
		}
		return dbus.UnixFD(h.theirs.Fd()), nil
	}}, place, manager); err != nil {
		t.Fatal(err)
	}
	if r, err := l.bus.RequestName(login, dbus.NameFlagDoNotQueue); err != nil || r != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("logind's name: %v, %v", r, err)
	}
	return l
}

const settings = `<busconfig><type>system</type><listen>unix:path=%s</listen>
<policy context="default"><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>`

// daemon starts the bus.
func (l *Logind) daemon() {
	l.t.Helper()
	dir := l.t.TempDir()
	file := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(file, fmt.Appendf(nil, settings, filepath.Join(dir, "bus")), 0o600); err != nil {
		l.t.Fatal(err)
	}
	cmd := exec.Command("dbus-daemon", "--nofork", "--print-address", "--config-file="+file)
	cmd.Env = []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := cmd.StdoutPipe()
	if err != nil {
		l.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		l.t.Fatalf("the message bus: %v; make tools installs it", err)
	}
	l.end = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
	l.t.Cleanup(l.end)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		l.t.Fatalf("the message bus: %v", err)
	}
	l.Address, _, _ = strings.Cut(address, ",") // without the number that is its own
}

// Goes ends the bus.
func (l *Logind) Goes() { l.end() }

// Tells says that the computer is about to sleep, or that it has woken.
func (l *Logind) Tells(sleeps bool) {
	l.t.Helper()
	if err := l.bus.Emit(place, manager+".PrepareForSleep", sleeps); err != nil {
		l.t.Fatal(err)
	}
}

// Hold is a sleep that the program holds.
type Hold struct {
	Said string // what, who, why and how
	t    testing.TB
	held
}

// Asked waits until the program has asked to hold the next sleep. By then it
// listens, too.
func (l *Logind) Asked() *Hold {
	l.t.Helper()
	select {
	case h := <-l.holds:
		return &Hold{h.said, l.t, h}
	case <-time.After(patience):
		l.t.Fatal("nobody asked to hold the sleep")
		return nil
	}
}

// LetGo waits until the program has let go of it.
func (h *Hold) LetGo() {
	h.t.Helper()
	if err := h.read(patience); os.IsTimeout(err) {
		h.t.Fatal("the sleep is held on")
	}
}

// Holds tells whether the program still holds it.
func (h *Hold) Holds() bool {
	h.t.Helper()
	return os.IsTimeout(h.read(50 * time.Millisecond))
}

// read reads from our end, which ends when nobody has the other open. It is to
// be called once the sleep was told: until then the bus may still need our copy
// of that.
func (h *Hold) read(wait time.Duration) error {
	h.t.Helper()
	_ = h.theirs.Close() // the second time it is closed already
	if err := h.ours.SetReadDeadline(time.Now().Add(wait)); err != nil {
		h.t.Fatal(err)
	}
	_, err := h.ours.Read(make([]byte, 1))
	if err == nil {
		h.t.Fatal("somebody wrote into the hold")
	}
	return err
}
