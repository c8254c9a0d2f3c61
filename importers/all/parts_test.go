package all

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daybook/importers"
	"daybook/timeline"
)

// TestMetaInParts: the picture of a conversation lies in another part of the
// download, and the profile that says who the owner is too, whether the parts are
// added at once or one after the other.
func TestMetaInParts(t *testing.T) {
	dir := t.TempDir()
	one := archive(t, filepath.Join(dir, "facebook-maya100-2024-05-05-AbCdEf12.zip"), map[string]string{
		"your_facebook_activity/messages/inbox/dan_1/message_1.json": `{"participants":[{"name":"Dan"},{"name":"Maya"}],"messages":[
{"sender_name":"Dan","timestamp_ms":1714900000000,"photos":[{"uri":"your_facebook_activity/messages/inbox/dan_1/photos/1.jpg","creation_timestamp":1714899999}]},
{"sender_name":"Maya","timestamp_ms":1714900001000,"content":"no"}],"title":"Dan","thread_path":"inbox/dan_1"}`})
	two := archive(t, filepath.Join(dir, "facebook-maya100-2024-05-05-GhIjKl34.zip"), map[string]string{
		"your_facebook_activity/messages/inbox/dan_1/photos/1.jpg":          `` + "\xff\xd8\xff\xd9",
		"personal_information/profile_information/profile_information.json": `{"profile_v2":{"name":{"full_name":"Maya"}}}`})
	for _, acts := range [][][]string{{{one, two}}, {{two, one}}, {{one}, {two}}, {{two}, {one}}} {
		c, x := open(t, "Europe/London")
		run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
		for _, paths := range acts {
			if _, err := run.Add(context.Background(), "", paths...); err != nil {
				t.Fatal(err)
			}
		}
		found, err := x.Find(context.Background(), timeline.Filter{Importers: []string{"facebook"}})
		if err != nil {
			t.Fatal(err)
		}
		list, err := found.Rows(0, found.Len())
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 2 || len(list[0].Files) != 1 || list[0].Files[0].Missing || !list[1].From.Owner || list[0].From.Owner {
			t.Errorf("%v: %+v", acts, list)
		}
	}
}

func archive(t *testing.T, name string, files map[string]string) string {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for path, data := range files {
		w, err := z.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := strings.NewReader(data).WriteTo(w); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestMetaOverlap: two downloads of one conversation, of different years and
// layouts, are counted once, and both are named.
func TestMetaOverlap(t *testing.T) {
	dir := t.TempDir()
	messages := func(more string) string {
		return `{"participants":[{"name":"Dan"},{"name":"Maya"}],"messages":[` + more + `{"sender_name":"Dan","timestamp_ms":1690000000000,"content":"caf\u00c3\u00a9?"},
{"sender_name":"Dan","timestamp_ms":1690000000000,"content":"caf\u00c3\u00a9?"}],"title":"Dan"}`
	}
	old := archive(t, filepath.Join(dir, "facebook-maya100-2023-08-01-AbCdEf12.zip"), map[string]string{
		"your_activity_across_facebook/messages/inbox/dan_1/message_1.json": messages("")})
	later := archive(t, filepath.Join(dir, "facebook-maya100-2025-08-01-GhIjKl34.zip"), map[string]string{
		"your_facebook_activity/messages/archived_threads/dan_1/message_1.json": messages(`{"sender_name":"Maya","timestamp_ms":1700000000000,"content":"new"},`)})
	c, x := open(t, "Europe/London")
	run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
	if _, err := run.Add(context.Background(), "", old, later); err != nil {
		t.Fatal(err)
	}
	list := rows(t, x)
	if len(list) != 3 || len(list[0].Also) != 1 || len(list[1].Also) != 1 || len(list[2].Also) != 0 {
		t.Errorf("%d events: %+v", len(list), list)
	}
}
