package model

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/assets/profiles"
	"daybook/evidence/verify"
	"daybook/report"
)

// seeing is a desk with the sample case open on it, and pictures at hand.
func seeing(t *testing.T) *Desk {
	t.Helper()
	d := practised(t)
	d.Pictures = stranger().Pictures
	return d
}

func entries(t *testing.T, d *Desk) (n int) {
	t.Helper()
	for _, err := range d.c.Journal(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// TestHandOver goes the whole way on the sample case: a period and a person, an
// order, an exhibit that is left out, and a bundle that its own check finds
// whole.
func TestHandOver(t *testing.T) {
	d := seeing(t)
	ctx := t.Context()
	before := entries(t, d)
	all, err := d.Plan(ctx, Handover{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if entries(t, d) != before {
		t.Error("looking at a plan wrote into the journal")
	}
	if len(all.LeftOut) != 0 || len(all.Warnings) == 0 || len(all.Exhibits) < 5 {
		t.Errorf("%q, %+v, %d exhibits", all.LeftOut, all.Warnings, len(all.Exhibits))
	}
	h := Handover{Served: true}
	s, err := d.Scope(ctx, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.People) < 3 || s.Events != all.bundle.Rows {
		t.Fatalf("%d people, %d events of %d", len(s.People), s.Events, all.bundle.Rows)
	}
	h.People = []string{s.People[1].Key}
	narrow, err := d.Scope(ctx, h, s)
	if err != nil || narrow.Events != s.People[1].N || narrow.Note == s.Note {
		t.Errorf("%+v, %v; want %d", narrow, err, s.People[1].N)
	}
	if list := narrow.Matching("no such name"); len(list) != 1 || !list[0].On {
		t.Errorf("ticked people leave the list: %+v", list)
	}
	p, err := d.Plan(ctx, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.bundle.Rows != narrow.Events {
		t.Errorf("the page counts %d, the plan has %d", narrow.Events, p.bundle.Rows)
	}
	shown := h
	for _, d := range ServedDetails() {
		shown.Show = append(shown.Show, d.Value)
	}
	if more, err := d.Plan(ctx, shown, nil); err != nil || len(p.Shows) == 0 || strings.Join(more.Shows, ", ") == strings.Join(p.Shows, ", ") {
		t.Errorf("%q, ticked %q, %v", p.Shows, more.Shows, err)
	}
	last := len(p.Exhibits) - 1
	h.Order = Move(p.Exhibits, last, -last)
	moved, err := d.Plan(ctx, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	if moved.Exhibits[0].Label != p.Exhibits[last].Label {
		t.Errorf("%s stands first", moved.Exhibits[0].Label)
	}
	h.Without = map[int64]string{p.Exhibits[0].Item: "person"}
	if moved, err = d.Plan(ctx, h, nil); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(moved.LeftOut, func(s string) bool { return strings.Contains(s, "about another person") }) {
		t.Errorf("%q", moved.LeftOut)
	}
	place, err := d.Place(t.TempDir(), "bundle 2026-11-25")
	if err != nil {
		t.Fatal(err)
	}
	h.Court = "EW-family-2026"
	var told int
	out, err := d.HandOver(ctx, h, place, func(int64, int64, string) { told++ })
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.Path(ctx, out.Path, verify.Options{Phrase: out.Phrase, Fingerprint: out.Fingerprint})
	if err != nil || !v.OK() || !v.Compared {
		t.Errorf("%+v, %v", v, err)
	}
	if !strings.Contains(out.Held.Court, "family") || len(out.Held.Faults) > 0 || len(out.Held.Warnings) == 0 {
		t.Errorf("held against the rules of the court: %+v", out.Held)
	}
	general, err := profiles.Named(report.General.Name)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := holdFile(ctx, out.Path, report.Document{File: "data/bundle.pdf"}, false, general, time.Now()); err != nil || len(heldOf(v).Faults) == 0 {
		t.Errorf("pages A1, B1 … keep the general rules: %+v, %v", v, err)
	}
	if _, err := d.HandOver(ctx, h, place, nil); err == nil || !strings.Contains(err.Error(), "another name") {
		t.Errorf("onto itself: %v", err)
	}
}

// TestNothingHalfWritten: a bundle that is stopped leaves nothing behind.
func TestNothingHalfWritten(t *testing.T) {
	d := seeing(t)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	place, err := d.Place(dir, "b")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.HandOver(ctx, Handover{}, place, func(int64, int64, string) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// TestPlaceOfABundle: what is wrong with a place has its own sentence.
func TestPlaceOfABundle(t *testing.T) {
	d := opened(t)
	dir := t.TempDir()
	cloud := filepath.Join(dir, "Dropbox")
	full := filepath.Join(dir, "full")
	for _, f := range []string{cloud, filepath.Join(full, "x")} {
		if err := os.MkdirAll(f, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(d.c.Dir(), link); err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct{ folder, name, want string }{
		{"", "b", "choose the folder"}, {dir, "", "short name"}, {dir, "../b", "short name"}, {filepath.Join(dir, "none"), "b", "cannot be used"},
		{d.c.Dir(), "b", "inside the case"}, {link, "b", "inside the case"}, {filepath.Join(link, "journal"), "b", "inside the case"}, {dir, "full", "already"},
	} {
		if _, err := d.Place(f.folder, f.name); err == nil || !strings.Contains(err.Error(), f.want) {
			t.Errorf("%q, %q: %v", f.folder, f.name, err)
		}
	}
	if p, err := d.Place(cloud, "b"); err != nil || !strings.Contains(p.Note, "Dropbox") {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := d.Place(dir, BundleName(dir, false)); err != nil || p.Note != "" {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestBegunIsKept: what was chosen comes back after a lock.
func TestBegunIsKept(t *testing.T) {
	d := opened(t)
	want := Handover{Served: true, From: "March 2024", Order: []int64{3, 1}, Without: map[int64]string{2: "legal"}}
	if err := d.KeepBegun(want); err != nil {
		t.Fatal(err)
	}
	got, err := d.Begun()
	if err != nil || got.From != want.From || !slices.Equal(got.Order, want.Order) || got.Without[2] != "legal" || !got.Served {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestSectionsRead: every section of the sample's plan reads as words.
func TestSectionsRead(t *testing.T) {
	d := practised(t)
	p, err := d.Plan(t.Context(), Handover{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range p.Sections {
		lines, err := p.Section(t.Context(), s.Place)
		if err != nil || len(lines) == 0 {
			t.Errorf("%s: %d lines, %v", s.Title, len(lines), err)
		}
	}
	d.Pictures = stranger().Pictures
	said := 0
	first, err := d.Sheets(t.Context(), p, 1, func(n, of int64, what string) { said++ })
	if err != nil {
		t.Fatal(err)
	}
	if !first.Has(1) || !first.Has(first.All) || first.Has(first.All+1) || said < 3 {
		t.Errorf("of %d pages it has the first %v, the last %v, one more %v; told %d times", first.All, first.Has(1), first.Has(first.All), first.Has(first.All+1), said)
	}
	if sheet, err := first.Page(first.All); err != nil || sheet.Bounds().Dx() < 900 {
		t.Errorf("the last page: %v", err)
	}
	if _, err := d.Sheets(t.Context(), p, first.All+1, nil); err == nil {
		t.Error("a page behind the last was drawn")
	}
}

// TestAboutWhom: a served pack shows the numbers of whom it is about, and says
// so among what the other side can read.
func TestAboutWhom(t *testing.T) {
	d := practised(t)
	h := Handover{Served: true}
	scope, err := d.Scope(t.Context(), h, nil)
	if err != nil {
		t.Fatal(err)
	}
	shows := func(h Handover) string {
		p, err := d.Plan(t.Context(), h, nil)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(p.Shows, ", ")
	}
	before := shows(h)
	for _, v := range scope.People {
		h.About = append(h.About, v.Key)
	}
	if after := shows(h); !strings.Contains(after, "7 numbers and addresses") || strings.Contains(before, "7 numbers and addresses") {
		t.Errorf("without: %s\nwith: %s", before, after)
	}
	key := scope.People[len(scope.People)-1].Key
	if got := scope.MatchingAbout("", []string{key}); got[0].Key != key || !got[0].On || got[1].On {
		t.Errorf("%+v", got[:2])
	}
	h.About = []string{"nobody"}
	if _, err := d.Plan(t.Context(), h, nil); err == nil {
		t.Error("about nobody was planned")
	}
}

// A draft of a statement is written once, beside the bundle, and is no part of
// what the other side gets.
func TestDraftStatement(t *testing.T) {
	d := seeing(t)
	place := Place{Folder: t.TempDir(), Name: "b"}
	path, err := d.DraftStatement(t.Context(), Handover{Served: true}, place, nil)
	if err != nil || filepath.Dir(path) != place.Folder {
		t.Fatalf("%q, %v", path, err)
	}
	if data, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("%v", err)
	}
	if again, err := d.DraftStatement(t.Context(), Handover{}, place, nil); err == nil {
		t.Errorf("%s was written over", again)
	}
	if _, err := d.DraftStatement(t.Context(), Handover{From: "1999-01-01", To: "1999-01-02"}, Place{Folder: place.Folder, Name: "none"}, nil); err == nil {
		t.Error("a draft of nothing")
	}
	if files, err := os.ReadDir(place.Folder); err != nil || len(files) != 1 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

// TestPeopleCalledAlikeAreToldApart: by the files their names stand in and by
// days; and where one of them is ticked alone, it is said.
func TestPeopleCalledAlikeAreToldApart(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	later := strings.ReplaceAll(strings.ReplaceAll(danChat, "/2024", "/2025"), "Maya", "Ann")
	if _, err := d.Add(t.Context(), "", []string{file(t, dir, "WhatsApp Chat with Dan R.txt", danChat), file(t, dir, "WhatsApp Chat with Kitchen.txt", later)}, nil); err != nil {
		t.Fatal(err)
	}
	s, err := d.Scope(t.Context(), Handover{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var two []Value
	told := map[string]bool{}
	for _, v := range s.People {
		if v.Name != "Dan R" {
			if s.Apart(v) != "" {
				t.Errorf("%s alone: %s", v.Name, s.Apart(v))
			}
			continue
		}
		two = append(two, v)
		told[s.Apart(v)] = true
	}
	if len(two) != 2 || len(told) != 2 || told[""] || s.Torn(s.People) != "" {
		t.Fatalf("%+v, %v, %q", two, told, s.Torn(s.People))
	}
	for apart := range told {
		if !strings.Contains(apart, "WhatsApp Chat") || !strings.Contains(apart, "Dec 202") {
			t.Errorf("%q", apart)
		}
	}
	h := Handover{People: []string{two[0].Key}}
	if s, err = d.Scope(t.Context(), h, s); err != nil || !strings.Contains(s.Torn(s.People), "“Dan R”") {
		t.Errorf("one of two: %q, %v", s.Torn(s.People), err)
	}
	h.People = append(h.People, two[1].Key)
	if s, err = d.Scope(t.Context(), h, s); err != nil || s.Torn(s.People) != "" {
		t.Errorf("both: %q, %v", s.Torn(s.People), err)
	}
}

// A bundle's name tells nothing of it: no day, no pack, no program, and it is free.
func TestBundleNameTellsNothing(t *testing.T) {
	dir := t.TempDir()
	for _, want := range []string{"papers", "papers-2", "papers-3"} {
		name := BundleName(dir, true)
		if name != want || BundleName("", true) != "papers" {
			t.Errorf("%q, want %q", name, want)
		}
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
}
