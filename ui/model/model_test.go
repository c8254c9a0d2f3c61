package model

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/all"
	"daybook/timeline"
)

func form(dir string) CreateForm {
	return CreateForm{Folder: dir, Name: "notes", Title: "Kitchen", Actor: "Maya", Zone: "Europe/London",
		Passphrase: "tin whistle", Again: "tin whistle"}
}

func desk() *Desk {
	return &Desk{Weak: true, Cost: keys.LeastCost(), Readers: func(context.Context) (importers.Set, func() error, error) {
		return all.Importers(nil), func() error { return nil }, nil
	}}
}

// TestCreateUnlockShow is the first window's work without the window.
func TestCreateUnlockShow(t *testing.T) {
	ctx := context.Background()
	d, f := desk(), form(t.TempDir())
	r, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	var given []string
	for _, n := range r.Ask() {
		given = append(given, " "+strings.ToUpper(r.Words[n-1]))
	}
	if err := r.Confirmed(given); err != nil {
		t.Errorf("the right words: %v", err)
	}
	if r.Confirmed(given[:2]) == nil || r.Confirmed([]string{"a", "b", "c"}) == nil {
		t.Error("wrong words were taken")
	}
	if err := d.Create(f, r); err != nil {
		t.Fatal(err)
	}
	if err := d.Unlock(ctx, f.Path(), "another", nil); !errors.Is(err, evidence.ErrWrongKey) || d.Open() {
		t.Fatalf("with a wrong passphrase: %v", err)
	}
	if err := d.Unlock(ctx, f.Path(), f.Passphrase, nil); err != nil {
		t.Fatal(err)
	}
	if o, err := d.Overview(ctx); err != nil || o.Title != "Kitchen" || o.Summary != "0 events, 0 files" {
		t.Errorf("%+v, %v", o, err)
	}
	chat := filepath.Join(t.TempDir(), "chat.txt")
	if err := os.WriteFile(chat, []byte("24/12/2024, 21:05 - Dan R: first\n25/12/2024, 09:15 - Maya: second \u202egnp\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run := importers.Run{Case: d.c, Index: d.x, Set: all.Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: d.c.Zone()}}
	if _, err := run.Add(ctx, "", chat); err != nil {
		t.Fatal(err)
	}
	l, err := d.Look(ctx, Query{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Rows.DayOf(1); l.Rows.Len() != 4 || got != (Day{0, 2, "Tuesday 24 December 2024", "1 event"}) {
		t.Errorf("%d lines, first under %+v", l.Rows.Len(), got)
	}
	got := l.Pages.Row(0)
	want := Row{ID: got.ID, Time: "21:05", Kind: timeline.Message, Title: "message", From: Face{"Dan R", "DR", false, 0}, Whose: true, Text: "first", Hints: "zone assumed"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got := l.Pages.Row(1).Text; got != "second [U+202E]gnp" {
		t.Errorf("a direction control reaches the list: %q", got)
	}
	if l, err := d.Look(ctx, Query{Words: "second"}, l); err != nil || l.Rows.Events() != 1 || l.Note != "1 of 2 events" {
		t.Errorf("search: %v", err)
	}
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Look(ctx, Query{}, nil); !errors.Is(err, ErrLocked) {
		t.Errorf("locked: %v", err)
	}
}

// TestFormSaysWhatIsMissing: each mistake has its own sentence.
func TestFormSaysWhatIsMissing(t *testing.T) {
	seen := map[string]bool{}
	for _, change := range []func(*CreateForm){
		func(f *CreateForm) { f.Folder = "" }, func(f *CreateForm) { f.Name = "a/b" }, func(f *CreateForm) { f.Actor = " " },
		func(f *CreateForm) { f.Again = "x" }, func(f *CreateForm) { f.Zone = "Mars" }, func(*CreateForm) {},
	} {
		f := form("somewhere")
		change(&f)
		err := f.Check(false)
		if err == nil || seen[err.Error()] {
			t.Errorf("%+v: %v", f, err)
			continue
		}
		seen[err.Error()] = true
	}
	if err := form("somewhere").Check(true); err != nil {
		t.Error(err)
	}
}

func TestTimesAreNoMoreExactThanTheirSource(t *testing.T) {
	for text, want := range map[string]string{"2025-10-11 17:40": "17:40", "2025-10-11": "", "2025-10": "", "": "",
		"about 2025-10-11 17:40": "about 17:40", "about 2025-10-11": "", "about 2025-10": ""} {
		var how timeline.Precision
		text, about := strings.CutPrefix(text, "about ")
		if about {
			how = timeline.About
		}
		w, err := timeline.Typed(text, "", how, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := clock(w, nil); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestUnlockGoesOn: what an act of adding stored before it was cut short is
// read when the case is opened again.
func TestUnlockGoesOn(t *testing.T) {
	d, f := desk(), form(t.TempDir())
	r, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Create(f, r), d.Unlock(t.Context(), f.Path(), f.Passphrase, nil)); err != nil {
		t.Fatal(err)
	}
	chat := filepath.Join(t.TempDir(), "chat.txt")
	if err := os.WriteFile(chat, []byte("24/12/2024, 21:05 - Dan R: first\n25/12/2024, 09:15 - Maya: second\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	run := importers.Run{Case: d.c, Index: d.x, Set: all.Importers(nil), Limits: importers.DefaultLimits,
		Progress: func(_, _ int64, what string) {
			if what == "read" {
				cancel()
			}
		}}
	if _, err := run.Add(ctx, "", chat); !errors.Is(err, context.Canceled) || d.x.Len() != 0 {
		t.Fatalf("%d events, %v", d.x.Len(), err)
	}
	if err := d.Unlock(t.Context(), f.Path(), f.Passphrase, nil); err != nil {
		t.Fatal(err)
	}
	if l, err := d.Look(t.Context(), Query{}, nil); err != nil || l.Rows.Events() != 2 {
		t.Errorf("%v", err)
	}
	if err := d.Lock(); err != nil {
		t.Error(err)
	}
}
