package track

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"daybook/importers"
	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New())
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestPublicSamples: each point of the public files is an event or a stated skip.
func TestPublicSamples(t *testing.T) {
	for pattern, want := range map[string][2]int{ // events, skips
		"file.gpx":                        {6, 0},
		"gpx1.0_with_all_fields.gpx":      {3, 5},
		"gpx1.1_with_all_fields.gpx":      {3, 5},
		"iso8859-1encoded.gpx":            {8, 0},
		"gpx_with_garmin_extension.gpx":   {1, 0},
		"cerknicko-without-times.gpx":     {5, 298},
		"visnjan.gpx":                     {413, 2},
		"gpx-without-xml-declaration.gpx": {1, 0},
	} {
		for _, file := range importertest.PublicFiles(t, "gpx_kml/"+pattern) {
			r, err := importertest.Read(context.Background(), New(), os.DirFS(filepath.Dir(file)), filepath.Base(file), importers.Assume{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Err != nil || len(r.Events) != want[0] || len(r.Skips) != want[1] {
				t.Errorf("%s: {%d, %d}, want %v; %v", pattern, len(r.Events), len(r.Skips), want, r.Err)
			}
		}
	}
}

const (
	head  = `<gpx version="1.1"><trk><name>Saturday</name><trkseg>`
	place = `<trkpt lat="53.7974" lon="-1.5437"><ele>60.5</ele><time>2024-03-02T10:00:00Z</time></trkpt>` + "\n"
	tail  = `</trkseg></trk></gpx>`
)

// TestFlat: what is held does not grow with the track.
func TestFlat(t *testing.T) { importertest.Flat(t, New(), "a.gpx", head, place, tail) }
