package canary

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The search finds each word in each form.
func TestFindsEveryForm(t *testing.T) {
	words := append(Words("Grey hatchback idling by the allotments.", "Müller, Jörg", "السيارة الرمادية", "short"), Pairs([]string{"ship", "acid", "zoo"})...)
	if !slices.Contains(words, "hatchback") || !slices.Contains(words, "allotments") || !slices.Contains(words, "acid zoo") || slices.Contains(words, "short") {
		t.Fatalf("%q", words)
	}
	n := New(words)
	for _, w := range words {
		for form, b := range forms(w) {
			hay := append(append([]byte{1, 2, 3}, b...), 4, 5, 6)
			if !slices.Contains(n.In(hay), fmt.Sprintf("%q (%s)", w, form)) {
				t.Errorf("the search does not find %q as %s", w, form)
			}
		}
	}
}

// It looks into files and at the names of files and folders.
func TestBelow(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a/hatchback/x": "-", "a/y": "the hatchback", "z": "a hat, a chback"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, files, err := New([]string{"hatchback"}).Below(dir)
	if err != nil || files != 3 || len(found) != 3 || !strings.HasSuffix(found[2], filepath.Join(dir, "a", "y")) {
		t.Errorf("%d files, %v: %q", files, err, found)
	}
}

func TestCallsAreParsed(t *testing.T) {
	for line, want := range map[string]string{
		`12 openat(AT_FDCWD</w>, "a/b", O_WRONLY|O_CREAT|O_CLOEXEC, 0600 <unfinished ...>`: "openat true false [/w/a/b]",
		`12 openat(AT_FDCWD</w>, "/etc/x", O_RDONLY|O_CLOEXEC) = 3</etc/x>`:                "openat false false [/etc/x]",
		`12 unlinkat(5</w/case>, "x y", 0) = 0`:                                            "unlinkat true false [/w/case/x y]",
		`12 renameat(AT_FDCWD</w>, "a", AT_FDCWD</w>, "/v/b") = 0`:                         "renameat true false [/w/a /v/b]",
		`12 mkdir("/v/c", 0700) = 0`:                                                       "mkdir true false [/v/c]",
		`12 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3`:                                  "socket false true []",
	} {
		c, ok := ParseCall(line)
		if got := fmt.Sprintf("%s %v %v %v", c.Name, c.Writes(), c.Network(), c.Paths); !ok || got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

// The forms hold what real encoders write.
func TestFormsAreReal(t *testing.T) {
	const w = "Greyfriars"
	for shift := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte("xyz"[:shift] + w + "abc"))
		if form := forms(w)[fmt.Sprintf("base64 at %d", shift)]; !strings.Contains(text, string(form)) || len(form) < len(w) {
			t.Errorf("%s does not hold %s", text, form)
		}
	}
	if string(forms("ab")["UTF-16LE"]) != "a\x00b\x00" || string(forms("ab")["UTF-16BE"]) != "\x00a\x00b" {
		t.Error("UTF-16")
	}
}
