package journal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image/png"
	"strings"
	"testing"
)

// goldenQR is the SHA-256 of the modules of the head below, row by row, which
// was read back by another program (zbarimg) when this was written.
const goldenQR = "2bc40bfbda342a89715e9f8ec514fc95203a9c34e71e640cc05c402d4f683bee"

func TestHeadQR(t *testing.T) {
	h := Head{Count: 4711, Hash: sha256.Sum256([]byte("head"))}
	origin := "daybook/" + strings.Repeat("0f", 16)
	q, err := HeadQR(origin, h)
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%s\n4711\nhead %x\n", origin, h.Hash)
	if got := HeadText(origin, h); got != want {
		t.Errorf("the code says %q, want %q", got, want)
	}
	var modules bytes.Buffer
	for y := range q.Size() {
		for x := range q.Size() {
			fmt.Fprint(&modules, map[bool]string{true: "1", false: "0"}[q.Dark(x, y)])
		}
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(modules.Bytes())); sum != goldenQR {
		t.Errorf("the modules are %s, want %s", sum, goldenQR)
	}
	sameInPNG(t, q)
	sameInText(t, q)
}

func sameInPNG(t *testing.T, q QR) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(q.PNG()))
	if err != nil {
		t.Fatal(err)
	}
	if side := (q.Size() + 2*quiet) * 8; img.Bounds().Dx() != side || img.Bounds().Dy() != side {
		t.Fatalf("the picture is %v, want %d a side", img.Bounds(), side)
	}
	for y := -quiet; y < q.Size()+quiet; y++ {
		for x := -quiet; x < q.Size()+quiet; x++ {
			r, _, _, _ := img.At((x+quiet)*8+4, (y+quiet)*8+4).RGBA()
			if (r == 0) != q.Dark(x, y) {
				t.Fatalf("module %d, %d is another in the picture", x, y)
			}
		}
	}
}

func sameInText(t *testing.T, q QR) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(q.String(), "\n"), "\n")
	if want := (q.Size() + 2*quiet + 1) / 2; len(lines) != want {
		t.Fatalf("%d lines, want %d", len(lines), want)
	}
	for row, line := range lines {
		for col, c := range []rune(line) {
			x, y := col-quiet, 2*row-quiet
			upper, lower := c == '█' || c == '▀', c == '█' || c == '▄'
			if upper != q.Dark(x, y) || lower != q.Dark(x, y+1) {
				t.Fatalf("line %d, column %d: %q", row, col, c)
			}
		}
	}
}

func TestHeadQRTooLong(t *testing.T) {
	if _, err := HeadQR(strings.Repeat("x", 8000), Head{}); err == nil {
		t.Error("a text of 8,000 bytes became a code")
	}
}
