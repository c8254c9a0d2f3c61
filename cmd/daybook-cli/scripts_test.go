//go:build linux

package main

import (
	"archive/zip"
	"image"
	"image/draw"
	"image/png"
	"os"
	"regexp"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// oneSentence demands that the last command said one sentence that a person can
// act on: a single line that begins with the program's name, matches the
// expression, and holds nothing of how the program is made.
func oneSentence(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sentence REGEXP")
	}
	text := ts.ReadFile("stderr")
	var said []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "daybook-cli: ") {
			said = append(said, line)
		}
	}
	if len(said) != 1 || !strings.HasSuffix(text, said[0]) {
		ts.Fatalf("%d sentences, want one at the end:\n%s", len(said), text)
	}
	if !regexp.MustCompile(args[0]).MatchString(said[0]) {
		ts.Fatalf("does not match %s:\n%s", args[0], said[0])
	}
	if inside := regexp.MustCompile(`goroutine|panic|\.go:|%!|0x[0-9a-f]{6}|<nil>`).FindString(text); inside != "" {
		ts.Fatalf("%q is nothing for a person:\n%s", inside, text)
	}
}

// zipped writes a zip whose members are named as they are given.
func zipped(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: zipped FILE MEMBER…")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(f)
	for _, name := range args[1:] {
		w, err := z.Create(name)
		ts.Check(err)
		_, err = w.Write([]byte("what is in " + name))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(f.Close())
}

// drawn draws lines of words as a screenshot.
func drawn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: drawn FILE LINE…")
	}
	parsed, err := opentype.Parse(goregular.TTF)
	ts.Check(err)
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 40, DPI: 72})
	ts.Check(err)
	img := image.NewGray(image.Rect(0, 0, 1080, 100*len(args)))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for i, line := range args[1:] {
		d := font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.P(60, 100*(i+1))}
		d.DrawString(line)
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(png.Encode(f, img))
	ts.Check(f.Close())
}

// flip changes the bit in the middle of each file.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: flip FILE…")
	}
	for _, name := range args {
		b, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		b[len(b)/2] ^= 1
		ts.Check(os.WriteFile(ts.MkAbs(name), b, 0o600))
	}
}

// mayMount tells whether this test may mount a file system in memory: root
// outside of a container may.
func mayMount() bool {
	dir, err := os.MkdirTemp("", "mount")
	if err != nil {
		return false
	}
	may := syscall.Mount("small", dir, "tmpfs", 0, "size=1m") == nil && syscall.Unmount(dir, 0) == nil
	return os.Remove(dir) == nil && may
}

// smallDisk gives a folder a disk of its own.
func smallDisk(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: smalldisk FOLDER MEGABYTES")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	ts.Check(syscall.Mount("small", dir, "tmpfs", 0, "size="+args[1]+"m"))
	ts.Defer(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			ts.Logf("unmount %s: %v", dir, err)
		}
	})
}
