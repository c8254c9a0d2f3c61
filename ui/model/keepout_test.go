package model

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Words are kept out by an act that is taken back by another, and a reason that
// there is none of is refused.
func TestKeepOut(t *testing.T) {
	d := pictureAndChat(t)
	ctx := t.Context()
	for words, code := range map[string]string{" ": "ADDRESS", "12 High Street": "none", "x": "ADDRESS"} {
		if err := d.KeepOut(ctx, words, code); err == nil {
			t.Errorf("%q, %s: was kept out", words, code)
		}
	}
	if err := d.KeepOut(ctx, "12 High Street\n", "ADDRESS"); err != nil {
		t.Fatal(err)
	}
	list, err := d.KeptOut()
	if err != nil || len(list) != 1 || list[0].Words != "12 High Street" || list[0].Reason != "Address" || list[0].Said == "" {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := d.ShowAgain(ctx, list[0], " the court knows it "); err != nil {
		t.Fatal(err)
	}
	if left, err := d.KeptOut(); err != nil || len(left) != 0 {
		t.Errorf("%+v, %v", left, err)
	}
	if err := d.ShowAgain(ctx, list[0], ""); err == nil {
		t.Error("it was taken back twice")
	}
	if reasons := KeepOutReasons(); len(reasons) != 15 || reasons[0].Label != "Address" {
		t.Errorf("%+v", reasons)
	}
}

// A pack in which something is found that it was to withhold is not made, unless
// this very list was seen and released.
func TestFoundIsReleasedByItsList(t *testing.T) {
	d := pictureAndChat(t)
	ctx := t.Context()
	l := look(t, d, Query{}, nil)
	picked := NewSelection()
	picked.Add(l.Rows.All()[3:4])
	if _, err := d.Mark(ctx, l, picked, MarkForm{Note: "The lantern is lit"}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	place, err := d.Place(dir, "b")
	if err != nil {
		t.Fatal(err)
	}
	var f *Found
	for _, released := range []string{"", "another list"} {
		if _, err := d.HandOver(ctx, Handover{Served: true, Released: released}, place, nil); !errors.As(err, &f) {
			t.Fatalf("%v", err)
		}
		if list, err := os.ReadDir(dir); err != nil || len(list) != 0 {
			t.Errorf("something is left: %v, %v", list, err)
		}
	}
	if len(f.Leaks) != 1 || f.Leaks[0].What != "Private note" || len(f.Leaks[0].Places) == 0 || !strings.Contains(f.Looked, "looked through") || len(f.Unread) == 0 {
		t.Errorf("%+v", f)
	}
	out, err := d.HandOver(ctx, Handover{Served: true, Released: f.Sum}, place, nil)
	if err != nil || out.Looked == "" {
		t.Fatalf("%+v, %v", out, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "b", "VERIFY.txt")); err != nil {
		t.Error(err)
	}
}
