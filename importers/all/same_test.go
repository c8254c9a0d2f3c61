package all

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"daybook/importers"
	"daybook/timeline"
)

// TestSameFileCountsOnce: a file added again is kept as an item and what it
// tells is counted once, also when it comes back under another name or with
// another answer, which then holds; a chat whose picture has turned up
// meanwhile is read again.
func TestSameFileCountsOnce(t *testing.T) {
	ctx := context.Background()
	c, x := open(t, "Europe/London")
	run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
	dir := t.TempDir()
	chat := "24/12/2024, 21:05 - Dan: one\n25/12/2024, 09:15 - Maya: two\n25/12/2024, 09:16 - Dan: IMG-20241225-WA0001.jpg (file attached)\n"
	write := func(name, data string) string {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, step := range []struct {
		path                 string
		owner                string
		same, items, inChats int
	}{
		{write("a/chat.txt", chat), "", 0, 1, 3},
		{write("b/other name.txt", chat), "", 1, 1, 3},
		{write("b/third name.txt", chat), "Maya", 1, 1, 3},
		{filepath.Dir(write("c/chat.txt", chat)), "Maya", 0, 2, 6}, // with its picture: written below
	} {
		run.Assume.Owner = step.owner
		if filepath.Base(step.path) == "c" {
			write("c/IMG-20241225-WA0001.jpg", "\xff\xd8\xff\xd9")
		}
		rec, err := run.Add(ctx, "", step.path)
		if err != nil {
			t.Fatal(err)
		}
		found, err := x.Find(ctx, timeline.Filter{Importers: []string{"whatsapp"}})
		if err != nil {
			t.Fatal(err)
		}
		if len(rec.Same) != step.same || rec.Items != step.items || found.Len() != step.inChats {
			t.Errorf("%s, %q: %d same, %d items, %d events of chats, want %d, %d, %d", step.path, step.owner, len(rec.Same), rec.Items, found.Len(), step.same, step.items, step.inChats)
		}
	}
	found, err := x.Find(ctx, timeline.Filter{Words: "two"})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := found.Rows(0, found.Len())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if !r.From.Owner {
			t.Error("the answer given when the file was added again is not used")
		}
	}
}
