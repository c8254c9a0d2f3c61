package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, fsys FS, name, data string, sync bool) {
	t.Helper()
	f, err := fsys.Create(name)
	must(t, err)
	_, err = f.Write([]byte(data))
	must(t, err)
	if sync {
		must(t, f.Sync())
	}
	must(t, f.Close())
}

func content(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "(none)"
	}
	must(t, err)
	return string(b)
}

// TestBoth runs the same steps on the real file system and on the double.
func TestBoth(t *testing.T) {
	for name, fsys := range map[string]FS{"os": OS, "fault": NewFault()} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "a", "b")
			must(t, fsys.MkdirAll(dir))
			at := filepath.Join(dir, "file")
			put(t, fsys, at, "hello", true)
			if _, err := fsys.Create(at); !errors.Is(err, fs.ErrExist) {
				t.Errorf("create twice: %v", err)
			}
			f, err := fsys.OpenAppend(at)
			must(t, err)
			_, err = f.Write([]byte(" world"))
			must(t, err)
			must(t, f.Close())
			f, err = fsys.OpenRW(at)
			must(t, err)
			_, err = f.WriteAt([]byte("H"), 0)
			must(t, err)
			must(t, f.Truncate(8))
			must(t, f.Close())
			if got := content(t, at); got != "Hello wo" {
				t.Errorf("content %q", got)
			}
			must(t, fsys.Rename(at, at+"2"))
			must(t, fsys.SyncDir(dir))
			if _, err := fsys.Open(at); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("open the old name: %v", err)
			}
			if runtime.GOOS != "windows" {
				for name, want := range map[string]fs.FileMode{dir: 0o700, at + "2": 0o600} {
					info, err := fsys.Stat(name)
					must(t, err)
					if info.Mode().Perm() != want {
						t.Errorf("%s: mode %v, want %v", filepath.Base(name), info.Mode(), want)
					}
				}
			}
			entries, err := fsys.ReadDir(dir)
			must(t, err)
			if len(entries) != 1 || entries[0].Name() != "file2" {
				t.Errorf("entries %v", entries)
			}
			n, err := fsys.Free(dir)
			if err != nil || n == 0 {
				t.Errorf("free %d, %v", n, err)
			}
			must(t, fsys.RemoveAll(dir))
			if content(t, at+"2") != "(none)" {
				t.Error("removed and still there")
			}
		})
	}
}

func TestReadFileHasALimit(t *testing.T) {
	at := filepath.Join(t.TempDir(), "file")
	put(t, OS, at, "12345", true)
	b, err := ReadFile(OS, at, 5)
	if err != nil || string(b) != "12345" {
		t.Errorf("%q %v", b, err)
	}
	if _, err := ReadFile(OS, at, 4); !errors.Is(err, ErrTooLong) {
		t.Errorf("over the limit: %v", err)
	}
}

// TestLock takes the lock in this process and asks for it in another, which is
// this test again.
func TestLock(t *testing.T) {
	if name := os.Getenv("DAYBOOK_TEST_LOCK"); name != "" {
		_, err := OS.Lock(name)
		fmt.Println("locked:", errors.Is(err, ErrLocked))
		return
	}
	name := filepath.Join(t.TempDir(), "lock")
	other := func() bool {
		cmd := exec.Command(os.Args[0], "-test.run=^TestLock$", "-test.v")
		cmd.Env = append(os.Environ(), "DAYBOOK_TEST_LOCK="+name)
		out, err := cmd.Output()
		must(t, err)
		return bytes.Contains(out, []byte("locked: true"))
	}
	unlock, err := OS.Lock(name)
	must(t, err)
	if _, err := OS.Lock(name); !errors.Is(err, ErrLocked) {
		t.Errorf("a second lock in this process: %v", err)
	}
	if !other() {
		t.Error("another process gets the lock too")
	}
	must(t, unlock())
	if other() {
		t.Error("the lock outlives its holder")
	}
}

func TestUnsyncedIsLost(t *testing.T) {
	dir := t.TempDir()
	d := NewFault()
	before := filepath.Join(dir, "before")
	must(t, os.WriteFile(before, []byte("safe"), 0o600))
	put(t, d, filepath.Join(dir, "named"), "data", true)
	must(t, d.SyncDir(dir))
	put(t, d, filepath.Join(dir, "unnamed"), "data", true)
	put(t, d, filepath.Join(dir, "unwritten"), "data", false)
	must(t, d.SyncDir(dir))
	put(t, d, filepath.Join(dir, "late"), "data", true)
	must(t, d.MkdirAll(filepath.Join(dir, "folder")))
	put(t, d, filepath.Join(dir, "folder", "in"), "data", true)
	f, err := d.OpenRW(before)
	must(t, err)
	_, err = f.WriteAt([]byte("SAFE?"), 0)
	must(t, err)
	must(t, d.Rename(filepath.Join(dir, "named"), filepath.Join(dir, "renamed")))
	must(t, d.PowerLoss(0))
	for name, want := range map[string]string{"before": "safe", "named": "data", "renamed": "(none)", "unnamed": "data",
		"unwritten": "", "late": "(none)", "folder/in": "(none)"} {
		if got := content(t, filepath.Join(dir, name)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if _, err := f.Write(nil); !errors.Is(err, ErrPowerLost) {
		t.Errorf("a file from before: %v", err)
	}
}

func TestPowerLossVaries(t *testing.T) {
	outcomes := map[string]bool{}
	for seed := range uint64(60) {
		d := NewFault()
		at := filepath.Join(t.TempDir(), "file")
		put(t, d, at, "....", true)
		must(t, d.SyncDir(filepath.Dir(at)))
		f, err := d.OpenRW(at)
		must(t, err)
		for i, s := range []string{"a", "b", "cdef"} {
			_, err = f.WriteAt([]byte(s), int64(i))
			must(t, err)
		}
		must(t, d.PowerLoss(seed))
		outcomes[content(t, at)] = true
		must(t, f.(*faultFile).File.Close())
	}
	for _, want := range []string{"....", "abcdef", "a...", ".b..", "abcd"} {
		if !outcomes[want] {
			t.Errorf("never left %q: %v", want, outcomes)
		}
	}
}

func TestFailures(t *testing.T) {
	dir := t.TempDir()
	d := NewFault()
	d.FailAt(2, syscall.EIO, false)
	f, err := d.Create(filepath.Join(dir, "once"))
	must(t, err)
	n, err := f.Write([]byte("1234"))
	if n != 2 || !errors.Is(err, syscall.EIO) {
		t.Errorf("a failing write: %d, %v", n, err)
	}
	n, err = f.Write([]byte("5678"))
	if n != 4 || err != nil {
		t.Errorf("after it: %d, %v", n, err)
	}
	d.FailAt(1, syscall.EIO, true)
	if err := f.Sync(); !errors.Is(err, syscall.EIO) {
		t.Errorf("a failing sync: %v", err)
	}
	if err := f.Close(); !errors.Is(err, syscall.EIO) {
		t.Errorf("for ever: %v", err)
	}
	if got := fmt.Sprint(d.Steps()); got != "[sync once close once]" {
		t.Errorf("steps %v", got)
	}
	d.Heal()
	d.ShortAt(2)
	f, err = d.Create(filepath.Join(dir, "short"))
	must(t, err)
	n, err = f.Write([]byte("1234"))
	if n != 2 || !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("a short write: %d, %v", n, err)
	}
	must(t, f.Close())
}

func TestFull(t *testing.T) {
	dir := t.TempDir()
	d := NewFault()
	d.SetCapacity(10)
	put(t, d, filepath.Join(dir, "a"), "123456", true)
	f, err := d.Create(filepath.Join(dir, "b"))
	must(t, err)
	n, err := f.Write([]byte("123456"))
	if n != 4 || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("over the end: %d, %v", n, err)
	}
	left, err := d.Free(dir)
	if left != 0 || err != nil {
		t.Errorf("free %d, %v", left, err)
	}
	must(t, d.Remove(filepath.Join(dir, "a")))
	_, err = f.Write([]byte("123456"))
	must(t, err)
	must(t, f.Close())
}

// TestWriteFile fails each call and takes the power at each, and wants the old
// content or the new one whole, and the new one when it was promised.
func TestWriteFile(t *testing.T) {
	for _, cause := range []error{syscall.EIO, syscall.ENOSPC, ErrPowerLost} {
		for call := 1; ; call++ {
			ran := false
			for seed := range uint64(20) {
				dir := t.TempDir()
				at := filepath.Join(dir, "file")
				d := NewFault()
				must(t, WriteFile(d, at, []byte("old content")))
				d.FailAt(call, cause, cause == ErrPowerLost || seed%2 == 1)
				err := WriteFile(d, at, []byte("new content, longer"))
				ran = len(d.Steps()) >= call
				must(t, d.PowerLoss(seed))
				got := content(t, at)
				if got != "new content, longer" && (err == nil || got != "old content") {
					t.Fatalf("%v at call %d, seed %d: %q, error %v", cause, call, seed, got, err)
				}
				must(t, WriteFile(d, at, []byte("again")))
				if got := content(t, at); got != "again" {
					t.Fatalf("%v at call %d, seed %d: afterwards %q", cause, call, seed, got)
				}
			}
			if !ran {
				break
			}
		}
	}
}
