package evidence_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// The tests here kill a second process that adds to a case: this test program,
// started again with the variables below.
const (
	childDir   = "DAYBOOK_TEST_CASE"
	childWords = "DAYBOOK_TEST_WORDS"
	childKill  = "DAYBOOK_TEST_KILL_AT" // number of the disk call it dies at, 0 for none
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child adds to the case and prints a line for each item that was
// acknowledged. With a number it adds one batch and dies at that disk call;
// without, it goes on until it is killed.
func child(dir string) error {
	at, err := strconv.Atoi(os.Getenv(childKill))
	if err != nil {
		return err
	}
	fsys := &mortal{FS: disk.OS}
	c, err := evidence.Open(dir, keys.Words(os.Getenv(childWords)), evidence.OpenOptions{Actor: "child", FS: fsys})
	if err != nil {
		return err
	}
	fmt.Println("open")
	if at == 0 {
		return addForEver(c)
	}
	fsys.left.Store(int64(at))
	acked, err := addSome(c)
	for _, it := range acked {
		fmt.Println("ack", it.Number, it.Hash)
	}
	if err != nil {
		return err
	}
	return c.Close()
}

func addForEver(c *evidence.Case) error {
	ctx := context.Background()
	b, err := c.Begin(ctx, "for ever")
	if err != nil {
		return err
	}
	for i := uint64(0); ; i++ {
		data := content(uint64(os.Getpid())<<8+i, int(i*i*977%300_000))
		p, err := b.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: fmt.Sprint(i), Size: -1})
		if err != nil {
			return err
		}
		if i%3 == 0 {
			if err := b.Flush(ctx); err != nil {
				return err
			}
			it, err := p.Item(ctx)
			if err != nil {
				return err
			}
			fmt.Println("ack", it.Number, it.Hash)
		}
	}
}

// mortal is a file system under which the process dies at a chosen call.
type mortal struct {
	disk.FS
	left atomic.Int64
}

func (m *mortal) step() {
	if m.left.Add(-1) == 0 {
		p, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = p.Kill()
		}
		if err != nil {
			panic(err)
		}
		select {} // until the signal is here
	}
}

func (m *mortal) file(f disk.File, err error) (disk.File, error) {
	if err != nil {
		return nil, err
	}
	return mortalFile{f, m}, nil
}

func (m *mortal) Create(name string) (disk.File, error) { m.step(); return m.file(m.FS.Create(name)) }
func (m *mortal) OpenAppend(name string) (disk.File, error) {
	m.step()
	return m.file(m.FS.OpenAppend(name))
}
func (m *mortal) Open(name string) (disk.File, error)   { m.step(); return m.file(m.FS.Open(name)) }
func (m *mortal) OpenRW(name string) (disk.File, error) { m.step(); return m.file(m.FS.OpenRW(name)) }
func (m *mortal) Rename(old, new string) error          { m.step(); return m.FS.Rename(old, new) }
func (m *mortal) Remove(name string) error              { m.step(); return m.FS.Remove(name) }
func (m *mortal) MkdirAll(name string) error            { m.step(); return m.FS.MkdirAll(name) }
func (m *mortal) Stat(name string) (fs.FileInfo, error) { m.step(); return m.FS.Stat(name) }
func (m *mortal) SyncDir(name string) error             { m.step(); return m.FS.SyncDir(name) }

type mortalFile struct {
	disk.File
	m *mortal
}

func (f mortalFile) Write(p []byte) (int, error) {
	f.m.step()
	if f.m.left.Load() == 1 { // the next call dies: let this one be torn
		p = p[:len(p)/2]
		f.m.left.Store(-1)
		if _, err := f.File.Write(p); err != nil {
			return 0, err
		}
		f.m.left.Store(1)
		f.m.step()
	}
	return f.File.Write(p)
}
func (f mortalFile) WriteAt(p []byte, off int64) (int, error) {
	f.m.step()
	return f.File.WriteAt(p, off)
}
func (f mortalFile) Sync() error            { f.m.step(); return f.File.Sync() }
func (f mortalFile) Truncate(n int64) error { f.m.step(); return f.File.Truncate(n) }
func (f mortalFile) Close() error           { f.m.step(); return f.File.Close() }

// startChild runs the child and gives its lines.
func startChild(t *testing.T, tpl template, dir string, killAt int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childDir+"="+dir, childWords+"="+string(tpl.words), childKill+"="+strconv.Itoa(killAt))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// acknowledged reads what the child had acknowledged; a last line that was cut
// off is none.
func acknowledged(t *testing.T, lines *bufio.Scanner) []evidence.Item {
	t.Helper()
	var acked []evidence.Item
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) != 3 || f[0] != "ack" {
			continue
		}
		n, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		h, err := evidence.ParseHash(f[2])
		if err != nil {
			continue
		}
		acked = append(acked, evidence.Item{Number: n, Hash: h})
	}
	return acked
}

// TestKillAtRandom kills the adding process again and again, in one case.
func TestKillAtRandom(t *testing.T) {
	cycles := 12
	if long() {
		cycles = 300
	}
	tpl := newTemplate(t, 100)
	dir := tpl.copy(t)
	total := 0
	for range cycles {
		cmd, lines := startChild(t, tpl, dir, 0)
		if !lines.Scan() || lines.Text() != "open" {
			t.Fatalf("the child did not open the case: %q", lines.Text())
		}
		wait := rand.N(120 * time.Millisecond)
		kill := time.AfterFunc(wait, func() { _ = cmd.Process.Kill() }) // Wait tells
		acked := acknowledged(t, lines)
		if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() >= 0 {
			t.Fatalf("the child ended by itself: %v", err)
		}
		kill.Stop()
		total += len(acked)
		mustHaveItems(t, tpl, dir, acked)
	}
	if total == 0 {
		t.Error("nothing was acknowledged in any cycle: the test saw nothing")
	}
	tpl.mustHold(t, dir, nil)
}

// mustHaveItems opens the case and reads the acknowledged items.
func mustHaveItems(t *testing.T, tpl template, dir string, acked []evidence.Item) {
	t.Helper()
	c, err := tpl.open(dir, nil)
	if err != nil {
		t.Fatalf("open after the kill: %v", err)
	}
	defer closeCase(t, c)
	if ro, why := c.ReadOnly(); ro {
		t.Fatalf("read-only: %s", why)
	}
	for _, want := range acked {
		got, err := c.Item(want.Number)
		if err != nil || got.Hash != want.Hash {
			t.Fatalf("acknowledged item %d: %+v, %v", want.Number, got, err)
		}
		if err := c.Export(context.Background(), want.Number, discard{}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKillAtEveryCall kills the process at each disk call of an add, writes
// torn in the middle. The short form takes some of them.
func TestKillAtEveryCall(t *testing.T) {
	stride := 12
	if long() {
		stride = 1
	}
	tpl := newTemplate(t, 100)
	tried := 0
	for k := 1; ; k += stride {
		dir := tpl.copy(t)
		cmd, lines := startChild(t, tpl, dir, k)
		acked := acknowledged(t, lines)
		err := cmd.Wait()
		tpl.mustHold(t, dir, acked)
		if err == nil {
			break
		}
		if cmd.ProcessState.ExitCode() >= 0 {
			t.Fatalf("call %d: %v", k, err)
		}
		tried++
	}
	if tried < 5 {
		t.Errorf("the child died %d times only", tried)
	}
}
