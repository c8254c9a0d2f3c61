package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What was read in part, or is not what its name says, is in the case and is counted
// so: by add, by triage, and once where the same file came twice. An empty file is
// none of these: add draws attention to it.
func TestFilesReadInPartAreCounted(t *testing.T) {
	root := t.TempDir()
	c, in := filepath.Join(root, "part.daybook"), filepath.Join(root, "films")
	if err := makeCase(c); err != nil {
		t.Fatal(err)
	}
	const begins = "\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom"
	for name, data := range map[string]string{
		"cut.mp4":       begins + "\x00\x00\xff\xffmdat0123456789",
		"again/cut.mp4": begins + "\x00\x00\xff\xffmdat0123456789",
		"fake.mp4":      "these are words and no film",
		"empty.mp4":     "",
		"note.txt":      "He was here.",
	} {
		file := filepath.Join(in, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rec := decoded(t, command(t, exitPartial, "add", c, in, "--json"))[0]
	if n := len(rec["failed"].([]any)); n != 2 || rec["events"] != 4.0 || len(rec["same"].([]any)) != 1 {
		t.Errorf("of two films that cannot be read whole %d are named: %v", n, rec)
	}
	if again := decoded(t, command(t, 0, "add", c, filepath.Join(in, "fake.mp4"), "--json"))[0]; again["events"] != 0.0 {
		t.Errorf("added again: %v", again)
	}
	why := map[string]string{"cut.mp4": "the file ends too early", "fake.mp4": "not those of a picture"}
	list := decoded(t, command(t, 0, "triage", c, "unread", "--json"))
	for _, f := range list {
		name := filepath.Base(f["path"].(string))
		if says := f["why"].(string); why[name] == "" || !strings.Contains(says, why[name]) {
			t.Errorf("%s: %s", name, says)
		}
	}
	if len(list) != len(why) {
		t.Errorf("%d files are listed: %v", len(list), list)
	}
}
