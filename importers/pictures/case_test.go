package pictures

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/draw"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/photo"
	"daybook/importers/worker"
	"daybook/timeline"
)

// held is a case with pictures in it, and what looks into them.
type held struct {
	dir string
	c   *evidence.Case
	x   *timeline.Index
	photo.Worker
}

// caseOf makes a case of files.
func caseOf(t *testing.T, files map[string][]byte) held {
	t.Helper()
	from := t.TempDir()
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(from, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "x.daybook")
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: "x", Zone: "Europe/London", Actor: "Maya",
		Passphrase: "correct horse battery staple nine lives", KDF: keys.LeastCost(), Weak: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	x, err := timeline.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pool := worker.Start(t.Context(), exe, worker.DefaultKind())
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	w := photo.Worker{Pool: pool}
	run := importers.Run{Case: c, Index: x, Set: importers.Set{photo.New(w)}, Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
	if _, err := run.Add(t.Context(), "", from); err != nil {
		t.Fatal(err)
	}
	return held{dir, c, x, w}
}

func (h held) found(t *testing.T, f timeline.Filter) []timeline.Row {
	t.Helper()
	r, err := h.x.Find(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := r.Rows(0, r.Len())
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func jpegOf(t *testing.T, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// chat draws a screenshot of some of the lines of a talk.
func chat(t *testing.T, clock string, lines ...string) *image.RGBA {
	t.Helper()
	var list []bubble
	for i, l := range lines {
		list = append(list, bubble{l, i%2 == 1, []color.Color{white, green}[i%2], black})
	}
	return drawn(t, wall, black, clock, "Daniel", list...)
}

var talk = []string{"where are you tonight", "please leave me alone", "see you at the platform", "stop writing to me", "nice green coat today", "number seven again"}

// What pictures show is read, found, proposed, put in order and thrown away
// again, and the events stay what they were.
func TestReading(t *testing.T) {
	h := caseOf(t, map[string][]byte{
		"Screenshot_20251013-142200.png": pngOf(t, chat(t, "14:22", talk[0:4]...)),
		"Screenshot_20251013-142230.png": pngOf(t, chat(t, "14:23", talk[2:6]...)),
		"Screenshot_20251014-090000.jpg": jpegOf(t, chat(t, "09:00", "hello again my dear", "still no"), 85),
		"hostile.png":                    append(pngOf(t, chat(t, "14:22"))[:60], bytes.Repeat([]byte{0xff}, 200)...),
	})
	before := h.found(t, timeline.Filter{})
	e, ok := testEngine(t)
	if !ok {
		return
	}
	r := Reading{Case: h.c, Index: h.x, Pictures: h, Engine: e}
	got, err := r.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Pictures != 4 || got.Read != 3 || got.Words != 3 || len(got.Failed) != 1 || got.Failed[0].Name != "hostile.png" {
		t.Errorf("%+v", got)
	}
	again, err := r.Read(t.Context())
	if err != nil || again.Already != 4 || again.Read != 0 {
		t.Errorf("read again: %+v, %v", again, err)
	}

	rows := h.found(t, timeline.Filter{Words: "platform", Pictures: true})
	if len(rows) != 2 || len(rows[0].Read) != 1 || rows[0].Read[0].Text != talk[2] || rows[0].Read[0].Engine != e.Name {
		t.Errorf("found %+v", rows)
	}
	if rows := h.found(t, timeline.Filter{Words: "platform"}); len(rows) != 0 {
		t.Errorf("found where it was not asked for: %+v", rows)
	}
	if d := cmp.Diff(before, h.found(t, timeline.Filter{})); d != "" {
		t.Errorf("events changed: %s", d)
	}
	texts, err := h.x.PictureTextsOf(rows[0].ID)
	if err != nil || len(texts) != 1 {
		t.Fatalf("%v, %v", texts, err)
	}
	if d := cmp.Diff([]string{"14:22"}, ShownTimes(texts[0].Text)); d != "" {
		t.Errorf("times: %s", d)
	}
	h.ordered(t)
	h.readable(t, talk...)
	h.deleted(t, rows[0])
}

// ordered wants the two screenshots of one evening one after the other, and the
// third, of another day, behind a gap.
func (h held) ordered(t *testing.T) {
	t.Helper()
	found, err := FindAlike(t.Context(), h.c, h.x, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Scrolls) != 1 || len(found.Groups) != 0 || found.Unread != 0 {
		t.Fatalf("%+v", found)
	}
	names, gaps := order(found.Scrolls[0])
	if d := cmp.Diff([]string{"Screenshot_20251013-142200.png", "Screenshot_20251013-142230.png", "Screenshot_20251014-090000.jpg"}, names); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]int{2}, gaps); d != "" {
		t.Errorf("gaps: %s", d)
	}
	if d := cmp.Diff(talk[2:4], found.Scrolls[0].Steps[1].Shared); d != "" {
		t.Errorf("shared: %s", d)
	}
}

// readable looks for words of pictures in every file of the case.
func (h held) readable(t *testing.T, words ...string) {
	t.Helper()
	err := filepath.WalkDir(h.dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the store drops files of its own beside this
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				t.Errorf("%s holds %q", name, w)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// deleted deletes a picture, and its words with it.
func (h held) deleted(t *testing.T, r timeline.Row) {
	t.Helper()
	if err := errors.Join(h.c.Delete(t.Context(), r.Source.Item, "by mistake"), h.x.Forget(t.Context())); err != nil {
		t.Fatal(err)
	}
	for text, err := range h.x.PictureTexts(t.Context()) {
		if err != nil || text.Picture == r.Source.Hash {
			t.Errorf("still kept: %+v, %v", text, err)
		}
	}
}

// A run that is stopped keeps what it read, and the next one goes on.
func TestReadingIsStopped(t *testing.T) {
	h := caseOf(t, map[string][]byte{
		"Screenshot_20251013-142200.png": pngOf(t, chat(t, "14:22", talk[0:4]...)),
		"Screenshot_20251013-142230.png": pngOf(t, chat(t, "14:23", talk[2:6]...)),
		"Screenshot_20251014-090000.png": pngOf(t, chat(t, "09:00", "hello again my dear", "still no")),
	})
	e, ok := testEngine(t)
	if !ok {
		return
	}
	ctx, cancel := context.WithCancel(t.Context())
	r := Reading{Case: h.c, Index: h.x, Pictures: h, Engine: e, Progress: func(done, _ int64, _ string) {
		if done == 1 {
			cancel()
		}
	}}
	if _, err := r.Read(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	r.Progress = nil
	got, err := r.Read(t.Context())
	if err != nil || got.Already == 0 || got.Already+got.Read != 3 {
		t.Errorf("gone on: %+v, %v", got, err)
	}
}

// The same picture saved anew, made smaller or darker is near; another is not;
// even pictures are near to nothing.
func TestNearPictures(t *testing.T) {
	scene := func(seed int) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, 900, 700))
		for y := range 700 {
			for x := range 900 {
				v := uint8(128 + 60*((x/110+seed)*(y/90+2*seed)%3-1) + x/20)
				img.Set(x, y, color.RGBA{v, v / 2, 255 - v, 255})
			}
		}
		return img
	}
	small := image.NewRGBA(image.Rect(0, 0, 320, 249))
	draw.CatmullRom.Scale(small, small.Rect, scene(1), scene(1).Rect, draw.Src, nil)
	even := image.NewRGBA(image.Rect(0, 0, 400, 300))
	draw.Draw(even, even.Rect, image.White, image.Point{}, draw.Src)
	other := image.NewRGBA(image.Rect(0, 0, 500, 300))
	draw.Draw(other, other.Rect, image.White, image.Point{}, draw.Src)
	h := caseOf(t, map[string][]byte{
		"IMG_20250101_100000.jpg": jpegOf(t, scene(1), 95),
		"IMG_20250102_100000.jpg": jpegOf(t, scene(1), 40),
		"IMG_20250103_100000.jpg": jpegOf(t, small, 75),
		"IMG_20250104_100000.jpg": jpegOf(t, scene(3), 90),
		"IMG_20250105_100000.png": pngOf(t, even),
		"IMG_20250106_100000.png": pngOf(t, other),
	})
	for range 2 { // made, and as it is kept
		found, err := FindAlike(t.Context(), h.c, h.x, h, nil)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, g := range found.Groups {
			for _, m := range g.Members {
				names = append(names, m.Picture.Name)
			}
			names = append(names, "|")
		}
		if got := strings.Join(names, " "); got != "IMG_20250101_100000.jpg IMG_20250102_100000.jpg IMG_20250103_100000.jpg |" {
			t.Errorf("alike: %s", got)
		}
	}
}
