package importers

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestBeside(t *testing.T) {
	s := Source{Path: "export/chat/result.json", FS: fstest.MapFS{
		"export/chat/photos/a.jpg":          {},
		"export/chat/photos/cafe\u0301.png": {},
		"export/media/b.ogg":                {},
		"secret.txt":                        {},
	}}
	for name, want := range map[string]string{
		"photos/a.jpg":            "export/chat/photos/a.jpg",
		"./photos/a.jpg":          "export/chat/photos/a.jpg",
		`photos\a.jpg`:            "export/chat/photos/a.jpg",
		"photos/caf\u00e9.png":    "export/chat/photos/cafe\u0301.png",
		"../media/b.ogg":          "export/media/b.ogg",
		"../../secret.txt":        "secret.txt",
		"../../../secret.txt":     "",
		"/secret.txt":             "",
		"photos":                  "",
		"":                        "",
		"photos/\x00":             "",
		strings.Repeat("x", 5000): "",
	} {
		a := s.Beside(name)
		if a.Path != want || a.Name != name || a.Missing != (want == "") || a.Missing != (a.Note != "") {
			t.Errorf("%.30q: %+v, want %q", name, a, want)
		}
	}
	if a := s.Within(".", "secret.txt"); a.Path != "secret.txt" {
		t.Errorf("%+v", a)
	}
}
