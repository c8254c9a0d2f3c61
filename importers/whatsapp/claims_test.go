package whatsapp

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daybook/importers"
	"daybook/importers/importertest"
)

// TestClaims holds what is WhatsApp's and what only looks like it.
func TestClaims(t *testing.T) {
	for _, tt := range []struct {
		name, file, text string
		want             bool
	}{
		{"one message", "x.txt", "25/12/2024, 21:05 - Alice: hi\n", true},
		{"one message of an iPhone", "x.txt", "[25/12/2024, 21:05:33] Alice: hi\n", true},
		{"only the notice", "x.txt", "25/12/2024, 21:05 - Messages and calls are end-to-end encrypted.\n", true},
		{"an unnamed system line", "x.txt", "25/12/2024, 21:05 - something happened\n", false},
		{"Signal's old text export", "x.txt", "[2019-12-24, 12:23] Jane Doe: Hello John!\n[2020-01-17, 21:49] John Doe: Hello\n[2020-01-17, 21:50] John Doe: x\n", false},
		{"a log", "app.log", "[2024-01-01 12:00:00] local.ERROR: failed\n[2024-01-01 12:00:01] local.ERROR: failed\n", false},
		{"a Python log", "app.log", "2024-01-01 10:00:00,123 - root - INFO: x\n2024-01-01 10:00:01,123 - root - INFO: x\n", false},
		{"another log", "app.log", "2024-01-01 10:00:00 - INFO: x\n2024-01-01 10:00:01 - INFO: y\n", false},
		{"syslog", "app.log", "Jan  1 10:00:00 host daemon: x\n", false},
		{"a diary in the same form", "diary.txt", "01/02/2024, 10:00 - Called police: they came\n02/02/2024, 11:00 - Saw him: at the gate\n03/02/2024, 12:00 - Phone: rang twice\n04/02/2024, 13:00 - Letter: no stamp\n", false},
		{"CSV", "x.csv", "date,name,text\n\"25/12/2024, 21:05\",Alice,hi\n", false},
		{"Markdown", "x.md", "# Notes\n\n* [25/12/2024, 21:05:33] Alice: hi\n", false},
		{"a chat quoted far down a page", "x.md", strings.Repeat("text\n", 60) + "[25/12/2024, 21:05:33] Alice: hi\n", false},
		{"mail", "x.mbox", "From a@b Mon Jan  1 10:00:00 2024\nSubject: x\n\n25/12/2024, 21:05 - Alice: hi\n", false},
		{"source code", "x.go", "package x\n\n// 25/12/2024, 21:05 - Alice: hi\n", false},
		{"nothing", "x.txt", "", false},
		{"a NUL in a text", "x.txt", "25/12/2024, 21:05 - Alice: h\x00i\n", true},
		{"NULs at the end", "x.txt", "25/12/2024, 21:05 - Alice: hi\n" + strings.Repeat("\x00", 512), true},
		{"zeros", "_chat.txt", strings.Repeat("\x00", 4096), false},
		{"a number", "x.txt", "25\n", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := New().Claims(importers.Source{Path: tt.file, Head: []byte(tt.text)}); got != tt.want {
				t.Errorf("claims: %v, want %v", got, tt.want)
			}
			_, r := read(t, tt.file, tt.text, importers.Assume{DateOrder: dmy})
			if tt.want != (r.Err == nil) || !tt.want && len(r.Events)+len(r.Skips) > 0 {
				t.Errorf("read as %d events and %d skips, %v", len(r.Events), len(r.Skips), r.Err)
			}
		})
	}
}

// fixtures are public samples of all formats, where the workplace has them.
func fixtures(t *testing.T) fs.FS {
	if root, found := importertest.Public(t); found {
		return os.DirFS(root)
	}
	return os.DirFS("testdata")
}

// TestOthersSamples claims the public WhatsApp samples and nobody else's, and
// reads the former as their own project does.
func TestOthersSamples(t *testing.T) {
	tree := fixtures(t)
	n := 0
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		s := importers.Source{FS: tree, Path: path, Head: data[:min(len(data), importers.HeadSize)], Size: int64(len(data))}
		if !New().Claims(s) {
			return nil
		}
		n++
		switch {
		case strings.HasPrefix(path, "whatsapp_txt/chat-miner/"):
			chatMiner(t, tree, path, string(data))
		case strings.Contains(path, "/") && !strings.HasPrefix(path, "whatsapp") && !strings.Contains(path, "_chat.txt") && !strings.Contains(path, "WhatsApp"):
			t.Errorf("%s is not WhatsApp's", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Error("no sample was claimed")
	}
}

// chatMiner compares with what the project that a sample is from expects: its
// messages, the last first. It leaves out lines without a sender and "Name:.".
func chatMiner(t *testing.T, tree fs.FS, path, text string) {
	data, err := fs.ReadFile(tree, "whatsapp_txt/chat-miner/target.json")
	if err != nil {
		t.Fatal(err)
	}
	type row struct{ Timestamp, Author, Message string }
	var want []row
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	all, r := read(t, path, text, importers.Assume{})
	if r.Err != nil {
		t.Errorf("%s: %v", path, r.Err)
	}
	var got []row
	for _, m := range all {
		if m.Name != "" && m.Text != "." {
			got = append([]row{{m.At.Format("2006-01-02T15:04:05"), m.Name, strings.ReplaceAll(m.Text, "\n", " ")}}, got...)
		}
	}
	if d := cmp.Diff(want, got); d != "" || len(all) != 9 {
		t.Errorf("%s: %d lines (-want +got):\n%s", path, len(all), d)
	}
}
