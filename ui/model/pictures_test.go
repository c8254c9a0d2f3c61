package model

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"daybook/importers/pictures"
	"daybook/timeline"
)

// What was read in a picture is found and marked in the row, stands beside the
// event in its details with the times it shows, and can be switched off.
func TestWordsReadInPictures(t *testing.T) {
	d := pictureAndChat(t)
	shown := look(t, d, Query{Choice: Choice{KindFacet: {string(timeline.Photo)}}}, nil)
	event, _ := shown.Rows.Event(1)
	id := shown.Pages.Row(event).ID
	before, err := shown.Detail(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.x.KeepPictureTexts(timeline.PictureText{Picture: [32]byte{1}, Items: []int64{before.Item}, Events: []timeline.ID{id},
		Engine: "tesseract 5.3.0", Language: "eng", Text: "14:22\nDaniel\nsee you at the gasworks"}); err != nil {
		t.Fatal(err)
	}
	l := look(t, d, Query{Words: "gasworks"}, nil)
	if l.Rows.Events() != 1 {
		t.Fatal(l.Note)
	}
	at, _ := l.Rows.Event(1)
	row := l.Pages.Row(at)
	if row.ID != id || !strings.Contains(row.Hints, "machine-read in its picture: “see you at the gasworks”") || strings.Contains(row.Text, "gasworks") {
		t.Errorf("%+v", row)
	}
	if l = look(t, d, Query{Words: "gasworks", Unread: true}, l); l.Rows.Events() != 0 {
		t.Errorf("switched off: %s", l.Note)
	}
	after, err := shown.Detail(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Read) != 1 || !strings.Contains(after.Read[0].Name, "tesseract 5.3.0 (eng); it may be wrong") || !strings.Contains(after.Read[0].Text, "gasworks") {
		t.Errorf("%+v", after.Read)
	}
	want := TimeLine{Label: "Shown in the picture, machine-read", When: "14:22", Note: "not used"}
	if !slices.Contains(after.Times, want) || after.When != before.When || after.Text != before.Text {
		t.Errorf("%+v, %s", after.Times, after.When)
	}
}

// Without an engine the sentence says what to install, and nothing is alike in
// a case of one picture.
func TestPicturesWithoutAnEngine(t *testing.T) {
	d := pictureAndChat(t)
	if _, err := d.ReadPictures(t.Context(), nil); !errors.Is(err, pictures.ErrNoEngine) {
		t.Error(err)
	}
	if _, err := d.Alike(t.Context(), nil); !errors.Is(err, ErrNoPictures) {
		t.Error(err)
	}
	d.Pictures = pictured
	if list, err := d.Alike(t.Context(), nil); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

// Groups and orders are told with what they share and where they do not.
func TestAlikeInWords(t *testing.T) {
	p := func(name string, item int64) pictures.Picture {
		return pictures.Picture{Name: name, Items: []int64{item}}
	}
	if got, want := alikeText(pictures.Group{Members: []pictures.Member{{Picture: p("a.jpg", 1)}, {Picture: p("b.jpg", 2), Differ: 3}}}),
		"a.jpg (item 1)\nb.jpg (item 2) (3 of 64 parts differ from the first)"; got != want {
		t.Errorf("%q", got)
	}
	got := scrollText(pictures.Scroll{Steps: []pictures.Step{{Picture: p("a", 1), Again: []pictures.Picture{p("a2", 4)}},
		{Picture: p("b", 2), Shared: []string{"see you", "at eight"}}, {Picture: p("c", 3), Gap: true}}})
	want := "a (item 1)\nthe same lines: a2 (item 4)\n– 2 lines on both: “see you / at eight” –\nb (item 2)\n– no line is on both: something may have been left out here –\nc (item 3)"
	if got != want {
		t.Errorf("%q", got)
	}
}
