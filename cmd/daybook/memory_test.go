//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/all"
	"daybook/ui/model"
)

// secret is a word of the case that is nowhere else.
const secret = "zanzibarquetta"

// secretCase makes a case with a conversation about the secret.
func secretCase(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	d := &model.Desk{Weak: true, Cost: keys.LeastCost(), Readers: func(context.Context) (importers.Set, func() error, error) {
		return all.Importers(nil), func() error { return nil }, nil
	}}
	f := model.CreateForm{Folder: dir, Name: "notes", Title: "Kitchen", Actor: "Maya", Zone: "Europe/London", Passphrase: passphrase, Again: passphrase}
	words, err := model.NewRecovery()
	if err == nil {
		err = errors.Join(d.Create(f, words), d.Unlock(t.Context(), f.Path(), passphrase, nil))
	}
	if err != nil {
		t.Fatal(err)
	}
	var chat strings.Builder
	for i := range 300 {
		fmt.Fprintf(&chat, "24/12/2024, 21:%02d - Dan R: the %s %d\n24/12/2024, 21:%02d - Maya: yes %d\n", i/6, secret, i, i/6, i)
	}
	name := filepath.Join(dir, "WhatsApp Chat with Dan.txt")
	if err := os.WriteFile(name, []byte(chat.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Add(t.Context(), "", []string{name}, nil); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Lock(), os.Remove(name)); err != nil {
		t.Fatal(err)
	}
	return f.Path()
}

// inMemory counts where a word stands in what the program can write to of its
// memory.
func (s *screen) inMemory(word string) (n int, err error) {
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", s.pid))
	if err != nil {
		return 0, err
	}
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", s.pid))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, mem.Close()) }()
	buf := make([]byte, 1<<20)
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var rights string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &rights); err != nil || !strings.HasPrefix(rights, "rw") {
			continue
		}
		for at := from; at < to; at += int64(len(buf)) - int64(len(word)) + 1 {
			got, err := mem.ReadAt(buf[:min(int64(len(buf)), to-at)], at)
			if err != nil && !errors.Is(err, io.EOF) && got == 0 {
				break // of a driver, or gone since
			}
			n += bytes.Count(buf[:got], []byte(word))
		}
	}
	return n, nil
}

// TestLittleIsLeftInMemory: the words of a case that stood on the screen are
// gone from the memory of the program soon after it was locked, but for the few
// that the page on what Daybook cannot hide speaks of.
func TestLittleIsLeftInMemory(t *testing.T) {
	s := newScreen(t)
	s.start(secretCase(t))
	s.shows("Unlock")
	s.writes(passphrase)
	s.key("Return")
	s.shows("See the timeline")
	s.key("ctrl+4")
	s.shows(secret)
	before, err := s.inMemory(secret)
	if errors.Is(err, fs.ErrPermission) {
		t.Logf("the memory of another program may not be read here (%v): it is not looked at", err)
		s.key("ctrl+q")
		s.ended()
		return
	}
	if err != nil || before < 100 {
		t.Fatalf("%d times in memory before the lock: %v", before, err)
	}
	s.key("ctrl+l")
	s.hides(secret)
	var after int
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Second) {
		if after, err = s.inMemory(secret); err != nil {
			t.Fatal(err)
		}
		if after <= before/4 {
			break
		}
	}
	t.Logf("%d times in memory, %d before the lock", after, before)
	if after > before/4 {
		t.Errorf("%d times in memory after the lock, %d before", after, before)
	}
	s.key("ctrl+q")
	s.ended()
}
