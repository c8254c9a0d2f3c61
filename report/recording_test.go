package report

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/report/papertest"
	"daybook/timeline"
)

// filmed is what an engine finds in a film of ten seconds.
func filmed(t *testing.T, h evidence.Hash, item int64) timeline.Recording {
	t.Helper()
	r := timeline.Recording{Original: h, Items: []int64{item}, Engine: "ffmpeg 5.1.9", Length: 10 * time.Second, Film: true, Sound: true}
	for i := range 6 {
		m := image.NewRGBA(image.Rect(0, 0, 320, 180))
		for x := range 320 {
			m.Set(x, 20*i, color.White)
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, m, nil); err != nil {
			t.Fatal(err)
		}
		r.Frames = append(r.Frames, timeline.Frame{At: time.Duration(i)*1600*time.Millisecond + 40*time.Millisecond, Width: 320, Height: 180, JPEG: b.Bytes()})
	}
	return r
}

// A film stands in a bundle with how long it runs, six frames and their times, and a
// sound with its loudness; twice the same; and who looked into them is in the system
// record.
func TestFilmsAndSounds(t *testing.T) {
	k := newCase(t)
	k.document(t, "door.mp4", "video/mp4", []byte("film"), timeline.Event{Kind: timeline.Video, Extra: timeline.FactsOf("duration", "12.5 s")})
	k.document(t, "call.m4a", "audio/mp4", []byte("sound"), timeline.Event{Kind: timeline.Audio})
	k.document(t, "cut.mp4", "video/mp4", []byte("cut"), timeline.Event{Kind: timeline.Video})
	k.document(t, "new.mp4", "video/mp4", []byte("new"), timeline.Event{Kind: timeline.Video, Extra: timeline.FactsOf("duration", "3.0 s")})
	var asked []string
	look := func(_ context.Context, items []evidence.Item) error {
		for _, i := range items {
			asked = append(asked, i.Name)
			r := filmed(t, i.Hash, i.Number)
			switch i.Name {
			case "door.mp4":
				r.Frames = slices.Delete(r.Frames, 1, 3)
			case "call.m4a":
				r.Film, r.Frames, r.Level = false, nil, []int8{-90, -30, 0}
			case "cut.mp4":
				r = timeline.Recording{Original: i.Hash, Engine: r.Engine, Note: "its index is missing"}
			case "new.mp4":
				continue
			}
			if err := k.x.KeepRecording(r); err != nil {
				return err
			}
		}
		return nil
	}
	written := func(look func(context.Context, []evidence.Item) error) (map[string][]byte, string) {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "b")
		b := k.planned(t, Full, func(s *Selection) {
			s.Moment, s.LookInto = Moment{Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, look
		})
		if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		if v := verdict(t, dir); !v.OK() {
			t.Error(v.Problems)
		}
		pages := wordsOnPages(papertest.Read(t, filepath.Join(dir, filepath.FromSlash(documentFile))))
		return readTree(t, dir), strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
	}
	tree, text := written(look)
	if !slices.Contains(asked, "new.mp4") || len(asked) != 4 {
		t.Errorf("asked for %v", asked)
	}
	for _, want := range []string{
		"Duration 10.0 s, counted by ffmpeg 5.1.9; its file says 12.5 s", "at 0:00:00.0", "at 0:00:08.0", "taken from it by ffmpeg 5.1.9 and made smaller where they are large: an aid",
		"Loudness over time, drawn by ffmpeg 5.1.9", "0:00:07.5", "could not be shown by ffmpeg 5.1.9: its index is missing. The file is unchanged.",
		"they are made with ffmpeg (ffmpeg.org", "2 looked into by ffmpeg 5.1.9", "3.0 s, as its file says", "1 that ffmpeg could not read, or not wholly; 1 into which ffmpeg (ffmpeg.org) had not looked", "In 2 of the six parts no frame was found.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the pages", want)
		}
	}
	page := string(tree[timelineDir+"exhibits-1.html"])
	if strings.Count(page, `<img loading="lazy" src="pictures/`) != 4+1 || !strings.Contains(page, `<figure class="level"><svg`) {
		t.Errorf("the page of exhibits shows no frames, or no level: %s", page)
	}
	if csv := string(tree["data/exhibits.csv"]); !strings.Contains(csv, "10.0 s,counted by ffmpeg 5.1.9; its file says 12.5 s") {
		t.Errorf("%s", csv)
	}
	asked = nil
	written(look)
	if !slices.Equal(asked, []string{"cut.mp4", "new.mp4"}) { // another version may read what this one could not
		t.Errorf("asked a second time for %v, of which the case keeps what was found", asked)
	}
	again, _ := written(nil)
	for name, b := range tree {
		if strings.HasPrefix(name, "data/") && !bytes.Equal(b, again[name]) {
			t.Errorf("%s differs the second time", name)
		}
	}
}

// A served pack that shows documents shows the frames of a film, and not its file, which
// can hold a place or an owner beside its streams: that it has where it shows these too.
// Of a film of which somebody withheld a part, or whose file holds a protected word, it
// has nothing. The place where a film was taken stands on its sheet in a full pack, and
// nowhere in a served one that does not have its file.
func TestFilmsInServedPacks(t *testing.T) {
	k := newCase(t)
	const film = "film +51.5034-000.1276/" // as telephones write a place
	k.document(t, "door.mp4", "video/mp4", []byte(film), timeline.Event{Kind: timeline.Video, Place: timeline.Place{Lat: 51.5034, Lon: -0.1276, Fix: true}})
	item := must(k.c.Item(int64(k.c.Len())))(t)
	if err := k.x.KeepRecording(filmed(t, item.Hash, item.Number)); err != nil {
		t.Fatal(err)
	}
	served := func(show ...Detail) (Exhibit, map[string][]byte) {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "b")
		b := k.planned(t, Served, func(s *Selection) { s.Moment, s.Show = Moment{}, show })
		if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		e, _ := b.exhibit(item.Number)
		tree := readTree(t, dir)
		tree["the plan"] = []byte(dump(t, b))
		if in := holds(tree, "51.503"); len(in) > 0 && !slices.Equal(in, []string{e.File}) {
			t.Errorf("show %v: its place is in %q", show, in)
		}
		return e, tree
	}
	frames := func(tree map[string][]byte) (n int) {
		for name := range tree {
			if strings.HasPrefix(name, fileName("data/timeline/pictures", item.Number, item.Hash.String(), "-")) {
				n++
			}
		}
		return n
	}
	e, tree := served()
	if frames(tree) != 0 || e.Show != ShowNothing || e.NoPicture != sayNoFrames || e.Duration != "" || e.Counted != "" {
		t.Errorf("a film that is withheld shows %d frames, %+v", frames(tree), e)
	}
	file := fileName("data/originals", item.Number, item.Hash.String(), ".mp4")
	if e, tree = served(ShowDocuments); frames(tree) != 6 || e.Show != ShowFrames || e.File != "" || tree[file] != nil || e.Withheld != sayWithheldStreams {
		t.Errorf("a film whose streams alone are shown: %d frames, %+v", frames(tree), e)
	}
	if page := strings.Join(strings.Fields(string(tree[timelineDir+"exhibits-1.html"])), " "); !strings.Contains(page, sayRecordingAway) || strings.Contains(page, sayRecordingHere) {
		t.Error("its page does not say that its file is not there")
	}
	if e, tree = served(ShowDocuments, ShowMetadata); frames(tree) != 6 || e.Show != ShowFrames || string(tree[file]) != film {
		t.Errorf("a film that is in the pack shows %d frames, %+v", frames(tree), e)
	}
	full := k.planned(t, Full, func(s *Selection) { s.Moment = Moment{} })
	if e, _ = full.exhibit(item.Number); e.Place != "51.50340, -0.12760" || !strings.Contains(dump(t, full), "Place = "+e.Place) {
		t.Errorf("the full pack says of its place %q, and not on its sheet", e.Place)
	}
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Text: "film"}))(t)
	if e, tree = served(ShowDocuments); frames(tree) != 0 || e.Withheld != sayWithheldWords {
		t.Errorf("a film whose file holds a protected word shows %d frames, %+v", frames(tree), e)
	}
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "VEHICLE", Item: item.Number, Areas: []timeline.Area{{Width: 1, Height: 1, Wide: 2, High: 2}}}))(t)
	if e, tree = served(ShowDocuments); frames(tree) != 0 || e.Withheld != sayWithheldFilm {
		t.Errorf("a film with a part that is withheld shows %d frames, %+v", frames(tree), e)
	}
}

// Times below a level are all different, however short the sound is.
func TestTicks(t *testing.T) {
	for d, want := range map[time.Duration]string{
		10 * time.Second:       "0:00:00.0 0:00:02.5 0:00:05.0 0:00:07.5 0:00:10.0",
		200 * time.Millisecond: "0:00:00.0 0:00:00.1 0:00:00.2",
		350 * time.Millisecond: "0:00:00.0 0:00:00.1 0:00:00.2 0:00:00.3",
		50 * time.Millisecond:  "0:00:00.0",
	} {
		if got := strings.Join(ticks(d), " "); got != want {
			t.Errorf("%v: %s", d, got)
		}
	}
}

// A FLAC and a Matroska file keep an ending that opens them.
func TestEndingsOfRecordings(t *testing.T) {
	for name, mt := range map[string]string{"i.flac": "audio/flac", "i.mkv": "video/x-matroska"} {
		if got := extension("i", mt); got != filepath.Ext(name) || extension(name, mt) != got {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Lengths and places in a film are said as people say them.
func TestLengths(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		1240 * time.Millisecond:       {"1.2 s", "0:00:01.2"},
		3*time.Minute + 7*time.Second: {"3 min 07 s", "0:03:07.0"},
		59*time.Minute + 59900*1e6:    {"1 h 00 min 00 s", "0:59:59.9"},
		26*time.Hour + 5*time.Second:  {"26 h 00 min 05 s", "26:00:05.0"},
		59960 * time.Millisecond:      {"1 min 00 s", "0:00:59.9"},
		-40 * time.Millisecond:        {"0.0 s", "0:00:00.0"},
	} {
		if got := [2]string{lasting(d), timeCode(d)}; got != want {
			t.Errorf("%v: %v", d, got)
		}
	}
}
