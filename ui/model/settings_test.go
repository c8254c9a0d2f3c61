package model

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSettingsAreKeptInTheCase: they come back after a lock, they are the usual
// ones where nothing was chosen or nothing that exists, and no file tells them.
func TestSettingsAreKeptInTheCase(t *testing.T) {
	ctx := context.Background()
	d, f := desk(), form(t.TempDir())
	if err := d.Keep(Settings{}, DefaultSettings()); !errors.Is(err, ErrLocked) {
		t.Errorf("kept without a case: %v", err)
	}
	r, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Create(f, r), d.Unlock(ctx, f.Path(), f.Passphrase, nil)); err != nil {
		t.Fatal(err)
	}
	begin := DefaultSettings()
	begin.Look = "dark"
	if s, err := d.Settings(begin); err != nil || s != begin {
		t.Errorf("a new case: %+v, %v", s, err)
	}
	read := begin
	read.Notice = 1
	if err := d.Keep(begin, read); err != nil {
		t.Fatal(err)
	}
	large := DefaultSettings()
	large.Text = 200
	if s, err := d.Settings(large); err != nil || s.Look != "system" || s.Text != 200 || s.Notice != 1 {
		t.Errorf("who read the notice chose nothing else: %+v, %v", s, err)
	}
	begin.Notice = 1
	want := Settings{Look: "contrast", Text: 175, Idle: 30 * time.Second, Hide: "alt", Title: "Hollyhocks", Country: "scotland", Clear: true, Notice: 2}
	if err := errors.Join(d.Keep(read, want), d.Lock(), d.Unlock(ctx, f.Path(), f.Passphrase, nil)); err != nil {
		t.Fatal(err)
	}
	if s, err := d.Settings(begin); err != nil || s != want {
		t.Errorf("after a lock: %+v, %v", s, err)
	}
	wild := Settings{Look: "neon", Text: 7, Idle: time.Hour, Hide: "x", Title: "\n"}
	if err := d.Keep(want, wild); err != nil {
		t.Fatal(err)
	}
	usual := DefaultSettings()
	usual.Country, usual.Notice = "", 0
	if s, err := d.Settings(begin); err != nil || s != usual {
		t.Errorf("out of range: %+v, %v", s, err)
	}
	if err := errors.Join(d.Keep(usual, want), d.Lock()); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(f.Path(), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), "Hollyhocks") {
			t.Errorf("%s tells the title", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
