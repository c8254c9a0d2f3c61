package model

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
)

// TestWrongPassphrasesWait: the first three guesses are free, each after them
// waits twice as long up to a minute, and the right one ends that.
func TestWrongPassphrasesWait(t *testing.T) {
	ctx := context.Background()
	d, f := desk(), form(t.TempDir())
	var waited []time.Duration
	d.guess.wait = func(_ context.Context, p time.Duration) error { waited = append(waited, p); return nil }
	r, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Create(f, r); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if err := d.Unlock(ctx, f.Path(), "another", nil); !errors.Is(err, evidence.ErrWrongKey) {
			t.Fatal(err)
		}
	}
	if len(waited) != 1 || waited[0] != 2*time.Second {
		t.Errorf("waited %v", waited)
	}
	more := guesses{wrong: d.guess.wrong}
	for _, want := range []time.Duration{4, 8, 16, 32, 60, 60} {
		if got := more.pause(); got != want*time.Second {
			t.Errorf("after %d wrong ones: %v, want %d s", more.wrong, got, want)
		}
		more.note(evidence.ErrWrongKey)
	}
	if err := d.Unlock(ctx, f.Path(), f.Passphrase, nil); err != nil {
		t.Fatal(err)
	}
	waited = nil
	if err := d.Unlock(ctx, f.Path(), f.Passphrase, nil); err != nil || len(waited) != 0 {
		t.Errorf("after the right one: %v, %v", waited, err)
	}
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
}

// TestRestEndsWhenCancelled: nobody has to wait a minute to give up.
func TestRestEndsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	g := guesses{wrong: 20}
	if err := g.rest(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestUnlockWithWords: the words open a case whose passphrase is lost, however
// they were typed, and a new passphrase takes the old one's place.
func TestUnlockWithWords(t *testing.T) {
	ctx := context.Background()
	d, f := desk(), form(t.TempDir())
	r, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Create(f, r); err != nil {
		t.Fatal(err)
	}
	if err := d.UnlockWords(ctx, f.Path(), "\n "+strings.ToUpper(strings.Join(r.Words, "  "))+" \n", nil); err != nil {
		t.Fatal(err)
	}
	if err := d.NewPassphrase(ctx, NewPassphrase{New: "copper kettle", Again: "copper kettel"}); err == nil {
		t.Error("two different ones were taken")
	}
	if err := d.NewPassphrase(ctx, NewPassphrase{New: "copper kettle", Again: "copper kettle"}); err != nil {
		t.Fatal(err)
	}
	if err := d.Unlock(ctx, f.Path(), f.Passphrase, nil); !errors.Is(err, evidence.ErrWrongKey) {
		t.Errorf("the old passphrase: %v", err)
	}
	if err := d.Unlock(ctx, f.Path(), "copper kettle", nil); err != nil {
		t.Errorf("the new passphrase: %v", err)
	}
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
}
