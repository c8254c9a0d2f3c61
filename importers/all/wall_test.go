package all

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// TestClockOfAZipIsNoInstant: what the clock of the machine showed that packed a
// zip is a wall clock wherever a file is placed by it, and an instant only in the
// zone that a person named.
func TestClockOfAZipIsNoInstant(t *testing.T) {
	name := filepath.Join(t.TempDir(), "phone.zip")
	files := map[string]string{
		"gate.png": "\x89PNG\r\n\x1a\n\x00\x00\x00\x00IEND\xaeB`\x82",
		"gate.txt": "He stood at the gate.\n",
		"gate.mht": "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html><body>He stood at the gate.</body></html>\n",
	}
	packed(t, name, files)
	for zone, want := range map[string]struct {
		basis   timeline.Basis
		instant string
	}{"": {timeline.UnknownZone, "0001-01-01 00:00:00"}, "Europe/London": {timeline.AssumedZone, "2024-07-01 09:00:00"}} {
		ctx := context.Background()
		c, x := open(t, "UTC")
		run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits}
		if zone != "" {
			at, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			run.Assume.Zone = at
		}
		if _, err := run.Add(ctx, "", name); err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, row := range rows(t, x) {
			e := row.Event
			if e.When.Basis != want.basis || e.When.Local.Format(time.DateTime) != "2024-07-01 10:00:00" || e.When.Instant.UTC().Format(time.DateTime) != want.instant {
				t.Errorf("zone %q: %s by %s: %+v", zone, e.Source.Path, e.Source.Importer, e.When)
			}
			if !slices.Contains(e.Flags, timeline.WeakTime) || slices.Contains(e.Flags, timeline.ZoneAssumed) != (zone != "") {
				t.Errorf("zone %q: %s: flags %v", zone, e.Source.Importer, e.Flags)
			}
			seen++
		}
		if seen != len(files) {
			t.Errorf("zone %q: %d events of %d files", zone, seen, len(files))
		}
	}
}

// packed writes a zip with the time of a clock alone, as a machine of FAT does.
func packed(t *testing.T, name string, files map[string]string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for path, text := range files {
		//lint:ignore SA1019 the DOS time alone is what this test is about: Modified would write an instant beside it
		w, err := z.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate, ModifiedDate: 44<<9 | 7<<5 | 1, ModifiedTime: 10 << 11})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
