package photo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// fixtures finds the folder of public samples, if this machine has it.
func fixtures(t *testing.T) (string, bool) {
	root, found := importertest.Public(t)
	return filepath.Join(root, "media_exif"), found
}

// oneEvent is an Output that keeps one event.
type oneEvent struct {
	importers.Output
	e timeline.Event
	n int
}

func (o *oneEvent) Event(e timeline.Event) error { o.e, o.n = e, o.n+1; return nil }

func readFile(t testing.TB, path string) timeline.Event {
	t.Helper()
	s := importers.Source{FS: os.DirFS(filepath.Dir(path)), Path: filepath.Base(path)}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s.Head, s.Size = b[:min(len(b), importers.HeadSize)], int64(len(b))
	var out oneEvent
	if !New(nil).Claims(s) {
		t.Errorf("%s is not claimed", s.Path)
	}
	err = New(nil).Import(context.Background(), s, &out)
	if out.n != 1 || err != nil && !strings.HasSuffix(out.e.Extra.Get("notes"), err.Error()) {
		t.Fatalf("%s: %d events, %v", s.Path, out.n, err)
	}
	if whole := !slices.Contains(out.e.Flags, timeline.Truncated) && !slices.Contains(out.e.Flags, timeline.Undecoded); err == nil && !whole {
		t.Errorf("%s: %v, and it was read to its end", s.Path, out.e.Flags)
	}
	return out.e
}

func row(e timeline.Event) string {
	when := "undated"
	if !e.When.Instant.IsZero() {
		when = e.When.Instant.Format("2006-01-02 15:04:05.999Z")
		if !e.When.Local.IsZero() {
			when = e.When.Local.Format("2006-01-02 15:04:05.999") + " " + e.When.Zone
		}
	} else if !e.When.Local.IsZero() {
		when = e.When.Local.Format("2006-01-02 15:04:05.999") + " ?"
	}
	label := ""
	for _, c := range e.Claims {
		if c.Chosen {
			label = c.Label
		}
	}
	where := "-"
	if e.Place.Fix {
		where = fmt.Sprintf("%.4f %.4f", e.Place.Lat, e.Place.Lon)
	}
	return fmt.Sprintf("%s | %s | %s | %s | %s | %v", e.Kind, when, e.When.Basis, label, where, e.Flags)
}

// wantRows is what the public samples must give (LIBRARIES and FORMATS say why).
var wantRows = map[string]string{
	"2216-11-15-11-46-51-sep-2216-11-15-11-46-51a.jpg": "photo | 2216-11-15 11:46:51 ? | unknown | EXIF DateTimeOriginal | - | [truncated weak-time]",
	"35-empty.jpg":           "photo | 2005-07-19 18:25:29 ? | unknown | EXIF DateTimeOriginal | - | []",
	"67-0_length_string.jpg": "photo | 2016-09-12 10:05:31 ? | unknown | EXIF DateTime | 51.0250 7.5919 | [weak-time]",
	"Apple iPhone 4.jpg":     "photo | 2011-01-13 14:33:39 ? | unknown | EXIF DateTimeOriginal | 41.8530 12.4888 | []",
	"DSCN0010.jpg":           "photo | 2008-10-22 16:28:39 ? | unknown | EXIF DateTimeOriginal | 43.4674 11.8851 | [times-disagree]",
	"FLIR iPhone device.jpg": "photo | undated | unknown |  | - | []",
	"IMG_2927.HEIC":          "photo | 2020-05-04 18:39:11.644 -04:00 | offset | EXIF DateTimeOriginal with OffsetTimeOriginal | - | []",
	"IMG_5195.HEIC":          "photo | 2021-04-11 15:47:53.054 -05:00 | offset | EXIF DateTimeOriginal with OffsetTimeOriginal | 39.0513 -94.2888 | []",
	"NegativeArraySizeException.ItemInfoBox.init.heif": "photo | undated | unknown |  | - | [truncated]",
	"Reconyx_HC500_Hyperfire.jpg":                      "photo | 2020-03-16 10:00:00 ? | unknown | trail camera DateTimeOriginal (Reconyx) | - | []",
	"Samsung GT-I9000 (Galaxy S).jpg":                  "photo | 2011-04-02 18:30:10 ? | unknown | EXIF DateTimeOriginal | - | []",
	"Samsung SM-J327T1.jpg":                            "photo | 2019-09-26 16:38:00.053 ? | unknown | EXIF DateTimeOriginal | - | []",
	"cheers_1440x960.heic":                             "photo | undated | unknown |  | - | []",
	"geodegrees_as_string.jpg":                         "photo | 2014-04-26 19:09:19 ? | unknown | EXIF DateTimeOriginal | 52.8428 11.1829 | [readers-differ]",
	"image01088.jpg":                                   "photo | 2010-04-13 09:37:22 +02:00 | offset | XMP CreateDate | - | []",
	"infinite_loop_exif.jpg":                           "photo | 2007-05-10 19:04:16 ? | unknown | EXIF DateTime | - | [weak-time]",
	"invalid-encoding-usercomment.jpg":                 "photo | undated | unknown |  | - | []",
	"iphone.heic":                                      "photo | 2026-02-19 14:22:37.146 -08:00 | offset | EXIF DateTimeOriginal with OffsetTimeOriginal | 37.9363 -122.3653 | []",
	"jolla.jpg":                                        "photo | 2014-09-21 16:00:56 +02:00 | offset | XMP DateTimeOriginal | - | []",
	"mspaint-8x10.png":                                 "photo | undated | unknown |  | - | []",
	"photoshop-8x12-rgb24-all-metadata.png":            "photo | 2012-12-31 04:35:10Z | utc | XMP CreateDate | - | []",
	"sampleWithExifData.png":                           "photo | 2020-05-20 19:37:26 ? | unknown | PNG tIME | - | [weak-time]",
	"sample_mpeg4.mp4":                                 "video | 2005-10-28 17:46:46Z | utc | movie header creation time | - | []",
	"samplefilehub.heif":                               "photo | undated | unknown |  | - | []",
	"sunrise.png":                                      "photo | 2017-10-27 08:38:52 +02:00 | offset | EXIF DateTimeOriginal with OffsetTime | 36.5974 -4.5085 | []",
	"uuid540.mp4":                                      "video | 2020-01-05 15:04:00Z | utc | movie header creation time | - | []",
	"with-gps.mov":                                     "video | 2019-07-24 11:25:40 +03:00 | offset | QuickTime creationdate | 32.0929 34.8620 | []",
	"with-gps.mp4":                                     "video | 2017-02-22 08:20:28Z | utc | movie header creation time | 51.4169 -0.0806 | []",
}

func TestPublicSamples(t *testing.T) {
	dir, ok := fixtures(t)
	if !ok {
		t.Log("no public samples on this machine; the samples of testdata stand for them")
		return
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s holds no samples: %v", dir, err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		got := row(readFile(t, f))
		t.Log(name, "|", got)
		if want := wantRows[name]; got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
	if len(files) != len(wantRows) {
		t.Errorf("%d samples, %d rows", len(files), len(wantRows))
	}
}
