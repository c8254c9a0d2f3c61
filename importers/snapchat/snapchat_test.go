package snapchat

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`^\s*</?(table|tbody|body|html)`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

func read(t *testing.T, tree fstest.MapFS, path string) importertest.Result {
	t.Helper()
	r, err := importertest.Read(context.Background(), New(), tree, path, importers.Assume{})
	if err != nil || r.Err != nil {
		t.Fatal(err, r.Err)
	}
	return r
}

// TestFilesByTheirTime: a file without an identifier is a message's only where
// it alone has the message's second.
func TestFilesByTheirTime(t *testing.T) {
	at := time.Date(2024, 4, 20, 1, 20, 0, 0, time.UTC)
	message := `{"jo": [{"From": "jo", "Media Type": "MEDIA", "Created": "2024-04-20 01:20:00 UTC", "IsSender": false, "Media IDs": ""}]}`
	tree := fstest.MapFS{
		"json/chat_history.json":                    {Data: []byte(message)},
		"chat_media/2024-04-20_media~zip-1.mp4":     {ModTime: at},
		"chat_media/2024-04-20_media~zip-2.mp4":     {ModTime: at.Add(time.Second)},
		"chat_media/2024-04-20_thumbnail~zip-1.jpg": {ModTime: at},
		"memories/2024-04-20_A-main.jpg":            {ModTime: at},
		"memories/2024-04-20_A-overlay.png":         {ModTime: at},
		"json/memories_history.json":                {Data: []byte(`{"Saved Media": [{"Date": "2024-04-20 01:20:00 UTC", "Media Type": "Image"}]}`)},
	}
	e := read(t, tree, "json/chat_history.json").Events[0]
	if len(e.Files) != 1 || e.Files[0].Path != "chat_media/2024-04-20_media~zip-1.mp4" || e.Files[0].Note == "" {
		t.Error(e.Files)
	}
	e = read(t, tree, "json/memories_history.json").Events[0]
	if len(e.Files) != 1 || e.Files[0].Path != "memories/2024-04-20_A-main.jpg" {
		t.Error(e.Files)
	}
	tree["chat_media/2024-04-20_media~zip-3.mp4"] = &fstest.MapFile{ModTime: at}
	if e = read(t, tree, "json/chat_history.json").Events[0]; len(e.Files) != 0 {
		t.Error("two files of one second, and one was taken:", e.Files)
	}
}

// TestPageIsTheSame: what an export holds twice, as JSON and as a page, is known
// for the same.
func TestPageIsTheSame(t *testing.T) {
	const list = `{"Received Saved Chat History": [{"From": "jo", "Media Type": "TEXT", "Created": "2021-10-31 01:30:00 UTC", "Text": "a &lt; b"}]}`
	const html = `<h3>Received Saved Chat History</h3><table><tr><th>From</th><th>Media Type</th><th>Created</th></tr>
<tr><td>jo</td><td>TEXT</td><td>2021-10-31 01:30:00 UTC</td></tr><tr><td>a &lt; b</td></tr></table>`
	tree := fstest.MapFS{"json/chat_history.json": {Data: []byte(list)}, "html/chat_history.html": {Data: []byte(html)}}
	a, b := read(t, tree, "json/chat_history.json").Events, read(t, tree, "html/chat_history.html").Events
	if len(a) != 1 || len(b) != 1 || a[0].Text != "a < b" || b[0].Text != "a < b" || a[0].Extra.Get(timeline.SameKey) != b[0].Extra.Get(timeline.SameKey) {
		t.Error(a, b)
	}
}

func TestPlaces(t *testing.T) {
	for text, want := range map[string]string{
		"Latitude, Longitude: 51.4, -0.1": "51.4 -0.1 true",
		"53.801 ± 14.22, -1.549 ± 14.22":  "53.801 -1.549 true",
		"Latitude, Longitude: 0.0, 0.0":   "0 0 false",
		"91, 0":                           "0 0 false",
		"NaN, NaN":                        "0 0 false",
		"Leeds, UK":                       "0 0 false",
		"":                                "0 0 false",
	} {
		if p := at(text); fmt.Sprint(p.Lat, p.Lon, p.Fix) != want {
			t.Errorf("%q: %+v, want %s", text, p, want)
		}
	}
}
