package model

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"testing"

	"daybook/evidence"
	"daybook/importers/recording"
	"daybook/report"
	"daybook/report/leak"
	"daybook/timeline"
)

// A film shows its first frame, as small and as blurred as pictures are; why it shows
// none is said, and where something is missing that is said too.
func TestAFilmShowsAFrame(t *testing.T) {
	d := pictureAndChat(t)
	item, err := d.c.Item(1)
	if err != nil {
		t.Fatal(err)
	}
	f := File{Name: "door.mp4", Sort: FilmFile, Item: item.Number, Hash: item.Hash}
	thumbs, err := d.Thumbs()
	if err != nil {
		t.Fatal(err)
	}
	get := func() (Thumb, error) { return thumbs.Get(t.Context(), f, image.Pt(256, 176)) }
	if _, err := get(); !errors.Is(err, recording.ErrNoEngine) {
		t.Errorf("without an engine: %v", err)
	}
	keep := func(r timeline.Recording) {
		t.Helper()
		r.Original = item.Hash
		if err := d.x.KeepRecording(r); err != nil {
			t.Fatal(err)
		}
	}
	keep(timeline.Recording{Note: "its index is missing"})
	if no := NoFrame(""); true {
		if _, err := get(); !errors.As(err, &no) || string(no) != "its index is missing" {
			t.Errorf("without a frame: %v", err)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 320, 180)), nil); err != nil {
		t.Fatal(err)
	}
	keep(timeline.Recording{Frames: []timeline.Frame{{JPEG: b.Bytes(), Width: 320, Height: 180}}})
	if made, err := get(); err != nil || made.Clear.Bounds() != image.Rect(0, 0, 256, 176) || made.Blurred.Bounds().Dx() != 64 {
		t.Errorf("%v", err)
	}
}

// What is found in a frame of a film is named by its exhibit and its time.
func TestALeakInAFrame(t *testing.T) {
	e := report.Exhibit{Item: 7, Label: "MK/4", Name: "door.mp4", Show: report.ShowFrames, Hash: evidence.Hash{1},
		Frames: []report.FrameShown{{At: "0:00:01.6", File: "data/timeline/pictures/000007-01000000-2.jpg"}}}
	found := foundOf(leak.List{Findings: []leak.Finding{{What: "a plate", Text: "AB12", Times: 1,
		Places: []leak.Place{{File: e.Frames[0].File, In: "the picture, as read by tesseract"}}}}}, "", []report.Exhibit{e})
	if l := found.Leaks[0]; len(l.Places) != 1 || l.Places[0] != "MK/4, door.mp4, its frame at 0:00:01.6, in the picture, as read by tesseract" || l.Pictures != 1 || len(l.Exhibits) != 1 {
		t.Errorf("%+v", l)
	}
}
