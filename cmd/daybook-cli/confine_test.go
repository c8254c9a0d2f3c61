//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// withoutSocket runs a program that the system kills, and everything it starts,
// when it asks for a socket of any kind.
func withoutSocket() {
	become([]unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: callNumber},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_SOCKET, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_KILL_PROCESS},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	})
}

// withoutRoom runs a program for which the disk is full: no file can be made.
func withoutRoom() {
	become([]unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: callNumber},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_OPENAT, Jf: 3},
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: thirdArgument},
		{Code: unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, K: unix.O_CREAT, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSPC)},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	})
}

// withoutRight runs a program for which the permissions of files hold, even
// when root runs the tests.
func withoutRight() {
	runtime.LockOSThread() // the right is the thread's: it must be the one that becomes the program
	if os.Geteuid() == 0 {
		for _, right := range []uintptr{unix.CAP_DAC_OVERRIDE, unix.CAP_DAC_READ_SEARCH} {
			if err := unix.Prctl(unix.PR_CAPBSET_DROP, right, 0, 0, 0); err != nil {
				fmt.Fprintln(os.Stderr, "give up a right of root:", err)
				os.Exit(126)
			}
		}
	}
	execute()
}

// Where struct seccomp_data holds the number of the call, and the lower half of
// its third argument on a little-endian machine.
const (
	callNumber    = 0
	thirdArgument = 32
)

// become confines this process and turns it into the program that its arguments
// name. What it starts is confined too, and nothing lifts it: this needs no
// right and works in a container, where tracing may be forbidden.
func become(filter []unix.SockFilter) {
	runtime.LockOSThread() // the filter is the thread's: it must be the one that becomes the program
	if err := confineTo(filter); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(126)
	}
	execute()
}

// execute turns this process into the program that its arguments name.
func execute() {
	exe, err := exec.LookPath(os.Args[1])
	if err == nil {
		err = unix.Exec(exe, os.Args[1:], os.Environ())
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(126)
}

func confineTo(filter []unix.SockFilter) error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no new privileges: %w", err)
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("seccomp: %w", errno)
	}
	return nil
}

// openSocket is a program that does what none of ours may.
func openSocket() {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err == nil {
		err = unix.Close(fd)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The tests below lean on the confinement: it has to bite.
func TestConfinementBites(t *testing.T) {
	if out, err := exec.Command("opens-socket").CombinedOutput(); err != nil {
		t.Fatalf("a socket cannot be opened at all here: %v\n%s", err, out)
	}
	err := exec.Command("without-socket", "opens-socket").Run()
	var e *exec.ExitError
	if !errors.As(err, &e) || e.Sys().(syscall.WaitStatus).Signal() != unix.SIGSYS {
		t.Errorf("opening a socket: %v, want to be killed for it", err)
	}
	out, err := exec.Command("without-room", "sh", "-c", "cat /dev/null && echo x > "+t.TempDir()+"/x").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "No space left") && !strings.Contains(string(out), "annot create") {
		t.Errorf("making a file on the full disk: %v, %s", err, out)
	}
}
