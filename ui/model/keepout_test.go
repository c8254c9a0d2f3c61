package model

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/report"
	"daybook/report/leak"
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
	if err != nil || out.Looked == "" || len(out.Released) != 1 || !strings.HasPrefix(out.Released[0], "“The lantern is lit”, private note: in ") {
		t.Fatalf("%+v, %v", out, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "b", "VERIFY.txt")); err != nil {
		t.Error(err)
	}
}

// What is found in an exhibit is named by its label and name, every place of it, and
// can be left out.
func TestLeakNamesTheExhibit(t *testing.T) {
	exhibits := []report.Exhibit{
		{Label: "MK/7", Item: 9, Name: "letter.pdf", File: "data/originals/000009-a.pdf"},
		{Label: "MK/8", Item: 10, Name: "IMG_20251010.jpg", File: "data/originals/000010-b.jpg", Picture: "data/timeline/pictures/000010-b.jpg", Show: report.ShowPicture},
	}
	f := leak.Finding{What: "protected word (address)", Text: "Elm Road", Times: 9}
	for range 2 {
		f.Places = append(f.Places, leak.Place{File: "data/originals/000009-a.pdf", Page: len(f.Places) + 1})
	}
	for _, file := range []string{exhibits[1].File, exhibits[1].Picture} {
		f.Places = append(f.Places, leak.Place{File: file, In: "the picture, as read by tesseract"})
	}
	for line := range 4 {
		f.Places = append(f.Places, leak.Place{File: "data/events.csv", Line: line + 1})
	}
	got := leakOf(f, exhibits)
	want := []string{
		"MK/7, letter.pdf, page 1", "MK/7, letter.pdf, page 2", "MK/8, IMG_20251010.jpg, in the picture, as read by tesseract",
		"MK/8, IMG_20251010.jpg, its picture beside the timeline, in the picture, as read by tesseract",
		"data/events.csv, line 1", "data/events.csv, line 2", "data/events.csv, line 3", "data/events.csv, line 4", "found 9 times in all",
	}
	if !slices.Equal(got.Places, want) || len(got.Exhibits) != 2 || got.Exhibits[1].Item != 10 || got.Pictures != 1 {
		t.Errorf("%+v", got)
	}
	long := leakOf(leak.Finding{Text: strings.Repeat("He came again and ", 5) + "left", Part: "came again\nand He came again"}, nil)
	if want := "He came again and He came again and He came again and He came again and He came …” – “… came again and He came again …"; long.Words != want {
		t.Errorf("%q, want %q", long.Words, want)
	}
	said := released(leak.List{Findings: []leak.Finding{f}}, exhibits)
	if !slices.Equal(said, []string{"“Elm Road”, protected word (address): in 1 picture, found 9 times, released by you"}) {
		t.Errorf("%q", said)
	}
}

// What is kept out by words is named to whoever makes the pack, with how many rows.
func TestLeftOutNamesTheWords(t *testing.T) {
	d := pictureAndChat(t)
	for _, words := range []string{"lantern", "12 High Street"} {
		if err := d.KeepOut(t.Context(), words, "ADDRESS"); err != nil {
			t.Fatal(err)
		}
	}
	p, err := d.Plan(t.Context(), Handover{Served: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(p.LeftOut, func(l string) bool {
		return strings.HasPrefix(l, "Kept out wherever it stands: “lantern”, “12 High Street”; in its place, in ") && strings.HasSuffix(l, ", stands [withheld: address]")
	}) {
		t.Errorf("%q", p.LeftOut)
	}
	if s := keptOut(report.Kept{Mark: "[withheld: place]", Rows: 1}); s != "Kept out: parts of 1 row; in their place stands [withheld: place]" {
		t.Errorf("passages alone: %q", s)
	}
	if s := keptOut(report.Kept{Mark: "[withheld: address]", Words: []string{"lantern"}, Passages: 2, Rows: 3}); s != "Kept out: “lantern” wherever it stands, and 2 passages marked in single rows or files; in the place of either, in 3 rows, stands [withheld: address]" {
		t.Errorf("words and passages: %q", s)
	}
}

// TestNotLookedInto: a pack in which nothing was found says what was not looked into.
func TestNotLookedInto(t *testing.T) {
	if s := notLookedInto(nil); s != "" {
		t.Error(s)
	}
	if s := notLookedInto([]string{"a.mp4: a film", "b.mp3: a sound"}); s != " Not looked into: a.mp4: a film; b.mp3: a sound." {
		t.Error(s)
	}
	if s := notLookedInto(slices.Repeat([]string{"a.mp4: a film"}, leakLonger+2)); !strings.HasSuffix(s, "; and 2 more.") {
		t.Error(s)
	}
}
