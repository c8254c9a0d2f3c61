package calendar

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
	"daybook/importers/contentline"
	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

func TestRepeats(t *testing.T) {
	for rule, want := range map[string]string{
		"FREQ=DAILY":                            "every day",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE":    "every 2 weeks, on Monday, Wednesday",
		"FREQ=MONTHLY;BYDAY=-1SU;COUNT=10":      "every month, on the last Sunday, 10 times in all",
		"FREQ=YEARLY;BYMONTH=3;UNTIL=20250101Z": "every year, BYMONTH=3, until 20250101Z",
		"nonsense":                              "by this rule: nonsense",
	} {
		if got := repeats(rule); got != want {
			t.Errorf("%s: %q, want %q", rule, got, want)
		}
	}
}

// TestPublicSamples: every appointment of the public calendars is an event.
func TestPublicSamples(t *testing.T) {
	for _, file := range importertest.PublicFiles(t, "ics/*/*.ics") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := bytes.Count(data, []byte("BEGIN:VEVENT")) + bytes.Count(data, []byte("BEGIN:VTODO")) + bytes.Count(data, []byte("BEGIN:VJOURNAL"))
		r, err := importertest.Read(context.Background(), New(), os.DirFS(filepath.Dir(file)), filepath.Base(file), importers.Assume{})
		if err != nil || len(r.Events) != want || len(r.Events)+len(r.Skips) == 0 {
			t.Errorf("%s: %d events of %d, %d skips, %v, %v", file, len(r.Events), want, len(r.Skips), err, r.Err)
		}
	}
}

// BenchmarkCalendar prints how many times its own splitting into lines it takes:
// no library reads them.
func BenchmarkCalendar(b *testing.B) {
	var data bytes.Buffer
	data.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for i := range 30_000 {
		at := time.Unix(1_600_000_000+int64(i)*3600, 0).UTC().Format("20060102T150405Z")
		fmt.Fprintf(&data, "BEGIN:VEVENT\r\nDTSTART:%s\r\nDTEND:%[1]s\r\nUID:%d@example.com\r\nSUMMARY:Meeting %[2]d about the house\r\nDESCRIPTION:Bring the papers\\, all of the\r\n m\r\nEND:VEVENT\r\n", at, i)
	}
	data.WriteString("END:VCALENDAR\r\n")
	src := importers.Source{FS: fstest.MapFS{"a.ics": {Data: data.Bytes()}}, Path: "a.ics", Head: data.Bytes()[:importers.HeadSize]}
	importertest.Ratio(b, data.Len(), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error {
		for r := contentline.NewReader(bytes.NewReader(data.Bytes())); ; {
			if _, err := r.Next(); err != nil {
				return nil
			}
		}
	})
}
