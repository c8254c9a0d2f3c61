package plaso

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"daybook/importers"
	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestPublicSamples: each row of the public files is an event or a stated skip.
func TestPublicSamples(t *testing.T) {
	for pattern, want := range map[string][2]int{ // events, skips
		"timesketch/csv_timestamp_as_datetime.csv":        {4, 0},
		"timesketch/csv_timestamp_no_datetime.csv":        {3, 0},
		"timesketch/validate_no_datetime_timestamps.csv":  {5, 0},
		"timesketch/validate_time_out_of_range.csv":       {2, 0},
		"timesketch/validate_time_precision_datetime.csv": {1, 0},
		"timesketch/e2e/sigma_events.csv":                 {4, 0},
		"timesketch/e2e/sigma_events.jsonl":               {4, 0},
		"plaso_output/json_line.log":                      {20, 0},
	} {
		for _, file := range importertest.PublicFiles(t, pattern) {
			r, err := importertest.Read(context.Background(), New(), os.DirFS(filepath.Dir(file)), filepath.Base(file), importers.Assume{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Err != nil || len(r.Events) != want[0] || len(r.Skips) != want[1] {
				t.Errorf("%s: %d events and %d skips, want %v; %v", pattern, len(r.Events), len(r.Skips), want, r.Err)
			}
		}
	}
}
