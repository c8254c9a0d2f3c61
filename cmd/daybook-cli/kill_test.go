//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daybook/assets/sample"
	"daybook/evidence"
	"daybook/evidence/keys"
)

// TestKilledAdd kills an add at a random moment, again and again on the same
// case. What it had said to be stored is there byte for byte, the case checks
// clean, and in the end an add that nobody kills completes with the truth.
func TestKilledAdd(t *testing.T) {
	rounds := 10
	if os.Getenv("DAYBOOK_LONG") != "" {
		rounds = 100
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	dir := filepath.Join(t.TempDir(), "c.daybook")
	if err := makeCase(dir); err != nil {
		t.Fatal(err)
	}
	exports := t.TempDir()
	truth, err := sample.Write(exports)
	if err != nil {
		t.Fatal(err)
	}
	const chat = "WhatsApp Chat with Dan R.zip"
	killed, acknowledged, items := 0, int64(0), int64(0)
	for range rounds {
		in := filepath.Join(t.TempDir(), "in")
		smallFiles(t, r, in, filepath.Join(exports, chat))
		said, dead := killedAdd(t, r, dir, in)
		if dead {
			killed++
		}
		acknowledged += said
		items = wholeAfterKill(t, dir, in, items, said)
	}
	t.Logf("%d of %d rounds killed, %d items acknowledged before", killed, rounds, acknowledged)
	if killed < rounds/2 || acknowledged == 0 {
		t.Errorf("%d of %d rounds were killed and %d items were said to be stored before: too few to show anything", killed, rounds, acknowledged)
	}
	command(t, 0, "add", dir, filepath.Join(exports, chat))
	command(t, 0, "check", dir)
	chatIsThere(t, truth, chat, command(t, 0, "timeline", dir, "--source", "whatsapp", "--json"))
}

const smallFileCount = 200

// smallFiles fills a folder with files that no other round has, and a chat.
func smallFiles(t *testing.T, r *rand.Rand, dir, chat string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range smallFileCount {
		data := make([]byte, r.IntN(3000))
		for j := range data {
			data[j] = byte(r.Uint32())
		}
		write(fmt.Sprintf("note %03d.bin", i), data)
	}
	data, err := os.ReadFile(chat)
	if err != nil {
		t.Fatal(err)
	}
	write(filepath.Base(chat), data)
}

// killedAdd starts an add and kills it at a random moment: while the case is
// opened and what the last one left unread is read, while files are stored, or
// while they are read. It gives how many items were said to be stored, and
// whether it was killed before its end.
func killedAdd(t *testing.T, r *rand.Rand, dir, in string) (said int64, dead bool) {
	t.Helper()
	cmd := exec.Command("daybook-cli", "add", dir, in, "--progress")
	cmd.Env = append(os.Environ(), "DAYBOOK_PASSPHRASE="+testPassphrase)
	messages, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() {
		if err := cmd.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Error(err)
		}
	}
	steps, wait := 0, time.Duration(r.IntN(60))*time.Millisecond // after the first word of storing
	switch r.IntN(3) {
	case 0:
		timer := time.AfterFunc(time.Duration(r.IntN(500))*time.Millisecond, kill)
		defer timer.Stop()
	case 1:
		steps = r.IntN(smallFileCount)
	}
	storing := -1 // steps since
	for lines := bufio.NewScanner(messages); lines.Scan(); {
		var k, of int64
		var what string
		if _, err := fmt.Sscanf(lines.Text(), "%d of %d %s", &k, &of, &what); err != nil {
			continue
		}
		if what == "stored" {
			said = k
		}
		if what == "stored" || storing >= 0 {
			storing++
		}
		if storing == steps {
			time.Sleep(wait)
			kill()
		}
	}
	_ = cmd.Wait() // the state says it all
	state := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !state.Signaled() && state.ExitStatus() != 0 {
		t.Fatalf("add ended by itself with exit code %d", state.ExitStatus())
	}
	return said, state.Signaled()
}

// wholeAfterKill checks the case as the next program finds it: the items that
// this round added to the first ones are those it said to be stored, or more,
// in order and byte for byte. It gives how many items there are.
func wholeAfterKill(t *testing.T, dir, in string, first, said int64) int64 {
	t.Helper()
	ctx := context.Background()
	c, err := openAfterKill(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	found, err := c.Check(ctx, evidence.CheckOptions{}, nil)
	if err != nil || len(found) > 0 {
		t.Fatalf("check: %v, %+v", err, found)
	}
	if c.Len() < first+said {
		t.Errorf("%d items are there, and %d were said to be stored", c.Len()-first, said)
	}
	entries, err := os.ReadDir(in)
	if err != nil {
		t.Fatal(err)
	}
	for n := first + 1; n <= c.Len(); n++ {
		it, err := c.Item(n)
		if err != nil {
			t.Fatal(err)
		}
		if it.Parent != 0 {
			continue
		}
		name := entries[n-first-1].Name()
		want, err := os.ReadFile(filepath.Join(in, name))
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := c.Export(ctx, n, &got); err != nil || it.Name != name || !bytes.Equal(got.Bytes(), want) {
			t.Errorf("item %d, %s: is not %s as it was added (%v)", n, it.Path, name, err)
		}
	}
	return c.Len()
}

// openAfterKill waits for the lock: a worker that the dead program was just
// starting may hold it for the moment until it is a program of its own.
func openAfterKill(dir string) (c *evidence.Case, err error) {
	for range 100 {
		c, err = evidence.Open(dir, keys.Passphrase(testPassphrase), evidence.OpenOptions{Actor: "test"})
		if !errors.Is(err, evidence.ErrInUse) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return c, err
}

// chatIsThere compares the messages of the chat with what its generator meant.
func chatIsThere(t *testing.T, truth *sample.Truth, chat string, timeline []byte) {
	t.Helper()
	var want, got []string
	for _, r := range truth.Records {
		if strings.HasPrefix(r.File, chat+"!") && (r.Kind == "message" || r.Kind == "system") {
			want = append(want, strings.Join([]string{r.Kind, r.From, strings.TrimSpace(r.Text)}, " | "))
		}
	}
	for line := range bytes.Lines(timeline) {
		var e struct {
			Kind, Text string
			From       *struct{ Name string }
		}
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		from := ""
		if e.From != nil {
			from = e.From.Name
		}
		got = append(got, strings.Join([]string{e.Kind, from, strings.TrimSpace(e.Text)}, " | "))
	}
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" || len(want) < 100 {
		t.Errorf("%d messages are meant, -truth +timeline:\n%s", len(want), d)
	}
}
